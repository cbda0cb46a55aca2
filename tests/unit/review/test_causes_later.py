"""A session that a screen waits for: what checks say is shown with the step, the causes come when they are found."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.reviewing import Clock, StandIn, Totals, document
from workbench.errors import StatusError
from workbench.model.check import Finding
from workbench.model.edit import SetCell
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import CellRef
from workbench.repairs import Constraints
from workbench.review import ReviewSession

SOURCE = Path("青禾县教育局.txt")
TOTAL_205 = CellRef("t01", 3, 2)
PROJECT_20103 = CellRef("t01", 1, 4)
LABEL_205 = CellRef("t01", 3, 1)


class Slow(StandIn):
    """Searches only when it is let."""

    def __init__(self, *, wait: bool = False) -> None:
        super().__init__(document(slip=True))
        self.begun = threading.Event()
        self.go = threading.Event()
        self.wait = wait

    def find_causes(self, reconciliation: Totals, constraints: Constraints) -> tuple[Finding, ...]:
        if self.wait:
            self.begun.set()
            assert self.go.wait(60)
        return super().find_causes(reconciliation, constraints)


def opened(records: Path, analyst: StandIn, *, later: bool = True) -> ReviewSession:
    return ReviewSession.open(
        SOURCE, records=records, reviewer="李文", clock=Clock(), analyst=analyst, causes_later=later
    )


def open_ids(session: ReviewSession) -> list[str]:
    return [item.finding.id for item in session.state.open_findings]


def suggested(session: ReviewSession) -> list[int]:
    return [len(item.finding.suggestions) for item in session.state.findings]


def edit(session: ReviewSession, ref: CellRef, text: str) -> SetCell:
    return SetCell(ref, session.state.document.cell(ref).text, text)


def test_a_step_shows_what_its_checks_say_before_the_causes_are_known(tmp_path: Path) -> None:
    with opened(tmp_path, Slow()) as session:
        session.find_causes()
        first, second = open_ids(session)
        change = session.apply((edit(session, TOTAL_205, "30.00"),))
        assert change.cleared == (second,) and open_ids(session) == [first]
        assert suggested(session) == [1], "what the step did not touch keeps its suggestions"
        assert not session.state.explained
        assert session.find_causes() == change
        assert session.state.explained and session.find_causes() is None


def test_a_check_that_fails_anew_stands_by_itself_until_its_cause_is_found(tmp_path: Path) -> None:
    with opened(tmp_path, Slow()) as session:
        session.apply((edit(session, PROJECT_20103, "21.00"),))
        assert suggested(session) == [1, 0] or suggested(session) == [0, 1]
        session.find_causes()
        assert suggested(session) == [1, 1]


def test_a_text_that_builds_other_checks_is_shown_at_once_and_its_effect_told_when_it_is_known(tmp_path: Path) -> None:
    with opened(tmp_path, Slow()) as session:
        told = session.apply((edit(session, LABEL_205, "教育"),))
        assert session.state.document.cell(LABEL_205).text == "教育"
        assert told.cleared == told.broken == ()
        known = session.find_causes()
        assert known is not None and known.description == told.description
        assert known.broken == ("row_sum:支出总表 t01-205-教育",)


def test_causes_of_an_older_state_are_dropped(tmp_path: Path) -> None:
    analyst = Slow()
    with opened(tmp_path, analyst) as session, ThreadPoolExecutor(1) as threads:
        session.find_causes()
        session.apply((edit(session, PROJECT_20103, "21.00"),))
        analyst.wait = True
        searching = threads.submit(session.find_causes)
        assert analyst.begun.wait(60)
        session.apply((edit(session, TOTAL_205, "30.00"),))
        shown = session.state
        analyst.go.set()
        assert searching.result() is None
        assert session.state is shown
        assert session.find_causes() is not None
        assert suggested(session) == [1]


def test_to_take_a_suggestion_waits_for_it(tmp_path: Path) -> None:
    with opened(tmp_path, Slow()) as session:
        session.apply((edit(session, PROJECT_20103, "21.00"),))
        session.accept(next(name for name in open_ids(session) if "20103" in name))
        assert session.state.document.cell(CellRef("t01", 1, 2)).text == "81.00"


def test_the_record_does_not_tell_when_causes_were_found(tmp_path: Path) -> None:
    records = {}
    for mode in (True, False):
        with opened(tmp_path / str(mode), Slow(), later=mode) as session:
            session.apply((edit(session, PROJECT_20103, "21.00"),))
            session.accept(open_ids(session)[0])
            session.decide(open_ids(session)[0], Verdict.SOURCE_ERROR, note="印错")
            session.undo()
            session.apply((edit(session, LABEL_205, "教育"),))
            records[mode] = session.save().read_bytes()
    assert records[True] == records[False]


def test_a_review_gone_on_with_is_open_before_its_causes_are_known(tmp_path: Path) -> None:
    with opened(tmp_path, Slow()) as session:
        session.apply((edit(session, PROJECT_20103, "21.00"),))
    analyst = Slow()
    with opened(tmp_path, analyst) as session:
        assert session.state.document.cell(PROJECT_20103).text == "21.00"
        assert not session.state.explained
        assert analyst.searches == 1, "the search of the parse"
        session.find_causes()
        assert suggested(session) == [1, 1]


def written(records: Path) -> str:
    """The one record of a folder."""
    (path,) = records.glob("*.toml")
    return path.read_text(encoding="utf-8")


def test_saving_at_once_waits_for_no_causes_and_they_are_listed_when_they_are_known(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    with opened(whole, Slow(), later=False) as session:
        session.apply((edit(session, PROJECT_20103, "21.00"),))
        session.save()
    analyst = Slow()
    with opened(tmp_path / "fast", analyst) as session:
        analyst.wait = True
        session.apply((edit(session, PROJECT_20103, "21.00"),))
        session.save(at_once=True)
        assert not analyst.begun.is_set() and not session.state.dirty and session.incomplete
        assert not list((tmp_path / "fast").glob("*.journal")), "the record has everything"
        assert written(tmp_path / "fast") != written(whole), "a check that fails anew has the words of its rule only"
        analyst.go.set()
        session.complete()
        assert not session.incomplete
    assert written(tmp_path / "fast") == written(whole)


def left_at_once(records: Path) -> ReviewSession:
    """A session that was saved and closed before the causes of what fails were known."""
    session = opened(records, Slow())
    session.apply((edit(session, PROJECT_20103, "21.00"),))
    session.save(at_once=True)
    session.close()
    return session


def test_causes_go_into_a_record_that_was_given_back(tmp_path: Path) -> None:
    session = left_at_once(tmp_path)
    before = written(tmp_path)
    session.complete()
    assert written(tmp_path) != before and not session.incomplete
    with opened(tmp_path, Slow()) as again:
        assert again.state.document.cell(PROJECT_20103).text == "21.00" and again.state.can_undo


@pytest.mark.parametrize("goes_on", ["open", "cut off", "saved"])
def test_causes_stay_out_of_a_record_that_somebody_goes_on_with(tmp_path: Path, goes_on: str) -> None:
    session = left_at_once(tmp_path)
    other = opened(tmp_path, Slow())
    if goes_on != "open":
        other.apply((edit(other, TOTAL_205, "30.00"),))
        if goes_on == "saved":
            other.save()
        other.close()
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    session.complete()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    other.close()


def test_a_status_but_done_is_set_without_causes(tmp_path: Path) -> None:
    analyst = Slow()
    with opened(tmp_path, analyst) as session:
        analyst.wait = True
        session.apply((edit(session, PROJECT_20103, "21.00"),))
        session.set_status(ReviewStatus.NEEDS_SECOND)
        assert not analyst.begun.is_set()
        analyst.go.set()
        with pytest.raises(StatusError):
            session.set_status(ReviewStatus.DONE)
        assert analyst.begun.is_set()
