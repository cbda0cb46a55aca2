"""The spans that a header without merged cells only implies: blank places beside and below its names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from workbench.fiscal.headers import are_levels_of_codes, is_level, is_numbering_row, names_codes
from workbench.tables.grids.spans import SpanCell, SpanGrid


def with_spans(grid: SpanGrid, height: int) -> SpanGrid:
    """`grid` with the spans that its first `height` rows imply, as its header."""
    header = grid.between(0, height)
    levels = leading_levels(grid.by_row(height, height + 1)[0]) if height < grid.row_count else ()
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


def leading_levels(cells: Sequence[SpanCell]) -> Sequence[SpanCell]:
    """The names of code levels that a row of the body begins with."""
    count = 0
    while count < len(cells) and is_level(cells[count].text):
        count += 1
    return cells[:count] if 2 <= count < len(cells) else ()
