"""Pictures of scanned pages: turned and levelled as the reader of scans did, so that what it found lies where it is
shown. Which way up that is the places of the print tell, without reading it again. Seals stay in the picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from workbench.errors import MissingExtraError, UnreadableSourceError
from workbench.model.source import Box
from workbench.sources.blob import Blob
from workbench.sources.foreign import foreign_parser
from workbench.sources.scan.reader import DOTS_PER_INCH, INSTALL, ocr_is_installed
from workbench.sources.scan.upright import without_skew

_KEPT = 3
_DARK = 128
_SIZE = DOTS_PER_INCH / 72
"""Pixels a point."""


def scanned_page(
    blob: Blob, number: int, scale: float, area: Box | None, printed: tuple[Box, ...]
) -> tuple[Any, float, float]:
    """The pixels (rows, columns, RGB) of a frame of an image file at `scale` pixels a point, of `area` only where
    given; with where they begin on the page, in points. `printed` are places where the reader found print.

    Raises UnreadableSourceError where there is no such frame.
    """
    if not ocr_is_installed():
        raise MissingExtraError(blob.name, "the reader of scanned pages", INSTALL)
    import cv2

    frame = _frame(blob.data, blob.name, number, printed)
    size = _SIZE
    height, width = frame.shape[:2]
    box = area or Box(0, 0, width / size, height / size)
    left, top = max(int(box.x0 * size), 0), max(int(box.top * size), 0)
    right, bottom = min(int(box.x1 * size) + 1, width), min(int(box.bottom * size) + 1, height)
    part = frame[top : max(bottom, top + 1), left : max(right, left + 1)]
    ratio = scale / size
    wanted = max(round(part.shape[1] * ratio), 1), max(round(part.shape[0] * ratio), 1)
    drawn = cv2.resize(part, wanted, interpolation=cv2.INTER_AREA if ratio < 1 else cv2.INTER_LINEAR)
    return cv2.cvtColor(drawn, cv2.COLOR_BGR2RGB), left / size, top / size


@lru_cache(maxsize=_KEPT)
def _frame(data: bytes, name: str, number: int, printed: tuple[Box, ...]) -> Any:
    """A frame as it was read; the last ones are kept."""
    import cv2
    import numpy

    with foreign_parser(name, "image"):
        done, frames = cv2.imdecodemulti(numpy.frombuffer(data, dtype=numpy.uint8), cv2.IMREAD_COLOR)
        if not done or not 1 <= number <= len(frames):
            raise UnreadableSourceError(name, f"has no page {number}")
        frame = frames[number - 1]
        turns = (None, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_90_CLOCKWISE)
        turned = (frame if turn is None else cv2.rotate(frame, turn) for turn in turns)
        # Levelling takes longest, and print that lies a little askew is still found best the right way up.
        return without_skew(max(turned, key=lambda picture: _ink_at(picture, printed)) if printed else frame)


def _ink_at(picture: Any, printed: tuple[Box, ...]) -> float:
    """How dark the places of print are in a picture, those outside of it not at all."""
    height, width = picture.shape[:2]
    dark = (picture.max(axis=2) < _DARK).astype("float32")
    ink = 0.0
    for box in printed:
        left, top, right, bottom = (int(value * _SIZE) for value in (box.x0, box.top, box.x1, box.bottom))
        if 0 <= left < right <= width and 0 <= top < bottom <= height:
            ink += float(dark[top:bottom, left:right].mean())
    return ink
