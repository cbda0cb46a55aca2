"""The parts of the screen that are painted after a key, put over what was there before, are the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.driver import Driver
from textual.strip import Strip

from tests.tui.driving import running
from tests.tui.made_up import analysis, three_documents
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.queue import QueueScreen

KEYS = (
    "down", "up", "enter", "j", "l", "h", "n", "=", "tab", "j", "2", "e", "9", "enter", "u", "e", "escape", "c", "u", "U",
    "]", "t", "l", "l", "S", "j", "l", "q", "g", "escape", ":", "g", "escape", "space", "escape", "\\", "\\", "\\", "z",
    "z", "z", "z", "+", "-", "d", "d", "v", "escape", "x", "escape", "O", "O", "f12", "f12", "T", "3", "j", "k", "4",
    "pagedown", "/", "0", "enter", ".", "?", "escape", "J", "K", "1", "G", "g", "g", "q", "o", "S", "q",
)  # fmt: skip


class Terminal:
    """What a terminal shows that is given every update: for each line its cells, each with its style."""

    def __init__(self) -> None:
        self.lines: list[list[tuple[str, str]]] = []
        self.left_out = False
        """Whether a part that was announced was not drawn: Textual writes line ends there, and the terminal scrolls."""

    def take(self, update: object) -> None:
        """Put an update over what was shown."""
        if isinstance(update, LayoutUpdate):
            self.lines = [cells(Strip.join(line)) for line in update.strips]
        elif isinstance(update, ChopsUpdate):
            for y, first, last in update.spans:
                for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                    if strip is not None and x <= last and end > first:
                        shown = cells(strip.crop(0, min(end, last) - x))
                        self.lines[y][x : x + len(shown)] = shown
                    self.left_out |= strip is None and x < last and end > first

    def wrong(self, whole: Sequence[Strip]) -> list[int]:
        """The numbers of the lines that show something else than the whole screen has."""
        return [y + 1 for y, strip in enumerate(whole) if self.lines[y] != cells(strip)]


def cells(strip: Strip) -> list[tuple[str, str]]:
    """The cells of a line; a wide character is in the first of its two."""
    found: list[tuple[str, str]] = []
    for text, style, _ in strip:
        for character in text:
            found += [(character, str(style)), ("", str(style))][: cell_len(character)]
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
async def test_what_is_painted_in_parts_is_the_whole_screen(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    display = WorkbenchApp._display

    def displayed(app: WorkbenchApp, screen: Any, update: Any) -> None:
        display(app, screen, update)
        terminal.take(update)

    monkeypatch.setattr(WorkbenchApp, "_display", displayed)
    filler = tuple((f"3{number:02}", f"备用项目{number}", "0.00", "0.00", "0.00") for number in range(40))
    documents = [*three_documents(), analysis("long.txt", rows=filler)]
    async with running(documents, tmp_path, size=size) as it:
        for key in KEYS:
            await it.press(key)
            await it.until(lambda: not terminal.wrong(it.app.screen._compositor.render_strips()))
            assert not terminal.left_out, key


async def test_a_terminal_that_the_shell_had_for_a_while_shows_the_whole_screen_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(WorkbenchApp, "_display", lambda _app, _screen, update: terminal.take(update))
    async with running(three_documents(), tmp_path) as it:
        await it.press("enter", "z", "Z")
        assert "to the shell: there is no shell behind this terminal" in it.text
        shown = terminal.lines
        terminal.lines = [[(" ", "")] * len(line) for line in shown]
        it.app.post_message(Driver.SignalResume())
        await it.settle()
        assert terminal.lines == shown


async def test_the_queue_is_not_drawn_behind_a_review_but_when_it_is_seen_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    redraw = QueueScreen.redraw

    def counted(screen: QueueScreen) -> None:
        drawn.append(type(screen.app.screen).__name__)
        redraw(screen)

    monkeypatch.setattr(QueueScreen, "redraw", counted)
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "c", "u", "c")
        await it.pilot.pause(QueueScreen.redraw_every * 2)
        assert "ReviewScreen" not in drawn
        await it.press("q")
        assert drawn[-1] == "QueueScreen" and "✓" in it.lines[2]
