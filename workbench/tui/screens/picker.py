"""A list to choose from, narrowed by typing: commands, tables, rows, suggestions, forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from workbench.config.commands import COMMANDS, Command
from workbench.errors import nearest
from workbench.model.amount import match_key
from workbench.tui.keys.sequence import key_label
from workbench.tui.screens.base import CommandBox, CommandScreen
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_input import LineInput
from workbench.tui.widgets.line_list import Line, LineList, Piece
from workbench.tui.widgets.list_columns import Column
from workbench.tui.widgets.text_pane import TextPane, paragraph

_WHOLE = 2
"""Lines below the list that say in full what is cut in the line under the cursor."""


class PickerScreen(CommandBox["str | None"], inherit_bindings=False):
    """Gives the key of the chosen line, None when the reviewer leaves. With `digits`, 1–9 choose at once; with `other`,
    what is typed can be chosen too, as the line that it makes of it, below those that have it."""

    CSS = """
    PickerScreen { align: center top; }
    PickerScreen #box { margin-top: 2; }
    PickerScreen Input { margin-bottom: 1; }
    PickerScreen #whole { height: 0; padding: 0 2; }
    """

    base_context = "picker"

    def __init__(
        self,
        title: str,
        lines: Sequence[Line],
        columns: Sequence[Column] = (Column(flexible=1),),
        *,
        digits: bool = False,
        start: str = "",
        typed: str = "",
        other: Callable[[str], Line] | None = None,
    ) -> None:
        super().__init__()
        self._other = other
        self._typed_before = typed
        self._title = title
        self._all = tuple(lines)
        self._columns = tuple(columns)
        self._digits = digits
        self._start_at = start

    @property
    def context(self) -> str:
        return "chooser" if self._digits else self.base_context

    def compose(self) -> ComposeResult:
        with Vertical(id="box"):
            yield Bar(id="heading")
            if not self._digits:
                yield LineInput(self._typed_before)
            yield LineList(id="list", context="picker")
            yield TextPane(id="whole", can_focus=False)
            yield Bar(id="keys")

    def on_mount(self) -> None:
        self.query_one("#heading", Bar).show((Span(self._title, "accent", bold=True),))
        self.lines.can_focus = self._digits
        if self._digits:
            self.set_focus(self.lines)
        else:
            self.set_focus(self.query_one(Input))
        self._show(self._fitting(self._typed_before))
        if self._start_at and not self._typed_before:
            self.lines.go_to_key(self._start_at)
        self.call_after_refresh(self._show_whole)
        self.show_keys()

    @property
    def lines(self) -> LineList:
        """The lines to choose from."""
        return self.query_one("#list", LineList)

    def _height(self) -> int:
        """How many lines of the list are shown at most."""
        return min(max(len(self._all), 1) + 1, max(self.app.size.height * 85 // 100 - 8 - _WHOLE, 4))

    def on_resize(self) -> None:
        """The list fits the terminal as it is now, so that what is below it stays in sight."""
        self.lines.styles.height = self._height()
        self.call_after_refresh(self._show_whole)

    def _show(self, lines: Sequence[Line]) -> None:
        self.lines.styles.height = self._height()
        self.lines.show(lines, columns=self._columns, empty=self.say_in("picker.none"), keep=False)
        self._show_whole()

    def _show_whole(self) -> None:
        """What the list cuts in the line under the cursor; room for it as long as it cuts anything."""
        whole = self.query_one("#whole", TextPane)
        whole.styles.height = _WHOLE if self.lines.cuts else 0
        whole.show([paragraph(self.lines.cut_here, "quiet")])

    @on(LineList.Moved)
    def _line_moved(self) -> None:
        self._show_whole()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(self._fitting(event.value))

    def _fitting(self, typed: str) -> list[Line]:
        """The lines that have what is typed, and what it is itself where it may be chosen and is none of them."""
        wanted = match_key(typed).lower()
        lines = narrowed(self._all, [match_key(word).lower() for word in typed.split()])
        known = any(wanted == match_key(piece.text).lower() for line in lines for piece in line.pieces)
        return lines if self._other is None or not wanted or known else [*lines, self._other(typed.strip())]

    async def on_key(self, event: events.Key) -> None:
        if self._digits and event.character and event.character in "123456789":
            number = int(event.character)
            if number <= len(self._all):
                event.stop()
                self.dismiss(self._all[number - 1].key)
                return
        await super().on_key(event)

    @on(LineList.Chosen)
    def _double_clicked(self) -> None:
        self.action_picker_choose()

    def action_picker_up(self) -> None:
        self.lines.move(rows=-1)

    def action_picker_down(self) -> None:
        self.lines.move(rows=1)

    def action_picker_page_up(self) -> None:
        self.lines.move_page(-1)

    def action_picker_page_down(self) -> None:
        self.lines.move_page(1)

    def action_picker_choose(self) -> None:
        """Nothing is chosen where nothing has what was typed."""
        if self.lines.current is not None:
            self.dismiss(self.lines.current.key)

    def action_picker_cancel(self) -> None:
        self.dismiss(None)


def narrowed(lines: Sequence[Line], words: Sequence[str], *, letters: bool = True) -> list[Line]:
    """The lines that have every word, those where a column begins with the first word before the others; where no
    line has them, the lines that have their `letters` in order."""
    if not words:
        return list(lines)
    texts = [(line, [match_key(piece.text).lower() for piece in line.pieces]) for line in lines]
    found = [(line, parts) for line, parts in texts if all(any(word in part for part in parts) for word in words)]
    if found:
        found.sort(key=lambda item: not any(part.startswith(words[0]) for part in item[1]))
        return [line for line, _ in found]
    return [line for line, parts in texts if _in_order("".join(words), "".join(parts))] if letters else []


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


async def pick(
    screen: CommandScreen[Any],
    title: str,
    lines: Sequence[Line],
    columns: Sequence[Column] = (Column(flexible=1),),
    *,
    digits: bool = False,
    start: str = "",
    shown: PickerScreen | None = None,
    other: Callable[[str], Line] | None = None,
) -> str | None:
    """The key of the line that the reviewer chooses, None when they leave. What was given on the command line chooses
    where it fits one line, and narrows where it fits several. `shown` is a screen of its own for these lines; `other`
    makes a line of what is typed and in none of them."""
    given = screen.take_given()
    if given is not None:
        fitting = _given_lines(lines, given, digits=digits)
        if len(fitting) == 1:
            return fitting[0].key
        if not fitting:
            near = nearest(given, [line.key for line in lines])
            hint = f"  ({', '.join(near)})" if near else ""
            screen.tell(screen.say_in.about(given, screen.say_in("picker.none")) + hint, "suspect")
            return None
    return await screen.app.push_screen_wait(
        shown
        or PickerScreen(
            title, lines, columns, digits=digits, start=start, typed="" if digits else given or "", other=other
        )
    )


def _given_lines(lines: Sequence[Line], given: str, *, digits: bool) -> list[Line]:
    """The lines that an answer typed on the command line means: a number, a whole key or text, else words in it."""
    if digits and given.isdecimal():
        return list(lines[int(given) - 1 : int(given)])
    wanted = match_key(given).lower()
    whole = [
        line
        for line in lines
        if wanted == line.key.lower() or any(wanted == match_key(piece.text).lower() for piece in line.pieces)
    ]
    return whole or narrowed(lines, [match_key(word).lower() for word in given.split()], letters=False)


async def pick_command(screen: CommandScreen[Any], offers: Sequence[tuple[Command, str]]) -> str | None:
    """A command by its words: its keys are shown, and why it is off when it is."""
    say = screen.say_in
    lines = [
        _command_line(screen, candidate, say("picker.off", reason=reason) if reason else "")
        for candidate, reason in offers
    ]
    return await pick(screen, say("picker.commands"), lines, _COMMAND_COLUMNS)


_COMMAND_COLUMNS = (Column(most=26), Column(most=16), Column(flexible=1, least=30), Column(most=22, rank=1))


def _command_line(screen: CommandScreen[Any], candidate: Command, off: str = "") -> Line:
    say = screen.say_in
    keys = " ".join(key_label(key) for key in screen.workbench.keymap.keys(candidate.id))
    words = off or say.of(candidate.help)
    role = "quiet" if off else ""
    return Line(
        candidate.id,
        (
            Piece(say.of(candidate.title), role, bold=not off),
            Piece(keys, "accent"),
            Piece(words, "quiet"),
            Piece(candidate.id, "quiet"),
        ),
    )


async def show_all_keys(screen: CommandScreen[Any]) -> None:
    """Every command of every screen with its keys; typing narrows the list."""
    say = screen.say_in
    lines = []
    for candidate in COMMANDS:
        line = _command_line(screen, candidate)
        lines.append(Line(line.key, (Piece(say(f"scope.{candidate.scope}"), "quiet"), *line.pieces)))
    title = say("picker.keys", keymap=screen.workbench.keymap.name)
    await pick(screen, title, lines, (Column(most=10), *_COMMAND_COLUMNS))


async def confirm(screen: CommandScreen[Any], question: str) -> bool:
    """Whether the reviewer says yes: the first line is no, so that the key that asked never confirms."""
    say = screen.say_in
    lines = [Line("no", (Piece(say("confirm.no")),)), Line("yes", (Piece(say("confirm.yes"), "suspect"),))]
    return await pick(screen, question, lines) == "yes"
