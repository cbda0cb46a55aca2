"""Who is to review a document, said in its record without opening its review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from workbench.errors import RecordChangedError, StorageError
from workbench.model.record import RecordedSource, ReviewRecord
from workbench.records.history import Assigned
from workbench.records.keeping import KeptRecord
from workbench.records.store import RecordStore
from workbench.review.session import utc_now

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
    just this.

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
            kept.save(kept.record)
        except RecordChangedError:
            kept.merge(by, clock())
        else:
            return
    raise RecordChangedError(kept.path)
