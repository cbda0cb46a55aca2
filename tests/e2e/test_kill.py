"""A review killed at random moments, mostly with SIGKILL, in the middle of writes too: every step that had shown as
done is there again, nothing is corrupt, no lock or half-written file is in the way.

`WORKBENCH_KILLS=1000` sets how many kills there are; 20 are for every day.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.e2e.kill_script import summary
from tests.reviewing import StandIn, document
from workbench.records.codec.record import decode
from workbench.review import ReviewSession

BLOWS = [signal.SIGKILL] * 8 + [signal.SIGTERM, signal.SIGHUP]
"""Mostly the one that nothing can be done about; the others end a session just as rudely."""
KILLS = int(os.environ.get("WORKBENCH_KILLS", "20"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_what_had_shown_as_done_is_there_after_a_kill(tmp_path: Path) -> None:
    chance = random.Random(KILLS)
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.kill_script", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    )
    try:
        _kill_and_reopen(server, tmp_path, chance)
    finally:
        server.communicate()


def _kill_and_reopen(server: subprocess.Popen[bytes], records: Path, chance: random.Random) -> None:
    expected: list[list[str]] = [[], [], [""]]
    shown_in_all = under_way = one_more = 0
    for kill in range(KILLS):
        lines = _run_and_kill(server, kill, chance)
        opened = [line for line in lines if "opened" in line]
        for line in opened:
            assert line["opened"] == expected, f"kill {kill}: {line['messages']}"
        shown = [line["shown"] for line in lines if "shown" in line]
        shown_in_all += len(shown)
        under_way += bool(lines) and "trying" in lines[-1]
        last = shown[-1] if shown else expected
        expected = _reopened(records)
        one_more += expected != last
        assert expected == last or _one_step_on(last, expected, lines), f"kill {kill}: a step that had shown is lost"
        for path in records.glob("*.toml"):
            decode(path.read_text("utf-8"))
        left = sorted(path.suffix for path in records.iterdir())
        assert left in ([], [".toml"], [".journal"], [".journal", ".toml"]), f"kill {kill} left {left}"
        if kill % 25 == 24:
            # A new document now and then, so that the record does not grow for ever.
            for path in records.iterdir():
                path.unlink()
            expected = [[], [], [""]]
    print(
        f"{KILLS} kills after {shown_in_all} steps, {under_way} within a step, {one_more} of them on disk all the same"
    )
    assert shown_in_all > KILLS, "the script was killed before it did anything"


def _run_and_kill(server: subprocess.Popen[bytes], seed: int, chance: random.Random) -> list[dict]:
    """The whole lines that a review said before it was killed: after so many lines, and a moment more or less."""
    assert server.stdin is not None and server.stdout is not None
    server.stdin.write(b"%d\n" % seed)
    server.stdin.flush()
    process = json.loads(server.stdout.readline())["process"]
    lines = [json.loads(server.stdout.readline()) for _ in range(chance.randrange(30))]
    time.sleep(chance.uniform(0, 0.006))
    blow = chance.choice(BLOWS)
    os.kill(process, blow)
    while True:
        line = server.stdout.readline()
        # The last line may have been cut short by the kill; the server's own follows it.
        _, mark, ended = line.rpartition(b'{"ended": ')
        if mark:
            assert int(ended.strip(b"}\n")) == blow, "the script ended by itself"
            return lines
        lines.append(json.loads(line))


def _reopened(records: Path) -> list[list[str]]:
    with ReviewSession.open(
        Path("青禾县教育局.txt"), records=records, reviewer="李文", analyst=StandIn(document(slip=True))
    ) as session:
        assert session.state.stale == () and session.state.differences == ()
        return summary(session.state)


def _one_step_on(last: list[list[str]], now: list[list[str]], lines: list[dict]) -> bool:
    """Whether there is just one step more, that was under way when the kill came."""
    under_way = bool(lines) and "trying" in lines[-1]
    done, undone, note = last
    one_more = now[0][:-1] == done and now[1] == []
    taken_back = now[0] == done[:-1] and now[1] == undone + done[-1:]
    again = now[0] == done + undone[-1:] and now[1] == undone[:-1]
    noted = now[:2] == last[:2] and now[2] != note
    return under_way and (one_more or taken_back or again or noted)
