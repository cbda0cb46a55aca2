"""The folder of records: where the record of a source lies, and how it is read and replaced without loss."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from workbench.errors import FileProblem, InvalidFileError, RecordChangedError, StorageError
from workbench.model.record import ReviewRecord
from workbench.records.codec.record import decode, digest, encode
from workbench.records.journal import sync_folder
from workbench.records.lock import folder_guard

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')
_LONGEST_STEM = 150
"""In bytes: with the hash and ".journal" behind it a name stays under the 255 that file systems take."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record as read, with the hash of its file: what `save` must find again to replace it."""

    record: ReviewRecord
    digest: str


class RecordStore:
    """The records of one folder. `sync` brings an open file to the disk."""

    def __init__(self, folder: Path, sync: Callable[[int], None] = os.fsync) -> None:
        self.folder = folder
        self.sync = sync

    def path_for(self, source: Path | str, sha256: str) -> Path:
        """Where the record of this source lies: `STEM.HASH.toml`. Files of one name but other content have other
        records; a document inside a file keeps its member name."""
        name = str(source).encode("utf-8", "replace").decode("utf-8")
        container, mark, member = name.partition("!")
        stem = Path(container).stem + (mark + Path(member).stem if mark else "")
        stem = _NOT_IN_NAMES.sub("_", stem).strip(" .") or "document"
        stem = stem.encode()[:_LONGEST_STEM].decode("utf-8", "ignore")
        return self.folder / f"{stem}.{sha256[:8] or 'nohash'}.toml"

    def load(self, path: Path) -> Loaded | None:
        """The record at `path`, None where there is none.

        Raises InvalidFileError, RecordSchemaError, and StorageError where it cannot be read.
        """
        text = read_text(path)
        return None if text is None else Loaded(decode(text, str(path)), digest(text))

    def save(self, path: Path, record: ReviewRecord, expected: str) -> str:
        """Replace the record at `path` and return its new hash; `expected` is the hash that was read ("" for none).

        The new file is on the disk, under another name, before it takes the place of the old one. A record that is
        gone is written anew. Raises RecordChangedError where the file is not the expected one, StorageError where the
        folder takes no files; the old record then stands.
        """
        text = encode(record)
        self.write(path, text, expected)
        return digest(text)

    def write(self, path: Path, text: str, expected: str, *, may: Callable[[], bool] = lambda: True) -> bool:
        """`save` for a record that is already text; whether it was written. `may` is asked last, when nobody comes
        between any more, and leaves the old record as it stands."""
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with folder_guard(path.parent):
                found = read_text(path)
                if found is not None and digest(found) not in (expected, digest(text)):
                    raise RecordChangedError(path)
                if not may():
                    return False
                self._write_synced(temporary, text)
                temporary.replace(path)
                sync_folder(path.parent, self.sync)
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise StorageError(path, error.strerror or str(error)) from error
        return True

    def remove(self, path: Path, expected: str) -> None:
        """Remove the record at `path`. Raises RecordChangedError where the file is not the expected one,
        StorageError."""
        try:
            with folder_guard(path.parent):
                found = read_text(path)
                if found is not None and digest(found) != expected:
                    raise RecordChangedError(path)
                path.unlink(missing_ok=True)
                sync_folder(path.parent, self.sync)
        except OSError as error:
            raise StorageError(path, error.strerror or str(error)) from error

    def sweep(self, path: Path) -> None:
        """Remove what a crash left of half-written files for this record."""
        with suppress(OSError), folder_guard(self.folder):
            for leftover in self.folder.glob(f".{escape(path.stem)}.*"):
                leftover.unlink(missing_ok=True)

    def _write_synced(self, path: Path, text: str) -> None:
        with path.open("wb") as file:
            file.write(text.encode())
            file.flush()
            self.sync(file.fileno())


def read_text(path: Path) -> str | None:
    """The text of a record file, None where there is none. Raises InvalidFileError where it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except UnicodeDecodeError as error:
        raise InvalidFileError([FileProblem(str(path), None, f"not UTF-8: {error.reason}")]) from error
    except OSError as error:
        raise StorageError(path, error.strerror or str(error)) from error
