"""Red seals over the print of a scanned page: their colour is taken out, what is black under them stays.

Red figures stay, too: only what lies within the outline of a seal is cleared, and no figure is so large.
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


def without_stamps(picture: Any) -> Any:
    """The image (rows, columns, BGR) without red seals; itself where there are none."""
    import cv2
    import numpy

    channels = picture.astype(numpy.int16)
    red = channels[:, :, 2]
    excess = red - channels[:, :, :2].max(axis=2)
    inked = excess > _RED
    if inked.mean() < _LEAST_SHARE:
        return picture
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
