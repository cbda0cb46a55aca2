"""The documents of the workspace as they come into the queue: read one after another, and looked for again."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on, work
from textual.worker import get_current_worker

from workbench.tui.desk import KEPT_ANALYSES
from workbench.tui.events import DocumentFailed, DocumentRead, DocumentsFound, ReadingDone, RecordRead
from workbench.tui.hearing import Hearing
from workbench.tui.models.queue import QueueEntry, Reading, entry_of
from workbench.tui.screens.base import CommandScreen

if TYPE_CHECKING:
    from workbench.pipeline import Analysis


class Collecting(Hearing, inherit_bindings=False):
    """The app as it fills the queue."""

    def look_again(self) -> None:
        """Take in what came, changed or went since the last look, and what others did in the records."""
        self.reading_done = False
        self.read_documents()

    @work(thread=True, group="reading", exclusive=True, exit_on_error=True)
    def read_documents(self) -> None:
        """Read every document of the workspace that is not known as it is on the disk, posting each as it is done."""
        from workbench.pipeline import Failure

        worker = get_current_worker()
        paths, problems = self.workspace.find()
        known = _by_file(self.entries)
        to_read = [path for path in paths if str(path) not in known or self.changed_on_disk(path)]
        for path in to_read:
            self.note_read(path)
        self.post_message(DocumentsFound(tuple(paths), tuple(problems), tuple(to_read)))
        many = len(paths) > KEPT_ANALYSES
        for outcome in self.workspace.survey(to_read) if many else self.workspace.read(to_read):
            if worker.is_cancelled:
                return
            if isinstance(outcome, Failure):
                self.post_message(DocumentFailed(outcome.path, outcome.error))
            elif isinstance(outcome, QueueEntry):
                self.post_message(DocumentRead(self.workspace.with_record(outcome)))
            else:
                self.post_message(DocumentRead(self.workspace.with_record(entry_of(outcome)), outcome))
        for path in set(paths).difference(to_read):
            for entry in known[str(path)]:
                if worker.is_cancelled:
                    return
                self.post_message(RecordRead(self.workspace.with_record(entry)))
        self.post_message(ReadingDone())

    @on(DocumentsFound)
    def _documents_found(self, event: DocumentsFound) -> None:
        again, before = self.documents_found, _by_file(self.entries)
        self.documents_found = True
        self.entries = {}
        for path in event.paths:
            stay = [QueueEntry(path)] if path in event.to_read else before[str(path)]
            self.entries |= {entry.key: entry for entry in stay}
        for path in event.to_read:
            self.forget_analysis(path)
        for problem in event.problems:
            path = Path(getattr(problem, "path", "?"))
            self.entries[str(path)] = QueueEntry(path, Reading.FAILED, problem=str(problem))
        self.entries_changed()
        if again and isinstance(top := self.screen, CommandScreen):
            gone = len(before.keys() - set(map(str, event.paths)))
            top.tell(self.phrases("queue.looked_again", read=len(event.to_read), gone=gone), "accent")

    @on(DocumentRead)
    def _document_read(self, event: DocumentRead) -> None:
        entry = self.with_news(event.entry)
        container = entry.key.rpartition("!")[0]
        if container in self.entries and entry.key not in self.entries:
            del self.entries[container]
        known = self.entries.get(entry.key)
        if known is not None and known.reading is Reading.READ:
            # It was read out of its turn, and may be under review.
            return
        if event.analysis is not None:
            self.keep_analysis(event.analysis)
        self.entries[entry.key] = entry
        self.entries_changed()

    @on(RecordRead)
    def _record_read(self, event: RecordRead) -> None:
        entry = self.with_news(event.entry)
        if entry.key in self.entries and self.entries[entry.key] != entry:
            self.update_entry(entry)

    @on(DocumentFailed)
    def _document_failed(self, event: DocumentFailed) -> None:
        entry = self.entries.get(str(event.path), QueueEntry(event.path))
        self.entries[str(event.path)] = replace(entry, reading=Reading.FAILED, problem=str(event.error))
        self.entries_changed()

    @on(ReadingDone)
    def _reading_done(self) -> None:
        self.reading_done = True
        self.entries_changed()

    def keep_analysis(self, analysis: Analysis) -> None:
        """Keep an analysis for opening."""
        super().keep_analysis(analysis)
        self._tidying.kept()
        # Documents are read in threads too; timers are the loop's.
        self.call_later(self._tidy_later)


def _by_file(entries: dict[str, QueueEntry]) -> dict[str, list[QueueEntry]]:
    """The documents that were read, by the file that they are, or the archive that they are in."""
    found: defaultdict[str, list[QueueEntry]] = defaultdict(list)
    for entry in list(entries.values()):
        if entry.reading is Reading.READ:
            found[entry.key].append(entry)
            if container := entry.key.rpartition("!")[0]:
                found[container].append(entry)
    return found
