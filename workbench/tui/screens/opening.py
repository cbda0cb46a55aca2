"""Opening a document for review, wherever that is asked for: what hinders it is said, or put to the reviewer."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any

from workbench.errors import RecordLockedError, WorkbenchError
from workbench.tui.queue_model import QueueEntry, Reading
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.picker import pick
from workbench.tui.widgets.line_list import Line, Piece

if TYPE_CHECKING:
    from workbench.review import ReviewSession


async def open_session(screen: CommandScreen[Any], entry: QueueEntry) -> ReviewSession | None:
    """A session on a document; None where it cannot be opened (the reason is on the status line of `screen`)."""
    say = screen.say_in
    if entry.reading is Reading.WAITING:
        screen.tell(say("queue.not_read_yet", name=entry.path.name), "suspect")
        return None
    if entry.reading is Reading.FAILED:
        screen.tell(entry.problem, "failing")
        return None
    screen.tell_soon(say("queue.opening", name=entry.path.name))
    opened = partial(screen.workbench.workspace.open, entry.path, screen.workbench.analysis_of(entry.path))
    try:
        session = await screen.unless_left(opened, undo=lambda late: late.close())
    except RecordLockedError as error:
        return await _open_locked(screen, error, opened)
    except WorkbenchError as error:
        screen.tell(str(error), "failing")
        return None
    screen.tell("" if session is not None else say("queue.opening_left", name=entry.path.name))
    return session


async def _open_locked(
    screen: CommandScreen[Any], error: RecordLockedError, opened: partial[ReviewSession]
) -> ReviewSession | None:
    say = screen.say_in
    lines = [
        Line("read_only", (Piece(say("lock.read_only")),)),
        Line("steal", (Piece(say("lock.steal"), "suspect"),)),
    ]
    chosen = await pick(screen, say("lock.held", holder=error.holder), lines)
    if not chosen:
        screen.tell(str(error), "suspect")
        return None
    try:
        return await asyncio.to_thread(opened, steal_lock=chosen == "steal", read_only=chosen == "read_only")
    except WorkbenchError as failure:
        screen.tell(str(failure), "failing")
        return None
