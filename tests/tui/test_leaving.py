"""Leaving a document, or the app, while the causes of what fails are still looked for."""

from __future__ import annotations

import asyncio
import gc
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual.events import AppBlur, Callback, Key, Resize, Timer
from textual.geometry import Size

from tests.tui.driving import PATIENCE, Driver, running, started
from tests.tui.made_up import MadeUpWorkspace, analysis, three_documents
from workbench.checks import Reconciliation
from workbench.errors import WorkbenchError
from workbench.model.check import Finding
from workbench.pipeline import Analysis
from workbench.repairs import Constraints
from workbench.review import ReviewSession
from workbench.review.analyst import LocalAnalyst
from workbench.tui.app import WorkbenchApp
from workbench.tui.events import DocumentFailed, DocumentRead, DocumentsFound, ReadingDone, RecordRead
from workbench.tui.models.queue import entry_of
from workbench.tui.widgets.bar import Bar
from workbench.tui.widgets.pane import Pane


class Slow(LocalAnalyst):
    """Finds causes only when it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def find_causes(self, reconciliation: Reconciliation, constraints: Constraints) -> tuple[Finding, ...]:
        assert self.go.wait(PATIENCE)
        return super().find_causes(reconciliation, constraints)


@dataclass
class SlowWorkspace(MadeUpWorkspace):
    """Documents whose causes take as long as they may."""

    analysts: list[Slow] = field(default_factory=list)

    def open(
        self, path: Path, analysis: Analysis | None, *, steal_lock: bool = False, read_only: bool = False
    ) -> ReviewSession:
        self.analysts.append(Slow())
        return ReviewSession.open(
            path,
            records=self.records,
            reviewer=self.reviewer,
            analysis=analysis or next(a for a in self.analyses if a.path == path),
            analyst=self.analysts[-1],
            steal_lock=steal_lock,
            read_only=read_only,
            causes_later=True,
        )


@contextmanager
def slow(records: Path) -> Iterator[SlowWorkspace]:
    workspace = SlowWorkspace(three_documents()[:1], records)
    try:
        yield workspace
    finally:
        for analyst in workspace.analysts:
            analyst.go.set()


def written(records: Path) -> str:
    return next(records.glob("*.toml")).read_text(encoding="utf-8")


async def test_a_document_is_left_at_once_and_its_causes_go_into_record_and_queue_later(tmp_path: Path) -> None:
    with slow(tmp_path) as workspace:
        async with started(WorkbenchApp(workspace)) as driver:
            await driver.pilot.press("enter")
            await driver.until(lambda: len(driver.app.screen_stack) == 3 and driver.review.document_shown)
            await driver.pilot.press("e", *"1200", "enter")
            await driver.until(lambda: driver.review.state.dirty)
            assert not driver.review.state.explained
            await driver.pilot.press("q")
            await driver.until(lambda: len(driver.app.screen_stack) == 2)
            before = written(tmp_path)
            assert "1200" in before
            assert not [path for path in tmp_path.iterdir() if path.suffix in (".journal", ".lock")]
            (entry,) = driver.app.entries.values()
            workspace.analysts[0].go.set()
            await driver.until(lambda: written(tmp_path) != before)
            await driver.until(lambda: next(iter(driver.app.entries.values())) is not entry)


async def test_the_app_ends_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    with slow(tmp_path) as workspace:
        async with started(WorkbenchApp(workspace)) as driver:
            await driver.pilot.press("enter")
            await driver.until(lambda: len(driver.app.screen_stack) == 3 and driver.review.document_shown)
            await driver.pilot.press("e", *"1200", "enter")
            await driver.until(lambda: driver.review.state.dirty)
            await driver.pilot.press("Q")
            await driver.until(lambda: driver.app._exit)
        assert "1200" in written(tmp_path)
        assert not [path for path in tmp_path.iterdir() if path.suffix in (".journal", ".lock")]


async def test_who_waits_for_causes_may_go_on_without(tmp_path: Path) -> None:
    with slow(tmp_path) as workspace:
        async with started(WorkbenchApp(workspace)) as driver:
            await driver.pilot.press("enter")
            await driver.until(lambda: len(driver.app.screen_stack) == 3 and driver.review.document_shown)
            await driver.pilot.press("e", *"1200", "enter")
            await driver.until(lambda: driver.review.state.dirty)
            await driver.pilot.press("c")
            await driver.until(lambda: "Esc to wait no longer" in driver.status)
            await driver.pilot.press("escape")
            await driver.until(lambda: "nothing was done" in driver.status)
            await driver.pilot.press("u")
            await driver.until(lambda: not driver.review.state.record.corrections)


async def test_what_was_about_to_be_looked_up_is_not_begun_by_one_who_leaves(tmp_path: Path) -> None:
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        async with running([analysis()], tmp_path) as it:
            it.app.exit()
            it.queue.on_screen_resume()
            it.app.workers.cancel_all()
        gc.collect()
    assert not [said for warning in told if "never awaited" in (said := str(warning.message))]


async def test_news_that_come_while_the_app_ends_do_no_harm(tmp_path: Path) -> None:
    workspace = MadeUpWorkspace(three_documents(), tmp_path)
    paths = tuple(analysis.path for analysis in workspace.analyses)
    entry = entry_of(workspace.analyses[0])

    class Ending(WorkbenchApp):
        async def _close_all(self) -> None:
            self._which = self.set_timer(60, lambda: None)
            await super()._close_all()
            for news in (
                DocumentsFound(paths, (), paths),
                DocumentRead(entry),
                RecordRead(entry),
                DocumentFailed(paths[0], WorkbenchError("gone")),
                ReadingDone(),
                Key("j", "j"),
                Key("escape", None),
                AppBlur(),
                Resize(Size(80, 24), Size(80, 24)),
                Callback(lambda: self.screen),
                Timer(self._which, 0.0, 1, lambda: self.screen),
            ):
                assert self.post_message(news)

    app = Ending(workspace)
    async with app.run_test() as pilot:
        await Driver(app, pilot).settle()
        assert app.screen_stack
    assert not app.screen_stack and not app.fault


async def test_what_is_under_way_for_a_screen_ends_before_its_panes_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They go one by one, and what comes meanwhile would be drawn on what is left of them."""
    panes_gone, went_on = asyncio.Event(), list[bool]()

    async def draw_late() -> None:
        await panes_gone.wait()
        went_on.append(True)

    async def go_last(bar: Bar) -> None:
        if bar.id == "keys" and bar.screen is review:
            while review.query(Pane):
                await asyncio.sleep(0)
            panes_gone.set()
            await asyncio.sleep(0.01)

    async with running([analysis()], tmp_path) as it:
        await it.press("enter")
        review = it.review
        review.run_worker(draw_late())
        monkeypatch.setattr(Bar, "on_unmount", go_last, raising=False)
        await it.press("q")
        await it.until(lambda: not review.is_running)
    assert panes_gone.is_set() and not went_on
