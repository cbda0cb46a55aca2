"""Tables in Word text with TAB cells: every cell on a line of its own behind a TAB, an empty line after every row.

Lines without a TAB go on with the cell above. Title, unit and entity may be the first rows of the grid; header rows
print a spanning cell once. Inside a form stand label/value rows, grids with a header of their own, and nested tables
whose cells are left as lines of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from workbench.fiscal.captions import title_of_line, unit_of_line
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import Captions, caption_row, captions_before, is_caption
from workbench.tables.text.cells.blankless import tables_without_blanks
from workbench.tables.text.cells.grids import tables_of
from workbench.tables.text.cells.nested import nested_segments
from workbench.tables.text.cells.parted_cells import are_parted, parted_tables
from workbench.tables.text.cells.plain_headers import segments_of
from workbench.tables.text.cells.printed_rows import PieceRow, Segment
from workbench.tables.text.cells.segments import is_header_row
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.form_words import is_form_label
from workbench.tables.text.lines import EMPTY, Line, Piece, text_of
from workbench.tables.text.running.figure_columns import Stated

_FEWEST_LENGTHS = 3
"""Rows of so many lengths show that blank cells were left out."""
_FINISHED = re.compile(r"[。；！？]$")
_LONG = 30
"""From this length on a cell may hold several paragraphs."""
_SECTION = 40
"""A lone line of at most this length before a grid may be its title."""


@dataclass(slots=True)
class _GridRow:
    """One row: its cells, how many empty lines stand before it, and the lines below it that belong to its last cell."""

    cells: list[list[Piece]]
    gap: int
    below: list[Line] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """The rows of one grid, and the lines of text above it."""

    above: list[Line]
    rows: list[_GridRow] = field(default_factory=list)


def is_cell_line(line: Line) -> bool:
    """Whether a line is a cell of its own: a TAB first, and no other."""
    return line.text.startswith("\t") and "\t" not in line.text[1:]


def tabbed_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of these lines, in order. Text between them is left out."""
    if are_parted(lines):
        return parted_tables(lines)
    tables: list[RawTable] = []
    form = Captions()
    title = Captions()
    stated: Stated = {}
    blankless = _lost_blanks(lines)
    for group in _opened_groups(lines) if _is_opened(lines) else _groups(lines):
        captions = _captions_of(group).merged(title) if title.title else _captions_of(group)
        title = Captions()
        if len(group.rows) == 1 and len(group.rows[0].cells) == 1 and not group.rows[0].below:
            # A grid of one cell is the heading of the grid below it.
            pieces = tuple(group.rows[0].cells[0])
            title = Captions(text_of(pieces), pieces, section=True)
            continue
        if not group.rows:
            continue
        if blankless and not any(row.below for row in group.rows):
            rows: list[PieceRow] = [[tuple(cell) for cell in row.cells] for row in group.rows]
            tables.extend(tables_without_blanks(rows, captions, stated))
            continue
        segments = _segments(group.rows)
        tables.extend(tables_of(segments, captions, form))
        if captions.title and not captions.section:
            form = captions if any(not segment.header for segment in segments) else Captions()
    return _with_one_block(tables)


def _lost_blanks(lines: Sequence[Line]) -> bool:
    """Whether conversion dropped the blank cells: none is printed, and rows of figures are of different lengths."""
    lengths: set[int] = set()
    for cells, group in groupby(lines, key=is_cell_line):
        row = list(group)
        if cells and not all(line.text.strip() for line in row):
            return False
        if cells and any(kind_of(line.text.strip()) == "figure" for line in row):
            lengths.add(len(row))
    return len(lengths) >= _FEWEST_LENGTHS


def _with_one_block(tables: Sequence[RawTable]) -> list[RawTable]:
    """The tables, the label/value rows of a form, which its grids part, made one table; another form begins where the
    label comes again that the rows begin with."""
    kept: list[RawTable] = []
    block: int | None = None
    for table in tables:
        if block is not None and (table.part_of != kept[block].part_of or not table.part_of):
            block = None
        if table.header_rows != 0 or not table.part_of:
            kept.append(table)
        elif block is None or table.rows[0][0].printed == kept[block].rows[0][0].printed:
            block = len(kept)
            kept.append(table)
        else:
            kept[block] = _with_rows(kept[block], table)
    return kept


def _with_rows(block: RawTable, table: RawTable) -> RawTable:
    width = max(block.width, table.width)
    rows = tuple((*row, *[EMPTY] * (width - len(row))) for row in (*block.rows, *table.rows))
    return replace(block, rows=rows, pages=tuple(sorted({*block.pages, *table.pages})))


def _is_opened(lines: Sequence[Line]) -> bool:
    """Whether a TAB alone on a line opens a cell and its text stands on the lines below, as web pages are left."""
    tabs = [index for index, line in enumerate(lines) if is_cell_line(line)]
    bare = [index for index in tabs if not lines[index].text.strip()]
    below = sum(index + 1 < len(lines) and bool(lines[index + 1].text.strip("\t \r")) for index in bare)
    return len(bare) >= 6 and len(bare) * 10 >= 9 * len(tabs) and below * 10 >= 7 * len(bare)


