"""A review of one document: every command of the application, without a screen.

The state is the record replayed over a fresh parse. A step is on the disk, in the journal, before it shows as done;
`save` writes the record and is never what prevents loss, so that a session may be killed at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from workbench.errors import WorkbenchError
from workbench.model.edit import Edit, SetCell, apply_edits
from workbench.model.message import Message
from workbench.model.record import (
    Action,
    Conflict,
    ConflictKind,
    Decision,
    Flag,
    ReviewRecord,
    ReviewStatus,
    Verdict,
)
from workbench.model.table import CellRef
from workbench.records.history import Redone, Settled, StatusSet, Undone
from workbench.records.keeping import KeptRecord
from workbench.records.places.labels import labels_at
from workbench.records.places.spots import spot_at
from workbench.records.store import RecordStore
from workbench.review.analyst import Analyst, LocalAnalyst
from workbench.review.correcting import Correcting, cell_of
from workbench.review.frames import compare
from workbench.review.recorded import recorded_source
from workbench.review.rulings import cell_meant, figures_of, last_command, told_apart
from workbench.review.state import Change, Comparison
from workbench.review.stepping import refs_of
from workbench.review.turns import one_at_a_time
from workbench.review.wording import redone, several, undone

if TYPE_CHECKING:
    from workbench.pipeline import Analysis


def utc_now() -> datetime:
    """The time now, in UTC."""
    return datetime.now(UTC)


class ReviewSession(Correcting):
    """The review of one document from `open` to `close`. `state` is a frozen snapshot, replaced on every change.

    Opened with `causes_later`, a step shows at once what its checks say, and `find_causes`, called elsewhere, brings
    the root causes; commands that rest on them wait. The record is the same either way.

    Methods that change something raise StorageError where it could not be brought to the disk and RecordLockedError
    where someone took the lock over; nothing is changed then. Edits that do not fit raise EditError.
    """

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        records: Path | RecordStore,
        reviewer: str,
        clock: Callable[[], datetime] = utc_now,
        analysis: Analysis | None = None,
        analyst: Analyst | None = None,
        steal_lock: bool = False,
        read_only: bool = False,
        causes_later: bool = False,
    ) -> Self:
        """The review of the document at `path`, gone on with from its record in the folder `records` and its journal.

        `analysis` saves reading the document again. Raises UnreadableSourceError, RecordLockedError (take the lock
        with `steal_lock`), InvalidFileError, RecordSchemaError, StorageError.
        """
        analyst = analyst or LocalAnalyst()
        analysis = analysis or analyst.analyse(path)
        store = records if isinstance(records, RecordStore) else RecordStore(records)
        empty = ReviewRecord(recorded_source(path, analysis.document))
        kept = KeptRecord.open(store, empty, person=reviewer, clock=clock, steal_lock=steal_lock, read_only=read_only)
        try:
            return cls(analysis, kept, analyst, reviewer, clock, causes_later=causes_later)
        except BaseException:
            kept.close()
            raise

    @property
    def path(self) -> Path:
        """Where the record lies."""
        return self._kept.path

    def preview(self, edits: tuple[Edit, ...]) -> Comparison:
        """What these edits would lead to; nothing is changed. Raises EditError where they do not fit."""
        document = apply_edits(self.state.document, edits)
        before = self.state.reconciliation
        after = before.after(document, edits)
        return compare(before, after)

    @one_at_a_time
    def decide(
        self, finding_id: str, verdict: Verdict, *, note: str = "", cell: CellRef | None = None, value: str = ""
    ) -> Change:
        """Rule on a finding. CELL_RIGHT and VALUE_REJECTED speak of a cell (and a value), by default that of the
        first suggestion; RULE_WAIVED of the finding's rule family. Raises UnknownNameError."""
        return self._decide(finding_id, verdict, self._clock(), note, cell, value)

    @one_at_a_time
    def decide_all(self, finding_ids: Sequence[str], verdict: Verdict, *, note: str = "") -> tuple[Change, ...]:
        """Rule on findings alike, as one command: undo takes all of it back. Raises UnknownNameError."""
        at = self._clock()
        return tuple(self._decide(finding_id, verdict, at, note) for finding_id in finding_ids)

    def _decide(
        self,
        finding_id: str,
        verdict: Verdict,
        at: datetime,
        note: str = "",
        cell: CellRef | None = None,
        value: str = "",
    ) -> Change:
        self._know_causes()
        finding = self._finding(finding_id)
        document = self.state.document
        about, refs = finding_id, finding.cells
        if verdict in (Verdict.CELL_RIGHT, Verdict.VALUE_REJECTED):
            cell, value = cell_meant(finding, cell, value, verdict)
            refs = (cell,)
        elif verdict is Verdict.RULE_WAIVED:
            about, refs = finding.check.family.value, ()
        labels = labels_at(document, cell) if cell is not None else ("", "")
        spots = tuple(spot_at(document, ref) for ref in refs)
        figures, spots = figures_of(document, refs), spots if any(spots) else ()
        return self._do(Decision(about, verdict, figures, self._reviewer, at, note, cell, value, labels, spots))

    @one_at_a_time
    def reopen(self, finding_id: str) -> Change:
        """Take back what was ruled on a finding (that its rule was waived, where that settled it), or given the name of
        a rule family, that this was waived."""
        self._know_causes()
        found = self.state.finding(finding_id)
        about = found.decision.finding if found and found.decision else finding_id
        return self._do(Decision(about, Verdict.REOPENED, (), self._reviewer, self._clock()))

    @one_at_a_time
    def flag(self, ref: CellRef, note: str = "", flagged: bool = True) -> Change:
        """Mark a cell, a table (row and column -1) or the document (table ""), or take the mark away."""
        document = self.state.document
        (text,) = figures_of(document, (ref,))
        labels = labels_at(document, ref)
        spot = spot_at(document, ref)
        return self._do(Flag(ref, self._reviewer, self._clock(), note, flagged, labels, text, spot))

    @one_at_a_time
    def settle(self, conflict: Conflict, *, theirs: bool) -> Change:
        """Settle what a merge left: keep what is in force, or take what the other reviewer did, as a step."""
        change = Change(Message(f"{conflict.place}: kept", f"{conflict.place}：保留现值"))
        if theirs:
            change = self._take_theirs(conflict)
        self._kept.enter(Settled(conflict, self._reviewer, self._clock()))
        self.state = self._snapshot()
        return change

    @one_at_a_time
    def undo(self) -> Change | None:
        """Take back what the last command did; None where there is nothing."""
        actions = self._kept.record.actions
        if not actions:
            return None
        before = self.state.reconciliation
        steps = last_command(actions)
        frame = self._timeline.at(len(actions) - len(steps), actions)
        try:
            for _ in steps:
                self._kept.enter(Undone(self._reviewer, self._clock()))
                self._timeline.step_back()
        except WorkbenchError:
            # What was taken back so far is, and is shown so.
            self._timeline.at(len(self._kept.record.actions), self._kept.record.actions)
            self.state = self._snapshot()
            raise
        return self._shown(undone(self._said_of(steps)), refs_of(steps[0]), before, frame)

    @one_at_a_time
    def redo(self) -> Change | None:
        """Do again what was taken back last; None where there is nothing."""
        undone_steps = self._kept.record.undone
        if not undone_steps:
            return None
        before = self.state.reconciliation
        steps = last_command(undone_steps)[::-1]
        for action in steps:
            frame = self._timeline.after(action)
            self._kept.enter(Redone(self._reviewer, self._clock()))
            self._timeline.advance(frame)
        return self._shown(redone(self._said_of(steps)), refs_of(steps[0]), before, frame)

    def _said_of(self, steps: Sequence[Action]) -> Message:
        count = told_apart(steps)
        return several(count) if count > 1 else self._described(steps[-1])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_theirs(self, conflict: Conflict) -> Change:
        match conflict.kind:
            case ConflictKind.CELL:
                table, row, column = conflict.place.rsplit("/", 2)
                ref = CellRef(table, int(row), int(column))
                text = cell_of(self.state.document, ref).text
                return self.apply((SetCell(ref, text, conflict.theirs),), method="merge")
            case ConflictKind.STATUS:
                self._kept.enter(StatusSet(ReviewStatus(conflict.theirs), self._reviewer, self._clock()))
            case ConflictKind.NOTE:
                self.set_note(conflict.theirs)
            case ConflictKind.DECISION | ConflictKind.TABLE:
                if conflict.action is not None:
                    return self._do(conflict.action)
        return Change(Message(f"{conflict.place}: theirs taken", f"{conflict.place}：采用对方的内容"))
