"""Two processes that edit one record at once, and two that take turns with its lock: nothing that either did is lost,
and conflicts are exactly the cells that both changed to something else.

`WORKBENCH_ROUNDS=500` sets how many rounds there are; 12 are for every day.
"""

from __future__ import annotations

import multiprocessing
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from tests.e2e.second_reviewer import opened, review, take_turns
from workbench.model.edit import SetCell
from workbench.model.record import RecordedSource, ReviewRecord
from workbench.model.table import CellRef
from workbench.records.store import RecordStore

ROUNDS = int(os.environ.get("WORKBENCH_ROUNDS", "12"))
CELLS = [CellRef("t01", row, 2) for row in range(8)]
NAMES = ("甲", "乙")
START = datetime(2031, 3, 2, tzinfo=UTC)


@contextmanager
def reviewers(folder: Path, path: Path) -> Iterator[list[Connection]]:
    """Two processes at work, and the pipes to them."""
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for name in NAMES:
        mine, theirs = context.Pipe()
        process = context.Process(target=review, args=(folder, path, name, theirs), daemon=True)
        process.start()
        theirs.close()
        pipes.append(mine)
        processes.append(process)
    try:
        yield pipes
    finally:
        for pipe, process in zip(pipes, processes, strict=True):
            pipe.send("enough")
            process.join()


def shown(record: ReviewRecord) -> dict[CellRef, str]:
    """What the steps of a record make of the cells; each must find what the one before it left."""
    texts = dict.fromkeys(CELLS, "0")
    for correction in record.corrections:
        for edit in correction.edits:
            assert texts[edit.ref] == edit.before
            texts[edit.ref] = edit.after
    return texts


def test_no_update_is_lost_and_conflicts_are_the_cells_that_both_changed(tmp_path: Path) -> None:
    chance = random.Random(ROUNDS)
    store = RecordStore(tmp_path)
    path = store.path_for("a.txt", "00" * 32)
    empty = ReviewRecord(RecordedSource("a.txt", "00" * 32, "", "", "", None, ""))
    merges = contested_in_all = 0
    with reviewers(tmp_path, path) as pipes:
        for number in range(ROUNDS):
            if not number % 40:
                # A new record now and then, so that it does not grow for ever.
                path.unlink(missing_ok=True)
                store.save(path, empty, "")
            for pipe in pipes:
                pipe.send("read")
            for pipe in pipes:
                assert pipe.recv() == "read"
            loaded = store.load(path)
            assert loaded is not None
            before = shown(loaded.record)
            wanted = [_edits(chance, before) for _ in NAMES]
            at = START + timedelta(minutes=number)
            for pipe, edits in zip(pipes, wanted, strict=True):
                pipe.send((at, [SetCell(ref, before[ref], after) for ref, after in edits.items()]))
            merges += sum(pipe.recv() for pipe in pipes)
            after = store.load(path)
            assert after is not None
            ours, theirs = wanted
            contested = {ref for ref in ours if ref in theirs and ours[ref] != theirs[ref]}
            new = after.record.conflicts[len(loaded.record.conflicts) :]
            assert {conflict.place for conflict in new} == {str(ref) for ref in contested}, f"round {number}"
            now = shown(after.record)
            for ref in CELLS:
                said = {edits[ref] for edits in wanted if ref in edits} or {before[ref]}
                assert now[ref] in said, f"round {number}: {ref} lost {said}"
            for conflict in new:
                ref = next(ref for ref in CELLS if str(ref) == conflict.place)
                assert {conflict.ours, conflict.theirs} == {ours[ref], theirs[ref]}
                assert now[ref] == conflict.ours
            contested_in_all += len(contested)
    print(f"{ROUNDS} rounds, {merges} merges, {contested_in_all} conflicts")
    assert merges == ROUNDS, "one of the two must find the other's record in every round"
    assert contested_in_all > 0


def _edits(chance: random.Random, before: dict[CellRef, str]) -> dict[CellRef, str]:
    chosen = chance.sample(CELLS, chance.randint(1, 3))
    return {ref: chance.choice([text for text in "123" if text != before[ref]]) for ref in chosen}


def test_two_who_take_turns_under_the_lock_lose_nothing(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=take_turns, args=(tmp_path, name, ROUNDS), daemon=True) for name in NAMES]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    with opened(tmp_path, "丙") as session:
        notes = [flag.note for flag in session.state.record.flags]
    assert sorted(notes) == sorted(f"{name} {number}" for name in NAMES for number in range(ROUNDS))
    for name in NAMES:
        assert [note for note in notes if note.startswith(name)] == [f"{name} {number}" for number in range(ROUNDS)]
