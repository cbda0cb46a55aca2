"""Seals over the print of a scanned page: their colour is taken out, what is black under them stays.

Red figures stay, too: only what lies within the outline of a seal is cleared, and no figure is so large. In a scan
without colour a seal is a large round thing in strokes paler than the print.
"""

from __future__ import annotations

from typing import Any

_RED, _REDDISH = 45, 15
"""By how much red outdoes green and blue in a seal's ink, and in what is left of it at its edges."""
_LEAST_SHARE = 0.0003
_SMALLEST_SEAL = 0.045
"""Of the longer side of the page: how wide and how tall a seal is at least."""
_LIGHT = 130
"""Red light that a seal's ink reflects at least; less of it, and there is black under the red."""
_COLOURED = 0.0005
"""The share of pixels with a colour, from which on a scan has colours."""
_PALER, _INK = 45, 40
"""In levels of grey: how much paler than the print a seal is at least, and darker than the paper."""
_LARGEST_SEAL, _OBLONG = 0.3, 1.5
"""Of the longer side of the page, and how much longer than broad: no seal is larger."""
_SPREAD = 14
"""In levels of grey: how far a seal's ink lies around its own level."""
_STROKE, _BRIDGE = 3, 13
"""In pixels: the strokes of a seal are broader and the blurred sides of print narrower; rules part a seal by less."""


def without_stamps(picture: Any) -> Any:
    """The image (rows, columns, BGR) without red seals; itself where there are none."""
    import cv2
    import numpy

    channels = picture.astype(numpy.int16)
    red = channels[:, :, 2]
    excess = red - channels[:, :, :2].max(axis=2)
    inked = excess > _RED
    if inked.mean() < _LEAST_SHARE:
        has_colour = (channels.max(axis=2) - channels.min(axis=2) > _RED).mean() > _COLOURED
        return picture if has_colour else _without_grey_seals(picture)
    closed = cv2.morphologyEx(
        inked.astype(numpy.uint8), cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (7, 7))
    )
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    smallest = _SMALLEST_SEAL * max(picture.shape[:2])
    cleared = None
    for x, y, wide, tall, _ in stats[1:count].tolist():
        if min(wide, tall) < smallest:
            continue
        cleared = picture.copy() if cleared is None else cleared
        area = slice(max(y - 4, 0), y + tall + 4), slice(max(x - 4, 0), x + wide + 4)
        light = red[area]
        plain = numpy.where(light >= _LIGHT, 255, light).astype(numpy.uint8)
        reddish = excess[area] > _REDDISH
        cleared[area][reddish] = plain[reddish][:, None]
    return picture if cleared is None else cleared


def _without_grey_seals(picture: Any) -> Any:
    """The image of a scan without colour, without what is as large and round as a seal and paler than the print."""
    import cv2
    import numpy

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    paper = float(numpy.median(grey))
    ink = grey[grey < paper - 2 * _INK]
    if not ink.size:
        return picture
    print_level = float(numpy.percentile(ink, 10))
    levels = numpy.bincount(grey.ravel(), minlength=256)
    first, last = int(print_level) + _PALER, int(paper) - _INK
    if last - first < 2 * _SPREAD:
        return picture
    # print has sides of every grey; a seal is of one
    level = first + int(levels[first:last].argmax())
    pale = (numpy.abs(grey.astype(numpy.int16) - level) <= _SPREAD).astype(numpy.uint8)
    strokes = cv2.morphologyEx(pale, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (_STROKE, _STROKE)))
    closed = cv2.morphologyEx(strokes, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (_BRIDGE, _BRIDGE)))
    count, _, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    side = max(picture.shape[:2])
    cleared = None
    for x, y, wide, tall, _ in stats[1:count].tolist():
        if min(wide, tall) < _SMALLEST_SEAL * side or max(wide, tall) > min(
            _LARGEST_SEAL * side, _OBLONG * min(wide, tall)
        ):
            continue
        cleared = picture.copy() if cleared is None else cleared
        area = slice(max(y - 4, 0), y + tall + 4), slice(max(x - 4, 0), x + wide + 4)
        own = cv2.dilate(strokes[area], cv2.getStructuringElement(cv2.MORPH_RECT, (5, 5))) > 0
        cleared[area][own & (grey[area] > (print_level + level) / 2)] = 255
    return picture if cleared is None else cleared
