"""Dashes on a scanned page, told by their ink: engines read —— as 11, -1 or not at all.

In statements a dash in a cell says that there is no figure, so a dash taken for 11 would be a wrong amount.
"""

from __future__ import annotations

from typing import Any

Rectangle = tuple[float, float, float, float]

_THIN = 0.22
_WIDE, _WIDEST = 1.15, 4.5
_SHORTEST_STROKE = 0.35
"""Of the height of print on the page: how tall a dash's ink is at most, how wide it is, and a stroke of it at least."""
_SHORTEST_FIGURE, _NARROWEST_FIGURE = 0.55, 0.1
_BRIDGED = 0.45
"""Of the height of print: ink nearer than this is one mark."""
_BESIDE = 2.0
"""In pixels: how far the ink of one mark is found from where it was found before."""
DASH = "——"


def height_of_print(ink: Any, rectangles: list[Rectangle]) -> float:
    """The usual height in pixels of the ink in these pieces of print."""
    heights = sorted(
        bottom - top for box in rectangles if (found := ink_box(ink, box)) for _, top, _, bottom in [found]
    )
    return heights[len(heights) * 2 // 3] if heights else 0.0


def ink_box(ink: Any, box: Rectangle) -> Rectangle | None:
    """The rectangle around the ink within another, None where there is none."""
    x0, top = max(int(box[0]), 0), max(int(box[1]), 0)
    area = ink[top : int(box[3]) + 1, x0 : int(box[2]) + 1]
    columns, rows = area.any(axis=0).nonzero()[0], area.any(axis=1).nonzero()[0]
    if not len(columns):
        return None
    return x0 + float(columns[0]), top + float(rows[0]), x0 + float(columns[-1]) + 1, top + float(rows[-1]) + 1


def is_dash(box: Rectangle, height: float) -> bool:
    """Whether ink of this extent is a dash, in print of this height: too thin for a letter, wider than one."""
    return is_stroke(box, height) and _WIDE * height <= box[2] - box[0] <= _WIDEST * height


def is_stroke(box: Rectangle, height: float) -> bool:
    """Whether ink of this extent is too thin for a letter: a dash, a half of one, or 一."""
    return box[3] - box[1] <= max(_THIN * height, 3.0)


def lone_dashes(ink: Any, height: float) -> list[Rectangle]:
    """The dashes that stand alone, whatever the engine took them or a half of them for."""
    import cv2
    import numpy

    if height <= 0:
        return []
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink.astype(numpy.uint8), connectivity=8)
    strokes = [
        (float(x), float(y), float(x + wide), float(y + tall))
        for x, y, wide, tall, _ in stats[1:count].tolist()
        if tall <= max(_THIN * height, 3.0) and wide >= _SHORTEST_STROKE * height
    ]
    found = []
    for box in _joined(sorted(strokes, key=lambda stroke: (round(stroke[1] / height), stroke[0])), height):
        if is_dash(box, height) and _is_alone(ink, box, height):
            found.append(box)
    return found


def is_within(box: Rectangle, others: list[Rectangle]) -> bool:
    """Whether ink of this extent is that of one of `others`, or a part of it."""
    x0, top, x1, bottom = box
    return any(
        left - _BESIDE <= x0 and x1 <= right + _BESIDE and upper - _BESIDE <= top and bottom <= lower + _BESIDE
        for left, upper, right, lower in others
    )


def lone_figures(ink: Any, height: float, read: list[Rectangle]) -> list[Rectangle]:
    """The marks as tall as a figure that stand alone and in none of the rectangles that were `read`.

    Engines look for lines of print and pass over a 1 or a 0 alone in its cell.
    """
    import cv2
    import numpy

    if height <= 0:
        return []
    left = ink.astype(numpy.uint8)
    for x0, top, x1, bottom in read:
        left[max(int(top), 0) : int(bottom) + 1, max(int(x0), 0) : int(x1) + 1] = 0
    # the strokes of 三 are as far from each other as figures are; a kernel of an even size would move them
    side = int(_BRIDGED * height) | 1
    bridge = cv2.getStructuringElement(cv2.MORPH_RECT, (side, side))
    count, _, stats, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx(left, cv2.MORPH_CLOSE, bridge), connectivity=8
    )
    boxes = [(float(x), float(y), float(x + wide), float(y + tall)) for x, y, wide, tall, _ in stats[1:count].tolist()]
    return [
        box
        for box in boxes
        if _SHORTEST_FIGURE * height <= box[3] - box[1] <= 1.2 * height
        and _NARROWEST_FIGURE * height <= box[2] - box[0] <= 3 * height
        and _is_alone(ink, box, height)
    ]


def _joined(strokes: list[Rectangle], height: float) -> list[Rectangle]:
    """Strokes on one level with hardly a gap between them as one."""
    joined: list[Rectangle] = []
    for stroke in strokes:
        last = joined[-1] if joined else None
        if last and abs(stroke[1] - last[1]) < _THIN * height and -1 <= stroke[0] - last[2] < 0.5 * height:
            joined[-1] = (last[0], min(last[1], stroke[1]), stroke[2], max(last[3], stroke[3]))
        else:
            joined.append(stroke)
    return joined


def _is_alone(ink: Any, box: Rectangle, height: float) -> bool:
    """Whether no other ink is near a dash: none above and below it, none beside it."""
    x0, top, x1, bottom = box
    margin = 0.4 * height
    around = ink[max(int(top - margin), 0) : int(bottom + margin) + 1, max(int(x0 - margin), 0) : int(x1 + margin) + 1]
    own = ink[int(top) : int(bottom) + 1, int(x0) : int(x1) + 1]
    return bool(around.sum() - own.sum() <= 0.1 * own.sum())
