"""The commands that every screen has: moving in the pane that has the focus, help, settings, export, the way out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path

from textual.screen import ModalScreen, ScreenResultType

from workbench.config.refusals import refusal
from workbench.errors import WorkbenchError
from workbench.tui.screens.commanding import Commanding
from workbench.tui.widgets.pane import Pane


class CommandScreen(Commanding[ScreenResultType], inherit_bindings=False):
    """A screen with the commands that are heard everywhere."""

    # what every screen can do

    def _pane(self) -> Pane | None:
        return self.focused if isinstance(self.focused, Pane) else None

    def _move(self, rows: int = 0, columns: int = 0) -> None:
        if pane := self._pane():
            pane.move(rows, columns)

    def action_cursor_up(self) -> None:
        self._move(rows=-1)

    def action_cursor_down(self) -> None:
        self._move(rows=1)

    def action_cursor_left(self) -> None:
        self._move(columns=-1)

    def action_cursor_right(self) -> None:
        self._move(columns=1)

    def _page(self, direction: int, *, half: bool = False) -> None:
        if pane := self._pane():
            pane.move_page(direction, half=half)

    def action_cursor_page_up(self) -> None:
        self._page(-1)

    def action_cursor_page_down(self) -> None:
        self._page(1)

    def action_cursor_half_up(self) -> None:
        self._page(-1, half=True)

    def action_cursor_half_down(self) -> None:
        self._page(1, half=True)

    def _edge(self, edge: str) -> None:
        if pane := self._pane():
            pane.move_to_edge(edge)

    def action_cursor_top(self) -> None:
        self._edge("top")

    def action_cursor_bottom(self) -> None:
        self._edge("bottom")

    def action_cursor_row_start(self) -> None:
        self._edge("start")

    def action_cursor_row_end(self) -> None:
        self._edge("end")

    async def action_app_help(self) -> None:
        await self.workbench.show_help(self.context, [(c, self.why_not(c.id)) for c in self.available()])

    async def action_app_palette(self) -> None:
        offers = [(c, self.why_not(c.id)) for c in self.available() if c.id != "app.palette"]
        chosen = await self.workbench.choose_command(offers)
        if chosen:
            self._waiting.append(chosen)

    async def action_app_keys(self) -> None:
        await self.workbench.show_all_keys()

    async def action_app_line(self) -> None:
        offers = [(c, self.why_not(c.id)) for c in self.available() if c.id != "app.line"]
        typed = await self.workbench.ask_command(offers)
        if typed is None:
            return
        self._given = typed.argument or None
        try:
            result = self._start(typed.command.id)
            if result is not None:
                await result
        finally:
            self._given = None

    def take_given(self) -> str | None:
        """What was given on the command line in answer to the next question, once; None where it has to be asked."""
        given, self._given = self._given, None
        return given

    def action_app_theme(self) -> None:
        if given := self.take_given():
            self._set(f"theme {given}")
        else:
            self.workbench.next_theme()
            self.tell(self.say_in("app.theme", theme=self.workbench.theme_choice))

    def action_app_language(self) -> None:
        if given := self.take_given():
            self._set(f"language {given}")
        else:
            self.workbench.next_language()
            self.tell(self.say_in("app.language"))

    async def action_app_set(self) -> None:
        text = self.take_given() or await self.workbench.ask_text(self.say_in("prompt.set"))
        if text:
            self._set(text)

    def _set(self, text: str) -> None:
        try:
            name = self.workbench.set_live(text)
        except WorkbenchError as error:
            self.tell_refusal(error)
        else:
            self.tell(self.say_in("app.set", setting=name, value=text.partition(" ")[2].strip()))

    def exported(self) -> list[Path]:
        """The documents that an export from here is about."""
        return []

    async def action_app_export(self) -> None:
        paths = self.exported()
        if not paths:
            self.tell(self.say_in("off.no_document"), "suspect")
            return
        target = self.take_given() or await self.workbench.ask_text(self.say_in("prompt.export", count=len(paths)))
        if not target:
            return
        # The screen stays free meanwhile, and may be left.
        self.app.run_worker(self._export(paths, Path(target).expanduser()), group="export")

    async def _export(self, paths: list[Path], target: Path) -> None:
        desk, say = self.workbench, self.say_in
        self.tell(say("export.under_way", count=len(paths)), "quiet")
        try:
            written = await asyncio.to_thread(desk.workspace.export, paths, target)
        except WorkbenchError as error:
            words, role = refusal(error, say.language), "failing"
        else:
            words, role = say("export.done", count=len(paths), path=str(written)), "settled"
        top = self.app.screen
        (top if isinstance(top, CommandScreen) else self).tell(words, role)

    async def close_session(self) -> None:
        """Give back what the screen holds; called before the app ends."""

    def action_app_quit(self) -> Awaitable[None] | None:
        return self.workbench.leave()

    def action_app_suspend(self) -> None:
        self.app.action_suspend_process()

    def why_not(self, identifier: str) -> str:
        if identifier == "app.suspend" and not self.workbench.has_shell:
            return self.say_in("off.no_shell")
        return super().why_not(identifier)

    def action_app_back(self) -> None:
        self.dismiss()


class CommandBox(CommandScreen[ScreenResultType], ModalScreen[ScreenResultType], inherit_bindings=False):
    """A screen that lies over another one and gives an answer. The style sheet knows boxes by this name."""
