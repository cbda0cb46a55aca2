"""Rows of a header that conversion pushed to their beginning: each fills spans of the rows above that are still open,
those of its own row and those that run down beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from workbench.fiscal.headers import is_level
from workbench.tables.text.lines import Piece, text_of
from workbench.tables.text.vocabulary import is_spanner, may_stand_under, spans_levels

Cell = tuple[Piece, ...]

_MOST_OPEN = 8
"""Of more open spans it is not asked which a row fills."""


class _Span(NamedTuple):
    """Columns that a label reaches over and that no row has divided yet."""

    label: str
    start: int
    end: int


def in_open_spans(header: Sequence[Sequence[Cell]]) -> list[list[Cell]] | None:
    """The rows of a header, the first of which shows its spans by blanks, those below put into the spans that they
    fill; None where one fills none, or others as well. Blanks at the end of a row only fill it."""
    first, *below = header
    width = len(first)
    rows = [list(first)]
    spans = _spans_of(first, 0)
    if not first[-1]:
        # whether blanks at its end are a span, or fill the row, or are cut off, nothing tells
        return None
    for row in below:
        if len(row) == width and all(row):
            # it numbers the columns
            rows.append(list(row))
            continue
        places = _places(row, spans)
        if places is None:
            return None
        placed: list[Cell] = [()] * width
        for place, cell in zip(places, row, strict=False):
            placed[place] = cell
        rows.append(placed)
        filled = [span for span in spans if any(placed[span.start : span.end])]
        spans = [span for span in spans if span not in filled]
        for span in filled:
            spans += _spans_of(placed[span.start : span.end], span.start)
        spans.sort(key=lambda span: span.start)
    return rows


def _spans_of(row: Sequence[Cell], start: int) -> list[_Span]:
    """The spans that blanks behind labels show in columns from `start` on."""
    printed = [index for index, cell in enumerate(row) if cell]
    ends = [*printed[1:], len(row)]
    return [
        _Span(text_of(row[index]), start + index, start + end)
        for index, end in zip(printed, ends, strict=True)
        if end - index > 1
    ]


def _places(row: Sequence[Cell], spans: Sequence[_Span]) -> Sequence[int] | None:
    """The columns of the open spans that a row fills, where it stands or moved to the right: of those that are as wide
    together the ones whose labels are known to stand above most of its own; None where none are, or others as much."""
    labels = row[: max((index + 1 for index, cell in enumerate(row) if cell), default=0)]
    above = {column: span.label for span in spans for column in range(span.start, span.end)}
    if not labels or len(spans) > _MOST_OPEN:
        return None
    ways: list[Sequence[int]] = []
    if all(column in above for column, cell in enumerate(labels) if cell):
        ways.append(range(len(labels)))
    for count in range(1, len(spans) + 1) if labels[0] else ():
        for chosen in combinations(spans, count):
            if sum(span.end - span.start for span in chosen) == len(labels):
                ways.append([column for span in chosen for column in range(span.start, span.end)])
    known = {
        tuple(way): sum(may_stand_under(text_of(cell), above[at]) for at, cell in zip(way, labels, strict=True) if cell)
        for way in ways
    }
    most = max(known.values(), default=0)
    likeliest = [way for way, count in known.items() if count == most]
    return likeliest[0] if len(likeliest) == 1 else None


def with_levels_below_codes(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """The rows of a header that has lost its spans, a row of the levels of codes (类 款 项) put right below the label
    of the codes: that one runs down over the rows between, and nothing divided stands left of it."""
    found = [list(row) for row in rows]
    for number in range(2, len(found)):
        levels = found[number]
        if not all(levels) or not all(is_level(text_of(cell)) for cell in levels):
            continue
        labels = [text_of(cell) for cell in found[0]]
        codes = next((index for index, label in enumerate(labels) if spans_levels(label)), None)
        if codes is None or any(map(is_spanner, labels[:codes])):
            continue
        return [found[0], [*levels, *found[1]], *found[2:number], *found[number + 1 :]]
    return found
