"""A list of lines with columns and a cursor, drawn line by line: thousands of lines cost what the visible ones cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from workbench.tui.drawing.display import fit, shown, sign, width, wrap
from workbench.tui.drawing.glyphs import CURSOR
from workbench.tui.widgets.list_columns import Column, fitted
from workbench.tui.widgets.pane import Pane


@dataclass(frozen=True, slots=True)
class Piece:
    """One column of a line: its text and its colour role."""

    text: str
    role: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; `key` tells lines apart when the list is made anew, `marked` puts a sign before it. Where it
    has fewer pieces than there are columns, the last runs on to the end."""

    key: str
    pieces: tuple[Piece, ...]
    marked: bool = False


class OfLine(Message):
    """Something happened to a line of a list."""

    def __init__(self, sender: LineList, index: int) -> None:
        super().__init__()
        self.list = sender
        self.index = index

    @property
    def control(self) -> LineList:
        return self.list


class LineList(Pane):
    """A list with a cursor."""

    class Moved(OfLine):
        """The cursor is on another line."""

    class Chosen(OfLine):
        """A line was double-clicked."""

    def __init__(self, columns: Sequence[Column] = (), *, id: str | None = None, context: str = "reader") -> None:
        super().__init__(id=id)
        self.context = context
        self._columns = tuple(columns)
        self._lines: tuple[Line, ...] = ()
        self._empty = ""
        self._widths: tuple[int, ...] = ()
        self._naturals: tuple[int, ...] = (0,) * len(self._columns)
        self._cursor = 0
        self._strips: dict[int, Strip] = {}
        self._left: list[int] = []
        """Lines that the cursor was on since they were drawn last."""

    @property
    def cursor(self) -> int:
        """The line that the cursor is on."""
        return self._cursor

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines shown."""
        return self._lines

    @property
    def current(self) -> Line | None:
        """The line under the cursor."""
        return self._lines[self._cursor] if self._lines else None

    @property
    def cuts(self) -> bool:
        """Whether a column is too narrow for what some line has in it."""
        return any(0 < size < natural for size, natural in zip(self._widths, self._naturals, strict=True))

    @property
    def cut_here(self) -> str:
        """What of the line under the cursor is cut, whole."""
        line = self.current
        sizes = self._widths[: len(line.pieces)] if line is not None else ()
        pieces = line.pieces if line is not None else ()
        cut = [piece.text for piece, size in zip(pieces, sizes, strict=True) if 0 < size < width(shown(piece.text))]
        return "  ".join(cut)

    def show(
        self, lines: Sequence[Line], *, columns: Sequence[Column] | None = None, empty: str = "", keep: bool = True
    ) -> None:
        """Show these lines; the cursor stays on the line it was on, where that is still there (`keep`), and the line as
        far down the screen as it was, whatever came in above it."""
        before, above = self.current, self._cursor - int(self.scroll_y)
        self._lines = tuple(lines)
        self._empty = empty
        if columns is not None:
            self._columns = tuple(columns)
        if keep and before is not None and not self._is_at(before.key):
            self._cursor = next((i for i, line in enumerate(self._lines) if line.key == before.key), self._cursor)
        elif not keep:
            self._cursor = 0
        self._cursor = max(0, min(self._cursor, len(self._lines) - 1))
        self._naturals = tuple(
            max((width(shown(line.pieces[i].text)) for line in self._lines if i < len(line.pieces)), default=0)
            for i in range(len(self._columns))
        )
        self._lay_out(above if keep else 0)

    def _is_at(self, key: str) -> bool:
        return self._cursor < len(self._lines) and self._lines[self._cursor].key == key

    def _lay_out(self, above: int | None = None) -> None:
        """Measure anew; with so many lines `above` the cursor's, where there are as many."""
        self._widths = fitted(self._columns, self._naturals, max(self.scrollable_content_region.width, 20) - 2)
        self._strips.clear()
        self.virtual_size = Size(1, len(self._lines) + self._head)
        if above is not None and self._cursor - int(self.scroll_y) != above:
            self.jump(y=max(0, self._cursor - above))
        self._keep_in_sight()
        self.refresh()

    @property
    def _head(self) -> int:
        return int(any(column.title for column in self._columns))

    def on_resize(self) -> None:
        self._lay_out()

    def look_changed(self) -> None:
        self._strips.clear()
        super().look_changed()

    def watch_has_focus(self, value: bool) -> None:
        super().watch_has_focus(value)
        self._redraw(self._cursor)

    def go_to(self, index: int, *, tell: bool = True) -> None:
        """Put the cursor on a line."""
        index = max(0, min(index, len(self._lines) - 1))
        if index == self._cursor:
            return
        self._left.append(self._cursor)
        self._cursor = index
        if tell:
            # The screen answers with `draw_move`, so that list and status line are painted at once.
            self.post_message(self.Moved(self, index))
        else:
            self.draw_move()

    def draw_move(self) -> None:
        """Draw where the cursor is now."""
        self._keep_in_sight()
        for index in {*self._left, self._cursor}:
            self._redraw(index)
        self._left.clear()

    def go_to_key(self, key: str) -> None:
        """Put the cursor on the line with this key, where there is one; nobody is told."""
        for index, line in enumerate(self._lines):
            if line.key == key:
                self.go_to(index, tell=False)
                return

    def move(self, rows: int = 0, columns: int = 0) -> None:  # noqa: ARG002 - a list has no columns to move over
        if rows:
            self.go_to(self._cursor + rows)

    def move_to_edge(self, edge: str) -> None:
        if edge in ("top", "bottom"):
            self.go_to(0 if edge == "top" else len(self._lines) - 1)

    def _keep_in_sight(self) -> None:
        visible = max(self.body_height - self._head, 1)
        top = int(self.scroll_y)
        if self._cursor < top:
            self.jump(y=self._cursor)
        elif self._cursor >= top + visible:
            self.jump(y=self._cursor - visible + 1)

    def _redraw(self, index: int) -> None:
        self._strips.pop(index, None)
        y = index - int(self.scroll_y) + self._head
        self.refresh(Region(0, y, self.size.width, 1))

    def on_click(self, event: events.Click) -> None:
        index = event.y - self._head + int(self.scroll_y)
        if 0 <= index < len(self._lines) and event.y >= self._head:
            self.go_to(index)
            if event.chain == 2:
                self.post_message(self.Chosen(self, index))

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        room = self.room
        if y < self._head:
            return self._title_strip(room)
        index = y - self._head + int(self.scroll_y)
        if not self._lines and self._empty:
            said = wrap(shown(self._empty), max(room - 4, 10))
            if y - self._head < len(said):
                text = fit("  " + said[y - self._head], room)
                return Strip([Segment(text, self.palette.style("quiet"))], room).apply_style(self.ground)
        if not 0 <= index < len(self._lines):
            return Strip.blank(room, self.ground)
        strip = self._strips.get(index)
        if strip is None or strip.cell_length != room:
            if len(self._strips) > 2000:
                self._strips.clear()
            strip = self._strips[index] = self._line_strip(index, room)
        return strip

    def _title_strip(self, room: int) -> Strip:
        style = self.palette.style("quiet")
        parts = ["  "]
        for column, size in zip(self._columns, self._widths, strict=True):
            if size:
                parts.append(fit(column.title, size, right=column.right) + "  ")
        return Strip([Segment(fit("".join(parts).rstrip(), room), style)], room).apply_style(self.ground)

    def _line_strip(self, index: int, room: int) -> Strip:
        line = self._lines[index]
        here = index == self._cursor
        ground = ("cursor" if self.has_focus else "selected") if here else ""
        lead = sign(CURSOR) if here else sign("✓") if line.marked else " "
        style = self.palette.style
        segments = [Segment(f"{lead} ", style("accent", ground, bold=True))]
        sizes = self._widths[: len(line.pieces)]
        if len(sizes) < len(self._widths):
            sizes = (*sizes[:-1], room - 4 - sum(size + 2 for size in sizes[:-1] if size))
        for piece, column, size in zip(line.pieces, self._columns, sizes, strict=False):
            if size:
                drawn = shown(piece.text)
                cut = column.cut(drawn, size) if width(drawn) > size else drawn
                text = fit(cut, size, right=column.right)
                segments.append(Segment(text, style(piece.role, ground, bold=piece.bold)))
                segments.append(Segment("  ", style("", ground)))
        taken = 2 + sum(size + 2 for size in sizes if size)
        if taken < room:
            segments.append(Segment(" " * (room - taken), style("", ground)))
        return self.line_of(segments, max(taken, room)).adjust_cell_length(room)
