"""All that was done to a document, the last step first, and the way to where each was done."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import running
from tests.tui.made_up import analysis, three_documents
from workbench.model.table import CellRef


async def test_corrections_rulings_and_marks_are_listed_the_last_first(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("enter", "f", "x")
        await it.type("as agreed")
        await it.press("enter", "c", "z", "d")
        steps = [line for line in it.lines if "tester" in line]
        assert "→" in steps[0] and "waived" in steps[1] and "as agreed" in steps[1] and "⚑" in steps[2]


async def test_enter_goes_where_the_step_was_done(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "2", "g", "g", "0", "l", "f", "G", "f")
        there = it.review.ref()
        assert isinstance(there, CellRef)
        await it.press("g", "g", "z", "d", "enter")
        assert it.review.ref() == there


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_a_ruling_that_was_taken_back_stays_in_the_list(tmp_path: Path, language: str) -> None:
    async with running([analysis()], tmp_path, language=language) as it:
        await it.press("enter", "s", "X", "z", "d")
        steps = [line for line in it.lines if "tester" in line]
        assert len(steps) == 2
        assert ("reopened" if language == "en" else "重新打开") in steps[0]
        assert ("later" if language == "en" else "稍后") in steps[1]


async def test_where_nothing_was_done_that_is_said(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "z", "d")
        assert "nothing was done" in it.status
