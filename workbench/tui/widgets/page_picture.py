"""The picture of a page with frames around places: in real pixels where the terminal has graphics, else in half
blocks, where each cell shows two pixels, the upper in front, the lower behind.

Pixels are written behind the frame that the screen has drawn: wherever the screen draws the pane anew, which wipes
sixels, they are written again; when the pane goes out of sight, what a terminal keeps of them is taken back.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.strip import Strip

from workbench.model.source import Box
from workbench.sources.page_image import PageImage
from workbench.tui.desk import desk_of
from workbench.tui.drawing.display import sign
from workbench.tui.drawing.graphics import Graphics, Protocol
from workbench.tui.drawing.picture_codes import Raster, kitty_nothing, kitty_picture, sixel_picture, tiles
from workbench.tui.widgets.pane import Pane

_HALF = "▀"
_CELL_OF_BLOCKS = (1, 2)
_STRONG = (214, 40, 40)
_WEAK = (208, 138, 10)
_PAPER = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the page to be framed; `strong` for the one that is looked at."""

    box: Box
    strong: bool = False


class PagePicture(Pane):
    """A scrolling picture of one page."""

    context = "review.image"

    class Resized(Message):
        """The pane is wider or narrower than before."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._raster: Raster | None = None
        self._styles: dict[tuple[int, int, int, int, int, int], Style] = {}
        self._due = False
        self._on_screen = False
        self._width = 0

    @property
    def graphics(self) -> Graphics:
        """What the terminal can draw."""
        return desk_of(self).graphics

    @property
    def unit(self) -> tuple[int, int]:
        """How many pixels a cell holds, across and down."""
        return self.graphics.cell_size() if self.graphics.in_pixels else _CELL_OF_BLOCKS

    @property
    def pixels_across(self) -> int:
        """How many pixels the pane is wide."""
        return max(self.scrollable_content_region.width, 1) * self.unit[0]

    def show(self, image: PageImage, frames: Sequence[Frame]) -> None:
        """Show a picture with these frames, the strong one in sight; without one the middle stays in the middle."""
        self._raster = framed(image, frames, thick=self.graphics.in_pixels)
        self._styles.clear()
        across, down = self.unit
        before, middle = self.virtual_size, self._middle
        self.virtual_size = Size(-(-image.width // across), -(-image.height // down))
        self.refresh(layout=True)
        strong = next((frame.box for frame in frames if frame.strong), None)
        if strong is not None:
            self.call_after_refresh(self._reveal, image.place_of(strong))
        elif before.area and before != self.virtual_size:
            there = Offset(
                middle.x * self.virtual_size.width // before.width, middle.y * self.virtual_size.height // before.height
            )
            self.call_after_refresh(self._centre, there)

    @property
    def _middle(self) -> Offset:
        """The cell of the picture in the middle of the pane."""
        size = self.scrollable_content_region.size
        return Offset(int(self.scroll_x) + size.width // 2, int(self.scroll_y) + size.height // 2)

    def _centre(self, middle: Offset) -> None:
        size = self.scrollable_content_region.size
        self.jump(max(middle.x - size.width // 2, 0), max(middle.y - size.height // 2, 0))

    def on_resize(self) -> None:
        if self.size.width != self._width:
            self._width = self.size.width
            self.post_message(self.Resized())

    def _reveal(self, place: tuple[int, int, int, int]) -> None:
        """Scroll so that a place is in sight, and in the middle where it was not: once the layout knows the size."""
        across, down = self.unit
        left, top, right, bottom = place[0] // across, place[1] // down, place[2] // across, place[3] // down
        size = self.scrollable_content_region
        x, y = int(self.scroll_x), int(self.scroll_y)
        if left < x + 1 or right > x + size.width - 2:
            x = (left + right) // 2 - size.width // 2
        if top < y + 1 or bottom > y + size.height - 2:
            y = (top + bottom) // 2 - size.height // 2
        self.jump(max(x, 0), max(y, 0))

    # half blocks

    def render_line(self, y: int) -> Strip:
        """Line `y` of what is in sight."""
        raster, width = self._raster, self.scrollable_content_region.width
        row = 2 * (y + int(self.scroll_y))
        if raster is None or self.graphics.in_pixels or row >= raster.height:
            return Strip.blank(width, self.ground)
        first = int(self.scroll_x)
        half = sign(_HALF)
        columns = range(first, min(first + width, raster.width))
        pairs = ((_pixel(raster, column, row), _pixel(raster, column, row + 1)) for column in columns)
        if half == _HALF:
            segments = [Segment(half, self._style(upper, lower)) for upper, lower in pairs]
        else:
            # A terminal that gives the block two cells: both pixels as one, by the colour behind a blank.
            segments = [Segment(" ", self._style(both, both)) for both in starmap(_between, pairs)]
        return Strip(_joined(segments)).adjust_cell_length(width, self.ground)

    def _style(self, upper: tuple[int, int, int], lower: tuple[int, int, int]) -> Style:
        key = (*upper, *lower)
        if key not in self._styles:
            self._styles[key] = Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
        return self._styles[key]

    # pixels

    def render_lines(self, crop: Region) -> list[Strip]:
        strips = super().render_lines(crop)
        if self.graphics.in_pixels and not self._due:
            self._due = True
            self.call_after_refresh(self._draw_pixels)
        return strips

    def _draw_pixels(self) -> None:
        self._due = False
        if self._raster is None or not self.app.screen is self.screen or not self.is_on_screen:  # noqa: E714
            self.forget_pixels()
            return
        self.run_worker(self._send(self._raster), group="pixels", exclusive=True)

    async def _send(self, raster: Raster) -> None:
        codes = await asyncio.to_thread(self._codes, raster)
        if self._raster is raster and self.app.screen is self.screen and self.display and not self._due:
            self._write("".join(codes))
            self._on_screen = True

    def _codes(self, raster: Raster) -> list[str]:
        """What draws the part of the picture that is in sight, at its place on the screen."""
        graphics, cell = self.graphics, self.unit
        place = self.scrollable_content_region
        view = _cut(
            raster,
            int(self.scroll_x) * cell[0],
            int(self.scroll_y) * cell[1],
            place.width * cell[0],
            place.height * cell[1],
        )
        if view is None:
            return [self._nothing()]
        codes = []
        for left, top, right, bottom in tiles(view.width, view.height, graphics.largest, cell):
            part = _cut(view, left, top, right - left, bottom - top)
            if part is None:
                continue
            at = f"\x1b7\x1b[{place.y + top // cell[1] + 1};{place.x + left // cell[0] + 1}H"
            if graphics.protocol is Protocol.KITTY:
                drawn = kitty_picture(part)
            else:
                drawn = sixel_picture(part, graphics.colors)
            codes.append(f"{at}{drawn}\x1b8")
        return codes

    def _nothing(self) -> str:
        return kitty_nothing() if self.graphics.protocol is Protocol.KITTY else ""

    def forget_pixels(self) -> None:
        """Take the picture off the screen: text drawn over it does not wipe what the terminal keeps apart."""
        if self._on_screen:
            self._on_screen = False
            self._write(self._nothing())

    def _write(self, codes: str) -> None:
        driver = self.app._driver
        if codes and driver is not None and not self.app.is_headless:
            driver.write(codes)
            driver.flush()

    def on_hide(self, event: events.Hide) -> None:  # noqa: ARG002
        self.forget_pixels()

    def on_unmount(self) -> None:
        self.forget_pixels()


def framed(image: PageImage, frames: Sequence[Frame], *, thick: bool) -> Raster:
    """The pixels of a picture with frames drawn on them, the strong ones last."""
    if not frames:
        return Raster(image.width, image.height, image.pixels)
    from PIL import Image, ImageDraw

    picture = Image.frombytes("RGB", (image.width, image.height), image.pixels)
    pen = ImageDraw.Draw(picture)
    for frame in sorted(frames, key=lambda frame: frame.strong):
        left, top, right, bottom = image.place_of(frame.box)
        away, width = (3, 2 + frame.strong) if thick else (2, 1)
        edges = (max(left - away, 0), max(top - away, 0), right + away, bottom + away)
        cut = (*edges[:2], min(edges[2], image.width - 1), min(edges[3], image.height - 1))
        pen.rectangle(cut, outline=_STRONG if frame.strong else _WEAK, width=width)
    return Raster(image.width, image.height, picture.tobytes())


def _pixel(raster: Raster, column: int, row: int) -> tuple[int, int, int]:
    if row >= raster.height:
        return _PAPER
    at = 3 * (row * raster.width + column)
    red, green, blue = raster.pixels[at : at + 3]
    return red, green, blue


def _between(upper: tuple[int, int, int], lower: tuple[int, int, int]) -> tuple[int, int, int]:
    """The colour that two pixels make together; a frame stays a frame."""
    if _STRONG in (upper, lower):
        return _STRONG
    red, green, blue = ((one + other) // 2 for one, other in zip(upper, lower, strict=True))
    return red, green, blue


def _cut(raster: Raster, left: int, top: int, width: int, height: int) -> Raster | None:
    """A part of a picture, as far as the picture goes; None where it has nothing there."""
    right, bottom = min(left + width, raster.width), min(top + height, raster.height)
    if right <= left or bottom <= top:
        return None
    stride = 3 * raster.width
    rows = (raster.pixels[row * stride + 3 * left : row * stride + 3 * right] for row in range(top, bottom))
    return Raster(right - left, bottom - top, b"".join(rows))


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """The segments with neighbours of one style made one: fewer pieces to cut, filter and print."""
    result: list[Segment] = []
    for segment in segments:
        if result and result[-1].style == segment.style:
            result[-1] = Segment(result[-1].text + segment.text, segment.style)
        else:
            result.append(segment)
    return result
