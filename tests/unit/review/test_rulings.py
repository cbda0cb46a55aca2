"""What decisions mean: which finding they are about, and whether the figures they were taken on still stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.reviewing import Totals, document
from workbench.model.check import Applicability, CheckResult, Family, Finding, Suggestion
from workbench.model.edit import Edit, EditError, MergeRows, SetCell, apply_edit
from workbench.model.message import Message
from workbench.model.record import Decision, Verdict
from workbench.model.table import CellRef, Document
from workbench.review.rulings import cell_meant, constraints_of, figures_of, in_force, reviewed
from workbench.review.state import ReviewedFinding

AT = datetime(2031, 3, 2, tzinfo=UTC)
SLIPS = document(slip=True)
FIRST, SECOND = Totals.of(SLIPS).failures


def finding(*results: CheckResult) -> Finding:
    return Finding(results[0].check.id, results, Message("", ""))


def ruling(about: Finding, verdict: Verdict = Verdict.SOURCE_ERROR) -> Decision:
    return Decision(about.id, verdict, figures_of(SLIPS, about.cells), "李文", AT)


def one(found: Finding, *decisions: Decision, on: Document = SLIPS) -> ReviewedFinding:
    (item,) = reviewed([found], decisions, on)
    return item


@pytest.mark.parametrize(
    ("verdict", "is_open"),
    [
        (Verdict.SOURCE_ERROR, False),
        (Verdict.EXTRACTION_ERROR, False),
        (Verdict.WAIVED, False),
        (Verdict.DEFERRED, True),
        (Verdict.CELL_RIGHT, True),
        (Verdict.VALUE_REJECTED, True),
        (Verdict.REOPENED, True),
    ],
)
def test_what_settles_a_finding_and_what_does_not(verdict: Verdict, is_open: bool) -> None:
    item = one(finding(FIRST), ruling(finding(FIRST), verdict))
    assert item.open is is_open
    assert item.deferred is (verdict is Verdict.DEFERRED)


def test_the_last_ruling_counts_and_one_on_a_cell_does_not_hide_it() -> None:
    about = finding(FIRST)
    assert one(about, ruling(about), ruling(about, Verdict.DEFERRED)).open
    assert not one(about, ruling(about), ruling(about, Verdict.CELL_RIGHT)).open


def test_a_ruling_is_stale_when_a_figure_of_any_check_of_the_finding_changed() -> None:
    both = finding(FIRST, SECOND)
    changed = apply_edit(SLIPS, SetCell(CellRef("t01", 3, 4), "30.00", "31.00"))
    assert not one(both, ruling(both)).stale
    assert one(both, ruling(both), on=changed).stale
    assert not one(finding(FIRST), ruling(finding(FIRST)), on=changed).stale


def test_a_ruling_stands_when_another_cause_explains_part_of_the_finding() -> None:
    assert not one(finding(FIRST), ruling(finding(FIRST, SECOND))).open


def test_a_ruling_stands_when_another_check_of_the_same_finding_comes_first() -> None:
    assert not one(finding(SECOND, FIRST), ruling(finding(FIRST, SECOND))).open


def test_a_ruling_on_one_check_is_shown_as_stale_on_a_finding_that_grew() -> None:
    item = one(finding(SECOND, FIRST), ruling(finding(FIRST)))
    assert item.decision is not None and item.stale and item.open


def test_what_was_taken_back_is_not_in_force() -> None:
    about = finding(FIRST)
    back = replace(ruling(about, Verdict.REOPENED), figures=())
    assert in_force([ruling(about), back]) == ()
    assert in_force([back, ruling(about)]) == (ruling(about),)


def test_constraints_hold_while_the_cell_shows_what_they_were_made_on() -> None:
    ref = CellRef("t01", 1, 2)
    right = Decision("x", Verdict.CELL_RIGHT, ("8.00",), "李文", AT, cell=ref)
    rejected = Decision("x", Verdict.VALUE_REJECTED, ("8.00",), "李文", AT, cell=ref, value="80.00")
    waived = Decision("row_sum", Verdict.RULE_WAIVED, (), "李文", AT)
    unknown = Decision("no_such_rule", Verdict.RULE_WAIVED, (), "李文", AT)
    found = constraints_of(SLIPS, [right, rejected, waived, unknown])
    assert found.immovable == {ref}
    assert found.rejected == {(ref, "80.00")}
    assert found.waived_families == {Family.ROW_SUM}
    later = constraints_of(apply_edit(SLIPS, SetCell(ref, "8.00", "9.00")), [right, rejected])
    assert later.immovable == later.rejected == frozenset()
    gone = constraints_of(SLIPS, [replace(right, cell=CellRef("t01", -1, -1))])
    assert gone.immovable == frozenset()


def test_that_the_document_is_wrong_forbids_no_repair() -> None:
    ref = CellRef("t01", 1, 3)
    shown = figures_of(SLIPS, (ref,))
    wrong = Decision("x", Verdict.SOURCE_ERROR, shown, "李文", AT, cell=ref, value="80.00")
    found = constraints_of(SLIPS, [wrong])
    assert found.immovable == found.rejected == frozenset()


def test_a_value_is_rejected_of_the_first_suggestion_and_of_no_other_one() -> None:
    cell = SetCell(CellRef("t01", 3, 4), "30.00", "31.00")
    other = SetCell(CellRef("t01", 2, 4), "30.00", "29.00")
    rejected = Verdict.VALUE_REJECTED
    assert cell_meant(proposing((cell,), (other,)), None, "", rejected) == (cell.ref, "31.00")
    assert cell_meant(proposing((cell,), (other,)), other.ref, "", rejected) == (other.ref, "29.00")
    reshaped = MergeRows("t01", 1, (("", ""), ("", "")))
    with pytest.raises(EditError, match="say which one is meant"):
        cell_meant(proposing((reshaped,), (cell,)), None, "", rejected)


def proposing(*suggestions: tuple[Edit, ...]) -> Finding:
    made = (Suggestion("a", Applicability.UNSAFE, edits, (), (), Message("", "")) for edits in suggestions)
    return replace(finding(FIRST), suggestions=tuple(made))
