"""Sheets of a workbook that hold more than one table, or text between tables → a grid for each table,
the rest as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from workbench.fiscal.captions import caption_of_line, is_note, is_table_number, title_of_line
from workbench.fiscal.headers import (
    inner_header_words,
    is_body_figure,
    is_enumerated,
    is_header_word,
    is_total_label,
    may_be_header,
)
from workbench.model.amount import match_key
from workbench.model.source import Grid, GridCell, Page
from workbench.tables.furniture import is_page_number

_SENTENCE = re.compile(r"[。；;]")
_PART = re.compile(r"其中[:：]")
"""How the name of a column that is part of the one before it begins, and the label of a row."""
_LONG = 60
"""A text of so many characters that stands alone in its row is prose."""
_FEWEST_ROWS = 3
"""A header that is printed again stands below so many rows at least."""


_FEWEST_NAMES = 3
"""So many columns are numbered at least where a data frame was saved."""
_INDICATORS = 2
"""Names of indicators that make a row the header of a grid within a form."""


_CONTENTS = frozenset({"目录", "目次"})
"""What the list of the tables of a document is called: a table of its own, where it is one."""
_FIRST_NAMES = frozenset(
    {"项目", "收入", "支出", "本年收入", "科目编码", "科目代码", "功能分类科目", "单位名称", "单位", "序号"}
)
"""Names that headers begin with, and no row of a body."""


@dataclass(frozen=True, slots=True)
class _Row:
    """What a row of a sheet prints, and where its cells begin. `alone`: one text, and no cell from above beside it."""

    texts: tuple[str, ...]
    columns: tuple[int, ...]
    alone: bool

    @property
    def is_title(self) -> bool:
        if not self.alone:
            return False
        return match_key(self.texts[0]) in _CONTENTS or ("表" in self.texts[0] and bool(title_of_line(self.texts[0])))

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
    def is_number(self) -> bool:
        return self.alone and is_table_number(self.texts[0])

    @property
    def is_numbered_caption(self) -> bool:
        return self.is_caption and any(map(is_table_number, self.texts))

    @property
    def may_name_columns(self) -> bool:
        items = [
            text for text in self.texts if is_enumerated(text) and (text is self.texts[0] or not _PART.match(text))
        ]
        return len(self.texts) > 1 and not items and not any(map(is_body_figure, self.texts))

    @property
    def names_columns(self) -> bool:
        if not self.may_name_columns:
            return False
        likely = sum(map(is_header_word, self.texts)) * 2 >= len(self.texts)
        return likely or all(map(may_be_header, self.texts))

    @property
    def has_figures(self) -> bool:
        return any(map(is_body_figure, self.texts))

    @property
    def key(self) -> tuple[tuple[int, str], ...]:
        return tuple(zip(self.columns, map(match_key, self.texts), strict=True))


def grids_of(page: Page) -> tuple[Grid, ...]:
    """The grids of a page; where it is a sheet, those of its tables: rows of prose, page numbers and whatever stands
    above the title of a further table belong to none of them,
    and a header that is printed again begins another grid."""
    if len(page.grids) != 1 or not (page.name or _fills(page, page.grids[0])):
        return page.grids
    grid = _without_index(page, page.grids[0])
    rows = _rows(page, grid)
    parts = _parts(rows)
    if parts == [(0, len(rows))]:
        return (grid,)
    starts = _line_starts(page, grid)
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    return tuple(_part(grid, by_row, first, last, starts) for first, last in parts)


def _fills(page: Page, grid: Grid) -> bool:
    """Whether nothing stands beside a grid on its page."""
    return not page.text[: grid.start].strip() and not page.text[grid.end :].strip()


def _without_index(page: Page, grid: Grid) -> Grid:
    """`grid` without the names 0, 1, 2 … that data frames give to columns,
    and to rows where they were not told to leave them out."""
    texts = {
        (cell.row, cell.column): page.text[cell.pieces[0][0] : cell.pieces[-1][1]] for cell in grid.cells if cell.pieces
    }
    names = [(column, text) for (row, column), text in sorted(texts.items()) if row == 0]
    if len(names) < _FEWEST_NAMES or [text for _, text in names] != list(map(str, range(len(names)))):
        return grid
    indexed = names[0][0] == 1
    numbers = [texts.get((row, 0), "") for row in range(1, grid.row_count)]
    if indexed and numbers != list(map(str, range(len(numbers)))):
        return grid
    cells = [cell for cell in grid.cells if cell.row and (cell.column or not indexed)]
    moved = tuple(GridCell(c.row, c.column - indexed, c.row_span, c.column_span, c.pieces) for c in cells)
    return Grid(grid.row_count, grid.column_count - indexed, moved, grid.start, grid.end)


def _rows(page: Page, grid: Grid) -> list[_Row]:
    cells: list[list[tuple[int, str]]] = [[] for _ in range(grid.row_count)]
    covered = [0] * grid.row_count
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        # A file may place a cell below the last row that it says to have.
        if cell.pieces and cell.row < grid.row_count:
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
                parts += _at_headers(rows, first, _end_of_table(rows, start))
            first = end
    if any(row.texts for row in rows[first:]):
        parts += _at_headers(rows, first, len(rows))
    return parts


def _text_runs(rows: Sequence[_Row]) -> list[tuple[int, int]]:
    """The stretches of rows that hold one text at most, other than the total of a statement without figures."""
    runs: list[tuple[int, int]] = []
    for index, row in enumerate(rows):
        if row.texts and not (row.alone and not is_total_label(row.texts[0])):
            continue
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _parts_tables(rows: Sequence[_Row], start: int, end: int) -> bool:
    """Whether the rows `start:end`, of one text at most, are text beside tables: prose above, below or between tables,
    a page number, or the title or the number of a further table, which may stand among captions below them."""
    run = rows[start:end]
    if start == 0 or end == len(rows):
        return any(row.is_prose for row in run)
    if any(row.is_page_number for row in run):
        return True
    numbered = any(row.is_number for row in run) or (end < len(rows) and rows[end].is_numbered_caption)
    titled = numbered or any(row.is_title for row in run) or _is_captioned(rows, start, end)
    return (titled or any(row.is_prose for row in run)) and _begins_table(rows, end, titled=titled)


def _is_captioned(rows: Sequence[_Row], start: int, end: int) -> bool:
    """Whether a text that does not say to be a title stands above captions and the names of columns."""
    named = next((index for index in range(start + 1, len(rows)) if not rows[index].is_caption), len(rows))
    if named >= len(rows) or named < end or not any(row.is_caption for row in rows[start + 1 : named]):
        return False
    row = rows[named]
    return row.names_columns and row.columns[0] == 0 and match_key(row.texts[0]) in _FIRST_NAMES


def _begins_table(rows: Sequence[_Row], start: int, *, titled: bool) -> bool:
    """Whether the rows from `start` on are names of columns, below captions, and not those of a grid within a form;
    below a title any texts without a figure may be."""
    for row in rows[start : start + 3]:
        if row.names_columns or (titled and row.may_name_columns and not row.is_caption):
            inner = row.texts[:1] if titled else row.texts
            return inner_header_words(inner) < (1 if titled else _INDICATORS)
        if not row.is_caption:
            return False
    return False


def _end_of_table(rows: Sequence[_Row], start: int) -> int:
    """The end of the table above the rows of one text from `start` on: its notes are its own."""
    while start < len(rows) and rows[start].alone and is_note(rows[start].texts[0]):
        start += 1
    return start


def _at_headers(rows: Sequence[_Row], first: int, last: int) -> list[tuple[int, int]]:
    """The rows `first:last`, cut where the first two rows of their header are printed again, or other names of columns
    stand below figures."""
    top = next(
        (index for index in range(first, last) if rows[index].names_columns and not rows[index].is_caption), last
    )
    cuts = [first]
    for index in range(top + _FEWEST_ROWS, last - 1):
        again = rows[index].key == rows[top].key and rows[index + 1].key == rows[top + 1].key
        if again or _begins_other_table(rows, cuts[-1], index):
            cuts.append(index)
            top = index
    return list(zip(cuts, [*cuts[1:], last], strict=True))


def _begins_other_table(rows: Sequence[_Row], first: int, index: int) -> bool:
    """Whether names of columns in row `index`, below figures, head a table of their own: they begin as headers do, or
    the row above is the total that ends a table."""
    row, above = rows[index], rows[index - 1]
    if not (row.names_columns and all(map(is_header_word, row.texts))) or row.columns[0] > 0 or not above.has_figures:
        return False
    if inner_header_words(row.texts) >= _INDICATORS or not any(row.has_figures for row in rows[first:index]):
        return False
    return match_key(row.texts[0]) in _FIRST_NAMES or is_total_label(above.texts[0])


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
