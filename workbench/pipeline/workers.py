"""Many documents at once, each in a worker process with a limit on time and memory, that is killed when it exceeds it.

A document that is too slow, too large or that brings its reader down becomes a `Failure` with the reason; the others
go on. Workers are started afresh (not forked), so that this is safe from a program with threads.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Generic, Literal, TypeVar

from workbench.errors import UnreadableSourceError, WorkbenchError
from workbench.pipeline.analysis import Analysis, AnalysisOptions, analyse_file
from workbench.pipeline.memory import limit_memory, memory_trimmer


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read, and why."""

    path: Path
    error: WorkbenchError


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one document may cost: wall-clock seconds and bytes of address space (0 for no limit)."""

    seconds: float = 120.0
    memory: int = 4 << 30


_START: Literal["spawn"] = "spawn"
"""How workers begin: afresh, not as copies of a process that has threads."""

_LEAD = 64
"""How many documents are read ahead of one that takes its time, where the order is kept: what is read waits for it."""

_YOUNG = 20_000
"""How many new objects a worker lets come together before it looks for garbage."""

_MOST = 500
"""How many documents one worker reads. What it remembers lies scattered among what it let go, which the system does not
get back then: a fresh one takes half the memory of one that has read thousands, and is begun in a second."""

Outcome = Analysis | Failure
Surveyed = TypeVar("Surveyed")


def analyse_all(
    paths: Sequence[Path],
    options: AnalysisOptions | None = None,
    *,
    jobs: int = 1,
    limits: WorkerLimits | None = None,
    ordered: bool = True,
) -> Iterator[Outcome]:
    """The analyses of all documents of all paths, a `Failure` for each that cannot be read.

    With `ordered` they come in the order of `paths`, else as they are done. `jobs` workers run at once; 0 reads in
    this very process, without limits (for one trusted document, and for tests).
    """
    options = options or AnalysisOptions()
    if jobs == 0:
        for path in paths:
            yield from _attempt(path, options, _as_it_is)
        return
    yield from survey_all(paths, options, _as_it_is, jobs=jobs, limits=limits, ordered=ordered)


def survey_all(
    paths: Sequence[Path],
    options: AnalysisOptions | None,
    survey: Callable[[Analysis], Surveyed],
    *,
    jobs: int,
    limits: WorkerLimits | None = None,
    ordered: bool = False,
) -> Iterator[Surveyed | Failure]:
    """What `survey` makes of every analysis, as they are done (with `ordered` in the order of `paths`), and a `Failure`
    for each document that cannot be read.

    The workers survey and only what comes of it crosses to this process: thousands of documents cost it next to
    nothing. The analyses themselves are left in the cache of the options.
    `survey` must be what can be sent to another process.
    """
    options = options or AnalysisOptions()
    pool = _Pool(list(paths), options, min(jobs, max(len(paths), 1)), limits or WorkerLimits(), survey)
    pool.lead = _LEAD if ordered else None
    waiting: dict[int, list[Surveyed | Failure]] = {}
    following = 0
    try:
        for index, outcomes in pool.run():
            if not ordered:
                yield from outcomes
                continue
            waiting[index] = outcomes
            while following in waiting:
                yield from waiting.pop(following)
                following += 1
    finally:
        pool.stop()
        if options.cache is not None:
            options.cache.trim()


def _as_it_is(analysis: Analysis) -> Analysis:
    return analysis


def _attempt(path: Path, options: AnalysisOptions, survey: Callable[[Analysis], Surveyed]) -> list[Surveyed | Failure]:
    try:
        return [survey(analysis) for analysis in analyse_file(path, options)]
    except WorkbenchError as error:
        return [Failure(path, error)]
    except MemoryError:
        return [
            Failure(path, UnreadableSourceError(path, "needs more memory than it may use", "raise `memory_megabytes`"))
        ]
    except RecursionError:
        return [Failure(path, UnreadableSourceError(path, "is nested too deeply to be read"))]


def _serve(connection: Connection, options: AnalysisOptions, survey: Callable[[Analysis], object], memory: int) -> None:
    """The loop of a worker: a path in, its outcomes out, until the pipe closes."""
    give_back = memory_trimmer()
    limit_memory(memory)
    # What was imported stays for good: looking through it for garbage is a fifth of the time of a document.
    gc.freeze()
    gc.set_threshold(_YOUNG)
    while True:
        try:
            path = connection.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        try:
            outcomes = _attempt(path, options, survey)
        except KeyboardInterrupt:
            return
        except Exception as error:  # noqa: BLE001  the worker boundary: a bug in one document must not stop the others
            reason = f"the reader failed on it ({type(error).__name__}: {error})"
            outcomes = [Failure(path, UnreadableSourceError(path, reason, "please report it with the document"))]
        try:
            connection.send(outcomes)
        except OSError:
            return  # who asked is gone, killed most likely; nobody is left to be told
        del outcomes
        give_back(0)


def start_worker(target: Callable[..., None], *arguments: object) -> tuple[SpawnProcess, Connection]:
    """A fresh process that runs `target(connection, *arguments)`, and our end of its connection."""
    # A terminal app puts a stream without a file in the place of stderr; the tracker of multiprocessing, which starts
    # with the first process, would hand its number on.
    with contextlib.redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()
    context = multiprocessing.get_context(_START)
    ours, theirs = context.Pipe()
    process = context.Process(target=target, args=(theirs, *arguments), daemon=True, name="workbench-reader")
    with _deaf_to_ctrl_c():
        process.start()
    theirs.close()
    return process, ours


@contextlib.contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """A process that is started inside never hears ctrl+c, which a terminal sends to all at once: who started it ends
    it, and it has nothing to say about that. Here it is heard afterwards."""
    if sys.platform == "win32":
        yield
        return
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    task: int | None = None
    deadline: float = 0.0
    given: int = 0
    """How many documents it was given to read."""


class _Pool(Generic[Surveyed]):
    """A fixed number of workers over a list of paths; a worker that overruns is killed and replaced."""

    def __init__(
        self,
        paths: list[Path],
        options: AnalysisOptions,
        jobs: int,
        limits: WorkerLimits,
        survey: Callable[[Analysis], Surveyed],
    ) -> None:
        self._paths = paths
        self._options = options
        self._limits = limits
        self._survey = survey
        self.lead: int | None = None
        """How far the reading may be ahead of the first document that is not done, None for as far as it goes."""
        self._workers = [self._start() for _ in range(jobs)] if paths else []

    def _start(self) -> _Worker:
        return _Worker(*start_worker(_serve, self._options, self._survey, self._limits.memory))

    def run(self) -> Iterator[tuple[int, list[Surveyed | Failure]]]:
        """Outcomes with the index of their path, as they are done."""
        following = 0
        done = 0
        while done < len(self._paths):
            for position, worker in enumerate(self._workers):
                if worker.task is None and following < len(self._paths) and self._may_begin(following):
                    self._workers[position] = self._give(worker, following)
                    following += 1
            busy = {worker.connection: worker for worker in self._workers if worker.task is not None}
            next_deadline = min(worker.deadline for worker in busy.values())
            ready = wait(list(busy), timeout=max(0.0, next_deadline - time.monotonic()))
            for connection in ready:
                worker = busy[connection]  # type: ignore[index]  # wait() gives back the connections it was given
                done += 1
                yield self._take(worker)
            for position, worker in enumerate(self._workers):
                if worker.task is not None and time.monotonic() > worker.deadline and not worker.connection.poll():
                    done += 1
                    index = worker.task
                    self._end(worker)
                    self._workers[position] = self._start()
                    yield index, [self._overrun(index)]

    def _may_begin(self, index: int) -> bool:
        first = min((worker.task for worker in self._workers if worker.task is not None), default=index)
        return self.lead is None or index - first < self.lead

    def _give(self, worker: _Worker, index: int) -> _Worker:
        if worker.given >= _MOST:
            self._end(worker)
        if not worker.process.is_alive():
            worker = self._start()
        worker.given += 1
        worker.task = index
        worker.deadline = time.monotonic() + self._limits.seconds
        worker.connection.send(self._paths[index])
        return worker

    def _take(self, worker: _Worker) -> tuple[int, list[Surveyed | Failure]]:
        index = worker.task
        assert index is not None  # noqa: S101  only busy workers are waited for
        worker.task = None
        try:
            outcomes: list[Surveyed | Failure] = worker.connection.recv()
        except (EOFError, OSError):
            self._end(worker)
            path = self._paths[index]
            reason = "brought its reader down (out of memory, or a damaged file)"
            outcomes = [
                Failure(path, UnreadableSourceError(path, reason, "raise `memory_megabytes`, or repair the file"))
            ]
        return index, outcomes

    def _overrun(self, index: int) -> Failure:
        path = self._paths[index]
        reason = f"was not read within {self._limits.seconds:g} s"
        return Failure(
            path, UnreadableSourceError(path, reason, "raise `seconds_per_document` if it is worth the wait")
        )

    def _end(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join(5)
        worker.connection.close()

    def stop(self) -> None:
        """Kills what still runs."""
        for worker in self._workers:
            self._end(worker)
