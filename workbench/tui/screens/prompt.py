"""A line to type in, at the bottom of the screen: a search, a filter, a note, a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from workbench.tui.drawing.display import shown
from workbench.tui.screens.base import CommandBox, CommandScreen
from workbench.tui.screens.waiting import Typed
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_input import LineInput


class PromptScreen(CommandBox["str | None"], inherit_bindings=False):
    """Asks for one line of text; None when the reviewer leaves. What is offered may be `replaced` by the first key;
    where it is `needed`, a blank line is no answer."""

    CSS = """
    PromptScreen { align: left bottom; background: transparent; }
    PromptScreen #prompt { height: 3; dock: bottom; background: $wb-selected; }
    PromptScreen #prompt Input { border: none; height: 1; background: $wb-selected; padding: 0 1; }
    PromptScreen #prompt Input:focus { border: none; background-tint: transparent 0%; }
    PromptScreen #prompt Bar { background: $wb-selected; }
    """

    base_context = "edit"

    def __init__(
        self,
        title: str,
        value: str = "",
        live: Callable[[str], None] | None = None,
        *,
        replaced: bool = False,
        needed: bool = False,
    ) -> None:
        super().__init__()
        self._title = title
        self._value = value
        self._live = live
        self._replaced = replaced
        self._needed = needed

    def compose(self) -> ComposeResult:
        with Vertical(id="prompt"):
            yield Bar(id="ask")
            yield LineInput(self._value)
            yield Bar(id="keys")

    def on_mount(self) -> None:
        self._show_question()
        typed = self.query_one(Input)
        self.set_focus(typed)
        if self._replaced:
            typed.select_all()
        self.show_keys()

    def _show_question(self, more: str = "") -> None:
        """The question, and in front of it `more` where that was no answer to it."""
        told = [Span(f" {more}", "suspect", bold=True)] if more else []
        self.query_one("#ask", Bar).show((*told, Span(f" {shown(self._title)}", "accent", bold=True)))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._live is not None:
            self._live(event.value)

    def action_edit_commit(self) -> None:
        typed = self.query_one(Input).value
        if self._needed and not typed.strip():
            self._show_question(self.say_in("prompt.needed"))
        else:
            self.dismiss(typed)

    def action_edit_cancel(self) -> None:
        if self._live is not None:
            self._live(self._value)
        self.dismiss(None)


async def ask(
    screen: CommandScreen[Any],
    title: str,
    value: str = "",
    live: Callable[[str], None] | None = None,
    *,
    replaced: bool = False,
    needed: bool = False,
) -> str | None:
    """What the reviewer types, None when they leave; `live` is told of every change, and what is offered may be
    `replaced` by typing; where it is `needed`, they go on typing or leave. An answer that was given on the command line
    is taken without asking; one that could not be kept is offered again."""
    if (given := screen.take_given()) is not None and (given.strip() or not needed):
        if live is not None:
            live(given)
        return given
    typed = screen.typed
    if typed is not None and typed.refused and typed.question == (title, screen.subject):
        value = typed.text
    answer = await screen.app.push_screen_wait(PromptScreen(title, value, live, replaced=replaced, needed=needed))
    if answer is not None:
        screen.typed = Typed((title, screen.subject), answer)
    return answer
