"""Where the header of a table ends and its body begins, by spans, by vocabulary, and by the first figure or code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.fiscal.headers import (
    are_levels_of_codes,
    is_body_figure,
    is_enumerated,
    is_header_word,
    is_level,
    is_numbering_row,
    is_total_label,
    may_be_header,
    names_codes,
)
from workbench.model.table import Row
from workbench.tables.grids.spans import SpanCell, SpanGrid

_FEWEST_REPEATED = 2
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
    return height


def _implied_height(head: SpanGrid) -> int:
    """How many of the first rows are the header by the spans that they imply where no cell is merged; 0 where none."""
    rows = head.by_row(0, _DEEPEST)
    most = next((row for row, cells in enumerate(rows) if _has_body_figure(cells)), len(rows))
    for height in range(most, 1, -1):
        if len(rows[height - 1]) == 1 and is_total_label(rows[height - 1][0].text):
            continue  # no name stands alone below wider ones: the total of a statement without figures
        implied = _with_spans(head, height)
        if any(cell.column_span > 1 for cell in implied.cells) and _height(implied) == height:
            return height
    return 0


def _has_body_figure(cells: Sequence[SpanCell]) -> bool:
    """Whether a row has figures, other than those that number the columns."""
    texts = [cell.text for cell in cells]
    return any(map(is_body_figure, texts)) and not is_numbering_row(texts)


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
    if any(is_body_figure(text) for text in texts) or _is_body_label(grid, cells, row):
        return False
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
    """Whether an enumerated text ("其中：财政性资金") is one of the names below a wider one, past the first column."""
    return row > 0 and cell.column > 0 and _lies_under_wider(grid, cell, row)


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
    return grid if height < 2 or any(map(_spans, grid.between(0, height))) else _with_spans(grid, height)


def _with_spans(grid: SpanGrid, height: int) -> SpanGrid:
    header = grid.between(0, height)
    levels = _leading_levels(grid.by_row(height, height + 1)[0]) if height < grid.row_count else ()
    texts = {(cell.row, cell.column): cell for cell in (*header, *levels)}
    codes = _codes_below(grid, height, texts)
    texts.update({(height, cell.column): cell for cell in codes})
    # a row that numbers the columns stands below all names, its own label over all that it does not number
    numbered = {row for row, cells in enumerate(grid.by_row(0, height)) if is_numbering_row([c.text for c in cells])}
    kept = [cell for cell in grid.cells if cell.row >= height]
    for cell in header:
        right = cell.column + 1
        while right < grid.column_count and (
            _is_left_blank(texts, cell.row, right, height + bool(levels or codes))
            or (cell.row in numbered and cell.column == 0 and (cell.row, right) not in texts)
        ):
            right += 1
        below = cell.row + 1
        while (
            below < height
            and below not in numbered
            and not any((below, column) in texts for column in range(cell.column, right))
        ):
            below += 1
        kept.append(cell._replace(column_span=right - cell.column, row_span=below - cell.row))
    kept.sort(key=lambda cell: (cell.row, cell.column))
    return replace(grid, cells=tuple(kept))


def _codes_below(grid: SpanGrid, height: int, texts: Mapping[tuple[int, int], SpanCell]) -> list[SpanCell]:
    """A code of each nameless column right of a label of codes that holds codes of one level and nothing else."""
    found: list[SpanCell] = []
    labels = {column for (_, column), cell in texts.items() if names_codes(cell.text)}
    for column in range(1, grid.column_count):
        if any((row, column) in texts for row in range(height)) or column - 1 not in labels:
            continue
        cells = [cell for cell in grid.cells if cell.column == column and cell.row >= height and cell.text]
        if are_levels_of_codes(cell.text for cell in cells):
            found.append(cells[0])
            labels.add(column)
    return found


def _is_left_blank(texts: dict[tuple[int, int], SpanCell], row: int, column: int, height: int) -> bool:
    """Whether a place of a header is blank, with blanks above it and a name below it."""
    blank = all((upper, column) not in texts for upper in range(row + 1))
    return blank and any((lower, column) in texts for lower in range(row + 1, height))


def split_mixed_row(grid: SpanGrid) -> SpanGrid:
    """`grid` with the row cut in two that ends the header for some columns and begins the body for the others.

    Final accounts print it so: 类 款 项 stand in the row of 合计, or 合计 stands beside the last names of columns.
    """
    rows = grid.by_row()
    height = header_height(grid)
    if 0 < height < len(rows):
        levels = _leading_levels(rows[height])
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


def _leading_levels(cells: Sequence[SpanCell]) -> Sequence[SpanCell]:
    """The names of code levels that a row of the body begins with."""
    count = 0
    while count < len(cells) and is_level(cells[count].text):
        count += 1
    return cells[:count] if 2 <= count < len(cells) else ()


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
