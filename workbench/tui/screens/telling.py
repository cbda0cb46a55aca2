"""What a screen says on its status line: what was just done, what is under way, else how things stand.

What went wrong, and why something cannot be done, is never cut while there is room: it goes on over the line of keys.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.css.query import NoMatches
from textual.screen import ScreenResultType
from textual.timer import Timer

from workbench.config.refusals import refusal
from workbench.tui.desk import desk_of
from workbench.tui.drawing.display import shown, width, wrap
from workbench.tui.screens.waiting import Waiting
from workbench.tui.widgets.bar import Bar, Span

_WONDER_AFTER = 0.15
_STICKY = frozenset({"failing", "suspect"})


class Telling(Waiting[ScreenResultType], inherit_bindings=False):
    """A screen with a status line."""

    def __init__(self) -> None:
        super().__init__()
        self._transient: Span | None = None
        self._wondering: Timer | None = None
        self._told_on: Span | None = None
        """What of the words that were told does not fit on the status line."""

    def tell(self, text: str, role: str = "") -> None:
        """Say something on the status line until the next command."""
        self._stop_wondering()
        self._transient = Span(f" {text}", role, bold=role in _STICKY) if text else None
        self.show_status()

    def tell_refusal(self, error: Exception, role: str = "failing") -> None:
        """Say why something could not be done."""
        self.tell(refusal(error, desk_of(self).phrases.language), role)

    def nothing_to_tell(self) -> None:
        """What was said last is of no use any more; the next drawing says something else."""
        self._stop_wondering()
        self._transient = None

    def tell_soon(self, text: str) -> None:
        """Say what is under way, if it still is when a person would begin to wonder."""
        self._stop_wondering()
        self._wondering = self.set_timer(_WONDER_AFTER, lambda: self.tell(text, "quiet"))

    def _stop_wondering(self) -> None:
        if self._wondering is not None:
            self._wondering.stop()
            self._wondering = None

    def show_status(self) -> None:
        """Draw the status line: what was just said, else `status_spans`."""
        bar = self._bar("#status")
        if bar is not None:
            left, right = self.status_spans()
            told, rest = self._transient, None
            if told is not None:
                # What went wrong, and what then fits whole, goes before what stands there anyway.
                size, room = width(shown(told.text)), self.size.width - 1
                beside = room - sum(width(shown(span.text)) for span in right)
                if size > room and told.role in _STICKY:
                    first, *more = wrap(shown(told.text), room)
                    rest = Span(f" {' '.join(more)}", told.role, told.bold)
                    told = Span(first, told.role, told.bold)
                left, right = (told,), () if size > beside and (size <= room or told.role in _STICKY) else right
            bar.show(left, right)
            if rest != self._told_on:
                self._told_on = rest
                self.show_keys()

    def show_keys(self) -> None:
        """Draw the line below the status line: what is told on there, else the keys."""

    def _bar(self, name: str) -> Bar | None:
        try:
            return self.query_one(name, Bar)
        except NoMatches:
            return None

    def status_spans(self) -> tuple[Sequence[Span], Sequence[Span]]:
        """What the status line says, left and right."""
        return (), ()
