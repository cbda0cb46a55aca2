"""What the rows of a document are called, and what a row that was lost would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.fiscal.codes import codes_of, is_account_name, list_of, names_of
from workbench.fiscal.entities import is_entity_name
from workbench.model.table import CellRef
from workbench.repairs.evidence.counting import uncounted
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.lost_row import NAMELESS
from workbench.repairs.slips.new_rows import name_of
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System


def like_these(code: str, label: str, names: Sequence[tuple[str, str]]) -> bool:
    """Whether a row of this code and label is called as these others are: its code is of a list of accounts that they
    are of too, an account stands among accounts, and a body among bodies."""
    lists = {found for other, _ in names if (found := list_of(other)) is not None}
    own = list_of(code)
    if own is not None and lists and own not in lists:
        return False
    own_name, others = uncounted(label), [uncounted(other) for _, other in names]
    return all(not is_one(own_name) or any(map(is_one, others)) for is_one in (is_account_name, is_entity_name))


@dataclass(slots=True)
class RowNames:
    """The codes and labels of the rows of one document."""

    system: System
    plausibility: Plausibility
    _known: dict[tuple[str, int], dict[str, int]] = field(default_factory=dict)

    def of(self, layout: TableLayout, column: int) -> dict[str, int]:
        """Codes and labels of a table's rows, as a figure in `column` is called, with their rows."""
        key = (layout.table.id, layout.segment_of(column)[0])
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = {
                name: row
                for row in reversed(range(len(layout.table.rows)))
                for name in name_of(layout, row, column)
                if name
            }
        return known

    def label_of(self, code: str) -> str:
        """What the document calls a code elsewhere, else what the lists of accounts do."""
        for table in self.system.document.tables:
            layout = self.plausibility.layout(table.id)
            for segment in layout.segments if layout is not None else ():
                names = self.of(layout, segment[0]) if layout is not None else {}
                if code in names and layout is not None:
                    label = name_of(layout, names[code], segment[0])[1]
                    if label:
                        return label
        return next(iter(names_of(code)), "") or NAMELESS

    def code_for(self, layout: TableLayout, total: CellRef, label: str) -> str:
        """The code of a label by the lists of accounts, where it is one of those under the total."""
        above = name_of(layout, total.row, total.column)[0]
        which = list_of(above) if above else None
        return next((code for code in codes_of(label, which) if code.startswith(above)), "") if which else ""

    def only_one_elsewhere(self, layout: TableLayout, total: CellRef, codes: Sequence[str]) -> str:
        """The code that other tables print beside these under the code of a total, and its own table does not, where
        there is one."""
        above = name_of(layout, total.row, total.column)[0]
        if not above or len(lengths := {len(code) for code in codes}) != 1:
            return ""
        own = self.of(layout, total.column)
        found = {
            name
            for table in self.system.document.tables
            if table.id != total.table and (other := self.plausibility.layout(table.id)) is not None
            for segment in other.segments
            for name in self.of(other, segment[0])
            if name.startswith(above) and len(name) in lengths and name.isdecimal() and name not in own
        }
        return found.pop() if len(found) == 1 else ""
