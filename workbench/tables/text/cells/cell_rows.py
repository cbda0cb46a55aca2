"""Cells in order, the empty ones too, cut into rows: the length of the rows is the one with which every column holds
figures or texts alone and which the labels of the header make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from operator import itemgetter

from workbench.fiscal.headers import is_level
from workbench.tables.text.cells.body import Body, amounts_of
from workbench.tables.text.cells.periods import class_of, likely_widths
from workbench.tables.text.cells.printed_header import header_in_place, printed_header
from workbench.tables.text.cells.printed_rows import PieceRow, texts_of
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.header.hanging import least_cost
from workbench.tables.text.header.rows import Header
from workbench.tables.text.header.tree import arrange, arrange_rows
from workbench.tables.text.lines import Piece, key_of, text_of
from workbench.tables.text.vocabulary import TOTALS, is_known

Cell = tuple[Piece, ...]

LONGEST_LABEL = 40
YEAR = re.compile(r"^(?:19|20)\d\d年?度?$")
_NARROWEST, _WIDEST = 2, 40
_MANY, _FEWEST_ROWS = 80, 3
"""From so many cells on, in so many rows, what the cells hold tells how long rows may be."""
_MOST_HEADER_ROWS = 4
_MOST_HEADER_CELLS = 120
_NAMELESS = 1
"""So many columns may have no name."""
_DEAREST = 6.0
"""A header that costs more is none."""
_DOUBTFUL, _MOST_CUT = 1.0, 20
"""When a header costs more its labels, where they are no more than so many, are cut into rows in every way."""
_UNEVEN = 0.5
"""What it costs that blanks do not show the rows of a header."""
_BLANKS = 0.1
"""What it costs that all cells are blank."""
_MOST_SPANNED = 2
"""So many columns more the label of a total may span."""
_SURE, _SPANNED = 0.5, 0.4
"""What a layout that rests on such spans costs at the most, and what each of them costs."""
_MISSING = 0.5
"""What it costs that a cell is missing behind the last."""
_NUMBERING = re.compile(r"^(?:\*+|[甲乙丙]|栏次|行次|列次)$")


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to cut cells into rows: the rows of the header, those of the body, and how badly header and body suit."""

    header: list[PieceRow]
    body: list[PieceRow]
    misfit: float


def layouts_of(cells: Sequence[Cell], blanks: int = 0, *, certain: bool = False) -> Iterator[Layout]:
    """The ways to cut cells into rows; up to so many `blanks` may be missing behind the last, and behind the labels of
    totals, which may span the columns of codes and names. Where cells are `certain`, whole numbers that look like codes
    are none among figures."""
    yield from _layouts(cells, blanks, certain=certain)
    for spanned in range(1, _MOST_SPANNED + 1):
        for layout in _layouts(_with_spans(cells, spanned), blanks, certain=certain):
            if layout.misfit <= _SURE and _begins_with_codes(layout):
                yield replace(layout, misfit=layout.misfit + _SPANNED * spanned)


def _begins_with_codes(layout: Layout) -> bool:
    """Whether codes stand in the first column, over which labels of totals then reach."""
    first = [key_of(row[0]) for row in layout.body if row[0] and key_of(row[0]) not in TOTALS]
    return bool(first) and all(key.isdigit() for key in first)


def _with_spans(cells: Sequence[Cell], count: int) -> list[Cell]:
    """The cells with so many blanks behind each label of a total that figures follow."""
    found: list[Cell] = []
    for cell, following in zip(cells, [*cells[1:], ()], strict=True):
        found += [cell, *[()] * count] if key_of(cell) in TOTALS and is_figure_cell(following) else [cell]
    return found


def _layouts(cells: Sequence[Cell], blanks: int, *, certain: bool) -> Iterator[Layout]:
    first = next((index for index, cell in enumerate(cells) if is_figure_cell(cell)), None)
    if first is None:
        return
    numbering = numbering_of(cells, first)
    widths: Sequence[int] = range(_NARROWEST, min(_WIDEST, len(cells) - 1) + 1)
    if len(cells) - first >= _MANY:
        widths = likely_widths([class_of(cell) for cell in cells[first:]], _NARROWEST, _FEWEST_ROWS)
    for width in widths:
        for missing in range(min(blanks, width - 1) + 1):
            layout = _layout(cells, width, missing, first, numbering, certain=certain)
            if layout is not None:
                yield replace(layout, misfit=layout.misfit + _MISSING * missing) if certain else layout


def is_figure_cell(cell: Cell) -> bool:
    """Whether a cell holds a figure, and not a year."""
    text = text_of(cell)
    return kind_of(text) == "figure" and not YEAR.match(text)


