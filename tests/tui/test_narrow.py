"""A terminal of 80 columns: what is needed first is in sight, what is cut is said whole, nothing jumps about."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.driving import Driver, running
from tests.tui.made_up import HEADER, ROWS, PageText, analysis, analysis_of, document, table_on, three_documents
from workbench.config.commands import command
from workbench.config.messages import Phrasebook
from workbench.model.source import Anchor
from workbench.model.table import Cell, Form, StatedFigure, Table
from workbench.pipeline import Analysis
from workbench.tui.models.grid import STATED
from workbench.tui.screens.picker import PickerScreen
from workbench.tui.widgets.line_list import Line, LineList, Piece
from workbench.tui.widgets.list_columns import Column
from workbench.tui.widgets.text_pane import TextPane, paragraph

NARROW = (80, 24)
LONG = "机关事业单位职业年金缴费以及其他社会保障缴费补助支出"


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_help_and_all_commands_are_always_among_the_keys_shown(tmp_path: Path, language: str) -> None:
    say = Phrasebook(language)
    wanted = [say.of(command(identifier).title) for identifier in ("app.help", "app.palette")]
    async with running(three_documents(), tmp_path, size=NARROW, language=language) as it:
        for keys in ((), ("enter",), ("3",), ("1",)):
            await it.press(*keys)
            assert all(title in it.keys for title in wanted), it.keys
        await it.press("2")
        for identifier in ("suggestion.take", "finding.source_error"):
            assert say.of(command(identifier).title) in it.keys, "what settles a finding comes before the rest"


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_the_fix_stands_among_the_keys_before_ways_to_mend_by_hand(tmp_path: Path, language: str) -> None:
    say = Phrasebook(language)
    take, edit = (say.of(command(identifier).title) for identifier in ("suggestion.take", "cell.edit"))
    async with running(three_documents(), tmp_path, size=(60, 24), language=language) as it:
        await it.press("enter")
        assert f"c {take}" in it.keys
        assert edit not in it.keys or it.keys.index(edit) > it.keys.index(take)


async def test_what_a_list_cuts_is_said_whole_below_it(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, size=NARROW) as it:
        await it.press("enter", "space")
        await it.type("whole cell")
        cut = next(line for line in it.lines if "whole cell" in line and "›" in line)
        assert "history" not in cut
        whole = command("cell.show").help.en
        assert whole in " ".join(" ".join(line.strip() for line in it.lines).split())


async def test_a_list_with_nothing_cut_says_nothing_twice(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, size=NARROW) as it:
        await it.press("enter", "g", "t")
        assert isinstance(it.app.screen, PickerScreen)
        assert it.app.screen.query_one("#whole", TextPane).styles.height.value == 0


def long_names() -> Analysis:
    return analysis(rows=tuple((row[0], LONG, *row[2:]) if row[0] == "21015" else row for row in ROWS))


async def test_the_list_of_findings_keeps_the_name_of_the_row(tmp_path: Path) -> None:
    async with running([long_names()], tmp_path, size=NARROW) as it:
        await it.press("enter")
        line = next(line for line in it.lines if line.startswith("▸ ✗"))
        assert LONG[:5] in line and "children" not in line, "the rule is said beside the list"
        assert "› · 合计 " in line, "which column it is stays too"


async def test_where_places_are_alike_in_several_tables_each_of_the_list_has_its_table(tmp_path: Path) -> None:
    made = analysis().document
    other = replace(made.tables[1], id="t03", title="部门支出明细表")
    third = replace(made.tables[1], id="t04", title="项目支出表", rows=made.tables[1].rows[3:7])
    async with running([analysis_of(replace(made, tables=(*made.tables, other, third)))], tmp_path) as it:
        await it.press("enter")
        listed = [line.pieces[2].text for line in it.review.findings.lines]
        assert len(listed) > 2 and all(re.match(r"t\d ", place) for place in listed), listed


async def test_the_list_of_findings_has_the_same_columns_whatever_is_ruled(tmp_path: Path) -> None:
    async with running([long_names()], tmp_path, size=NARROW) as it:
        await it.press("enter")
        before = it.review.findings._widths
        await it.press("s")
        assert it.review.findings._widths == before


def wide(identifier: str, title: str, page: PageText) -> Table:
    header = tuple((*row[:2], *(f"{text}{year}" for year in range(2019, 2025) for text in row[2:])) for row in HEADER)
    rows = tuple((*row[:2], *(row[2:] * 6)) for row in ROWS)
    return table_on(page, identifier, title, Form.OTHER, header, rows)


async def test_another_table_is_shown_from_its_left_edge(tmp_path: Path) -> None:
    made, page = document(), PageText(3)
    tables = [wide("t03", "分年支出表", page), wide("t04", "分年预算表", page)]
    async with running([analysis_of(replace(made, tables=(*made.tables, *tables)))], tmp_path, size=NARROW) as it:
        await it.press("enter", "]", "t", "$")
        assert it.review.grid.scroll_x > 0
        await it.press("]", "t")
        assert it.review.grid.scroll_x == 0


async def test_the_name_of_a_document_is_not_said_twice(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, size=NARROW) as it:
        await it.press("enter")
        assert it.lines[0].count("县") == 1 and it.lines[0].count("2024") == 1


async def test_a_pane_that_is_not_placed_yet_wraps_nothing_by_a_guess(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, size=NARROW) as it:
        pane = TextPane()
        pane.show([paragraph("as wide as the pane will be, which is not known yet")])
        assert not pane._lines
        await it.app.screen.mount(pane)
        await it.settle()
        assert len(pane._lines) == 1


async def placed(it: Driver, columns: list[Column], line: Line) -> LineList:
    lines = LineList(columns)
    await it.app.screen.mount(lines)
    lines.show([line])
    await it.settle()
    return lines


async def test_a_spare_column_is_shown_only_where_all_others_have_room(tmp_path: Path) -> None:
    columns = [Column(flexible=1, least=8), Column(spare=True), Column()]
    for width, shown in ((60, True), (50, True), (42, False), (32, False)):
        async with running(three_documents(), tmp_path / str(width), size=(width, 24)) as it:
            lines = await placed(it, columns, Line("a", (Piece("x" * 20), Piece("y" * 10), Piece("z" * 6))))
            text = lines.render_line(0).text
            assert ("y" * 10 in text) is shown and "x" * 20 in text, "what is spare cuts nothing"


async def test_columns_that_ask_for_more_than_there_is_are_cut_with_a_sign(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, size=NARROW) as it:
        columns = [Column(), Column(), Column(flexible=1, least=30)]
        lines = await placed(it, columns, Line("a", (Piece("x" * 30), Piece("y" * 30), Piece("z" * 30))))
        assert lines.render_line(0).text.rstrip().endswith("›")
        assert lines.cuts and lines.cut_here == "z" * 30


async def test_the_keys_shown_are_those_that_fit_the_terminal_as_it_is_now(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, size=(120, 40)) as it:
        for keys in ((), ("enter",), ("?",)):
            await it.press(*keys)
            await it.pilot.resize_terminal(120, 40)
            await it.settle()
            wide = it.keys
            await it.pilot.resize_terminal(60, 18)
            await it.settle()
            assert it.keys.endswith("? help") or keys == ("?",), it.keys
            assert not it.keys.endswith("›") and len(it.keys) <= 60
            await it.pilot.resize_terminal(120, 40)
            await it.settle()
            assert it.keys == wide


async def test_the_review_numbers_as_many_tables_as_the_queue_counts(tmp_path: Path) -> None:
    made = document()
    figure = StatedFigure("s01", "支出总计", Cell("1000.50", (Anchor(1, 0, 7),)), "万元", "支出总计1000.50万元")
    async with running([analysis_of(replace(made, stated=(figure,)))], tmp_path) as it:
        assert [entry.tables for entry in it.app.entries.values()] == [2]
        titles = {}
        await it.press("enter")
        for _ in range(3):
            await it.press("]", "t")
            titles[it.review.look.grid] = it.lines[1].partition("▸")[2]
        assert titles["t01"].startswith("1/2 ") and titles["t02"].startswith("2/2 ")
        assert titles[STATED].startswith("figures in the text")
        await it.press("g", "t")
        assert "3" not in next(line for line in it.lines if "figures in the text" in line).split()
