"""Which documents the paths on the command line stand for."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from workbench.errors import UnreadableSourceError, WorkbenchError
from workbench.sources.archive import list_members
from workbench.sources.formats import format_of, is_tables
from workbench.sources.limits import DEFAULT_LIMITS, ReadLimits
from workbench.sources.own_output import is_own_output, names_of_an_export
from workbench.sources.suffixes import SUFFIXES, Format

_SKIPPED_FOLDERS = frozenset({"records", "__pycache__", "node_modules", "__MACOSX"})
_ABOUT_FOLDERS = frozenset({"readme", "changelog", "license", "notice"})
_LOCK_MARKS = ("~$", ".~", "~")
_LARGEST_TABLES_FILE = 64 * 1024 * 1024


def find_sources(paths: Sequence[Path], limits: ReadLimits = DEFAULT_LIMITS) -> tuple[list[Path], list[WorkbenchError]]:
    """The documents at these paths, folders walked in sorted order, each file once, and what could not be looked at.

    In folders only files with a known suffix count; hidden files, records, notes about the folder (README.md), lock
    files of Office programs, what exports and reports of this program wrote, pipes, devices and links that lead back
    are passed over. A file that is named itself is
    always kept. Of several names of one file it is called by the one that is no link.
    """
    search = _Search(limits)
    for number, path in enumerate(paths):
        search.begin(number, path)
    search.follow_links()
    problems = search.problems
    found = [document for file in search.files() for document in _documents(file, problems, limits)]
    return found, problems


@dataclass(slots=True)
class _Search:
    """What was found so far: each file with the argument that led to it and its place under that, which order it."""

    limits: ReadLimits
    problems: list[WorkbenchError] = field(default_factory=list)
    _found: list[tuple[int, tuple[str, ...], Path]] = field(default_factory=list)
    _links: list[tuple[int, tuple[str, ...], Path, int]] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def begin(self, number: int, path: Path) -> None:
        """Looks at one argument."""
        try:
            status = path.stat()
        except (OSError, ValueError):
            # reading it will say what is wrong with it
            self._found.append((number, (), path))
            return
        if stat.S_ISDIR(status.st_mode):
            self._walk(number, (), path, self.limits.depth)
        elif path.is_symlink():
            self._links.append((number, (), path, 0))
        else:
            self._take(number, (), path, status)

    def follow_links(self) -> None:
        """Takes what links lead to, where nothing that was walked has it under its own name."""
        while self._links:
            number, parts, path, depth = self._links.pop(0)
            try:
                status = path.stat()
            except OSError:
                # a link to nowhere or to itself
                continue
            if stat.S_ISDIR(status.st_mode):
                self._walk(number, parts, path, depth)
            else:
                self._take(number, parts, path, status)

    def files(self) -> list[Path]:
        """The files in the order of the arguments, those of a folder in sorted order."""
        return [path for _, _, path in sorted(self._found, key=lambda found: found[:2])]

    def _take(self, number: int, parts: tuple[str, ...], path: Path, status: os.stat_result) -> None:
        if (status.st_dev, status.st_ino) not in self._seen:
            self._seen.add((status.st_dev, status.st_ino))
            self._found.append((number, parts, path))

    def _walk(self, number: int, parts: tuple[str, ...], folder: Path, depth: int) -> None:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in self._seen:
            return
        self._seen.add((status.st_dev, status.st_ino))
        if depth <= 0:
            self.problems.append(UnreadableSourceError(folder, "lies too deep", "name the folder itself"))
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            reason = (error.strerror or "cannot be listed").lower()
            self.problems.append(UnreadableSourceError(folder, reason, "change its permissions"))
            return
        exported = names_of_an_export(entry.name for entry in entries)
        for entry in entries:
            if not entry.name.startswith((".", *_LOCK_MARKS)) and entry.name not in exported:
                self._look_at(number, (*parts, entry.name), folder / entry.name, depth)

    def _look_at(self, number: int, parts: tuple[str, ...], path: Path, depth: int) -> None:
        try:
            status = path.stat()
        except OSError:
            # a link to nowhere or to itself
            return
        is_folder = stat.S_ISDIR(status.st_mode)
        if is_folder and path.name in _SKIPPED_FOLDERS:
            return
        if not is_folder and not (stat.S_ISREG(status.st_mode) and _wanted(path)):
            return
        if path.is_symlink():
            self._links.append((number, parts, path, depth - 1))
        elif is_folder:
            self._walk(number, parts, path, depth - 1)
        else:
            self._take(number, parts, path, status)


def is_tables_file(path: Path) -> bool:
    """Whether this is a tables file (JSON of an extraction) and not a document. False where it cannot be read."""
    if path.suffix.lower() != ".json":
        return False
    return is_tables(_bytes_of(path))


def _bytes_of(path: Path) -> bytes:
    """What a file that may be one of tables holds; nothing where it cannot be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _LARGEST_TABLES_FILE:
            return b""
        return path.read_bytes()
    except (OSError, ValueError):
        return b""


def _documents(path: Path, problems: list[WorkbenchError], limits: ReadLimits) -> list[Path]:
    """The documents in an archive, the file itself for any other."""
    if SUFFIXES.get(path.suffix.lower()) is not Format.ZIP or not path.is_file():
        return [path]
    found, unread = list_members(path, limits)
    problems.extend(unread)
    return found


def _wanted(path: Path) -> bool:
    promised = SUFFIXES.get(path.suffix.lower())
    if promised is Format.TEXT and path.stem.casefold() in _ABOUT_FOLDERS:
        return False
    if promised is Format.TABLES:
        return format_of(path.name, _bytes_of(path)) is not None
    return promised is not None and promised is not Format.IMAGE and not is_own_output(path)
