"""Searching all documents of the queue: a line a place, which leads there and comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.driving import PATIENCE, Driver, running, started
from tests.tui.made_up import ROWS, MadeUpWorkspace, analysis, analysis_of, document, three_documents, unreadable
from workbench.model.source import Anchor, Page
from workbench.model.table import CellRef
from workbench.tui.app import WorkbenchApp
from workbench.tui.models.hits import LISTED, Hits, HitsOf, hits_in, match_at
from workbench.tui.models.searching import Place
from workbench.tui.screens.hits import HitScreen


async def searched(it: Driver, text: str) -> HitScreen:
    """The list when every document was looked through."""
    await it.press("z", "/")
    await it.type(text)
    await it.press("enter")
    screen = it.app.screen
    assert isinstance(screen, HitScreen)
    await it.until(lambda: not screen.searching)
    await it.until_drawn()
    return screen


@pytest.mark.parametrize("let_go", [False, True])
async def test_a_place_of_any_document_is_gone_to_and_come_back_from(tmp_path: Path, let_go: bool) -> None:
    async with running(three_documents(), tmp_path) as it:
        if let_go:
            it.app._analyses.clear()
        await searched(it, "42")
        assert "“42” in all documents" in it.lines[0] and "1 place in 1 of 3 documents" in it.lines[0]
        (line,) = [line for line in it.lines if "蓝溪县教育局" in line]
        assert "42.00" in line and "2101505 医疗保障政策管理 · 项目支出" in line
        await it.press("enter")
        assert it.review.entry.path.name == "lanxi.txt"
        assert it.review.ref() == CellRef("t02", 6, 4) and "42.00" in it.status
        await it.press("escape", "q")
        assert isinstance(it.app.screen, HitScreen) and "蓝溪县教育局" in it.text
        await it.press("q")
        assert it.app.screen is it.queue


async def test_the_other_places_of_the_document_are_searched_for_too(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await searched(it, "行政运行")
        assert it.lines[2].endswith("  行政运行  部门支出总表"), "a name is told apart by its table"
        await it.press("enter")
        assert it.review.look.search == "行政运行" and len(it.review.look.matches) == 1
        await it.press("q", "q")
        assert isinstance(it.app.screen, HitScreen), "the first leaves the search, the second the document"


async def test_documents_are_searched_as_they_are_reviewed(tmp_path: Path) -> None:
    for let_go in (False, True):
        async with running([analysis(), *three_documents()[1:]], tmp_path) as it:
            if not let_go:
                await it.press("enter", "e")
                it.review.editor.value = "777.77"
                await it.press("enter", "q")
            else:
                it.app._analyses.clear()
            await searched(it, "777.77")
            assert "1 place in 1 of 3 documents" in it.lines[0]
            await it.press("enter")
            assert it.review.state.document.cell(it.review.ref()).text == "777.77"
            await it.press("q", "q", "q")


async def test_only_the_documents_of_the_list_are_searched(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, failures=[unreadable()]) as it:
        await it.press("/")
        await it.type("水利")
        await it.press("enter")
        screen = await searched(it, "1000.50")
        assert {hit.entry for hit in screen.hits.values()} == {
            "baishan.txt"
        } and "6 places in 1 of 1 document" in it.lines[0]


async def test_a_place_is_chosen_from_the_review_too_and_led_back_from(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("j", "enter")
        first, before = it.review.entry.path.name, it.review.ref()
        await searched(it, "42")
        await it.press("enter")
        assert it.review.entry.path.name == "lanxi.txt" != first and it.review.ref() == CellRef("t02", 6, 4)
        await it.press("ctrl+o")
        assert (it.review.entry.path.name, it.review.ref()) == (first, before)
        screen = await searched(it, "120.00")
        here = [line.key.partition("#")[0] for line in screen.lines.lines].index(first)
        await it.press(*["j"] * here, "enter")
        assert it.review.look.search == "120.00" and it.review.entry.path.name == first
        assert it.review.state.document.cell(it.review.ref()).text == "120.00"


async def test_what_was_searched_for_last_is_offered_again(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await searched(it, "卫生健康")
        await it.press("q", "z", "/")
        assert "search 3 documents" in it.text and "卫生健康" in it.text
        await it.press("enter")
        assert "“卫生健康” in all documents" in it.lines[0]
        await it.press("q", "z", "/", "escape")
        assert it.app.screen is it.queue


async def test_nothing_found_is_said(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await searched(it, "没有的字")
        assert "“没有的字” is in none of the documents." in it.text
        await it.press("enter")
        assert "no place was found" in it.status


async def test_what_cannot_be_read_again_is_counted(tmp_path: Path) -> None:
    class Gone(MadeUpWorkspace):
        def search(self, paths: Sequence[Path], looking: HitsOf) -> Iterator[Hits]:
            for path in paths:
                yield Hits(str(path), problem="is gone")

    async with started(WorkbenchApp(Gone(three_documents(), tmp_path))) as it:
        it.app._analyses.clear()
        await searched(it, "42")
        assert "3 unreadable" in it.status


@pytest.mark.parametrize("text", ["1000.50", "没有的字"])
async def test_a_long_search_is_stopped_and_keeps_what_it_found(tmp_path: Path, text: str) -> None:
    go_on = threading.Event()

    class Slow(MadeUpWorkspace):
        def search(self, paths: Sequence[Path], looking: HitsOf) -> Iterator[Hits]:
            for found in super().search(paths, looking):
                yield found
                assert go_on.wait(PATIENCE)

    async with started(WorkbenchApp(Slow(three_documents(), tmp_path))) as it:
        it.app._analyses.clear()
        await it.press("z", "/")
        await it.type(text)
        await it.press("enter")
        screen = it.app.screen
        assert isinstance(screen, HitScreen)
        await it.until(lambda: screen.looked_at == 1)
        await it.press("escape")
        go_on.set()
        await it.until(lambda: not screen.searching)
        await it.until(lambda: "stopped after 1 of 3 documents" in it.lines[0])
        assert bool(screen.lines.lines) == (text == "1000.50")
        assert text == "1000.50" or f"“{text}” is in none of the documents looked through so far." in it.text


def test_of_many_places_the_first_are_listed_and_all_are_counted() -> None:
    rows = tuple(("", f"某项目{number}", "1.00", "1.00", "0.00") for number in range(40))
    found = hits_in("d", document(rows=rows), "某项目")
    assert found.count == 40 and len(found.hits) == LISTED + 1
    assert [hit.more for hit in found.hits] == [0] * LISTED + [40 - LISTED - 1]
    one_more = hits_in("d", document(rows=rows[: LISTED + 1]), "某项目")
    assert [hit.more for hit in one_more.hits] == [0] * (LISTED + 1), "a line that stands for one place is that place"


def test_running_text_is_shown_with_what_stands_around_it() -> None:
    made = document()
    pages = (*made.source.pages, Page(3, "三、其他说明\n本年 政府采购\n预算42.50万元。" + "后文" * 60))
    made = replace(made, source=replace(made.source, pages=pages))
    (hit,) = hits_in("d", made, "采购预算").hits
    assert (hit.page, hit.where) == (3, "") and hit.text.startswith("三、其他说明 本年 政府采购 预算42.50万元。后文")
    assert hit.text.endswith("后文…")


def test_a_place_is_found_again_in_what_the_document_itself_has() -> None:
    made = analysis_of(document()).document
    ref = CellRef("t02", 0, 1)
    (anchor,) = made.cell(ref).anchors
    inside = Anchor(anchor.page, anchor.start + 1, anchor.end)
    matches: list[Place] = [CellRef("t02", 1, 1), ref]
    assert match_at(ref, matches, made) == 1
    assert match_at(inside, matches, made) == 1
    assert match_at(Anchor(9, 0, 1), matches, made) == 0
    assert ROWS[0][1] == made.cell(ref).text


async def test_a_place_is_gone_to_from_the_review_while_the_search_goes_on(tmp_path: Path) -> None:
    go_on = threading.Event()

    class Slow(MadeUpWorkspace):
        def search(self, paths: Sequence[Path], looking: HitsOf) -> Iterator[Hits]:
            for found in super().search(paths, looking):
                yield found
                assert go_on.wait(PATIENCE)

    async with started(WorkbenchApp(Slow(three_documents(), tmp_path))) as it:
        await it.press("j", "enter")
        here = it.review.entry.path.name
        for key in [key for key in it.app._analyses if key != here]:
            del it.app._analyses[key]
        await it.press("z", "/")
        await it.type("医疗保障政策管理")
        await it.press("enter")
        screen = it.app.screen
        assert isinstance(screen, HitScreen)
        await it.until(lambda: len(screen.lines.lines) > 0)
        await it.press("enter")
        go_on.set()
        await it.settle()
        assert it.review.look.search == "医疗保障政策管理"
        assert it.review.state.document.cell(it.review.ref()).text == "医疗保障政策管理"
