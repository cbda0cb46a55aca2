"""What a reviewer sees and does in the queue, and the boxes that open over it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from tests.tui.driving import PATIENCE, Driver, running
from tests.tui.made_up import MadeUpWorkspace, analysis, analysis_of, document, three_documents, unreadable
from workbench.config.commands import COMMANDS, CONTEXTS
from workbench.config.keymap import Keymap, builtin_keymap
from workbench.errors import UnreadableSourceError, WorkbenchError
from workbench.model.record import Verdict
from workbench.pipeline import Analysis, Failure
from workbench.review import ReviewSession
from workbench.tui.app import WorkbenchApp
from workbench.tui.drawing.themes import ALL_THEMES
from workbench.tui.models.narrowing import matching
from workbench.tui.models.queue import Order, QueueEntry, entry_of, in_order
from workbench.tui.screens import queue_lines
from workbench.tui.screens.review.screen import ReviewScreen


def names(it: Driver) -> list[str]:
    return [line.key for line in it.queue.lines.lines]


async def test_the_worst_document_comes_first_and_the_unreadable_one_says_why(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, failures=[unreadable()]) as it:
        assert names(it) == ["lanxi.txt", "qinghe.txt", "baishan.txt", "broken.pdf"]
        assert "4 documents" in it.lines[0] and "1 unreadable" in it.lines[0] and "3 open" in it.lines[0]
        row = next(line for line in it.lines if "broken.pdf" in line)
        assert "✗ unreadable" in row and "is not a PDF" in row
        assert "青禾县医疗保障局" in it.text and "2024" in it.text


async def test_the_app_can_be_used_while_documents_are_read(tmp_path: Path) -> None:
    go_on = threading.Event()

    class Slow(MadeUpWorkspace):
        def read(self, paths: Sequence[Path]) -> Iterator[Analysis | Failure]:
            yield self.analyses[0]
            go_on.wait(PATIENCE)
            yield from self.analyses[1:]

    app = WorkbenchApp(Slow(three_documents(), tmp_path))
    async with app.run_test(size=(100, 24)) as pilot:
        it = Driver(app, pilot)
        await it.until(lambda: app.entries and next(iter(app.entries.values())).tables)
        await it.until_drawn()
        try:
            assert "reading 1/3" in it.lines[0]
            assert "waiting" in it.text
            await it.press("n")
            assert "nothing else open in what was read so far; still to be read: 2" in it.status
            await it.press("enter")
            assert "1 open, 0 settled" in it.lines[0]
        finally:
            go_on.set()


async def test_what_is_opened_before_the_documents_are_found_is_the_first_of_them(tmp_path: Path) -> None:
    go_on = threading.Event()

    class Slow(MadeUpWorkspace):
        def find(self) -> tuple[list[Path], list[WorkbenchError]]:
            go_on.wait(PATIENCE)
            return super().find()

    app = WorkbenchApp(Slow(three_documents(), tmp_path))
    app.animation_level = "none"
    async with app.run_test(size=(120, 40)) as pilot:
        it = Driver(app, pilot)
        try:
            await pilot.press("enter")
            await it.until(lambda: "looking for documents; Esc to wait no longer" in it.status)
        finally:
            go_on.set()
        await it.until(lambda: isinstance(app.screen, ReviewScreen) and app.screen.document_shown)
        await it.settle()


async def test_the_filter_narrows_as_it_is_typed_and_escape_clears_it(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("/")
        await it.type("status:open")
        assert names(it) == ["lanxi.txt", "qinghe.txt"]
        await it.press("enter")
        assert "filter: status:open" in it.status
        await it.press("escape")
        assert len(names(it)) == 3


async def test_the_list_is_narrowed_by_what_occurs_in_it(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("F")
        assert "expenditure" in it.text
        await it.type("adds up")
        await it.press("enter")
        assert names(it) == ["baishan.txt"]
        assert "filter: status:clean" in it.status


async def test_orders_go_round(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("o")
        assert "order: name" in it.status
        assert names(it) == sorted(names(it), key=lambda key: it.app.entries[key].name)


async def test_the_palette_finds_commands_and_says_why_one_is_off(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("space")
        await it.type("statis")
        await it.press("enter")
        assert "findings by rule" in it.text
        await it.press("q", "enter", "space")
        await it.type("undo")
        assert "nothing to undo" in it.text


async def test_statistics_show_bars(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("S")
        assert "▪" in it.text and "row sum" in it.text and "failing of a thousand checks, by year" in it.text
        assert "3 findings open" in it.text and "0 settled" in it.text
        await it.press("G")
        assert "checks by outcome" in it.text
        await it.press("q")
        assert names(it)


async def test_statistics_tell_of_the_records_and_of_what_was_just_done(tmp_path: Path) -> None:
    other = analysis("elsewhere.txt", rows=(("205", "教育支出", "9.00", "4.00", "6.00"),))
    with ReviewSession.open(other.path, records=tmp_path, reviewer="elsewhere", analysis=other) as session:
        session.decide(session.state.findings[0].finding.id, Verdict.WAIVED)
        session.save()
    async with running(three_documents(), tmp_path, size=(80, 24)) as it:
        await it.press("enter", "a", "enter", "q", "S")
        assert "2 findings open (0 of them put off), 1 settled: 33 %." in it.text
        assert "1 settled a day" in it.text and "tester" in it.text and "elsewhere" not in it.text
        assert all(len(text) <= 80 for text in it.lines)
        await it.press("f12")
        assert "待处理问题 2 项" in it.text and "每日处理" in it.text


async def test_a_rule_is_reviewed_over_all_documents(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("R")
        await it.press("enter")
        before = it.text
        assert "over all documents" in before
        await it.press("V", "x")
        await it.type("agreed with the office")
        await it.press("enter")
        assert "waived" in it.status
        await it.press("q")
        assert sum(entry.settled for entry in it.app.entries.values()) >= 1
    assert any("agreed with the office" in path.read_text() for path in tmp_path.glob("*.toml"))


async def test_a_document_opens_from_the_rule_list_at_its_finding(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("R", "enter", "enter")
        finding = it.review.finding()
        assert finding is not None
        await it.press("q")
        assert "over all documents" in it.text


async def test_a_document_someone_else_has_open_can_be_read(tmp_path: Path) -> None:
    workspace = MadeUpWorkspace([analysis()], tmp_path)
    holder = workspace.open(Path("qinghe.txt"), None)
    try:
        async with running([analysis()], tmp_path) as it:
            await it.press("enter")
            assert "open to read only" in it.text
            await it.press("enter")
            assert it.review.state.read_only
            await it.press("c")
            assert "read only" in it.status
            await it.press("q")
    finally:
        holder.close()


@pytest.mark.parametrize("context", ["queue", "review.table", "review.findings"])
async def test_help_lists_every_command_that_can_be_heard(tmp_path: Path, context: str) -> None:
    async with running(three_documents(), tmp_path, size=(140, 50)) as it:
        if context != "queue":
            await it.press("enter")
        if context == "review.findings":
            await it.press("3")
        await it.press("?")
        words = it.app.screen.text  # type: ignore[attr-defined]
        for command in COMMANDS:
            if command.scope in CONTEXTS[context]:
                assert command.title.en in words and command.help.en in words, command.id


async def test_help_begins_with_what_is_pressed_most_and_can_be_now(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("enter", "?")
        words = it.app.screen.text  # type: ignore[attr-defined]
        first = words[: words.index("Flag the cell")]
        assert [first.index(title) for title in ("next finding", "take fix", "waive")] == sorted(
            first.index(title) for title in ("next finding", "take fix", "waive")
        )
        assert "what is new" not in first


async def test_all_keys_are_listed(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("f2")
        lines = it.app.screen.lines.lines  # type: ignore[attr-defined]
        assert {line.key for line in lines} == {command.id for command in COMMANDS}


@pytest.mark.parametrize("theme", list(ALL_THEMES))
async def test_every_theme_says_every_state_in_words_and_signs(tmp_path: Path, theme: str) -> None:
    async with running(three_documents(), tmp_path, theme=theme) as it:
        assert "✓ adds up" in it.text and "◦ new" in it.text
        await it.press("enter")
        assert "?" in it.text and "✗" in it.text


async def test_without_colour_light_and_cursor_are_underlined_and_reversed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        styles = [segment.style for strip in it.app.screen._compositor.render_strips(it.app.size) for segment in strip]
        assert any(style and style.reverse for style in styles)
        assert any(style and style.underline for style in styles)
        colors = {color.name for style in styles if style for color in (style.color, style.bgcolor) if color}
        assert colors == {"default"}, "not even greys"


async def test_the_language_changes_while_the_app_runs(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("f12")
        assert "共 3 份" in it.lines[0] and "复核" in it.keys
        await it.press("enter")
        assert "待处理 2，已处理 0" in it.lines[0]


async def test_a_key_can_be_given_to_another_command(tmp_path: Path) -> None:
    bindings = {**builtin_keymap().bindings, "finding.waive": ("a",), "finding.source_error": ("ctrl+a",)}
    async with running([analysis()], tmp_path, keymap=Keymap("mine", bindings)) as it:
        await it.press("enter", "a")
        assert "waive: reason" in it.text


async def test_a_bug_in_a_command_does_not_end_the_review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "f")

        def broken() -> None:
            raise ZeroDivisionError("made to fail")

        monkeypatch.setattr(it.review.session, "undo", broken)
        await it.press("u")
        assert "made to fail" in it.status
        await it.press("n", "q")
        assert names(it) == ["qinghe.txt"]


def test_entries_are_filtered_by_words_and_facets() -> None:
    entries = [entry_of(made) for made in three_documents()]
    assert [e.entity for e in matching(entries, "青禾 2024")] == ["青禾县医疗保障局"]
    assert len(matching(entries, "year:2024")) == 3
    assert not matching(entries, "year:2023")
    assert len(matching(entries, "form:expenditure_summary")) == 3
    assert [e.path.name for e in matching(entries, "status:clean")] == ["baishan.txt"]
    assert len(matching(entries, "rule:row_sum")) >= 1
    for chinese, english in (("状态:相符", "status:clean"), ("年度：2024", "year:2024"), ("规则:横向", "rule:row_sum")):
        assert matching(entries, chinese) == matching(entries, english) != []
    assert matching(entries, "表种:支出总表") and not matching(entries, "表种:三公经费")


async def test_a_facet_is_chosen_and_shown_in_the_language_of_the_interface(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, language="zh") as it:
        await it.press("F")
        while "相符" not in next(line for line in it.lines if "▸ 状态" in line or "▸ 表种" in line):
            await it.press("down")
        await it.press("enter")
        assert names(it) == ["baishan.txt"] and "筛选：状态:相符" in it.text
        await it.press("escape", "@")
        assert "筛选：分配给:tester" in it.text


def test_documents_still_being_read_come_last() -> None:
    entries = [QueueEntry(Path("a")), entry_of(analysis())]
    assert [entry.path.name for entry in in_order(entries, Order.WORST)] == ["qinghe.txt", "a"]


async def test_a_document_without_anything_to_check_does_not_look_like_one_that_adds_up(tmp_path: Path) -> None:
    bare = replace(document("bare.txt", "红岩市档案局"), tables=())
    async with running([analysis_of(bare), *three_documents()], tmp_path) as it:
        lines = {name: next(line for line in it.lines if name in line) for name in ("红岩", "白杉")}
        assert "∅ unchecked" in lines["红岩"] and "✓" not in lines["红岩"]
        assert "✓ adds up" in lines["白杉"]
        assert it.lines.index(lines["红岩"]) < it.lines.index(lines["白杉"]), "it needs a person first"
        while it.queue.current.path.name != "bare.txt":  # type: ignore[union-attr]
            await it.press("j")
        await it.press("enter")
        assert "No table was found" in it.review.detail.text
        assert "J" in it.review.detail.text


async def test_why_a_document_cannot_be_read_is_said_without_its_path(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path, failures=[unreadable()], size=(80, 24)) as it:
        (line,) = (line for line in it.lines[2:-2] if "broken.pdf" in line)
        assert "is not a PDF" in line and "broken.pdf:" not in line
        await it.press("G")
        while it.queue.current.path.name != "broken.pdf":  # type: ignore[union-attr]
            await it.press("k")
        assert "✗ is not a PDF" in it.status


async def test_an_empty_queue_says_what_can_be_read(tmp_path: Path) -> None:
    async with running([], tmp_path, size=(80, 24)) as it:
        assert "PDF, Word, Excel" in " ".join(it.text.split()) and "ZIP" in it.text


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_why_a_document_cannot_be_read_has_the_whole_line(tmp_path: Path, size: tuple[int, int]) -> None:
    reason = "ends in the middle of page 3, and no reader knows how it goes"
    broken = Failure(Path("broken.pdf"), UnreadableSourceError("broken.pdf", reason))
    async with running([analysis()], tmp_path, failures=[broken], size=size) as it:
        (line,) = [line for line in it.lines[2:-2] if "broken.pdf" in line]
        shown = line.split("broken.pdf")[1].strip().rstrip("›").strip()
        assert len(shown) > 40
        assert shown in str(broken.error)
        assert size[0] < 120 or reason in line


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_who_has_a_document_open_now_is_seen_while_they_have_it(tmp_path: Path, size: tuple[int, int]) -> None:
    async with running(three_documents(), tmp_path, size=size) as it:
        workspace = cast("MadeUpWorkspace", it.app.workspace)
        workspace.held["qinghe.txt"] = "王芳"
        await it.press("j", "enter", "q")
        assert "qinghe.txt" in it.queue.current.path.name  # type: ignore[union-attr]
        await it.until(lambda: "王芳 has it open now" in it.status)
        assert size[0] < 120 or "▹ 王芳" in next(line for line in it.lines if "青禾县" in line)
        workspace.held.clear()
        await it.press("enter", "q")
        await it.until(lambda: "王芳" not in it.text)


async def test_who_has_a_document_open_is_looked_up_while_the_reviewer_goes_through_the_queue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_lines, "_LOOK_FOR_HOLDERS", 0.0)
    async with running(three_documents(), tmp_path) as it:
        cast("MadeUpWorkspace", it.app.workspace).held["qinghe.txt"] = "王芳"
        await it.press("j")
        await it.until(lambda: "▹ 王芳" in it.text)


async def test_documents_of_one_title_are_told_apart_by_their_files(tmp_path: Path) -> None:
    again = [
        analysis("2024/qinghe.txt"),
        analysis("2024/copy/qinghe.txt"),
        analysis("qinghe.docx"),
        *three_documents()[1:],
    ]
    async with running(again, tmp_path, size=(80, 24)) as it:
        rows = [line for line in it.lines[2:-2] if "青禾县" in line]
        assert [line.lstrip("▸ ").split()[2] for line in rows] == ["copy/qinghe.txt", "2024/qinghe.txt", "qinghe.docx"]
        assert sum(".txt" in line for line in it.lines[2:-2]) == 2, "titles of their own need no file name"


async def test_where_nothing_is_left_in_a_narrowed_list_what_waits_beyond_it_is_told(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("/")
        await it.type("青禾县")
        await it.press("enter", "n")
        assert "beyond it: 1" in it.status
        await it.press("enter", "c", "D")
        assert "done; no other document of the narrowed list has an open finding; beyond it: 1" in it.status


async def test_the_line_under_the_cursor_stays_where_it_is_while_documents_come_in(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path, size=(100, 20)) as it:
        (entry,) = it.app.entries.values()
        entries = {f"d{n:02}.txt": replace(entry, path=Path(f"d{n:02}.txt"), open=60 - n) for n in range(60)}
        it.app.entries = {key: entry for key, entry in entries.items() if key >= "d30"}
        it.queue.redraw()
        await it.settle()
        await it.press("j", "j", "j", "j", "j")
        here, row = it.queue.lines.current, next(n for n, line in enumerate(it.lines) if line.startswith("▸"))
        assert here is not None
        it.app.entries = entries
        it.queue.redraw()
        await it.settle()
        assert it.queue.lines.current is not None and it.queue.lines.current.key == here.key
        assert it.queue.lines.cursor > 10, "worse ones came in above it"
        assert it.lines[row].startswith("▸")
        await it.press("k")
        assert it.lines[row - 1].startswith("▸")


async def test_a_file_is_named_once_on_its_line(tmp_path: Path) -> None:
    made = [analysis("a.txt"), analysis("b.txt"), analysis("c.txt", "白杉市水利局")]
    async with running(made, tmp_path, size=(200, 20)) as it:
        for name in ("a.txt", "b.txt", "c.txt"):
            (line,) = (line for line in it.lines[2:6] if name in line)
            assert line.count(name) == 1
