"""The picture of a page in half blocks: each terminal cell shows two pixels, the upper in front, the lower behind."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.strip import Strip

from workbench.model.source import Box
from workbench.sources.page_image import PageImage
from workbench.tui.widgets.pane import Pane, joined

_HALF = "▀"
_FRAME = (214, 40, 40)


class PagePicture(Pane):
    """A scrolling picture with a frame around one box."""

    context = "image"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._image: PageImage | None = None
        self._frame: tuple[int, int, int, int] | None = None
        self._styles: dict[tuple[int, int, int, int, int, int], Style] = {}

    def show(self, image: PageImage, box: Box | None) -> None:
        """Show a picture, with `box` framed and in the middle."""
        self._image = image
        self._frame = None if box is None else _widened(image.place_of(box), image)
        self._styles.clear()
        self.virtual_size = Size(image.width, (image.height + 1) // 2)
        self.refresh(layout=True)
        self.call_after_refresh(self._show_frame)

    def _show_frame(self) -> None:
        """Scroll so that the framed box is in the middle: once the picture's size is known to the layout."""
        if self._frame is not None:
            left, top, right, bottom = self._frame
            size = self.scrollable_content_region
            self.jump((left + right) // 2 - size.width // 2, (top + bottom) // 4 - size.height // 2)

    def render_line(self, y: int) -> Strip:
        """Line `y` of what is in sight."""
        image = self._image
        width = self.scrollable_content_region.width
        if image is None:
            return Strip.blank(width, self.ground)
        row = 2 * (y + int(self.scroll_y))
        first = int(self.scroll_x)
        if row >= image.height:
            return Strip.blank(width, self.ground)
        segments = [
            Segment(_HALF, self._style(self._pixel(column, row), self._pixel(column, row + 1)))
            for column in range(first, min(first + width, image.width))
        ]
        return Strip(joined(segments)).adjust_cell_length(width, self.ground)

    def _pixel(self, column: int, row: int) -> tuple[int, int, int]:
        image = self._image
        if image is None or row >= image.height:
            return (255, 255, 255)
        if self._frame is not None:
            left, top, right, bottom = self._frame
            across = left <= column <= right and row in (top, bottom)
            down = top <= row <= bottom and column in (left, right)
            if across or down:
                return _FRAME
        at = 3 * (row * image.width + column)
        red, green, blue = image.pixels[at : at + 3]
        return (red, green, blue)

    def _style(self, upper: tuple[int, int, int], lower: tuple[int, int, int]) -> Style:
        key = (*upper, *lower)
        if key not in self._styles:
            self._styles[key] = Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))
        return self._styles[key]


def _widened(place: tuple[int, int, int, int], image: PageImage) -> tuple[int, int, int, int]:
    left, top, right, bottom = place
    return max(left - 2, 0), max(top - 2, 0), min(right + 2, image.width - 1), min(bottom + 2, image.height - 1)
