"""Characters that a writer spells out beside its glyphs (ActualText, PDF 32000-1, 14.9.4): inside a form object pdfium
leaves their boxes where the form has them, not where the page shows them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from itertools import repeat

from workbench.sources.pdf.geometry import Matrix, Rectangle, around, transform
from workbench.sources.pdf.pdfium import calls, reference_to

_NEAR = 4.0
"""A character stands within the bounds of the object that draws it, but for so many points."""


def place_in_forms(
    text_page: int, text: str, rectangles: array[float], in_forms: Mapping[int, tuple[Matrix, Rectangle]]
) -> None:
    """Moves the boxes (left, top, right, bottom in user space) of the characters that lie outside of the text object
    that draws them, but would not if they were moved with the form that it is in."""
    wanted = [index for index, character in enumerate(text) if not (character.isascii() or character.isspace())]
    things = map(calls().FPDFText_GetTextObject, repeat(reference_to(text_page)), wanted)
    for index, thing in zip(wanted, things, strict=True):
        found = in_forms.get(thing)
        if found is None:
            continue
        matrix, bounds = found
        left, top, right, bottom = rectangles[4 * index : 4 * index + 4]
        if _is_within((left, bottom, right, top), bounds):
            continue
        moved = around([transform(left, bottom, matrix), transform(right, top, matrix)])
        if _is_within(moved, bounds):
            x0, y0, x1, y1 = moved
            rectangles[4 * index : 4 * index + 4] = array("f", (x0, y1, x1, y0))


def _is_within(box: Rectangle, bounds: Rectangle) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return bounds[0] - _NEAR <= x <= bounds[2] + _NEAR and bounds[1] - _NEAR <= y <= bounds[3] + _NEAR
