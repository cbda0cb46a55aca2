"""What the ink of a piece of print tells of the characters that the engine lost in it or read twice."""

from __future__ import annotations

import re
from typing import Any

from workbench.sources.scan.dashes import Rectangle, ink_box

_FIGURE = re.compile(r"^\d[\d.,]*$")
_NUMBERED = re.compile(r"^([一二三四五六七八九十]{1,3})(?=[^、.．:：一二三四五六七八九十年月日级是般]|$)")
_IDEOGRAPH = 1.08
"""In heights of print: how far the next ideograph begins after the last."""
_MARK_BEGINS, _MARK_ENDS = -0.05, 0.45
"""In ideographs: between which places after the one before it the ink of a 、 stands."""
_LOW = 0.45
"""Of the height of a line: a 、 stands below this."""
_TOUCH = 0.12
"""Of the ink of a line: print that stands in less of it than this has no character there."""


def is_miscounted(text: str, box: Rectangle, ink: Any) -> bool:
    """Whether a figure has fewer characters than its ink has pieces beside each other; of these some may touch."""
    return bool(_FIGURE.match(text)) and _count_of_glyphs(box, ink) > len(text)


def _count_of_glyphs(box: Rectangle, ink: Any) -> int:
    """How many pieces of ink stand beside each other in a box, blank between them."""
    inked = ink_box(ink, box)
    if inked is None:
        return 0
    x0, top, x1, bottom = (int(side) for side in inked)
    columns = ink[top:bottom, x0:x1].any(axis=0).tolist()
    return sum(now and not before for before, now in zip([False, *columns], columns, strict=False))


def with_mark(text: str, box: Rectangle, height: float, ink: Any) -> str:
    """`text` with the 、 after the number that it begins with, where its ink stands there and was not read."""
    match = _NUMBERED.match(text)
    inked = ink_box(ink, box) if match else None
    if match is None or inked is None:
        return text
    end = match.end()
    pitch = _IDEOGRAPH * height
    x0, top, _, bottom = inked
    if bottom - top < 0.5 * height:
        # 一 alone is flat: its line is as high as print
        top, bottom = (top + bottom - height) / 2, (top + bottom + height) / 2
    begin, stop = x0 + (end + _MARK_BEGINS) * pitch, x0 + (end + _MARK_ENDS) * pitch
    area = ink[max(int(top), 0) : int(bottom) + 1, int(begin) : int(stop) + 1]
    if not area.size or not area.any():
        return text
    middle = int(_LOW * len(area))
    return f"{text[:end]}、{text[end:]}" if area[:middle].sum() <= _TOUCH * area.sum() else text
