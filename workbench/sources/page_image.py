"""Pictures of pages: what the published page looks like, for the reviewer to compare with what was read."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import UnreadableSourceError, UnsupportedFormatError
from workbench.model.source import Box
from workbench.sources.foreign import foreign_parser
from workbench.sources.formats import format_of
from workbench.sources.limits import DEFAULT_LIMITS, ReadLimits
from workbench.sources.reading import open_source
from workbench.sources.suffixes import Format

_MOST_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class PageImage:
    """A part of a page as a picture: `pixels` holds red, green, blue of each pixel, row by row. `left` and `top` are
    where the picture begins on the page, in points; `scale` is pixels a point."""

    width: int
    height: int
    pixels: bytes
    left: float
    top: float
    scale: float

    def place_of(self, box: Box) -> tuple[int, int, int, int]:
        """The box in pixels of this picture: left, top, right, bottom, cut at its edges."""

        def inside(value: float, start: float, size: int) -> int:
            return min(max(round((value - start) * self.scale), 0), size - 1)

        return (
            inside(box.x0, self.left, self.width),
            inside(box.top, self.top, self.height),
            inside(box.x1, self.left, self.width),
            inside(box.bottom, self.top, self.height),
        )


def page_image(
    path: Path,
    number: int,
    scale: float,
    area: Box | None = None,
    limits: ReadLimits = DEFAULT_LIMITS,
    printed: tuple[Box, ...] = (),
) -> PageImage:
    """The picture of page `number` (from 1) of a PDF or an image at `scale` pixels a point, of `area` only where given.
    `printed` are places of print on the page, by which an image that was read turned is turned the same way.

    Raises UnsupportedFormatError for what is neither, UnreadableSourceError where the page cannot be drawn.
    """
    blob = open_source(path, limits)
    found = format_of(blob.name, blob.data)
    if found is Format.IMAGE:
        from workbench.sources.scan.picture import scanned_page

        drawn, left, top = scanned_page(blob, number, scale, area, printed)
        return PageImage(drawn.shape[1], drawn.shape[0], drawn.tobytes(), left, top, scale)
    if found is not Format.PDF:
        raise UnsupportedFormatError(blob.name, "only PDF and image files have pictures of their pages")
    from workbench.sources.pdf.opening import open_pdf

    with foreign_parser(blob.name, "PDF"), open_pdf(blob, limits) as document:
        if not 1 <= number <= len(document):
            raise UnreadableSourceError(blob.name, f"has no page {number}")
        page = document[number - 1]
        width, height = page.get_size()
        shown = _within(area or Box(0, 0, width, height), width, height)
        if (shown.x1 - shown.x0) * (shown.bottom - shown.top) * scale * scale > _MOST_PIXELS:
            raise UnreadableSourceError(blob.name, f"page {number} is too large to be drawn at this scale")
        crop = (shown.x0, height - shown.bottom, width - shown.x1, shown.top)
        bitmap = page.render(scale=scale, crop=crop, rev_byteorder=True)
        try:
            return PageImage(bitmap.width, bitmap.height, _packed(bitmap), shown.x0, shown.top, scale)
        finally:
            bitmap.close()


def _within(area: Box, width: float, height: float) -> Box:
    x0, top = min(max(area.x0, 0.0), width - 1), min(max(area.top, 0.0), height - 1)
    return Box(x0, top, min(max(area.x1, x0 + 1), width), min(max(area.bottom, top + 1), height))


def _packed(bitmap: object) -> bytes:
    """The rows of a bitmap without the padding at their ends, three bytes a pixel."""
    width, height = bitmap.width, bitmap.height  # type: ignore[attr-defined]
    stride, channels = bitmap.stride, bitmap.n_channels  # type: ignore[attr-defined]
    raw = ctypes.string_at(bitmap.buffer, stride * height)  # type: ignore[attr-defined]
    rows = (raw[row * stride : row * stride + width * channels] for row in range(height))
    if channels == 3:
        return b"".join(rows)
    if channels == 1:
        return b"".join(bytes(value for grey in row for value in (grey, grey, grey)) for row in rows)
    return b"".join(bytes(row[i] for at in range(0, len(row), channels) for i in (at, at + 1, at + 2)) for row in rows)
