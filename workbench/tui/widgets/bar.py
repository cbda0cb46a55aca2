"""One line of the screen: title, status, keys. Texts from documents are drawn, never interpreted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from workbench.tui.desk import desk_of
from workbench.tui.drawing.display import fit, shown, width

_LEAST = 8
"""Cells that a piece of a bar must keep to be shown cut."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a bar: text, colour role, and the command that a click on it calls."""

    text: str
    role: str = ""
    bold: bool = False
    command: str = ""


class Bar(Widget, inherit_bindings=False):
    """One line: spans from the left, spans flush right where there is room for them."""

    DEFAULT_CSS = """
    Bar { height: 1; background: $wb-bar; color: $foreground; }
    """

    class Asked(Message):
        """A command was clicked."""

        def __init__(self, command: str) -> None:
            super().__init__()
            self.command = command

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: tuple[Span, ...] = ()
        self._right: tuple[Span, ...] = ()

    def show(self, left: Sequence[Span], right: Sequence[Span] = ()) -> None:
        """Show these spans."""
        if (self._left, self._right) != (tuple(left), tuple(right)):
            self._left, self._right = tuple(left), tuple(right)
            self.refresh()

    @property
    def text(self) -> str:
        """What the bar says, from left to right."""
        return "".join(span.text for span in (*self._left, *self._right))

    def _placed(self, room: int) -> list[tuple[int, str, Span]]:
        """The spans with their columns, as they fit."""
        right_width = sum(width(shown(span.text)) for span in self._right)
        placed: list[tuple[int, str, Span]] = []
        x = 0
        limit = room - right_width - 1 if right_width + 20 <= room else room
        for span in self._left:
            text = shown(span.text)
            if x + width(text) > limit:
                if limit - x < _LEAST:
                    break
                text = fit(text, limit - x)
            if text:
                placed.append((x, text, span))
                x += width(text)
        if limit < room:
            x = room - right_width
            for span in self._right:
                text = shown(span.text)
                placed.append((x, text, span))
                x += width(text)
        return placed

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """The line."""
        room = self.size.width
        palette = desk_of(self).palette
        segments: list[Segment] = []
        x = 0
        for start, text, span in self._placed(room):
            if start > x:
                segments.append(Segment(" " * (start - x)))
            segments.append(Segment(text, palette.style(span.role, bold=span.bold)))
            x = start + width(text)
        return Strip(segments, x).adjust_cell_length(room).apply_style(self.rich_style)

    def on_click(self, event: events.Click) -> None:
        for start, text, span in self._placed(self.size.width):
            if span.command and start <= event.x < start + width(text):
                self.post_message(self.Asked(span.command))