def numbering_of(cells: Sequence[Cell], first: int) -> tuple[int, int] | None:
    """Where the row begins that numbers the columns above the cell `first`, and where its last number stands;
    None where there is none (栏次, 1, 2 …)."""
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
    cells: Sequence[Cell], width: int, missing: int, first: int, numbering: tuple[int, int] | None, *, certain: bool
) -> Layout | None:
    """The cells in rows of a width, as many `missing` at the end; None where they make no table so."""
    count = len(cells) + missing
    top, last = numbering if numbering is not None else (0, 0)
    top -= _levels_before(cells, top, last + 1 - width)
    begin = first - (first - count) % width if numbering is None else top + width
    if not last < begin < count or (count - begin) % width:
        return None
    padded = [*cells, *[()] * missing]
    body = [padded[at : at + width] for at in range(begin, count, width)]
    kinds = kinds_of(body, certain=certain)
    if kinds is None or kinds.count("figure") * len(body) < 2:
        return None
    while numbering is None and width < begin and _is_label_alone(padded[begin - width : begin]):
        begin -= width
        body.insert(0, padded[begin : begin + width])
    labels = padded[: top or begin]
    columns = [column for column in range(width) if any(labels[column::width]) or any(row[column] for row in body)]
    if len(columns) < width and len(labels) % width == 0:
        # Where nothing is printed from top to bottom is no column.
        labels = [labels[at + column] for at in range(0, len(labels), width) for column in columns]
        body = [[row[column] for column in columns] for row in body]
        kinds, width = tuple(kinds[column] for column in columns), len(columns)
    holds = Body(kinds, amounts_of(list(map(texts_of, body))))
    found = header_of(labels, width, holds)
    if not all(labels):
        found = min(filter(None, (found, header_in_place(labels, width, holds))), key=itemgetter(1), default=None)
    if _may_head(labels):
        found = printed_header(labels, width, holds, found[1] if found is not None else _DEAREST) or found
    if found is None:
        return None
    header, misfit = found
    misfit += sum(is_known(text_of(cell)) and key_of(cell) not in TOTALS for cell in body[0] if cell)
    # Of ways that suit as well the one without needless blanks is right.
    misfit += _BLANKS * sum(not cell for cell in padded) / count
    return Layout([*header, *([padded[top:begin]] if numbering is not None else [])], body, misfit)


def _levels_before(cells: Sequence[Cell], top: int, start: int) -> int:
    """How many labels of levels of codes (类 款 项) stand in the row that numbers the columns, before its first cell:
    as many as make it begin at `start`."""
    return top - start if 0 <= start < top and all(is_level(key_of(cell)) for cell in cells[start:top]) else 0


def _is_label_alone(row: Sequence[Cell]) -> bool:
    """Whether a row prints nothing, or nothing but the label of a total or one that is unknown to headers."""
    return not any(row[1:]) and (key_of(row[0]) in TOTALS or not is_known(text_of(row[0])))


def kinds_of(body: Sequence[PieceRow], *, certain: bool) -> tuple[str, ...] | None:
    """What stands in each column, None where one holds figures and texts, or its first row begins with a figure that
    later ones do not."""
    columns = [[text_of(cell) for cell in column] for column in zip(*body, strict=True)]
    numbers = [{text.isdigit() for text in column if kind_of(text) == "text"} == {True} for column in columns]
    # Codes stand beside names: where nothing is named none are.
    nameless = not any(kind_of(text) == "text" and not text.isdigit() for column in columns for text in column)
    kinds: list[str] = []
    for column, whole in zip(columns, numbers, strict=True):
        found = {kind_of(text) for text in column} - {""}
        if certain and whole and (nameless or len(found) > 1):
            found = {"figure"}
        if len(found) > 1:
            return None
        kinds.append(found.pop() if found else "")
    return tuple(kinds)


def _may_head(labels: Sequence[Cell]) -> bool:
    """Whether labels are few, short, and half of them known."""
    texts = [text_of(cell) for cell in labels if cell]
    return (
        2 <= len(texts) <= _MOST_HEADER_CELLS
        and all(len(text) <= LONGEST_LABEL for text in texts)
        and sum(map(is_known, texts)) * 2 >= len(texts)
    )


def header_of(labels: Sequence[Cell], width: int, body: Body) -> tuple[list[PieceRow], float] | None:
    """The rows of a header of a width and how badly they suit the body, None where the labels make none."""
    printed = [cell for cell in labels if cell]
    if not 2 <= len(printed) <= _MOST_HEADER_CELLS or any(len(text_of(cell)) > LONGEST_LABEL for cell in printed):
        return None
    if len(printed) + _NAMELESS < width or not any(is_known(text_of(cell)) for cell in printed):
        return None
    if len(printed) == len(labels) != width:
        return _arranged(printed, width, body)
    rest = len(labels) % width
    rows = [list(labels[:rest])] if rest else []
    rows += [list(labels[at : at + width]) for at in range(rest, len(labels), width)]
    if len(rows) > _MOST_HEADER_ROWS or not all(map(any, rows)) or len(rows[-1]) < width:
        return _arranged(printed, width, body, _UNEVEN)
    arranged = arrange_rows([[cell for cell in row if cell] for row in rows], width, body)
    if arranged is None and rest:
        return _arranged(printed, width, body, _UNEVEN)
    nameless = sum(not any(column) for column in zip(*rows, strict=True)) if not rest else 0
    return rows, (arranged.cost if arranged is not None else _DEAREST) + nameless


def _arranged(
    printed: Sequence[Cell], width: int, body: Body, more: float = 0.0
) -> tuple[list[PieceRow], float] | None:
    """The header of a width that labels make whatever their rows are, which costs so much more; None where they make
    none."""
    if least_cost(list(map(key_of, printed)), width) > _DEAREST:
        return None
    header = arrange(printed, (width,), body, most=_DEAREST - more)
    if header.cost > _DOUBTFUL and len(printed) <= _MOST_CUT:
        header = min((header, *_in_cut_rows(printed, width, body)), key=lambda way: way.cost)
    if header.width != width or header.cost + more > _DEAREST:
        return None
    return [list(row) for row in header.rows], header.cost + more


def _in_cut_rows(labels: Sequence[Cell], width: int, body: Body) -> Iterator[Header]:
    """The headers that labels make in two rows or three, wherever these end."""
    count = len(labels)
    for first in range(1, min(width, count)):
        for lengths in ((first, count - first), *((first, n, count - first - n) for n in range(1, count - first))):
            edges = [0, *accumulate(lengths)]
            header = arrange_rows([labels[start:end] for start, end in pairwise(edges)], width, body, _DEAREST)
            if header is not None:
                yield header
