"""A scripted review for the kill test: steps without end, each told on stdout when it shows as done.

Run as `python -m tests.e2e.kill_script RECORDS`: for each seed on stdin a process of its own does the review, until it
is killed. Its first line out is the state that was found, and when it is gone there is a line that says so.
"""

from __future__ import annotations

import json
import os
import random
import sys
import traceback
from pathlib import Path

from tests.reviewing import StandIn, document
from workbench.model.edit import InsertRows, SetCell
from workbench.model.record import Verdict
from workbench.records.codec.actions import fingerprint
from workbench.review import ReviewSession, ReviewState


def summary(state: ReviewState) -> list[list[str]]:
    """The steps in force, those that redo would bring back, and the note."""
    record = state.record
    return [[fingerprint(a) for a in record.actions], [fingerprint(a) for a in record.undone], [record.note]]


def run(records: Path, seed: int) -> None:
    """Open, and go on until killed."""
    chance = random.Random(seed)
    session = ReviewSession.open(
        Path("青禾县教育局.txt"), records=records, reviewer="李文", analyst=StandIn(document(slip=True))
    )
    say({"opened": summary(session.state), "messages": [message.en for message in session.state.messages]})
    while True:
        say({"trying": True})
        step(session, chance)
        say({"shown": summary(session.state)})


def step(session: ReviewSession, chance: random.Random) -> None:
    """One command at random, saves among them."""
    match chance.choice(["set", "set", "set", "row", "decide", "undo", "redo", "note", "save", "save"]):
        case "set":
            table = session.state.document.tables[0]
            ref = chance.choice(list(table.refs()))
            before = table.cell(ref.row, ref.column).text
            session.apply((SetCell(ref, before, f"{chance.randrange(10**6)}.00"),))
        case "row":
            session.apply((InsertRows("t02", 0, (("", "新行" * 50, "", "", str(chance.random())),)),))
        case "decide":
            for item in session.state.findings[:1]:
                session.decide(item.finding.id, Verdict.SOURCE_ERROR, note=str(chance.random()))
        case "undo":
            session.undo()
        case "redo":
            session.redo()
        case "note":
            session.set_note(str(chance.random()))
        case "save":
            session.save()


def say(data: dict[str, object]) -> None:
    """One line of JSON, out at once."""
    sys.stdout.write(json.dumps(data) + "\n")
    sys.stdout.flush()


def serve(records: Path) -> None:
    """One process a seed, one after the other; what they all need is loaded before."""
    StandIn(document(slip=True)).analyse(records)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            say({"process": os.getpid()})
            try:
                run(records, int(line))
            finally:
                traceback.print_exc()
                os._exit(1)
        _, status = os.waitpid(child, 0)
        say({"ended": status})


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
