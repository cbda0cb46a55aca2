"""Pieces of print that the engine found overlapping: a character in both would be read twice, or half.

They are cut apart where there is least ink, which is between two characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workbench.sources.scan.dashes import Rectangle

_LEVEL = 0.5
"""The share of the lower of two pieces that both stand on, when they stand on one line."""
_DEEPEST, _AROUND = 1.5, 0.6
"""In heights: how far pieces overlap that are parts of one line, and how far around it the gap is looked for."""


def cut_apart(boxes: Sequence[Rectangle], ink: Any) -> dict[int, tuple[float, float]]:
    """For each of the boxes that overlaps one beside it: its new left and right side."""
    order = sorted(range(len(boxes)), key=lambda index: boxes[index][0])
    sides: dict[int, tuple[float, float]] = {}
    for place, left in enumerate(order):
        for right in order[place + 1 :]:
            start, end = sides.get(left, (boxes[left][0], boxes[left][2]))
            begin, stop = sides.get(right, (boxes[right][0], boxes[right][2]))
            if begin >= end:
                break
            height = min(boxes[left][3] - boxes[left][1], boxes[right][3] - boxes[right][1])
            if stop <= end or end - begin > _DEEPEST * height or not _on_one_line(boxes[left], boxes[right]):
                continue
            cut = _gap(boxes[left], boxes[right], max(begin - _AROUND * height, start), end + _AROUND * height, ink)
            sides[left], sides[right] = (start, cut), (cut, stop)
    return sides


def _on_one_line(box: Rectangle, other: Rectangle) -> bool:
    shared = min(box[3], other[3]) - max(box[1], other[1])
    return shared > _LEVEL * min(box[3] - box[1], other[3] - other[1])


def _gap(box: Rectangle, other: Rectangle, begin: float, end: float, ink: Any) -> float:
    """The middle of the widest stretch with least ink between two places of a line."""
    top, bottom = int(max(min(box[1], other[1]), 0)), int(max(box[3], other[3])) + 1
    first = int(max(begin, 0))
    amounts = ink[top:bottom, first : int(end) + 1].sum(axis=0).tolist()
    least = min(amounts, default=0)
    best = (0, 0)
    start = None
    for place, amount in enumerate([*amounts, least + 1]):
        if amount <= least:
            start = place if start is None else start
        elif start is not None:
            best = max(best, (place - start, start))
            start = None
    width, start_of_best = best
    return first + start_of_best + width / 2
