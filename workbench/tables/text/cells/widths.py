"""How many columns a grid of printed rows has: spans are printed once, page breaks push rows to the side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.tables.text.cells.body import Body
from workbench.tables.text.cells.printed_rows import PieceRow, Segment, is_numbering
from workbench.tables.text.header.tree import arrange_rows

_FEWEST_WHOLE = 2
"""So many rows with all their cells tell of a column that others lack."""
_CLEARLY = 1.0
"""So much less a header of one width costs than one of another that it suits better."""


def width_of(segment: Segment) -> int:
    """How many columns a segment has."""
    counts = Counter(len(row) for row in segment.rows[segment.block :] if len(row) > 1)
    if not counts:
        widest_header = max((len(row) for row in segment.header), default=0)
        return max(widest_header, max((len(row) for row in segment.rows), default=0))
    common = max(counts, key=lambda count: (counts[count], count))
    if not segment.header:
        return max(common, *(len(row) for row in segment.rows))
    if segment.in_place:
        common = _told_by_header(segment.header, common, counts)
    longest = max(len(row) for row in segment.header)
    if segment.in_place and _are_pushed(segment, longest):
        return longest
    if segment.in_place and (counts[longest] * 3 >= sum(counts.values()) or _keeps_spans(segment.header, counts)):
        common = longest
    # What is printed beyond the header and the usual row was pushed there.
    return max(common, max(extent_of(row) for row in segment.header))


def _told_by_header(header: Sequence[PieceRow], common: int, counts: Counter[int]) -> int:
    """How many columns a grid has of which most rows print `common` cells: one more where rows print that many and the
    header, each spanner printed once, suits them better; then most rows lack a cell that spans rows."""
    rows = [row for row in header if not is_numbering(row)]
    if max(counts) != common + 1 or counts[common + 1] < _FEWEST_WHOLE or len(rows) < 2 or not all(map(all, rows)):
        return common
    fewer, more = (arrange_rows(rows, width, Body(("",) * width)) for width in (common, common + 1))
    return common + 1 if more is not None and (fewer is None or more.cost + _CLEARLY < fewer.cost) else common


def _are_pushed(segment: Segment, width: int) -> bool:
    """Whether rows are longer than a header that begins with a label because blanks stand before them, and others are
    not: a page break pushed them."""
    rows = [row for row in segment.rows[segment.block :] if len(row) > 1]
    pushed = [row for row in rows if len(row) > width]
    blank = all(not any(row[: len(row) - width]) for row in pushed)
    return blank and 0 < len(pushed) < len(rows) and bool(segment.header[0][0])


def _keeps_spans(header: Sequence[PieceRow], counts: Counter[int]) -> bool:
    """Whether blanks between the labels of a header show their spans, and no row below is longer: shorter ones lack
    cells."""
    longest = max(map(len, header))
    blanks = any(not all(row[: extent_of(row)]) for row in header if len(row) == longest)
    return blanks and max(counts) <= longest


def extent_of(row: PieceRow) -> int:
    """The number of cells up to the last that prints something."""
    return max((index + 1 for index, cell in enumerate(row) if cell), default=0)
