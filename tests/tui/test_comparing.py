"""Two tables held against each other, the cells of a finding one after another, and the way back."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driving import running
from tests.tui.made_up import ROWS, analysis
from workbench.model.record import Verdict
from workbench.model.table import CellRef
from workbench.tui.memory.jumps import JumpList, Place

OTHER = tuple(("210", "卫生健康支出", "980.50", *row[3:]) if row[0] == "210" else row for row in ROWS)


async def test_two_tables_are_compared_and_enter_goes_to_the_other_side(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "l", "z", "=")
        assert "compare with which table" in it.text and "部门收支总表" in it.text
        await it.press("enter")
        assert "部门支出总表 | 部门收支总表" in it.text
        lines = [line for line in it.lines if "卫生健康支出" in line and "880.50" in line]
        assert lines and lines[0].count("880.50") == 2, "both figures of one name stand in one line"
        for character in "卫生":
            await it.type(character)
        await it.press("enter")
        assert it.review.ref() == CellRef("t01", 1, 3)
        await it.press("ctrl+o")
        assert it.review.look.grid == "t02"
        await it.press("]", "j")
        assert it.review.ref() == CellRef("t01", 1, 3)


async def test_what_differs_comes_first_with_its_difference(tmp_path: Path) -> None:
    async with running([analysis(rows=OTHER)], tmp_path) as it:
        await it.press("enter", "2", "g", "t", "down", "enter", "z", "=")
        if "compare with which" in it.text:
            await it.press("enter")
        lines = [line for line in it.lines if "✗" in line and "卫生健康支出" in line and "+100.00" in line]
        assert lines and "980.50" in lines[0] and "880.50" in lines[0]


async def test_the_cells_of_a_finding_are_gone_through_and_it_stays_the_subject(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        cells = it.review.finding().finding.cells
        seen = [it.review.ref()]
        for number in range(len(cells) - 1):
            await it.press("]", "c")
            assert f"of {len(cells)} of the finding" in it.status, number
            seen.append(it.review.ref())
        assert set(seen) == set(cells)
        await it.press("[", "c")
        assert it.review.ref() == seen[-2]
        await it.press("c")
        assert it.review.state.record.corrections, "the fix is taken wherever the cursor is among its cells"


async def test_going_back_leads_to_the_document_before(tmp_path: Path) -> None:
    async with running([analysis("a.txt"), analysis("b.txt")], tmp_path) as it:
        await it.press("enter", "l", "j")
        first, ref = it.review.entry.key, it.review.ref()
        await it.press("J")
        assert it.review.entry.key != first
        await it.press("ctrl+o")
        assert (it.review.entry.key, it.review.ref()) == (first, ref)
        await it.press("]", "j")
        assert it.review.entry.key != first


def test_a_new_jump_forgets_the_way_forward() -> None:
    one, two, three = (Place("a", "t01", row, 0) for row in range(3))
    jumps = JumpList()
    jumps.leave(one)
    assert jumps.go(-1, two) == one and jumps.can_go(1)
    jumps.leave(one)
    assert not jumps.can_go(1)
    assert jumps.go(-1, three) == one and jumps.go(-1, one) is None
    assert jumps.go(1, one) == three


async def test_a_note_on_a_finding_stays_with_its_ruling(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "z", "m")
        await it.type("ask")
        await it.press("enter")
        (item,) = it.review.state.findings
        assert item.open and item.decision is not None
        assert (item.decision.verdict, item.decision.note) == (Verdict.DEFERRED, "ask")
        assert "⚑" in it.text and "ask" in it.text
        await it.press("a", "enter", "3", "z", "m")
        await it.type("answered")
        await it.press("enter")
        (item,) = it.review.state.findings
        assert not item.open and item.decision is not None
        assert (item.decision.verdict, item.decision.note) == (Verdict.SOURCE_ERROR, "answered")
        await it.press("z", "m", "ctrl+u", "enter")
        (item,) = it.review.state.findings
        assert item.decision is not None and (item.decision.verdict, item.decision.note) == (Verdict.SOURCE_ERROR, "")
