"""Characters with places → runs of those that stand side by side, as writers set them: in any order, many strokes."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from struct import Struct

ALWAYS_GAP = 0.33
"""A gap of so many heights is a blank in any case."""
_WORD = re.compile(r"\S+")
_SIDES = Struct("4f")


@dataclass(slots=True)
class Run:
    """Characters `start:end` of the stream that stand side by side."""

    start: int
    end: int
    x0: float
    top: float
    x1: float
    bottom: float
    text: str = ""
    cells: int = 0
    """How many cells of a terminal its text takes, once `lay_out` has counted them."""

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def part(self, start: int, end: int, text: str, boxes: array[float]) -> Run:
        """The stretch `start:end` of the run; `text` and `boxes` are those of the stream."""
        return Run(start, end, boxes[4 * start], self.top, boxes[4 * end - 2], self.bottom, text[start:end])


def find_runs(text: str, boxes: array[float]) -> list[Run]:
    """The runs of a stream of characters, in stream order: neighbours of one height with no gap between them."""
    runs: list[Run] = []
    places, sides_at, each_sides = memoryview(boxes), _SIDES.unpack_from, _SIDES.iter_unpack
    for word in _WORD.finditer(text):
        begin, end = word.span()
        first_x, line_top, _, line_bottom = sides_at(places, 16 * begin)
        last_x = first_x
        loose = (line_bottom - line_top) * ALWAYS_GAP
        tight = -loose
        for x0, top, x1, bottom in each_sides(places[4 * begin : 4 * end]):
            if top == line_top and bottom == line_bottom and x0 < x1 and tight < x0 - last_x < loose:
                last_x = x1
            else:
                runs += _uneven_runs(begin, text, each_sides(places[4 * begin : 4 * end]))
                break
        else:
            runs.append(Run(begin, end, first_x, line_top, last_x, line_bottom, word.group()))
    return runs


def _uneven_runs(begin: int, text: str, places: Iterable[tuple[float, float, float, float]]) -> list[Run]:
    """The runs of a word whose characters do not all stand side by side at one height; it begins at `begin`, and
    `places` are the sides of its characters."""
    runs: list[Run] = []
    start, index = -1, begin
    first_x = last_x = line_top = line_bottom = loose = 0.0
    for x0, top, x1, bottom in places:
        if top == line_top and bottom == line_bottom and x0 < x1 and -loose < x0 - last_x < loose:
            last_x = x1
        elif x1 - x0 <= 0 or bottom - top <= 0:
            if start >= 0:
                runs.append(Run(start, index, first_x, line_top, last_x, line_bottom, text[start:index]))
                start, loose = -1, 0.0
        elif (
            start >= 0
            and -0.5 < top - line_top < 0.5
            and -0.5 < bottom - line_bottom < 0.5
            and -loose < x0 - last_x < loose
        ):
            last_x = x1
        else:
            if start >= 0:
                runs.append(Run(start, index, first_x, line_top, last_x, line_bottom, text[start:index]))
            start, first_x, last_x, line_top, line_bottom = index, x0, x1, top, bottom
            loose = (bottom - top) * ALWAYS_GAP
        index += 1
    if start >= 0:
        runs.append(Run(start, index, first_x, line_top, last_x, line_bottom, text[start:index]))
    return runs
