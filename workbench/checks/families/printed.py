"""The figures as the source prints them: by these a family decides which checks follow, so that no correction of a
figure adds a check or takes one away."""

from __future__ import annotations

from workbench.model.amount import Figure, read_figure
from workbench.model.table import CellRef, Table


def printed_figure(table: Table, row: int, column: int) -> Figure:
    """The figure that the source prints in a body cell."""
    return read_figure(table.rows[row][column].printed)


def all_printed(table: Table, refs: list[CellRef]) -> bool:
    """Whether the source prints a number in each of these cells of `table`."""
    return all(printed_figure(table, ref.row, ref.column).value is not None for ref in refs)
