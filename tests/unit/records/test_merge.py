"""Two reviews made one: what each did is there, and what they did differently is asked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.errors import InvalidFileError
from workbench.model.check import Outcome
from workbench.model.edit import InsertRows, SetCell, SetUnit
from workbench.model.record import (
    Action,
    ConflictKind,
    Correction,
    Decision,
    Flag,
    RecordedFinding,
    RecordedSource,
    RecordedTable,
    ReviewRecord,
    ReviewStatus,
    Verdict,
)
from workbench.model.table import CellRef
from workbench.records.codec.record import decode, encode
from workbench.records.merging.files import merge_files, merge_folders, merge_marked, merge_texts
from workbench.records.merging.reviews import merge_records

BASE = ReviewRecord(RecordedSource("a.pdf", "ab" * 32, "", "pdf/1", "青禾县教育局", 2031, "万元"))
REF = CellRef("t01", 3, 2)


def at(minute: int) -> datetime:
    return datetime(2031, 3, 2, 9, minute, tzinfo=UTC)


def change(row: int, before: str, after: str, by: str = "李文", minute: int = 0) -> Correction:
    return Correction((SetCell(CellRef("t01", row, 2), before, after),), (("教育支出", "合计"),), by, at(minute))


def ruling(verdict: Verdict, by: str, minute: int = 0, note: str = "") -> Decision:
    return Decision("row_sum:1", verdict, ("8.00",), by, at(minute), note)


def with_(*actions: Action, **changes: object) -> ReviewRecord:
    return replace(BASE, actions=actions, **changes)


def test_what_each_did_alone_is_taken_by_time() -> None:
    ours = with_(change(1, "1", "2", minute=5), change(2, "1", "2", minute=9))
    theirs = with_(change(3, "1", "2", "王芳", minute=7))
    merged = merge_records(BASE, ours, theirs)
    assert [action.at.minute for action in merged.actions] == [5, 7, 9]
    assert merged.conflicts == ()
    assert merge_records(BASE, theirs, ours).actions == merged.actions


def test_one_cell_changed_to_two_values_is_a_conflict_and_ours_stands() -> None:
    ours, theirs = with_(change(3, "1", "2")), with_(change(3, "1", "9", "王芳"))
    merged = merge_records(BASE, ours, theirs)
    assert merged.actions == ours.actions
    (conflict,) = merged.conflicts
    assert (conflict.kind, conflict.place) == (ConflictKind.CELL, "t01/3/2")
    assert (conflict.base, conflict.ours, conflict.theirs) == ("1", "2", "9")
    assert conflict.action == theirs.actions[0]


def test_of_a_step_that_is_half_in_conflict_the_other_half_is_taken() -> None:
    edits = (SetCell(REF, "1", "9"), SetCell(CellRef("t01", 5, 2), "1", "9"))
    theirs = with_(Correction(edits, (("", ""), ("a", "b")), "王芳", at(1)))
    merged = merge_records(BASE, with_(change(3, "1", "2")), theirs)
    assert merged.actions[1] == replace(theirs.actions[0], edits=edits[1:], labels=(("a", "b"),))


def test_the_same_change_by_both_is_one_change() -> None:
    merged = merge_records(BASE, with_(change(3, "1", "2")), with_(change(3, "1", "2", "王芳", 4)))
    assert merged.actions == (change(3, "1", "2"),)
    assert merged.conflicts == ()


def test_what_one_took_back_is_gone_unless_the_other_built_on_it() -> None:
    base = with_(change(3, "1", "2"))
    assert merge_records(base, base, BASE).actions == ()
    assert merge_records(base, BASE, base).actions == ()
    ours = with_(change(3, "1", "2"), change(3, "2", "3", minute=3))
    merged = merge_records(base, ours, BASE)
    assert merged.actions == ours.actions
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("2", "3", "1")


def test_two_verdicts_on_one_finding_are_a_conflict_and_one_verdict_twice_is_not() -> None:
    ours = with_(ruling(Verdict.SOURCE_ERROR, "李文", 1))
    theirs = with_(ruling(Verdict.WAIVED, "王芳", 2))
    merged = merge_records(BASE, ours, theirs)
    assert merged.decisions == ours.decisions
    assert [(c.kind, c.place, c.ours, c.theirs) for c in merged.conflicts] == [
        (ConflictKind.DECISION, "row_sum:1", "source_error", "waived")
    ]
    agreed = with_(ruling(Verdict.SOURCE_ERROR, "王芳", 2, note="同意"))
    merged = merge_records(BASE, ours, agreed)
    assert merged.conflicts == ()
    assert [decision.note for decision in merged.decisions] == ["", "同意"]


STANDING = RecordedFinding("row_sum:1", "row_sum", Outcome.FAIL, "", ("t01/3/1", "t01/3/2"))


def grid(total: str) -> tuple[RecordedTable, ...]:
    return (
        RecordedTable("t01", "支出总表", "expenditure_summary", "万元", (), (("",) * 3,) * 3 + (("", "8", total),)),
    )


@pytest.mark.parametrize("verdict", [Verdict.SOURCE_ERROR, Verdict.WAIVED])
def test_a_cell_corrected_by_one_whose_finding_the_other_ruled_to_be_the_documents_is_a_conflict(
    verdict: Verdict,
) -> None:
    corrected = with_(change(3, "1", "8"), tables=grid("8"))
    ruled = with_(ruling(verdict, "王芳", 5), findings=(STANDING,), tables=grid("1"))
    merged = merge_records(BASE, corrected, ruled)
    (conflict,) = merged.conflicts
    assert (conflict.kind, conflict.place) == (ConflictKind.CELL, "t01/3/2")
    assert (conflict.base, conflict.ours, conflict.theirs) == ("1", "8", "1")
    assert f"theirs '1' ({verdict.value})" in str(conflict)
    # Our correction stands, and their ruling is kept: it is in force again when the cell goes back to what is printed.
    assert [type(action).__name__ for action in merged.actions] == ["Correction", "Decision"]
    assert merged.tables == grid("8")
    # From the other side the ruling stands, and the correction waits beside it.
    merged = merge_records(BASE, ruled, corrected)
    (conflict,) = merged.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("1", "1", "8")
    assert conflict.action == corrected.actions[0]
    assert merged.actions == ruled.actions
    assert merged.tables == grid("1")
    assert decode(encode(merged)) == merged


def test_a_cell_that_one_corrected_and_the_other_said_is_right_is_a_conflict() -> None:
    right = replace(ruling(Verdict.CELL_RIGHT, "王芳", 5), cell=REF, figures=("1",))
    merged = merge_records(BASE, with_(change(3, "1", "8")), with_(right))
    assert [(c.place, c.ours, c.theirs) for c in merged.conflicts] == [("t01/3/2", "8", "1")]
    rejected = replace(ruling(Verdict.VALUE_REJECTED, "王芳", 5), cell=REF, value="8", figures=("1",))
    assert len(merge_records(BASE, with_(rejected), with_(change(3, "1", "8"))).conflicts) == 1
    assert merge_records(BASE, with_(rejected), with_(change(3, "1", "9"))).conflicts == ()


def test_a_correction_and_a_ruling_that_do_not_speak_of_one_thing_are_no_conflict() -> None:
    ruled = with_(ruling(Verdict.SOURCE_ERROR, "王芳", 5), findings=(STANDING,))
    assert merge_records(BASE, with_(change(5, "1", "8")), ruled).conflicts == ()
    # Whoever knew of the ruling when correcting has settled it.
    corrected = replace(ruled, actions=(*ruled.actions, change(3, "1", "8")), findings=())
    assert merge_records(ruled, corrected, ruled).conflicts == ()
    # A ruling that was taken back, or that puts the finding off, says nothing.
    for last in (Verdict.REOPENED, Verdict.DEFERRED):
        other = replace(ruled, actions=(*ruled.actions, ruling(last, "王芳", 6)))
        assert merge_records(BASE, with_(change(3, "1", "8")), other).conflicts == ()
    # Where both ruled on the finding, their rulings are compared.
    both = with_(change(3, "1", "8"), ruling(Verdict.SOURCE_ERROR, "李文", 2))
    assert merge_records(BASE, both, ruled).conflicts == ()


def test_a_finding_that_one_put_off_is_ruled_on_by_the_other() -> None:
    off, ruled = with_(ruling(Verdict.DEFERRED, "李文", 1)), with_(ruling(Verdict.SOURCE_ERROR, "王芳", 2))
    for merged in (merge_records(BASE, off, ruled), merge_records(BASE, ruled, off)):
        assert (merged.decisions, merged.conflicts) == (ruled.decisions, ())
    again = with_(ruling(Verdict.DEFERRED, "王芳", 2))
    assert merge_records(BASE, off, again).conflicts == ()


def test_that_someone_began_is_no_word_against_a_second_pair_of_eyes() -> None:
    began, asked = with_(status=ReviewStatus.IN_REVIEW), with_(status=ReviewStatus.NEEDS_SECOND)
    for merged in (merge_records(BASE, began, asked), merge_records(BASE, asked, began)):
        assert (merged.status, merged.conflicts) == (ReviewStatus.NEEDS_SECOND, ())
    # That it is done is one: what the other did came too late to be looked at.
    done = with_(status=ReviewStatus.DONE)
    assert [conflict.theirs for conflict in merge_records(BASE, began, done).conflicts] == ["done"]


def test_marks_and_notes_of_both_are_kept() -> None:
    ours, theirs = with_(Flag(REF, "李文", at(1), "?")), with_(Flag(REF, "王芳", at(2), "!"))
    assert [flag.note for flag in merge_records(BASE, ours, theirs).flags] == ["?", "!"]
    assert merge_records(ours, ours, BASE).flags == ()


def test_status_and_note_changed_by_both_are_conflicts() -> None:
    ours = with_(status=ReviewStatus.DONE, note="好")
    theirs = with_(status=ReviewStatus.REJECTED, note="不好")
    merged = merge_records(BASE, ours, theirs)
    assert (merged.status, merged.note) == (ReviewStatus.DONE, "好")
    assert [(c.kind, c.theirs) for c in merged.conflicts] == [
        (ConflictKind.STATUS, "rejected"),
        (ConflictKind.NOTE, "不好"),
    ]
    alone = merge_records(BASE, BASE, theirs)
    assert (alone.status, alone.note, alone.conflicts) == (ReviewStatus.REJECTED, "不好", ())


def test_a_table_given_two_units_is_a_conflict_and_a_new_row_beside_a_new_figure_is_not() -> None:
    def unit(after: str, by: str) -> Correction:
        return Correction((SetUnit("t01", "", after),), (("", ""),), by, at(1))

    merged = merge_records(BASE, with_(unit("元", "李文")), with_(unit("万元", "王芳")))
    assert [(c.kind, c.place) for c in merged.conflicts] == [(ConflictKind.TABLE, "t01")]
    row = Correction((InsertRows("t01", 0, (("",),)),), (("", ""),), "王芳", at(1))
    merged = merge_records(BASE, with_(change(3, "1", "2")), with_(row))
    assert len(merged.actions) == 2 and merged.conflicts == ()


def test_grids_and_findings_are_merged_cell_by_cell() -> None:
    def grid(*texts: str) -> RecordedTable:
        return RecordedTable("t01", "表", "other", "", (("a",),), tuple((text,) for text in texts))

    findings = [RecordedFinding(name, "row_sum", Outcome.FAIL, "") for name in "ab"]
    base = with_(tables=(grid("1", "1", "1"),), findings=tuple(findings))
    ours = with_(tables=(grid("2", "1", "1"),), findings=(findings[1],))
    theirs = with_(tables=(grid("1", "1", "3"),), findings=(findings[0],))
    merged = merge_records(base, ours, theirs)
    assert merged.tables == (grid("2", "1", "3"),)
    assert merged.findings == ()


def test_texts_are_merged_and_the_result_can_be_read(tmp_path: Path) -> None:
    ours, theirs = with_(change(3, "1", "2")), with_(change(3, "1", "9", "王芳"))
    text, conflicts = merge_texts(encode(BASE), encode(ours), encode(theirs))
    assert decode(text).conflicts == conflicts
    assert len(conflicts) == 1
    with pytest.raises(InvalidFileError):
        merge_texts("", "not a record", encode(theirs))


def test_two_new_records_without_a_common_beginning_are_merged(tmp_path: Path) -> None:
    for name, record in {"a": with_(change(1, "1", "2")), "b": with_(change(2, "1", "2", "王芳", 1))}.items():
        (tmp_path / name).write_text(encode(record), "utf-8")
    assert merge_files(tmp_path / "none", tmp_path / "a", tmp_path / "b", tmp_path / "a") == ()
    assert len(decode((tmp_path / "a").read_text("utf-8")).actions) == 2


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "PYTHONPATH": str(ROOT)}
    people = {f"GIT_{who}_{what}": "x@y" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    return subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env=os.environ | settings | people,
        capture_output=True,
        text=True,
        check=False,
    )


def test_git_merges_two_branches_with_the_merge_driver(tmp_path: Path) -> None:
    if git(tmp_path, "init", "-q", "-b", "main").returncode:
        pytest.skip("git is not here")
    (driver,) = re.findall(r"merge\.workbench\.driver '(.*)'", (ROOT / "README.md").read_text("utf-8"))
    git(tmp_path, "config", "merge.workbench.driver", f"{sys.executable} -m {driver}")
    (tmp_path / ".gitattributes").write_text("*.toml merge=workbench\n")
    record = tmp_path / "a.abababab.toml"

    def commit(written: ReviewRecord) -> None:
        record.write_text(encode(written), "utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "x")

    commit(BASE)
    git(tmp_path, "checkout", "-qb", "other")
    commit(with_(change(3, "1", "9", "王芳"), change(4, "1", "2", "王芳", 1)))
    git(tmp_path, "checkout", "-q", "main")
    commit(with_(change(5, "1", "2")))
    result = git(tmp_path, "merge", "-q", "other")
    assert result.returncode == 0, result.stderr
    assert len(decode(record.read_text("utf-8")).actions) == 3
    git(tmp_path, "reset", "-q", "--hard", "HEAD~1")
    commit(with_(change(3, "1", "2")))
    result = git(tmp_path, "merge", "other")
    assert result.returncode != 0
    assert "workbench: a.abababab.toml: cell t01/3/2: ours '2', theirs '9'" in result.stderr
    merged = decode(record.read_text("utf-8"))
    assert [conflict.place for conflict in merged.conflicts] == ["t01/3/2"]


def test_of_two_records_the_one_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(encode(with_(change(3, "1", "2"))), "utf-8")
    (tmp_path / "b").write_text(encode(BASE).replace('status = "new"', 'status = "neu"'), "utf-8")
    with pytest.raises(InvalidFileError, match=r"b:\d+: review\.status: 'neu' is not known; did you mean new"):
        merge_files(None, tmp_path / "a", tmp_path / "b", tmp_path / "a")
    with pytest.raises(InvalidFileError, match=r"records/x\.toml \(theirs\):\d+: review"):
        merge_files(None, tmp_path / "a", tmp_path / "b", tmp_path / "a", "records/x.toml")


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_record_in_which_git_left_both_versions_is_made_one_again(tmp_path: Path, style: str) -> None:
    if git(tmp_path, "init", "-q", "-b", "main").returncode:
        pytest.skip("git is not here")
    git(tmp_path, "config", "merge.conflictstyle", style)
    record = tmp_path / "a.abababab.toml"

    def commit(written: ReviewRecord) -> None:
        record.write_text(encode(written), "utf-8")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "x")

    first = change(1, "1", "2")
    commit(with_(first))
    git(tmp_path, "checkout", "-qb", "other")
    commit(with_(first, change(3, "1", "9", "王芳", 1), change(4, "1", "2", "王芳", 2)))
    git(tmp_path, "checkout", "-q", "main")
    commit(with_(first, change(3, "1", "2", minute=3), change(5, "1", "2", minute=4)))
    assert git(tmp_path, "merge", "other").returncode != 0
    with pytest.raises(InvalidFileError, match=r"git left two versions in it; `workbench merge .*toml` makes them one"):
        decode(record.read_text("utf-8"), str(record))
    (conflict,) = merge_marked(record, record)
    assert (conflict.place, conflict.ours, conflict.theirs) == ("t01/3/2", "2", "9")
    merged = decode(record.read_text("utf-8"))
    assert [action.edits[0].ref.row for action in merged.corrections] == [1, 4, 3, 5]
    with pytest.raises(InvalidFileError, match="has no conflict of git in it"):
        merge_marked(record, record)


def test_two_folders_of_records_become_one(tmp_path: Path) -> None:
    for folder, name, record in (
        ("a", "x.abababab.toml", with_(change(1, "1", "2"), ruling(Verdict.SOURCE_ERROR, "李文"))),
        ("b", "renamed.abababab.toml", with_(change(2, "1", "2", "王芳", 1), ruling(Verdict.WAIVED, "王芳"))),
        ("b", "only.cdcdcdcd.toml", replace(BASE, source=replace(BASE.source, sha256="cd" * 32))),
        ("a", "broken.toml", None),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text("<<<<<<<" if record is None else encode(record), "utf-8")
    merged, problems = merge_folders(tmp_path / "a", tmp_path / "b", tmp_path / "c")
    assert [(each.path.name, len(each.conflicts)) for each in merged] == [
        ("x.abababab.toml", 1),
        ("only.cdcdcdcd.toml", 0),
    ]
    assert len(problems) == 1 and "broken.toml" in str(problems[0])
    both = decode((tmp_path / "c" / "x.abababab.toml").read_text("utf-8"))
    assert len(both.corrections) == 2 and both.conflicts[0].place == "row_sum:1"
    with pytest.raises(InvalidFileError, match="there is no such record or folder of records"):
        merge_folders(tmp_path / "a", tmp_path / "none", tmp_path / "c")


def test_a_conflict_says_plainly_what_it_is_about() -> None:
    ours, theirs = with_(status=ReviewStatus.DONE), with_(status=ReviewStatus.REJECTED)
    (conflict,) = merge_records(BASE, ours, theirs).conflicts
    assert str(conflict) == "status: ours 'done', theirs 'rejected', before 'new'"
