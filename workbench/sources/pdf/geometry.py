"""From a PDF page's user space to points from the upper left corner of the page as it is shown."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from struct import pack

Rectangle = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner` first (PDF 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def transform(x: float, y: float, matrix: Matrix) -> tuple[float, float]:
    """The point (x, y) under `matrix`."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def around(points: Sequence[tuple[float, float]]) -> Rectangle:
    """The smallest rectangle that holds all of `points`."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The visible rectangle of a page in user space, and by how many quarter turns clockwise it is shown turned."""

    left: float
    bottom: float
    right: float
    top: float
    quarter_turns: int = 0

    @property
    def width(self) -> float:
        """The width as shown."""
        return self.top - self.bottom if self.quarter_turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height as shown."""
        return self.right - self.left if self.quarter_turns % 2 else self.top - self.bottom

    def rectangle(self, x0: float, y0: float, x1: float, y1: float) -> Rectangle:
        """(x0, top, x1, bottom) as shown, of a rectangle in user space with its lower left corner first."""
        match self.quarter_turns:
            case 0:
                return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0
            case 1:
                return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
            case 2:
                return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
            case _:
                return self.top - y1, self.right - x1, self.top - y0, self.right - x0

    def boxes(self, rectangles: array[float]) -> array[float]:
        """The same for many rectangles (left, top, right, bottom in user space, four floats each)."""
        if self.quarter_turns == 0 and self.left == 0:
            origin = self.top
            shown = array("f", rectangles)
            heights = shown[1::2]
            # an array takes the values of a list one by one, those of packed bytes all at once
            shown[1::2] = array("f", pack(f"{len(heights)}f", *[origin - value for value in heights]))
            return shown
        lefts, tops, rights, bottoms = (rectangles[side::4] for side in range(4))
        match self.quarter_turns:
            case 0:
                sides = (
                    _less(lefts, self.left),
                    _from(self.top, tops),
                    _less(rights, self.left),
                    _from(self.top, bottoms),
                )
            case 1:
                sides = (
                    _less(bottoms, self.bottom),
                    _less(lefts, self.left),
                    _less(tops, self.bottom),
                    _less(rights, self.left),
                )
            case 2:
                sides = (
                    _from(self.right, rights),
                    _less(bottoms, self.bottom),
                    _from(self.right, lefts),
                    _less(tops, self.bottom),
                )
            case _:
                sides = (
                    _from(self.top, tops),
                    _from(self.right, rights),
                    _from(self.top, bottoms),
                    _from(self.right, lefts),
                )
        shown = array("f", bytes(4 * len(rectangles)))
        for side, values in enumerate(sides):
            shown[side::4] = values
        return shown


def _less(values: array[float], origin: float) -> array[float]:
    return values if origin == 0 else array("f", [value - origin for value in values])


def _from(origin: float, values: array[float]) -> array[float]:
    return array("f", [origin - value for value in values])
