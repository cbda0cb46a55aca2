"""What a reviewer does on the review screen, by keys, and what they see and what is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual import events

from tests.tui.driving import running
from tests.tui.made_up import ROWS, analysis, three_documents
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import CellRef

SUSPECT = CellRef("t02", 4, 2)


async def test_the_first_open_finding_is_lit_in_table_and_source(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        assert it.review.ref() == SUSPECT
        row = next(line for line in it.lines if re.search(r"\? *808.50→880.50", line))
        assert "▸" in row or any(line.lstrip().startswith("▸") and "808.50" in line for line in it.lines)
        assert "808.50 → 880.50" in it.review.detail.text
        assert "1 open, 0 settled" in it.lines[0]


@pytest.mark.parametrize("height", range(24, 34))
async def test_the_cell_of_the_finding_is_in_sight_however_low_the_screen(tmp_path: Path, height: int) -> None:
    filler = tuple(("", f"备用项目{number}", "0.00", "0.00", "0.00") for number in range(9))
    async with running([analysis(rows=(*filler, *ROWS))], tmp_path, size=(80, height)) as it:
        await it.press("enter")
        assert re.search(r"\? *(808.50)?→880.50", it.text)


@pytest.mark.parametrize("height", [24, 27, 33])
async def test_the_cell_stays_in_sight_while_a_fix_is_chosen(tmp_path: Path, height: int) -> None:
    filler = tuple(("", f"备用项目{number}", "0.00", "0.00", "0.00") for number in range(9))
    async with running([analysis(rows=(*filler, *ROWS))], tmp_path, size=(80, height)) as it:
        await it.press("enter", "v")
        assert re.search(r"\? *(808.50)?→880.50", it.text)


async def test_a_reason_that_is_cut_in_the_box_of_fixes_is_read_on_by_keys(tmp_path: Path) -> None:
    filler = tuple(("", f"备用项目{number}", "0.00", "0.00", "0.00") for number in range(9))
    async with running([analysis(rows=(*filler, *ROWS))], tmp_path, size=(80, 24)) as it:
        await it.press("enter", "v")
        before = it.lines[16:23]
        await it.press("pagedown")
        assert it.lines[16:23] != before
        await it.press("pageup")
        assert it.lines[16:23] == before


async def test_the_fix_is_shown_in_its_cells_while_the_finding_is_looked_at(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        assert "808.50→880.50" in it.text and "as the fix would make it" in it.text
        widths = it.review.grid._layout.widths
        await it.press("l")
        assert "→880.50" not in it.text.split("findings")[0]
        assert it.review.grid._layout.widths == widths, "columns stand still when the cursor leaves the cell"
        await it.press("n")
        assert "808.50→880.50" not in it.text, "there is no other finding, the cell stays the subject"
        await it.press("3", "enter")
        assert "808.50→880.50" in it.text
        await it.press("c")
        assert "→880.50" not in it.text.split("findings")[0]


async def test_the_source_goes_to_the_row_of_a_cell_that_it_leaves_blank(tmp_path: Path) -> None:
    filler = tuple(("", f"备用项目{number}", "0.00", "0.00", "0.00") for number in range(40))
    async with running([analysis(rows=(*ROWS[:-1], *filler, *ROWS[-1:]))], tmp_path) as it:
        await it.press("enter", "2", "g", "g", "0")
        top = it.review.source.scroll_y
        await it.press("G", "0")
        assert it.review.ref() == CellRef("t02", 47, 0) and not it.review.state.document.cell(it.review.ref()).anchors
        assert it.review.source.scroll_y > top
        assert any("合计" in line for line in it.lines[2:30])


async def test_taking_the_fix_clears_the_finding_and_lands_in_the_record(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "c")
        assert it.review.state.document.cell(SUSPECT).text == "880.50"
        assert not it.review.state.findings
        assert re.search(r"✎ +880.50", it.text)
        assert "Nothing to look at" in it.text
        await it.press("q")
        assert "✓" in it.lines[2]
    record = next(tmp_path.glob("*.toml")).read_text()
    assert 'after = "880.50"' in record


async def test_editing_in_place_rechecks_at_once_and_undo_moves_back(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "e")
        assert it.app.focused is it.review.editor
        it.review.editor.value = ""
        await it.type("880.50")
        await it.press("enter")
        assert it.review.state.document.cell(SUSPECT).text == "880.50"
        assert "cleared" in it.status
        await it.press("g", "g", "u")
        assert it.review.state.document.cell(SUSPECT).text == "808.50"
        assert it.review.ref() == SUSPECT
        await it.press("U")
        assert it.review.state.document.cell(SUSPECT).text == "880.50"


async def test_a_text_that_is_no_figure_clears_nothing_and_is_said_to_be_none(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "e", "ctrl+u")
        await it.type("1,0q7")
        await it.press("enter")
        assert "this is no figure" in it.status and "cannot be told any more" in it.status, it.status
        assert "cleared" not in it.status
        await it.press("u")
        assert "no figure" not in it.status


async def test_a_text_of_the_header_is_edited_in_place_in_every_cell_that_repeats_it(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "l", "t", "e")
        assert "which text of the header" in it.text
        await it.press("up", "enter", "ctrl+u")
        await it.type("本年支出")
        await it.press("enter")
        header = it.review.state.document.table("t02").header
        assert [cell.text for cell in header[0]][3:] == ["本年支出", "本年支出"]
        assert [cell.text for cell in header[1]][3:] == ["基本支出", "项目支出"]
        assert "本年支出" in it.text.split("findings")[0]
        await it.press("u")
        assert [cell.text for cell in it.review.state.document.table("t02").header[0]][3:] == ["支出", "支出"]
        await it.press("U", "q")
        await it.press("enter")
        header = it.review.state.document.table("t02").header
        assert [(cell.printed, cell.text) for cell in header[0]][3] == ("支出", "本年支出")


async def test_a_header_that_is_one_text_is_edited_at_once_also_by_mouse(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "h", "t", "e", "ctrl+u")
        await it.type("功能分类")
        await it.press("enter")
        header = it.review.state.document.table("t02").header
        assert [row[1].text for row in header] == ["功能分类", "功能分类"]
        region = it.review.grid.header_region(it.review.model("t02").spans_over(0)[0])
        await it.pilot.click("#table", offset=(region.x + 1, region.y), times=2)
        await it.settle()
        assert it.review.editor.display and it.review.editor.value == "科目编码"
        await it.press("escape")
        assert not it.review.editor.display


async def test_an_edit_can_be_left_without_a_trace(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "e")
        await it.type("99")
        await it.press("escape")
        assert it.review.state.document.cell(SUSPECT).text == "808.50"
        assert it.app.focused is it.review.grid
        assert not it.review.state.can_undo


async def test_commands_are_text_while_text_is_typed(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "e")
        it.review.editor.value = ""
        await it.type("n?qu")
        assert it.review.editor.value == "n?qu"


async def test_tab_commits_and_edits_the_next_cell(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "e")
        it.review.editor.value = "880.50"
        await it.press("tab")
        assert it.review.state.document.cell(SUSPECT).text == "880.50"
        assert it.review.ref() == CellRef("t02", 4, 3)
        assert it.review.editor.value == "640.50"


async def test_a_source_error_is_ruled_with_a_note_and_the_next_finding_is_shown(tmp_path: Path) -> None:
    async with running([three_documents()[2]], tmp_path) as it:
        await it.press("enter")
        first = it.review.look.finding
        await it.press("a")
        await it.type("printed so")
        await it.press("enter")
        ruled = it.review.state.finding(first)
        assert ruled is not None and ruled.decision is not None
        assert (ruled.decision.verdict, ruled.decision.note) == (Verdict.SOURCE_ERROR, "printed so")
        assert it.review.look.finding != first
        assert "source is wrong" in it.text


async def test_where_a_reason_is_needed_a_blank_line_is_no_answer(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "D", "space", "enter")
        assert "it needs a reason: 1 finding still open" in it.text
        await it.press("escape", "x", "enter")
        assert "it needs a reason: waive: reason" in it.text
        assert it.review.state.open_findings
        await it.type("agreed")
        await it.press("enter")
        assert not it.review.state.open_findings


async def test_deferring_goes_on_and_comes_back_last(tmp_path: Path) -> None:
    async with running([three_documents()[2]], tmp_path) as it:
        await it.press("enter")
        first, second = (item.finding.id for item in it.review.state.findings)
        await it.press("s")
        assert it.review.look.finding == second
        await it.press("N")
        assert it.review.look.finding == second
        await it.press("s")
        assert {item.finding.id for item in it.review.state.round} == {first, second}


async def test_reopening_takes_a_ruling_back(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "a", "enter")
        assert not it.review.state.open_findings
        await it.press("X")
        assert it.review.state.open_findings


async def test_done_is_refused_while_findings_are_open(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "D")
        assert "still open" in it.text or "mark done all the same" in it.text
        await it.press("escape")
        assert it.review.state.record.status is not ReviewStatus.DONE
        await it.press("c", "D")
        assert it.review.state.record.status is ReviewStatus.DONE
        await it.press("q")
        assert "✓ done" in it.text


async def test_the_equation_of_a_cell_names_its_terms(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "=")
        words = it.review.detail.text
        assert "808.50" in words and "640.50" in words and "240.00" in words and "-72.00" in words
        first = words
        await it.press("=")
        assert it.review.detail.text != first
        await it.press("escape")
        assert it.review.look.equation is None


async def test_cells_of_the_equation_are_lit_with_the_cursor(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "down")
        assert CellRef("t02", 4, 2) in it.review.grid.state.lit
        assert it.review.ref() == CellRef("t02", 5, 2)


async def test_tables_are_gone_through_and_listed(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        assert it.review.look.grid == "t02"
        await it.press("]", "t")
        assert it.review.look.grid == "t01"
        await it.press("[", "t")
        assert it.review.look.grid == "t02"
        await it.press("g", "t")
        assert "部门收支总表" in it.text
        await it.type("收支总表")
        await it.press("enter")
        assert it.review.look.grid == "t01"


async def test_a_row_is_found_by_its_code(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "g", "r")
        await it.type("2101505")
        await it.press("enter")
        ref = it.review.ref()
        assert ref is not None and ref.row == 6


async def test_documents_follow_one_another(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("enter")
        first = it.review.entry.key
        await it.press("J")
        assert it.review.entry.key != first
        assert it.review.state.document.source.path == it.review.entry.key
        await it.press("K")
        assert it.review.entry.key == first


async def test_the_next_document_is_one_that_waits_and_the_one_before_is_any(tmp_path: Path) -> None:
    async with running([analysis("a.txt"), analysis("b.txt"), three_documents()[1]], tmp_path) as it:
        assert [line.key for line in it.queue.lines.lines] == ["a.txt", "b.txt", "baishan.txt"], "the last adds up"
        await it.press("enter", "K")
        assert it.review.entry.key == "baishan.txt"
        await it.press("J")
        assert it.review.entry.key == "a.txt"
        await it.press("c", "J")
        assert it.review.entry.key == "b.txt"
        await it.press("J")
        assert it.review.entry.key == "b.txt" and "no other document" in it.status


async def test_undo_of_a_ruling_goes_back_to_its_finding_and_names_it(tmp_path: Path) -> None:
    rows = tuple((*row[:4], "42.00") if row[0] == "2101505" else row for row in ROWS)
    async with running([analysis(rows=rows)], tmp_path) as it:
        await it.press("enter")
        first, place = it.review.look.finding, it.review.ref()
        listed = next(line for line in it.lines if line.startswith("▸ ✗"))
        assert len(it.review.state.open_findings) > 1
        await it.press("s")
        assert it.review.look.finding != first
        await it.press("u")
        assert (it.review.look.finding, it.review.ref()) == (first, place)
        named = it.status.partition("undone: later: ")[2].split()[0]
        assert named and named in listed
        await it.press("U")
        assert "redone: later: " in it.status


async def test_a_finding_left_for_later_does_not_look_settled(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "s")
        assert "⋯ later by tester" in it.review.detail.text


async def test_all_of_an_equation_that_is_asked_for_is_in_sight(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path, size=(80, 24)) as it:
        await it.press("enter", "$", "=")
        row = next(line for line in it.lines if "医疗保障管" in line and "│" in line)
        assert "640.50" in row and "240.00" in row and "808.50" in row


async def test_search_finds_cells_and_source(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "/")
        await it.type("行政运行")
        await it.press("enter")
        ref = it.review.ref()
        assert ref is not None and (ref.row, ref.column) == (5, 1)
        assert "1 of 1" in it.status
        await it.press("/")
        it.app.screen.query_one("Input").value = "监督管理"  # type: ignore[attr-defined]
        await it.press("enter")
        assert "1 of 1" in it.status
        await it.press("/")
        it.app.screen.query_one("Input").value = "nowhere"  # type: ignore[attr-defined]
        await it.press("enter")
        assert "not here" in it.status


async def test_a_flag_and_a_note_stay_with_the_cell(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "down", "f")
        assert "⚑" in next(line for line in it.lines if "行政运行" in line)
        await it.press("m")
        await it.type("see page 2")
        await it.press("enter")
        assert it.status.strip().startswith("⚑ 2101501 行政运行 · 合计: see page 2")
        await it.press("u")
        assert "undone: ⚑ 2101501 行政运行 · 合计: see page 2" in it.status
        await it.press("U", "m", "enter")
        assert "nothing to change" in it.status
        await it.press("g", "g", "]", "f")
        assert it.review.ref() == CellRef("t02", 5, 2)


async def test_every_ruling_is_called_by_its_place_when_it_is_made_and_taken_back(tmp_path: Path) -> None:
    place = "21015 医疗保障管理事务"
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "$", "y")
        assert (
            f"cell is right: {place} · 支出/项目支出" in it.status or f"cell is right: {place} · 项目支出" in it.status
        )
        await it.press("u")
        assert "undone: cell is right: " in it.status and place in it.status
        await it.press("s", "X")
        assert f"reopened: {place}" in it.status
        await it.press("u")
        assert f"undone: reopened: {place}" in it.status


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_a_pasted_block_fills_cells(tmp_path: Path, end: str) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        it.app.post_message(events.Paste(f"880.50\t640.50{end}640.00\t640.00{end}"))
        await it.settle()
        cell = it.review.state.document.cell
        assert cell(SUSPECT).text == "880.50"
        assert cell(CellRef("t02", 4, 3)).text == "640.50"
        assert cell(CellRef("t02", 5, 3)).text == "640.00"
        assert "pasted 3 cells" in it.status and "broken" in it.status, "what it did to the checks is said too"
        await it.press("u")
        assert cell(SUSPECT).text != it.review.state.document.cell(SUSPECT).text


async def test_a_selection_is_emptied_and_reverted(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "S", "down", "right", "delete")
        document = it.review.state.document
        refs = [CellRef("t02", row, column) for row in (4, 5) for column in (2, 3)]
        assert [document.cell(ref).text for ref in refs] == [""] * 4
        await it.press("r")
        assert it.review.state.document.cell(SUSPECT).text == "808.50"


async def test_rows_are_inserted_merged_and_deleted(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "t", "o")
        assert len(it.review.state.document.table("t02").rows) == len(ROWS) + 1
        await it.press("t", "d")
        assert len(it.review.state.document.table("t02").rows) == len(ROWS)
        await it.press("t", "d")
        assert "delete 1 row?" in it.text
        await it.press("enter")
        assert len(it.review.state.document.table("t02").rows) == len(ROWS)
        await it.press("t", "d", "down", "enter")
        assert len(it.review.state.document.table("t02").rows) == len(ROWS) - 1


async def test_cells_are_shifted(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "$", "delete", "h", "t", "l")
        row = [cell.text for cell in it.review.state.document.table("t02").rows[4]]
        assert row[3:] == ["", "640.50"]


async def test_form_and_unit_are_set(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "t", "f")
        await it.type("three_public")
        await it.press("enter")
        assert it.review.state.document.table("t02").form.value == "three_public"
        await it.press("t", "u")
        it.app.screen.query_one("Input").value = "元"  # type: ignore[attr-defined]
        await it.press("enter")
        assert it.review.state.document.table("t02").unit == "元"


async def test_printed_text_can_be_seen_under_a_correction(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "c", "d")
        assert "808.50" in next(line for line in it.lines if "医疗保障管理事务" in line and "│" in line)
        assert "as printed" in it.text
        await it.press("z", "d")
        assert "808.50 → 880.50" in it.text


async def test_an_open_chord_shows_how_it_can_go_on(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "t")
        await it.until(lambda: "insert row below" in it.text)
        await it.press("escape")
        assert "insert row below" not in it.text


async def test_what_cannot_be_done_says_why(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "u")
        assert "nothing to undo" in it.status
        await it.press("X")
        assert "nothing was decided" in it.status


async def test_the_review_is_there_again_after_leaving(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "c", "q")
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        assert it.review.state.document.cell(SUSPECT).text == "880.50"
        await it.press("u")
        assert it.review.state.document.cell(SUSPECT).text == "808.50"


async def test_safe_fixes_are_listed_before_they_are_taken(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "C")
        assert "take all of these" in it.text and "808.50 → 880.50" in it.text and "source is wrong" in it.text
        await it.press("escape")
        assert it.review.state.findings
        await it.press("C", "enter")
        assert not it.review.state.findings


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 55)])
@pytest.mark.parametrize("language", ["en", "zh"])
async def test_every_command_of_the_key_bar_is_live(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    async with running(three_documents(), tmp_path, size=size, language=language) as it:
        for keys in ((), ("enter",), ("tab",), ("tab",)):
            await it.press(*keys)
            screen = it.app.screen
            bar = screen.query_one("#keys")
            asked = [span.command for span in bar._left if span.command]  # type: ignore[attr-defined]
            assert asked
            assert all(screen.can(command) for command in asked)  # type: ignore[attr-defined]
