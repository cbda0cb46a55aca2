"""Which documents the paths on the command line stand for."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from workbench.errors import UnreadableSourceError, WorkbenchError
from workbench.sources.archive import list_members
from workbench.sources.formats import SUFFIXES, Format, is_tables
from workbench.sources.limits import DEFAULT_LIMITS, ReadLimits

_SKIPPED_FOLDERS = frozenset({"records", "__pycache__", "node_modules", "__MACOSX"})
_LOCK_MARKS = ("~$", ".~", "~")
_LARGEST_TABLES_FILE = 64 * 1024 * 1024


def find_sources(paths: Sequence[Path], limits: ReadLimits = DEFAULT_LIMITS) -> tuple[list[Path], list[WorkbenchError]]:
    """The documents at these paths, folders walked in sorted order, each file once, and what could not be looked at.

    In folders only files with a known suffix count; hidden files, records, lock files of Office programs, pipes,
    devices and links that lead back are passed over. A file that is named itself is always kept.
    """
    found: list[Path] = []
    problems: list[WorkbenchError] = []
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            status = path.stat()
        except (OSError, ValueError):
            # reading it will say what is wrong with it
            found.append(path)
            continue
        if stat.S_ISDIR(status.st_mode):
            for file in _walk(path, problems, seen, limits.depth):
                found.extend(_documents(file, problems, limits))
        elif (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            found.extend(_documents(path, problems, limits))
    return found, problems


def is_tables_file(path: Path) -> bool:
    """Whether this is a tables file (JSON of an extraction) and not a document. False where it cannot be read."""
    if path.suffix.lower() != ".json":
        return False
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_TABLES_FILE:
            return False
        return is_tables(path.read_bytes())
    except (OSError, ValueError):
        return False


def _walk(folder: Path, problems: list[WorkbenchError], seen: set[tuple[int, int]], depth: int) -> Iterator[Path]:
    status = folder.stat()
    if (status.st_dev, status.st_ino) in seen:
        return
    seen.add((status.st_dev, status.st_ino))
    if depth <= 0:
        problems.append(UnreadableSourceError(folder, "lies too deep", "name the folder itself"))
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        reason = (error.strerror or "cannot be listed").lower()
        problems.append(UnreadableSourceError(folder, reason, "change its permissions"))
        return
    for entry in entries:
        if entry.name.startswith((".", *_LOCK_MARKS)):
            continue
        try:
            status = entry.stat()
        except OSError:
            # a link to nowhere or to itself
            continue
        path = folder / entry.name
        if stat.S_ISDIR(status.st_mode):
            if entry.name not in _SKIPPED_FOLDERS:
                yield from _walk(path, problems, seen, depth - 1)
        elif stat.S_ISREG(status.st_mode) and _wanted(path) and (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            yield path


def _documents(path: Path, problems: list[WorkbenchError], limits: ReadLimits) -> list[Path]:
    """The documents in an archive, the file itself for any other."""
    if SUFFIXES.get(path.suffix.lower()) is not Format.ZIP or not path.is_file():
        return [path]
    found, unread = list_members(path, limits)
    problems.extend(unread)
    return found


def _wanted(path: Path) -> bool:
    promised = SUFFIXES.get(path.suffix.lower())
    if promised is Format.TABLES:
        return is_tables_file(path)
    return promised is not None and promised is not Format.IMAGE
