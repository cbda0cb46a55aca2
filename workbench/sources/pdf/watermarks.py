"""Large pale print that lies level over a page: a watermark, which is none of its text."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence

from workbench.sources.pdf.pdfium import calls, reference_to
from workbench.sources.print_runs import Run

_LARGE = 1.8
"""How many times as high as the usual print of its page a watermark is at least."""
_SMALLEST = 18.0
_PALE, _WHITE = 165, 250
"""How light its ink is at least; white print is the title of a coloured banner."""
_SOLID = 150
"""Ink that lets more through than this is no print."""


def without_watermarks(runs: Sequence[Run], text_page: int) -> list[Run]:
    """The runs of a page without those of a watermark."""
    heights = [run.bottom - run.top for run in runs]
    if max(heights, default=0.0) < _SMALLEST:
        return list(runs)
    heights.sort()
    large = max(_LARGE * heights[len(heights) // 2], _SMALLEST)
    if heights[-1] < large:
        return list(runs)
    return [run for run in runs if run.bottom - run.top < large or not _is_pale(text_page, run.start)]


def _is_pale(text_page: int, index: int) -> bool:
    call = calls()
    thing = call.FPDFText_GetTextObject(reference_to(text_page), index)
    colour = (ctypes.c_uint * 4)()
    places = [ctypes.byref(colour, 4 * place) for place in range(4)]
    if not thing or not call.FPDFPageObj_GetFillColor(thing, *places):
        return False
    red, green, blue, alpha = colour[:]
    return alpha < _SOLID or _PALE <= min(red, green, blue) < _WHITE
