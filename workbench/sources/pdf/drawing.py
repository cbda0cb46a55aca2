"""What a PDF page draws beside text: stroked segments and thin filled boxes as rules, shaded boxes, pictures.

Writers draw one and the same rule in four ways: as a stroked line, as a stroke cut at every cell, as a box half a point
thick, as boxes cut at every cell. Boxes filled with white and paths that only clip are drawn too and never seen.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, repeat

from workbench.sources.pdf.clip_paths import ClipPaths
from workbench.sources.pdf.geometry import IDENTITY, Matrix, Rectangle, around, multiply, transform
from workbench.sources.pdf.pdfium import Calls, calls, reference_to

TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5
_NO_TEXT = re.compile(rb"[^\x01]", re.DOTALL)
_LINE_TO, _BEZIER_TO, _MOVE_TO = 0, 1, 2
_THICKEST_RULE = 3.0
_SHORTEST_RULE = 0.5
_THICKEST_DASH, _SHORTEST_DASHED = 1.6, 12.0
"""A path of many segments that is no thicker and at least as long is a rule in dashes or dots, and no letter."""
_WHITE = 250
_MOST_OBJECTS = 400_000
_LARGEST_LETTER = 40.0
_FAR = 1e6
"""No page is so large."""


@dataclass(slots=True)
class Drawing:
    """What a page draws beside text: rules and shaded boxes in user space, and the share of it under images."""

    rules: list[Rectangle] = field(default_factory=list)
    shades: list[Rectangle] = field(default_factory=list)
    outside_forms: frozenset[int] | None = None
    """The objects that stand on the page itself and not in a form object; None where the page has no form object."""
    in_forms: dict[int, tuple[Matrix, Rectangle]] = field(default_factory=dict)
    """For the text objects in form objects the matrix from their form to the page, and their bounds on the page."""
    image_area: float = 0.0
    outlines: int = 0
    """Small filled shapes of many segments, as letters are that a writer turned to curves."""
    truncated: bool = False


class DrawingReader:
    """Collects the drawing of one page after another; the buffers for pdfium's answers are made once."""

    def __init__(self, clips: ClipPaths) -> None:
        self._calls: Calls = calls()
        self._clips = clips
        self._floats = (ctypes.c_float * 6)()
        self._integers = (ctypes.c_int * 4)()
        self._float_at = tuple(ctypes.byref(self._floats, 4 * place) for place in range(4))
        self._integer_at = tuple(ctypes.byref(self._integers, 4 * place) for place in range(4))
        self._left = 0

    def read(self, page: int, depth: int) -> Drawing:
        """The drawing of the page at this address; form objects are followed down to `depth`."""
        drawing = Drawing()
        self._left = _MOST_OBJECTS
        call = self._calls
        count = min(call.FPDFPage_CountObjects(page), _MOST_OBJECTS)
        things = list(map(call.FPDFPage_GetObject, repeat(reference_to(page), count), range(count)))
        if self._collect(things, IDENTITY, depth, drawing):
            drawing.outside_forms = frozenset(things)
        drawing.truncated = self._left <= 0
        return drawing

    def _collect(self, things: list[int], matrix: Matrix, depth: int, drawing: Drawing) -> bool:
        """Adds what `things` draw to `drawing`; whether there is a form among them."""
        self._left -= len(things)
        kinds = bytes(map(self._calls.FPDFPageObj_GetType, things))
        for found in _NO_TEXT.finditer(kinds):
            if self._left <= 0:
                break
            thing, kind = things[found.start()], found[0][0]
            if kind == PATH:
                self._path(thing, matrix, drawing)
            elif kind == IMAGE:
                self._image(thing, matrix, drawing)
            elif kind == FORM and depth > 0:
                self._form(thing, matrix, depth, drawing)
        return FORM in kinds

    def _form(self, thing: int, matrix: Matrix, depth: int, drawing: Drawing) -> None:
        call = self._calls
        count = min(max(call.FPDFFormObj_CountObjects(thing), 0), max(self._left, 0))
        inner = list(map(call.FPDFFormObj_GetObject, repeat(thing, count), range(count)))
        moved = multiply(self._matrix(thing), matrix)
        self._collect(inner, moved, depth - 1, drawing)
        for text in inner:
            if call.FPDFPageObj_GetType(text) == TEXT and (bounds := self._bounds(text, moved)) is not None:
                drawing.in_forms[text] = moved, bounds

    def _image(self, thing: int, matrix: Matrix, drawing: Drawing) -> None:
        bounds = self._bounds(thing, matrix)
        if bounds is None:
            return
        drawing.image_area += (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])
        rule = _as_rule(bounds)
        if rule:
            drawing.rules.append(rule)

    def _path(self, thing: int, matrix: Matrix, drawing: Drawing) -> None:
        call, integers = self._calls, self._integers
        if not call.FPDFPath_GetDrawMode(thing, self._integer_at[0], self._integer_at[1]):
            return
        filled, stroked = integers[0] != 0, integers[1] != 0
        stroked = stroked and self._seen(thing, call.FPDFPageObj_GetStrokeColor)
        filled = filled and self._seen(thing, call.FPDFPageObj_GetFillColor)
        if not (filled or stroked):
            return
        bounds = self._bounds(thing, matrix)
        if bounds is None:
            return
        clip = self._clips.of(thing)
        if clip is not None:
            bounds = _meet(bounds, _moved(clip, matrix))
            if bounds is None:
                return
        segments = call.FPDFPath_CountSegments(thing)
        if (segments <= 5 or _is_dashed(bounds)) and (rule := _as_rule(bounds)):
            drawing.rules.append(rule)
            return
        if segments > 5 and not stroked and max(bounds[2] - bounds[0], bounds[3] - bounds[1]) < _LARGEST_LETTER:
            drawing.outlines += 1
            return
        rules: list[Rectangle] = []
        shades: list[Rectangle] = []
        for points in self._subpaths(thing, min(segments, _MOST_OBJECTS), multiply(self._matrix(thing), matrix)):
            if stroked:
                rules.extend(_segments(points))
            elif len(points) >= 3:
                box = around(points)
                thin = _as_rule(box)
                (rules if thin else shades).append(thin or box)
        for found, kept in ((rules, drawing.rules), (shades, drawing.shades)):
            kept.extend(met for box in found if (met := _meet(box, bounds)) is not None)

    def _subpaths(self, thing: int, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
        call, floats = self._calls, self._floats
        at_x, at_y = self._float_at[:2]
        points: list[tuple[float, float]] = []
        self._left -= count
        for index in range(count):
            segment = call.FPDFPath_GetPathSegment(thing, index)
            if not call.FPDFPathSegment_GetPoint(segment, at_x, at_y):
                continue
            point = transform(floats[0], floats[1], matrix)
            kind = call.FPDFPathSegment_GetType(segment)
            if kind != _LINE_TO and points:
                yield points
                points = []
            points.append(point)
            if call.FPDFPathSegment_GetClose(segment) and points:
                points.append(points[0])
        if points:
            yield points

    def _matrix(self, thing: int) -> Matrix:
        floats = self._floats
        if not self._calls.FPDFPageObj_GetMatrix(thing, self._float_at[0]):
            return IDENTITY
        return floats[0], floats[1], floats[2], floats[3], floats[4], floats[5]

    def _bounds(self, thing: int, matrix: Matrix) -> Rectangle | None:
        at = self._float_at
        if not self._calls.FPDFPageObj_GetBounds(thing, at[0], at[1], at[2], at[3]):
            return None
        x0, y0, x1, y1 = self._floats[:4]
        if not (-_FAR < x0 < _FAR and -_FAR < y0 < _FAR and -_FAR < x1 < _FAR and -_FAR < y1 < _FAR):
            return None
        return _moved((x0, y0, x1, y1), matrix)

    def _seen(self, thing: int, colour_of: object) -> bool:
        """Whether a fill or stroke leaves a trace on white paper; a pattern, which has no colour, does."""
        at = self._integer_at
        if not colour_of(thing, at[0], at[1], at[2], at[3]):  # type: ignore[operator]
            return True
        red, green, blue, alpha = self._integers[:]
        return alpha > 8 and (red < _WHITE or green < _WHITE or blue < _WHITE)


def _as_rule(box: Rectangle) -> Rectangle | None:
    """The middle line of a box so thin that it is a rule, None for any other."""
    x0, y0, x1, y1 = box
    width, height = x1 - x0, y1 - y0
    if height <= _THICKEST_RULE and width >= height:
        middle = (y0 + y1) / 2
        return x0, middle, x1, middle
    if width <= _THICKEST_RULE:
        middle = (x0 + x1) / 2
        return middle, y0, middle, y1
    return None


def _is_dashed(box: Rectangle) -> bool:
    """Whether a path with these bounds can only be a rule, however many pieces it is drawn in."""
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= _THICKEST_DASH and max(width, height) >= _SHORTEST_DASHED


def _segments(points: list[tuple[float, float]]) -> Iterator[Rectangle]:
    """The level and upright pieces of a stroked path; a stroke around a thin box is one rule."""
    if len(points) >= 4 and (rule := _as_rule(around(points))):
        yield rule
        return
    for (ax, ay), (bx, by) in pairwise(points):
        across, along = abs(ax - bx), abs(ay - by)
        if min(across, along) <= 1.0 and max(across, along) >= _SHORTEST_RULE:
            yield min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _moved(box: Rectangle, matrix: Matrix) -> Rectangle:
    if matrix is IDENTITY:
        return box
    x0, y0, x1, y1 = box
    return around([transform(x, y, matrix) for x, y in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))])


def _meet(box: Rectangle, other: Rectangle) -> Rectangle | None:
    """What two rectangles share; touching is enough, for a rule has no area."""
    x0, y0, x1, y1 = box
    left, bottom, right, top = other
    if left <= x0 and bottom <= y0 and x1 <= right and y1 <= top:
        return box
    x0, y0, x1, y1 = max(x0, left - 0.5), max(y0, bottom - 0.5), min(x1, right + 0.5), min(y1, top + 0.5)
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None
