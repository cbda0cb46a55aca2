"""When the program itself is wrong: a few lines that a reviewer can use, a code that scripts can tell, nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from tests.tui.driving import running
from tests.tui.made_up import analysis
from workbench.tui.screens.review.screen import ReviewScreen


async def test_a_fault_is_told_in_a_few_lines_and_what_was_done_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: ReviewScreen, *_: Any) -> None:
        raise ValueError("a bug\x1b[2J [bold]in a drawing[/]")

    said: list[str] = []
    with pytest.raises(ValueError, match="a bug"):
        async with running([analysis()], tmp_path) as it:
            await it.press("enter", "e", "ctrl+u")
            await it.type("880.50")
            await it.press("enter")
            monkeypatch.setattr(ReviewScreen, "draw_place", broken)
            await it.pilot.press("j")
            await it.until(lambda: it.app.fault)
            console = Console(width=100, record=True, file=None, force_terminal=False)
            with console.capture() as capture:
                for renderable in it.app._exit_renderables:
                    console.print(renderable)
            said.append(capture.get())
    text = said[0]
    assert "had to end" in text and "in the journal" in text
    assert "ValueError: a bug" in text and "[bold]in a drawing" in text
    assert "\x1b" not in text and len(text.splitlines()) < 12
    monkeypatch.undo()
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        if "read only" in it.text:
            await it.press("down", "enter")
        assert it.review.state.document.table("t02").rows[4][2].text == "880.50"
