"""Where records lie, and what becomes of them when the disk is full, or someone else writes too."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.reviewing import Clock, StandIn, document
from workbench.errors import InvalidFileError, RecordChangedError, RecordLockedError, RecordSchemaError, StorageError
from workbench.model.edit import SetCell, SplitRow
from workbench.model.record import (
    Correction,
    Decision,
    RecordedSource,
    RecordedTable,
    ReviewRecord,
    ReviewStatus,
    Verdict,
)
from workbench.model.table import CellRef
from workbench.records.codec.record import decode, encode
from workbench.records.keeping import KeptRecord
from workbench.records.replay import replay
from workbench.records.store import RecordStore
from workbench.review import ReviewSession

RECORD = ReviewRecord(RecordedSource("青禾县.pdf", "ab" * 32, "", "pdf/1", "", None, ""))
TOTAL = CellRef("t01", 3, 2)


class FullDisk:
    """A disk that takes so many syncs and then none, until it is given room."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __call__(self, descriptor: int) -> None:
        if self.room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.room -= 1
        os.fsync(descriptor)


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("docs/青禾县教育局.pdf", "青禾县教育局.abababab.toml"),
        ("a.b.docx", "a.b.abababab.toml"),
        ("../../etc/passwd", "passwd.abababab.toml"),
        ("extraction.json!2", "extraction!2.abababab.toml"),
        ("archive.zip!县/预算.pdf", "archive!预算.abababab.toml"),
        ('a:b*c?"<>|\x1b[31m.txt', "a_b_c______[31m.abababab.toml"),
        ("...", "document.abababab.toml"),
        ("预" * 200 + ".txt", "预" * 50 + ".abababab.toml"),
        (b"\xff\xfe.txt".decode("utf-8", "surrogateescape"), "__.abababab.toml"),
    ],
)
def test_a_record_lies_in_its_folder_under_a_name_that_any_system_takes(source: str, name: str) -> None:
    path = RecordStore(Path("records")).path_for(source, "ab" * 32)
    assert path.parent == Path("records")
    assert path.name == name
    assert len(path.name.encode()) < 240


def test_a_record_that_changed_on_disk_is_never_overwritten(tmp_path: Path) -> None:
    store = RecordStore(tmp_path)
    path = store.path_for("a.pdf", "ab" * 32)
    first = store.save(path, RECORD, "")
    path.write_text(path.read_text("utf-8").replace('note = ""', 'note = "手写"'), "utf-8")
    with pytest.raises(RecordChangedError, match="changed by someone else"):
        store.save(path, replace(RECORD, note="mine"), first)
    assert "手写" in path.read_text("utf-8")
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_record_that_appeared_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    store = RecordStore(tmp_path)
    path = store.path_for("a.pdf", "ab" * 32)
    store.save(path, RECORD, "")
    with pytest.raises(RecordChangedError):
        store.save(path, replace(RECORD, note="mine"), "")


def test_a_record_on_a_full_disk_stays_as_it_was(tmp_path: Path) -> None:
    path = RecordStore(tmp_path).path_for("a.pdf", "ab" * 32)
    first = RecordStore(tmp_path).save(path, RECORD, "")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="No space left on device"):
        RecordStore(tmp_path, FullDisk(0)).save(path, replace(RECORD, note="x"), first)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("room", range(12))
def test_a_review_on_a_disk_that_runs_full_keeps_what_had_shown(tmp_path: Path, room: int) -> None:
    disk = FullDisk(room)
    analyst = StandIn(document(slip=True))

    def opened(sync: FullDisk | None) -> ReviewSession:
        store = RecordStore(tmp_path, sync or os.fsync)
        return ReviewSession.open(Path("a.txt"), records=store, reviewer="李文", clock=Clock(), analyst=analyst)

    session = opened(disk)
    shown = 0
    for number in range(6):
        before = session.state.document.cell(TOTAL).text
        try:
            session.apply((SetCell(TOTAL, before, f"{number}.00"),))
            shown += 1
            if number % 2:
                session.save()
        except StorageError as error:
            assert "nothing shown as done is lost" in str(error)
            break
    assert len(session.state.record.actions) == shown
    session.close()
    with opened(None) as again:
        assert again.state.document.cell(TOTAL).text == (f"{shown - 1}.00" if shown else "80.00")
        assert len(again.state.record.actions) == shown


