"""Waiting for something slow, which the reviewer may leave: Esc waits no longer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from textual.screen import Screen, ScreenResultType

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a reviewer answered last, to which question about what; `refused` where what was done with it failed."""

    question: tuple[str, object]
    text: str
    refused: bool = False


class Waiting(Screen[ScreenResultType], inherit_bindings=False):
    """A screen with something under way."""

    _leave: Callable[[], None] | None = None
    typed: Typed | None = None
    """What was typed for the command that is under way, or for the one before it."""

    async def _message_loop_exit(self) -> None:
        """What is under way for a screen ends before its panes go: it would find nothing to draw on."""
        self.workers.cancel_node(self)
        await super()._message_loop_exit()

    @property
    def subject(self) -> object:
        """What a question that is asked now is about."""
        return None

    def leave_under_way(self) -> bool:
        """Wait no longer for what is under way; False where that cannot be left."""
        if self._leave is None:
            return False
        self._leave()
        return True

    def on_leave(self, call: Callable[[], None] | None) -> None:
        """What is called when the reviewer waits no longer for what is under way now; None: it cannot be left."""
        self._leave = call

    async def unless_left(self, call: Callable[[], _T], *, undo: Callable[[_T], object]) -> _T | None:
        """What a slow call gives, away from the screen; None where the reviewer waits no longer,
        and what it gives in the end is undone then."""
        return await self.awaited_unless_left(asyncio.to_thread(call), undo=undo)

    async def awaited_unless_left(self, result: Awaitable[_T], *, undo: Callable[[_T], object]) -> _T | None:
        """The same for something that is under way already."""
        under_way = asyncio.ensure_future(result)
        left = asyncio.Event()
        self._leave = left.set
        waiting = asyncio.ensure_future(left.wait())
        try:
            await asyncio.wait((under_way, waiting), return_when=asyncio.FIRST_COMPLETED)
            if under_way.done():
                return under_way.result()
        finally:
            self._leave = None
            waiting.cancel()
        under_way.add_done_callback(lambda done: done.exception() is None and undo(done.result()))
        return None
