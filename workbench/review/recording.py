"""The record of a review as a whole: its status, its note, who has it, saved and given back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from workbench.errors import RecordChangedError, StatusError
from workbench.model.record import ReviewStatus
from workbench.records.history import Assigned, NoteSet, StatusSet
from workbench.review.recorded import record_of
from workbench.review.state import Change
from workbench.review.stepping import Stepping
from workbench.review.turns import one_at_a_time

_ATTEMPTS = 5
"""How often a save merges and tries again while others keep changing the record."""


class Recording(Stepping):
    """The commands about the record as a whole."""

    incomplete = False
    """Whether the record on disk was written before the causes of what fails were known."""

    @one_at_a_time
    def set_status(self, status: ReviewStatus, note: str = "") -> None:
        """Say where the document stands. DONE raises StatusError while findings are open, unless a note says why."""
        if status is ReviewStatus.DONE:
            self._know_causes()
            still_open = len(self.state.open_findings)
            if still_open and not note.strip():
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
    def save(self, *, at_once: bool = False) -> Path:
        """Write the record. One that was changed on disk meanwhile is merged with, and what both did differently is
        in `state.conflicts`. `at_once` waits for no causes: until `complete`, the record lists what fails as far as it
        is told. Raises StorageError and RecordLockedError; everything is then as before, and kept."""
        for _ in range(_ATTEMPTS):
            if not at_once:
                self._know_causes()
            explained = self.state.explained
            try:
                path = self._kept.save(record_of(self.state, self._opened))
            except RecordChangedError:
                self._kept.merge(self._reviewer, self._clock())
                self._timeline.rewind(self._kept.record.actions)
                self.state = self._snapshot()
            else:
                self.incomplete = not explained
                self._differences = ()
                self.state = self._snapshot()
                return path
        raise RecordChangedError(self._kept.path)

    def complete(self) -> None:
        """Find the causes of what fails, and list it by them in a record that was written without: also when it was
        given back, as long as nobody went on with it. Raises StorageError and RecordLockedError."""
        self.find_causes()
        with self._busy, suppress(RecordChangedError):
            if self.incomplete and self.state.explained:
                self.incomplete = not self._kept.complete(record_of(self.state, self._opened))

    def find_causes(self) -> Change | None:
        """Work out the causes of what fails now, where that was left for later; commands may be called meanwhile.

        Gives the last change with all that it did where `state` was replaced, None where it was not: the causes were
        known, or the review went on and these are of no use any more.
        """
        self._timeline.prepare()
        with self._busy:
            frame = self._timeline.current
        found = self._timeline.causes_if_shown(frame)
        if found is None:
            return None
        with self._busy:
            return self._explain(frame, *found)

    @one_at_a_time
    def refresh_lock(self) -> None:
        """A sign of life, for a session in which nothing is done. Raises RecordLockedError where it was taken over."""
        self._kept.refresh()

    @one_at_a_time
    def close(self) -> None:
        """Give the record back. Steps that were not saved stay in the journal and are there when it is opened again."""
        self._kept.close()
        self.state = self._snapshot()
