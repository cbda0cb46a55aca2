"""Review by rule: the findings of one rule over the whole workspace."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.tui.driving import PATIENCE, Driver, running, started
from tests.tui.made_up import MadeUpWorkspace, analysis, analysis_of, document, three_documents, unreadable
from workbench.model.edit import SetCell
from workbench.model.record import Verdict
from workbench.model.table import CellRef
from workbench.pipeline import Analysis, Failure
from workbench.review import ReviewSession
from workbench.tui.app import WorkbenchApp
from workbench.tui.models.group import find_all, having, rule_counts
from workbench.tui.models.queue import entry_of
from workbench.tui.screens.group import GroupScreen


def group(it: Driver) -> GroupScreen:
    screen = it.app.screen
    assert isinstance(screen, GroupScreen)
    return screen


async def looked_through(it: Driver) -> GroupScreen:
    """The screen when no document is missing any more."""
    screen = group(it)
    await it.until(lambda: not screen.searching)
    await it.until_drawn()
    return screen


def many(count: int) -> list[Analysis]:
    return [analysis(f"d{number:03}.txt", f"青禾县第{number}单位") for number in range(count)]


async def test_documents_that_were_let_go_are_read_again(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        it.app._analyses.clear()
        await it.press("R", "enter")
        screen = await looked_through(it)
        first = rule_counts(it.app.entries.values()).most_common(1)[0]
        assert screen.rule == first[0] and len(screen.items) == first[1] > 0
        assert f"{first[1]} open" in it.lines[0]


def test_nothing_of_a_document_is_kept_but_its_findings(tmp_path: Path) -> None:
    made = 0

    class Endless(MadeUpWorkspace):
        def read(self, paths: Sequence[Path]) -> Iterator[Analysis | Failure]:
            nonlocal made
            for path in paths:
                made += 1
                yield analysis_of(document(str(path)))

    entries = [entry_of(read) for read in many(12)]
    gc.collect()
    # What is there already is neither counted nor looked through.
    gc.freeze()
    try:
        most, found = 0, []
        for one in find_all(entries, "row_sum", Endless([], tmp_path), lambda _: None):
            found += one.items
            gc.collect()
            most = max(most, sum(isinstance(thing, Analysis) for thing in gc.get_objects()))
    finally:
        gc.unfreeze()
    assert made == len(found) == 12 and 0 < most <= 1


async def test_the_list_can_be_worked_on_while_documents_come_in_and_escape_stops_them(tmp_path: Path) -> None:
    go_on, documents = threading.Event(), many(6)

    class Slow(MadeUpWorkspace):
        def read(self, paths: Sequence[Path]) -> Iterator[Analysis | Failure]:
            for number, read in enumerate(super().read(paths)):
                if number == 2 and self.slow:
                    assert go_on.wait(PATIENCE)
                yield read

        slow = False

    workspace = Slow(documents, tmp_path)
    app = WorkbenchApp(workspace)
    async with started(app, size=(100, 24)) as it:
        app._analyses.clear()
        workspace.slow = True
        try:
            await it.press("R", "enter")
            await it.until(lambda: len(group(it).items) == 2)
            await it.until_drawn()
            assert "2 of 6 documents looked through" in it.lines[0]
            await it.press("s")
            assert "later" in it.status and next(iter(group(it).items.values())).verdict is Verdict.DEFERRED
            await it.press("escape")
            assert "stopped" in it.status
        finally:
            go_on.set()
        screen = await looked_through(it)
        assert len(screen.items) < 6 and "stopped after" in it.lines[0]
        await it.press("escape")
        assert it.queue.is_current


async def test_what_was_ruled_before_shows_its_ruling(tmp_path: Path) -> None:
    async with running(many(2), tmp_path) as it:
        await it.press("R", "enter", "a", "enter")
        first = await looked_through(it)
        assert [item.verdict for item in first.items.values()].count(Verdict.SOURCE_ERROR) == 1
        assert "1 open" in it.lines[0]
        await it.press("q", "R", "enter")
        again = await looked_through(it)
        assert [item.verdict for item in again.items.values()].count(Verdict.SOURCE_ERROR) == 1
        assert "source is wrong" in it.text


async def test_the_cursor_goes_on_to_what_waits(tmp_path: Path) -> None:
    async with running(many(3), tmp_path) as it:
        await it.press("R", "enter")
        screen = await looked_through(it)
        await it.press("s", "s", "s")
        assert all(item.verdict is Verdict.DEFERRED for item in screen.items.values())


async def test_a_finding_that_a_correction_cleared_is_gone(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("R", "enter")
        await looked_through(it)
        await it.press("enter", "c", "q")
        screen = await looked_through(it)
        assert not screen.items and "No finding of this rule" in it.text


async def test_safe_fixes_of_many_documents_are_shown_and_taken_at_once(tmp_path: Path) -> None:
    async with running(many(3), tmp_path) as it:
        await it.press("R", "enter")
        screen = await looked_through(it)
        assert sum("808.50 → 880.50" in line for line in it.lines) == 3
        await it.press("V", "c")
        assert "fixes taken: 3" in it.status
        assert not screen.items and "No finding of this rule" in it.text
        await it.press("escape")
        assert "0 open" in it.lines[0]
    for made in many(3):
        with ReviewSession.open(made.path, records=tmp_path, reviewer="x", analysis=made) as session:
            assert session.state.document.cell(CellRef("t02", 4, 2)).text == "880.50"
            assert not session.state.findings and session.state.can_undo


async def test_fixes_are_taken_with_the_ruling_that_the_documents_are_wrong(tmp_path: Path) -> None:
    async with running(many(2), tmp_path) as it:
        await it.press("R", "enter")
        await looked_through(it)
        await it.press("A")
        assert "fixes taken: 1" in it.status
        assert sum("808.50 → 880.50" in line for line in it.lines) == 1, "the one under the cursor only"
    (record,) = tmp_path.glob("*.toml")
    text = record.read_text(encoding="utf-8")
    assert "source_error" in text and '"880.50"' in text


async def test_only_what_was_shown_is_taken(tmp_path: Path) -> None:
    async with running(many(2), tmp_path) as it:
        await it.press("R", "enter")
        screen = await looked_through(it)
        with ReviewSession.open(Path("d000.txt"), records=tmp_path, reviewer="王芳", analysis=many(1)[0]) as session:
            session.apply((SetCell(CellRef("t02", 4, 2), "808.50", "880.50"),))
            session.save()
        await it.press("V", "c")
        assert "fixes taken: 1; 1 are no longer as shown" in it.status
        assert not screen.items


async def test_where_no_safe_fix_is_shown_none_is_taken(tmp_path: Path) -> None:
    async with running(many(1), tmp_path) as it:
        await it.press("R", "enter")
        screen = await looked_through(it)
        await it.press("a")
        await it.press("enter")
        assert "808.50 → 880.50" not in it.text, "what is ruled on has no fix to take"
        await it.press("c")
        assert "take fix: there is no safe fix" in it.status
        assert len(screen.items) == 1


async def test_a_document_that_is_locked_is_told_and_the_others_are_decided(tmp_path: Path) -> None:
    documents = many(2)
    holder = MadeUpWorkspace(documents, tmp_path).open(documents[0].path, None)
    try:
        async with running(documents, tmp_path) as it:
            await it.press("R", "enter")
            await looked_through(it)
            await it.press("V", "a", "enter")
            # How long the path of the lock is decides whether all of it stands on one line.
            assert "1 finding: source is wrong" in it.status and "d000" in it.status + it.keys
    finally:
        holder.close()


async def test_a_document_that_cannot_be_read_any_more_is_counted(tmp_path: Path) -> None:
    async with running(many(2), tmp_path) as it:
        it.app._analyses.clear()
        made = it.app.workspace
        assert isinstance(made, MadeUpWorkspace)
        made.failures = [unreadable("d001.txt")]
        made.analyses = made.analyses[:1]
        await it.press("R", "enter")
        screen = await looked_through(it)
        assert len(screen.items) == 1 and "1 unreadable" in it.status


def test_only_documents_with_the_rule_are_looked_at() -> None:
    entries = [entry_of(read) for read in three_documents()]
    for rule, count in rule_counts(entries).items():
        having_it = having(entries, rule)
        assert 0 < len(having_it) <= count
        assert all(rule in dict(entry.findings_by_rule) for entry in having_it)
        assert all(rule not in dict(entry.findings_by_rule) for entry in entries if entry not in having_it)
    assert having(entries, "nothing") == []


async def test_documents_of_one_name_are_told_apart_by_their_files(tmp_path: Path) -> None:
    async with running([analysis("a.txt"), analysis("b.txt")], tmp_path) as it:
        await it.press("R", "enter")
        await looked_through(it)
        assert sum(name in line for line in it.lines for name in ("a.txt", "b.txt")) == 2
