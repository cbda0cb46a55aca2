"""Scanned pages that lie askew, on their side or on their head: turned so that their print reads upright."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_MOST_SKEW, _LEAST_SKEW = 8.0, 0.12
_DETECTION_SIDE = 1280
_LONG = 1.8
"""A piece of print so many times as long as it is high tells which way it runs."""
_SAMPLE = 8
_READABLE = 0.85
"""The confidence with which print that stands upright is read at least, on average."""


def turned_upright(picture: Any, engine: Any) -> Any:
    """The image (rows, columns, BGR) turned by quarters so that its print runs level and stands on its feet."""
    import cv2

    level, upright = _print_of(picture, engine)
    if not level and not upright:
        return picture
    if len(upright) > len(level):
        picture = cv2.rotate(picture, cv2.ROTATE_90_COUNTERCLOCKWISE)
        level, _ = _print_of(picture, engine)
    confidence = _confidence(picture, level, engine)
    if confidence >= _READABLE:
        return picture
    opposite = cv2.rotate(picture, cv2.ROTATE_180)
    height, width = picture.shape[:2]
    turned = [[(width - 1 - x, height - 1 - y) for x, y in (quad[2], quad[3], quad[0], quad[1])] for quad in level]
    return opposite if _confidence(opposite, turned, engine) > confidence else picture


_Quad = Sequence[tuple[float, float]]


def _print_of(picture: Any, engine: Any) -> tuple[list[_Quad], list[_Quad]]:
    """The long pieces of print that run level, and those that run up or down, the longest first."""
    import cv2

    ratio = min(_DETECTION_SIDE / max(picture.shape[:2]), 1.0)
    small = cv2.resize(picture, None, fx=ratio, fy=ratio, interpolation=cv2.INTER_AREA) if ratio < 1 else picture
    found, _ = engine.auto_text_det(small)
    level: list[tuple[float, _Quad]] = []
    upright: list[tuple[float, _Quad]] = []
    for quad in () if found is None else found:
        points = [(float(x) / ratio, float(y) / ratio) for x, y in quad]
        wide = max(x for x, _ in points) - min(x for x, _ in points)
        tall = max(y for _, y in points) - min(y for _, y in points)
        if wide > _LONG * tall:
            level.append((wide, points))
        elif tall > _LONG * wide:
            upright.append((tall, points))
    longest = (sorted(pieces, key=lambda piece: -piece[0]) for pieces in (level, upright))
    first, second = ([quad for _, quad in pieces] for pieces in longest)
    return first, second


def _confidence(picture: Any, quads: Sequence[_Quad], engine: Any) -> float:
    """How sure the engine is of some of these pieces of print, on average."""
    import numpy

    if not quads:
        return 1.0
    crops = engine.get_crop_img_list(picture, [numpy.asarray(quad, dtype=numpy.float32) for quad in quads[:_SAMPLE]])
    results, _ = engine.text_rec(crops, False)
    return sum(float(score) for _, score in results) / max(len(results), 1)


def without_skew(picture: Any) -> Any:
    """The image turned so that its long level lines are level; unchanged where there are none or they are."""
    import cv2
    import numpy

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    edges = cv2.Canny(grey, 60, 180)
    width = picture.shape[1]
    found = cv2.HoughLinesP(edges, 1, numpy.pi / 1800, 200, minLineLength=width // 5, maxLineGap=6)
    if found is None:
        return picture
    angles = [
        float(numpy.degrees(numpy.arctan2(y1 - y0, x1 - x0)))
        for x0, y0, x1, y1 in numpy.reshape(found, (-1, 4)).tolist()
    ]
    level = sorted(angle for angle in angles if abs(angle) < _MOST_SKEW)
    if len(level) < 3 or abs(level[len(level) // 2]) < _LEAST_SKEW:
        return picture
    height = picture.shape[0]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), level[len(level) // 2], 1.0)
    return cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
