"""Where the app gets documents and sessions from: the seam between the screens and the rest of the program."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from workbench.config.settings import Settings
from workbench.errors import ExitCode, WorkbenchError
from workbench.model.record import ReviewStatus
from workbench.tui.models.queue import QueueEntry, entry_of

if TYPE_CHECKING:
    from workbench.checks.user_rules import UserRule
    from workbench.pipeline import Analysis, AnalysisOptions, Failure, WorkerLimits
    from workbench.records.index import RecordSummary
    from workbench.review import ReviewSession
    from workbench.tui.models.hits import Hits, HitsOf


_EXPORTS = {
    ".csv": "csv", ".jsonl": "jsonl", ".xlsx": "xlsx", ".parquet": "parquet", ".sqlite": "sqlite", ".db": "sqlite",
}  # fmt: skip
"""Which export a file's ending asks for."""
_FOLDERS = frozenset({".csv", ".jsonl"})
"""Endings of exports that are folders."""


class Workspace(Protocol):
    """The documents under review. Every method may be slow and is called from workers."""

    @property
    def reviewer(self) -> str:
        """Who reviews."""
        ...

    def find(self) -> tuple[list[Path], list[WorkbenchError]]:
        """The documents, and what could not be looked at."""
        ...

    def read(self, paths: Sequence[Path]) -> Iterator[Analysis | Failure]:
        """The documents read and checked, as they are done."""
        ...

    def survey(self, paths: Sequence[Path]) -> Iterator[QueueEntry | Failure]:
        """Only what the queue shows of the documents, as they are done: for sets too large to be kept."""
        ...

    def search(self, paths: Sequence[Path], looking: HitsOf) -> Iterator[Hits]:
        """What the documents, as their records leave them, have of what is looked for, as they are done."""
        ...

    def with_record(self, entry: QueueEntry) -> QueueEntry:
        """The entry with what the record of the document says."""
        ...

    def open(
        self, path: Path, analysis: Analysis | None, *, steal_lock: bool = False, read_only: bool = False
    ) -> ReviewSession:
        """A review session on a document. Raises WorkbenchError where it cannot be opened."""
        ...

    def assign(self, entry: QueueEntry, person: str) -> QueueEntry:
        """Give a document to a reviewer, or ("") to nobody.
        Raises WorkbenchError where its record cannot be written."""
        ...

    def holders(self, entries: Sequence[QueueEntry]) -> dict[str, str]:
        """Who has which of these documents open now, by the key of the document, but for this very process."""
        ...

    def summaries(self) -> tuple[RecordSummary, ...]:
        """What the records say of every document that was reviewed."""
        ...

    def export(self, paths: Sequence[Path], target: Path) -> Path:
        """Write the corrected data of documents; gives what was written. Raises WorkbenchError where that fails."""
        ...


