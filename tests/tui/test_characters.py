"""No character of a document is lost, interpreted or drawn where it moves its neighbours, at any width."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.events import Paste
from textual.geometry import Region
from textual.widgets import Input

from tests.tui.driving import Driver, running
from tests.tui.made_up import PageText, analysis, analysis_of, document, table_on
from workbench.model.source import Page
from workbench.model.table import Form
from workbench.pipeline import Analysis
from workbench.tui.drawing.display import CUT, REPLACEMENT, fit, set_ambiguous_width, shown, width, wrap
from workbench.tui.models.source_lines import Wrapping
from workbench.tui.widgets.source_pane import SourcePane
from workbench.tui.widgets.table_grid import TableGrid

NASTY = (
    "[/]", "[/合计]", "合计[/]", "[b]粗[/b]", "[@click=app.quit]退出", "[link=http://x]", "{braces}", "$var", "\\[x]",
    "全角１２３．４５", "“三公”经费——说明", "①②③Ⅲ±×÷→", "e\u0301a\u0308", "बहु", "한국어", "ﾊﾝｶｸ", "👨\u200d👩\u200d👧", "🇨🇳",
    "\u202e倒置\u202c", "\u200f右", "零\u200b宽", "坏\x1b[31m红\x07", "\x9b31m", "软\u00ad连", "回\r车", "BOM\ufeff",
    "\u0301独立", "a\u3000b", "财预[2024]1号", "1,234.50", "⺮⻔", "私\ue000用", "\U0010ffff",
)  # fmt: skip


def nasty() -> Analysis:
    """A document that has every nasty text in a cell, in running text, in a title and in its name."""
    page = PageText(1)
    page.add("".join(NASTY))
    rows = [(text, f"{index}.00", text + text, "0.00") for index, text in enumerate(NASTY)]
    table = table_on(page, "t01", "表[/]名[b]", Form.OTHER, (("项目[/]", "金额", "说明", "[@click=x]"),), rows)
    made = document("nasty.txt", "[/]局")
    made = replace(made, source=replace(made.source, pages=(Page(1, page.text),)), tables=(table,))
    return analysis_of(made)


def drawn(pane: SourcePane | TableGrid, columns: int = 400) -> list[str]:
    """All lines of a pane, from top to bottom, whatever is in sight."""
    region = pane.scrollable_content_region
    lines: list[str] = []
    for top in range(0, pane.virtual_size.height, max(region.height, 1)):
        pane.scroll_to(0, top, animate=False, force=True)
        strips = pane.render_lines(Region(0, 0, columns, region.height))
        at = int(pane.scroll_y)
        lines[at:] = [strip.text for strip in strips]
    return lines


def squeezed(text: str) -> str:
    return "".join(text.replace("┆", "").split())


@pytest.mark.parametrize("columns", [60, 67, 80, 93, 120, 141, 200])
async def test_every_character_is_on_the_screen(tmp_path: Path, columns: int) -> None:
    async with running([nasty()], tmp_path, size=(columns, 40)) as it:
        await it.press("enter")
        source = it.review.source
        source.set_wrapping(Wrapping.ALL)
        await it.settle()
        everything = squeezed("".join(line[2:] for line in drawn(source)))
        for text in NASTY:
            for part in text.replace("\r", "\r ").split():
                assert squeezed(shown(part)).lstrip("\N{DOTTED CIRCLE}") in everything, ascii(text)


@pytest.mark.parametrize("columns", range(60, 201, 20))
async def test_no_line_is_longer_or_shorter_than_the_screen(tmp_path: Path, columns: int) -> None:
    async with running([nasty()], tmp_path, size=(columns, 30)) as it:
        for keys in ((), ("enter",), ("g", "t"), ("escape", "?"), ("escape", "p"), ("escape", "space")):
            await it.press(*keys)
            check_widths(it, columns)


def check_widths(it: Driver, columns: int) -> None:
    strips = it.app.screen._compositor.render_strips(it.app.size)
    for strip in strips:
        assert cell_len("".join(segment.text for segment in strip)) == columns
        for segment in strip:
            assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in segment.text)


async def test_nothing_in_a_document_is_markup_or_a_link(tmp_path: Path) -> None:
    async with running([nasty()], tmp_path, size=(200, 60)) as it:
        assert "[/]局" in it.text
        await it.press("enter")
        assert "表[/]名[b]" in it.text and "项目[/]" in it.text
        assert "[b]粗[/b]" in it.text and "[@click=app.quit]退出" in it.text
        for strip in it.app.screen._compositor.render_strips(it.app.size):
            for segment in strip:
                assert segment.style is None or not segment.style.link
                assert segment.style is None or "@click" not in (segment.style.meta or {})


async def test_a_cell_shows_its_text_or_says_that_it_is_cut(tmp_path: Path) -> None:
    async with running([nasty()], tmp_path, size=(100, 60)) as it:
        await it.press("enter")
        rows = [line for line in drawn(it.review.grid) if line.strip()]
        for text in NASTY:
            whole = shown(text)
            assert any(
                whole in row or any(whole[:size] + CUT in row for size in range(1, len(whole))) for row in rows
            ), ascii(text)


async def test_the_whole_cell_can_be_read(tmp_path: Path) -> None:
    long = "很长的说明" * 60 + "完"
    page = PageText(1)
    table = table_on(page, "t01", "表", Form.OTHER, (("项目", "说明"),), (("甲", long), ("乙", "短")))
    made = document("long.txt")
    made = replace(made, source=replace(made.source, pages=(Page(1, page.text),)), tables=(table,))
    async with running([analysis_of(made)], tmp_path, size=(80, 24)) as it:
        await it.press("enter", "l", "p")
        await it.press("G")
        assert "完" in it.text


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("cells", range(1, 14))
def test_fitting_gives_exactly_the_cells_asked_for(text: str, cells: int) -> None:
    assert cell_len(fit(shown(text), cells)) == cells
    assert cell_len(fit(shown(text), cells, right=True)) == cells


@pytest.mark.parametrize("text", NASTY)
def test_wrapping_loses_nothing(text: str) -> None:
    for cells in range(2, 30):
        lines = wrap(shown(text), cells)
        assert squeezed("".join(lines)) == squeezed(shown(text))
        assert all(width(line) <= max(cells, 2) for line in lines)


def test_what_cannot_be_seen_is_shown_as_a_sign() -> None:
    assert shown("a\x1bb") == "a␛b"
    assert shown("\u202ex") == REPLACEMENT + "x"
    assert shown("a\u200bb") == f"a{REPLACEMENT}b"
    assert shown("\u0301a").startswith("\N{DOTTED CIRCLE}")
    assert shown("合计[/]") == "合计[/]"


def test_ambiguous_characters_get_look_alikes_of_one_cell_where_the_terminal_draws_two() -> None:
    import unicodedata

    set_ambiguous_width("wide")
    try:
        for text in ("“三公”——①Ⅲ±×→α■●★√…·°", REPLACEMENT, "\u202e"):
            assert all(unicodedata.east_asian_width(character) != "A" for character in shown(text)), text
        assert shown("“三公”") == '"三公"'
    finally:
        set_ambiguous_width("narrow")


async def test_what_is_pasted_over_several_lines_is_all_taken_as_one_line(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "e", "ctrl+u")
        it.review.editor.post_message(Paste("63\n9.72（按 Annual\r\nReport 所列）"))
        await it.settle()
        assert it.review.editor.value == "639.72（按 Annual Report 所列）"
        assert "639.72（按 Annual Report 所列）" in it.text, "the editor grows with what is typed"
        await it.press("ctrl+u")
        it.review.editor.post_message(Paste("12.30\n45.60\t78.90\n预算\n数"))
        await it.settle()
        assert it.review.editor.value == "12.30 45.60 78.90预算数", "two figures do not run together"
        await it.press("escape", "x")
        it.app.screen.query_one(Input).post_message(Paste("原文\n如此"))
        await it.settle()
        await it.press("enter")
        assert it.review.state.record.decisions[-1].note == "原文如此"
