"""Paragraphs to read, wrapped to the pane: explanations, help, a whole cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.geometry import Size
from textual.strip import Strip

from workbench.tui.drawing.display import shown, wrap
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans that run on, wrapped together; later lines are indented by `indent`."""

    spans: tuple[Span, ...]
    indent: int = 0


def paragraph(text: str, role: str = "", *, bold: bool = False, indent: int = 0) -> Paragraph:
    """A paragraph of one text."""
    return Paragraph((Span(text, role, bold),), indent)


class TextPane(Pane):
    """Paragraphs one under another."""

    def __init__(self, *, id: str | None = None, can_focus: bool = True, context: str = "reader") -> None:
        super().__init__(id=id)
        self.context = context
        self.can_focus = can_focus
        self._paragraphs: tuple[Paragraph, ...] = ()
        self._lines: list[list[tuple[str, Span]]] = []

    @property
    def text(self) -> str:
        """All that the pane says, unwrapped, a paragraph a line."""
        return "\n".join("".join(span.text for span in paragraph.spans) for paragraph in self._paragraphs)

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show these paragraphs from the top."""
        if tuple(paragraphs) == self._paragraphs:
            return
        self._paragraphs = tuple(paragraphs)
        self._lay_out()
        self.jump(0, 0)

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> None:
        room = self.scrollable_content_region.width
        if not room:
            # Not placed yet: what is wrapped by a guess would be seen for a moment.
            return
        self._lines = [line for part in self._paragraphs for line in folded(part, max(room, 12))]
        self.virtual_size = Size(1, len(self._lines))
        self.refresh(layout=self.styles.auto_dimensions)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        return sum(len(folded(part, max(width, 12))) for part in self._paragraphs)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        room = self.room
        index = y + int(self.scroll_y)
        if not 0 <= index < len(self._lines):
            return Strip.blank(room, self.ground)
        segments = [Segment(text, self.palette.style(span.role, bold=span.bold)) for text, span in self._lines[index]]
        return Strip(segments).adjust_cell_length(room).apply_style(self.ground)


def folded(part: Paragraph, room: int) -> list[list[tuple[str, Span]]]:
    """The lines of a paragraph in `room` cells, each as pieces of its spans; blanks at a fold are on no line."""
    spans = [(shown(span.text), span) for span in part.spans]
    whole = "".join(text for text, _ in spans)
    first, *more = wrap(whole, room)
    if more:
        more = wrap(whole[len(first) :].lstrip(" "), room - part.indent)
    lines: list[list[tuple[str, Span]]] = []
    end = 0
    for text in (first, *more):
        start = whole.index(text, end)
        end = start + len(text)
        indent = [(" " * part.indent, Span(""))] if lines and part.indent else []
        lines.append(indent + _pieces(spans, start, end))
    return lines


def _pieces(spans: Sequence[tuple[str, Span]], start: int, end: int) -> list[tuple[str, Span]]:
    """What stands from `start` to `end` of spans that run on."""
    pieces = []
    for text, span in spans:
        if piece := text[max(start, 0) : max(end, 0)]:
            pieces.append((piece, span))
        start, end = start - len(text), end - len(text)
    return pieces
