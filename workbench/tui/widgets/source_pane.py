# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""The source: the text of all pages, with the anchors of the selected cells lit and scrolled to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from workbench.model.source import Anchor, Page, SourceDocument
from workbench.tui.display import fit, shown, shown_character, sign, width
from workbench.tui.widgets.pane import Pane

_LAID_OUT = re.compile(r"\S(?: {3,}|\t)\S.*(?: {3,}|\t)\S")
_MARGIN = 2


class Wrapping(StrEnum):
    """Which lines are folded at the edge of the pane."""

    PROSE = "prose"
    """Lines that are not laid out in columns."""
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One drawn line: a range of a page's text, or the heading of a page (start -1)."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Light:
    """A range of the source to light; `ground` says how strongly."""

    anchor: Anchor
    ground: str = "lit"


class SourcePane(Pane):
    """The page texts as one scroll."""

    context = "review.source"

    class Clicked(Message):
        """A character of the source was clicked."""

        def __init__(self, page: int, offset: int) -> None:
            super().__init__()
            self.page = page
            self.offset = offset

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._pages: tuple[Page, ...] = ()
        self._heading = "{number}"
        self._lines: list[SourceLine] = []
        self._keys: list[tuple[int, int]] = []
        self._widest = 1
        self._lights: tuple[Light, ...] = ()
        self._lit: dict[int, list[Light]] = {}
        self.wrapping = Wrapping.PROSE
        self._laid_out_for = 0
        self._strips: dict[int, Strip] = {}
        self._strips_for = (0, 0)

    def show(self, source: SourceDocument, heading: str) -> None:
        """Show the pages of a document; `heading` is the line above each, with {number} and {name}."""
        self._pages = source.pages
        self._heading = heading
        self._lights = ()
        self._lay_out()
        self.jump(0, 0)

    def light(self, lights: Sequence[Light], reveal: Anchor | None) -> None:
        """Light these ranges and scroll `reveal` into sight."""
        before, self._lights = self._lit, tuple(lights)
        self._lit = self._by_line()
        if reveal is not None:
            self.reveal(reveal)
        top, bottom = int(self.scroll_y), int(self.scroll_y) + self.body_height
        for index in before.keys() | self._lit.keys():
            if before.get(index) == self._lit.get(index):
                continue
            self._strips.pop(index, None)
            if top <= index < bottom:
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

    @property
    def _room(self) -> int:
        return max(self.scrollable_content_region.width - _MARGIN, 10)

    def _lay_out(self) -> None:
        room = self._laid_out_for = self._room
        self._lines = []
        self._strips.clear()
        self._widest = 1
        for page in self._pages:
            self._lines.append(SourceLine(page.number, -1, -1))
            start = 0
            for text in page.text.split("\n"):
                self._add(page, start, text, room)
                start += len(text) + 1
        self._keys = [(line.page, line.start) for line in self._lines]
        self._lit = self._by_line()
        self.virtual_size = Size(self._widest + _MARGIN, len(self._lines))
        self.refresh()

    def _add(self, page: Page, start: int, text: str, room: int) -> None:
        end = start + len(text)
        if 3 * len(text) <= room:
            self._lines.append(SourceLine(page.number, start, end))
            return
        size = width(shown(text))
        fold = self.wrapping is Wrapping.ALL or (self.wrapping is Wrapping.PROSE and not _LAID_OUT.search(text))
        if size <= room or not fold:
            self._widest = max(self._widest, size)
            self._lines.append(SourceLine(page.number, start, end))
            return
        taken, first = 0, start
        for offset, character in enumerate(text, start):
            cells = width(shown_character(character))
            if taken + cells > room:
                self._lines.append(SourceLine(page.number, first, offset))
                first, taken = offset, 0
            taken += cells
        self._lines.append(SourceLine(page.number, first, end))

    # places

    def _index_of(self, page: int, start: int) -> int:
        return max(bisect_right(self._keys, (page, start)) - 1, 0)

    def reveal(self, anchor: Anchor) -> None:
        """Scroll so that the beginning of `anchor` is in sight, a third down the pane when it was not."""
        if not self._lines:
            return
        index = self._index_of(anchor.page, anchor.start)
        line = self._lines[index]
        page = self._page(line.page)
        before = width(shown(page.text[max(line.start, 0) : anchor.start])) if page else 0
        length = width(shown(page.text[anchor.start : min(anchor.end, line.end)])) if page else 0
        top, height = int(self.scroll_y), self.body_height
        y = top if top <= index < top + height else max(index - height // 3, 0)
        x = int(self.scroll_x)
        if before < x or before + length > x + self._room:
            x = max(min(before + length + _MARGIN - self._room, before), 0)
        if (x, y) != (int(self.scroll_x), top):
            self.jump(x, y)

    def page_in_sight(self) -> int:
        """The number of the page at the top of the pane."""
        return self._top_key()[0]

    def go_to_page(self, number: int) -> None:
        """Scroll to the beginning of a page."""
        self.jump(0, self._index_of(number, -1))

    def _page(self, number: int) -> Page | None:
        return next((page for page in self._pages[max(number - 1, 0) :] if page.number == number), None)

    def on_click(self, event: events.Click) -> None:
        index = event.y + int(self.scroll_y)
        if not 0 <= index < len(self._lines):
            return
        line = self._lines[index]
        page = self._page(line.page)
        if page is None or line.start < 0:
            return
        x = event.x - _MARGIN + int(self.scroll_x)
        taken = 0
        for offset in range(line.start, line.end):
            taken += width(shown_character(page.text[offset]))
            if x < taken:
                self.post_message(self.Clicked(line.page, offset))
                return

    # drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        room = self.room
        index = y + int(self.scroll_y)
        if not 0 <= index < len(self._lines):
            return Strip.blank(room, self.ground)
        if self._strips_for != (room, int(self.scroll_x)):
            self._strips.clear()
            self._strips_for = (room, int(self.scroll_x))
        strip = self._strips.get(index)
        if strip is None:
            strip = self._strips[index] = self._line_strip(index, room)
        return strip

    def look_changed(self) -> None:
        self._strips.clear()
        super().look_changed()

    def _line_strip(self, index: int, room: int) -> Strip:
        line = self._lines[index]
        page = self._page(line.page)
        if page is None:
            return Strip.blank(room, self.ground)
        if line.start < 0:
            name = shown(page.name)
            text = " " + self._heading.format(number=page.number, name=name).strip() + " "
            rule = self.palette.style("quiet")
            text = sign("─") * 2 + text
            return Strip([Segment(fit(text + sign("─") * max(room - width(text), 0), room), rule)], room).apply_style(
                self.ground
            )
        return self._text_strip(page, line, self._lit.get(index, ()), room)

    def _plain(self, text: str) -> list[Segment]:
        """Unlit text; where tabs part the cells of a row they are drawn quietly."""
        if "\t" not in text:
            return [Segment(shown(text))]
        border = Segment(shown("\t"), self.palette.style("quiet"))
        segments: list[Segment] = []
        for number, part in enumerate(text.split("\t")):
            segments += [border, Segment(shown(part))] if number else [Segment(shown(part))]
        return segments

    def _text_strip(self, page: Page, line: SourceLine, lit: Sequence[Light], room: int) -> Strip:
        style = self.palette.style
        lights = sorted(
            (max(light.anchor.start, line.start), min(light.anchor.end, line.end), light.ground)
            for light in lit
            if light.anchor.start < line.end and light.anchor.end > line.start
        )
        strong = any(ground != "lit" for _, _, ground in lights)
        lead = sign("▸") if strong else sign("∙") if lights else " "
        head = Segment(lead + " ", style("accent", bold=True))
        segments: list[Segment] = []
        at = line.start
        for start, end, ground in sorted(lights, key=lambda light: (light[0], -light[1])):
            if start > at:
                segments += self._plain(page.text[at:start])
            if end > max(at, start):
                segments.append(
                    Segment(shown(page.text[max(at, start) : end]), style("", ground, bold=ground != "lit"))
                )
                at = end
        segments += self._plain(page.text[at : line.end])
        x = int(self.scroll_x)
        whole = self.line_of(segments, sum(width(segment.text) for segment in segments))
        return Strip(
            [
                Segment(head.text, self.grounded(style("accent", bold=True))),
                *whole.crop_extend(x, x + room - _MARGIN, self.ground),
            ],
            room,
        )
