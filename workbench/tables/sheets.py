"""Sheets of a workbook that hold more than one table, or text between tables → a grid for each table, the rest as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from workbench.fiscal.captions import caption_of_line, is_note, title_of_line
from workbench.fiscal.headers import inner_header_words, is_body_figure, is_enumerated, is_header_word, may_be_header
from workbench.model.amount import match_key
from workbench.model.source import Grid, GridCell, Page
from workbench.tables.furniture import is_page_number

_SENTENCE = re.compile(r"[。；;]")
_LONG = 60
"""A text of so many characters that stands alone in its row is prose."""
_FEWEST_ROWS = 3
"""A header that is printed again stands below so many rows at least."""


_INDICATORS = 2
"""Names of indicators that make a row the header of a grid within a form."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row of a sheet prints, and where its cells begin. `alone`: one text, and no cell from above beside it."""

    texts: tuple[str, ...]
    columns: tuple[int, ...]
    alone: bool

    @property
    def is_title(self) -> bool:
        return self.alone and "表" in self.texts[0] and bool(title_of_line(self.texts[0]))

    @property
    def is_prose(self) -> bool:
        if not self.alone or is_note(self.texts[0]):
            return False
        return bool(_SENTENCE.search(self.texts[0])) or len(self.texts[0]) > _LONG

    @property
    def is_page_number(self) -> bool:
        return self.alone and not self.texts[0].strip().isdigit() and is_page_number(self.texts[0])

    @property
    def is_caption(self) -> bool:
        return any(caption_of_line(text) for text in self.texts) and not any(map(is_body_figure, self.texts))

    @property
    def names_columns(self) -> bool:
        if len(self.texts) < 2 or any(is_body_figure(text) or is_enumerated(text) for text in self.texts):
            return False
        likely = sum(map(is_header_word, self.texts)) * 2 >= len(self.texts)
        return likely or all(map(may_be_header, self.texts))

    @property
    def key(self) -> tuple[tuple[int, str], ...]:
        return tuple(zip(self.columns, map(match_key, self.texts), strict=True))


def grids_of(page: Page) -> tuple[Grid, ...]:
    """The grids of a page; where it is a sheet, those of its tables: rows of prose, page numbers and whatever stands
    above the title of a further table belong to none of them, and a header that is printed again begins another grid."""
    if not page.name or len(page.grids) != 1:
        return page.grids
    (grid,) = page.grids
    rows = _rows(page, grid)
    parts = _parts(rows)
    if parts == [(0, len(rows))]:
        return page.grids
    starts = _line_starts(page, grid)
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    return tuple(_part(grid, by_row, first, last, starts) for first, last in parts)


def _rows(page: Page, grid: Grid) -> list[_Row]:
    cells: list[list[tuple[int, str]]] = [[] for _ in range(grid.row_count)]
    covered = [0] * grid.row_count
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.pieces:
            cells[cell.row].append((cell.column, page.text[cell.pieces[0][0] : cell.pieces[-1][1]]))
            for row in range(cell.row + 1, min(cell.row + cell.row_span, grid.row_count)):
                covered[row] += 1
    return [
        _Row(tuple(text for _, text in row), tuple(column for column, _ in row), len(row) == 1 and not above)
        for row, above in zip(cells, covered, strict=True)
    ]


def _parts(rows: Sequence[_Row]) -> list[tuple[int, int]]:
    """The first row and the row after the last one of each table."""
    parts: list[tuple[int, int]] = []
    first = 0
    runs = _text_runs(rows)
    for start, end in runs:
        if _parts_tables(rows, start, end):
            if any(row.texts and not row.alone for row in rows[first:start]):
                parts += _at_repeated_headers(rows, first, _end_of_table(rows, start))
            first = end
    if any(row.texts for row in rows[first:]):
        parts += _at_repeated_headers(rows, first, len(rows))
    return parts


def _text_runs(rows: Sequence[_Row]) -> list[tuple[int, int]]:
    """The stretches of rows that hold one text at most."""
    runs: list[tuple[int, int]] = []
    for index, row in enumerate(rows):
        if row.texts and not row.alone:
            continue
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _parts_tables(rows: Sequence[_Row], start: int, end: int) -> bool:
    """Whether the rows `start:end`, of one text at most, are text beside tables: prose above, below or between tables,
    a page number, or the title of a further table."""
    run = rows[start:end]
    if start == 0 or end == len(rows):
        return any(row.is_prose for row in run)
    if any(row.is_page_number for row in run):
        return True
    return any(row.is_title or row.is_prose for row in run) and _begins_table(rows, end)


def _begins_table(rows: Sequence[_Row], start: int) -> bool:
    """Whether the rows from `start` on are names of columns, below captions, and not those of a grid within a form."""
    for row in rows[start : start + 3]:
        if row.names_columns:
            return inner_header_words(row.texts) < _INDICATORS
        if not row.is_caption:
            return False
    return False


def _end_of_table(rows: Sequence[_Row], start: int) -> int:
    """The end of the table above the rows of one text from `start` on: its notes are its own."""
    while start < len(rows) and rows[start].alone and is_note(rows[start].texts[0]):
        start += 1
    return start


def _at_repeated_headers(rows: Sequence[_Row], first: int, last: int) -> list[tuple[int, int]]:
    """The rows `first:last`, cut where the first two rows of their header are printed again."""
    top = next(
        (index for index in range(first, last) if rows[index].names_columns and not rows[index].is_caption), last
    )
    cuts = [first]
    for index in range(top + _FEWEST_ROWS, last - 1):
        if rows[index].key == rows[top].key and rows[index + 1].key == rows[top + 1].key:
            cuts.append(index)
    return list(zip(cuts, [*cuts[1:], last], strict=True))


def _line_starts(page: Page, grid: Grid) -> list[int]:
    """Where each row of a grid, which is a line of the page, begins, and where the last one ends."""
    lines = page.text[grid.start :].split("\n")[: grid.row_count]
    return [*accumulate((len(line) + 1 for line in lines), initial=grid.start)]


def _part(grid: Grid, by_row: dict[int, list[GridCell]], first: int, last: int, starts: Sequence[int]) -> Grid:
    cells = tuple(
        GridCell(cell.row - first, cell.column, min(cell.row_span, last - cell.row), cell.column_span, cell.pieces)
        for row in range(first, last)
        for cell in by_row.get(row, ())
    )
    return Grid(last - first, grid.column_count, cells, starts[first], max(starts[last] - 1, starts[first]))
