"""Rows that the reader lost while it kept the rows under them: a class without a row over its items, a list that counts
anew without a row over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.model.edit import InsertRows
from workbench.model.table import CellRef
from workbench.repairs.evidence.corroboration import Support
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.lost_row import NAMELESS
from workbench.repairs.slips.lost_rows import LostRows
from workbench.repairs.slips.new_rows import name_of
from workbench.repairs.slips.row_gaps import begun_again, may_begin_again, parents_left_out


@dataclass(slots=True)
class LostParents:
    """Finds the codes of a document that others stand under and that have no row of their own."""

    rows: LostRows
    suspected: set[str]
    """The tables that lack such a row."""

    def ways_to_insert(self, layout: TableLayout) -> Iterator[tuple[InsertRows, Support | None]]:
        """The rows to put in over others: their figures are the sums of those."""
        for segment in layout.segments:
            for parent in parents_left_out(layout, segment[0]):
                self.suspected.add(layout.table.id)
                edit = self.rows.over(layout, segment[0], parent)
                if edit is not None:
                    ref = CellRef(layout.table.id, parent.rows[0], segment[0])
                    yield edit, Support(ref, same_name=False)
            yield from self._over_lists(layout, segment)

    def _over_lists(self, layout: TableLayout, segment: tuple[int, ...]) -> Iterator[tuple[InsertRows, Support | None]]:
        """The rows to put in over lists that begin to count again."""
        columns = [column for column in range(layout.table.width) if not layout.segment_of(column)]
        if not may_begin_again([texts[column] for texts in layout.texts for column in columns]):
            return
        labels = [name_of(layout, row, segment[0])[1] for row in range(len(layout.texts))]
        for again in begun_again(labels):
            self.suspected.add(layout.table.id)
            edit = self.rows.over_list(layout, segment[0], again)
            if edit is not None:
                named = not any(text.endswith(NAMELESS) for text in edit.texts[0])
                ref = CellRef(layout.table.id, again.places[0], segment[0])
                yield edit, Support(ref, same_name=False) if named else None
