"""Driving the app by keys and reading its screen as text."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from tests.tui.made_up import MadeUpWorkspace
from workbench.config.keymap import Keymap
from workbench.pipeline import Analysis, Failure
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.queue import QueueScreen
from workbench.tui.screens.review.screen import ReviewScreen

PATIENCE = 60.0
"""Seconds that something may take on the busiest machine before a test gives up; on any other it comes at once."""


@dataclass
class Driver:
    """An app under test."""

    app: WorkbenchApp
    pilot: Pilot[int]

    async def settle(self) -> None:
        """Until every key has had its effect and the screen shows it, or the app ends."""
        end = time.monotonic() + PATIENCE
        while True:
            await self.pilot.pause()
            if self.app._exit:
                return
            await asyncio.sleep(0)
            top = cast("CommandScreen[object]", self.app.screen)
            heard = not self.app._typed_ahead.waits(self.app.screen)
            if heard and getattr(top, "document_shown", True) and not top._busy and self.explained:
                return
            assert time.monotonic() < end, f"the screen does not come to rest:\n{self.text}"
            await asyncio.sleep(0.005)

    async def until(self, seen: Callable[[], object]) -> None:
        """Until something is seen that comes of itself."""
        end = time.monotonic() + PATIENCE
        while not seen():
            assert time.monotonic() < end, f"it does not come:\n{self.text}"
            await self.pilot.pause(0.01)

    async def until_drawn(self) -> None:
        """Until the list on top shows all that came in."""
        await self.until(lambda: getattr(self.app.screen, "_redraw_timer", None) is None)
        await self.settle()

    async def press(self, *keys: str) -> None:
        """Press keys one after another, each with its effect."""
        for key in keys:
            await self.pilot.press(pilot_key(key))
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text into the focused input, as fast as a terminal hands it over."""
        for character in text:
            self.app.post_message(events.Key(_character_to_key(character), character))
        await self.settle()

    @property
    def explained(self) -> bool:
        """Whether the causes of the last step are known and drawn."""
        return all(
            not screen.document_shown or (screen.state.explained and screen.drawn is screen.state)
            for screen in self.app.screen_stack
            if isinstance(screen, ReviewScreen)
        )

    @property
    def queue(self) -> QueueScreen:
        return cast("QueueScreen", self.app.screen_stack[1])

    @property
    def review(self) -> ReviewScreen:
        return next(screen for screen in self.app.screen_stack if isinstance(screen, ReviewScreen))

    @property
    def lines(self) -> list[str]:
        """The screen as text, a string a line."""
        strips = self.app.screen._compositor.render_strips(self.app.size)
        return ["".join(segment.text for segment in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def status(self) -> str:
        return self.lines[-2]

    @property
    def keys(self) -> str:
        return self.lines[-1]


NAMES = {" ": "space"}


def pilot_key(key: str) -> str:
    """A key of a keymap as the pilot wants it."""
    modifiers, plus, base = key.rpartition("+") if len(key) > 1 else ("", "", key)
    if plus and len(base) == 1 and not base.isalnum():
        return f"{modifiers}+{_character_to_key(base)}"
    return NAMES.get(key, key)


@asynccontextmanager
async def running(
    analyses: list[Analysis],
    records: Path,
    *,
    size: tuple[int, int] = (120, 40),
    failures: list[Failure] | None = None,
    keymap: Keymap | None = None,
    language: str = "en",
    theme: str = "dark",
) -> AsyncIterator[Driver]:
    """The app on these documents, when all of them are in the queue."""
    workspace = MadeUpWorkspace(analyses, records, failures or [])
    async with started(WorkbenchApp(workspace, keymap=keymap, language=language, theme=theme), size=size) as driver:
        yield driver


@asynccontextmanager
async def started(app: WorkbenchApp, *, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
    """This app, when all documents of its workspace are in the queue."""
    app.animation_level = "none"
    async with app.run_test(size=size) as pilot:
        driver = Driver(app, pilot)
        await driver.until(lambda: app.reading_done)
        await driver.until(lambda: driver.queue._redraw_timer is None)
        await driver.settle()
        yield driver
