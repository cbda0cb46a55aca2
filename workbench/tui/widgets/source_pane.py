"""The source: the text of all pages, with the anchors of the selected cells lit and scrolled to."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from textual import events
from textual.geometry import Size
from textual.message import Message

from workbench.model.source import Anchor, Page, SourceDocument
from workbench.tui.drawing.display import shown, shown_character, width
from workbench.tui.models.source_lines import SourceLine, Wrapping, lines_of, paragraphs_of, seams_of
from workbench.tui.widgets.source_strips import MARGIN, Light, SourceStrips

_MANY = 8
"""More lines than this are not painted one by one."""


class SourcePane(SourceStrips):
    """The page texts as one scroll."""

    context = "review.source"

    class Clicked(Message):
        """A character of the source was clicked."""

        def __init__(self, page: int, offset: int) -> None:
            super().__init__()
            self.page = page
            self.offset = offset

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: list[tuple[int, int]] = []
        self._widest = 1
        self._lights: tuple[Light, ...] = ()
        self.wrapping = Wrapping.PROSE
        self._laid_out_for = 0
        self._revealed: tuple[Anchor, Anchor | None] | None = None

    def show(self, source: SourceDocument, heading: str) -> None:
        """Show the pages of a document; `heading` is the line above each, with {number} and {name}."""
        self._pages = source.pages
        self._heading = heading
        self._lights = ()
        self._revealed = None
        self._lay_out()
        self.jump(0, 0)

    def light(self, lights: Sequence[Light], reveal: Anchor | None, beside: Anchor | None = None) -> None:
        """Light these ranges and scroll `reveal` into sight, with `beside`, which names its row."""
        before, self._lights = self._lit, tuple(lights)
        self._lit = self._by_line()
        if reveal is not None:
            self.reveal(reveal, beside)
        changed = [i for i in before.keys() | self._lit.keys() if before.get(i) != self._lit.get(i)]
        for index in changed:
            self._strips.pop(index, None)
        top, bottom = int(self.scroll_y), int(self.scroll_y) + self.body_height
        in_sight = [index for index in changed if top <= index < bottom]
        if len(in_sight) > _MANY:
            self.refresh()
        else:
            for index in in_sight:
                self.refresh_line(index)

    def _by_line(self) -> dict[int, list[Light]]:
        """The lights of each drawn line that has any."""
        found: dict[int, list[Light]] = {}
        for light in self._lights:
            page, start = light.anchor.page, light.anchor.start
            last = max(light.anchor.end - 1, start)
            for index in range(self._index_of(page, start), self._index_of(page, last) + 1):
                found.setdefault(index, []).append(light)
        return found

    def set_wrapping(self, wrapping: Wrapping) -> None:
        """Fold other lines."""
        self.wrapping = wrapping
        top = self._top_key()
        self._lay_out()
        self.jump(0, self._index_of(*top))

    def _top_key(self) -> tuple[int, int]:
        index = min(int(self.scroll_y), len(self._keys) - 1)
        return self._keys[index] if self._keys else (1, -1)

    def on_resize(self) -> None:
        if self._room != self._laid_out_for:
            top = self._top_key()
            self._lay_out()
            self.jump(self.scroll_x, self._index_of(*top))
        if self._revealed is not None:
            self.reveal(*self._revealed)

    @property
    def _room(self) -> int:
        return max(self.scrollable_content_region.width - MARGIN, 10)

    def _lay_out(self) -> None:
        room = self._laid_out_for = self._room
        self._lines = []
        self._strips.clear()
        for page in self._pages:
            self._lines.append(SourceLine(page.number, -1, -1))
            for start, text in paragraphs_of(page.text, room, self.wrapping):
                self._lines += lines_of(page.number, start, text, room, self.wrapping)
        self._widest = max((line.cells for line in self._lines if line.wide), default=1)
        self._keys = [(line.page, line.start) for line in self._lines]
        self._lit = self._by_line()
        self.virtual_size = Size(self._widest + MARGIN, len(self._lines))
        self.refresh()

    # places

    def _index_of(self, page: int, start: int) -> int:
        return max(bisect_right(self._keys, (page, start)) - 1, 0)

    def reveal(self, anchor: Anchor, beside: Anchor | None = None) -> None:
        """Scroll so that the beginning of `anchor` is in sight, a third down the pane when it was not, and `beside`
        with it where both stand on one line."""
        if not self._lines:
            return
        self._revealed = (anchor, beside)
        index = self._index_of(anchor.page, anchor.start)
        top, height = int(self.scroll_y), self.body_height
        y = top if top <= index < top + height else max(index - height // 3, 0)
        x = self._scrolled_to(self._lines[index], anchor, beside)
        if (x, y) != (int(self.scroll_x), top):
            self.jump(x, y)

    def _scrolled_to(self, line: SourceLine, anchor: Anchor, beside: Anchor | None) -> int:
        """How far to scroll sideways so that a place of a line is in sight and what names it;
        as little as that takes."""
        page = self._page(line.page)
        if not line.wide or page is None:
            return int(self.scroll_x)
        start, end = self._cells(page, line, anchor)
        room = self._room
        if end <= room:
            return 0
        text = page.text[line.start : line.end]
        name = (len(text) - len(text.lstrip()), start)
        if beside is not None and beside.page == line.page and line.start <= beside.start < line.end:
            name = self._cells(page, line, beside)
        if name[0] < start and end - name[0] < room:
            return max(end + MARGIN - room, 0) if end + MARGIN - name[0] < room else name[0]
        size = min(name[1] - name[0], room * 2 // 5)
        before = self._lead
        self._lead = (name[0], name[0] + size) if name[0] < start else (0, 0)
        if self._lead != before:
            self._strips.clear()
            self.refresh()
        return max(min(end + MARGIN - room, start - size - 1), 0)

    def _cells(self, page: Page, line: SourceLine, anchor: Anchor) -> tuple[int, int]:
        """The first cell of an anchor on a line, and the one behind its last."""
        before = width(shown(page.text[line.start : anchor.start]))
        return before, before + width(shown(page.text[anchor.start : min(anchor.end, line.end)]))

    def page_in_sight(self) -> int:
        """The number of the page at the top of the pane."""
        return self._top_key()[0]

    def go_to_page(self, number: int) -> None:
        """Scroll to the beginning of a page."""
        self.jump(0, self._index_of(number, -1))

    def on_click(self, event: events.Click) -> None:
        index = event.y + int(self.scroll_y)
        if not 0 <= index < len(self._lines):
            return
        line = self._lines[index]
        page = self._page(line.page)
        if page is None or line.start < 0:
            return
        x, lead, size = self._led(line)
        x = event.x - MARGIN + (lead if event.x - MARGIN < size else x)
        taken, seams = 0, seams_of(page.text[line.start : line.end])
        for offset in range(line.start, line.end):
            taken += 0 if offset - line.start in seams else width(shown_character(page.text[offset]))
            if x < taken:
                self.post_message(self.Clicked(line.page, offset))
                return

    # drawing
