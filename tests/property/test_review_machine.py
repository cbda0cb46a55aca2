"""Any sequence of steps, undo, redo, save, kill and reopen leaves what a plain model of it says.

`WORKBENCH_EXAMPLES=1000` sets how many sequences are tried; 10 are for every day.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.reviewing import Clock, StandIn, Totals, document
from workbench.model.edit import DeleteRows, Edit, InsertRows, SetCell
from workbench.model.record import ReviewStatus, Verdict
from workbench.model.table import CellRef, Document
from workbench.records.replay import replay
from workbench.review import ReviewSession
from workbench.review.rulings import constraints_of

Grid = tuple[tuple[str, ...], ...]


def grids(shown: Document) -> dict[str, Grid]:
    """The texts of all tables."""
    return {table.id: tuple(tuple(cell.text for cell in row) for row in table.rows) for table in shown.tables}


class Review(RuleBasedStateMachine):
    """The model keeps the grids after each step; what may be undone and redone; note and status."""

    @initialize(causes_later=st.booleans())
    def begin(self, causes_later: bool) -> None:
        self.causes_later = causes_later
        self.folder = Path(tempfile.mkdtemp(prefix="review"))
        self.clock = Clock()
        self.parsed = document(slip=True)
        self.past: list[tuple[str, dict[str, Grid]]] = []
        self.undone: list[tuple[str, dict[str, Grid]]] = []
        self.note = ""
        self.status = ReviewStatus.NEW
        self.open()

    def teardown(self) -> None:
        if hasattr(self, "session"):
            self.session.close()
            shutil.rmtree(self.folder)

    def open(self) -> None:
        self.session = ReviewSession.open(
            Path(self.parsed.source.path),
            records=self.folder,
            reviewer="李文",
            clock=self.clock,
            analyst=StandIn(self.parsed),
            steal_lock=True,
            causes_later=self.causes_later,
        )

    @property
    def shown(self) -> dict[str, Grid]:
        return self.past[-1][1] if self.past else grids(self.parsed)

    def took(self, kind: str, after: dict[str, Grid]) -> None:
        self.past.append((kind, after))
        if kind != "flag":
            self.undone.clear()
        self.taken_up()

    def taken_up(self) -> None:
        if self.status in (ReviewStatus.NEW, ReviewStatus.DONE):
            self.status = ReviewStatus.IN_REVIEW

    def edit(self, edits: tuple[Edit, ...], table: str, grid: list[tuple[str, ...]]) -> None:
        self.session.apply(edits)
        self.took("edit", self.shown | {table: tuple(grid)})

    @rule(table=st.sampled_from(["t01", "t02"]), data=st.data(), after=st.sampled_from(["", "1.00", "80.00", "改"]))
    def set_cell(self, table: str, data: st.DataObject, after: str) -> None:
        grid = list(self.shown[table])
        if not grid:
            return
        row, column = data.draw(st.integers(0, len(grid) - 1)), data.draw(st.integers(0, 4))
        before = grid[row][column]
        if before == after:
            return
        grid[row] = (*grid[row][:column], after, *grid[row][column + 1 :])
        self.edit((SetCell(CellRef(table, row, column), before, after),), table, grid)

    @rule(data=st.data())
    def insert_row(self, data: st.DataObject) -> None:
        grid = list(self.shown["t01"])
        row = data.draw(st.integers(0, len(grid)))
        texts = ("", "新行", "5.00", "5.00", "")
        grid.insert(row, texts)
        self.edit((InsertRows("t01", row, (texts,)),), "t01", grid)

    @precondition(lambda self: self.shown["t01"])
    @rule(data=st.data())
    def delete_row(self, data: st.DataObject) -> None:
        grid = list(self.shown["t01"])
        row = data.draw(st.integers(0, len(grid) - 1))
        self.edit((DeleteRows("t01", row, (grid.pop(row),)),), "t01", grid)

    @precondition(lambda self: self.session.state.findings)
    @rule(data=st.data(), verdict=st.sampled_from(Verdict))
    def decide(self, data: st.DataObject, verdict: Verdict) -> None:
        self.session.find_causes()
        if not self.session.state.findings:
            return
        finding = data.draw(st.sampled_from(self.session.state.findings)).finding
        self.session.decide(finding.id, verdict, cell=finding.cells[0])
        self.took("decision", self.shown)

    @rule(table=st.sampled_from(["t01", "t02"]), row=st.integers(-1, 2), flagged=st.booleans())
    def flag(self, table: str, row: int, flagged: bool) -> None:
        self.session.flag(CellRef(table, row, 2), "?", flagged)
        self.took("flag", self.shown)

    @rule()
    def find_causes(self) -> None:
        self.session.find_causes()
        assert self.session.state.explained

    @rule()
    def undo(self) -> None:
        assert (self.session.undo() is not None) == bool(self.past)
        if self.past:
            self.undone.append(self.past.pop())
            self.taken_up()

    @rule()
    def redo(self) -> None:
        assert (self.session.redo() is not None) == bool(self.undone)
        if self.undone:
            kind, after = self.undone.pop()
            # A flag taken after an undo may stand between; flags change no text.
            self.past.append((kind, after if kind == "edit" else self.shown))
            self.taken_up()

    @rule(note=st.text(max_size=5))
    def set_note(self, note: str) -> None:
        self.session.set_note(note)
        self.note = note

    @rule(status=st.sampled_from([ReviewStatus.NEEDS_SECOND, ReviewStatus.REJECTED, ReviewStatus.IN_REVIEW]))
    def set_status(self, status: ReviewStatus) -> None:
        self.session.set_status(status)
        self.status = status

    @rule()
    def save(self) -> None:
        self.session.save()
        assert not self.session.state.dirty

    @rule()
    def kill_and_reopen(self) -> None:
        self.open()

    @rule(saved=st.booleans())
    def quit_and_reopen(self, saved: bool) -> None:
        if saved:
            self.session.save()
        self.session.close()
        self.open()
        assert self.session.state.messages == () or not saved

    @invariant()
    def the_session_is_what_the_model_says(self) -> None:
        if not hasattr(self, "session"):
            return
        state = self.session.state
        assert grids(state.document) == self.shown
        assert len(state.record.actions) == len(self.past)
        assert (state.can_undo, state.can_redo) == (bool(self.past), bool(self.undone))
        assert (state.record.note, state.record.status) == (self.note, self.status)
        assert state.stale == () and state.differences == ()

    @invariant()
    def the_state_is_the_record_replayed_over_a_fresh_parse(self) -> None:
        if not hasattr(self, "session"):
            return
        state = self.session.state
        replayed = replay(self.parsed, state.record.actions)
        assert replayed.document == state.document
        assert replayed.flags == state.flags
        fresh = StandIn(self.parsed).find_causes(
            Totals.of(replayed.document), constraints_of(replayed.document, replayed.decisions)
        )
        assert not state.explained or tuple(item.finding for item in state.findings) == fresh
        assert state.explained or self.causes_later


Review.TestCase.settings = settings(
    max_examples=int(os.environ.get("WORKBENCH_EXAMPLES", "10")),
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestReview = Review.TestCase
