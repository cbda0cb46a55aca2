"""One key takes back what one key did in many documents, and nothing that was done after it."""

from __future__ import annotations

from pathlib import Path

from tests.tui.driving import running
from tests.tui.made_up import analysis
from tests.tui.test_group import looked_through, many
from workbench.model.record import Verdict


async def test_a_ruling_on_many_documents_is_taken_back_in_all_of_them(tmp_path: Path) -> None:
    async with running(many(3), tmp_path) as it:
        await it.press("R", "enter")
        screen = await looked_through(it)
        assert not screen.can("group.undo")
        await it.press("V", "a", "enter")
        assert [item.verdict for item in screen.items.values()] == [Verdict.SOURCE_ERROR] * 3
        assert [entry.open for entry in it.app.entries.values()] == [0, 0, 0]
        await it.press("u")
        assert "taken back in documents: 3" in it.status
        assert [item.verdict for item in screen.items.values()] == [None] * 3
        assert [entry.open for entry in it.app.entries.values()] == [1, 1, 1]
        await it.press("u")
        assert "nothing to undo" in it.status


async def test_fixes_taken_come_back_to_the_list_and_the_documents_print_as_before(tmp_path: Path) -> None:
    async with running(many(2), tmp_path) as it:
        await it.press("R", "enter")
        screen = await looked_through(it)
        await it.press("V", "A")
        assert not any(item.verdict is None for item in screen.items.values())
        await it.press("ctrl+z")
        assert len(screen.items) == 2 and all(item.fix for item in screen.items.values())
        assert screen.current is not None
        await it.press("enter")
        assert not it.review.state.record.actions


async def test_commands_are_taken_back_one_after_another_the_last_first(tmp_path: Path) -> None:
    async with running(many(2), tmp_path) as it:
        await it.press("R", "enter")
        screen = await looked_through(it)
        await it.press("s", "s")
        assert [item.verdict for item in screen.items.values()] == [Verdict.DEFERRED] * 2
        await it.press("u")
        assert [item.verdict for item in screen.items.values()].count(Verdict.DEFERRED) == 1
        await it.press("u")
        assert [item.verdict for item in screen.items.values()] == [None] * 2


async def test_a_document_that_went_on_keeps_what_it_has_and_is_named(tmp_path: Path) -> None:
    async with running([analysis("a.txt", "白杉市水利局"), analysis("b.txt")], tmp_path) as it:
        await it.press("R", "enter")
        screen = await looked_through(it)
        await it.press("V", "a", "enter")
        went_on = screen.current
        assert went_on is not None
        await it.press("enter", "2", "f", "q")
        await it.press("u")
        assert "taken back in documents: 1" in it.status and "other steps came after it" in it.status
        verdicts = {item.entry: item.verdict for item in screen.items.values()}
        assert verdicts.pop(went_on.entry) is Verdict.SOURCE_ERROR
        assert list(verdicts.values()) == [None]
