"""Wide tables that are printed on two pages, the right half after the left one → whole tables, as spreadsheets print
them that are not fitted to the width of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.fiscal.headers import is_body_figure, is_numbering_row
from workbench.tables.grids.header import header_height
from workbench.tables.grids.pieces import Piece, united_pieces
from workbench.tables.grids.spans import SpanCell, SpanGrid

_FEWEST_ROWS = 2
_SAME_HEIGHT = 1.0


def joined_beside(table: Piece, piece: Piece) -> Piece | None:
    """`table` with `piece`, the piece on the next page, at its right, or None where that is no half of it: it stands as
    high on its page and has as many rows, below names of columns and no title."""
    upper, lower = table.grid, piece.grid
    height = header_height(upper)
    if not 0 < height <= upper.row_count - _FEWEST_ROWS:
        return None
    captions = piece.captions
    if captions.title or captions.entity or captions.prose or table.text_below:
        return None
    missing = _missing_rows(table, piece, height)
    if missing is None or not _names_columns(lower, height - missing):
        return None
    lower = _with_header_rows(lower, missing, upper.row_count, below=_is_cut_name(upper, missing))
    united = united_pieces(table, piece, _beside(upper, lower, height))
    return replace(united, captions=table.captions.over(captions))


def rows_beside(table: Piece, piece: Piece) -> Piece | None:
    """`table` with `piece` at its right, both without a header: they stand as high and have as many rows."""
    upper, lower = table.grid, piece.grid
    if piece.captions.title or _missing_rows(table, piece, 1) != 0 or upper.row_count != lower.row_count:
        return None
    return united_pieces(table, piece, _beside(upper, lower, 0))


def _missing_rows(table: Piece, piece: Piece, height: int) -> int | None:
    """How many rows of a header of so many rows do not show in the right half; None where a piece is no right half.
    Where a name goes down over the header, or the page break cuts one, no rule parts its rows;
    a half that is left blank ends with its names."""
    if table.heights is None or piece.heights is None:
        return None
    if any(abs(one - other) > _SAME_HEIGHT for one, other in zip(table.heights, piece.heights, strict=True)):
        return None
    missing = table.grid.row_count - piece.grid.row_count
    if 0 <= missing < height:
        return missing
    return 0 if 0 < piece.grid.row_count <= height else None


def _is_cut_name(grid: SpanGrid, missing: int) -> bool:
    """Whether the page break goes through a name in the first rows of a header, which has names below it."""
    last = [cell for cell in grid.between(0, 1) if cell.column + cell.column_span == grid.column_count]
    return any(cell.text and cell.row_span <= missing for cell in last)


def _with_header_rows(grid: SpanGrid, missing: int, row_count: int, *, below: bool) -> SpanGrid:
    """The right half with so many more rows in its header: its names stand `below` them, or go down over them."""
    cells = []
    for cell in grid.cells:
        if cell.row == 0 and not below:
            cells.append(cell._replace(row_span=cell.row_span + missing))
        else:
            cells.append(cell._replace(row=cell.row + missing))
    return SpanGrid(row_count, grid.column_count, tuple(cells), grid.edges)


def _names_columns(grid: SpanGrid, height: int) -> bool:
    """Whether the first rows of the right half hold names of columns, one over each of them."""
    texts = [[cell.text for cell in cells] for cells in grid.by_row(0, height)]
    if any(is_body_figure(text) for row in texts if not is_numbering_row(row) for text in row):
        return False
    named = {
        column
        for cell in grid.between(0, height)
        if cell.text
        for column in range(cell.column, cell.column + cell.column_span)
    }
    return len(named) == grid.column_count


def _beside(left: SpanGrid, right: SpanGrid, height: int) -> SpanGrid:
    """Both grids as one. A name that the page break cuts goes on over the
    blank places beside it that have names below."""
    width = left.column_count
    named = {
        (row, column)
        for cell in right.between(0, height)
        if cell.text
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    cells: list[SpanCell] = []
    for cell in left.cells:
        more = 0
        while (
            cell.row < height
            and cell.column + cell.column_span == width
            and more < right.column_count
            and (cell.row, more) not in named
        ):
            more += 1
        cells.append(cell._replace(column_span=cell.column_span + more) if more and cell.text else cell)
    cells += [cell._replace(column=cell.column + width) for cell in right.cells if cell.text or cell.row >= height]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return SpanGrid(left.row_count, width + right.column_count, tuple(cells), _edges(left.edges, right.edges))


def _edges(left: Sequence[float], right: Sequence[float]) -> tuple[float, ...]:
    """The sides of the columns of both, as if they stood on one wide page."""
    if not left or not right:
        return ()
    return (*left, *(edge - right[0] + left[-1] for edge in right[1:]))
