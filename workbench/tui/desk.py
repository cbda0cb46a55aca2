"""What screens and widgets may ask of the app: its look, its words, its keys, the documents of the workspace, and the
boxes that lie over any screen. They know nothing else of it."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.app import App
from textual.dom import DOMNode
from textual.filter import Monochrome, NoColor

from workbench.config.command_line import Given
from workbench.config.commands import Command
from workbench.config.keymap import Keymap, load_keymap
from workbench.config.messages import LANGUAGES, Phrasebook
from workbench.model.record import Verdict
from workbench.tui.drawing.graphics import Graphics
from workbench.tui.drawing.palette import Palette
from workbench.tui.drawing.themes import ALL_THEMES, THEMES
from workbench.tui.memory.arrangement import ArrangementKept
from workbench.tui.memory.line_history import LineHistory
from workbench.tui.memory.visits import Visits, news_of
from workbench.tui.models.queue import QueueEntry, Reading
from workbench.tui.models.workspace import Workspace

if TYPE_CHECKING:
    from workbench.pipeline import Analysis
    from workbench.review import ReviewSession

KEPT_ANALYSES = 200
_REPEATABLE = frozenset({Verdict.SOURCE_ERROR, Verdict.WAIVED, Verdict.DEFERRED})
"""Verdicts that say the same of any finding."""


class Desk(App[int], inherit_bindings=False):
    """The app as its screens see it."""

    def __init__(
        self, workspace: Workspace, *, keymap: Keymap | None = None, language: str = "en", theme: str = "dark"
    ) -> None:
        super().__init__()
        if self.no_color:
            # Greys are colours to a terminal too: what asks for none gets only its own text and ground.
            self._filters = [NoColor() if isinstance(kept, Monochrome) else kept for kept in self._filters]
        self.workspace = workspace
        self.keymap = keymap or load_keymap()
        self.phrases = Phrasebook(language)
        self.theme_choice = theme
        self.graphics = Graphics()
        self.entries: dict[str, QueueEntry] = {}
        self.documents_found = False
        """Whether it is known which documents there are."""
        self.reading_done = False
        self._analyses: dict[str, Analysis] = {}
        self._read_as: dict[str, tuple[int, int]] = {}
        """The time and size of each file when it was read."""
        self._bindings_by_context: dict[str, dict[tuple[str, ...], str]] = {}
        self._palette: Palette | None = None
        self.lines_typed = LineHistory()
        """What was typed on the command line, the last at the end."""
        self.arrangement = ArrangementKept()
        """How the reviewer has arranged the screens."""
        self.visits = Visits()
        """When the reviewer had each document open last."""
        self.last_sought = ""
        """What was searched for last over many documents."""
        self.last_ruling: tuple[Verdict, str] | None = None
        """The verdict that the reviewer gave last on a finding, with its reason."""
        for registered in ALL_THEMES.values():
            self.register_theme(registered)

    @property
    def has_shell(self) -> bool:
        """Whether it was started by a shell that can have the terminal back for a while."""
        return self._driver is not None and self._driver.can_suspend

    # look, words, keys

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
        """Use one of `THEMES`. Where the terminal has no more than its own sixteen colours, those are used: of ours
        only greys would be left, and nothing lit would be seen."""
        self.theme_choice = name
        sixteen = not self.is_headless and self.console.color_system in ("standard", "windows")
        self.theme = ALL_THEMES["ansi" if sixteen or self.no_color else name].name
        self._palette = None
        self.look_changed()

    def next_theme(self) -> None:
        """Use the theme after this one."""
        self.choose_theme(THEMES[(THEMES.index(self.theme_choice) + 1) % len(THEMES)])

    def choose_theme(self, name: str) -> None:
        """Use one of `THEMES`, also in the next run where no setting says otherwise."""
        self.set_theme(name)
        self.arrangement.change(replace(self.arrangement.now, theme=name))

    def next_language(self) -> None:
        """Use the other language of the interface."""
        position = LANGUAGES.index(self.phrases.language)
        self.phrases = Phrasebook(LANGUAGES[(position + 1) % len(LANGUAGES)])
        self.look_changed()

    def look_changed(self) -> None:
        """Theme or language have changed: every screen is drawn anew."""
        raise NotImplementedError

    def bindings_of(self, context: str) -> dict[tuple[str, ...], str]:
        """Key sequence → command for what has the focus."""
        if context not in self._bindings_by_context:
            self._bindings_by_context[context] = self.keymap.resolve(context)
        return self._bindings_by_context[context]

    def use_keymap(self, keymap: Keymap) -> None:
        """Hear other keys from now on."""
        self.keymap = keymap
        self._bindings_by_context.clear()
        self.look_changed()

    # documents

    def remember_ruling(self, verdict: Verdict, note: str) -> None:
        """A ruling on a finding was made: it can be made again on another one."""
        if verdict in _REPEATABLE:
            self.last_ruling = verdict, note

    def complete(self, session: ReviewSession, key: str) -> None:
        """The record of a document was written before the causes of what fails were known: they go into it, and into
        the queue, when they are."""
        raise NotImplementedError

    def look_again(self) -> None:
        """Take in what came, changed or went since the last look, and what others did in the records."""
        raise NotImplementedError

    def update_entry(self, entry: QueueEntry) -> None:
        """A document of the queue has changed."""
        self.entries[entry.key] = entry
        self.entries_changed()

    def with_news(self, entry: QueueEntry) -> QueueEntry:
        """The entry of a document with what is new in it to the reviewer."""
        visit = self.visits.last(entry.key)
        return replace(entry, news=news_of(entry.steps, entry.digest, visit, self.workspace.reviewer))

    def none_waits(self, within: Set[str]) -> str:
        """In words: none of these documents has anything to settle; how many beyond them do, where the list is
        narrowed."""
        beyond = [entry for key, entry in self.entries.items() if key not in within and entry.reading is Reading.READ]
        count = sum(entry.waits for entry in beyond)
        return self.phrases("queue.no_more_here" if count else "queue.no_more_open", count=count)

    def entries_changed(self) -> None:
        """Documents were read or reviewed: the queue is drawn anew."""
        raise NotImplementedError

    def keep_analysis(self, analysis: Analysis) -> None:
        """Keep an analysis for opening; the oldest go when there are many, and are made again when asked for."""
        self._analyses[str(analysis.path)] = analysis
        while len(self._analyses) > KEPT_ANALYSES:
            del self._analyses[next(iter(self._analyses))]

    def analysis_of(self, path: Path) -> Analysis | None:
        """The kept analysis of a document."""
        return self._analyses.get(str(path))

    def forget_analysis(self, path: Path) -> None:
        """The document is another one now."""
        self._analyses.pop(str(path), None)

    def note_read(self, path: Path) -> None:
        """A document is about to be read as it is on the disk now."""
        if stamp := _stamp(path):
            self._read_as[str(path)] = stamp

    def changed_on_disk(self, path: Path) -> bool:
        """Whether a file is there and is not as it was read."""
        stamp = _stamp(path)
        return stamp is not None and self._read_as.get(str(path), stamp) != stamp

    # what lies over any screen

    async def show_help(self, context: str, offers: Sequence[tuple[Command, str]]) -> None:
        """Explain these commands, as they are heard in a context, those first that can be called now,
        until the reviewer has read it."""
        raise NotImplementedError

    async def choose_command(self, offers: Sequence[tuple[Command, str]]) -> str | None:
        """The id of the command that the reviewer chooses; with each offer goes why it cannot be called now, or ""."""
        raise NotImplementedError

    async def ask_command(self, offers: Sequence[tuple[Command, str]]) -> Given | None:
        """The command that the reviewer types, with what was given with it."""
        raise NotImplementedError

    async def ask_text(self, title: str) -> str | None:
        """A line that the reviewer types, None when they leave."""
        raise NotImplementedError

    def set_live(self, text: str) -> str:
        """Change a setting for this run, given as `name value`; gives its name. Raises WorkbenchError."""
        raise NotImplementedError

    async def show_all_keys(self) -> None:
        """Every command of every screen with its keys."""
        raise NotImplementedError

    async def leave(self) -> None:
        """Close the open session and end."""
        raise NotImplementedError


def _stamp(path: Path) -> tuple[int, int] | None:
    """What tells whether a file was changed, None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def desk_of(node: DOMNode) -> Desk:
    """The app that a screen or widget is in."""
    app: App[Any] = node.app
    return cast("Desk", app)
