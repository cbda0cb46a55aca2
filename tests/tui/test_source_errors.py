"""Where the source itself prints the wrong figure: taken and ruled by one key, or said line by line in the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import Driver, running
from tests.tui.made_up import ROWS, analysis
from workbench.model.record import Verdict
from workbench.model.table import CellRef

WRONG = CellRef("t02", 4, 2)


def rulings(it: Driver) -> list[tuple[Verdict, str]]:
    return [(ruling.verdict, ruling.value) for ruling in it.review.state.record.decisions]


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_one_key_takes_the_fix_and_rules_that_the_source_is_wrong(tmp_path: Path, language: str) -> None:
    async with running([analysis()], tmp_path, language=language) as it:
        await it.press("enter")
        assert ("A fix, source is wrong" if language == "en" else "A 采纳并记原文有误") in it.review.detail.text
        await it.press("A")
        assert it.review.state.document.cell(WRONG).text == "880.50"
        assert rulings(it) == [(Verdict.SOURCE_ERROR, "880.50")]
        assert not it.review.state.findings
        assert ("source is wrong" if language == "en" else "原文有误") in it.status
        await it.press("z", "d")
        said = "it prints 808.50, right is 880.50" if language == "en" else "印为 808.50，应为 880.50"
        assert said in it.text
        await it.press("escape", "u")
        assert rulings(it) == []
        assert it.review.state.document.cell(WRONG).text == "808.50"
        await it.press("U")
        assert rulings(it) == [(Verdict.SOURCE_ERROR, "880.50")]


async def test_taking_a_fix_alone_rules_nothing(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "c")
        assert rulings(it) == []


async def test_the_list_says_whose_mistake_each_is_and_what_it_says_is_recorded(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "C")
        assert "source is wrong" in next(
            line for line in it.lines if "808.50 → 880.50" in line and "cleared" not in line
        )
        await it.press("enter")
        assert rulings(it) == [(Verdict.SOURCE_ERROR, "880.50")]
        assert "ruled wrong: 1" in it.status


async def test_what_several_fixes_did_is_told_in_one(tmp_path: Path) -> None:
    rows = tuple((*row[:2], "102.00", *row[3:]) if row[0] == "20805" else row for row in ROWS)
    async with running([analysis(rows=rows)], tmp_path) as it:
        await it.press("enter")
        failing = sum(len(item.finding.results) for item in it.review.state.findings)
        await it.press("C", "enter")
        assert f"✓ {failing} cleared  fixes taken: 2; the source ruled wrong: 2" in it.status
        assert it.status.count("cleared") == 1
        await it.press("u")
        assert sum(item.open for item in it.review.state.findings) == 2 and "2 steps taken at once" in it.status


async def test_in_the_list_a_key_says_otherwise_and_another_leaves_a_fix_out(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "C", "a")
        assert "correction only" in it.text
        await it.press("a", "a", "3", "enter")
        assert it.review.state.document.cell(WRONG).text == "880.50"
        assert rulings(it) == []
        await it.press("u", "C", "x")
        assert "left out" in it.text
        await it.press("enter")
        assert it.review.state.document.cell(WRONG).text == "808.50"
        assert it.review.state.open_findings


async def test_in_little_room_the_figures_stay_and_the_keys_are_said(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path, size=(80, 24)) as it:
        await it.press("enter", "C")
        bar = next(line for line in it.lines if "take all " in line and "Esc" in line and "?" not in line)
        assert "808.50 → 880.50" in it.text
        assert "a source is wrong" in bar
        assert "x leave out" in bar


async def test_a_fix_that_empties_a_cell_says_so_and_each_of_its_cells_is_listed(tmp_path: Path) -> None:
    shifted = ("2101505", "医疗保障政策管理", "240.00", "240.00", "")
    whole = ("21015", "医疗保障管理事务", "880.50", "640.50", "240.00")
    rows = [{"2101505": shifted, "21015": whole}.get(row[0], row) for row in ROWS]
    async with running([analysis(rows=rows)], tmp_path) as it:
        await it.press("enter")
        assert "240.00→blank" in it.text and "→240.00" in it.text
        await it.press("f12")
        assert "240.00→空白" in it.text
        await it.press("f12", "A", "z", "d")
        assert "it prints 240.00, right is blank" in it.text
        assert "it prints blank, right is 240.00" in it.text
