"""What is new in a document since the reviewer had it open last: a mark in the queue, a list in the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.tui.driving import Driver, running
from tests.tui.made_up import ROWS, MadeUpWorkspace, analysis
from workbench.model.edit import SetCell
from workbench.model.table import CellRef
from workbench.records.index import summary_for
from workbench.review import ReviewSession
from workbench.tui.memory.visits import News, Visit, Visits, digest_of, news_of, visits_file
from workbench.tui.models.narrowing import matching
from workbench.tui.models.queue import QueueEntry, entry_of

SUSPECT = CellRef("t02", 4, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def another(records: Path, path: str = "qinghe.txt") -> None:
    """Another reviewer corrects a cell and rules on nothing else."""
    with ReviewSession.open(Path(path), records=records, reviewer="王芳", analysis=analysis(path)) as session:
        session.apply((SetCell(SUSPECT, "808.50", "880.50"),), note="核对原件")
        session.save()


async def come_back(it: Driver) -> QueueEntry:
    """The queue as it is read anew from the records."""
    workspace = it.app.workspace
    assert isinstance(workspace, MadeUpWorkspace)
    (key, entry), *_ = it.app.entries.items()
    summary = summary_for(workspace.records, entry.path, entry.sha256, entry.entity, entry.year)
    steps = tuple((step.at, step.by) for step in summary.steps) if summary else ()
    it.app.update_entry(it.app.with_news(replace(entry, steps=steps)))
    await it.pilot.pause(0.2)
    return it.app.entries[key]


async def test_what_another_did_since_is_marked_said_and_listed(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        assert "new to you" not in it.text, "what was never seen is not new in this sense"
        await it.press("enter", "j", "q")
        another(tmp_path)
        assert (await come_back(it)).news is not None
        assert "new to you" in it.text and "+1 王芳" in it.text
        await it.press("enter")
        assert "since you were here: steps by 王芳: 1; zn lists it" in it.status
        assert "what is new" in it.keys
        await it.press("g", "g", "z", "n")
        line = next(line for line in it.lines if "王芳" in line and "880.50" in line)
        assert "核对原件" in line and "808.50 → 880.50" in line
        await it.press("enter")
        assert it.review.ref() == SUSPECT
        await it.press("q")
        assert "new to you" not in it.text, "it was seen"
        await it.press("enter")
        assert it.review.why_not("review.news")


async def test_what_reads_otherwise_is_marked_and_listed(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "c", "q")
        workspace = it.app.workspace
        assert isinstance(workspace, MadeUpWorkspace)
        rows = tuple((*row[:4], "0.07") if row[0] == "20805" else row for row in ROWS)
        again = analysis(rows=rows)
        workspace.analyses[:] = [again]
        it.app.keep_analysis(again)
        (key, entry), *_ = it.app.entries.items()
        it.app.update_entry(it.app.with_news(replace(entry, digest=entry_of(again).digest)))
        await it.pilot.pause(0.2)
        assert "reads otherwise" in it.text
        assert matching([it.app.entries[key]], "status:changed")
        await it.press("enter", "z", "n")
        assert any("0.07" in line and "→" in line for line in it.lines)


async def test_steps_of_a_session_that_was_cut_off_are_said_on_opening(tmp_path: Path) -> None:
    session = ReviewSession.open(Path("qinghe.txt"), records=tmp_path, reviewer="tester", analysis=analysis())
    session.apply((SetCell(SUSPECT, "808.50", "880.50"),))
    session._kept._lock.release()  # type: ignore[union-attr]  # as if its process had been killed
    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        assert "unsaved steps recovered from the journal: 1" in it.status
        await it.press("j", "z", "n")
        assert "said on opening" in it.text and "recovered from the journal: 1" in it.text
        await it.press("escape", "q", "enter")
        assert "recovered" not in it.status, "they are saved now"


async def test_why_a_document_is_open_to_read_only_is_said(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file where the folder should be", encoding="utf-8")
    async with running([analysis()], tmp_path / "records") as it:
        await it.press("enter")
        assert "opened for reading only, --records names another folder: File exists" in it.status
        await it.press("c")
        assert "take fix: the document is open to read only" in it.status


async def test_what_another_did_and_what_no_longer_fits_are_said_together(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "j", "q")
        another(tmp_path)
        rows = tuple((*row[:2], "1,880.50", *row[3:]) if row[0] == "21015" else row for row in ROWS)
        again = analysis(rows=rows)
        workspace = it.app.workspace
        assert isinstance(workspace, MadeUpWorkspace)
        workspace.analyses[:] = [again]
        it.app.keep_analysis(again)
        await come_back(it)
        await it.press("enter")
        assert "corrections that no longer fit the document: 1" in it.status + it.keys
        assert "since you were here" in it.status + it.keys
        await it.press("z", "n")
        assert any("no longer fit" in line for line in it.lines)
        assert any("王芳" in line for line in it.lines)


async def test_the_document_open_last_is_found_again(tmp_path: Path) -> None:
    async with running([analysis("a.txt"), analysis("b.txt")], tmp_path) as it:
        await it.press("'")
        assert "no document here was open before" in it.status
        await it.press("j", "enter", "q", "g", "g", "'")
        assert it.queue.current is not None and it.queue.current.path.name == "b.txt"


def test_steps_before_the_visit_and_own_steps_are_not_new() -> None:
    hour = timedelta(hours=1)
    visit = Visit(NOON, "x")
    assert news_of([(NOON - hour, "王芳"), (NOON + hour, "me")], "x", visit, "me") is None
    assert news_of([(NOON + hour, "王芳"), (NOON + hour, "李明")], "x", visit, "me") == News(
        NOON, False, 2, ("王芳", "李明")
    )
    assert news_of([(NOON + hour, "王芳")], "x", None, "me") is None, "never seen"
    own_elsewhere = [(NOON, "me"), (NOON + hour, "王芳")]
    assert news_of(own_elsewhere, "x", None, "me") == News(NOON, False, 1, ("王芳",))
    assert news_of([], "y", visit, "me") == News(NOON, True)


def test_visits_are_kept_from_one_run_to_the_next(tmp_path: Path) -> None:
    path = visits_file(tmp_path, tmp_path / "records", "me")
    assert path != visits_file(tmp_path, tmp_path / "records", "other")
    Visits(path).note("a.txt", NOON, "one")
    visits = Visits(path)
    visits.note("b.txt", NOON + timedelta(1), "two")
    with path.open("a", encoding="utf-8") as file:
        file.write('["cut sho')
    for number in range(600):
        visits.note("a.txt", NOON + timedelta(seconds=number), "three")
    again = Visits(path)
    assert again.last("a.txt") == Visit(NOON + timedelta(seconds=599), "three")
    assert again.last("b.txt") == Visit(NOON + timedelta(1), "two") and again.latest(["a.txt", "b.txt"]) == "b.txt"
    assert len(path.read_text("utf-8").splitlines()) == 2, "it was written anew, a line a document"
    (tmp_path / "file").write_text("")
    Visits(tmp_path / "file" / "visits").note("a.txt", NOON, "one")


def test_the_digest_tells_tables_apart_and_leaves_corrections_out(tmp_path: Path) -> None:
    made = analysis()
    assert digest_of(made.document) == digest_of(analysis().document)
    other = analysis(rows=tuple((*row[:4], "9.00") for row in ROWS))
    assert digest_of(other.document) != digest_of(made.document)
    another(tmp_path)
    with ReviewSession.open(made.path, records=tmp_path, reviewer="me", analysis=made) as session:
        assert session.state.record.corrections
        assert digest_of(session.state.document) == digest_of(made.document)


async def test_a_session_that_is_cut_off_counts_as_a_visit_and_says_so_in_the_queue(tmp_path: Path) -> None:
    async with running([analysis("baishan.txt"), analysis("qinghe.txt")], tmp_path) as it:
        await it.press("j", "enter")
        assert it.app.visits.latest(["baishan.txt", "qinghe.txt"]) == "qinghe.txt", "before it is left"
        await it.press("q", "k", "'")
        assert it.queue.current is not None
        assert it.queue.current.key == "qinghe.txt"
        assert "cut off" not in it.status
        it.app.update_entry(replace(it.queue.current, unsaved=True))
        await it.until(lambda: "steps of a session that was cut off" in it.status)
        await it.press("enter", "q")
        assert "cut off" not in it.status
