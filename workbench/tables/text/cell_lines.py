"""Tables of which every cell is a line of its own, the empty ones too, as web pages and viewers leave them.

Nothing but the length of the rows, which all are as long, tells where one ends. It is the one with which every column
holds figures or texts alone and which the labels of the header make.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.fiscal.captions import is_note, title_of_line
from workbench.model.amount import match_key
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import Captions, captions_before, is_caption, is_heading
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.grids import tables_of
from workbench.tables.text.header_rows import HeaderText
from workbench.tables.text.header_tree import arrange, arrange_rows
from workbench.tables.text.lines import Line, Piece, key_of, text_of
from workbench.tables.text.segments import PieceRow, Segment
from workbench.tables.text.spans import kind_of
from workbench.tables.text.vocabulary import TOTALS, column_kind, is_known

Cell = tuple[Piece, ...]

_NARROWEST, _WIDEST = 2, 40
_MOST_HEADER_ROWS = 4
_MOST_HEADER_CELLS = 120
_LONGEST_LABEL = 40
_DEAREST = 5.0
"""A header that costs more is none."""
_BLANKS = 0.1
"""What it costs that all cells are blank."""
_YEAR = re.compile(r"^(?:19|20)\d\d年?度?$")
_TABLE = re.compile(r"表(?:[（(].*[）)])?$")
_SENTENCE = re.compile(r"[。；！？]|，.{6,}，")
_NUMBERING = re.compile(r"^(?:\*+|[甲乙丙]|栏次|行次|列次)$")


@dataclass(frozen=True, slots=True)
class CellTable:
    """A table, and the first and the last line that hold its cells."""

    table: RawTable
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Layout:
    """A way to cut cells into rows: the rows of the header, those of the body, and how badly header and body suit."""

    header: list[PieceRow]
    body: list[PieceRow]
    misfit: float


@dataclass(frozen=True, slots=True)
class _Kinds:
    """What stands in the columns of a body."""

    kinds: tuple[str, ...]

    def misfit(self, header: HeaderText) -> float:
        """How many columns hold something else than their labels tell."""
        leaves = map(column_kind, header.leaves)
        return float(sum(bool(leaf and kind) and leaf != kind for leaf, kind in zip(leaves, self.kinds, strict=False)))


def cell_line_tables(lines: Sequence[Line]) -> Iterator[CellTable]:
    """The tables of which every cell is a line, in order."""
    if not _are_cells(lines):
        return
    for start, end in _stretches(lines):
        layout = min(_layouts(lines[start:end]), key=lambda layout: layout.misfit, default=None)
        if layout is None:
            continue
        segment = Segment(layout.header, layout.body, in_place=True)
        captions = captions_before(lines[:start])
        yield from (CellTable(table, start, end - 1) for table in tables_of([segment], captions, Captions()))


def _are_cells(lines: Sequence[Line]) -> bool:
    """Whether figures mostly stand alone on their lines."""
    alone, beside = 0, 0
    for line in lines:
        words = line.text.split()
        figures = sum(map(is_figure_word, words))
        alone += figures == len(words) == 1
        beside += figures > 1
    return alone >= 2 and beside * 50 <= alone


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Where lines between captions, titles and sentences begin and end, blank ones at their ends left out."""
    edges = [-1, *(index for index, line in enumerate(lines) if _is_edge(line)), len(lines)]
    for edge, following in pairwise(edges):
        printed = [index for index in range(edge + 1, following) if not lines[index].blank]
        if len(printed) > 2 * _NARROWEST and any(is_figure_word(lines[index].text.strip()) for index in printed):
            yield printed[0], following


def _is_edge(line: Line) -> bool:
    text = line.text.strip()
    if not text:
        return False
    if is_note(text) or is_heading(text) or _SENTENCE.search(text) or len(text) > 4 * _LONGEST_LABEL:
        return True
    if is_caption(text):
        return not _YEAR.match(match_key(text)) and len(text) > 2
    return bool(title_of_line(text)) and bool(_TABLE.search(match_key(text))) and not is_known(text)


def _layouts(lines: Sequence[Line]) -> Iterator[_Layout]:
    """The ways to read lines as a table."""
    for cells, blanks in _readings(lines):
        first = next((index for index, cell in enumerate(cells) if _is_figure(cell)), None)
        if first is None or all(cells):
            # With no empty cell in sight they may have been left out, and rows be of any length.
            continue
        numbering = _numbering(cells, first)
        for width in range(_NARROWEST, min(_WIDEST, len(cells) - 1) + 1):
            for missing in range(min(blanks, width - 1) + 1):
                layout = _layout(cells, width, missing, first, numbering)
                if layout is not None:
                    yield layout


