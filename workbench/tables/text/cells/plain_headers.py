"""Grids of rows whose header no known word tells: the rows of labels over the figures are the header."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.tables.text.cells.header_shape import below_their_spanners
from workbench.tables.text.cells.printed_rows import PieceRow, Segment, is_numbering, texts_of
from workbench.tables.text.cells.segments import cut_at_headers
from workbench.tables.text.cells.spans import kind_of

_NO_LABEL = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|[（(][一二三四五六七八九十\d]+[)）]|\d+[.、])|[。；：:]$|^\d+$"
)
_LONGEST_LABEL = 24
_MOST_ROWS = 4


def segments_of(rows: Sequence[PieceRow], *, in_place: bool = False) -> list[Segment]:
    """The grids that rows make up, as `cut_at_headers` finds them; where no header is known, the first rows are it if
    they are labels of the figures below. `in_place` says that cells stand where they are printed."""
    segments = cut_at_headers(rows, in_place=in_place)
    if len(segments) == 1 and not segments[0].header:
        segment = segments[0]
        count = _header_rows(segment.rows, in_place=in_place)
        segment.header, segment.rows = segment.rows[:count], segment.rows[count:]
    return segments


def _header_rows(rows: Sequence[PieceRow], *, in_place: bool) -> int:
    """How many of the first rows are the header: labels that leave no column of figures out, above rows of which most
    hold figures; 0 where they are none."""
    count = next((index for index, row in enumerate(rows) if has_figures(row)), 0)
    labels = [row for row in rows[:count] if not is_numbering(row)]
    header = list(map(texts_of, below_their_spanners(labels) if in_place else labels))
    body = [texts_of(row) for row in rows[count:]]
    if not 0 < len(header) <= _MOST_ROWS or not all(_is_row_of_labels(row) for row in header):
        return 0
    filled = [{column for column, text in enumerate(row) if kind_of(text) == "figure"} for row in body]
    columns = set().union(*filled)
    if len(columns) < 2 or sum(map(bool, filled)) * 2 < len(filled):
        return 0
    if in_place:
        return count if columns <= {column for row in header for column, text in enumerate(row) if text} else 0
    # Spans are printed once: the lowest row may leave out only what stands in the rows above it.
    return count if sum(sum(map(bool, row)) for row in header) >= len(columns) else 0


def has_figures(row: PieceRow) -> bool:
    """Whether a row prints a figure and does not only number the columns."""
    return any(kind_of(text) == "figure" for text in texts_of(row)) and not is_numbering(row)


def _is_row_of_labels(row: Sequence[str]) -> bool:
    texts = [text for text in row if text]
    return len(texts) >= 2 and all(
        len(text) <= _LONGEST_LABEL and kind_of(text) == "text" and not _NO_LABEL.search(text) for text in texts
    )
