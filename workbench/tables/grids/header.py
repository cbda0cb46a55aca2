"""Where the header of a table ends and its body begins, by spans, by vocabulary, and by the first figure or code."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.fiscal.codes import is_name_of
from workbench.fiscal.headers import (
    is_body_figure,
    is_enumerated,
    is_header_word,
    is_numbering_row,
    is_total_label,
    may_be_header,
)
from workbench.model.amount import match_key
from workbench.model.table import Row
from workbench.tables.grids.implied_spans import with_spans
from workbench.tables.grids.spans import SpanCell, SpanGrid

_DEEPEST = 8
"""No header has more rows than this."""


def header_height(grid: SpanGrid) -> int:
    """How many of the first rows of `grid` are its header; 0 where it begins with its body.

    A row is header if nothing in it can only stand in a body, and it is the first, or lies under a cell that spans
    several columns or into it, or holds nothing but header words. Rows that number the columns belong to it.
    """
    if not grid.header_heights:
        head = SpanGrid(grid.row_count, grid.column_count, grid.between(0, _DEEPEST), grid.edges)
        height = _height(head)
        if not any(map(_spans, head.cells)):
            height = max(height, _implied_height(head))
        grid.header_heights.append(height)
    return grid.header_heights[0]


def _height(head: SpanGrid) -> int:
    rows = head.by_row(0, _DEEPEST)
    height = 0
    while height < len(rows) and _continues(head, rows, height):
        height += 1
    return max(height, _numbered_height(head, rows, height)) if height else 0


def _numbered_height(head: SpanGrid, rows: list[list[SpanCell]], height: int) -> int:
    """The rows down to the one that numbers the columns, where only codes of columns stand between it and the first
    `height` rows: whatever stands above the numbers of the columns is header. 0 where there is no such row."""
    for row in range(height, len(rows)):
        texts = [cell.text for cell in rows[row]]
        if len(texts) * 2 > head.column_count and is_numbering_row(texts):
            return row + 1
        if not texts or not all(_is_code(text) or is_header_word(text) for text in texts):
            return 0
    return 0


def _implied_height(head: SpanGrid) -> int:
    """How many of the first rows are the header by the spans that they imply where no cell is merged; 0 where none."""
    rows = head.by_row(0, _DEEPEST)
    most = next((row for row, cells in enumerate(rows) if _has_body_figure(head, cells)), len(rows))
    for height in range(most, 1, -1):
        if len(rows[height - 1]) == 1 and is_total_label(rows[height - 1][0].text):
            continue  # no name stands alone below wider ones: the total of a statement without figures
        implied = with_spans(head, height)
        if any(cell.column_span > 1 for cell in implied.cells) and _height(implied) == height:
            return height
    return 0


def _has_body_figure(grid: SpanGrid, cells: Sequence[SpanCell]) -> bool:
    """Whether a row has figures, other than those that number the columns."""
    figures = any(is_body_figure(cell.text) and not _is_code_above_name(grid, cell) for cell in cells)
    return figures and not is_numbering_row([cell.text for cell in cells])


def _is_code(text: str) -> bool:
    """Whether a text is the code of an account."""
    return text.isdigit() and is_body_figure(text) and len(text) in (3, 5, 7)


def _is_code_above_name(grid: SpanGrid, cell: SpanCell) -> bool:
    """Whether a cell is the code of an account, and the one below it the name of that account: both name a column."""
    return any(
        lower.row == cell.row + cell.row_span and lower.column == cell.column and is_name_of(lower.text, cell.text)
        for lower in grid.cells
    )


def _is_name_below_code(grid: SpanGrid, cell: SpanCell) -> bool:
    """Whether the cell above `cell` is the code of the account that it names."""
    return any(
        upper.row + upper.row_span == cell.row and upper.column == cell.column and is_name_of(cell.text, upper.text)
        for upper in grid.cells
    )


def _repeats_names_as_codes(grid: SpanGrid, cells: Sequence[SpanCell]) -> bool:
    """Whether a row prints the codes of the accounts that the row above it names, and at most header words beside."""
    codes = [cell for cell in cells if is_body_figure(cell.text)]
    return len(codes) > 1 and all(
        is_header_word(cell.text) if cell not in codes else _is_code_below_name(grid, cell) for cell in cells
    )


def _is_code_below_name(grid: SpanGrid, cell: SpanCell) -> bool:
    """Whether the cell above `cell` is the name of the account whose code it is."""
    return any(
        upper.row + upper.row_span == cell.row and upper.column == cell.column and is_name_of(upper.text, cell.text)
        for upper in grid.cells
    )


def _spans(cell: SpanCell) -> bool:
    return cell.row_span > 1 or cell.column_span > 1


def _continues(grid: SpanGrid, rows: list[list[SpanCell]], row: int) -> bool:
    """Whether `row` is header too, when all rows above it are."""
    cells = rows[row]
    texts = [cell.text for cell in cells]
    if row and is_numbering_row(texts):
        return True
    if row and is_numbering_row([cell.text for cell in rows[row - 1]]):
        return False
    if row and _repeats_names_as_codes(grid, cells):
        return True
    figures = (cell for cell in cells if is_body_figure(cell.text))
    if not all(_is_code_above_name(grid, cell) for cell in figures) or _is_body_label(grid, cells, row):
        return False
    if cells and all(_is_name_below_code(grid, cell) for cell in cells):
        return True
    if row == 0:
        return bool(cells) and _can_begin(cells)
    reached = any(_reaches(grid, cell, row) for cell in grid.cells)
    if _names_every_column(grid, row) and not reached:
        return False
    if all(is_header_word(text) for text in texts):
        return True
    under = [_lies_under_wider(grid, cell, row) for cell in cells]
    if all(under):
        return True
    likely = sum(may_be_header(text) for text in texts) * 2 >= len(texts)
    return likely and (any(under) or reached)


def _can_begin(cells: Sequence[SpanCell]) -> bool:
    """Whether a first row without figures is a header: not a label with its text, not the body of a longer table."""
    if len(cells) == 1:
        return cells[0].column_span > 1 and not is_enumerated(cells[0].text)
    if is_enumerated(cells[0].text):
        return is_header_word(cells[1].text)
    return not is_total_label(cells[0].text) or len(cells) > 2 or is_header_word(cells[1].text)


def _is_body_label(grid: SpanGrid, cells: Sequence[SpanCell], row: int) -> bool:
    """Whether a row without figures is a body row all the same: enumerated labels, or a total over blank cells."""
    if any(is_enumerated(cell.text) and not _is_inner_name(grid, cell, row) for cell in cells):
        return True
    if row == 0 or not cells or not all(is_total_label(cell.text) for cell in cells):
        return False
    covered = sum(
        cell.column_span for cell in grid.cells if cell.row <= row < cell.row + cell.row_span and cell.row < row
    )
    return covered + sum(cell.column_span for cell in cells) < grid.column_count


def _is_inner_name(grid: SpanGrid, cell: SpanCell, row: int) -> bool:
    """Whether an enumerated text ("其中：财政性资金") is one of the names below a wider one, past the first column, or
    a part of the column before it in a first row whose names reach over every column."""
    if row > 0:
        return cell.column > 0 and _lies_under_wider(grid, cell, row)
    reached = {column for top in grid.cells if top.row == 0 and top.text for column in _columns_of(top)}
    return cell.column > 1 and match_key(cell.text).startswith("其中") and len(reached) == grid.column_count


def _columns_of(cell: SpanCell) -> range:
    return range(cell.column, cell.column + cell.column_span)


def _names_every_column(grid: SpanGrid, row: int) -> bool:
    """Whether each column has a name of its own in the rows above `row`, in the last of them."""
    named = {
        cell.column
        for cell in grid.cells
        if cell.text and cell.column_span == 1 and cell.row < row <= cell.row + cell.row_span
    }
    return len(named) == grid.column_count


def _reaches(grid: SpanGrid, cell: SpanCell, row: int) -> bool:
    """Whether a header cell goes on into `row`; one that goes on to the last row labels the whole body instead."""
    end = cell.row + cell.row_span
    return bool(cell.text) and cell.row < row < end and (end < grid.row_count or _is_blank_body(grid, cell, row))


def _is_blank_body(grid: SpanGrid, cell: SpanCell, row: int) -> bool:
    """Whether the table has no body, so that a cell down to its last row is all header."""
    texts = [other.text for other in grid.cells if other.row == row and other.text]
    return cell.row_span == 2 and all(may_be_header(text) for text in texts)


def _lies_under_wider(grid: SpanGrid, cell: SpanCell, row: int) -> bool:
    """Whether the cell directly above `cell` spans more columns, which its own row has to name."""
    return any(
        upper.column <= cell.column < upper.column + upper.column_span and upper.column_span > cell.column_span
        for upper in grid.cells
        if upper.text and upper.row + upper.row_span == row
    )


def with_implied_spans(grid: SpanGrid) -> SpanGrid:
    """`grid` with the spans that a header without merged cells only implies: a name stands over the blank places to its
    right that have names below them (or the levels of codes, in a row that is body otherwise, or codes), and goes down
    over the blank places below it."""
    height = header_height(grid)
    return grid if height < 2 or any(map(_spans, grid.between(0, height))) else with_spans(grid, height)


def grid_of_rows(rows: Sequence[Row]) -> SpanGrid:
    """The grid of full rows: a cell that is repeated beside or below itself (with the same anchors) is one cell."""
    width = len(rows[0]) if rows else 0
    taken: set[tuple[int, int]] = set()
    cells: list[SpanCell] = []
    for row, texts in enumerate(rows):
        for column, cell in enumerate(texts):
            if (row, column) in taken or not cell.printed:
                continue
            right = column + 1
            while right < width and _is_repeat(texts[right].anchors, cell.anchors):
                right += 1
            below = row + 1
            while below < len(rows) and _is_repeat(rows[below][column].anchors, cell.anchors):
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(column, right))
            cells.append(SpanCell(row, column, below - row, right - column, cell))
    return SpanGrid(len(rows), width, tuple(cells))


def _is_repeat(anchors: object, others: object) -> bool:
    return bool(anchors) and anchors == others