def _readings(lines: Sequence[Line]) -> Iterator[tuple[list[Cell], int]]:
    """The cells that lines are, and how many blank lines follow the last: every line a cell; or an empty line behind
    each, where another one, or another two, are an empty cell."""
    printed = [index for index, line in enumerate(lines) if not line.blank]
    gaps = [below - above - 1 for above, below in pairwise([*printed, len(lines)])]
    inner = gaps[:-1]
    if min(inner, default=0) == 0:
        yield _spaced(lines, printed, gaps, 0, 1)
        return
    yield _spaced(lines, printed, gaps, 1, 1)
    if max(inner) > 1 and all(gap % 2 for gap in inner):
        yield _spaced(lines, printed, gaps, 1, 2)


def _spaced(
    lines: Sequence[Line], printed: Sequence[int], gaps: Sequence[int], between: int, lines_of_cell: int
) -> tuple[list[Cell], int]:
    blanks = [max(gap - between, 0) // lines_of_cell for gap in gaps]
    cells = [
        cell for index, count in zip(printed, blanks, strict=True) for cell in (lines[index].pieces(), *[()] * count)
    ]
    return cells[: len(cells) - blanks[-1]], blanks[-1]


def _is_figure(cell: Cell) -> bool:
    text = text_of(cell)
    return kind_of(text) == "figure" and not _YEAR.match(text)


def _numbering(cells: Sequence[Cell], first: int) -> tuple[int, int] | None:
    """Where the row begins that numbers the columns and where its last number stands, None where there is none: 栏次, 1,
    2 …"""
    start = first
    while start > 0 and (not cells[start - 1] or _NUMBERING.match(key_of(cells[start - 1]))):
        start -= 1
    while start < first and not cells[start]:
        start += 1
    count, last = 0, start
    for index, cell in enumerate(cells[start:], start):
        key = key_of(cell)
        if key == str(count + 1):
            count, last = count + 1, index
        elif key and not _NUMBERING.match(key):
            break
    return (start, last) if count >= 2 else None


def _layout(
    cells: Sequence[Cell], width: int, missing: int, first: int, numbering: tuple[int, int] | None
) -> _Layout | None:
    """The cells in rows of a width, as many `missing` at the end; None where they make no table so."""
    count = len(cells) + missing
    top, last = numbering if numbering is not None else (0, 0)
    begin = first - (first - count) % width if numbering is None else top + width
    if not last < begin < count or (count - begin) % width:
        return None
    padded = [*cells, *[()] * missing]
    body = [padded[at : at + width] for at in range(begin, count, width)]
    kinds = _kinds(body)
    if kinds is None or kinds.count("figure") * len(body) < 2:
        return None
    labels = padded[: top or begin]
    found = _header(labels, width, kinds)
    if found is None:
        return None
    header, misfit = found
    misfit += sum(is_known(text_of(cell)) and key_of(cell) not in TOTALS for cell in body[0] if cell)
    # Of ways that suit as well the one without needless blanks is right.
    misfit += _BLANKS * sum(not cell for cell in padded) / count
    return _Layout([*header, *([padded[top:begin]] if numbering is not None else [])], body, misfit)


def _kinds(body: Sequence[PieceRow]) -> tuple[str, ...] | None:
    """What stands in each column, None where one holds figures and texts, or its first row begins with a figure that
    later ones do not."""
    kinds: list[str] = []
    for column in zip(*body, strict=True):
        found = {kind_of(text_of(cell)) for cell in column} - {""}
        if len(found) > 1:
            return None
        kinds.append(found.pop() if found else "")
    return tuple(kinds)


def _header(labels: Sequence[Cell], width: int, kinds: tuple[str, ...]) -> tuple[list[PieceRow], float] | None:
    """The rows of a header of a width and how badly they suit the body, None where the labels make none."""
    printed = [cell for cell in labels if cell]
    if not 2 <= len(printed) <= _MOST_HEADER_CELLS or any(len(text_of(cell)) > _LONGEST_LABEL for cell in printed):
        return None
    if not any(is_known(text_of(cell)) for cell in printed):
        return None
    body = _Kinds(kinds)
    if len(printed) == len(labels) != width:
        header = arrange(printed, (width,), body)
        return (
            ([list(row) for row in header.rows], header.cost)
            if header.width == width and header.cost <= _DEAREST
            else None
        )
    rest = len(labels) % width
    rows = [list(labels[:rest])] if rest else []
    rows += [list(labels[at : at + width]) for at in range(rest, len(labels), width)]
    if len(rows) > _MOST_HEADER_ROWS or not all(map(any, rows)) or len(rows[-1]) < width:
        return None
    arranged = arrange_rows([[cell for cell in row if cell] for row in rows], width, body)
    nameless = sum(not any(column) for column in zip(*rows, strict=True)) if not rest else 0
    return rows, (arranged.cost if arranged is not None else _DEAREST) + nameless
