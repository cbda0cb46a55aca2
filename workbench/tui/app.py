"""The app: documents in, screens up, one theme, one language, one keymap. State lives in sessions and the queue.

What reads and checks documents is imported by the worker that needs it, so that the first frame does not wait for it.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import App
from textual.worker import get_current_worker

from workbench.config.keymap import Keymap, load_keymap
from workbench.config.messages import LANGUAGES, Phrasebook
from workbench.config.settings import Settings
from workbench.tui.display import set_ambiguous_width
from workbench.tui.events import DocumentFailed, DocumentRead, DocumentsFound, ReadingDone
from workbench.tui.graphics import Graphics, graphics_for
from workbench.tui.palette import Palette
from workbench.tui.queue_model import QueueEntry, Reading, entry_of
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.queue import QueueScreen
from workbench.tui.themes import ALL_THEMES, THEMES
from workbench.tui.tidying import Tidying
from workbench.tui.workspace import FolderWorkspace, Workspace

if TYPE_CHECKING:
    from workbench.pipeline import Analysis

_KEPT_ANALYSES = 200
_TIDY_EVERY = 0.5
_GRACE = 5.0
"""Seconds after a signal in which the app ends in order, before it ends at once."""


class WorkbenchApp(App[int], inherit_bindings=False):
    """The terminal app over one workspace."""

    ENABLE_COMMAND_PALETTE = False
    CSS_PATH = Path(__file__).parent / "styles" / "app.tcss"
    TITLE = "workbench"

    def __init__(
        self,
        workspace: Workspace,
        *,
        keymap: Keymap | None = None,
        language: str = "en",
        theme: str = "dark",
    ) -> None:
        super().__init__()
        self.workspace = workspace
        self.keymap = keymap or load_keymap()
        self.phrases = Phrasebook(language)
        self.theme_choice = theme
        self.graphics = Graphics()
        self.entries: dict[str, QueueEntry] = {}
        self.reading_done = False
        self._analyses: dict[str, Analysis] = {}
        self._bindings_by_context: dict[str, dict[tuple[str, ...], str]] = {}
        self._palette: Palette | None = None
        self._exit_code = 0
        self._tidying = Tidying()
        for registered in ALL_THEMES.values():
            self.register_theme(registered)

    # look and words

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colour roles, for themes that do not define them."""
        return dict(ALL_THEMES["dark"].variables)

    @property
    def palette(self) -> Palette:
        """The styles of the theme in use."""
        if self._palette is None:
            plain = self.no_color or self.current_theme.ansi
            self._palette = Palette(self.theme_variables, plain=plain)
        return self._palette

    def set_theme(self, name: str) -> None:
        """Use one of `THEMES`."""
        self.theme_choice = name
        self.theme = ALL_THEMES[name].name
        self._palette = None
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen):
                screen.look_changed()

    def next_theme(self) -> None:
        """Use the theme after this one."""
        self.set_theme(THEMES[(THEMES.index(self.theme_choice) + 1) % len(THEMES)])

    def next_language(self) -> None:
        """Use the other language of the interface."""
        position = LANGUAGES.index(self.phrases.language)
        self.phrases = Phrasebook(LANGUAGES[(position + 1) % len(LANGUAGES)])
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen):
                screen.look_changed()

    def bindings_of(self, context: str) -> dict[tuple[str, ...], str]:
        """Key sequence → command for what has the focus."""
        if context not in self._bindings_by_context:
            self._bindings_by_context[context] = self.keymap.resolve(context)
        return self._bindings_by_context[context]

    # life

    def on_mount(self) -> None:
        """Show the queue and begin to read."""
        self.set_theme(self.theme_choice)
        self._catch_signals()
        self._tidying.begin()
        self.set_interval(_TIDY_EVERY, self._tidying.tidy)
        self.push_screen(QueueScreen())
        self.read_documents()

    def on_unmount(self) -> None:
        """Leave the process as it was."""
        self._tidying.end()

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody works, then go on as always."""
        if isinstance(event, events.InputEvent):
            self._tidying.key_pressed()
        await super().on_event(event)

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
        self.run_worker(self.leave(), exclusive=False)

    async def leave(self) -> None:
        """Close the open session and end."""
        for screen in self.screen_stack:
            if isinstance(screen, CommandScreen):
                await screen.close_session()
        self.exit(self._exit_code)

    # documents

    @work(thread=True, group="reading", exclusive=True, exit_on_error=True)
    def read_documents(self) -> None:
        """Read every document of the workspace, posting each as it is done."""
        from workbench.pipeline import Failure

        worker = get_current_worker()
        paths, problems = self.workspace.find()
        self.post_message(DocumentsFound(tuple(paths), tuple(problems)))
        for outcome in self.workspace.read(paths):
            if worker.is_cancelled:
                return
            if isinstance(outcome, Failure):
                self.post_message(DocumentFailed(outcome.path, outcome.error))
            else:
                entry = self.workspace.with_record(entry_of(outcome), outcome)
                self.post_message(DocumentRead(outcome, entry))
        self.post_message(ReadingDone())

    @on(DocumentsFound)
    def _documents_found(self, event: DocumentsFound) -> None:
        self.entries = {str(path): QueueEntry(path) for path in event.paths}
        for problem in event.problems:
            path = Path(getattr(problem, "path", "?"))
            self.entries[str(path)] = QueueEntry(path, Reading.FAILED, problem=str(problem))
        self._entries_changed()

    @on(DocumentRead)
    def _document_read(self, event: DocumentRead) -> None:
        analysis = event.analysis
        container = str(analysis.path).rpartition("!")[0]
        if container in self.entries and str(analysis.path) not in self.entries:
            del self.entries[container]
        self.keep_analysis(analysis)
        self.entries[str(analysis.path)] = event.entry
        self._entries_changed()

    @on(DocumentFailed)
    def _document_failed(self, event: DocumentFailed) -> None:
        entry = self.entries.get(str(event.path), QueueEntry(event.path))
        self.entries[str(event.path)] = replace(entry, reading=Reading.FAILED, problem=str(event.error))
        self._entries_changed()

    @on(ReadingDone)
    def _reading_done(self) -> None:
        self.reading_done = True
        self._entries_changed()

    def update_entry(self, entry: QueueEntry) -> None:
        """A document of the queue has changed."""
        self.entries[entry.key] = entry
        self._entries_changed()

    def _entries_changed(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, QueueScreen):
                screen.entries_changed()

    def keep_analysis(self, analysis: Analysis) -> None:
        """Keep an analysis for opening; the oldest go when there are many, and are made again when asked for."""
        self._analyses[str(analysis.path)] = analysis
        self._tidying.kept()
        while len(self._analyses) > _KEPT_ANALYSES:
            del self._analyses[next(iter(self._analyses))]

    def analysis_of(self, path: Path) -> Analysis | None:
        """The kept analysis of a document."""
        return self._analyses.get(str(path))


def run(paths: Sequence[Path], settings: Settings, *, source: Path | None = None) -> int:
    """Open the app on documents and folders; returns the exit code.

    Raises InvalidFileError for a keymap with problems, UnknownNameError for one that does not exist.
    """
    set_ambiguous_width(settings.ambiguous_width)
    workspace = FolderWorkspace(tuple(paths), settings, source)
    app = WorkbenchApp(
        workspace,
        keymap=load_keymap(settings.keymap),
        language=settings.interface_language,
        theme=settings.theme,
    )
    app.graphics = graphics_for(settings.page_image)
    return app.run() or 0
