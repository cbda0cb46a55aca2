"""Every failure a user can meet that is not about the contents of a document: files, configuration, records.

Each class builds its own sentence from typed arguments and carries the exit code of the command that it ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path


class ExitCode(IntEnum):
    """What the `workbench` command returns."""

    CLEAN = 0
    FINDINGS = 1
    USAGE = 2
    UNREADABLE = 3
    FAULT = 70
    """The program itself is wrong (EX_SOFTWARE)."""
    INTERRUPTED = 130
    OUTPUT_CLOSED = 141
    """Whoever read the output went away (`| head`): what a shell says of a program ended by SIGPIPE."""


class WorkbenchError(Exception):
    """A failure with a sentence for the user; `hint` says what to do about it."""

    exit_code = ExitCode.USAGE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})" if self.hint else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross from worker processes; their own constructors take other arguments than Exception keeps.
        return (_restored, (type(self), self.args, self.__dict__))


def _restored(kind: type[WorkbenchError], arguments: tuple[object, ...], state: dict[str, object]) -> WorkbenchError:
    error = kind.__new__(kind, *arguments)
    error.args = arguments
    error.__dict__.update(state)
    return error


class UnreadableSourceError(WorkbenchError):
    """A document could not be read; the others go on."""

    exit_code = ExitCode.UNREADABLE

    def __init__(self, path: str | Path, reason: str, hint: str = "") -> None:
        super().__init__(f"{path}: {reason}", hint)
        self.path = str(path)
        self.reason = reason


class DamagedPartError(UnreadableSourceError):
    """One part of a document is damaged: a reader that knows what stands in it may say so and go on without it."""


class UnsupportedFormatError(UnreadableSourceError):
    """The file is none of the formats that are read."""

    def __init__(self, path: str | Path, found: str) -> None:
        super().__init__(
            path,
            f"not a document that can be read ({found})",
            "read are PDF, Word, Excel, OpenDocument, HTML, text, ZIP and tables JSON",
        )


class MissingExtraError(UnreadableSourceError):
    """Reading this needs a part that is not installed."""

    def __init__(self, path: str | Path, purpose: str, install: str) -> None:
        super().__init__(path, f"{purpose} is not installed", install)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong in a file that a person wrote: where, and what."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}"


class InvalidFileError(WorkbenchError):
    """A configuration, keymap, rules, tables or record file is wrong; all its problems at once."""

    def __init__(self, problems: Sequence[FileProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class UnknownNameError(WorkbenchError):
    """A name that does not exist; the nearest ones that do are given."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"there is no {kind} {name!r}", did_you_mean(name, known).removeprefix("; "))


class RecordChangedError(WorkbenchError):
    """The record on disk is not the one that was read."""

    def __init__(self, path: str | Path) -> None:
        super().__init__(f"{path} was changed by someone else since it was read", "both versions are kept; merge them")
        self.path = str(path)


class RecordLockedError(WorkbenchError):
    """Another person or process has this record open."""

    def __init__(self, path: str | Path, holder: str) -> None:
        super().__init__(
            f"{path} is being reviewed by {holder}", "whoever opens it in the app may read it or take it over"
        )
        self.path = str(path)
        self.holder = holder


class RecordSchemaError(WorkbenchError):
    """The record was written by a newer version."""

    def __init__(self, path: str | Path, schema: object, newest: int) -> None:
        super().__init__(f"{path} has schema {schema}, this version knows up to {newest}", "upgrade workbench")


class StatusError(WorkbenchError):
    """A document cannot be called done while findings are open."""

    def __init__(self, open_findings: int) -> None:
        super().__init__(f"findings still open: {open_findings}", "settle them, or say why it is done in a note")
        self.open_findings = open_findings


class StorageError(WorkbenchError):
    """Writing failed (full disk, read-only folder); what was decided is still in memory and in the journal so far."""

    def __init__(self, path: str | Path, reason: str) -> None:
        super().__init__(
            f"{path} could not be written: {reason}",
            "free space or choose another --records folder; nothing shown as done is lost",
        )
        self.path = str(path)


class OutputError(WorkbenchError):
    """What a command makes could not be written; what was there before stands."""

    def __init__(self, path: str | Path, reason: str, hint: str = "nothing there was changed") -> None:
        super().__init__(f"{path} cannot be written: {reason}", hint)
        self.path = str(path)


def nearest(name: str, known: Iterable[str], limit: int = 2) -> tuple[str, ...]:
    """The names of `known` most like `name`, best first."""
    from difflib import get_close_matches

    return tuple(get_close_matches(name, list(known), n=limit, cutoff=0.5))


def did_you_mean(name: str, known: Iterable[str], limit: int = 2) -> str:
    """The end of a sentence about a name that does not exist: "; did you mean vim?", "" where no name is like it."""
    near = nearest(name, known, limit)
    return f"; did you mean {' or '.join(near)}?" if near else ""