def test_a_step_refused_by_a_full_disk_can_be_taken_again_when_there_is_room(tmp_path: Path) -> None:
    disk = FullDisk(2)
    store = RecordStore(tmp_path, disk)
    analyst = StandIn(document(slip=True))
    with ReviewSession.open(Path("a.txt"), records=store, reviewer="李文", clock=Clock(), analyst=analyst) as session:
        session.flag(TOTAL)
        with pytest.raises(StorageError):
            session.apply((SetCell(TOTAL, "80.00", "30.00"),))
        assert session.state.document.cell(TOTAL).text == "80.00"
        disk.room = 100
        session.apply((SetCell(TOTAL, "80.00", "30.00"),))
    with ReviewSession.open(
        Path("a.txt"), records=tmp_path, reviewer="李文", clock=Clock(), analyst=analyst
    ) as session:
        assert len(session.state.record.actions) == 2
        assert session.state.document.cell(TOTAL).text == "30.00"


@pytest.mark.parametrize("room", range(4))
def test_of_steps_taken_back_at_once_those_that_a_full_disk_took_are_shown(tmp_path: Path, room: int) -> None:
    disk = FullDisk(100)
    parsed = document(slip=True)
    with ReviewSession.open(
        Path("a.txt"), records=RecordStore(tmp_path, disk), reviewer="李文", clock=Clock(), analyst=StandIn(parsed)
    ) as session:
        assert len(session.accept_safe()) == 2
        taken = [session.state.record.actions[:count] for count in range(3)]
        disk.room = room
        with suppress(StorageError):
            session.undo()
        disk.room = 100
        left = session.state.record.actions
        assert left == taken[max(2 - room, 0)]
        assert session.state.document == replay(parsed, left).document
        assert (session.redo() is not None) is bool(room)
        assert len(session.state.record.actions) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("schema = 1\n[source\n", "2: is not valid TOML"),
        ("[source]\n", "schema: a whole number is wanted, this is not a record"),
        ("schema = 0\n", "schema: there is no way from schema 0"),
        ('schema = 1\n[source]\nsha256 = 5\n[review]\nstatus = "don"\n', "source.sha256: a string is wanted"),
        ('schema = 1\n[source]\nsha256 = ""\n[review]\nstatus = "don"\n', "did you mean done?"),
        (
            'schema = 1\n[source]\nsha256 = ""\n[[corrections]]\nstep = 0\n[[corrections.edits]]\nkind = "set_cel"\n',
            "corrections[0].edits[0].kind: 'set_cel' is no kind of edit",
        ),
        (
            'schema = 1\n[source]\nsha256 = ""\n[[tables]]\nid = "t01"\nrows = [["a", 1.5]]\n',
            "tables[0].rows[0]: an array of strings is wanted (a figure is a string too)",
        ),
    ],
)
def test_a_record_that_cannot_be_read_says_where_it_is_wrong(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "a.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidFileError) as caught:
        RecordStore(tmp_path).load(path)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        (
            'verdict = "waived"',
            'verdict = "wavied"',
            "decisions[1].verdict: 'wavied' is not known; did you mean waived?",
        ),
        ("at = 2031-03-02 09:02:00+00:00", 'at = "gestern"', "decisions[1].at: a date and time is wanted"),
        ('    ["201", "3.00"],', '    ["201", 3.00],', "tables[0].rows[1]: an array of strings is wanted"),
        ('after = "9"', "after = 9", "corrections[0].edits[1].after: a string is wanted"),
        ('reviewer = "李文"', "reviewer = 1", "review.reviewer: a string is wanted"),
    ],
)
def test_what_a_person_wrote_wrongly_is_told_with_its_line(
    tmp_path: Path, written: str, instead: str, said: str
) -> None:
    moment = datetime(2031, 3, 2, 9, 2, tzinfo=UTC)
    edits = (SetCell(CellRef("t01", 0, 1), "1", "2"), SetCell(CellRef("t01", 1, 1), "1", "9"))
    source = RecordedSource("a.pdf", "ab" * 32, "", "pdf/1", "青禾县教育局", 2031, "万元")
    record = ReviewRecord(
        source,
        reviewer="李文",
        actions=(
            Correction(edits, (("", ""), ("", "")), "李文", moment.replace(minute=0)),
            Decision(
                "row_sum:1", Verdict.SOURCE_ERROR, ("1",), "李文", moment.replace(minute=1), "多行\n[[decisions]]"
            ),
            Decision("row_sum:2", Verdict.WAIVED, ("1",), "李文", moment),
        ),
        tables=(RecordedTable("t01", "", "other", "万元", (), (("1", "2"), ("201", "3.00"))),),
    )
    text = encode(record).replace(written, instead)
    assert text != encode(record)
    path = tmp_path / "a.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(InvalidFileError) as caught:
        RecordStore(tmp_path).load(path)
    (problem,) = caught.value.problems
    assert said in problem.message
    assert problem.line is not None and instead in text.splitlines()[problem.line - 1]


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_record_that_another_editor_saved_is_read_and_goes_on(tmp_path: Path, ends: str) -> None:
    """With a mark before UTF-8 and the line ends of Windows."""
    path = tmp_path / "a.toml"
    text = encode(RECORD)
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", ends).encode())
    loaded = RecordStore(tmp_path).load(path)
    assert loaded is not None and loaded.record == RECORD
    RecordStore(tmp_path).save(path, RECORD, loaded.digest)
    assert path.read_text("utf-8") == text


