"""Latency of the app from key posted to screen painted: a 10,000-row table and a queue of 2,000 documents.

Run it: `python -m tests.bench.bench_tui`. A key counts as answered at the last paint it causes, an
edit at the first paint of what its checks say.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from textual import events
from textual.app import App
from textual.geometry import Size

from tests.tui.made_up import MadeUpWorkspace, PageText, analysis, document, table_on
from workbench.checks import Reconciliation
from workbench.model.source import Page
from workbench.model.table import Form
from workbench.pipeline import Analysis
from workbench.review import ReviewState
from workbench.tui.app import WorkbenchApp
from workbench.tui.models.queue import entry_of
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.commanding import Commanding
from workbench.tui.screens.review.screen import ReviewScreen

SIZE = (160, 50)
_FIGURES = count(1)
"""A figure that no cell shows, for every edit."""

QUIET = 0.03
"""Seconds without a paint after which a key counts as answered."""

BARS = {"cursor": 16.0, "page": 33.0, "edit": 50.0, "document": 150.0, "first frame": 600.0}
"""Milliseconds that the 95th percentile should stay under (the first frame: the median)."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A painting: when, what the processor had done until then, and the state of the review on it."""

    at: float
    busy: float
    drawn: ReviewState | None


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds until a painting: by the clock, and of the processor, which others on the machine do not change."""

    clock: float
    busy: float

    @classmethod
    def until(cls, paint: Paint, begun: float, busy: float) -> Taken:
        return cls((paint.at - begun) * 1000, (paint.busy - busy) * 1000)


class Painted(WorkbenchApp):
    """The app with a hook where the screen is painted: when, and what state of the review is on it."""

    def __init__(self, workspace: MadeUpWorkspace) -> None:
        super().__init__(workspace)
        self.paints: list[Paint] = []
        self.keys_heard = 0

    def _display(self, screen, renderable) -> None:  # type: ignore[no-untyped-def]
        super()._display(screen, renderable)
        self.paints.append(Paint(time.perf_counter(), time.process_time(), getattr(screen, "drawn", None)))


_hear = Commanding.on_key


async def _heard(screen: CommandScreen[object], event: events.Key) -> None:
    await _hear(screen, event)
    screen.app.keys_heard += 1  # type: ignore[attr-defined]


async def answered(app: Painted, call: Callable[[], object]) -> Taken:
    """What it takes from `call` to the last paint that it causes."""
    begun, busy = time.perf_counter(), time.process_time()
    worked = begun
    app.paints.clear()
    app.keys_heard = 0
    call()
    while True:
        if working(app) or not app.keys_heard:
            worked = time.perf_counter()
        elif app.paints and time.perf_counter() - max(app.paints[-1].at, worked) > QUIET:
            break
        await asyncio.sleep(0.001)
        if time.perf_counter() - begun > 20:
            raise TimeoutError
    return Taken.until(app.paints[-1], begun, busy)


def working(app: Painted) -> bool:
    """Whether a command or a search for causes is still under way."""
    reviews = (screen for screen in app.screen_stack if isinstance(screen, ReviewScreen) and screen.document_shown)
    pending = any(not screen.state.explained or screen.drawn is not screen.state for screen in reviews)
    return pending or any(getattr(screen, "_busy", False) for screen in app.screen_stack[2:])


def key(app: App[int], name: str, character: str | None = None) -> Callable[[], object]:
    """Posting one key press."""
    return lambda: app.post_message(events.Key(name, character))


def long_document(rows: int) -> Analysis:
    """A document with a table of so many rows, each of which adds up."""
    page = PageText(1)
    texts = [("20100", "合计", str(3 * rows), str(rows), str(2 * rows))]
    texts += [(f"2{index:06}", f"项目支出第{index}号工程", "3.00", "1.00", "2.00") for index in range(rows - 1)]
    header = (("科目编码", "科目名称", "合计", "基本支出", "项目支出"),)
    table = table_on(page, "t01", "项目支出表", Form.OTHER, header, texts)
    made = document("long.txt")
    made = replace(made, source=replace(made.source, pages=(Page(1, page.text),)), tables=(table,))
    return Analysis(Path("long.txt"), made, Reconciliation.of(made), ())


def report(name: str, taken: list[Taken], bar: str = "") -> None:
    """Print one line: the clock against the bar, and the processor."""
    clock, busy = sorted(one.clock for one in taken), sorted(one.busy for one in taken)
    last = min(int(len(taken) * 0.95), len(taken) - 1)
    verdict = f"bar {BARS[bar]:4.0f}  {'ok' if clock[last] <= BARS[bar] else 'OVER'}" if bar else ""
    print(
        f"{name:<36} median {statistics.median(clock):7.1f} ms  p95 {clock[last]:7.1f}  max {clock[-1]:7.1f}"
        f"   processor {statistics.median(busy):6.1f} / {busy[last]:6.1f}   {verdict}"
    )


async def repeat(app: Painted, call: Callable[[], object], times: int) -> list[Taken]:
    """The same key so many times."""
    return [await answered(app, call) for _ in range(times)]


async def ready(app: Painted, pilot: object, condition: Callable[[], bool]) -> None:
    """Wait for the app to be where it should be."""
    for _ in range(4000):
        await asyncio.sleep(0.01)
        if condition():
            await asyncio.sleep(0.2)
            return
    raise TimeoutError


async def bench_review() -> None:
    """Cursor, page and edit in a table of 10,000 rows."""
    app = Painted(MadeUpWorkspace([long_document(10_000)], Path(tempfile.mkdtemp())))
    async with app.run_test(size=SIZE) as pilot:
        await ready(app, pilot, lambda: app.reading_done)
        opened = await answered(app, key(app, "enter"))
        await ready(app, pilot, lambda: isinstance(app.screen, ReviewScreen))
        report("open 10,000 rows", [opened])
        report("table: down", await repeat(app, key(app, "down"), 100), "cursor")
        sideways = [name for _ in range(10) for name in ["right"] * 4 + ["left"] * 4]
        report("table: right/left", [await answered(app, key(app, name)) for name in sideways], "cursor")
        report("table: page down", await repeat(app, key(app, "pagedown"), 40), "page")
        await bench_edits(app, "edit a code, 10,000 rows", 5)
        await answered(app, key(app, "right"))
        await answered(app, key(app, "right"))
        await answered(app, key(app, "right"))
        await bench_edits(app, "edit a figure, 10,000 rows", 15)


async def edits(app: Painted, times: int) -> tuple[list[Taken], list[Taken]]:
    """A figure typed and taken, so many times: from Enter to the checked screen, and to the causes on it. Each is taken
    back, so that one error does not make the next one harder to explain."""
    checked: list[Taken] = []
    explained: list[Taken] = []
    for _ in range(times):
        await answered(app, key(app, "down"))
        await answered(app, key(app, "e", "e"))
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        before = screen.state
        screen.editor.value = str(next(_FIGURES))
        begun, busy = time.perf_counter(), time.process_time()
        explained.append(await answered(app, key(app, "enter")))
        shown = next(paint for paint in app.paints if paint.drawn not in (None, before))
        checked.append(Taken.until(shown, begun, busy))
        await answered(app, key(app, "u", "u"))
    return checked, explained


async def bench_edits(app: Painted, name: str, times: int) -> None:
    """Edits: until the screen is checked, and until the causes are there, for which there is no bar."""
    checked, explained = await edits(app, times)
    report(f"{name}, checked", checked, "edit")
    report(f"{name}, causes", explained)


async def bench_ordinary() -> None:
    """Editing in a document of ordinary size."""
    app = Painted(MadeUpWorkspace([analysis()], Path(tempfile.mkdtemp())))
    async with app.run_test(size=SIZE) as pilot:
        await ready(app, pilot, lambda: app.reading_done)
        await answered(app, key(app, "enter"))
        await ready(app, pilot, lambda: isinstance(app.screen, ReviewScreen))
        await bench_edits(app, "edit a figure", 25)


async def bench_queue() -> None:
    """Cursor and page in a queue of 2,000 documents; from one document to the next."""
    made = analysis()
    app = Painted(MadeUpWorkspace([analysis(f"d{index}.txt") for index in range(20)], Path(tempfile.mkdtemp())))
    async with app.run_test(size=SIZE) as pilot:
        await ready(app, pilot, lambda: app.reading_done)
        for index in range(1980):
            entry = replace(entry_of(made), path=Path(f"x{index:04}.txt"), open=0)
            app.entries[entry.key] = entry
        app.entries_changed()
        await asyncio.sleep(1)
        report("queue: down", await repeat(app, key(app, "down"), 60), "cursor")
        report("queue: page down", await repeat(app, key(app, "pagedown"), 30), "page")
        await answered(app, key(app, "ctrl+home"))
        await answered(app, key(app, "enter"))
        await ready(app, pilot, lambda: isinstance(app.screen, ReviewScreen))
        report("next document", await repeat(app, key(app, "J", "J"), 15), "document")
        report(
            "review: next table",
            [
                t
                for _ in range(10)
                for t in [await answered(app, key(app, "]", "]")), await answered(app, key(app, "t", "t"))]
            ],
            "document",
        )


def bench_start() -> None:
    """From the start of Python to the first frame, in processes of their own."""
    code = (
        "import time,sys; begun=time.perf_counter()\n"
        "from pathlib import Path; import tempfile\n"
        "from workbench.config.settings import Settings\n"
        "from workbench.tui.app import WorkbenchApp\n"
        "from workbench.tui.models.workspace import FolderWorkspace\n"
        "class A(WorkbenchApp):\n"
        "    def _display(self, screen, renderable):\n"
        "        super()._display(screen, renderable)\n"
        "        if screen.is_mounted and len(self.screen_stack) > 1: self.exit(); print((time.perf_counter()-begun)*1000, file=sys.__stdout__)\n"
        "import asyncio\n"
        "async def main():\n"
        "    app=A(FolderWorkspace((Path(tempfile.mkdtemp()),), Settings(records=tempfile.mkdtemp())))\n"
        "    async with app.run_test(size=(120,40)) as pilot:\n"
        "        await pilot.pause(0.5)\n"
        "asyncio.run(main())\n"
    )
    times = []
    for _ in range(5):
        script = Path(tempfile.mkdtemp()) / "start.py"
        script.write_text(code)
        place = {**os.environ, "PYTHONPATH": os.getcwd()}
        out = subprocess.run(
            [sys.executable, str(script)], capture_output=True, text=True, check=True, env=place
        ).stdout
        times.append(float(out.split()[0]))
    print(
        f"{'first frame (imports included)':<36} median {statistics.median(times):7.1f} ms  max {max(times):7.1f} ms  bar {BARS['first frame']:5.0f}"
    )


def main() -> None:
    """All of it."""
    assert Size(*SIZE)
    Commanding.on_key = _heard  # type: ignore[method-assign]
    bench_start()
    runs: list[Callable[[], Awaitable[None]]] = [bench_queue, bench_ordinary, bench_review]
    for run in runs:
        asyncio.run(run())  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
