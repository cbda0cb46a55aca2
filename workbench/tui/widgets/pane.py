"""A pane that scrolls lines and has a cursor: what the list, the grid and the source have in common."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from workbench.tui.desk import desk_of
from workbench.tui.drawing.palette import Palette


class Pane(ScrollView, can_focus=True, inherit_bindings=False):
    """A scrolling pane drawn line by line. Keys reach it as commands through its screen, never directly."""

    DEFAULT_CSS = """
    Pane { background: $background; color: $foreground; scrollbar-size-vertical: 1; scrollbar-size-horizontal: 1;
           scrollbar-background: $background; scrollbar-color: $wb-scroll; scrollbar-color-hover: $wb-accent; scrollbar-color-active: $wb-accent; scrollbar-background-hover: $background; scrollbar-background-active: $background; scrollbar-corner-color: $background; scrollbar-gutter: stable; }
    """

    _ground: Style | None = None
    _grounded: dict[Style, Style]
    _grounded_on: Style | None = None
    _sizes_told: tuple[Size, Size, Size, Size, tuple[bool, bool]] | None = None

    room = 0
    """How many cells a line has, while lines are drawn."""

    context = "reader"
    """Which scopes hear keys while it has the focus (a key of `CONTEXTS`)."""

    @property
    def palette(self) -> Palette:
        """The styles of the theme in use."""
        return desk_of(self).palette

    @property
    def ground(self) -> Style:
        """The widget's own colours, under everything that it draws."""
        if self._ground is None:
            self._ground = self.rich_style
        return self._ground

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Nothing in the style sheet depends on which pane has the focus: that is drawn, by those that show it."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """The screen was laid out: the scroll bars are made anew only where
        something is of another size than before."""
        bars = Size(self.scrollbar_size_vertical, self.scrollbar_size_horizontal)
        sizes = (size, container_size, self.virtual_size, bars, self.scrollbars_enabled)
        if sizes == self._sizes_told:
            return False
        self._sizes_told = sizes
        return super()._size_updated(size, virtual_size, container_size, layout)

    def notify_style_update(self) -> None:
        """The style sheet gives other colours: forget the ones drawn with."""
        super().notify_style_update()
        self._ground = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a region. A pane without a frame has drawn them whole already: they go to the screen as they
        are, which is half the work of a painting."""
        self.room = self.scrollable_content_region.width
        if self.styles.gutter or self.opacity < 1:
            return super().render_lines(crop)
        # Behind a scroll bar nothing is drawn: a line that ends before it has not to be cut there.
        width = self.room if self._scroll_bar_in_place else self.size.width
        background, filters = self.background_colors[1], self.get_line_filters()
        strips: list[Strip] = []
        for y in crop.line_range:
            strip = self.render_line(y).adjust_cell_length(width, self.ground)
            for line_filter in filters:
                strip = strip.apply_filter(line_filter, background)
            strips.append(strip)
        if crop.x > 0 or crop.right < width:
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    @property
    def _scroll_bar_in_place(self) -> bool:
        """Whether the last cell of each line is the scroll bar's:
        one that is wanted has none before the next layout."""
        bar = self._vertical_scrollbar
        return bar is not None and bar in self.screen._compositor.visible_widgets  # nobody else knows

    def grounded(self, style: Style) -> Style:
        """A style over the widget's own colours, put together once each."""
        if self._grounded_on is not self.ground:
            self._grounded_on = self.ground
            self._grounded = {}
        found = self._grounded.get(style)
        if found is None:
            found = self._grounded[style] = self.ground + style
        return found

    def line_of(self, segments: Iterable[Segment], length: int) -> Strip:
        """A line of these segments, which take `length` cells, over the widget's own colours."""
        ground, grounded = self.ground, self.grounded
        whole: list[Segment] = []
        texts: list[str] = []
        last: Style | None = None
        for text, style, _ in segments:
            over = ground if style is None else grounded(style)
            if over is not last:
                if texts:
                    whole.append(Segment("".join(texts), last))
                texts, last = [], over
            texts.append(text)
        if texts:
            whole.append(Segment("".join(texts), last))
        return Strip(whole, length)

    @property
    def body_height(self) -> int:
        """How many lines of content are in sight."""
        return max(self.scrollable_content_region.height, 1)

    def jump(self, x: float | None = None, y: float | None = None) -> None:
        """Scroll at once, also before the scroll bars are there."""
        self.scroll_to(x, y, animate=False, force=True)

    def move(self, rows: int = 0, columns: int = 0) -> None:
        """Move the cursor, or scroll where there is none."""
        self.jump(self.scroll_x + 4 * columns, self.scroll_y + rows)

    def move_page(self, direction: int, *, half: bool = False) -> None:
        """Move by a page or half of one."""
        step = max(self.body_height // 2 if half else self.body_height - 1, 1)
        self.move(rows=direction * step)

    def move_to_edge(self, edge: str) -> None:
        """Move to the "top", "bottom", "start" or "end"."""
        if edge in ("top", "bottom"):
            self.jump(y=0 if edge == "top" else self.max_scroll_y)
        else:
            self.jump(x=0 if edge == "start" else self.max_scroll_x)

    def look_changed(self) -> None:
        """The theme has changed: forget what was drawn."""
        self._ground = None
        self.refresh()
