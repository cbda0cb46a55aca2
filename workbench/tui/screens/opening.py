"""Opening a document for review, wherever that is asked for: what hinders it is said, or put to the reviewer."""

from __future__ import annotations

import asyncio
from contextlib import closing
from dataclasses import replace
from functools import partial
from time import sleep
from typing import TYPE_CHECKING, Any, cast

from workbench.config.refusals import refusal
from workbench.errors import RecordLockedError, WorkbenchError
from workbench.tui.models.queue import QueueEntry, Reading, entry_of
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.picker import pick
from workbench.tui.widgets.line_list import Line, Piece

if TYPE_CHECKING:
    from workbench.pipeline import Analysis
    from workbench.review import ReviewSession

_LOOK_AGAIN = 0.05
_PATIENCE = 20
"""How often to look whether a document was read in its turn, before it is read out of turn."""


async def open_session(screen: CommandScreen[Any], entry: QueueEntry) -> ReviewSession | None:
    """A session on a document; None where it cannot be opened (the reason is on the status line of `screen`)."""
    say = screen.say_in
    if screen.workbench.changed_on_disk(entry.path):
        screen.workbench.forget_analysis(entry.path)
        entry = await _read_first(screen, replace(entry, reading=Reading.WAITING), patience=0)
    elif entry.reading is Reading.WAITING:
        entry = await _read_first(screen, entry)
    if entry.reading is Reading.WAITING:
        screen.tell(say("queue.not_read_yet", name=entry.path.name), "suspect")
        return None
    if entry.reading is Reading.FAILED:
        screen.tell(say.about(entry.path.name, refusal(entry.reason, say.language)), "failing")
        return None
    screen.tell_soon(say("queue.opening", name=entry.path.name))
    opened = partial(screen.workbench.workspace.open, entry.path, screen.workbench.analysis_of(entry.path))
    try:
        session = await screen.unless_left(opened, undo=lambda late: late.close())
    except RecordLockedError as error:
        return await _open_locked(screen, error, opened)
    except WorkbenchError as error:
        screen.tell_refusal(error)
        return None
    screen.tell("" if session is not None else say("queue.opening_left", name=entry.path.name))
    return session


async def _read_first(screen: CommandScreen[Any], entry: QueueEntry, patience: int = _PATIENCE) -> QueueEntry:
    """The entry of a document once it is read, before all others that wait where they would take long; as it is where
    the reviewer waits no longer, or where it is an archive of several."""
    desk = screen.workbench
    screen.tell_soon(screen.say_in("queue.reading_first", name=entry.path.name))

    def read() -> QueueEntry:
        for _ in range(patience):
            sleep(_LOOK_AGAIN)
            known = desk.entries.get(entry.key, entry)
            if known.reading is not Reading.WAITING:
                return known
        desk.note_read(entry.path)
        with closing(iter(desk.workspace.read([entry.path]))) as outcomes:  # type: ignore[type-var]  # a generator
            outcome = next(outcomes, None)
        if outcome is None or str(outcome.path) != entry.key:
            return entry
        if problem := getattr(outcome, "error", None):
            return replace(entry, reading=Reading.FAILED, problem=str(problem))
        analysis = cast("Analysis", outcome)
        desk.keep_analysis(analysis)
        return desk.workspace.with_record(entry_of(analysis))

    found = await screen.unless_left(read, undo=lambda _late: None)
    if found is None or found.reading is Reading.WAITING:
        return entry
    found = desk.with_news(found)
    desk.update_entry(found)
    return found


async def _open_locked(
    screen: CommandScreen[Any], error: RecordLockedError, opened: partial[ReviewSession]
) -> ReviewSession | None:
    say = screen.say_in
    lines = [
        Line("read_only", (Piece(say("lock.read_only")),)),
        Line("steal", (Piece(say("lock.steal"), "suspect"),)),
    ]
    chosen = await pick(screen, say("lock.held", holder=refusal(error.holder, say.language)), lines)
    if not chosen:
        screen.tell_refusal(error, "suspect")
        return None
    try:
        return await asyncio.to_thread(opened, steal_lock=chosen == "steal", read_only=chosen == "read_only")
    except WorkbenchError as failure:
        screen.tell_refusal(failure)
        return None
