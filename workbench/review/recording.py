"""The record of a review as a whole: its status, its note, who has it, saved and given back."""

from __future__ import annotations

from pathlib import Path

from workbench.errors import RecordChangedError, StatusError
from workbench.model.record import ReviewStatus
from workbench.records.history import Assigned, NoteSet, StatusSet
from workbench.review.recorded import record_of
from workbench.review.stepping import Stepping
from workbench.review.turns import one_at_a_time

_ATTEMPTS = 5
"""How often a save merges and tries again while others keep changing the record."""


class Recording(Stepping):
    """The commands about the record as a whole."""

    @one_at_a_time
    def set_status(self, status: ReviewStatus, note: str = "") -> None:
        """Say where the document stands. DONE raises StatusError while findings are open, unless a note says why."""
        self._know_causes()
        still_open = len(self.state.open_findings)
        if status is ReviewStatus.DONE and still_open and not note.strip():
            raise StatusError(still_open)
        if note:
            self.set_note(note)
        self._kept.enter(StatusSet(status, self._reviewer, self._clock()))
        self.state = self._snapshot()

    @one_at_a_time
    def set_note(self, note: str) -> None:
        """Give the document a note."""
        self._kept.enter(NoteSet(note, self._reviewer, self._clock()))
        self.state = self._snapshot()

    @one_at_a_time
    def assign(self, person: str) -> None:
        """Give the document to a reviewer, or ("") to nobody. That is no review of it: its status stays."""
        self._kept.enter(Assigned(person, self._reviewer, self._clock()))
        self.state = self._snapshot()

    @one_at_a_time
    def save(self) -> Path:
        """Write the record. One that was changed on disk meanwhile is merged with, and what both did differently is
        in `state.conflicts`. Raises StorageError and RecordLockedError; everything is then as before, and kept."""
        for _ in range(_ATTEMPTS):
            self._know_causes()
            try:
                path = self._kept.save(record_of(self.state, self._opened))
            except RecordChangedError:
                self._kept.merge(self._reviewer, self._clock())
                self._timeline.rewind(self._kept.record.actions)
                self.state = self._snapshot()
            else:
                self._differences = ()
                self.state = self._snapshot()
                return path
        raise RecordChangedError(self._kept.path)

    @one_at_a_time
    def refresh_lock(self) -> None:
        """A sign of life, for a session in which nothing is done. Raises RecordLockedError where it was taken over."""
        self._kept.refresh()

    @one_at_a_time
    def close(self) -> None:
        """Give the record back. Steps that were not saved stay in the journal and are there when it is opened again."""
        self._kept.close()
        self.state = self._snapshot()
