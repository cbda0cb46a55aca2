"""One of two processes that edit the same record: at once, told what to do over a pipe, or in turns, under the lock."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path

from tests.reviewing import StandIn, document
from workbench.errors import RecordChangedError, RecordLockedError
from workbench.model.edit import SetCell
from workbench.model.record import Correction, ReviewRecord
from workbench.model.table import CellRef
from workbench.records.merging.reviews import merge_records
from workbench.records.store import RecordStore
from workbench.review import ReviewSession


def review(folder: Path, path: Path, name: str, orders: Connection) -> None:
    """Each round: read the record when told, wait until both have, make the edits that are told, and save (merging if
    need be)."""
    store = RecordStore(folder)
    while orders.recv() == "read":
        loaded = store.load(path)
        assert loaded is not None
        orders.send("read")
        at, edits = orders.recv()
        orders.send(save(store, path, loaded.record, loaded.digest, name, at, edits))


def save(
    store: RecordStore, path: Path, base: ReviewRecord, digest: str, name: str, at: datetime, edits: list[SetCell]
) -> int:
    """Save the record with one more correction; returns how often it had to be merged with the other's."""
    labels = (("", ""),) * len(edits)
    mine = replace(base, actions=(*base.actions, Correction(tuple(edits), labels, name, at)), updated_at=at)
    for merges in range(100):
        try:
            store.save(path, mine, digest)
        except RecordChangedError:
            found = store.load(path)
            assert found is not None
            mine = merge_records(base, mine, found.record)
            base, digest = found.record, found.digest
        else:
            return merges
    raise AssertionError("the record never stood still")


def take_turns(folder: Path, name: str, rounds: int) -> None:
    """Open the review as soon as nobody else has it, take a step, quit; so many times. Every other time unsaved."""
    for number in range(rounds):
        with opened(folder, name) as session:
            session.flag(CellRef("t01", number % 4, 2), f"{name} {number}")
            if number % 2:
                session.save()


def opened(folder: Path, name: str) -> ReviewSession:
    """The review, once the other one has closed it."""
    while True:
        try:
            return ReviewSession.open(
                Path("青禾县教育局.txt"), records=folder, reviewer=name, analyst=StandIn(document())
            )
        except RecordLockedError:
            time.sleep(0.001)
