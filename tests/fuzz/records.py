"""Mutated records, journals and merges: `python -m tests.fuzz.records --count 20000 --seed 1`.

A real record and its journal are damaged and read. What comes back must be a record that is written and read as itself,
or a WorkbenchError; a damaged journal must give a beginning of its entries.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.reviewing import ROWS, Clock, StandIn, document
from workbench.errors import WorkbenchError
from workbench.model.edit import DeleteRows, InsertRows, JoinTables, SetCell
from workbench.model.record import Verdict
from workbench.model.table import CellRef
from workbench.records.codec.record import decode, encode
from workbench.records.journal import read_journal
from workbench.records.merging.files import merge_texts
from workbench.review import ReviewSession

TOKENS = (
    '"', "[", "]", "{", "}", "=", "\n", "'''", '"""', "\\u0000", "\\ud800", "1e99", "nan", "-1", "true", "2031-01-01", "\x00",
    "[[tables]]", "[[corrections.edits]]", 'kind = "join_tables"', "step = -5", "schema = 1", "9" * 40, "[" * 60, "a." * 60,
)  # fmt: skip


def seeds(folder: Path) -> tuple[str, bytes]:
    """A saved record with steps of every sort, and a journal with more."""
    with ReviewSession.open(
        Path("a.txt"), records=folder, reviewer="李文", clock=Clock(), analyst=StandIn(document(slip=True))
    ) as session:
        session.apply((SetCell(CellRef("t01", 3, 2), "80.00", "30.00"),))
        session.decide(session.state.findings[0].finding.id, Verdict.SOURCE_ERROR, note="\x1b[0m")
        session.flag(CellRef("", -1, -1), "说明")
        session.apply((InsertRows("t02", 0, (("a", "b", "c", "d", "e"),)), DeleteRows("t02", 1, (ROWS[0],))))
        session.apply((JoinTables("t01", "t02"),))
        session.undo()
        record = session.save().read_text("utf-8")
        for number in range(5):
            session.flag(CellRef("t01", number % 4, 0), str(number))
        session.set_note("记")
        return record, session.path.with_suffix(".journal").read_bytes()


def damaged(text: str, chance: random.Random) -> str:
    """The text with one to three pieces cut, doubled, or replaced."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 0, 1, 3, 30, 300]))
        other = chance.randrange(len(text) + 1)
        text = text[:start] + chance.choice([*TOKENS, text[other : other + 40]]) + text[end:]
    return text


def try_record(text: str, whole: str) -> bool:
    """Read, write, merge; whether it was a record."""
    try:
        record = decode(text)
    except WorkbenchError:
        return False
    assert decode(encode(record)) == record
    decode(merge_texts(whole, text, whole)[0])
    return True


def try_journal(path: Path, content: bytes, entries: tuple[object, ...]) -> None:
    """Read a journal of which bytes were changed or cut."""
    path.write_bytes(content)
    try:
        recovered = read_journal(path)
    except WorkbenchError:
        return
    found = recovered.entries if recovered else ()
    assert found == entries[: len(found)], "a damaged journal gives entries that were never made"


def main() -> int:
    """Try so many; returns how many broke something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    start, read, broken = time.monotonic(), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        record, journal = seeds(Path(folder))
        path = Path(folder) / "x.journal"
        path.write_bytes(journal)
        recovered = read_journal(path)
        assert recovered is not None
        for number in range(options.count):
            text = damaged(record, chance)
            place = chance.randrange(len(journal))
            piece = bytes(chance.randrange(256) for _ in range(chance.choice([0, 1, 8])))
            bytes_changed = journal[:place] + piece + journal[place + chance.choice([0, 1, 8, 10**6]) :]
            try:
                read += try_record(text, record)
                try_journal(path, bytes_changed, recovered.entries)
            except Exception as error:  # noqa: BLE001 - what a fuzzer is for
                broken += 1
                print(f"{number}: {error!r}\n{text}\n{bytes_changed!r}", file=sys.stderr)
    print(f"{options.count} records and journals, {read} records still read, {broken} broke", end=" ")
    print(f"in {time.monotonic() - start:.0f} s")
    return broken


if __name__ == "__main__":
    sys.exit(min(main(), 1))
