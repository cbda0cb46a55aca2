"""From grids of pieces to tables: spanning cells laid over the columns, captions added."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from workbench.fiscal.forms import form_of_title
from workbench.fiscal.headers import are_levels_of_codes, is_level, names_codes
from workbench.model.amount import match_key
from workbench.model.table import Cell, Form, Row
from workbench.tables.raw import RawTable
from workbench.tables.text.captions import Captions
from workbench.tables.text.cells.body import Body, amounts_of
from workbench.tables.text.cells.cut_rows import with_rests
from workbench.tables.text.cells.header_shape import below_their_spanners, without_filling
from workbench.tables.text.cells.hung_header import HungHeader, hung_header
from workbench.tables.text.cells.open_spans import with_levels_below_codes
from workbench.tables.text.cells.printed_rows import PieceRow, Segment, is_numbering, texts_of
from workbench.tables.text.cells.short_rows import Columns, beside_first_labels, columns_of, places_of
from workbench.tables.text.cells.spans import (
    cells_below,
    column_kinds,
    place_body_row,
    place_header_row,
    pull_back,
)
from workbench.tables.text.cells.widths import extent_of, width_of
from workbench.tables.text.header.rows import HeaderText
from workbench.tables.text.header.tree import arrange_rows
from workbench.tables.text.lines import EMPTY, Piece, cell_of, text_of
from workbench.tables.text.vocabulary import TOTALS

_WIDEST_ALONE = 40
"""A header below which nothing stands has no more columns than these."""


def lay_out(segment: Segment) -> tuple[tuple[Row, ...], int]:
    """The rectangular rows of a segment, header first with spanned labels repeated, and how many are header."""
    width = width_of(segment) if segment.rows or not segment.in_place else _width_alone(segment)
    hung = None if segment.in_place else hung_header(segment.header, width)
    width = max(width, hung.width) if hung is not None else width
    as_printed = segment.in_place and _shows_spans([row for row in segment.header if not is_numbering(row)], width)
    if segment.in_place:
        segment.header = below_their_spanners(segment.header)
        segment.rows[segment.block :] = _beside_labels(segment, with_rests(segment.rows[segment.block :]))
    rows = [row for row in segment.rows[segment.block :] if len(row) == width]
    whole = [row for row in rows if extent_of(row) == width]
    # A row may be filled up at its end, which hides that its cells stand too far left.
    full = [texts_of(row) for row in (whole if segment.in_place and len(whole) > 1 else rows)]
    kinds = column_kinds(full, width)
    if segment.in_place:
        segment.header = _over_codes(without_filling(segment.header, full), full)
    hung = None if hung is None else hung.over(width, kinds)
    filled = Body(tuple(kinds), amounts_of(full))
    header = _header(segment, width, filled, as_printed=as_printed) if hung is None else list(hung.laid(width))
    columns = columns_of(full, kinds, [[cell.printed for cell in row] for row in header])
    body = [
        _lay_body(row, columns, segment, hung, label=index < segment.block) for index, row in enumerate(segment.rows)
    ]
    return (*header, *body), len(header)


def _beside_labels(segment: Segment, rows: Sequence[PieceRow]) -> list[PieceRow]:
    """The rows of a body, blanks put before the longest where the first labels of the header run down beside them."""
    header = [texts_of(row) for row in segment.header if not is_numbering(row)]
    missing = beside_first_labels(header, [texts_of(row) for row in rows]) if header else 0
    longest = max(map(len, rows), default=0)
    blanks: PieceRow = [()] * missing
    return [[*blanks, *row] if len(row) == longest else list(row) for row in rows]


def _over_codes(header: Sequence[PieceRow], body: Sequence[Sequence[str]]) -> list[PieceRow]:
    """The rows of a header, a label of codes over the nameless columns at its right as well that hold the codes of one
    level each."""
    rows = [list(row) for row in header]
    for row in rows:
        for column in range(1, len(row)):
            nameless = not any(column < len(other) and other[column] for other in rows if other is not row)
            if row[column] or not nameless or not names_codes(text_of(row[column - 1])):
                continue
            if are_levels_of_codes(cells[column] for cells in body if column < len(cells)):
                row[column] = row[column - 1]
    return rows


def _width_alone(segment: Segment) -> int:
    """How many columns a header has below which nothing stands and the spans of which may be lost."""
    width = width_of(segment)
    rows = [row for row in segment.header if not is_numbering(row)]
    if len(rows) < 2 or len(rows) < len(segment.header) or not all(map(all, rows)) or len(rows[0]) < len(rows[-1]):
        return width
    widths = range(max(map(len, rows)), min(sum(map(len, rows)), _WIDEST_ALONE) + 1)
    ways = [(header.cost, n) for n in widths if (header := arrange_rows(rows, n, Body(("",) * n))) is not None]
    return min(ways)[1] if ways else width


def _header(segment: Segment, width: int, body: Body, *, as_printed: bool) -> list[Row]:
    """The header over the columns: as it stands where its blanks show so, or arranged by what its labels tell where
    that suits the body better, since conversion loses the spans of cells."""
    rows = [row for row in segment.header if not is_numbering(row)]
    laid = _lay_header(segment.header, width, body.kinds)
    if len(rows) < 2 or max(map(extent_of, rows)) > width or all(_stands(row, width) for row in rows):
        return laid
    if as_printed:
        return laid
    labels = with_levels_below_codes([[cell for cell in row if cell] for row in rows])
    header = arrange_rows(labels, width, body)
    if header is None:
        return laid
    extents = [extent_of(row) if segment.in_place else len(row) for row in rows]
    whole = all(all(row[:extent]) for row, extent in zip(rows, extents, strict=True)) and extents[0] < width
    texts = HeaderText(tuple(tuple(match_key(cell.printed) for cell in row) for row in laid[: len(rows)]))
    if not whole and body.misfit(texts) <= body.misfit(header.text):
        return laid
    numbering = [row for row in segment.header if is_numbering(row)]
    return [tuple(cell_of(label) for label in row) for row in header.rows] + _lay_header(numbering, width, body.kinds)


def _stands(row: PieceRow, width: int) -> bool:
    """Whether the cells of a header row stand where they are printed: it reaches over all columns,
    or blanks between its labels show their spans."""
    extent = extent_of(row)
    return extent >= width or (len(row) >= width and not all(row[:extent]))


def _shows_spans(rows: Sequence[PieceRow], width: int) -> bool:
    """Whether blanks tell what stands below what in full rows: one below each label that goes down to the columns, one
    behind each label that has others below it, and none in all rows of a column."""
    if any(len(row) != width for row in rows) or not all(map(any, zip(*rows, strict=True))):
        return False
    return all(
        not lower[0]
        and all(
            column + 1 < width and not upper[column + 1] for column in range(width) if upper[column] and lower[column]
        )
        for upper, lower in pairwise(rows)
    )


def _lay_header(rows: Sequence[PieceRow], width: int, kinds: Sequence[str]) -> list[Row]:
    placed: list[list[tuple[Piece, ...]]] = []
    below: list[str] | None = None
    beneath = [""] * width
    whole = _with_labels_above(rows)
    beginnings: dict[int, int] = {}
    for number, row in reversed(list(enumerate(rows))):
        if is_numbering(row):
            cells = [*row, *[()] * (width - len(row))][:width]
            placed.append(cells)
            levels = [text if is_level(text) else "" for text in map(text_of, cells)]
            below = levels if any(levels) else below
            beneath = [level or label for level, label in zip(levels, beneath, strict=True)]
            continue
        starts = [beginnings[index] for index in range(len(row))] if beginnings else []
        starts = starts or place_header_row(texts_of(whole[number])[:width], width, below, kinds)
        hanging = cells_below(len(rows[number - 1]), row) if number and len(row) < width else None
        beginnings = dict(reversed(list(zip(hanging, starts, strict=True)))) if hanging else {}
        cells = [()] * width
        for index, start in enumerate(starts):
            end = starts[index + 1] if index + 1 < len(starts) else width
            for column in range(start, end):
                cells[column] = row[index]
        begun = {column for above in rows[:number] if len(above) == width for column in range(width) if above[column]}
        _repeat_spanners(cells, beneath, begun)
        placed.append(cells)
        below = [text_of(cell) for cell in cells]
        beneath = [near or far for near, far in zip(below, beneath, strict=True)]
    return [tuple(cell_of(cell) for cell in cells) for cells in reversed(placed)]


def _with_labels_above(rows: Sequence[PieceRow]) -> list[PieceRow]:
    """The rows of a header, a blank replaced by the label above that goes on in it, where that is known."""
    whole: list[PieceRow] = []
    for row in rows:
        hanging = cells_below(len(whole[-1]), row) if whole else None
        whole.append([cell or whole[-1][above] for cell, above in zip(row, hanging, strict=True)] if hanging else row)
    return whole


def _repeat_spanners(cells: list[tuple[Piece, ...]], beneath: Sequence[str], begun: Collection[int]) -> None:
    """A blank header cell above a label takes the label at its left: the file left the rest of a span as blanks. Where
    a label of a row above has `begun` none goes on."""
    for column in range(1, len(cells)):
        blank = not cells[column] and column not in begun
        if blank and cells[column - 1] and beneath[column] and beneath[column - 1]:
            cells[column] = cells[column - 1]


def _lay_body(row: PieceRow, columns: Columns, segment: Segment, hung: HungHeader | None, *, label: bool) -> Row:
    kinds = columns.kinds
    width = len(kinds)
    cells: list[Cell] = [EMPTY] * width
    if segment.in_place and segment.header and not label and len(row) <= width and 1 < extent_of(row) < width:
        # Blanks at the end only fill a row, but those at its beginning show that blanks stand for spans.
        filled = len(row) == width
        row = row[: extent_of(row)] if filled else row
        places = None if filled and not row[0] else places_of(texts_of(row), columns)
        starts = places or list(range(len(row)))
    elif len(row) > width:
        starts = pull_back(texts_of(row), kinds)
    elif not segment.in_place and not label and 1 < len(row) < width and _spans(row, segment):
        starts = _as_above(row, columns, hung) or place_body_row(texts_of(row), kinds, columns.levels)
    else:
        starts = list(range(len(row)))
    for index, (start, pieces) in enumerate(zip(starts, row, strict=True)):
        if pieces:
            cells[start] = cell_of(pieces, inferred=segment.in_place and start != index)
    return tuple(cells)


def _as_above(row: PieceRow, columns: Columns, hung: HungHeader | None) -> list[int]:
    """The columns in which the cells of a short row begin whose cells span as those of a header row do; none where its
    texts and figures would not suit them."""
    starts = hung.starts_of(row) if hung is not None else None
    fits = starts is not None and not any(map(columns.misfits, texts_of(row), starts))
    return list(starts) if starts is not None and fits else []


def _spans(row: PieceRow, segment: Segment) -> bool:
    """Whether a short row of a grid lacks cells that its cells span: below a header every one,
    else the row of a total."""
    return bool(segment.header) or text_of(row[0]) in TOTALS


def tables_of(segments: Sequence[Segment], captions: Captions, form: Captions) -> Iterator[RawTable]:
    """The tables of one group of rows. Where it holds several grids, or a grid without a title of its own stands in a
    form, they say of which form they are a part."""
    segments = _with_row_titles(segments)
    several = len(segments) > 1
    whole = captions.title if captions.title and not captions.section else form.title or captions.title
    for index, segment in enumerate(segments):
        rows, header_rows = lay_out(segment)
        if not rows:
            continue
        own = segment.captions if segment.captions.title else captions if index == 0 else Captions()
        inner = several or not own.title or own.section
        yield RawTable(
            rows,
            header_rows,
            title=own.title or whole,
            title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in own.pieces),
            unit_text=segment.captions.unit or captions.unit,
            pages=tuple(sorted({anchor.page for row in rows for cell in row for anchor in cell.anchors})),
            part_of=whole if inner and (several or form.title) else "",
            # The parts of an overall form are of that form, whatever their own headings say.
            form=Form.OVERALL_PERFORMANCE if inner and form_of_title(whole) is Form.OVERALL_PERFORMANCE else None,
        )


def _with_row_titles(segments: Sequence[Segment]) -> list[Segment]:
    """The segments, a lone row `label：| text` before a grid made the title of that grid."""
    kept: list[Segment] = []
    for index, segment in enumerate(segments):
        following = segments[index + 1] if index + 1 < len(segments) else None
        lone = not segment.header and len(segment.rows) == 1 and 1 <= len(segment.rows[0]) <= 2
        if lone and following is not None and following.header and not following.captions.title:
            pieces = tuple(piece for cell in segment.rows[0] for piece in cell)
            if len(segment.rows[0]) == 1 or text_of(segment.rows[0][0]).endswith(("：", ":")):
                following.captions = Captions(text_of(pieces), pieces, section=True)
                continue
        kept.append(segment)
    return kept
