"""Commands typed at the foot of the screen."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driving import Driver, running
from tests.tui.made_up import analysis, three_documents
from workbench.model.record import Verdict
from workbench.model.table import CellRef, Form
from workbench.tui.screens.command_line import CommandLineScreen


async def line(it: Driver, text: str) -> None:
    await it.press(":")
    await it.type(text)
    await it.press("enter")


async def test_a_form_is_set_by_a_typed_line_and_undone(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        await line(it, "form basic_expenditure")
        assert it.review.state.document.table("t02").form is Form.BASIC_EXPENDITURE
        await line(it, "undo")
        assert it.review.state.document.table("t02").form is Form.EXPENDITURE_SUMMARY


async def test_goto_finds_a_row_by_its_code(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        await line(it, "goto 2101501")
        ref = it.review.ref()
        assert ref is not None and (ref.table, ref.row) == ("t02", 5)
        await line(it, "goto 99999")
        assert "99999" in it.status and "nothing matches" in it.status


async def test_several_matches_are_listed_with_what_was_typed(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        await line(it, "goto 养老")
        assert "行政事业单位养老支出" in it.text and "机关事业单位基本养老" in it.text
        assert not any("医疗保障政策管理" in text for text in it.lines[3:10])
        await it.press("enter")
        ref = it.review.ref()
        assert ref is not None and (ref.table, ref.row) == ("t02", 1)


async def test_a_waiver_takes_its_reason_from_the_line(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        await line(it, "waive the annex says so")
        decisions = it.review.state.record.decisions
        assert [(d.verdict, d.note) for d in decisions] == [(Verdict.WAIVED, "the annex says so")]


async def test_an_unknown_name_is_said_in_the_line_and_can_be_mended(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        await line(it, "fomr other")
        assert isinstance(it.app.screen, CommandLineScreen)
        assert "there is no command 'fomr' here; did you mean table.form" in it.text
        await it.press(*["backspace"] * len("fomr other"))
        await it.type("form other")
        await it.press("enter")
        assert it.review.state.document.table("t02").form is Form.OTHER


async def test_a_wrong_answer_is_refused_with_the_nearest(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        await line(it, "form goverment_funds")
        assert "government_fund" in it.status
        assert it.review.state.document.table("t02").form is Form.EXPENDITURE_SUMMARY


async def test_a_command_that_is_off_says_why(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        await line(it, "redo")
        assert isinstance(it.app.screen, CommandLineScreen) and "nothing to redo" in it.text


async def test_lines_are_remembered(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await line(it, "filter 教育局")
        assert [entry.entity for entry in it.queue.visible_entries()] == ["蓝溪县教育局"]
        await line(it, "theme light")
        assert it.app.theme_choice == "light"
        await it.press(":", "up")
        assert "theme light" in it.text
        await it.press("up")
        assert "filter 教育局" in it.text
        await it.press("down", "down")
        assert "theme light" not in it.text
        await it.press("up", "up", "enter")
        assert it.queue.filter == "教育局"


async def test_tab_completes_names_and_values(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", ":")
        await it.type("for")
        await it.press("tab")
        await it.type("gov")
        await it.press("tab", "enter")
        assert it.review.state.document.table("t02").form is Form.GOVERNMENT_FUND


async def test_settings_change_while_the_app_runs(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await line(it, "set language zh")
        assert "状态" in it.text
        await line(it, "设置 keymap vim")
        assert it.app.keymap.name == "vim"
        await line(it, "set theme pink")
        assert "pink" in it.status
        await line(it, "set theem light")
        assert "没有名为“theem”的可在运行中更改的设置（是否指 theme？）" in it.status


async def test_the_documents_of_the_list_are_exported(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path / "records") as it:
        await line(it, "filter 水利局")
        await line(it, f"export {tmp_path / 'out.xlsx'}")
        assert (tmp_path / "out.xlsx").read_text() == "baishan.txt"
        assert "1 document written" in it.status


async def test_the_palette_has_its_own_key(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("space")
        await it.type("command line")
        assert any("command line" in text and ":" in text for text in it.lines)


async def test_an_answer_reaches_one_question_only(tmp_path: Path) -> None:
    """A confirmation is not answered by what was typed for something else."""
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        await line(it, "note abc")
        assert it.review.state.flags[-1].note == "abc"
        await it.press("m")
        assert "note on this cell" in it.text
        await it.press("escape")
        assert CellRef("t02", 4, 2) == it.review.ref()
