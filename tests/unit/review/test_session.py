"""A review without a screen: steps, their undoing, what is ruled, and what is there after quit and reopen."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reviewing import Clock, StandIn, document
from workbench.errors import RecordLockedError, StatusError, StorageError, UnknownNameError
from workbench.model.edit import DeleteRows, EditError, InsertRows, SetCell
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.source import Anchor
from workbench.model.table import CellRef, Document
from workbench.review import ReviewSession

SOURCE = Path("青禾县教育局.txt")
TOTAL_205 = CellRef("t01", 3, 2)
TOTAL_20103 = CellRef("t01", 1, 2)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return tmp_path / "records"


def opened(records: Path, parsed: Document | None = None, reviewer: str = "李文", **options: object) -> ReviewSession:
    analyst = StandIn(parsed or document(slip=True))
    return ReviewSession.open(SOURCE, records=records, reviewer=reviewer, clock=Clock(), analyst=analyst, **options)


def text(session: ReviewSession, ref: CellRef) -> str:
    return session.state.document.cell(ref).text


def ids(session: ReviewSession) -> list[str]:
    return [item.finding.id for item in session.state.open_findings]


def test_a_correction_clears_the_finding_and_undo_brings_it_back(records: Path) -> None:
    with opened(records) as session:
        before = ids(session)
        change = session.apply((SetCell(TOTAL_205, "80.00", "30.00"),))
        assert change.cleared == ("row_sum:支出总表 t01-205-教育支出",)
        assert change.refs == (TOTAL_205,)
        assert change.description.en == "t01 row 4, column 3: 80.00 → 30.00"
        assert ids(session) == before[:1]
        undone = session.undo()
        assert undone is not None and undone.broken == change.cleared
        assert text(session, TOTAL_205) == "80.00"
        assert session.state.printed.cell(TOTAL_205).text == "80.00"
        assert ids(session) == before
        session.redo()
        assert text(session, TOTAL_205) == "30.00"
        assert session.redo() is None


def test_after_quit_and_reopen_the_correction_and_its_undo_history_are_there(records: Path) -> None:
    with opened(records) as session:
        session.apply((SetCell(TOTAL_205, "80.00", "30.00"),))
        session.apply((SetCell(TOTAL_20103, "8.00", "88.00"),))
        session.undo()
        assert session.save().name == "青禾县教育局.5e1f5e1f.toml"
    with opened(records) as session:
        assert session.state.messages == ()
        assert text(session, TOTAL_205) == "30.00"
        session.redo()
        assert text(session, TOTAL_20103) == "88.00"
        session.undo()
        session.undo()
        assert text(session, TOTAL_205) == "80.00"
        assert not session.state.can_undo


def test_a_session_that_was_never_saved_is_recovered_from_its_journal(records: Path) -> None:
    session = opened(records)
    session.apply((SetCell(TOTAL_205, "80.00", "30.00"),))
    session.decide(ids(session)[0], Verdict.SOURCE_ERROR, note="原文如此")
    session.set_note("待复核")
    session.close()
    with opened(records) as session:
        assert [message.en for message in session.state.messages] == ["unsaved steps recovered from the journal: 3"]
        assert text(session, TOTAL_205) == "30.00"
        assert session.state.dirty
        assert session.state.record.note == "待复核"
        assert ids(session) == []
        session.save()
        assert [path.suffix for path in records.iterdir()] == [".toml", ".lock"] or not session.state.dirty
    assert [path.suffix for path in records.iterdir()] == [".toml"]


def test_a_decision_is_bound_to_the_figures_it_was_taken_on(records: Path) -> None:
    with opened(records) as session:
        first, _ = ids(session)
        session.decide(first, Verdict.SOURCE_ERROR)
        assert first not in ids(session)
        session.apply((SetCell(CellRef("t01", 1, 3), "60.00", "61.00"),))
        found = session.state.finding(first)
        assert found is not None and found.stale and found.open
        session.undo()
        assert first not in ids(session)


def test_a_decision_taken_back_leaves_the_finding_open(records: Path) -> None:
    with opened(records) as session:
        first, _ = ids(session)
        session.decide(first, Verdict.WAIVED)
        session.reopen(first)
        assert first in ids(session)
        session.undo()
        assert first not in ids(session)


def test_deferred_findings_leave_the_round_until_nothing_else_is_open(records: Path) -> None:
    with opened(records) as session:
        first, second = ids(session)
        session.decide(first, Verdict.DEFERRED)
        assert [item.finding.id for item in session.state.round] == [second]
        session.decide(second, Verdict.SOURCE_ERROR)
        assert [item.finding.id for item in session.state.round] == [first]


def test_a_rejected_value_is_not_suggested_again(records: Path) -> None:
    with opened(records) as session:
        first, _ = ids(session)
        session.decide(first, Verdict.VALUE_REJECTED)
        found = session.state.finding(first)
        assert found is not None and found.finding.suggestions == () and found.open
        assert session.state.record.decisions[0].value == "80.00"
        session.undo()
        assert session.state.finding(first).finding.suggestions


def test_a_cell_that_is_right_gets_no_suggestion_until_it_is_changed(records: Path) -> None:
    with opened(records) as session:
        first, _ = ids(session)
        session.decide(first, Verdict.CELL_RIGHT, cell=TOTAL_20103)
        assert not session.state.finding(first).finding.suggestions
        session.apply((SetCell(TOTAL_20103, "8.00", "9.00"),))
        assert session.state.finding(first).finding.suggestions


def test_a_ruling_on_a_cell_moves_with_the_cell(records: Path) -> None:
    with opened(records) as session:
        first, _ = ids(session)
        session.decide(first, Verdict.CELL_RIGHT, cell=TOTAL_20103)
        session.flag(TOTAL_20103, "看原件")
        session.apply((InsertRows("t01", 0, (("", "新行", "", "", ""),)),))
        assert not session.state.finding(first).finding.suggestions
        assert [flag.ref for flag in session.state.flags] == [CellRef("t01", 2, 2)]
        session.undo()
        assert [flag.ref for flag in session.state.flags] == [TOTAL_20103]


def test_a_waived_rule_settles_its_findings(records: Path) -> None:
    with opened(records) as session:
        session.decide(ids(session)[0], Verdict.RULE_WAIVED)
        assert ids(session) == []
        session.reopen("row_sum")
        assert len(ids(session)) == 2
        session.undo()
        session.reopen(session.state.findings[0].finding.id)
        assert len(ids(session)) == 2


def test_a_suggestion_is_taken_and_safe_ones_all_at_once(records: Path) -> None:
    with opened(records) as session:
        session.accept(ids(session)[0])
        assert session.state.record.corrections[0].method == "total_from_parts"
        assert text(session, TOTAL_20103) == "80.00"
        session.undo()
        assert len(session.accept_safe()) == 2
        assert ids(session) == []
        assert len(session.state.record.actions) == 2
        assert session.accept_safe() == ()


def test_a_preview_changes_nothing(records: Path) -> None:
    with opened(records) as session:
        comparison = session.preview((SetCell(TOTAL_205, "80.00", "30.00"),))
        assert comparison.cleared == ("row_sum:支出总表 t01-205-教育支出",)
        assert comparison.broken == ()
        assert comparison.document.cell(TOTAL_205).text == "30.00"
        assert text(session, TOTAL_205) == "80.00"
        assert not session.state.dirty


def test_revert_puts_back_what_is_printed(records: Path) -> None:
    with opened(records) as session:
        session.apply((SetCell(TOTAL_205, "80.00", "31.00"),))
        session.revert(TOTAL_205)
        assert text(session, TOTAL_205) == "80.00"
        assert session.state.document.cell(TOTAL_205).corrected is None


def test_what_does_not_fit_changes_nothing(records: Path) -> None:
    with opened(records) as session:
        with pytest.raises(EditError):
            session.apply((SetCell(TOTAL_205, "81.00", "30.00"),))
        with pytest.raises(UnknownNameError):
            session.decide("row_sum:nothing", Verdict.WAIVED)
        with pytest.raises(EditError):
            session.accept(ids(session)[0], 7)
        assert session.apply((SetCell(TOTAL_205, "80.00", "80.00"),)).description.en == "nothing changed"
        assert not session.state.dirty and session.undo() is None


def test_done_is_refused_while_findings_are_open_unless_a_note_says_why(records: Path) -> None:
    with opened(records) as session:
        with pytest.raises(StatusError, match="findings still open: 2"):
            session.set_status(ReviewStatus.DONE)
        session.set_status(ReviewStatus.DONE, note="附件缺失，无法核对")
        assert session.state.record.status is ReviewStatus.DONE
        session.flag(TOTAL_205)
        assert session.state.record.status is ReviewStatus.IN_REVIEW


def test_a_flag_does_not_cost_the_redo_tail(records: Path) -> None:
    with opened(records) as session:
        session.apply((SetCell(TOTAL_205, "80.00", "30.00"),))
        session.undo()
        session.flag(TOTAL_20103, "?")
        session.redo()
        assert text(session, TOTAL_205) == "30.00"


def test_corrections_follow_their_labels_when_a_new_parse_has_one_row_more(records: Path) -> None:
    with opened(records) as session:
        session.apply((SetCell(TOTAL_205, "80.00", "30.00"),))
        session.save()
    parsed = document(slip=True)
    longer = parsed.tables[0].rows
    new_row = (*longer[0][:2], *longer[0][2:])
    table = replace(parsed.tables[0], rows=(new_row, *longer))
    with opened(records, replace(parsed, tables=(table, *parsed.tables[1:]))) as session:
        assert text(session, CellRef("t01", 4, 2)) == "30.00"
        assert session.state.stale == ()
        assert "steps found at another place by their labels: 1" in [m.en for m in session.state.messages]
        assert session.state.differences[0].ref == CellRef("t01", -1, -1)


def test_a_correction_that_no_longer_fits_is_shown_and_kept(records: Path) -> None:
    with opened(records) as session:
        session.apply((SetCell(TOTAL_205, "80.00", "30.00"),))
        session.apply((SetCell(TOTAL_20103, "8.00", "80.00"),))
        session.save()
    reread = document(slip=True)
    from workbench.model.table import Cell

    table = reread.tables[0].with_cell(3, 2, Cell("90.00")).with_cell(1, 2, Cell("80.00"))
    with opened(records, replace(reread, tables=(table, *reread.tables[1:]))) as session:
        assert [item.satisfied for item in session.state.stale] == [False, True]
        assert [message.en for message in session.state.messages][:2] == [
            "corrections that no longer fit the document: 1",
            "corrections no longer needed: 1",
        ]
        assert len(session.state.record.corrections) == 2
        assert text(session, TOTAL_205) == "90.00"


def test_a_grid_changed_by_hand_in_the_record_is_said(records: Path) -> None:
    with opened(records) as session:
        session.apply((SetCell(TOTAL_205, "80.00", "30.00"),))
        path = session.save()
    path.write_text(path.read_text("utf-8").replace('"30.00", "", "30.00"]', '"33.00", "", "30.00"]', 1), "utf-8")
    with opened(records) as session:
        (difference,) = session.state.differences
        assert (difference.ref, difference.recorded, difference.now) == (TOTAL_205, "33.00", "30.00")
        assert "recorded '33.00', now '30.00'" in session.state.messages[0].en


def test_a_second_reviewer_is_told_who_is_at_it_and_may_take_over(records: Path) -> None:
    first = opened(records)
    first.apply((SetCell(TOTAL_205, "80.00", "30.00"),))
    with pytest.raises(RecordLockedError, match="李文"):
        opened(records, reviewer="王芳")
    second = opened(records, reviewer="王芳", steal_lock=True)
    assert text(second, TOTAL_205) == "30.00"
    with pytest.raises(RecordLockedError, match="王芳"):
        first.apply((SetCell(TOTAL_20103, "8.00", "80.00"),))
    assert text(first, TOTAL_20103) == "8.00"
    first.close()
    second.apply((SetCell(TOTAL_20103, "8.00", "80.00"),))
    second.close()
    with opened(records) as session:
        assert (text(session, TOTAL_205), text(session, TOTAL_20103)) == ("30.00", "80.00")


def test_reading_only_leaves_no_trace(records: Path) -> None:
    with opened(records, read_only=True) as session:
        assert session.state.read_only
        with pytest.raises(StorageError, match="reading only"):
            session.flag(TOTAL_205)
    assert not records.exists()


def test_a_folder_that_takes_no_files_opens_for_reading_only_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file where the folder should be")
    with opened(tmp_path / "records") as session:
        assert session.state.read_only
        assert session.state.messages[0].en.startswith("opened for reading only, ")


def test_structural_edits_are_undone_too(records: Path) -> None:
    with opened(records) as session:
        row = tuple(cell.text for cell in session.state.document.tables[0].rows[3])
        session.apply((DeleteRows("t01", 3, (row,)),))
        assert len(session.state.document.tables[0].rows) == 3
        session.undo()
        assert tuple(cell.text for cell in session.state.document.tables[0].rows[3]) == row


def test_commands_from_several_threads_wait_for_each_other(records: Path) -> None:
    with opened(records) as session, ThreadPoolExecutor(8) as threads:
        for wait in [threads.submit(session.flag, CellRef("t01", number % 4, 0), str(number)) for number in range(40)]:
            wait.result()
        assert sorted(int(flag.note) for flag in session.state.record.flags) == list(range(40))
    with opened(records) as session:
        assert len(session.state.record.flags) == 40


def test_a_review_follows_its_tables_when_a_new_reading_finds_one_more(records: Path) -> None:
    with opened(records) as session:
        session.apply((SetCell(CellRef("t02", 0, 2), "120.00", "121.00"),))
        session.flag(CellRef("t02", 1, 2), "?")
        path = session.save()
    path.write_text(path.read_text("utf-8").replace('method = "manual"', 'method = "manual"\nticket = 7'), "utf-8")
    parsed = document(slip=True)
    first, second = parsed.tables
    more = replace(parsed, tables=(first, replace(first, id="t02", title="新表"), replace(second, id="t03")))
    for _ in range(2):
        with opened(records, more) as session:
            assert text(session, CellRef("t03", 0, 2)) == "121.00"
            assert text(session, CellRef("t02", 0, 2)) == "120.00"
            assert [flag.ref for flag in session.state.flags] == [CellRef("t03", 1, 2)]
            assert session.state.stale == ()
            session.save()
    assert "ticket = 7" in path.read_text("utf-8")
    with opened(records, more) as session:
        assert session.state.messages == ()


def test_every_step_is_said_in_words(records: Path) -> None:
    with opened(records) as session:
        first = ids(session)[0]
        assert session.decide(first, Verdict.SOURCE_ERROR).description.zh == "裁定原文有误 — 政府办公厅事务的分项之和"
        undone = session.undo()
        assert undone is not None
        assert undone.description.en == "undone: ruled an error of the document itself — the parts of 政府办公厅事务"
        said = session.decide(first, Verdict.VALUE_REJECTED).description.en
        assert said == "value rejected: 80.00 — the parts of 政府办公厅事务"
        assert session.decide(first, Verdict.RULE_WAIVED).description.en == "rule does not apply here — row_sum"
        assert session.flag(CellRef("", -1, -1), "缺附件").description.zh == "本文档：标记 缺附件"
        assert session.flag(CellRef("t01", -1, -1)).description.en == "t01: marked"
        assert session.flag(CellRef("t01", 0, 1), flagged=False).description.en == "t01 row 1, column 2: mark removed"
        rows = session.apply((InsertRows("t01", 0, (("",) * 5,)), SetCell(CellRef("t01", 0, 0), "", "2")))
        assert rows.description.en == "t01: rows inserted and 1 more"


def on_paper(parsed: Document) -> Document:
    """The document with a place on the page for every figure of its first table."""
    table = parsed.tables[0]
    rows = tuple(
        tuple(
            replace(cell, anchors=(Anchor(1, 100 * row + 10 * column, 100 * row + 10 * column + 5),))
            if cell.text
            else cell
            for column, cell in enumerate(cells)
        )
        for row, cells in enumerate(table.rows)
    )
    return replace(parsed, tables=(replace(table, rows=rows), *parsed.tables[1:]))


def titled(parsed: Document, title: str) -> Document:
    """The document with another title of its first table, which its findings are called by."""
    return replace(parsed, tables=(replace(parsed.tables[0], title=title), *parsed.tables[1:]))


def test_a_ruling_is_found_again_on_a_finding_that_a_new_reading_calls_otherwise(records: Path) -> None:
    parsed = on_paper(document(slip=True))
    with opened(records, parsed) as session:
        first, second = ids(session)
        session.decide(first, Verdict.SOURCE_ERROR, note="原文如此")
        session.save()
    again = titled(parsed, "部门支出总表")
    with opened(records, again) as session:
        assert [m.en for m in session.state.messages if "ruling" in m.en] == [
            "rulings found again on findings that have another name in this reading: 1"
        ]
        assert len(ids(session)) == 1 and second not in ids(session)
        session.save()
    with opened(records, again) as session:
        assert len(ids(session)) == 1
        assert [m.en for m in session.state.messages if "ruling" in m.en] == []
        (settled,) = [item for item in session.state.findings if not item.open]
        assert settled.decision is not None and settled.decision.note == "原文如此"
        session.reopen(settled.finding.id)
        assert len(ids(session)) == 2


def test_a_ruling_is_not_taken_over_by_a_finding_over_other_figures(records: Path) -> None:
    parsed = on_paper(document(slip=True))
    with opened(records, parsed) as session:
        session.decide(ids(session)[0], Verdict.SOURCE_ERROR)
        session.save()
    row = parsed.tables[0].rows[1]
    changed = parsed.tables[0].with_cell(1, 2, replace(row[2], printed="9.00"))
    again = titled(replace(parsed, tables=(changed, *parsed.tables[1:])), "部门支出总表")
    with opened(records, again) as session:
        assert len(ids(session)) == 2


def test_a_ruling_whose_finding_is_gone_is_told_once(records: Path) -> None:
    with opened(records) as session:
        for name in ids(session):
            session.decide(name, Verdict.WAIVED)
        session.save()
    for expected in (1, 0):
        with opened(records, document()) as session:
            told = [m.en for m in session.state.messages if "not found any more" in m.en]
            assert len(told) == expected
            assert all(
                text.startswith("findings that were ruled on and are not found any more: 2; first: ") for text in told
            )
            session.save()
