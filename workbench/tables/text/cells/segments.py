"""Rows of pieces cut into grids: a new one begins where a header does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.fiscal.codes import is_name_of
from workbench.fiscal.headers import is_total_label
from workbench.tables.text.cells.header_shape import (
    hangs_below,
    is_row_of_labels,
    makes_up,
    spans_over,
    usual_width,
)
from workbench.tables.text.cells.printed_rows import PieceRow, Segment, is_numbering, texts_of
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.cells.widths import width_of
from workbench.tables.text.form_words import is_form_label, is_indicator_header
from workbench.tables.text.lines import key_of, text_of
from workbench.tables.text.vocabulary import TOTALS, is_known, is_spanner, looks_like_label, may_stand_under

_YEAR_LABEL = re.compile(r"^(?:19|20)\d\d年?(?:度)?(?:.{0,8}(?:数|值|额|预算|决算))?$")
_ITEM = re.compile(
    r"^(?:[一二三四五六七八九十廿]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.、．]|[1-6]\d{2}(?:\d{2}){0,2} ?[^\W\d年])"
)
"""How an item of a list begins, or an account with its code before its name: no label of a header."""


def is_header_row(row: PieceRow) -> bool:
    """Whether a row can begin a header: two labels or more, half of them known, no figure, no numbered item."""
    printed = [text for text in texts_of(row) if text]
    if len(printed) < 2 or any(_ITEM.match(text) or len(text) > 40 for text in printed):
        return False
    if any(kind_of(text) == "figure" for text in printed):
        return False
    known = sum(is_known(text) for text in printed)
    labels = sum(looks_like_label(text) or bool(_YEAR_LABEL.match(text)) for text in printed)
    if len(printed) == 2:
        return known == 2
    if known * 3 >= len(printed) * 2:
        return labels * 3 >= len(printed) * 2
    return len(printed) >= 5 and known * 2 >= len(printed) and labels == len(printed)


def _continues_header(row: PieceRow, header: Sequence[PieceRow]) -> bool:
    printed = [text for text in texts_of(row) if text]
    if not printed:
        return False
    if is_numbering(row):
        return True
    if any(kind_of(text) == "figure" or _ITEM.match(text) for text in printed):
        return False
    if all(text in TOTALS for text in printed) and (row[0] or len(row) > max(map(len, header))):
        return False
    if _is_total_of_nothing(row, header[0]):
        return False
    spanners = [text for upper in header for text in texts_of(upper) if text]
    strange = [
        text
        for text in printed
        if not (_is_label(text) or text in spanners or any(may_stand_under(text, above) for above in spanners))
    ]
    if strange and not (_fills_gaps(row, header[-1]) and _is_short_of_labels(strange, printed)):
        return False
    # A second header row hangs under the first: it is longer, or it leaves the columns blank that go on from above.
    if len(row) < max(len(above) for above in header):
        # Unless spans were lost: then it holds the labels below the spanners alone.
        whole = all(row) and all(all(above) for above in header)
        return whole and len(row) > 1 and all(is_known(text) for text in printed)
    return len(row) > len(header[-1]) or len(printed) < len(row) or is_header_row(row) or _fills_gaps(row, header[-1])


def _are_codes_above_names(row: PieceRow, below: Sequence[PieceRow]) -> bool:
    """Whether a row names columns by codes of accounts, the names of which are all that the row below prints."""
    codes = [text for text in texts_of(row) if text.isdigit()]
    names = [text for lower in below for text in texts_of(lower) if text]
    return 1 < len(codes) == len(names) and all(map(is_name_of, names, codes))


def _is_total_of_nothing(row: PieceRow, above: PieceRow) -> bool:
    """Whether a row prints the label of a total alone, below that of a column over which no spanner is known."""
    columns = [column for column, cell in enumerate(row) if cell]
    if len(columns) != 1 or key_of(row[columns[0]]) not in TOTALS:
        return False
    over = text_of(above[columns[0]]) if columns[0] < len(above) else ""
    return bool(over) and not is_spanner(over)


def _is_label(text: str) -> bool:
    return looks_like_label(text) or bool(_YEAR_LABEL.match(text.replace(" ", "")))


def _fills_gaps(row: PieceRow, above: PieceRow) -> bool:
    """Whether a row prints something where the header row above it does not: labels below a spanner."""
    return sum(map(bool, row)) > sum(map(bool, above))


def _is_short_of_labels(strange: Sequence[str], printed: Sequence[str]) -> bool:
    """Whether few of the texts of a row are unknown, and all of them short."""
    return len(strange) * 4 <= len(printed) and all(len(text) <= 12 and not text.isdigit() for text in strange)


def _is_label_row(row: PieceRow, width: int) -> bool:
    """Whether a row below a grid is a label/value row of the form around it; no total is, though whole numbers may look
    like codes."""
    texts = [text for text in texts_of(row) if text]
    if not 2 <= len(texts) == len(row) or len(row) * 2 > width or is_total_label(texts[0]):
        return False
    label = looks_like_label(texts[0].rstrip("：:0123456789")) or (len(texts[0]) <= 12 and len(texts[-1]) > 30)
    return label and kind_of(texts[-1]) == "text"


def cut_at_headers(rows: Sequence[PieceRow], *, in_place: bool = False) -> list[Segment]:
    """The grids that rows make up: a new one begins where a header begins; rows before one are label/value rows."""
    segments: list[Segment] = []
    current: Segment | None = None
    for number, row in enumerate(rows):
        if not any(row):
            continue
        begins = is_header_row(row) and not (current is not None and _goes_on_in_block(row, current))
        if begins and current is not None and current.header and current.rows:
            if any(_same(row, above) for above in current.header):
                continue
            begins = _is_full(row) or is_indicator_header(texts_of(row))
        if begins and (current is None or current.rows or not current.header):
            current = Segment(header=[row])
            segments.append(current)
        elif (
            current is not None
            and current.header
            and not current.rows
            and (
                _continues_header(row, current.header)
                or _are_codes_above_names(row, rows[number + 1 : number + 2])
                or _are_codes_above_names(current.header[-1], [row])
                or hangs_below(row, current.header[-1], rows[number + 1 :], in_place=in_place)
                or (in_place and _lacks_spans([*current.header, row], rows[number + 1 :]))
            )
        ):
            current.header.append(row)
        elif current is None or (current.header and _is_label_row(row, width_of(current))):
            current = Segment(rows=[row])
            segments.append(current)
        elif current.header and (_repeats(row, current.header) or (in_place and _repeats_in_part(row, current.header))):
            continue
        else:
            current.rows.append(row)
    for segment in segments:
        segment.in_place = in_place
    return _with_blocks(_with_upper_header(segments))


def _goes_on_in_block(row: PieceRow, segment: Segment) -> bool:
    """Whether a row below label/value rows of a form is one more of them: labels and values take turns."""
    texts = [text for text in texts_of(row) if text]
    valued = len(texts) == 2 or not all(map(is_form_label, texts[1::2]))
    turns = all(map(is_form_label, texts[::2])) and valued
    return not segment.header and len(texts) >= 2 and turns and _begins_with_label(segment.rows[-1])


def _begins_with_label(row: PieceRow) -> bool:
    return is_form_label(next((text for text in texts_of(row) if text), ""))


def _with_blocks(segments: list[Segment]) -> list[Segment]:
    """The segments, the label/value rows above an indicator grid made its first rows: such a form is one table."""
    if len(segments) != 2 or segments[0].header or not segments[1].header:
        return segments
    if not is_indicator_header(texts_of(segments[1].header[0])):
        return segments
    block, grid = segments
    grid.block = len(block.rows)
    grid.rows[:0] = block.rows
    return [grid]


def _is_full(row: PieceRow) -> bool:
    """Whether a row prints three labels or more and none is missing between them: a header in the middle of a form."""
    printed = [bool(cell) for cell in row]
    while printed and not printed[-1]:
        printed.pop()
    return len(printed) >= 3 and all(printed)


def _with_upper_header(segments: list[Segment]) -> list[Segment]:
    """The segments, the rows of unknown labels above the first header made its uppermost rows."""
    if len(segments) < 2 or segments[0].header or not segments[1].header or len(segments[0].rows) > 2:
        return segments
    header = segments[1].header
    if any(map(_tells_value, segments[0].rows)):
        return segments
    if not (segments[1].in_place and _lacks_spans([*segments[0].rows, *header], segments[1].rows)):
        below = header[0]
        for row in reversed(segments[0].rows):
            if not _is_upper_row(row, below, formless=not is_indicator_header(texts_of(header[0]))):
                return segments
            below = row
    upper = segments[0].rows
    segments[1].header = [*upper, *header]
    segments[1].rows = [row for row in segments[1].rows if not _repeats(row, upper)]
    return segments[1:]


def _tells_value(row: PieceRow) -> bool:
    """Whether a row is a label of a form, in its first column, and its value."""
    texts = [text for text in texts_of(row) if text]
    return bool(row[0]) and len(texts) >= 2 and is_form_label(texts[0]) and not looks_like_label(texts[1])


def _lacks_spans(header: Sequence[PieceRow], below: Sequence[PieceRow]) -> bool:
    """Whether rows of labels make a header of as many columns as rows below have cells, each spanner printed once."""
    rows = [row for row in header if not is_numbering(row)]
    return not any(is_indicator_header(texts_of(row)) for row in rows) and makes_up(rows, usual_width(below))


def _is_upper_row(row: PieceRow, below: PieceRow, *, formless: bool) -> bool:
    """Whether a row of labels is printed above a header row as the row of its spanners: blanks stand where they span,
    or each is printed once. `formless` says that no rows of a form stand above the header."""
    texts = [text for text in texts_of(row) if text]
    if len(texts) == 1 and row[0] and is_spanner(texts[0]):
        return all(may_stand_under(text, texts[0]) for text in texts_of(below) if text)
    if not is_row_of_labels(row):
        return False
    if len(row) == len(below) and len(texts) < len(row):
        return len(texts) >= 3 or (formless and all(map(_is_label, texts)))
    return formless and (spans_over(row, below) or (len(row) < len(below) and all(map(_is_label, texts))))


def _same(row: PieceRow, other: PieceRow) -> bool:
    return [key_of(cell) for cell in row] == [key_of(cell) for cell in other]


def _repeats(row: PieceRow, header: Sequence[PieceRow]) -> bool:
    return len([cell for cell in row if cell]) >= 2 and any(_same(row, above) for above in header)


def _repeats_in_part(row: PieceRow, header: Sequence[PieceRow]) -> bool:
    """Whether all that a row prints is what a row of the header prints in the same places, as where a page begins in
    the middle of a header; a label in the first column alone may be one of the body."""
    printed = [(column, key_of(cell)) for column, cell in enumerate(row) if cell]
    return (
        bool(printed)
        and printed != [(0, key_of(row[0]))]
        and any(
            all(column < len(above) and key_of(above[column]) == key for column, key in printed) for above in header
        )
    )
