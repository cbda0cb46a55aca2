"""A screen that is one list: its title, its lines, what there is to say of the current one, the keys."""

from __future__ import annotations

from collections.abc import Set

from textual.app import ComposeResult
from textual.timer import Timer

from workbench.tui.screens.base import CommandScreen
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.which_key import WhichKey


class ListScreen(CommandScreen[None]):
    """A list that grows while documents come in, and whose lines can be marked for a command on all of them."""

    redraw_every = 0.1
    """Seconds from one drawing to the next: documents come in bursts."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: set[str] = set()
        """The keys of the marked lines."""
        self._redraw_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield LineList(id="list", context=self.base_context)
        yield Bar(id="status")
        yield Bar(id="keys")
        yield WhichKey()

    def on_mount(self) -> None:
        self.set_focus(self.lines)
        self.redraw()

    @property
    def lines(self) -> LineList:
        """The list."""
        return self.query_one("#list", LineList)

    # drawing

    def redraw_soon(self) -> None:
        """Draw what has come in, once for all that comes meanwhile."""
        if self._redraw_timer is None and self.is_mounted:
            self._redraw_timer = self.set_timer(self.redraw_every, self._redraw_now)

    def _redraw_now(self) -> None:
        self._redraw_timer = None
        if self.is_current:
            self.redraw()

    def on_screen_resume(self) -> None:
        self.redraw()

    def marked_spans(self) -> list[Span]:
        """How many lines are marked, for the title."""
        if not self.marked:
            return []
        return [Span(self.say_in("group.selected", count=len(self.marked)) + "  ", "accent", bold=True)]

    # marking

    def mark_current(self) -> None:
        """Mark the line under the cursor, or no longer, and go on to the next."""
        line = self.lines.current
        if line is not None:
            self.marked ^= {line.key}
            self.redraw()
            self.lines.move(rows=1)

    def mark_all(self, keys: Set[str]) -> None:
        """Mark these lines, or none where they are all that is marked."""
        self.marked = set() if self.marked == keys else set(keys)
        self.redraw()
