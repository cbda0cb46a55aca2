"""Memory over a day: 500 documents opened one after another, each with a fix taken, half of them by `J` and half from
the queue; and what the app does while nobody presses a key.

Run it: `python -m tests.bench.bench_day`. What is kept of a document that was left is counted, object by object: bars
are on those counts, and on the growth in the last two fifths of the day: before, the analyses of the first documents,
as many as the app keeps for opening them again, get ready what a review of theirs needs.
"""

from __future__ import annotations

import asyncio
import gc
import os
import tempfile
import time
from collections import Counter
from pathlib import Path

from textual.pilot import Pilot

from tests.tui.driving import Driver
from tests.tui.made_up import MadeUpWorkspace, analysis
from workbench.tui.app import WorkbenchApp
from workbench.tui.screens.review.screen import ReviewScreen

DOCUMENTS = 500
KINDS = ("ReviewSession", "ReviewScreen", "Timeline", "GridModel", "TableGrid", "SourcePane", "KeptRecord", "Journal")
"""What a document under review is made of."""
MOST_ALIVE = 12
"""So many of each kind may be alive besides: a model a table of the document on the screen, and the one before."""
GROWTH_BAR = 0.05
IDLE_SECONDS = 10.0
IDLE_BAR = 0.01
"""The share of one processor that an app may take that nobody uses."""


def resident() -> float:
    """Megabytes of this process in memory now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def alive() -> dict[str, int]:
    """How many objects of each kind there are."""
    gc.unfreeze()
    gc.collect()
    counts = Counter(type(thing).__name__ for thing in gc.get_objects())
    return {kind: counts[kind] for kind in KINDS}


async def day(pilot: Pilot[int], app: WorkbenchApp, documents: int) -> list[tuple[int, float, dict[str, int]]]:
    """Open so many documents; memory and objects alive at each fifth."""
    it, seen = Driver(app, pilot), []
    every = max(documents // 5, 1)
    for number in range(1, documents + 1):
        if not isinstance(app.screen, ReviewScreen):
            await it.press("enter")
        else:
            await it.press("J")
        await it.press("c" if it.review.state.open_findings else "j")
        if number % 2:
            await it.press("q", "down")
        if number % every == 0:
            seen.append((number, resident(), alive()))
    return seen


async def main(documents: int = DOCUMENTS) -> bool:
    """All of it; whether the bars hold."""
    made = [analysis(f"d{number:03}.txt") for number in range(documents)]
    app = WorkbenchApp(MadeUpWorkspace(made, Path(tempfile.mkdtemp())))
    app.animation_level = "none"
    async with app.run_test(size=(160, 50)) as pilot:
        while not app.reading_done:
            await pilot.pause(0.05)
        await pilot.pause(0.5)
        seen = await day(pilot, app, documents)
        for number, megabytes, counts in seen:
            words = "  ".join(f"{kind} {count}" for kind, count in counts.items())
            print(f"{number:4} documents  {megabytes:7.1f} MB   {words}")
        growth = seen[-1][1] / seen[-3][1] - 1
        most = max(seen[-1][2].values())
        print(f"growth {growth:+.1%} (bar {GROWTH_BAR:.0%})   most alive of a kind {most} (bar {MOST_ALIVE})")
        await asyncio.sleep(2)
        begun, clock = time.process_time(), time.perf_counter()
        await asyncio.sleep(IDLE_SECONDS)
        idle = (time.process_time() - begun) / (time.perf_counter() - clock)
        print(f"idle: {idle:.2%} of a processor (bar {IDLE_BAR:.0%})")
        return growth <= GROWTH_BAR and most <= MOST_ALIVE and idle <= IDLE_BAR


if __name__ == "__main__":
    raise SystemExit(0 if asyncio.run(main()) else 1)