def test_a_record_of_a_newer_version_is_refused_politely(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text("schema = 7\nwhatever = 1\n", "utf-8")
    with pytest.raises(RecordSchemaError, match=r"has schema 7, this version knows up to 1 \(upgrade workbench\)"):
        RecordStore(tmp_path).load(path)


def test_a_record_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b'schema = 1\nnote = "\xff"\n')
    with pytest.raises(InvalidFileError, match="not UTF-8"):
        RecordStore(tmp_path).load(path)


def opened(folder: Path, reviewer: str = "李文", **options: bool) -> ReviewSession:
    return ReviewSession.open(
        Path("a.txt"), records=folder, reviewer=reviewer, clock=Clock(), analyst=StandIn(document(slip=True)), **options
    )


def test_a_record_changed_on_disk_is_merged_on_saving_and_conflicts_are_settled(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        path = session.save()
        clean = path.read_text("utf-8")
        session.apply((SetCell(TOTAL, "80.00", "31.00"),))
        session.apply((SetCell(CellRef("t01", 0, 1), "一般公共服务支出", "公共服务"),))
        session.save()
        theirs = path.read_text("utf-8")
    path.write_text(clean, "utf-8")
    with opened(tmp_path, "王芳") as session:
        session.apply((SetCell(TOTAL, "80.00", "30.00"),))
        session.apply((SetCell(CellRef("t01", 1, 2), "8.00", "80.00"),))
        path.write_text(theirs, "utf-8")
        session.save()
        shown = session.state.document
        assert shown.cell(TOTAL).text == "30.00"
        assert shown.cell(CellRef("t01", 1, 2)).text == "80.00"
        assert shown.cell(CellRef("t01", 0, 1)).text == "公共服务"
        (conflict,) = session.state.conflicts
        assert str(conflict) == "cell t01/3/2: ours '30.00', theirs '31.00', before '80.00'"
        assert "conflicts to be settled: 1" in session.state.messages[-1].en
    with opened(tmp_path) as session:
        (conflict,) = session.state.conflicts
        session.settle(conflict, theirs=True)
        assert session.state.conflicts == ()
        assert session.state.document.cell(TOTAL).text == "31.00"
    with opened(tmp_path) as session:
        assert session.state.conflicts == ()
        assert session.state.document.cell(TOTAL).text == "31.00"


def test_a_record_changed_under_a_journal_that_was_never_saved_is_merged_on_opening(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        path = session.save()
        session.apply((SetCell(TOTAL, "80.00", "30.00"),))
    path.write_text(path.read_text("utf-8").replace('note = ""', 'note = "手写"', 1), "utf-8")
    with opened(tmp_path) as session:
        assert session.state.record.note == "手写"
        assert session.state.document.cell(TOTAL).text == "30.00"
        assert session.state.messages[0].en == "the record had been changed on disk; both reviews were merged"
    with opened(tmp_path) as session:
        assert session.state.record.note == "手写"
        session.save()
    assert "手写" in path.read_text("utf-8")


def test_a_record_deleted_underneath_is_written_anew(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        path = session.save()
        session.apply((SetCell(TOTAL, "80.00", "30.00"),))
        path.unlink()
        session.save()
        assert path.exists()
        assert "it was written anew" in session.state.messages[-1].en


def test_a_record_deleted_between_two_sessions_is_recovered_from_the_journal(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.flag(CellRef("t01", 0, 0), "先")
        path = session.save()
        session.apply((SetCell(TOTAL, "80.00", "30.00"),))
    path.unlink()
    for _ in range(2):
        with opened(tmp_path) as session:
            assert session.state.document.cell(TOTAL).text == "30.00"
            assert [flag.note for flag in session.state.flags] == ["先"]
            assert session.state.dirty


def test_a_journal_deleted_underneath_is_written_again_with_the_next_step(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.flag(TOTAL, "一")
        session.path.with_suffix(".journal").unlink()
        session.flag(TOTAL, "二")
    with opened(tmp_path) as session:
        assert [flag.note for flag in session.state.record.flags] == ["一", "二"]


def test_a_person_may_add_keys_and_notes_that_are_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.apply((SetCell(TOTAL, "80.00", "30.00"),))
        path = session.save()
    text = path.read_text("utf-8")
    text = text.replace('method = "manual"', 'method = "manual"\nticket = "A-17"').replace(
        "[review]", "[review]\nbatch = 3"
    )
    path.write_text(text, "utf-8")
    with opened(tmp_path) as session:
        session.set_status(ReviewStatus.NEEDS_SECOND)
        session.undo()
        session.redo()
        session.save()
    kept = path.read_text("utf-8")
    assert 'ticket = "A-17"' in kept
    assert "batch = 3" in kept


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.apply((SetCell(TOTAL, "80.00", "30.00"),))
        path = session.save()
        before = path.read_bytes()
        session.save()
    with opened(tmp_path) as session:
        session.save()
    assert path.read_bytes() == before


def test_a_journal_line_that_the_power_cut_short_is_left_out_and_said(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        session.flag(TOTAL, "一")
        session.flag(TOTAL, "二")
        journal = session.path.with_suffix(".journal")
    journal.write_bytes(journal.read_bytes()[:-9])
    with opened(tmp_path) as session:
        assert [flag.note for flag in session.state.record.flags] == ["一"]
        assert session.state.messages[0].en.startswith("the last line of the journal was cut short")
        session.flag(TOTAL, "三")
    with opened(tmp_path) as session:
        assert [flag.note for flag in session.state.record.flags] == ["一", "三"]
        assert len(session.state.messages) == 1


def test_a_journal_damaged_in_the_middle_is_kept_for_a_person_to_look_at(tmp_path: Path) -> None:
    with opened(tmp_path) as session:
        for note in "一二三":
            session.flag(TOTAL, note)
        journal = session.path.with_suffix(".journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    damaged = b"".join([*lines[:2], lines[2].replace(b"flag", b"flog"), *lines[3:]])
    journal.write_bytes(damaged)
    with opened(tmp_path) as session:
        assert [flag.note for flag in session.state.record.flags] == ["一"]
        assert "the journal is damaged; lines left out: 2" in session.state.messages[0].en
        session.flag(TOTAL, "四")
    assert journal.with_name(f"{journal.name}.damaged").read_bytes() == damaged


def test_a_folder_deleted_underneath_is_made_again_with_the_next_step(tmp_path: Path) -> None:
    with opened(tmp_path / "records") as session:
        session.flag(TOTAL, "一")
        for path in (tmp_path / "records").iterdir():
            path.unlink()
        (tmp_path / "records").rmdir()
        session.flag(TOTAL, "二")
    with opened(tmp_path / "records") as session:
        assert [flag.note for flag in session.state.record.flags] == ["一", "二"]


def test_whoever_lost_the_lock_stays_locked_out_when_the_other_is_done(tmp_path: Path) -> None:
    first = opened(tmp_path)
    first.flag(TOTAL, "一")
    with opened(tmp_path, "王芳", steal_lock=True) as second:
        with pytest.raises(RecordLockedError):
            first.flag(TOTAL, "丢失")
        second.flag(TOTAL, "二")
        second.save()
    with pytest.raises(RecordLockedError):
        first.flag(TOTAL, "丢失")
    first.close()
    with opened(tmp_path) as session:
        assert [flag.note for flag in session.state.record.flags] == ["一", "二"]


def test_a_row_cut_in_two_is_kept_with_where_it_was_cut() -> None:
    moment = datetime(2031, 3, 2, 9, tzinfo=UTC)
    cut = SplitRow("t01", 3, (2, 0, 4), ("教育支出", "", "4.005.00"))
    record = replace(RECORD, actions=(Correction((cut,), (("", ""),), "李文", moment),))
    text = encode(record)
    assert decode(text) == record
    with pytest.raises(InvalidFileError, match=r"edits\[0\]\.offsets: an array of whole numbers is wanted"):
        decode(re.sub(r"offsets = \[[^]]*\]", 'offsets = ["2"]', text))


def test_a_sign_of_life_tells_who_lost_the_lock(tmp_path: Path) -> None:
    store, clock = RecordStore(tmp_path), Clock()
    kept = KeptRecord.open(store, RECORD, person="李文", clock=clock)
    kept.refresh()
    other = KeptRecord.open(store, RECORD, person="王芳", clock=clock, steal_lock=True)
    with pytest.raises(RecordLockedError, match="王芳"):
        kept.refresh()
    other.refresh()
    other.close()
    other.refresh()
