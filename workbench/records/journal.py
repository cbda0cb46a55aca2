"""The journal beside a record: every entry is on the disk before it shows as done.

One JSON object a line. The first line names the record that the entries go on from, by its hash and with its steps;
each later line is an entry, or the mark that a record of some hash is about to be saved with all entries before it.
Every line ends in a checksum: a line that the power cut short is told from a whole one and left out.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from workbench.errors import FileProblem, InvalidFileError, StorageError
from workbench.model.record import ReviewRecord, ReviewStatus
from workbench.records.codec.actions import (
    EPOCH,
    action_from_data,
    action_to_data,
    conflict_from_data,
    conflict_to_data,
    to_json,
)
from workbench.records.codec.fields import Fields
from workbench.records.codec.record import decode, encode
from workbench.records.history import (
    Assigned,
    Done,
    Entry,
    NoteSet,
    Redone,
    Replaced,
    Settled,
    StatusSet,
    Undone,
)

JOURNAL = 1
"""The version of the journal's lines."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a journal holds: the record it goes on from (`base` as text, `base_digest` as a file; "" for none), the
    entries since, and of those the ones not yet in the record on disk. `torn` counts lines that were cut short."""

    base: ReviewRecord | None
    base_digest: str
    entries: tuple[Entry, ...]
    saved: tuple[tuple[str, int], ...] = ()
    torn: int = 0

    def since(self, disk_digest: str) -> tuple[Entry, ...] | None:
        """The entries that the record with this hash does not have yet; None where it is not a record that this
        journal knows, because someone else changed it."""
        for saved_digest, count in reversed(self.saved):
            if saved_digest == disk_digest:
                return self.entries[count:]
        return self.entries if disk_digest == self.base_digest else None


class Journal:
    """Appends entries to the journal file of one record; each is flushed and synced before `append` returns.

    The file is made with the first entry. `sync` brings an open file to the disk.
    """

    def __init__(self, path: Path, sync: Callable[[int], None] = os.fsync) -> None:
        self.path = path
        self._sync = sync
        self._written: bytes = b""

    def go_on(self) -> None:
        """Append to the journal that is there, behind its last whole line. Raises StorageError."""
        try:
            content = self.path.read_bytes()
        except OSError as error:
            raise StorageError(self.path, error.strerror or str(error)) from error
        self._written = content[: _whole_length(content)]

    def append(self, entry: Entry, base: ReviewRecord, base_digest: str) -> None:
        """Write one entry; a new journal goes on from `base`, whose file has the hash `base_digest`.

        Raises StorageError where it could not be brought to the disk; the journal is then as before.
        """
        self._write(_line(_entry_data(entry)), base, base_digest)

    def mark_saved(self, record_digest: str, base: ReviewRecord, base_digest: str) -> None:
        """Note that the record with this hash, about to be saved, has every entry so far. Raises StorageError."""
        self._write(_line({"saved": record_digest}), base, base_digest)

    def rewrite(self, entries: Sequence[Entry], base: ReviewRecord, base_digest: str) -> None:
        """Put a journal with these entries in the place of the old one. Raises StorageError;
        the old one then stands."""
        lines = [_line(_head_data(base, base_digest)), *(_line(_entry_data(entry)) for entry in entries)]
        temporary = self.path.with_name(f".{self.path.name}.new")
        try:
            with temporary.open("wb") as file:
                file.write(b"".join(lines))
                file.flush()
                self._sync(file.fileno())
            temporary.replace(self.path)
            sync_folder(self.path.parent, self._sync)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise StorageError(self.path, error.strerror or str(error)) from error
        self._written = b"".join(lines)

    def remove(self) -> None:
        """The record has everything: the journal goes. One that cannot be removed says itself that it is saved."""
        self._written = b""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def keep_copy(self) -> Path:
        """Put a copy of a damaged journal beside it, where nothing overwrites it, and return its path.

        Raises StorageError.
        """
        copy = self.path.with_name(f"{self.path.name}.damaged")
        number = 1
        try:
            content = self.path.read_bytes()
            while copy.exists() and copy.read_bytes() != content:
                number += 1
                copy = self.path.with_name(f"{self.path.name}.damaged{number}")
            copy.write_bytes(content)
        except OSError as error:
            raise StorageError(copy, error.strerror or str(error)) from error
        return copy

    def _write(self, line: bytes, base: ReviewRecord, base_digest: str) -> None:
        content = line if self._written else _line(_head_data(base, base_digest)) + line
        try:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            raise StorageError(self.path, error.strerror or str(error)) from error
        size = len(self._written)
        if os.fstat(descriptor).st_size < size:
            # The journal was removed underneath: what it said is written again with the new line.
            content, size = self._written + content, 0
        try:
            os.ftruncate(descriptor, size)
            os.lseek(descriptor, size, os.SEEK_SET)
            _write_all(descriptor, content)
            self._sync(descriptor)
            if not size:
                sync_folder(self.path.parent, self._sync)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(descriptor, size)
            raise StorageError(self.path, error.strerror or str(error)) from error
        finally:
            os.close(descriptor)
        self._written = content if not size else self._written + content


def read_journal(path: Path) -> Recovered | None:
    """What the journal at `path` holds, None where there is none or it is empty.

    Reading ends at the first line that is not whole. Raises InvalidFileError for a journal of another version,
    StorageError where it cannot be read.
    """
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
    lines = content.split(b"\n")
    read = [_read_line(line) for line in lines[:-1]]
    whole = next((index for index, data in enumerate(read) if data is None), len(read))
    torn = len(read) - whole + bool(lines[-1])
    known = [data for data in read[:whole] if data is not None]
    if not known:
        return Recovered(None, "", (), torn=torn) if torn else None
    head, *rest = known
    problems: list[FileProblem] = []
    if head.get("journal") != JOURNAL:
        raise InvalidFileError([FileProblem(str(path), 1, "is not a journal that this version can read")])
    fields = Fields(head, "", str(path), problems)
    base_text, base_digest = fields.text("base"), fields.text("base_digest")
    entries: list[Entry] = []
    saved: list[tuple[str, int]] = []
    for number, data in enumerate(rest, start=2):
        found = Fields(data, f"line {number}", str(path), problems)
        if found.has("saved"):
            saved.append((found.text("saved"), len(entries)))
            continue
        entry = _entry(found, str(path))
        if entry is not None:
            entries.append(entry)
    if problems:
        raise InvalidFileError(problems)
    base = decode(base_text, str(path)) if base_text else None
    return Recovered(base, base_digest, tuple(entries), tuple(saved), torn)


def sync_folder(folder: Path, sync: Callable[[int], None] = os.fsync) -> None:
    """Bring the names in a folder to the disk (a file's own sync does not); nothing where the system has no such."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        sync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(descriptor, view) :]


def _line(data: dict[str, object]) -> bytes:
    body = to_json(data).encode("ascii")
    return body + b" %08x\n" % zlib.crc32(body)


def _read_line(line: bytes) -> dict[str, object] | None:
    body, _, check = line.rpartition(b" ")
    if check != b"%08x" % zlib.crc32(body):
        return None
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _whole_length(content: bytes) -> int:
    length = 0
    for line in content.splitlines(keepends=True):
        if not line.endswith(b"\n") or _read_line(line[:-1]) is None:
            break
        length += len(line)
    return length


def _head_data(base: ReviewRecord, base_digest: str) -> dict[str, object]:
    steps = replace(base, tables=(), findings=())
    return {"journal": JOURNAL, "base_digest": base_digest, "base": encode(steps)}


def _entry_data(entry: Entry) -> dict[str, object]:
    signed: dict[str, object] = {"by": entry.by, "at": entry.at}
    match entry:
        case Done(action):
            return {"entry": "done", "action": action_to_data(action)} | signed
        case Undone():
            return {"entry": "undone"} | signed
        case Redone():
            return {"entry": "redone"} | signed
        case StatusSet(status):
            return {"entry": "status", "status": status.value} | signed
        case NoteSet(note):
            return {"entry": "note", "note": note} | signed
        case Assigned(person):
            return {"entry": "assigned", "person": person} | signed
        case Replaced(record):
            return {"entry": "replaced", "record": encode(record)} | signed
        case Settled(conflict):
            return {"entry": "settled", "conflict": conflict_to_data(conflict)} | signed


def _entry(fields: Fields, path: str) -> Entry | None:
    by, at = fields.text("by"), _moment(fields)
    match fields.text("entry", None):
        case "done":
            action = action_from_data(fields.table("action"))
            return None if action is None else Done(action, by, at)
        case "undone":
            return Undone(by, at)
        case "redone":
            return Redone(by, at)
        case "status":
            return StatusSet(fields.choice("status", ReviewStatus), by, at)
        case "note":
            return NoteSet(fields.text("note"), by, at)
        case "assigned":
            return Assigned(fields.text("person"), by, at)
        case "replaced":
            return Replaced(decode(fields.text("record", None), path), by, at)
        case "settled":
            return Settled(conflict_from_data(fields.table("conflict")), by, at)
    fields.refuse("entry", "is no entry that this version knows")
    return None


def _moment(fields: Fields) -> datetime:
    return fields.moment("at") or EPOCH
