"""Who is to review a document, said in its record without opening its review; and how documents are shared out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import RecordChangedError, StorageError
from workbench.model.record import RecordedSource, ReviewRecord
from workbench.records.history import Assigned
from workbench.records.keeping import KeptRecord
from workbench.records.store import RecordStore
from workbench.review.recorded import recorded_source
from workbench.review.session import utc_now

if TYPE_CHECKING:
    from workbench.pipeline import Analysis
    from workbench.review.state import ReviewState

_ATTEMPTS = 5


def assign(
    records: Path | RecordStore,
    source: RecordedSource,
    person: str,
    *,
    by: str,
    clock: Callable[[], datetime] = utc_now,
) -> None:
    """Give the document to a reviewer, or ("") to nobody. A document that nobody has reviewed gets a record that says
    just this, and has none again when that is taken back.

    Raises RecordLockedError while someone has it open, InvalidFileError, RecordSchemaError, StorageError.
    """
    store = records if isinstance(records, RecordStore) else RecordStore(records)
    kept = KeptRecord.open(store, ReviewRecord(source), person=by, clock=clock)
    try:
        if kept.read_only:
            raise StorageError(kept.path, "; ".join(message.en for message in kept.messages))
        if kept.record.assigned == person:
            return
        unsaved = kept.dirty
        kept.enter(Assigned(person, by, clock()))
        if not unsaved:
            # Steps that wait in the journal have no grid yet: whoever opens the review saves them, and this with them.
            _save(kept, by, clock)
    finally:
        kept.close()


def _save(kept: KeptRecord, by: str, clock: Callable[[], datetime]) -> None:
    for _ in range(_ATTEMPTS):
        try:
            if kept.record.says_nothing and kept.predecessor is None:
                kept.discard()
            else:
                kept.save(kept.record)
        except RecordChangedError:
            kept.merge(by, clock())
        else:
            return
    raise RecordChangedError(kept.path)


@dataclass(frozen=True, slots=True)
class Assignable:
    """A document as far as sharing out is concerned: how much there is to settle, and who has it."""

    source: RecordedSource
    path: str
    open: int
    assigned: str


def assignable(analysis: Analysis, state: ReviewState) -> Assignable:
    """What sharing out needs to know of a document; made by the worker that read it."""
    source = recorded_source(analysis.path, analysis.document)
    return Assignable(source, str(analysis.path), len(state.open_findings), state.record.assigned)


def shared_out(documents: Iterable[Assignable], people: Sequence[str]) -> list[tuple[Assignable, str]]:
    """Each document with who is to have it, in the order given: so that all have about as much to settle, and then
    about as many documents. The same for the same documents in any order."""
    listed = list(documents)
    load: dict[str, tuple[int, int]] = dict.fromkeys(people, (0, 0))
    given: dict[int, str] = {}
    for number in sorted(range(len(listed)), key=lambda number: (-listed[number].open, listed[number].path)):
        person = min(load, key=lambda name: load[name])
        given[number] = person
        findings, count = load[person]
        load[person] = findings + listed[number].open, count + 1
    return [(document, given[number]) for number, document in enumerate(listed)]
