"""What the reading commands share: documents from paths, narration and the exit code."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from workbench.cli.chosen import user_rules
from workbench.cli.progress import Progress
from workbench.cli.text import on_one_line, printable
from workbench.config.messages import Phrasebook
from workbench.config.refusals import refusal
from workbench.config.settings import Settings
from workbench.errors import ExitCode, UnreadableSourceError, WorkbenchError
from workbench.model.table import Document, Table
from workbench.pipeline import Analysis, AnalysisOptions, Failure, WorkerLimits, analyse_all, survey_all
from workbench.pipeline.cache import analysis_cache
from workbench.pipeline.streaming import LongDocument, long_document
from workbench.sources import ReadLimits, find_sources, holds_json_tables, is_tables

if TYPE_CHECKING:
    from workbench.model.message import Message
    from workbench.review import ReviewState

Made = TypeVar("Made")

_NO_PIPE = "save it as a file first, or hand it to standard input and write -"
_STANDARD_INPUT = "standard-input"
"""The name of the file that standard input lies in for the time of a run."""


@dataclass(slots=True)
class Reading:
    """One run over documents: what was read, what failed, and so the exit code."""

    options: argparse.Namespace
    settings: Settings
    suggest: bool = True
    failures: list[WorkbenchError] = field(default_factory=list)
    count: int = 0
    found: bool = False
    _paths: list[Path] = field(default_factory=list)
    _searched: bool = False
    _progress: Progress | None = None
    _folder: tempfile.TemporaryDirectory[str] | None = None

    def long_documents(self) -> Iterator[LongDocument]:
        """The documents that are too long to hold, each as a stream; they are left out of `analyses`."""
        for path in list(self._found()):
            try:
                long = long_document(path, ReadLimits(), self._limits())
            except WorkbenchError:
                continue  # said when the document is read with the others
            if long is not None:
                self._paths.remove(path)
                yield LongDocument(self._document_as_named(long.head), self._tables_of(long))

    def _tables_of(self, long: LongDocument) -> Iterator[Table]:
        try:
            yield from long.tables
            self.count += 1
        except WorkbenchError as error:
            self.fail(error)

    def analyses(self) -> Iterator[Analysis]:
        """The analyses of all documents that can be read; the others are named on stderr as they come."""
        paths = self._found()
        total = len(paths)
        for number, outcome in enumerate(
            analyse_all(paths, self._analysis_options(), jobs=self._jobs(total), limits=self._limits()), 1
        ):
            self._narrate(number, total, outcome.path)
            if isinstance(outcome, Failure):
                self.fail(outcome.error)
            else:
                self.count += 1
                yield self._as_named(outcome)

    def _as_named(self, analysis: Analysis) -> Analysis:
        """The analysis under the name that the user gave: standard input is "-", wherever it lies meanwhile."""
        name = self._without_folder(str(analysis.path))
        if name == str(analysis.path):
            return analysis
        return replace(analysis, path=Path(name), document=self._document_as_named(analysis.document))

    def _document_as_named(self, document: Document) -> Document:
        name = self._without_folder(document.source.path)
        return replace(document, source=replace(document.source, path=name))

    def _without_folder(self, text: str) -> str:
        """`text` with - for the file that standard input lies in."""
        if self._folder is None:
            return text
        place = str(Path(self._folder.name) / _STANDARD_INPUT)
        return text.replace(f"{place}.json", "-").replace(place, "-")

    def surveyed(self, make: Callable[[Analysis, ReviewState], Made | None]) -> Iterator[Made]:
        """What `make` makes of every document as its record leaves it (None for nothing), in the order of the
        documents; made by the workers that read them. One whose record cannot be read is left out, as in `states`."""
        from workbench.review.surveying import Survey

        paths = self._found()
        if self._folder is not None:
            # Standard input has another name here than where it lies.
            for analysis, state in self.states():
                if (made := make(analysis, state)) is not None:
                    yield made
            return
        survey = Survey(Path(self.settings.records), make)
        jobs, limits = self._jobs(len(paths)), self._limits()
        outcomes = survey_all(paths, self._analysis_options(), survey, jobs=jobs, limits=limits, ordered=True)
        for number, outcome in enumerate(outcomes, 1):
            self._narrate(number, len(paths), outcome.path)
            if outcome.error is not None:
                self.fail(outcome.error)
                continue
            self.count += 1
            self._tell(outcome.path, outcome.messages)
            if outcome.made is not None:
                yield outcome.made

    def states(self) -> Iterator[tuple[Analysis, ReviewState]]:
        """Every document as its record leaves it. One whose record cannot be read is left out and named on stderr: its
        figures as printed are not what the review made of them."""
        for analysis in self.analyses():
            try:
                state = self.state_of(analysis)
            except WorkbenchError as error:
                self.count -= 1
                self.fail(error)
                continue
            yield analysis, state

    def state_of(self, analysis: Analysis) -> ReviewState:
        """The document as its record leaves it, for reading only; what was found out on the way is told on stderr.

        Raises InvalidFileError, RecordSchemaError, StorageError where the record cannot be read.
        """
        from workbench.review import ReviewSession

        state = ReviewSession.open(
            analysis.path,
            records=Path(self.settings.records),
            reviewer=self.settings.reviewer_name,
            analysis=analysis,
            read_only=True,
        ).state
        self._tell(analysis.path, state.messages)
        return state

    def _tell(self, path: Path, messages: Iterable[Message]) -> None:
        """Says what was found out when a record was opened."""
        for message in () if self.options.quiet else messages:
            self.say(f"workbench: {path}: {message.text(self.settings.interface_language)}")

    def expect_records(self) -> None:
        """A folder of records that is named must be there; where the usual one is not, that is told.

        Raises WorkbenchError.
        """
        folder = Path(self.settings.records)
        if folder.is_dir():
            return
        if self.options.records is not None or folder.exists():
            raise WorkbenchError(f"{folder}: there is no such folder of records", "check --records")
        if not self.options.quiet:
            self.say(f"workbench: there is no folder {folder}: nothing has been reviewed from here yet")

    def _found(self) -> list[Path]:
        """The documents under the paths; standard input lies in a file for the time of the run."""
        if not self._searched:
            self._searched = True
            given = [self._standard_input() if path == "-" else Path(path) for path in self.options.paths]
            self._paths, problems = find_sources([path for path in given if not path.is_fifo()])
            pipes = [UnreadableSourceError(path, "is a pipe", _NO_PIPE) for path in given if path.is_fifo()]
            for problem in (*pipes, *problems):
                self.fail(problem)
        return self._paths

    def _standard_input(self) -> Path:
        """The file that standard input lies in; named twice it is the same, since it can be read but once."""
        if self._folder is not None:
            return next(Path(self._folder.name).iterdir())
        self._folder = tempfile.TemporaryDirectory(prefix="workbench-")
        content = sys.stdin.buffer.read()
        # Tables in JSON are known by their ending, a document by what it holds.
        is_json = is_tables(content) or holds_json_tables(content)
        file = Path(self._folder.name) / (f"{_STANDARD_INPUT}.json" if is_json else _STANDARD_INPUT)
        file.write_bytes(content)
        return file

    def fail(self, error: WorkbenchError) -> None:
        """Counts and tells of a document that could not be read."""
        self.failures.append(error)
        self.say(f"workbench: {self._without_folder(str(error))}")

    def say(self, text: str) -> None:
        """One line of narration, in the language of the interface."""
        if self._progress is not None:
            self._progress.clear()
        name = "workbench: " if text.startswith("workbench: ") else ""
        told = refusal(text.removeprefix(name), self.settings.interface_language)
        print(printable(name + told), file=sys.stderr, flush=True)

    def tell_of_idle_rules(self, met: Collection[str]) -> None:
        """Names the user's own rules whose selectors found nothing in all that was read: a misspelt label,
        most likely."""
        for rule in user_rules(self.settings) if self.count else ():
            if rule.name not in met:
                self.say(f"workbench: the rule {rule.name!r} found no cells in what was read")

    @property
    def exit_code(self) -> ExitCode:
        """2 when nothing could be read, 3 when some could not, 1 with findings, else 0."""
        if self.failures:
            return ExitCode.UNREADABLE if self.count else ExitCode.USAGE
        if not self.count:
            self.say("workbench: no document was found there")
            return ExitCode.USAGE
        return ExitCode.FINDINGS if self.found else ExitCode.CLEAN

    def _analysis_options(self) -> AnalysisOptions:
        return AnalysisOptions(
            user_rules=user_rules(self.settings),
            source=getattr(self.options, "source", None),
            suggest=self.suggest,
            verify=self.settings.verify,
            cache=analysis_cache(self.settings.cache_megabytes),
        )

    def _jobs(self, total: int) -> int:
        return min(self.settings.worker_count, max(total, 1))

    def _limits(self) -> WorkerLimits:
        return WorkerLimits(self.settings.seconds_per_document, self.settings.memory_megabytes << 20)

    def _narrate(self, number: int, total: int, path: Path) -> None:
        if self.options.quiet or total < 2:
            return
        if self.options.verbose:
            self.say(f"{number}/{total} {on_one_line(str(path))}")
        elif sys.stderr.isatty() and not self._prints:
            if self._progress is None:
                self._progress = Progress(sys.stderr, Phrasebook(self.settings.interface_language))
            self._progress.show(number, total, str(path))

    @property
    def _prints(self) -> bool:
        """Whether what is made is read on a terminal as it comes, which says enough."""
        return getattr(self.options, "output", None) in (None, Path("-")) and sys.stdout.isatty()
