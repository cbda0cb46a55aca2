"""Where the document itself prints a wrong figure: corrected and ruled in one step, and kept as both."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.reviewing import Clock
from tests.tui.made_up import ROWS, analysis
from workbench.export.case_blocks import Grid
from workbench.export.case_overview import Overview
from workbench.model.edit import SetCell
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import CellRef
from workbench.records.index import read_index
from workbench.records.merging.reviews import merge_records
from workbench.review import ReviewSession
from workbench.review.casefile import case_of
from workbench.review.outcome import outcome_of
from workbench.review.statistics import statistics_of

WRONG = CellRef("t02", 4, 2)
"""808.50 is printed, 880.50 adds up."""


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return tmp_path / "records"


def opened(records: Path, reviewer: str = "李文", rows: tuple[tuple[str, ...], ...] = ROWS) -> ReviewSession:
    read = analysis(rows=rows)
    return ReviewSession.open(read.path, records=records, reviewer=reviewer, clock=Clock(), analysis=read)


def taken(records: Path) -> ReviewSession:
    session = opened(records)
    session.accept(session.state.findings[0].finding.id, source_error=True)
    return session


def test_the_record_keeps_what_is_printed_what_is_right_and_the_ruling(records: Path) -> None:
    session = opened(records)
    finding = session.state.findings[0].finding.id
    change = session.accept(finding, source_error=True)
    assert session.state.document.cell(WRONG).text == "880.50"
    assert session.state.document.cell(WRONG).printed == "808.50"
    assert session.state.findings == ()
    assert finding in change.cleared
    record = tomllib.loads(session.save().read_text(encoding="utf-8"))
    (correction,), (ruling,) = record["corrections"], record["decisions"]
    (edit,) = correction["edits"]
    assert (edit["before"], edit["after"]) == ("808.50", "880.50")
    assert (ruling["verdict"], ruling["finding"], ruling["cell"]) == ("source_error", finding, "t02/4/2")
    assert (ruling["figures"], ruling["value"]) == (["808.50"], "880.50")
    assert ruling["at"] == correction["at"]
    session.set_status(ReviewStatus.DONE)


def test_one_undo_takes_both_back_and_one_redo_brings_both(records: Path) -> None:
    session = taken(records)
    session.undo()
    assert session.state.document.cell(WRONG).text == "808.50"
    assert [item.decision for item in session.state.findings] == [None]
    assert not session.state.can_undo
    change = session.redo()
    assert change is not None
    assert change.cleared
    assert session.state.document.cell(WRONG).text == "880.50"
    assert [ruling.value for ruling in session.state.record.decisions] == ["880.50"]
    assert not session.state.can_redo


def test_a_plain_correction_says_nothing_of_whose_mistake_it_was(records: Path) -> None:
    session = opened(records)
    session.accept(session.state.findings[0].finding.id)
    assert session.state.record.decisions == ()
    session.undo()
    session.decide(session.state.findings[0].finding.id, Verdict.SOURCE_ERROR)
    session.accept(session.state.findings[0].finding.id)
    session.undo()
    assert session.state.findings[0].decision is not None, "a ruling made for itself is a step for itself"


def test_both_are_there_after_a_crash_and_after_a_new_reading(records: Path) -> None:
    session = taken(records)
    del session  # never saved, never closed: the journal has it
    again = ReviewSession.open(
        analysis().path, records=records, reviewer="李文", clock=Clock(), analysis=analysis(), steal_lock=True
    )
    assert again.state.document.cell(WRONG).text == "880.50"
    assert [ruling.verdict for ruling in again.state.record.decisions] == [Verdict.SOURCE_ERROR]
    again.save()
    again.close()
    with opened(records) as third:
        assert third.state.messages == ()
        assert third.state.findings == ()
        third.undo()
        assert third.state.document.cell(WRONG).text == "808.50"
        assert not third.state.can_undo


def test_of_safe_fixes_those_said_to_be_the_documents_own_are_ruled_so(records: Path) -> None:
    plain = opened(records / "plain")
    plain.accept_safe()
    assert plain.state.record.decisions == ()
    session = opened(records / "ruled")
    finding = session.state.findings[0].finding.id
    session.accept_safe(source_errors={finding})
    assert [ruling.finding for ruling in session.state.record.decisions] == [finding]
    assert session.state.document == plain.state.document


def test_where_the_cell_is_put_back_the_finding_is_open_again(records: Path) -> None:
    session = taken(records)
    session.revert(WRONG)
    (item,) = session.state.findings
    assert item.open


def test_another_mistake_under_the_same_name_is_not_taken_for_settled_or_stale(records: Path) -> None:
    session = taken(records)
    session.undo()
    session.redo()
    below = CellRef("t02", 5, 2)
    session.apply((SetCell(below, "640.50", "650.50"),))
    assert session.state.findings
    assert all(item.decision is None and not item.stale for item in session.state.findings)


def test_exports_case_files_and_statistics_count_it_once_and_as_the_documents_own(records: Path) -> None:
    session = taken(records)
    session.save()
    outcome = outcome_of(session.state, "en")
    kinds = [(row.kind, row.before, row.after, row.applied) for row in outcome.corrections]
    assert kinds == [("correction", "808.50", "880.50", True), ("source_error", "808.50", "880.50", True)]
    assert outcome.standings[WRONG].ruling == "source_error"
    case = case_of(analysis(), session.state, "en")
    assert [finding.standing for finding in case.findings] == ["source_error"]
    overview = Overview("en")
    assert len(list(overview.noting([case, case]))) == 2
    grid = [block for block in overview.blocks() if isinstance(block, Grid)][-1]
    assert grid.rows[0][grid.head.index("should be")] == "880.50"
    (summary,) = read_index(records).records
    statistics = statistics_of([], [summary])
    assert statistics.settled == 1
    assert sum(count for _, count in statistics.days) == 1
    assert [dict(rulings.counts) for rulings in statistics.rulings] == [{"source_error": 1}]


def test_what_was_ruled_does_not_hold_once_the_cell_is_put_back(records: Path) -> None:
    session = taken(records)
    session.revert(WRONG)
    assert outcome_of(session.state, "en").standings[WRONG].ruling == ""


def test_merged_with_a_colleague_who_corrected_the_same_nothing_is_in_conflict_and_the_ruling_stays(
    tmp_path: Path,
) -> None:
    ours, theirs = taken(tmp_path / "ours"), opened(tmp_path / "theirs", "王芳")
    base = theirs.state.record
    theirs.accept(theirs.state.findings[0].finding.id)
    for one, other in ((ours, theirs), (theirs, ours)):
        merged = merge_records(base, one.state.record, other.state.record)
        assert merged.conflicts == ()
        assert [(ruling.verdict, ruling.value) for ruling in merged.decisions] == [(Verdict.SOURCE_ERROR, "880.50")]
        assert {edit.after for correction in merged.corrections for edit in correction.edits} == {"880.50"}  # type: ignore[union-attr]


def test_a_colleague_who_left_the_figure_as_printed_is_in_conflict_about_the_cell_alone(tmp_path: Path) -> None:
    ours, theirs = taken(tmp_path / "ours"), opened(tmp_path / "theirs", "王芳")
    base = theirs.state.record
    theirs.decide(theirs.state.findings[0].finding.id, Verdict.SOURCE_ERROR)
    theirs.save()
    merged = merge_records(base, ours.state.record, theirs.state.record)
    assert [conflict.place for conflict in merged.conflicts] == [str(WRONG)]


REPEATED = tuple((*row[:2], "808.50", *row[3:]) if row[0] in ("210", "21015") else row for row in ROWS)
"""The same wrong figure in two lines: one fix of two cells."""
SHIFTED = tuple(
    ("2101505", "医疗保障政策管理", "240.00", "240.00", "") if row[0] == "2101505"
    else (*row[:2], "880.50", *row[3:]) if row[0] == "21015" else row
    for row in ROWS
)  # fmt: skip
"""A figure that stands one column too far left: one fix that moves it."""


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        (REPEATED, {("t02/3/2", "808.50", "880.50"), ("t02/4/2", "808.50", "880.50")}),
        (SHIFTED, {("t02/6/4", "", "240.00"), ("t02/6/3", "240.00", "")}),
    ],
)
def test_of_a_fix_of_several_cells_each_is_said_to_be_printed_wrongly(
    records: Path, rows: tuple[tuple[str, ...], ...], wrong: set[tuple[str, str, str]]
) -> None:
    session = opened(records, rows=rows)
    session.accept(session.state.findings[0].finding.id, source_error=True)
    session.save()
    session.close()
    with opened(records, rows=rows) as again:
        outcome = outcome_of(again.state, "en")
        ruled = [row for row in outcome.corrections if row.kind == "source_error"]
        assert {(row.place, row.before, row.after) for row in ruled} == wrong
        assert all(row.applied and row.row_label and row.finding for row in ruled)
        assert {str(ref) for ref, stands in outcome.standings.items() if stands.ruling == "source_error"} == {
            place for place, _, _ in wrong
        }
        assert again.undo() is not None
        assert not again.state.can_undo, "it was one step"


def test_the_overview_of_case_files_says_all_that_is_right_instead(records: Path) -> None:
    session = opened(records, rows=REPEATED)
    session.accept(session.state.findings[0].finding.id, source_error=True)
    case = case_of(analysis(rows=REPEATED), session.state, "en")
    overview = Overview("en")
    list(overview.noting([case, case]))
    grid = [block for block in overview.blocks() if isinstance(block, Grid)][-1]
    assert grid.rows[0][grid.head.index("should be")] == "880.50; 880.50"


def test_a_value_that_a_shift_would_bring_may_be_refused(records: Path) -> None:
    session = opened(records, rows=SHIFTED)
    session.decide(session.state.findings[0].finding.id, Verdict.VALUE_REJECTED)
    (ruling,) = session.state.record.decisions
    assert (str(ruling.cell), ruling.value, ruling.figures) == ("t02/6/4", "240.00", ("",))
