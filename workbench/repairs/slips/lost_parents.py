"""Rows that the reader lost while it kept the rows under them: a class without a row over its items, a list that counts
anew without a row over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from workbench.model.check import Family, Relation
from workbench.model.edit import InsertRows
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.corroboration import Support
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.rates import rates_of
from workbench.repairs.evidence.row_codes import code_of
from workbench.repairs.slips.lost_row import NAMELESS
from workbench.repairs.slips.new_rows import name_of, printed
from workbench.repairs.slips.row_gaps import BegunAgain, Parent, begun_again, may_begin_again, parents_left_out
from workbench.repairs.slips.row_names import RowNames
from workbench.repairs.slips.stories import Plausibility

_MOST_HITS = 12


@dataclass(slots=True)
class LostParents:
    """Finds the codes of a document that others stand under and that have no row of their own."""

    plausibility: Plausibility
    names: RowNames
    suspected: set[str]
    """The tables that lack such a row."""

    def ways_to_insert(self, layout: TableLayout) -> Iterator[tuple[InsertRows, Support | None]]:
        """The rows to put in over others: their figures are the sums of those."""
        columns = [column for column in range(layout.table.width) if not layout.segment_of(column)]
        lists = may_begin_again([texts[column] for texts in layout.texts for column in columns])
        for segment in layout.segments:
            for parent in parents_left_out(layout, segment[0]):
                self.suspected.add(layout.table.id)
                edit = self._over(layout, segment[0], parent)
                if edit is not None:
                    ref = CellRef(layout.table.id, parent.rows[0], segment[0])
                    yield edit, Support(ref, same_name=False)
            if lists:
                yield from self._over_lists(layout, segment)

    def _over_lists(self, layout: TableLayout, segment: tuple[int, ...]) -> Iterator[tuple[InsertRows, Support | None]]:
        """The rows to put in over lists that begin to count again."""
        labels = [name_of(layout, row, segment[0])[1] for row in range(len(layout.texts))]
        for again in begun_again(labels):
            self.suspected.add(layout.table.id)
            edit = self._over_list(layout, segment[0], again)
            if edit is not None:
                named = not any(text.endswith(NAMELESS) for text in edit.texts[0])
                ref = CellRef(layout.table.id, again.places[0], segment[0])
                yield edit, Support(ref, same_name=False) if named else None

    def _over(self, layout: TableLayout, column: int, parent: Parent) -> InsertRows | None:
        """The row of a code over the first of those that stand under it, with their sum."""
        values = sums_under(layout, column, parent)
        texts = printed(layout, parent.rows[0], parent.code, self.names.label_of(parent.code), values)
        return (
            InsertRows(layout.table.id, parent.rows[0], (texts,))
            if texts is not None and any(values.values())
            else None
        )

    def _over_list(self, layout: TableLayout, column: int, again: BegunAgain) -> InsertRows | None:
        """The row over a list that begins to count again, with its sum, called as a row of that number is elsewhere
        that prints the same."""
        values = sums_under(layout, column, Parent("", again.places))
        if not any(values.values()):
            return None
        whole = max(values.values(), key=abs)
        others = ((self.plausibility.layout(hit.table), hit) for hit in self.plausibility.index.prints(whole))
        labels = (
            name_of(other, hit.row, hit.column)[1] for other, hit in islice(others, _MOST_HITS) if other is not None
        )
        label = next((label for label in labels if label.startswith(again.begins)), again.begins + NAMELESS)
        texts = printed(layout, again.places[0], "", label, values)
        return InsertRows(layout.table.id, again.places[0], (texts,)) if texts is not None else None


def sums_under(layout: TableLayout, column: int, parent: Parent) -> dict[int, int]:
    """What the rows under a parent add up to, by column; rates do not add up."""
    amounts = [place for place in layout.segment_of(column) if place not in rates_of(layout)]
    return {place: sum(layout.values(row)[place] for row in parent.rows) for place in amounts}


def is_one_sided(equation: Equation) -> bool:
    """Whether a check says that a row has no amount, since another table has no such row."""
    check = equation.check
    return check.family is Family.CROSS_TABLE and check.relation is Relation.EQUAL and len(equation.cells) == 1


def tables_without(plausibility: Plausibility, equation: Equation) -> Iterator[str]:
    """The tables that print codes under that of the row which a one-sided check is about, and not this one."""
    ref = plausibility.system.variables[equation.cells[0]].ref
    own = plausibility.layout(ref.table)
    code = code_of(own, ref.row, ref.column) if own is not None else ""
    for table in plausibility.system.document.tables if code else ():
        layout = plausibility.layout(table.id)
        if layout is not None and table.id != ref.table:
            left_out = (parents_left_out(layout, segment[0]) for segment in layout.segments)
            if any(parent.code == code for parents in left_out for parent in parents):
                yield table.id
