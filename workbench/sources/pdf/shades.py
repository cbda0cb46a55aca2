"""Tables that are shaded and not ruled: the sides of the shaded boxes are their grid.

Where every other row is shaded, the rows between have the same columns: their sides go on to the next shaded row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from workbench.sources.pdf.geometry import Rectangle

_SAME = 1.0
"""Sides as near as this stand at one place."""
_HIGHEST_GAP = 3.0
"""A row without shade between two shaded ones is no higher than this many of the lower of them."""

_FEWEST_GAPS = 2


def sides_of_shades(shades: Iterable[Rectangle]) -> list[Rectangle]:
    """The four sides of every shaded box, upright ones drawn on over the rows between shaded rows."""
    boxes = sorted(set(shades))
    rules: list[Rectangle] = []
    for x0, y0, x1, y1 in boxes:
        rules += ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1))
    return [*rules, *_across_gaps(boxes)]


def _across_gaps(boxes: list[Rectangle]) -> Iterator[Rectangle]:
    """The upright lines between each box and the nearest one straight below it with the same sides; where rows without
    shade lie between them, one may lie below the last, too."""
    columns: dict[tuple[int, int], list[Rectangle]] = {}
    for box in boxes:
        columns.setdefault((round(box[0] / _SAME), round(box[2] / _SAME)), []).append(box)
    for column in columns.values():
        column.sort(key=lambda box: box[1])
        gaps: list[float] = []
        for lower, upper in pairwise(column):
            gap, height = upper[1] - lower[3], min(upper[3] - upper[1], lower[3] - lower[1])
            if _SAME < gap <= _HIGHEST_GAP * height:
                gaps.append(gap)
                for x in (lower[0], lower[2]):
                    yield x, lower[3], x, upper[1]
        if len(gaps) >= _FEWEST_GAPS:
            left, bottom, right, _ = column[0]
            end = bottom - min(gaps)
            yield from ((left, end, left, bottom), (right, end, right, bottom), (left, end, right, end))
