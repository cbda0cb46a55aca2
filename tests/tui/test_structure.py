"""Tables brought into another shape by keys, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.driving import Driver, running
from tests.tui.made_up import ROWS, analysis
from workbench.model.table import CellRef

HERE = 4
"""The row of t02 that the cursor is on when the document is opened: that of the first finding."""


def grid(it: Driver, table: str = "t02") -> list[list[str]]:
    return [[cell.text for cell in row] for row in it.review.state.document.table(table).rows]


async def answer(it: Driver, text: str) -> None:
    it.app.screen.query_one("Input").value = text  # type: ignore[attr-defined]
    await it.press("enter")


async def test_a_row_is_cut_where_the_reviewer_marks_its_cells(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "t", "k")
        before = grid(it)
        whole = " ¦ ".join(before[HERE])
        await answer(it, whole.replace(before[HERE][1], before[HERE][1][:2] + "|" + before[HERE][1][2:]))
        first, second = grid(it)[HERE : HERE + 2]
        assert len(grid(it)) == len(ROWS) + 1
        assert first == [*before[HERE][:1], before[HERE][1][:2], *before[HERE][2:]]
        assert second == ["", before[HERE][1][2:], *[""] * (len(first) - 2)]
        await it.press("u")
        assert grid(it) == before


async def test_a_row_whose_texts_were_changed_is_not_cut(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "t", "k")
        before = grid(it)
        assert "each cell" in it.text
        await answer(it, " ¦ ".join(["9|9", *before[HERE][1:]]))
        assert grid(it) == before and "must stay as it is" in it.status
        await it.press("t", "k", "enter")
        assert grid(it) == before and "nothing to change" in it.status
        await it.press("t", "k", "escape")
        assert grid(it) == before


async def test_a_step_says_where_it_changed_the_shape_and_to_what(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "t", "o")
        assert f"部门支出总表: rows inserted (row {HERE + 2})" in it.status
        await it.press("u", "t", "t")
        await answer(it, "支出总表")
        assert "title set: 部门支出总表 → 支出总表" in it.status
        await it.press("t", "D", "down", "enter")
        assert "column deleted (column 3)" in it.status


async def test_an_editor_that_cannot_be_opened_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISUAL", "nano")
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "i")
        assert it.status.strip().startswith("nano: there is no terminal here")


async def test_a_cell_is_cut_into_its_empty_neighbour_and_put_together_again(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "$", "delete", "h", "t", "s")
        before = grid(it)[HERE]
        await answer(it, before[-2][:3] + "|" + before[-2][3:])
        assert grid(it)[HERE][-2:] == [before[-2][:3], before[-2][3:]]
        await it.press("t", "m")
        assert grid(it)[HERE] == before


async def test_two_rows_become_one_and_a_row_comes_above(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        before = grid(it)
        await it.press("t", "j")
        assert grid(it)[HERE] == [one + other for one, other in zip(before[HERE], before[HERE + 1], strict=True)]
        assert len(grid(it)) == len(before) - 1
        await it.press("u", "t", "O")
        assert grid(it)[HERE] == [""] * len(before[0]) and grid(it)[HERE + 1 :] == before[HERE:]


async def test_a_table_is_cut_above_the_cursor_and_joined_again(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        before = grid(it)
        ids = [table.id for table in it.review.state.document.tables]
        await it.press("t", "K")
        at = ids.index("t02")
        assert [table.id for table in it.review.state.document.tables] == [*ids[: at + 1], "t02b", *ids[at + 1 :]]
        assert (grid(it), grid(it, "t02b")) == (before[:HERE], before[HERE:])
        await it.press("t", "J")
        assert grid(it) == before and [table.id for table in it.review.state.document.tables] == ids


@pytest.mark.parametrize(("typed", "header"), [("3", 3), ("0", 0), ("many", 2)])
async def test_so_many_rows_are_the_header(tmp_path: Path, typed: str, header: int) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        table = it.review.state.document.table("t02")
        texts = [[cell.text for cell in row] for row in table.header + table.rows]
        assert len(table.header) == 2
        await it.press("t", "H")
        await answer(it, typed)
        table = it.review.state.document.table("t02")
        assert len(table.header) == header
        assert [[cell.text for cell in row] for row in table.header + table.rows] == texts


async def test_what_is_no_table_goes_once_that_is_confirmed(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "t", "X", "enter")
        assert any(table.id == "t02" for table in it.review.state.document.tables)
        await it.press("t", "X", "down", "enter")
        assert all(table.id != "t02" for table in it.review.state.document.tables)
        await it.press("u")
        assert any(table.id == "t02" for table in it.review.state.document.tables)


async def test_columns_come_in_with_a_title_and_go(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        before = grid(it)
        await it.press("t", "a")
        await answer(it, " 备注 ")
        table = it.review.state.document.table("t02")
        column = [cell.text for cell in table.header[-1]].index("备注")
        assert [row[:column] + row[column + 1 :] for row in grid(it)] == before
        assert {row[column] for row in grid(it)} == {""}
        await it.press("t", "D", "down", "enter")
        assert grid(it) == before


async def test_what_stands_in_the_place_of_its_neighbour_is_exchanged_with_it(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        before = grid(it)
        await it.press("l", "t", "x")
        assert grid(it)[HERE] == [*before[HERE][:3], before[HERE][4], before[HERE][3]]
        assert "exchanged: 2 cells" in it.status
        await it.press("u", "t", "y")
        assert "nothing to change" in it.status, "both print the same"
        await it.press("h", "t", "y")
        assert [row[2] for row in grid(it)[HERE : HERE + 2]] == [before[HERE + 1][2], before[HERE][2]]


async def test_a_whole_column_is_exchanged_with_the_next_and_taken_back_at_once(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "l", "g", "g", "S", "G", "t", "x")
        assert [row[3:] for row in grid(it)] == [[row[4], row[3]] for row in ROWS]
        await it.press("u")
        assert grid(it) == [list(row) for row in ROWS]


async def test_at_the_edge_nothing_is_exchanged(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "$", "t", "x")
        assert "the table ends there" in it.status
        assert grid(it) == [list(row) for row in ROWS]


async def test_a_row_of_two_that_ran_together_is_cut_by_one_chord_and_enter(tmp_path: Path) -> None:
    one, other = ROWS[5], ROWS[6]
    together = tuple(f"{a} {b}" for a, b in zip(one, other, strict=True))
    rows = (*ROWS[:5], together, *ROWS[7:])
    async with running([analysis(rows=rows)], tmp_path) as it:
        await it.press("enter")
        it.review.go_to_cell(CellRef("t02", 5, 2))
        it.review.draw_place()
        await it.press("t", "k")
        assert "640.50| 240.00" in it.app.screen.query_one("Input").value  # type: ignore[attr-defined]
        await it.press("enter")
        assert grid(it) == [list(row) for row in ROWS]
