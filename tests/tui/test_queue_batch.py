"""Many documents at once: who has them, where they stand, and what was refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.tui.driving import running
from tests.tui.made_up import analysis, three_documents
from workbench.config.settings import Settings
from workbench.model.record import ReviewStatus
from workbench.records.store import RecordStore, read_text
from workbench.review import ReviewSession
from workbench.review.assigning import assign
from workbench.tui.models.queue import QueueEntry, entry_of
from workbench.tui.models.workspace import FolderWorkspace


async def test_a_document_is_given_to_the_reviewer_and_the_list_narrowed_to_it(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        assert "who" not in it.lines[1].split()
        await it.press("A", "enter")
        assert "1 assigned to tester" in it.status
        assert "who" in it.lines[1].split() and "tester" in it.lines[2]
        assert "◦ new" in it.lines[2] and it.queue.current is not None and it.queue.current.open == 2
        await it.press("@")
        assert "filter: assigned:tester" in it.status and len(it.queue.lines.lines) == 1
        await it.press("@")
        assert len(it.queue.lines.lines) == 3
    (record,) = tmp_path.glob("*.toml")
    assert 'assigned = "tester"' in record.read_text()
    assert not list(tmp_path.glob("*.lock")) and not list(tmp_path.glob("*.journal"))


async def test_marked_documents_go_to_another_person_by_name(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("v", "v")
        assert "2 selected" in it.lines[0]
        await it.press(":")
        await it.type("assign 王芳")
        await it.press("enter")
        assert "2 assigned to 王芳" in it.status and "selected" not in it.lines[0]
        await it.press("A")
        assert "王芳" in it.text and "somebody else" in it.text and "nobody" in it.text
        await it.press("escape", "V")
        assert "3 selected" in it.lines[0]
        await it.press("A")
        await it.type("nobody")
        await it.press("enter")
        assert "3 assigned to nobody" in it.status
        await it.press("V", "escape")
        assert "selected" not in it.lines[0]


async def test_a_name_that_is_not_listed_is_taken_as_it_is_typed(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("A")
        await it.type("王芳")
        assert "王芳, new in this list" in it.text
        await it.press("enter")
        assert "1 assigned to 王芳" in it.status
        await it.press("down", "A")
        await it.type("王")
        lines = [line for line in it.lines if "王" in line]
        assert lines.index(next(line for line in lines if "▸" in line and "王芳" in line)) < lines.index(
            next(line for line in lines if "王, new in this list" in line)
        ), "who is known comes first"
        await it.press("enter")
        assert "1 assigned to 王芳" in it.status


async def test_a_list_narrowed_to_nothing_chooses_nothing(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("F")
        await it.type("zzzz")
        await it.press("enter")
        assert "zzzz" in it.text, "the box is there still, and no key goes to what lies below"
        await it.press("escape")
        assert "zzzz" not in it.text


async def test_marked_documents_are_set_to_a_status_where_nothing_hinders_it(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("V", "z", "s")
        await it.type("done")
        await it.press("enter")
        assert "1 set to done; refused: 2" in it.status, "two have open findings"
        assert sum("✓ done" in line for line in it.lines) == 1
        assert "2 selected" in it.lines[0], "what was refused stays marked"


async def test_the_document_says_who_has_it_and_may_be_given_on(tmp_path: Path) -> None:
    made = analysis()
    source = entry_of(made).source
    assert source is not None
    assign(tmp_path, source, "王芳", by="lead")
    async with running([made], tmp_path) as it:
        await it.press("enter")
        assert "assigned to 王芳" in it.lines[0]
        await it.press("z", "a")
        await it.type("tester")
        await it.press("enter")
        assert it.review.state.record.assigned == "tester"
        assert it.review.state.record.status is ReviewStatus.NEW, "to be given a document is no review of it"
        assert it.review.state.record.reviewer == ""


def test_to_assign_leaves_the_review_as_it_is(tmp_path: Path) -> None:
    made = analysis()
    source = entry_of(made).source
    assert source is not None
    with ReviewSession.open(made.path, records=tmp_path, reviewer="王芳", analysis=made) as session:
        session.accept(session.state.findings[0].finding.id)
        session.save()
        before = session.path.read_text()
        path = session.path
    assign(tmp_path, source, "李明", by="lead")
    assert path.read_text() == before.replace('reviewer = "王芳"\n', 'reviewer = "王芳"\nassigned = "李明"\n')
    assign(tmp_path, source, "", by="lead")
    assert path.read_text() == before


def test_steps_that_wait_in_the_journal_are_kept_when_the_document_is_assigned(tmp_path: Path) -> None:
    made = analysis()
    source = entry_of(made).source
    assert source is not None
    with ReviewSession.open(made.path, records=tmp_path, reviewer="王芳", analysis=made) as session:
        session.accept(session.state.findings[0].finding.id)
    assign(RecordStore(tmp_path), source, "李明", by="lead")
    with ReviewSession.open(made.path, records=tmp_path, reviewer="王芳", analysis=made) as session:
        assert session.state.record.corrections and session.state.record.assigned == "李明"
        session.save()
        assert not session.state.differences
        assert 'assigned = "李明"' in (read_text(session.path) or "")


def test_a_record_that_only_says_who_has_it_does_not_hide_what_is_open(tmp_path: Path) -> None:
    made = analysis()
    workspace = FolderWorkspace((), Settings(records=str(tmp_path), reviewer="me"))
    entry = workspace.with_record(workspace.assign(entry_of(made), "王芳"))
    again = workspace.with_record(entry_of(made))
    assert (
        (again.assigned, again.open, again.status)
        == ("王芳", 1, ReviewStatus.NEW)
        == (
            entry.assigned,
            entry.open,
            entry.status,
        )
    )


async def test_who_has_what_and_where_it_stands_is_taken_back_command_by_command(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        assert not it.queue.can("queue.undo")
        await it.press("V", ":")
        await it.type("assign 王芳")
        await it.press("enter", "v", "z", "s")
        await it.type("rejected")
        await it.press("enter")
        await it.type("另一年度")
        await it.press("enter")
        rejected = next(entry for entry in it.app.entries.values() if entry.status is ReviewStatus.REJECTED)
        assert rejected.note == "另一年度"
        await it.press("u")
        assert "taken back in documents: 1" in it.status
        again = it.app.entries[rejected.key]
        assert (again.status, again.note, again.assigned) == (ReviewStatus.NEW, "", "王芳")
        await it.press("u")
        assert "taken back in documents: 3" in it.status
        assert not any(entry.assigned for entry in it.app.entries.values())
        assert not it.queue.can("queue.undo")
    assert list(tmp_path.iterdir()) == [], "nothing is left to keep"


async def test_what_somebody_went_on_with_is_not_taken_back(tmp_path: Path) -> None:
    made = three_documents()
    async with running(made, tmp_path) as it:
        await it.press("V", "A", "enter")
        assert "3 assigned to tester" in it.status
        (key, entry), *_ = it.app.entries.items()
        it.app.update_entry(replace(entry, assigned="李明"))
        kept = it.app.workspace.with_record

        def found(asked: QueueEntry) -> QueueEntry:
            return replace(kept(asked), assigned="李明") if asked.key == key else kept(asked)

        it.app.workspace.with_record = found  # type: ignore[method-assign]
        await it.press("u")
        assert "taken back in documents: 2; refused: 1" in it.status
        assert [entry.assigned for entry in it.app.entries.values()] == ["李明", "", ""]
        assert not it.queue.can("queue.undo"), "what somebody else said stays"