def _opened_groups(lines: Sequence[Line]) -> Iterator[_Group]:
    """The grids of text in which a TAB opens a cell: two empty lines end a row, text behind them is outside."""
    group = _Group([])
    gap, in_cell = 2, False
    for line in lines:
        if not line.text.strip(" \r"):
            gap += 1
            continue
        if is_cell_line(line):
            if gap >= 2 or not group.rows:
                group.rows.append(_GridRow([], gap))
            group.rows[-1].cells.append([])
            in_cell = True
        elif in_cell and gap < 2:
            group.rows[-1].cells[-1].extend(line.pieces())
        else:
            if group.rows:
                yield group
                group = _Group([])
            group.above.append(line)
            in_cell = False
        gap = 0
    yield group


def _groups(lines: Sequence[Line]) -> Iterator[_Group]:
    group = _Group([])
    gap, in_row = 0, False
    waiting: list[tuple[int, Line]] = []
    for index, line in enumerate(lines):
        if line.blank:
            # A paragraph that holds a wide blank alone is a paragraph all the same.
            gap, in_row = gap + (not line.text.strip(" \r")), False
            continue
        if is_cell_line(line):
            if in_row:
                group.rows[-1].cells.append(list(line.pieces()))
            else:
                row = _GridRow([list(line.pieces())], gap)
                above = _settle(group, waiting)
                waiting = []
                if group.rows and (above or gap >= 2 or _begins_anew(group, lines, index)):
                    yield group
                    group = _Group(above)
                elif above:
                    group.above.extend(above)
                group.rows.append(row)
            in_row = True
        elif in_row:
            group.rows[-1].cells[-1].extend(line.pieces())
        else:
            waiting.append((gap, line))
        gap = 0
    _settle(group, waiting)
    yield group


def _begins_anew(group: _Group, lines: Sequence[Line], index: int) -> bool:
    """Whether a first cell is the title of another table printed inside the same grid: no other cell of its row prints
    anything."""
    text = text_of(lines[index].pieces())
    if not text or not title_of_line(text) or not any(len(row.cells) > 1 for row in group.rows):
        return False
    for line in lines[index + 1 :]:
        if not is_cell_line(line):
            return line.blank
        if line.pieces():
            return False
    return True


def _settle(group: _Group, waiting: list[tuple[int, Line]]) -> list[Line]:
    """Give the lines of text below a row to that row where they are part of its last cell; the others are returned."""
    if not waiting or not group.rows:
        return [line for _, line in waiting]
    last = group.rows[-1]
    if waiting[0][0] != 1 or not _is_open(group):
        return [line for _, line in waiting]
    for index, (gap, line) in enumerate(waiting):
        lone = index == len(waiting) - 1 and gap >= 2 and len(line.text.strip()) <= _SECTION and index > 0
        if (gap >= 3 and index > 0) or lone:
            last.below = [below for _, below in waiting[:index]]
            return [below for _, below in waiting[index:]]
    last.below = [line for _, line in waiting]
    return []


def _is_open(group: _Group) -> bool:
    """Whether the last row may go on in lines without a TAB: it prints fewer cells than others, or a long text."""
    last = group.rows[-1]
    if len(text_of(last.cells[-1])) > _LONG:
        return True
    most = max(len(row.cells) for row in group.rows)
    text = text_of(last.cells[-1])
    return len(last.cells) < max(most, 3) and kind_of(text) == "text" and not _FINISHED.search(text)


def _captions_of(group: _Group) -> Captions:
    """What stands above the grid and in its first rows; the rows that only say so are taken off."""
    captions = captions_before(group.above)
    while group.rows and not group.rows[0].below:
        inside = caption_row([tuple(cell) for cell in group.rows[0].cells])
        if inside is None:
            break
        captions = captions.merged(inside)
        group.rows.pop(0)
    return captions.merged(_caption_cell(group.rows[0])) if group.rows else captions


def _caption_cell(row: _GridRow) -> Captions:
    """What the first cell of a header or of a form tells that only says whose the table is or in which unit, which is
    taken off: a line set off with a TAB that stands directly above."""
    text = text_of(row.cells[0])
    rest: PieceRow = [tuple(cell) for cell in row.cells[1:]]
    valued = bool(rest) and len(rest) % 2 == 0 and is_form_label(text_of(rest[0]))
    if not is_caption(text) or not (valued or is_header_row(rest)):
        return Captions()
    row.cells.pop(0)
    return Captions(unit=unit_of_line(text))


def _segments(rows: Sequence[_GridRow]) -> list[Segment]:
    """The grids that the rows make up: cut where nested text and where headers begin."""
    segments: list[Segment] = []
    plain: list[PieceRow] = []
    for row in rows:
        cells: PieceRow = [tuple(cell) for cell in row.cells]
        if not row.below:
            plain.append(cells)
            continue
        if len(text_of(cells[-1])) > _LONG:
            plain.append([*cells[:-1], cells[-1] + tuple(piece for line in row.below for piece in line.pieces())])
            continue
        segments.extend(segments_of(plain))
        plain = []
        segments.extend(nested_segments(cells, row.below))
    segments.extend(segments_of(plain))
    return segments
