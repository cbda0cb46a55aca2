"""Grids that hold several tables, one below or beside the other → one grid each."""

from __future__ import annotations

from dataclasses import replace

from workbench.fiscal.captions import caption_of_line, title_of_line
from workbench.fiscal.forms import form_of_title
from workbench.tables.grids.spans import SpanCell, SpanGrid

_FEWEST_ROWS = 3
_TITLE_ROWS = 3


def split_stacked(grid: SpanGrid) -> list[SpanGrid]:
    """The tables in `grid`, from the left and from the top."""
    return [table for side in _side_by_side(grid) for table in _below_each_other(side)]


def _side_by_side(grid: SpanGrid) -> list[SpanGrid]:
    """The tables beside each other on a sheet: a column that nothing stands in or over parts them, and each has a
    title. Tables with places on a page have frames of their own."""
    if grid.edges:
        return [grid]
    used = {column for cell in grid.cells for column in range(cell.column, cell.column + cell.column_span)}
    starts = [column for column in range(1, grid.column_count) if column in used and column - 1 not in used]
    starts = [0, *(column for column in starts if any(earlier < column for earlier in used))]
    if len(starts) == 1:
        return [grid]
    sides = [_columns(grid, first, last) for first, last in zip(starts, [*starts[1:], grid.column_count], strict=True)]
    return sides if all(_has_title(side) for side in sides) else [grid]


def _columns(grid: SpanGrid, first: int, last: int) -> SpanGrid:
    cells = tuple(cell._replace(column=cell.column - first) for cell in grid.cells if first <= cell.column < last)
    return replace(grid, column_count=last - first, cells=cells)


def _has_title(grid: SpanGrid) -> bool:
    """Whether a title stands in one of the first rows that print something."""
    rows = [cells for cells in grid.by_row() if cells]
    return any(_is_title_row(cells) for cells in rows[:_TITLE_ROWS])


def _below_each_other(grid: SpanGrid) -> list[SpanGrid]:
    """The tables below each other: the grid is cut above each title that stands alone in a row below an empty row, or
    over all columns and above captions (tables of a text document that nothing parts are one to it)."""
    rows = grid.by_row()
    cuts = [0]
    for index in range(1, len(rows) - 1):
        if not _is_title_row(rows[index]) or not any(rows[cuts[-1] : index]):
            continue
        whole = rows[index][0].column_span == grid.column_count and index - cuts[-1] >= _FEWEST_ROWS
        if not rows[index - 1] or (whole and _is_caption_row(rows[index + 1])):
            cuts.append(index)
    if len(cuts) == 1:
        return [grid]
    return [grid.rows_from(first, last) for first, last in zip(cuts, [*cuts[1:], len(rows)], strict=True)]


def _is_title_row(cells: list[SpanCell]) -> bool:
    if len(cells) != 1:
        return False
    title = title_of_line(cells[0].text)
    return bool(title) and form_of_title(title) is not None


def _is_caption_row(cells: list[SpanCell]) -> bool:
    """Whether a row tells the unit of the table below it."""
    return 0 < len(cells) <= 3 and any(caption_of_line(cell.text).unit for cell in cells)
