"""Pictures of scanned pages: as the reader of scans saw them, upright and level, so that what it found lies where it is
shown. Seals stay in the picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from workbench.errors import MissingExtraError, UnreadableSourceError
from workbench.model.source import Box
from workbench.sources.blob import Blob
from workbench.sources.foreign import foreign_parser
from workbench.sources.scan.reader import DOTS_PER_INCH, INSTALL, ocr_is_installed, upright_picture

_KEPT = 3


def scanned_page(blob: Blob, number: int, scale: float, area: Box | None) -> tuple[Any, float, float]:
    """The pixels (rows, columns, RGB) of a frame of an image file at `scale` pixels a point, of `area` only where given;
    with where they begin on the page, in points. Raises UnreadableSourceError where there is no such frame."""
    if not ocr_is_installed():
        raise MissingExtraError(blob.name, "the reader of scanned pages", INSTALL)
    import cv2

    frame = _frame(blob.data, blob.name, number)
    size = DOTS_PER_INCH / 72
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
def _frame(data: bytes, name: str, number: int) -> Any:
    """A frame as it was read. Finding out which way is up takes longer than drawing: the last ones are kept."""
    import cv2
    import numpy

    with foreign_parser(name, "image"):
        done, frames = cv2.imdecodemulti(numpy.frombuffer(data, dtype=numpy.uint8), cv2.IMREAD_COLOR)
        if not done or not 1 <= number <= len(frames):
            raise UnreadableSourceError(name, f"has no page {number}")
        return upright_picture(frames[number - 1])
