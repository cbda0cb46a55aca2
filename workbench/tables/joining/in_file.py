"""Pieces of tables in a file that marks its tables (Word, Excel, HTML) → whole tables,
where a page break or the end of a sheet has parted them."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.fiscal.headers import is_body_figure, is_header_word, is_total_label, may_be_header
from workbench.model.amount import match_key
from workbench.tables.grids.header import header_height
from workbench.tables.grids.pieces import Piece, repeated_header, united_pieces
from workbench.tables.grids.spans import SpanCell, SpanGrid
from workbench.tables.grids.surroundings import is_continued_title

_NUMBER_OF_SHEET = re.compile(r"[\d()（）_\-.\s一二三四五六七八九十续第页]+")


def are_sheets(table: Piece, piece: Piece) -> bool:
    """Whether two pieces end one sheet and begin the next, and the names of the sheets only count them, or there are
    none, as pages have none."""
    if not (bool(table.name) == bool(piece.name) and table.last and piece.first):
        return False
    following = piece.pages[0] == table.pages[-1] + 1
    return following and _series(table.name) == _series(piece.name)


def _series(name: str) -> str:
    return _NUMBER_OF_SHEET.sub("", name).lower()


def joined_in_file(table: Piece, piece: Piece) -> Piece | None:
    """`table` with `piece`, the table below it in a file, where a page break has parted them: it prints the whole
    header again but begins with another row, and above it stands nothing, or that title and that body again; or it
    prints no header, and under nothing but these its figures stand where those of the table do; or the first one is
    but the upper rows of its header."""
    if not _may_go_on(table, piece):
        return None
    height, titled = header_height(table.grid), bool(piece.captions.title)
    lower = piece.grid
    if not height or lower.column_count > table.grid.column_count:
        return None
    if lower.column_count < table.grid.column_count:
        lower = lower.with_columns(range(lower.column_count + 1), table.grid.column_count, ())
        if titled or header_height(lower):
            return None
    repeated = repeated_header(table.grid, lower)
    body = lower.rows_from(repeated)
    if not repeated and not header_height(body) and _has_figures_only_where(table.grid, body):
        return united_pieces(table, piece, table.grid.below(body))
    first = table.grid.rows_from(height)
    if repeated < height or _labels_of_first_row(body) == _labels_of_first_row(first):
        return None
    if is_another_form(first, body, titled=titled or _begins_with_a_name(first)):
        return None
    if not titled and _is_closed(table.grid, height) and _is_closed(body, 0):
        return None
    return united_pieces(table, piece, table.grid.below(body))


def is_another_form(upper: SpanGrid, lower: SpanGrid, *, titled: bool) -> bool:
    """Whether a piece begins with the first label of the form above it and another answer to that (项目名称): a form is
    printed for each project, in the same columns, with the same title or below none."""
    first, other = (
        [match_key(cell.text) for cell in next(iter(rows), [])] for rows in (upper.by_row(0, 1), lower.by_row(0, 1))
    )
    if len(first) < 2 or len(other) < 2 or first[0] != other[0] or first[1] == other[1]:
        return False
    return titled or (is_header_word(first[0]) and not any(map(may_be_header, (first[1], other[1]))))


def _may_go_on(table: Piece, piece: Piece) -> bool:
    """Whether nothing that stands between two pieces says that they are two tables."""
    title, entity = piece.captions.title, piece.captions.entity
    if piece.captions.prose or table.notes or (table.text_below and not title) or table.part_of != piece.part_of:
        return False
    if title and not is_continued_title(title, table.captions.title):
        return False
    return not entity or entity == table.captions.entity


def _is_closed(grid: SpanGrid, height: int) -> bool:
    """Whether the last row of a body is its total."""
    last = grid.by_row(grid.row_count - 1)
    return grid.row_count > height and bool(last and last[0]) and is_total_label(last[0][0].text)


def _has_figures_only_where(upper: SpanGrid, lower: SpanGrid) -> bool:
    """Whether `lower` begins with a row of figures, each in a column in which `upper` holds figures; or is a row of
    totals with a figure for each of these columns."""
    first = next(iter(lower.by_row(0, 1)), [])
    figures = {cell.column for cell in first if is_body_figure(cell.text)}
    columns = _columns_of_figures(upper)
    if figures and figures <= {cell.column for cell in upper.cells if is_body_figure(cell.text)}:
        return True
    return lower.row_count == 1 and len(figures) == len(columns) and _is_total_row(first)


def _columns_of_figures(grid: SpanGrid) -> list[int]:
    """The columns that hold amounts rather than codes: from the first one behind the last column of labels."""
    figures = {cell.column for cell in grid.cells if is_body_figure(cell.text)}
    height = header_height(grid)
    labels = {cell.column for cell in grid.cells if cell.row >= height and cell.text and not is_body_figure(cell.text)}
    return sorted(column for column in figures if column > max(labels, default=-1))


def with_totals_in_place(grid: SpanGrid) -> SpanGrid:
    """`grid` with the figures of its totals in the columns of figures, where its rows of totals lost their blank cells:
    they have a figure for each of these columns, but in the first ones."""
    rows = grid.by_row()
    lost = [index for index, cells in enumerate(rows) if index and _is_total_row(cells) and _lost_blanks(cells)]
    if not lost:
        return grid
    columns = _columns_of_figures(SpanGrid(grid.row_count, grid.column_count, _without_rows(grid, lost)))
    moves = {
        (index, cell.column): column
        for index in lost
        if len(rows[index]) - 1 == len(columns) and columns[0] > 1
        for cell, column in zip(rows[index][1:], columns, strict=True)
    }
    if not moves:
        return grid
    cells = [cell._replace(column=moves.get((cell.row, cell.column), cell.column)) for cell in grid.cells]
    return replace(grid, cells=tuple(cells))


def _without_rows(grid: SpanGrid, rows: list[int]) -> tuple[SpanCell, ...]:
    return tuple(cell for cell in grid.cells if cell.row not in rows)


def _lost_blanks(cells: list[SpanCell]) -> bool:
    """Whether the figures of a row stand side by side directly behind its label."""
    return len(cells) > 1 and all(
        cell.column == place and cell.column_span == 1 and (not place or is_body_figure(cell.text))
        for place, cell in enumerate(cells)
    )


def _is_total_row(cells: list[SpanCell]) -> bool:
    return bool(cells) and cells[0].column == 0 and is_total_label(cells[0].text)


def _begins_with_a_name(grid: SpanGrid) -> bool:
    """Whether a body begins with a label that asks for something, as a form does, and no row of a list."""
    first = next(iter(grid.by_row(0, 1)), [])
    return bool(first) and is_header_word(first[0].text) and not is_total_label(first[0].text)


def _labels_of_first_row(grid: SpanGrid) -> list[str]:
    """What the first row prints before its figures: two tables of one header both begin with 合计."""
    first = next(iter(grid.by_row(0, 1)), [])
    return [match_key(cell.text) for cell in first if cell.text and not is_body_figure(cell.text)]