@dataclass(frozen=True, slots=True)
class FolderWorkspace:
    """Documents and folders on disk, records in the records folder."""

    paths: tuple[Path, ...]
    settings: Settings
    source: Path | None = None

    @property
    def reviewer(self) -> str:
        """Who reviews: the setting, else the account's name."""
        return self.settings.reviewer_name

    def find(self) -> tuple[list[Path], list[WorkbenchError]]:
        """All documents under the paths."""
        from workbench.sources import find_sources

        return find_sources(self.paths)

    def read(self, paths: Sequence[Path]) -> Iterator[Analysis | Failure]:
        """Read in worker processes, in whatever order they are done."""
        from workbench.pipeline import analyse_all

        return analyse_all(
            paths, self._options(), jobs=self.settings.worker_count, limits=self._limits(), ordered=False
        )

    def survey(self, paths: Sequence[Path]) -> Iterator[QueueEntry | Failure]:
        """Surveyed in worker processes, in whatever order they are done."""
        from workbench.pipeline import survey_all

        return survey_all(paths, self._options(), entry_of, jobs=self.settings.worker_count, limits=self._limits())

    def search(self, paths: Sequence[Path], looking: HitsOf) -> Iterator[Hits]:
        """Searched in worker processes, in whatever order they are done."""
        from workbench.pipeline import Failure, survey_all
        from workbench.review.surveying import Survey
        from workbench.tui.models.hits import Hits

        survey = Survey(Path(self.settings.records), looking)
        for outcome in survey_all(
            paths, self._options(), survey, jobs=self.settings.worker_count, limits=self._limits()
        ):
            if isinstance(outcome, Failure) or outcome.error is not None:
                yield Hits(str(outcome.path), problem=str(outcome.error))
            elif outcome.made is not None:
                yield outcome.made

    def _limits(self) -> WorkerLimits:
        from workbench.pipeline import WorkerLimits

        return WorkerLimits(self.settings.seconds_per_document, self.settings.memory_megabytes << 20)

    def _options(self) -> AnalysisOptions:
        from workbench.pipeline import AnalysisOptions
        from workbench.pipeline.cache import analysis_cache

        rules: tuple[UserRule, ...] = ()
        if self.settings.rules:
            from workbench.checks import load_rules

            rules = load_rules(Path(self.settings.rules))
        cache = analysis_cache(self.settings.cache_megabytes)
        return AnalysisOptions(user_rules=rules, source=self.source, verify=self.settings.verify, cache=cache)

    def with_record(self, entry: QueueEntry) -> QueueEntry:
        """Status and counts from the record of this very file, where there is one."""
        from workbench.records.index import summary_for
        from workbench.review.document_figures import settled_in

        try:
            report = entry.source.report if entry.source is not None else ""
            summary = summary_for(
                Path(self.settings.records), entry.path, entry.sha256, entry.entity, entry.year, report
            )
        except WorkbenchError as error:
            return replace(entry, record_problem=str(error))
        entry = replace(entry, record_problem="", unsaved=self._has_journal(entry, summary))
        if summary is None:
            return replace(entry, status=ReviewStatus.IN_REVIEW) if entry.unsaved else entry
        entry = replace(entry, assigned=summary.assigned, record=summary.path)
        if not summary.reviewed:
            return entry
        return replace(
            entry,
            status=summary.status,
            reviewer=summary.reviewer,
            open=summary.open,
            deferred=summary.verdicts.get("deferred", 0),
            settled=settled_in(summary),
            note=summary.note,
            marks=summary.flags + bool(summary.note),
            steps=tuple((step.at, step.by) for step in summary.steps),
        )

    def _has_journal(self, entry: QueueEntry, summary: RecordSummary | None) -> bool:
        from workbench.records.store import RecordStore

        own = RecordStore(Path(self.settings.records)).path_for(entry.path, entry.sha256)
        return (summary is not None and summary.unsaved) or own.with_suffix(".journal").exists()

    def open(
        self, path: Path, analysis: Analysis | None, *, steal_lock: bool = False, read_only: bool = False
    ) -> ReviewSession:
        """Open the record of a document and replay it."""
        from workbench.pipeline import analyse
        from workbench.review import ReviewSession

        return ReviewSession.open(
            path,
            records=Path(self.settings.records),
            reviewer=self.settings.reviewer_name,
            analysis=analysis or analyse(path, self._options()),
            steal_lock=steal_lock,
            read_only=read_only,
            causes_later=True,
        )

    def assign(self, entry: QueueEntry, person: str) -> QueueEntry:
        """Say in the record of a document who has it; a record is begun where there is none."""
        from workbench.review.assigning import assign

        if entry.source is not None:
            assign(Path(self.settings.records), entry.source, person, by=self.reviewer)
        return replace(entry, assigned=person)

    def holders(self, entries: Sequence[QueueEntry]) -> dict[str, str]:
        """As the locks beside the records say."""
        from workbench.records.lock import held_by_others
        from workbench.records.store import RecordStore

        folder = Path(self.settings.records)
        held = held_by_others(folder, datetime.now(UTC))
        store, found = RecordStore(folder), {}
        for entry in entries if held else ():
            holder = held.get(store.path_for(entry.path, entry.sha256))
            if holder is None and entry.record is not None:
                holder = held.get(entry.record)
            if holder is not None:
                found[entry.key] = holder.person or holder.host
        return found

    def summaries(self) -> tuple[RecordSummary, ...]:
        """The records of the records folder that can be read."""
        from workbench.records.index import read_index

        return read_index(Path(self.settings.records)).records

    def export(self, paths: Sequence[Path], target: Path) -> Path:
        """What `workbench export` does, in a process of its own: the screen stays free,
        and there is one way to do it."""
        with suppress(OSError):
            # A folder of records that is named must be there; before the first step it is not, which is no mistake.
            Path(self.settings.records).mkdir(parents=True, exist_ok=True)
        form = _EXPORTS.get(target.suffix.lower(), "csv")
        written = target.with_suffix("") if target.suffix.lower() in _FOLDERS else target
        options = ["--format", form, "--records", self.settings.records, "--output", str(written), "--quiet"]
        if self.settings.rules:
            options += ["--rules", self.settings.rules]
        ended = subprocess.run(  # noqa: S603 - this very program
            [sys.executable, "-m", "workbench", "export", *options, "--", *map(str, paths)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if ended.returncode not in (ExitCode.CLEAN, ExitCode.FINDINGS):
            last = ended.stderr.strip().splitlines()[-1:] or [f"export ended with {ended.returncode}"]
            raise WorkbenchError(last[0].removeprefix("workbench: "))
        return written
