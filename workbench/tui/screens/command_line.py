"""The command line at the foot of the screen: a name typed with what the command asks for, completed and remembered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from workbench.config.command_line import CommandLineError, Given, completions, read_line
from workbench.config.commands import Command
from workbench.config.messages import LANGUAGES
from workbench.model.record import ReviewStatus
from workbench.model.table import Form
from workbench.tui.drawing.display import shown
from workbench.tui.drawing.themes import THEMES
from workbench.tui.live_settings import setting_choices
from workbench.tui.memory.line_history import LineHistory
from workbench.tui.models.narrowing import FACETS
from workbench.tui.screens.base import CommandBox, CommandScreen
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_input import LineInput
from workbench.tui.widgets.line_list import Line, LineList, Piece
from workbench.tui.widgets.list_columns import Column

_MOST_LINES = 7

_CHOICES: dict[str, Callable[[], Sequence[str]]] = {
    "form": lambda: [form.value for form in Form],
    "status": lambda: [status.value for status in ReviewStatus],
    "theme": lambda: THEMES,
    "language": lambda: LANGUAGES,
    "setting": setting_choices,
    "filter": lambda: [f"{facet}:" for facet in FACETS],
}


class CommandLineScreen(CommandBox["Given | None"], inherit_bindings=False):
    """Asks for a command with its argument; an error is said in the line, which stays."""

    CSS = """
    CommandLineScreen { align: left bottom; background: transparent; }
    CommandLineScreen #line { height: auto; dock: bottom; background: $wb-selected; }
    CommandLineScreen Input { border: none; height: 1; background: $wb-selected; padding: 0 1; }
    CommandLineScreen Input:focus { border: none; background-tint: transparent 0%; }
    CommandLineScreen Bar, CommandLineScreen LineList { background: $wb-selected; }
    """

    base_context = "line"

    def __init__(self, offers: Sequence[tuple[Command, str]], history: LineHistory) -> None:
        super().__init__()
        self._offered = [offered for offered, _ in offers]
        self._off = {offered.id: reason for offered, reason in offers if reason}
        self._history = history
        self._at = len(history.lines)
        self._typed = ""
        self._completed: list[str] = []
        self._completing = -1

    @property
    def context(self) -> str:
        return self.base_context

    def compose(self) -> ComposeResult:
        with Vertical(id="line"):
            yield LineList(id="list", context="line")
            yield Bar(id="ask")
            yield LineInput()
            yield Bar(id="keys")

    def on_mount(self) -> None:
        self.lines.can_focus = False
        self.set_focus(self.query_one(Input))
        self.show_keys()
        self._offer("")

    @property
    def lines(self) -> LineList:
        """What the line can become."""
        return self.query_one("#list", LineList)

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    # what is offered

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._completing >= 0 and event.value == self._completed[self._completing]:
            return
        self._completing = -1
        self._offer(event.value)

    def _offer(self, text: str) -> None:
        self._say(":", "accent")
        found = self._begun(text)
        choices = _CHOICES.get(found.argument, tuple)() if found is not None else ()
        self._completed = completions(text, self._offered, choices)
        lines = [self._line(line) for line in self._completed]
        if found is not None and not self._completed:
            lines = [self._line(found.id)]
        self.lines.styles.height = min(max(len(lines), 1), _MOST_LINES)
        columns = (Column(most=34), Column(most=14), Column(flexible=1, least=16))
        self.lines.show(lines, columns=columns, empty=self.say_in("picker.none"), keep=False)

    def _begun(self, text: str) -> Command | None:
        """The command whose argument is being typed."""
        if " " not in text.lstrip():
            return None
        try:
            return read_line(text, self._offered).command
        except CommandLineError:
            return None

    def _line(self, line: str) -> Line:
        say = self.say_in
        try:
            found = read_line(line, self._offered)
        except CommandLineError:
            return Line(line, (Piece(line), Piece(""), Piece("")))
        kind = found.command.argument
        off = self._off.get(found.command.id, "")
        words = say("picker.off", reason=off) if off else say.of(found.command.help)
        asked = f"<{say(f'argument.{kind}')}>" if kind and not found.argument else ""
        title = say.of(found.command.title)
        name = line if found.argument or line == title else f"{line}  {title}"
        return Line(
            line, (Piece(name, "quiet" if off else "", bold=not off), Piece(asked, "accent"), Piece(words, "quiet"))
        )

    def _say(self, text: str, role: str) -> None:
        self.query_one("#ask", Bar).show((Span(f" {shown(text)}", role, bold=True),))

    def _put(self, text: str) -> None:
        self._input.value = text
        self._input.cursor_position = len(text)

    # commands

    def action_line_run(self) -> None:
        text = self._input.value
        if not text.strip():
            self.dismiss(None)
            return
        try:
            given = read_line(text, self._offered)
        except CommandLineError as error:
            self._say(self.say_in.of(error.words), "failing")
            return
        if reason := self._off.get(given.command.id):
            self._say(self.say_in.about(self.say_in.of(given.command.title), reason), "suspect")
            return
        self._history.add(text)
        self.dismiss(given)

    def action_line_complete(self) -> None:
        if not self._completed:
            return
        if len(self._completed) == 1 and self._completing < 0:
            only = self._completed[0]
            given = read_line(only, self._offered)
            self._put(only + (" " if given.command.argument and not given.argument else ""))
            return
        self._completing = (self._completing + 1) % len(self._completed)
        self.lines.go_to(self._completing)
        self._put(self._completed[self._completing])

    @on(LineList.Chosen)
    def _double_clicked(self) -> None:
        line = self.lines.current
        if line is not None:
            self._put(line.key)

    def _recall(self, step: int) -> None:
        if not 0 <= self._at + step <= len(self._history.lines):
            return
        if self._at == len(self._history.lines):
            self._typed = self._input.value
        self._at += step
        self._put(self._history.lines[self._at] if self._at < len(self._history.lines) else self._typed)

    def action_line_earlier(self) -> None:
        self._recall(-1)

    def action_line_later(self) -> None:
        self._recall(1)

    def action_line_cancel(self) -> None:
        self.dismiss(None)


async def ask_command(
    screen: CommandScreen[Any], offers: Sequence[tuple[Command, str]], history: LineHistory
) -> Given | None:
    """The command that the reviewer types, None when they leave."""
    return await screen.app.push_screen_wait(CommandLineScreen(offers, history))
