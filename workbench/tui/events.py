"""What workers tell the app. Workers touch no widget; these messages are all they send."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from workbench.errors import WorkbenchError
from workbench.tui.models.queue import QueueEntry

if TYPE_CHECKING:
    from workbench.pipeline import Analysis


class DocumentsFound(Message):
    """The documents of the workspace are known; those of `to_read` are not yet, or are others on the disk now."""

    def __init__(
        self, paths: tuple[Path, ...], problems: tuple[WorkbenchError, ...], to_read: tuple[Path, ...]
    ) -> None:
        super().__init__()
        self.paths = paths
        self.problems = problems
        self.to_read = frozenset(to_read)


class DocumentRead(Message):
    """One document was read and checked; `entry` is what the queue shows of it, `analysis` what a review starts from,
    where the set is small enough to keep it."""

    def __init__(self, entry: QueueEntry, analysis: Analysis | None = None) -> None:
        super().__init__()
        self.entry = entry
        self.analysis = analysis


class RecordRead(Message):
    """A document that is known already, with what its record says now."""

    def __init__(self, entry: QueueEntry) -> None:
        super().__init__()
        self.entry = entry


class DocumentFailed(Message):
    """One document could not be read."""

    def __init__(self, path: Path, error: WorkbenchError) -> None:
        super().__init__()
        self.path = path
        self.error = error


class ReadingDone(Message):
    """Every document was read."""
