"""Analyses kept on disk by what they were made from, so that a document is read once and not at every start.

An analysis is a pure function of the file's bytes, the program and the options; the key is a digest of all three. What
is kept may be thrown away at any time. Only classes of the program's own nouns are ever loaded back, from files that
belong to the user alone, and whatever is wrong with a file makes it a miss.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import tempfile
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from workbench.config.settings import cache_folder
from workbench.model.garbage import no_collection
from workbench.pipeline.analysis import Analysis, AnalysisOptions
from workbench.sources.blob import MEMBER_MARK
from workbench.sources.office.converter import converter_mark

_MAGIC = b"workbench analysis 1\n"
_SUFFIX = ".analysis"
_UNFINISHED = ".part"
_ABANDONED = 600.0
"""Seconds after which a half-written file is nobody's: to write one takes a moment."""
_LARGEST = 256 << 20
"""Bytes that a kept analysis may unpack to; more is a damaged or hostile file, and is not worth keeping either."""

_PLAIN_CLASSES = frozenset(
    {
        ("array", "_array_reconstructor"),
        ("array", "array"),
        ("builtins", "complex"),
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("collections", "Counter"),
        ("collections", "OrderedDict"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("decimal", "Decimal"),
        ("pathlib", "PosixPath"),
        ("pathlib", "PurePosixPath"),
        ("pathlib", "PureWindowsPath"),
        ("pathlib", "WindowsPath"),
        ("pathlib._local", "PosixPath"),
        ("pathlib._local", "WindowsPath"),
        ("re", "_compile"),
    }
)
_READING_LIBRARIES = (
    "pypdfium2", "pdfplumber", "pdfminer.six", "openpyxl", "xlrd", "lxml", "rapidfuzz", "numpy", "pillow", "rapidocr-onnxruntime",
)  # fmt: skip
_OWN_ROOMS = ("workbench.model.", "workbench.checks.", "workbench.pipeline.analysis")


@dataclass(frozen=True, slots=True)
class AnalysisCache:
    """Analyses in `folder`, at most about `megabytes` of them; the ones used longest ago go first."""

    folder: Path
    megabytes: int = 1024

    def key_of(self, path: Path, options: AnalysisOptions) -> str | None:
        """The digest of everything that the analyses of `path` depend on,
        None where there is no plain file to digest."""
        digest = hashlib.sha256()
        for part in (program_digest(), str(path), options.verify, str(options.suggest), repr(options.limits)):
            digest.update(part.encode(errors="surrogateescape") + b"\0")
        digest.update(pickle.dumps(options.user_rules))
        try:
            for file in (path, options.source):
                if file is None:
                    continue
                container = file if file.exists() else Path(str(file).rpartition(MEMBER_MARK)[0])
                if not container.is_file():
                    return None
                with container.open("rb") as opened:
                    digest.update(hashlib.file_digest(opened, "sha256").digest())
        except (OSError, ValueError):
            return None
        return digest.hexdigest()

    def find(self, key: str) -> tuple[Analysis, ...] | None:
        """What was kept under `key`, or None where nothing is, or nothing that can be trusted."""
        path = self._path(key)
        try:
            if not _is_private(self.folder):
                return None
            content = path.read_bytes()
            analyses = _unpacked(content)
            os.utime(path)
        except OSError:
            return None
        except Exception:  # noqa: BLE001  a damaged pickle may raise anything; it is a miss, and is made again
            with suppress(OSError):
                path.unlink()
            return None
        return analyses

    def keep(self, key: str, analyses: tuple[Analysis, ...]) -> None:
        """Keeps these analyses; where the disk refuses, nothing is kept and nothing is said."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(self.folder):
                return
            path = self._path(key)
            path.parent.mkdir(mode=0o700, exist_ok=True)
            content = _packed(analyses)
            with tempfile.NamedTemporaryFile(dir=path.parent, suffix=_UNFINISHED, delete=False) as file:
                written = Path(file.name)
                try:
                    file.write(content)
                    file.close()
                    written.replace(path)
                finally:
                    written.unlink(missing_ok=True)
        except (OSError, RecursionError, MemoryError, pickle.PicklingError):
            return

    def trim(self) -> None:
        """Removes the analyses used longest ago until the rest fits, and what killed workers left half-written. What
        cannot be removed stays."""
        kept: list[tuple[float, int, Path]] = []
        for path in self.folder.glob("*/*"):
            with suppress(OSError):
                status = path.stat()
                if path.suffix == _SUFFIX:
                    kept.append((status.st_mtime, status.st_size, path))
                elif path.suffix == _UNFINISHED and time.time() - status.st_mtime > _ABANDONED:
                    path.unlink()
        room = self.megabytes << 20
        for _, size, path in sorted(kept, reverse=True):
            room -= size
            if room < 0:
                with suppress(OSError):
                    path.unlink()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}{_SUFFIX}"


def analysis_cache(megabytes: int) -> AnalysisCache | None:
    """The user's cache with this much room, or None for no room."""
    return AnalysisCache(cache_folder() / "analyses", megabytes) if megabytes else None


@lru_cache(maxsize=1)
def program_digest() -> str:
    """The digest of the program's own files and of the libraries that read documents, which read otherwise when they
    are upgraded, LibreOffice among them, and of which optional readers are there."""
    digest = hashlib.sha256(sys.version.encode())
    for name in _READING_LIBRARIES:
        digest.update(f"{name} {_version_of(name)}\n".encode())
    digest.update(converter_mark().encode(errors="surrogateescape"))
    for file in _own_files(files("workbench")):
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _version_of(library: str) -> str:
    """The version of a library, "" where it is not installed."""
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def _own_files(folder: Traversable) -> list[Traversable]:
    found: list[Traversable] = []
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            if entry.name not in ("__pycache__", "tui"):
                found += _own_files(entry)
        elif entry.name.endswith((".py", ".toml", ".csv")):
            found.append(entry)
    return found


def _is_private(folder: Path) -> bool:
    """Whether the folder is the user's and nobody else may write to it."""
    if sys.platform == "win32":
        return True
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _packed(analyses: tuple[Analysis, ...]) -> bytes:
    content = pickle.dumps(analyses, protocol=5)
    if len(content) > _LARGEST:
        raise pickle.PicklingError("too large to be worth keeping")
    packed = zlib.compress(content, 1)
    return _MAGIC + hashlib.sha256(packed).digest() + packed


def _unpacked(content: bytes) -> tuple[Analysis, ...]:
    head = len(_MAGIC)
    digest, packed = content[head : head + 32], content[head + 32 :]
    if content[:head] != _MAGIC or hashlib.sha256(packed).digest() != digest:
        raise pickle.UnpicklingError("not an analysis, or damaged")
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(packed, _LARGEST)
    if unpacker.unconsumed_tail:
        raise pickle.UnpicklingError("unpacks to more than an analysis can be")
    # Nothing that is being loaded is garbage.
    with no_collection():
        analyses: tuple[Analysis, ...] = _NounsOnly(io.BytesIO(plain)).load()
    return analyses


class _NounsOnly(pickle.Unpickler):
    """Loads classes of the program's own nouns and a few plain ones, and nothing that could run anything else."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """The class of this name. Raises UnpicklingError for any that an analysis is not made of."""
        if (module_name, global_name) in _PLAIN_CLASSES:
            return super().find_class(module_name, global_name)
        if module_name.startswith(_OWN_ROOMS) and "." not in global_name:
            found = super().find_class(module_name, global_name)
            if isinstance(found, type) and found.__module__ == module_name:
                return found
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is no part of an analysis")
