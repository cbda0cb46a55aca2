"""Tables in the rows of sheets of which conversion dropped the blank cells: where rows and cells end is certain, not in
which columns the cells stand.

Each spanner is printed once, so the header is put together by its labels; the cells of a row go to its columns in
order, by what they are, and figures to those in which the sums hold. Cells so placed are marked as inferred.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.fiscal.headers import is_level
from workbench.model.table import Cell, Row
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import Captions, caption_row, captions_before
from workbench.tables.text.cells.grids import tables_of
from workbench.tables.text.cells.header_shape import is_row_of_labels
from workbench.tables.text.cells.plain_headers import segments_of
from workbench.tables.text.cells.printed_rows import PieceRow, Segment, is_numbering, texts_of
from workbench.tables.text.cells.slot_rows import misfit_of, slot_rows
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.cells.tsv import sheet_blocks
from workbench.tables.text.figures import FigureJoiner
from workbench.tables.text.form_words import is_first_indicator, is_form_label, is_indicator_header, is_second_indicator
from workbench.tables.text.header.rows import Header, HeaderText
from workbench.tables.text.header.tree import arrange_rows
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import EMPTY, Line, Piece, cell_of, text_of
from workbench.tables.text.running.figure_columns import Stated, placed_rows, state
from workbench.tables.text.running.header_evidence import Witnesses
from workbench.tables.text.running.parallel_blocks import read_parallel_blocks
from workbench.tables.text.running.partial_codes import settle_partial_codes
from workbench.tables.text.running.rows import with_wide_totals
from workbench.tables.text.running.sides import has_two_sides, read_two_sided
from workbench.tables.text.running.slots import slots_of
from workbench.tables.text.vocabulary import TOTALS, is_known

_WIDEST = 40
_WIDER = 0.1
"""What each column costs that no row fills."""
_LEFT_OVER = re.compile(r"^(?:上年|年初)")
_SPANNED = 0.6
"""What it costs that a label of what is left over spans columns, below which mostly nothing stands."""
_FEWEST_TEXTS = 3
"""Rows of so many cells, none of which is a figure, are no statement's."""
_MOST_BLOCK = 20
"""So many rows of labels and values stand above the indicators of a form at the most."""
_JUDGED_ROWS = 24
"""So many rows show how well a header suits the body."""


def blankless_tables(lines: Sequence[Line]) -> list[RawTable]:
    """All tables of the rows of these sheets, in order."""
    stated: Stated = {}
    tables: list[RawTable] = []
    for above, rows in sheet_blocks(lines):
        captions = captions_before(above)
        count = 0
        while count < len(rows) and (inside := caption_row(rows[count])) is not None:
            captions = captions.merged(inside)
            count += 1
        tables.extend(tables_without_blanks(rows[count:], captions, stated))
    return tables


def tables_without_blanks(rows: Sequence[PieceRow], captions: Captions, stated: Stated) -> Iterator[RawTable]:
    """The tables of rows that lost their blank cells. What earlier ones `stated` is looked at, and added to."""
    for segment in _segments(rows):
        table = _statement(segment, captions, stated)
        for found in [table] if table is not None else tables_of([segment], captions, Captions()):
            state(stated, found)
            yield found
        captions = Captions(unit=captions.unit) if table is not None else captions


def _segments(rows: Sequence[PieceRow]) -> list[Segment]:
    """The grids that rows make up. Below the header of a statement no row is a label and its value, and rows of labels
    above the first figures are of its header; above the indicators of a form all are labels and values."""
    grid = next((index for index, row in enumerate(rows) if is_indicator_header(texts_of(row))), 0)
    if 0 < grid <= _MOST_BLOCK and rows[0] and is_form_label(text_of(rows[0][0])):
        indicators = [_below_levels(row, texts_of(rows[grid])) for row in rows[grid + 1 :]]
        return [Segment([rows[grid]], [*rows[:grid], *indicators], block=grid)]
    found: list[Segment] = []
    for segment in segments_of(rows):
        last = found[-1] if found else None
        short = all(len(row) < _FEWEST_TEXTS for row in segment.header)
        if last is not None and short and _is_statement(last):
            last.rows += [*segment.header, *segment.rows]
        else:
            found.append(segment)
    for segment in found:
        if _is_statement(segment):
            count = next((index for index, row in enumerate(segment.rows) if not _is_lower_row(row)), 0)
            segment.header += segment.rows[:count]
            segment.rows = segment.rows[count:]
    return found


def _below_levels(row: PieceRow, labels: Sequence[str]) -> PieceRow:
    """A row of indicators, the name of a level with which it begins below that level."""
    name = text_of(row[0])
    level = "一级指标" if is_first_indicator(name) else "二级指标" if is_second_indicator(name) else ""
    blanks = [*labels].index(level) if level in labels else 0
    return [*[()] * blanks, *row] if blanks + len(row) <= len(labels) else row


def _is_statement(segment: Segment) -> bool:
    """Whether a grid has a header that is not that of the indicators of a form."""
    return bool(segment.header) and not any(is_indicator_header(texts_of(row)) for row in segment.header)


