"""Files of a data set: each appears whole, when all is written, or not at all; and their names."""

from __future__ import annotations

import csv
import hashlib
import os
import secrets
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from glob import escape
from pathlib import Path
from typing import IO

from workbench.export.rows import ExportedTable

_LONGEST_STEM = 120
"""In bytes: with hash, id and form behind it a name stays under the 255 that file systems take."""
_FOLDER = "tables"
_ABANDONED = 600.0
"""Seconds after which a half-written file of another machine is nobody's: on a shared disk that machine writes to it
all the time."""

_BOOT = Path("/proc/sys/kernel/random/boot_id")
_being_written: set[Path] = set()
"""What this very process writes."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to, moved to `path` when all went well and removed when not.
    Devices and pipes are never replaced."""
    if path.exists() and not path.is_file():
        yield path
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(path)
    with _aside(path) as temporary:
        try:
            yield temporary
            temporary.replace(path)
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextmanager
def _aside(path: Path) -> Iterator[Path]:
    """Where this process writes what is to be `path`: a name that says which process on which machine it is of."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.{_machine()}.{secrets.token_hex(3)}.part")
    _being_written.add(aside)
    try:
        yield aside
    finally:
        _being_written.discard(aside)


@cache
def _machine() -> str:
    """What the numbers of processes hold for: this machine since it was started, or a container on it, of which there
    may be many with one disk and one name."""
    try:
        started, container = _BOOT.read_text(), str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        started, container = socket.gethostname(), ""
    return hashlib.sha256(f"{started}{container}".encode()).hexdigest()[:8]


def _sweep(path: Path) -> None:
    """Removes what runs that were killed left half-written of this file: at once where it can be told that its writer
    is gone. What another run may still be writing stays."""
    for leftover in path.parent.glob(f".{escape(path.name)}.*.part"):
        process, machine, *_ = leftover.name.removeprefix(f".{path.name}.").split(".")
        with suppress(OSError):
            if leftover in _being_written or not process.isdigit() or _is_other(int(process)):
                continue
            if machine == _machine() or time.time() - leftover.stat().st_mtime > _ABANDONED:
                shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def _is_other(process: int) -> bool:
    """Whether this is the number of another process that runs on this machine."""
    if process == os.getpid():
        return False
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextmanager
def text_file(path: Path, *, bom: bool = False) -> Iterator[IO[str]]:
    """A text file to write, with a mark of its encoding where Excel is to open it."""
    with replacing(path) as temporary:
        encoding = "utf-8-sig" if bom else "utf-8"
        with temporary.open("w", encoding=encoding, errors="replace", newline="") as file:
            yield file


@dataclass(slots=True)
class TableFolder:
    """The folder of the tables' own files. They are written aside and take the place of those of the export before,
    which `tables.csv` names, when all is written; other files in the folder are nobody's here and are left alone."""

    target: Path
    names: list[str] = field(default_factory=list)
    _aside: Path = field(init=False)
    _taken: set[str] = field(default_factory=set)

    @contextmanager
    def opened(self) -> Iterator[TableFolder]:
        """The folder while it is written to."""
        _sweep(self.target / _FOLDER)
        with _aside(self.target / _FOLDER) as self._aside:
            self._aside.mkdir(parents=True)
            try:
                yield self
                self._take_places()
            finally:
                shutil.rmtree(self._aside, ignore_errors=True)

    @contextmanager
    def file_for(self, table: ExportedTable) -> Iterator[tuple[str, IO[str]]]:
        """A file for one table, with the name that it will have, from the folder of the data set."""
        name = self._name_for(table)
        with (self._aside / name).open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
            yield f"{_FOLDER}/{name}", file
        self.names.append(name)

    @property
    def paths(self) -> list[Path]:
        """The files, where they will be."""
        return [self.target / _FOLDER / name for name in self.names]

    def _name_for(self, table: ExportedTable) -> str:
        """A name that is the same in every export: document, hash, table, form; numbered where it is taken."""
        stem = safe_name(Path(table.document).stem).encode()[:_LONGEST_STEM].decode("utf-8", "ignore")
        name = f"{stem}.{table.sha256[:8]}_{safe_name(table.id)[:24]}_{table.form}"
        number = 1
        while (numbered := name if number == 1 else f"{name}_{number}").casefold() in self._taken:
            number += 1
        self._taken.add(numbered.casefold())
        return f"{numbered}.csv"

    def _take_places(self) -> None:
        folder = self.target / _FOLDER
        for name in self._former() - set(self.names):
            with suppress(OSError):
                (folder / name).unlink()
        if self.names:
            folder.mkdir(exist_ok=True)
        for name in self.names:
            (self._aside / name).replace(folder / name)

    def _former(self) -> set[str]:
        """The files of the export before, as far as its list names plain files of the folder."""
        try:
            with (self.target / "tables.csv").open(encoding="utf-8-sig", newline="") as file:
                listed = [Path(row.get("file") or "") for row in csv.DictReader(file)]
        except (OSError, ValueError, csv.Error):
            return set()
        return {path.name for path in listed if path.as_posix() == f"{_FOLDER}/{path.name}"}


def safe_name(text: str) -> str:
    """`text` as a piece of a file name: letters and digits of any script, - _ and . in the middle."""
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in text).strip(".") or "document"
