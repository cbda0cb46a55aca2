"""Keys that a person presses faster than the program follows: each has its effect where it was meant to have one."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from textual import events

from tests.tui.driving import PATIENCE, Driver, running
from tests.tui.made_up import MadeUpWorkspace, analysis, three_documents
from workbench.model.record import Verdict
from workbench.pipeline import Analysis
from workbench.review import ReviewSession
from workbench.tui.models.queue import QueueEntry
from workbench.tui.screens import opening
from workbench.tui.screens.review.screen import ReviewScreen


@dataclass
class SlowWorkspace(MadeUpWorkspace):
    """Documents that open only when they are let."""

    gate: threading.Event = field(default_factory=threading.Event)
    opened: list[ReviewSession] = field(default_factory=list)

    def open(
        self, path: Path, analysis: Analysis | None, *, steal_lock: bool = False, read_only: bool = False
    ) -> ReviewSession:
        assert self.gate.wait(PATIENCE)
        session = super().open(path, analysis, steal_lock=steal_lock, read_only=read_only)
        self.opened.append(session)
        return session


def burst(it: Driver, *keys: str) -> None:
    """Keys that arrive all at once, as a terminal hands them over after a pause of the machine."""
    for key in keys:
        it.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def until(condition: Callable[[], object]) -> None:
    """Until it holds, while the app is left alone."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.005)


def slow(it: Driver) -> SlowWorkspace:
    made = it.app.workspace
    assert isinstance(made, MadeUpWorkspace)
    it.app.workspace = SlowWorkspace(made.analyses, made.records)
    return it.app.workspace


async def test_keys_typed_while_a_document_opens_are_heard_by_the_review(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        workspace, order = slow(it), it.queue.order
        burst(it, "enter", "c", "o", "g", "g")
        await until(lambda: "opening" in it.status)
        assert it.app.screen is it.queue
        workspace.gate.set()
        await until(lambda: isinstance(it.app.screen, ReviewScreen))
        await it.settle()
        await until(lambda: len(it.app._typed_ahead) == 0)
        await it.settle()
        assert len(it.review.state.record.corrections) == 1, "c took the fix"
        assert it.review.look.cursors[it.review.look.grid][0] == 0, "g g went to the first row"
        await it.press("q")
        assert it.queue.order is order, "o was not heard by the queue, where it sorts"


async def test_keys_typed_while_the_next_document_opens_are_for_that_one(tmp_path: Path) -> None:
    async with running([analysis("a.txt"), analysis("b.txt")], tmp_path) as it:
        await it.press("enter")
        first = it.review.entry.key
        workspace = slow(it)
        burst(it, "J", "c")
        await asyncio.sleep(0.1)
        workspace.gate.set()
        await until(lambda: it.review.entry.key != first and it.review.state.record.corrections)
        await it.press("q")
    kept = [path.read_text() for path in tmp_path.glob("*.toml")]
    assert ["[[corrections]]" in text for text in kept] == [True], "the first document was left alone"


@pytest.mark.parametrize("pauses", [0, 1])
async def test_a_reason_and_what_follows_it_may_be_typed_in_one_go(tmp_path: Path, pauses: int) -> None:
    async with running([analysis()], tmp_path) as it:
        burst(it, "enter", "x", *"seen", "enter", "u", "a", *"two words".replace(" ", "_"), "enter")
        for _ in range(pauses):
            await it.pilot.pause()
        await until(lambda: isinstance(it.app.screen, ReviewScreen) and it.review.state.record.decisions)
        await until(lambda: len(it.app._typed_ahead) == 0)
        await it.settle()
        (decision,) = it.review.state.record.decisions
        assert (decision.verdict, decision.note) == (Verdict.SOURCE_ERROR, "two_words")
        assert not it.app._typed_ahead


async def test_a_cell_is_edited_by_keys_that_come_all_at_once(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        burst(it, "enter", "e", "ctrl+u", *"880.50", "enter", "j", "e", "ctrl+u", "7", "escape")
        await until(lambda: isinstance(it.app.screen, ReviewScreen) and it.review.state.record.corrections)
        await until(lambda: len(it.app._typed_ahead) == 0)
        await it.settle()
        (correction,) = it.review.state.record.corrections
        assert [edit.after for edit in correction.edits] == ["880.50"]  # type: ignore[union-attr]


async def test_escape_waits_no_longer_for_a_document_and_gives_it_back(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        workspace = slow(it)
        burst(it, "enter", "c")
        await asyncio.sleep(0.05)
        burst(it, "escape")
        await until(lambda: not it.queue._busy)
        await it.settle()
        assert it.app.screen is it.queue and "was not opened" in it.status
        assert not it.app._typed_ahead, "what was typed for it is forgotten"
        workspace.gate.set()
        await until(lambda: workspace.opened)
        await until(lambda: not list(tmp_path.glob("*.lock")))
        await it.press("enter")
        assert it.app.screen is it.review


async def test_a_document_that_waits_to_be_read_is_read_first_and_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_LOOK_AGAIN", 0.001)
    async with running(three_documents(), tmp_path) as it:
        (key, entry), *_ = it.app.entries.items()
        it.app._analyses.pop(key)
        it.app.entries[key] = QueueEntry(entry.path)
        it.queue.redraw()
        it.queue.lines.go_to_key(key)
        assert "waiting" in it.text
        await it.press("enter", "c")
        assert it.review.entry.path == entry.path and it.review.state.record.actions
        await it.press("q")
        assert "waiting" not in it.text and "in review" in it.text, "the queue knows that it was read"


async def test_the_screen_is_free_while_an_export_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate = threading.Event()

    def export(_self: object, _paths: object, target: Path) -> Path:
        assert gate.wait(PATIENCE)
        return target

    monkeypatch.setattr(MadeUpWorkspace, "export", export)
    async with running(three_documents(), tmp_path) as it:
        await it.press("f4")
        await it.type("out.csv")
        await it.press("enter", "down", "enter")
        assert it.app.screen is it.review
        gate.set()
        await until(lambda: "out.csv" in it.status)


@pytest.mark.parametrize("again", [False, True], ids=["waits for it", "asked again"])
async def test_leaving_waits_for_an_export_unless_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    gate, written = threading.Event(), []

    def export(_self: object, _paths: object, target: Path) -> Path:
        assert gate.wait(PATIENCE)
        written.append(target)
        return target

    monkeypatch.setattr(MadeUpWorkspace, "export", export)
    async with running(three_documents(), tmp_path) as it:
        await it.press("f4")
        await it.type("out.csv")
        await it.press("enter", "Q")
        assert not it.app._exit and "Q again leaves without it" in it.status
        if again:
            await it.press("Q")
        else:
            gate.set()
        await until(lambda: it.app._exit)
        assert bool(written) is not again
        gate.set()


async def test_an_app_that_is_left_alone_does_nothing(tmp_path: Path) -> None:
    async with running(three_documents(), tmp_path) as it:
        await it.press("enter", "j", "q", "j")
        await until(lambda: it.app._tidying_later is None)
        ticking = [timer for timer in it.app._timers if timer._active.is_set()]
        ticking += [timer for screen in it.app.screen_stack for timer in screen._timers if timer._active.is_set()]
        assert not ticking


async def test_a_document_has_its_keys_heard_in_the_table_as_soon_as_it_is_shown(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "1")
        assert it.app.focused is it.review.source
        it.review.show_document()
        assert it.app.focused is it.review.grid, "a key that comes at once is not for the pane before it"
