"""The app: documents in, screens up, one theme, one language, one keymap. State lives in sessions and the queue.

What reads and checks documents is imported by the worker that needs it, so that the first frame does not wait for it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from rich.text import Text
from textual import events, on, work
from textual.message import Message
from textual.messages import CloseMessages
from textual.screen import Screen
from textual.worker import Worker, WorkerError

from workbench.config.command_line import Given
from workbench.config.commands import Command
from workbench.config.keymap import Keymap, load_keymap
from workbench.config.settings import Settings
from workbench.errors import ExitCode, WorkbenchError
from workbench.tui.away import away
from workbench.tui.collecting import Collecting
from workbench.tui.drawing.display import set_ambiguous_width, shown
from workbench.tui.drawing.graphics import graphics_for
from workbench.tui.drawing.scroll_bars import fit_scroll_bars
from workbench.tui.events import ReadingDone
from workbench.tui.keys.sequence import key_label
from workbench.tui.live_settings import set_live
from workbench.tui.memory.arrangement import ArrangementKept
from workbench.tui.memory.line_history import LineHistory, state_folder
from workbench.tui.memory.visits import Visits, visits_file
from workbench.tui.models.queue import Reading, reviewed_entry
from workbench.tui.models.workspace import FolderWorkspace, Workspace
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.command_line import ask_command
from workbench.tui.screens.picker import pick_command, show_all_keys
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.queue import QueueScreen

if TYPE_CHECKING:
    from workbench.review import ReviewSession

_LONGEST_FAULT = 300
_GRACE = 5.0
"""Seconds after a signal in which the app ends in order, before it ends at once."""


class WorkbenchApp(Collecting, inherit_bindings=False):
    """The terminal app over one workspace."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = Path(__file__).parent / "styles" / "app.tcss"
    TITLE = "workbench"

    def __init__(
        self, workspace: Workspace, *, keymap: Keymap | None = None, language: str = "en", theme: str = "dark"
    ) -> None:
        super().__init__(workspace, keymap=keymap, language=language, theme=theme)
        self._exit_code = 0
        self._completing = asyncio.Lock()
        self._leaving = False
        self.opens_at_once = False
        """Whether the one document that was named is opened as soon as it is read."""
        self.fault = ""
        """What was wrong with the program itself when it had to end, "" while nothing is."""

    # life

    def on_mount(self) -> None:
        """Show the queue and begin to read."""
        self.set_theme(self.theme_choice)
        self._catch_signals()
        self._tidying.begin()
        self.app_resume_signal.subscribe(self, self._paint_anew)
        self.push_screen(QueueScreen())
        self.read_documents()

    @on(ReadingDone)
    def _open_what_was_named(self) -> None:
        """Whoever named one file wants to review it; whoever typed something meanwhile knows where to go."""
        opens, self.opens_at_once = self.opens_at_once, False
        queue, found = self.screen, list(self.entries.values())
        alone = len(found) == 1 and found[0].reading is Reading.READ
        if opens and alone and isinstance(queue, QueueScreen) and not self.anything_typed:
            queue.redraw()
            queue.run_command("queue.open")

    def on_unmount(self) -> None:
        """Leave the process as it was."""
        self._tidying.end()

    async def _dispatch_message(self, message: Message) -> None:
        """Nothing is heard any more once the app ends, but what ends it: news of documents, keys and timers that come
        then would find no screen."""
        if self.is_running or isinstance(message, events.Unmount | CloseMessages):
            await super()._dispatch_message(message)

    def _paint_anew(self, _app: object) -> None:
        """The terminal is ours again, after the shell had it, and shows nothing."""
        self.refresh(layout=True)

    def _catch_signals(self) -> None:
        """End in order when the terminal or the system asks: the terminal is restored, locks are given back."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._stop_for_signal, number)

    def _stop_for_signal(self, number: int) -> None:
        self._exit_code = 128 + number
        # A terminal that is gone can hold up the last writes for ever; every step is in the journal already.
        last_resort = threading.Timer(_GRACE, os._exit, (self._exit_code,))
        last_resort.daemon = True
        last_resort.start()
        self.run_worker(self.leave(at_once=True), exclusive=False)

    async def leave(self, *, at_once: bool = False) -> None:
        """Close the open session and end, once what is being exported is written; asked again,
        or `at_once`, without."""
        exports = [worker for worker in self.workers if worker.group == "export" and not worker.is_finished]
        if exports and not at_once and not self._leaving:
            self._leaving = True
            key = key_label((self.keymap.keys("app.quit") or ("",))[0])
            self._top.tell(self.phrases("export.before_leaving", key=key), "suspect")
            # Keys are heard meanwhile.
            self.run_worker(self._leave_after(exports), group="leaving")
            return
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen):
                await screen.close_session()
        self.exit(self._exit_code)

    async def _leave_after(self, exports: list[Worker[Any]]) -> None:
        with suppress(WorkerError):
            await self.workers.wait_for_complete(exports)
        await self.leave(at_once=True)

    def complete(self, session: ReviewSession, key: str) -> None:
        """The causes of what fails go into a record, and into the queue, when they are known; of one document after
        another, while the reviewer goes on with others. Leaving the app waits for none."""
        self._complete(session, key)

    @work(group="completing", exit_on_error=False)
    async def _complete(self, session: ReviewSession, key: str) -> None:
        async with self._completing:
            # What cannot be written is written when the document is reviewed again; all that was done is on the disk.
            with suppress(WorkbenchError):
                await away(session.complete)
        entry, state = self.entries.get(key), session.state
        if entry is not None and entry.steps == tuple((action.at, action.by) for action in state.record.actions):
            self.update_entry(reviewed_entry(entry, state))

    def _fatal_error(self) -> None:
        """Say in a few lines what a reviewer needs to know when the program itself is wrong; the whole of it, with what
        stood in the documents, would fill hundreds of screens."""
        error = sys.exc_info()[1] or self._exception
        error = getattr(error, "error", error)
        at = traceback.extract_tb(error.__traceback__)[-3:] if error is not None else []
        where = "".join(f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(at))
        self.fault = f"{type(error).__name__}: {error}"[:_LONGEST_FAULT] + where
        self.bell()
        self._exit_renderables.append(
            Text(self.phrases("app.fault") + "\n" + "\n".join(map(shown, self.fault.splitlines())))
        )
        self._close_messages_no_wait()

    def entries_changed(self) -> None:
        """Documents were read or reviewed: the queue is drawn anew."""
        for screen in self.screen_stack:
            if isinstance(screen, QueueScreen):
                screen.redraw_soon()

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        """The screens that are seen behind the one on top. Behind one that hides them Textual draws the next one none
        the less, and all of the top whenever that changes."""
        return [] if self.screen.styles.background.a == 1 else super()._background_screens

    # what lies over any screen

    def look_changed(self) -> None:
        """Theme or language have changed: every screen is drawn anew."""
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen):
                screen.look_changed()

    @property
    def _top(self) -> CommandScreen[Any]:
        return cast("CommandScreen[Any]", self.screen)

    async def show_help(self, context: str, offers: Sequence[tuple[Command, str]]) -> None:
        """Explain these commands, as they are heard in a context, until the reviewer has read it."""
        from workbench.tui.screens.help import HelpScreen

        helping = HelpScreen(context, offers)
        await self.push_screen_wait(helping)
        if helping.search_asked:
            self._top.run_command("app.palette")

    async def choose_command(self, offers: Sequence[tuple[Command, str]]) -> str | None:
        """The id of the command that the reviewer chooses; with each offer goes why it cannot be called now, or ""."""
        return await pick_command(self._top, offers)

    async def ask_command(self, offers: Sequence[tuple[Command, str]]) -> Given | None:
        """The command that the reviewer types, with what was given with it."""
        return await ask_command(self._top, offers, self.lines_typed)

    async def ask_text(self, title: str) -> str | None:
        """A line that the reviewer types, None when they leave."""
        return await ask(self._top, title)

    def set_live(self, text: str) -> str:
        """Change a setting for this run, given as `name value`; gives its name. Raises WorkbenchError."""
        return set_live(self, text)

    async def show_all_keys(self) -> None:
        """Every command of every screen with its keys."""
        await show_all_keys(self._top)


def run(paths: Sequence[Path], settings: Settings, *, source: Path | None = None) -> int:
    """Open the app on documents and folders; returns the exit code.

    Raises InvalidFileError for a keymap with problems, UnknownNameError for one that does not exist.
    """
    set_ambiguous_width(settings.ambiguous_width)
    fit_scroll_bars(settings.ambiguous_width)
    workspace = FolderWorkspace(tuple(paths), settings, source)
    arrangement = ArrangementKept(state_folder() / "arrangement.json")
    app = WorkbenchApp(
        workspace,
        keymap=load_keymap(settings.keymap),
        language=settings.interface_language,
        theme=arrangement.now.theme if settings.theme == "auto" else settings.theme,
    )
    app.opens_at_once = len(paths) == 1 and paths[0].is_file()
    app.graphics = graphics_for(settings.page_image)
    app.lines_typed = LineHistory(state_folder() / "lines_typed")
    app.arrangement = arrangement
    app.visits = Visits(visits_file(state_folder(), Path(settings.records), settings.reviewer_name))
    return app.run() or (ExitCode.FAULT if app.fault else 0)
