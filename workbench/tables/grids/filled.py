"""Headers whose merged cells were filled: a writer that knows none puts their text into each of their places."""

from __future__ import annotations

from collections.abc import Mapping

from workbench.fiscal.headers import is_body_figure, is_numbering_row
from workbench.model.source import Grid, GridCell, Page

_DEEPEST = 12
"""Titles, captions and header have no more rows than this."""
_MARKS = frozenset("*-—–－/ ")

Texts = Mapping[tuple[int, int], str]


def with_repeats_joined(page: Page, grid: Grid) -> Grid:
    """`grid` with a text of its head that stands in each place of a rectangle as one cell that spans these.

    Only where the file marks no spans in the head and some text stands beside itself, and from there down to the first
    figure as far as names stand below names that were joined.
    """
    head = [cell for cell in grid.cells if cell.row < _DEEPEST and cell.pieces]
    if any(cell.row_span > 1 or cell.column_span > 1 for cell in head):
        return grid
    texts = {(cell.row, cell.column): page.text[cell.pieces[0][0] : cell.pieces[-1][1]] for cell in head}
    spans = _joined(texts, _rows_above_figures(texts), grid.column_count)
    if not any(right > 1 for _, right in spans.values()):
        return grid
    covered = {
        (row + below, column + beside)
        for (row, column), (down, right) in spans.items()
        for below in range(down)
        for beside in range(right)
    } - spans.keys()
    cells = tuple(
        GridCell(
            cell.row, cell.column, *spans.get((cell.row, cell.column), (cell.row_span, cell.column_span)), cell.pieces
        )
        for cell in grid.cells
        if (cell.row, cell.column) not in covered
    )
    return Grid(grid.row_count, grid.column_count, cells, grid.start, grid.end, grid.box, grid.column_edges)


def _rows_above_figures(texts: Texts) -> int:
    """How many rows stand above the first one with figures other than those that number the columns."""
    last = max((row for row, _ in texts), default=-1) + 1
    for row in range(last):
        printed = [text for (at, _), text in sorted(texts.items()) if at == row]
        if any(map(is_body_figure, printed)) or is_numbering_row(printed):
            return row
    return last


def _joined(texts: Texts, end: int, width: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Of each text of the head that stands in several places the first one, with the rows and columns that it spans."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for row in range(end):
        if not _goes_on(spans, row) if spans else _names_every_column(texts, row, width):
            break
        if not spans and row + 1 < end and _leaves_blank(texts, row, width):
            continue
        column = 0
        while column < width:
            text = texts.get((row, column), "")
            if (row, column) in taken or not set(text) - _MARKS:
                column += 1
                continue
            right = column + 1
            while right < width and texts.get((row, right)) == text and (row, right) not in taken:
                right += 1
            below = row + 1
            while below < end and all(texts.get((below, beside)) == text for beside in range(column, right)):
                below += 1
            if right - column > 1 or below - row > 1:
                spans[row, column] = (below - row, right - column)
                taken.update((r, c) for r in range(row, below) for c in range(column, right))
            column = right
    return spans


def _names_every_column(texts: Texts, row: int, width: int) -> bool:
    """Whether a row prints another text in each column: a whole header; what repeats below is the body's."""
    return len({texts.get((row, column), "").strip() for column in range(width)} - {""}) == width


def _leaves_blank(texts: Texts, row: int, width: int) -> bool:
    """Whether a place of a row is blank above a name: whoever fills the places of merged cells leaves none."""
    return any((row, column) not in texts and (row + 1, column) in texts for column in range(width))


def _goes_on(spans: Mapping[tuple[int, int], tuple[int, int]], row: int) -> bool:
    """Whether a row stands below names that were joined, or goes on with them."""
    return any(
        (right > 1 and at + down == row) or (down > 1 and at < row < at + down)
        for (at, _), (down, right) in spans.items()
    )
