"""Columns whose head was lost: a row of a short table has one figure more than the header has columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.model.amount import FigureKind
from workbench.model.edit import Edit, InsertColumn, MergeRows, SetCell
from workbench.model.table import CellRef
from workbench.repairs.evidence.corroboration import FigureIndex, Support
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.system import System

_MOST_ROWS_OF_SHORT_TABLE = 3


@dataclass(slots=True)
class LostColumns:
    """Finds the short tables of a document that lack a column."""

    system: System
    index: FigureIndex
    suspected: set[str]
    """The tables that may lack one."""

    def ways_to_insert(self, layout: TableLayout) -> Iterator[tuple[tuple[Edit, ...], Support]]:
        """A short table whose row has one figure more than the header has columns: the last one stands on the next
        line. The head is what another table calls the figure that has no column."""
        table = layout.table
        if not 2 <= len(table.rows) <= _MOST_ROWS_OF_SHORT_TABLE or not table.header:
            return
        for upper in range(len(table.rows) - 1):
            above, below = layout.texts[upper], layout.texts[upper + 1]
            over = [column for column, text in enumerate(below) if text]
            segment = layout.segment_of(over[0]) if len(over) == 1 else ()
            if not segment or not above[over[0]] or not any(above[: over[0]]):
                continue
            for column in range(over[0], segment[0], -1):
                run = range(column, over[0] + 1)
                if not all(above[place] for place in run):
                    break
                self.suspected.add(table.id)
                head = self._head(layout, CellRef(table.id, upper, column))
                if head is not None:
                    yield self._with_column(layout, upper, column, over[0], head[0]), head[1]

    def _with_column(self, layout: TableLayout, upper: int, column: int, last: int, head: str) -> tuple[Edit, ...]:
        table = layout.table
        heads = [table.header[row][column - 1].text for row in range(len(table.header))]
        heads[-1] = head
        edits: list[Edit] = [InsertColumn(table.id, column, tuple(heads))]
        above, below = layout.texts[upper], layout.texts[upper + 1]
        # The run goes back into the new column, and the figure from the next line into the last one.
        for place in range(column, last + 1):
            edits.append(
                SetCell(CellRef(table.id, upper, place), "" if place == column else above[place - 1], above[place])
            )
        edits.append(SetCell(CellRef(table.id, upper, last + 1), above[last], ""))
        now = (*above[:column], *above[column : last + 1], "", *above[last + 1 :])
        beneath = (*below[:column], "", *below[column:])
        return (*edits, MergeRows(table.id, upper, (now, beneath)))

    def _head(self, layout: TableLayout, ref: CellRef) -> tuple[str, Support] | None:
        """The label of a row elsewhere that prints this figure, where no column here is called so."""
        value = layout.values(ref.row)[ref.column]
        heads = {cell.text.strip() for row in layout.table.header for cell in row}
        for hit in self.index.prints(value) if value else ():
            if hit.table == ref.table:
                continue
            table = next((table for table in self.system.document.tables if table.id == hit.table), None)
            if table is None:
                continue
            texts = [cell for cell in table.rows[hit.row][: hit.column] if cell.figure.kind is FigureKind.TEXT]
            kin = [text for cell in texts if _akin(text := cell.text.strip(), heads)]
            if kin:
                return kin[0], Support(hit, same_name=False)
        return None


def _akin(label: str, heads: set[str]) -> bool:
    """Whether a label belongs among these heads: it is none of them and begins as two of them at least do."""
    return label not in heads and sum(head[:4] == label[:4] for head in heads if len(head) > 4) >= 2
