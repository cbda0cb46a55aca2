"""How a step of a review comes into force: in the journal first, then in the state that is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from threading import RLock
from typing import TYPE_CHECKING

from workbench.model.check import Finding
from workbench.model.message import Message
from workbench.model.record import (
    Action,
    Correction,
    Decision,
    Flag,
    ReviewStatus,
)
from workbench.model.table import CellRef
from workbench.records.history import Done
from workbench.records.keeping import KeptRecord
from workbench.records.places.moves import renumbered_record, renumbering, with_steps
from workbench.records.replay import replay
from workbench.review.analyst import Analyst
from workbench.review.frames import Frame, compare
from workbench.review.recorded import differences
from workbench.review.renaming import called, left_without, new_names
from workbench.review.rulings import reviewed
from workbench.review.state import Change, GridDifference, ReviewState
from workbench.review.timeline import Timeline
from workbench.review.wording import describe_action, found_again, numbered_anew, remarks, rulings_left

if TYPE_CHECKING:
    from workbench.checks import Reconciliation
    from workbench.pipeline import Analysis


class Stepping:
    """A review as it stands: the record that is kept, the frames that its steps led to, the state after the last."""

    def __init__(
        self,
        analysis: Analysis,
        kept: KeptRecord,
        analyst: Analyst,
        reviewer: str,
        clock: Callable[[], datetime],
        *,
        causes_later: bool = False,
    ) -> None:
        self._opened = analysis.path
        self._printed = analysis.document
        self._clock = clock
        self._kept = kept
        self._reviewer = reviewer
        self._busy = RLock()
        self._timeline = Timeline(analysis, analyst, causes_later=causes_later, remembers=kept.read_only)
        self._differences = self._renumber_tables()
        self._timeline.rewind(kept.record.actions)
        self._find_findings_again()
        self.state = self._snapshot()
        self._reopen_where_changed()

    def _know_causes(self) -> None:
        """Wait for the causes of what fails now, for a command that rests on them."""
        frame = self._timeline.current
        if not frame.explained:
            self._explain(frame, *self._timeline.causes_of(frame))

    def _explain(self, frame: Frame, reconciliation: Reconciliation, findings: tuple[Finding, ...]) -> Change | None:
        """Put what was worked out into the frame that it is of; what it changes where that is the one shown."""
        if frame.explained:
            return None
        change = frame.change
        if not frame.built and change is not None and frame.before is not None:
            comparison = compare(frame.before, reconciliation)
            change = replace(change, cleared=comparison.cleared, broken=comparison.broken)
        frame.reconciliation, frame.findings, frame.change = reconciliation, findings, change
        frame.built = frame.explained = True
        if frame is not self._timeline.current:
            return None
        self.state = self._snapshot()
        return change or Change(Message("", ""))

    def _do(self, action: Action) -> Change:
        before, said = self.state.reconciliation, self._described(action)
        frame = self._timeline.after(action)
        self._kept.enter(Done(action, self._reviewer, self._clock()))
        self._timeline.advance(frame)
        return self._shown(said, refs_of(action), before, frame)

    def _described(self, action: Action) -> Message:
        found = self.state.finding(action.finding) if isinstance(action, Decision) else None
        return describe_action(action, found.finding.check.title if found else None)

    def _shown(self, description: Message, refs: tuple[CellRef, ...], before: Reconciliation, frame: Frame) -> Change:
        self.state = self._snapshot()
        comparison = compare(before, frame.reconciliation)
        frame.before = before
        frame.change = Change(description, refs, comparison.cleared, comparison.broken)
        return frame.change

    def _renumber_tables(self) -> tuple[GridDifference, ...]:
        """Call the tables of the record as this parse does; returns where its grids are not what its steps lead to."""
        found = self._kept.found
        if found is None:
            return ()
        ids = renumbering(found.tables, found.actions, self._printed)
        if ids:
            found = renumbered_record(found, ids)
            self._kept.adopt(renumbered_record(self._kept.record, ids), self._reviewer, self._clock())
            self._kept.messages.append(numbered_anew(ids))
        return differences(found.tables, replay(self._printed, found.actions).document)

    def _find_findings_again(self) -> None:
        """Call the findings that the record rules on as this reading does, and tell of those that stand no more."""
        found, frame = self._kept.found, self._timeline.current
        if found is None or not self._kept.record.decisions:
            return
        failing = [result for result in frame.reconciliation.results if result.failed]
        names = new_names(self._kept.record, frame.replayed.document, failing)
        if names:
            record = with_steps(self._kept.record, lambda action: called(action, names))
            self._kept.adopt(record, self._reviewer, self._clock())
            self._timeline.rewind(record.actions)
        gone = left_without(self._kept.record, found.findings, failing)
        self._kept.messages += [found_again(names)] if names else []
        self._kept.messages += [rulings_left(gone)] if gone else []

    def _reopen_where_changed(self) -> None:
        """A review that was done is not, where the file was changed since and not all of it holds still."""
        former, record = self._kept.predecessor, self._kept.record
        if former is None or not former.changed or record.status is not ReviewStatus.DONE:
            return
        if self.state.open_findings or self.state.stale or self._differences:
            reopened = replace(record, status=ReviewStatus.IN_REVIEW)
            self._kept.adopt(reopened, self._reviewer, self._clock())
            self.state = self._snapshot()

    def _snapshot(self) -> ReviewState:
        frame, record = self._timeline.current, self._kept.record
        replayed = frame.replayed
        return ReviewState(
            document=replayed.document,
            printed=self._printed,
            reconciliation=frame.reconciliation,
            findings=reviewed(frame.findings, replayed.decisions, replayed.document),
            record=record,
            stale=replayed.stale,
            flags=replayed.flags,
            differences=self._differences,
            can_undo=bool(record.actions),
            can_redo=bool(record.undone),
            explained=frame.explained,
            dirty=self._kept.dirty,
            read_only=self._kept.read_only,
            messages=(*self._kept.messages, *remarks(replayed, self._differences)),
        )


def refs_of(action: Action) -> tuple[CellRef, ...]:
    """The cells that a step is about."""
    match action:
        case Correction():
            return tuple(dict.fromkeys(edit.ref for edit in action.edits if hasattr(edit, "ref")))
        case Decision():
            return (action.cell,) if action.cell else ()
        case Flag():
            return (action.ref,)
