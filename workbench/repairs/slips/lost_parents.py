"""Rows that the reader lost while it kept the rows under them: a class without a row over its items."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.model.edit import InsertRows
from workbench.model.table import CellRef
from workbench.repairs.evidence.corroboration import Support
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.lost_rows import LostRows
from workbench.repairs.slips.row_gaps import parents_left_out


@dataclass(slots=True)
class LostParents:
    """Finds the codes of a document that others stand under and that have no row of their own."""

    rows: LostRows
    suspected: set[str]
    """The tables that lack such a row."""

    def ways_to_insert(self, layout: TableLayout) -> Iterator[tuple[InsertRows, Support]]:
        """The rows to put in over others: their figures are the sums of those."""
        for segment in layout.segments:
            for parent in parents_left_out(layout, segment[0]):
                self.suspected.add(layout.table.id)
                edit = self.rows.over(layout, segment[0], parent)
                if edit is not None:
                    ref = CellRef(layout.table.id, parent.rows[0], segment[0])
                    yield edit, Support(ref, same_name=False)
