"""The lines of the source as they are drawn: lit, cut between figures, with what names their row kept in sight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.strip import Strip

from workbench.model.source import Anchor, Page
from workbench.tui.drawing.display import CUT, fit, shown, sign, width
from workbench.tui.models.source_lines import SourceLine, joined
from workbench.tui.widgets.pane import Pane

MARGIN = 2
"""Cells before each line, for the sign of what is lit."""
_FIGURE = re.compile(r"[\d.,%％]+")
"""Figures are shown whole or not at all, like everywhere: part of one would be another figure."""


@dataclass(frozen=True, slots=True)
class Light:
    """A range of the source to light; `ground` says how strongly."""

    anchor: Anchor
    ground: str = "lit"


class SourceStrips(Pane):
    """Draws the lines that its owner laid out and lit."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pages: tuple[Page, ...] = ()
        self._heading = "{number}"
        self._lines: list[SourceLine] = []
        self._lit: dict[int, list[Light]] = {}
        self._strips: dict[int, Strip] = {}
        self._strips_for = (0, 0)
        self._lead = (0, 0)
        """The cells of wide lines that stay in sight when these are scrolled past them: what names the row."""

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
            return [Segment(shown(joined(text)))]
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
                    Segment(shown(joined(page.text[max(at, start) : end])), style("", ground, bold=ground != "lit"))
                )
                at = end
        segments += self._plain(page.text[at : line.end])
        whole = self.line_of(segments, sum(width(segment.text) for segment in segments))
        x, lead_at, size = self._led(line)
        parts = [Strip([Segment(head.text, self.grounded(style("accent", bold=True)))], MARGIN)]
        if size:
            parts.append(whole.crop_extend(lead_at, lead_at + size, self.ground))
            parts.append(Strip([Segment(sign("‹"), self.grounded(style("quiet")))], 1))
            size += 1
        start, end = _between_figures(segments, x + size, x + room - MARGIN)
        parts.append(Strip.blank(start - x - size, self.ground))
        parts.append(whole.crop_extend(start, end, self.ground))
        if end < x + room - MARGIN:
            rest = " " * (x + room - MARGIN - end - 1) + sign(CUT)
            parts.append(Strip([Segment(rest, self.grounded(style("quiet")))], len(rest)))
        return Strip.join(part for part in parts if part.cell_length)

    def _led(self, line: SourceLine) -> tuple[int, int, int]:
        """How a line is scrolled: by how much,
        and the first cell and the number of those that stay before the others."""
        x = int(self.scroll_x) if line.wide else 0
        start, end = self._lead
        return (x, start, end - start) if start < x and end > start else (x, 0, 0)

    def _page(self, number: int) -> Page | None:
        return next((page for page in self._pages[max(number - 1, 0) :] if page.number == number), None)


def _between_figures(segments: Sequence[Segment], start: int, end: int) -> tuple[int, int]:
    """The cells from `start` to `end` of a line without the figures that these would cut in two."""
    for found in _FIGURE.finditer("".join(segment.text for segment in segments)):
        before = width(found.string[: found.start()])
        behind = before + width(found.group())
        if before < start < behind:
            start = behind
        if before < end < behind:
            end = before
    return min(start, end), end