def _is_lower_row(row: PieceRow) -> bool:
    """Whether a row is one of labels, half of them known, and none an item."""
    texts = texts_of(row)
    return is_row_of_labels(row) and sum(map(is_known, texts)) * 2 >= len(texts) and not all(map(_is_total, texts))


def _is_total(text: str) -> bool:
    return text in TOTALS


@dataclass(frozen=True, slots=True)
class _Body:
    """Rows by which headers are judged."""

    rows: tuple[tuple[str, ...], ...]

    def misfit(self, header: HeaderText) -> float:
        """How badly the cells of the rows suit the columns of a header, in the mean, and how unlike its spans are."""
        left = sum(
            bool(above) and above == text and _LEFT_OVER.match(text) is not None
            for row in header.rows
            for above, text in pairwise(row)
        )
        return misfit_of(self.rows, slots_of(header)) + (_SPANNED if left else 0.0)


def _statement(segment: Segment, captions: Captions, stated: Stated) -> RawTable | None:
    """The table of a header and rows of figures; None where they are none, or form the indicators of a form."""
    labels = [_labels(row) for row in segment.header if any(_labels(row))]
    if not labels or not _is_statement(segment):
        return None
    figures = any(kind_of(text) == "figure" for row in segment.rows for text in texts_of(row))
    if not figures and any(len(row) >= _FEWEST_TEXTS for row in segment.rows):
        return None
    numbering = [row for row in segment.header if is_numbering(row)]
    lines = [_words(row, number) for number, row in enumerate(segment.rows)]
    words = [word for line in lines for cell in line for word in cell]
    header = _header(labels, segment.rows, numbering, Witnesses.of(words))
    if header is None:
        return None
    slots = slots_of(header.text)
    joiner = FigureJoiner.of(words)
    if has_two_sides(slots):
        read = read_two_sided(words, slots, joiner)
    else:
        read = read_parallel_blocks(words, slots) or slot_rows(lines, slots)
    settle_partial_codes(read, slots)
    rows: list[Row] = [tuple(map(cell_of, row)) for row in header.rows]
    for row in numbering:
        _number(rows, [cell for cell in row if cell], header.width)
    body = placed_rows(with_wide_totals(read, slots), slots, header, joiner, stated, captions.title)
    pages = tuple(sorted({anchor.page for row in (*rows, *body) for cell in row for anchor in cell.anchors}))
    return RawTable(
        (*rows, *body),
        len(rows),
        title=captions.title,
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces),
        unit_text=captions.unit,
        pages=pages,
    )


def _labels(row: PieceRow) -> list[tuple[Piece, ...]]:
    """The labels of a header row; of one that numbers the columns the levels of codes,
    which stand before the numbers."""
    numbers = is_numbering(row)
    return [cell for cell in row if cell and (not numbers or is_level(text_of(cell)))]


def _header(
    labels: Sequence[Sequence[tuple[Piece, ...]]],
    body: Sequence[PieceRow],
    numbering: Sequence[PieceRow],
    witnesses: Witnesses,
) -> Header | None:
    """The likeliest header that rows of labels make above a body."""
    longest = max(len(row) for row in (*labels, *body))
    if len(labels) == 1 and longest <= len(labels[0]):
        return Header.of_row(labels[0])
    most = min(sum(map(len, labels)), _WIDEST)
    counted = max((sum(bool(cell) for cell in row) for row in numbering), default=0)
    rows = tuple(tuple(texts_of(row)) for row in body[:_JUDGED_ROWS])
    ways = [
        header
        for width in range(max(longest, counted), most + 1)
        if (header := arrange_rows(labels, width, _Body(rows))) is not None
    ]
    return min(
        ways,
        key=lambda header: header.cost + witnesses.against(header.text) + _WIDER * (header.width - longest),
        default=None,
    )


def _words(row: PieceRow, number: int) -> list[list[Word]]:
    """The cells of a row, each as the words that its pieces are."""
    cells = [cell for cell in row if cell]
    return [
        [Word(piece, number, False, index == part == 0, piece.text) for part, piece in enumerate(cell)]
        for index, cell in enumerate(cells)
    ]


def _number(rows: list[Row], printed: Sequence[tuple[Piece, ...]], width: int) -> None:
    """Add the row that numbers the columns, of which the last has the last number. Behind 类 款 项 it stands in one row
    with them, which the header has."""
    cells: list[Cell] = [cell_of(cell) for cell in printed]
    levels = sum(is_level(cell.printed) for cell in cells)
    names = sum(not cell.printed.isdigit() for cell in cells)
    blanks: list[Cell] = [EMPTY] * (width - len(cells))
    row = tuple([*cells[:names], *blanks, *cells[names:]][:width])
    last = [cell.printed for cell in rows[-1]]
    if levels and last[:levels] == [cell.printed for cell in row[:levels]] and not any(last[levels:]):
        del rows[-1]
    rows.append(row)
