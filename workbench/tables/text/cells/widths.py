"""How many columns a grid of printed rows has: spans are printed once, page breaks push rows to the side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workbench.tables.text.cells.printed_rows import PieceRow, Segment


def width_of(segment: Segment) -> int:
    """How many columns a segment has."""
    counts = Counter(len(row) for row in segment.rows[segment.block :] if len(row) > 1)
    if not counts:
        widest_header = max((len(row) for row in segment.header), default=0)
        return max(widest_header, max((len(row) for row in segment.rows), default=0))
    common = max(counts, key=lambda count: (counts[count], count))
    if not segment.header:
        return max(common, *(len(row) for row in segment.rows))
    longest = max(len(row) for row in segment.header)
    if segment.in_place and _are_pushed(segment, longest):
        return longest
    if segment.in_place and (counts[longest] * 3 >= sum(counts.values()) or _keeps_spans(segment.header, counts)):
        common = longest
    # What is printed beyond the header and the usual row was pushed there.
    return max(common, max(extent_of(row) for row in segment.header))


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
