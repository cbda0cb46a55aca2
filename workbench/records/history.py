"""A record as the outcome of what was done to it: each entry of the journal leads from one record to the next.

The session and the recovery of a journal use the same function, so that what was shown is what is recovered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from workbench.model.record import Action, Conflict, Flag, ReviewRecord, ReviewStatus


@dataclass(frozen=True, slots=True)
class Done:
    """A step was taken."""

    action: Action
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Undone:
    """The last step was taken back."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Redone:
    """The step that was taken back last was taken again."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StatusSet:
    """The document was given a status."""

    status: ReviewStatus
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteSet:
    """The document was given a note."""

    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Assigned:
    """The document was given to a reviewer, or ("") to nobody."""

    person: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Replaced:
    """The whole record gave way to another one: a merge with what was found on disk."""

    record: ReviewRecord
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """A conflict left by a merge was settled."""

    conflict: Conflict
    by: str
    at: datetime


Entry = Done | Undone | Redone | StatusSet | NoteSet | Assigned | Replaced | Settled


def advance(record: ReviewRecord, entry: Entry) -> ReviewRecord:
    """The record after one entry. An undo or redo with nothing to take leaves the steps as they are.

    The first step begins the review of a new document, and a step on a done one takes it up again. A flag does not
    cost the steps that redo would bring back. To give a document to someone is no review of it.
    """
    record = _changed(record, entry)
    if isinstance(entry, Assigned):
        return record
    return replace(record, reviewer=entry.by or record.reviewer, updated_at=entry.at)


def advance_all(record: ReviewRecord, entries: Iterable[Entry]) -> ReviewRecord:
    """The record after all entries, in order."""
    for entry in entries:
        record = advance(record, entry)
    return record


def _changed(record: ReviewRecord, entry: Entry) -> ReviewRecord:
    match entry:
        case Done(action):
            undone = record.undone if isinstance(action, Flag) else ()
            return replace(record, actions=(*record.actions, action), undone=undone, status=_taken_up(record))
        case Undone() if record.actions:
            *kept, last = record.actions
            return replace(record, actions=tuple(kept), undone=(*record.undone, last), status=_taken_up(record))
        case Redone() if record.undone:
            *kept, last = record.undone
            return replace(record, actions=(*record.actions, last), undone=tuple(kept), status=_taken_up(record))
        case StatusSet(status):
            return replace(record, status=status)
        case NoteSet(note):
            return replace(record, note=note)
        case Assigned(person):
            return replace(record, assigned=person)
        case Replaced(other):
            return other
        case Settled(conflict):
            return replace(record, conflicts=tuple(item for item in record.conflicts if item != conflict))
    return record


def _taken_up(record: ReviewRecord) -> ReviewStatus:
    return ReviewStatus.IN_REVIEW if record.status in (ReviewStatus.NEW, ReviewStatus.DONE) else record.status
