"""Headers within the body: a row that is header for some columns and body for others, a header printed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.fiscal.headers import is_total_label
from workbench.tables.grids.header import header_height
from workbench.tables.grids.implied_spans import leading_levels
from workbench.tables.grids.spans import SpanCell, SpanGrid

_FEWEST_REPEATED = 2


def split_mixed_row(grid: SpanGrid) -> SpanGrid:
    """`grid` with the row cut in two that ends the header for some columns and begins the body for the others.

    Final accounts print it so: 类 款 项 stand in the row of 合计, or 合计 stands beside the last names of columns.
    """
    rows = grid.by_row()
    height = header_height(grid)
    if 0 < height < len(rows):
        levels = leading_levels(rows[height])
        if levels:
            return _cut_row(grid, height, levels)
    if height > 1 and _is_mixed_total(grid, rows[height - 1], height - 1):
        return _cut_row(grid, height - 1, rows[height - 1][1:])
    return grid


def without_repeated_headers(grid: SpanGrid) -> SpanGrid:
    """`grid` without the header where it stands again within the body,
    as where the pages of a table were pasted one below the other."""
    height = header_height(grid)
    rows = grid.by_row()
    heads = [_places(cells) for cells in rows[:height]]
    if not heads or len(heads[0]) < _FEWEST_REPEATED:
        return grid
    again = [
        index
        for index in range(height, len(rows) - height + 1)
        if len(rows[index]) == len(heads[0])
        and rows[index][0].text == rows[0][0].text
        and [_places(cells) for cells in rows[index : index + height]] == heads
    ]
    if not again:
        return grid
    starts, ends = [0, *(index + height for index in again)], [*again, len(rows)]
    whole, *others = (grid.rows_from(start, end) for start, end in zip(starts, ends, strict=True))
    for part in others:
        whole = whole.below(part)
    return whole


def _places(cells: Sequence[SpanCell]) -> list[tuple[int, str]]:
    return [(cell.column, cell.text) for cell in cells]


def _is_mixed_total(grid: SpanGrid, cells: Sequence[SpanCell], row: int) -> bool:
    """Whether a header row begins with the label of a total under the names of the stub, blank but for some names."""
    if len(cells) < 3 or cells[0].column > 0 or not is_total_label(cells[0].text):
        return False
    above = [cell for cell in grid.cells if cell.text and cell.row + cell.row_span == row and cell.column == 0]
    named = above and above[-1].column_span <= cells[0].column_span
    covered = sum(cell.column_span for cell in grid.cells if cell.row < row < cell.row + cell.row_span and cell.text)
    return bool(named) and covered + sum(cell.column_span for cell in cells) < grid.column_count


def _cut_row(grid: SpanGrid, row: int, upper: Sequence[SpanCell]) -> SpanGrid:
    """`grid` with `row` as two rows: `upper` of its cells in the first, with the header cells above the others reaching
    down to it, and its other cells in the second."""
    columns = {column for cell in upper for column in range(cell.column, cell.column + cell.column_span)}
    kept: list[SpanCell] = []
    for cell in grid.cells:
        if cell in upper:
            kept.append(cell)
        elif cell.row >= row:
            kept.append(cell._replace(row=cell.row + 1))
        elif cell.row + cell.row_span > row or (cell.row + cell.row_span == row and cell.column not in columns):
            kept.append(cell._replace(row_span=cell.row_span + 1))
        else:
            kept.append(cell)
    kept.sort(key=lambda cell: (cell.row, cell.column))
    return replace(grid, row_count=grid.row_count + 1, cells=tuple(kept))
