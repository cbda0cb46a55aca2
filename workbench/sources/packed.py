"""Files that are ZIP archives inside (Office, OpenDocument, archives of documents), read within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from workbench.errors import DamagedPartError, UnreadableSourceError
from workbench.sources.blob import Blob
from workbench.sources.limits import ReadLimits

_FREE_SIZE = 16 * 1024 * 1024
_CHUNK = 1024 * 1024
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, KeyError, IndexError)


class Package:
    """The members of one ZIP file by name. Nothing is written to disk, so no member's path can climb out of it."""

    def __init__(self, blob: Blob, limits: ReadLimits) -> None:
        self.name = blob.name
        self._limits = limits
        self._packed_size = len(blob.data)
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(blob.data))
            self._members = _by_name([info for info in self._archive.infolist() if not info.is_dir()])
        except (*_DAMAGE, NotImplementedError, UnicodeDecodeError) as error:
            raise UnreadableSourceError(blob.name, "is a damaged or truncated package", "fetch it again") from error
        if len(self._members) > limits.members:
            raise UnreadableSourceError(blob.name, f"holds more than {limits.members} files", "unpack and split it")

    @property
    def members(self) -> tuple[str, ...]:
        """The names of the files in it, in their order."""
        return tuple(self._members)

    def member_name(self, name: str) -> str:
        """A member's name as people read it: old Chinese archivers wrote GBK without saying so."""
        info = self._members[name]
        if info.flag_bits & 0x800:
            return name
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding)
            except UnicodeDecodeError:
                continue
        return name

    def __contains__(self, name: object) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of one member. Raises DamagedPartError where it is damaged, UnreadableSourceError where it is
        missing, locked or too large."""
        info = self._members.get(name)
        if info is None:
            raise UnreadableSourceError(self.name, f"has no part {name!r}", "the file is damaged; fetch it again")
        if info.flag_bits & 1:
            raise UnreadableSourceError(self.name, "is locked with a password", "save a copy without one and read that")
        pieces: list[bytes] = []
        with self._damage_said(), self._archive.open(info) as member:
            while piece := member.read(_CHUNK):
                pieces.append(piece)
                self._count(len(piece))
        return b"".join(pieces)

    def _count(self, size: int) -> None:
        """Add to what was unpacked so far; a bomb is known by its sum, whatever its directory says."""
        self._unpacked += size
        too_large = self._unpacked > self._limits.bytes
        too_dense = self._unpacked > _FREE_SIZE and self._unpacked > self._limits.ratio * self._packed_size
        if too_large or too_dense:
            raise UnreadableSourceError(
                self.name,
                f"unpacks to more than {self._unpacked // _CHUNK} MiB from {max(self._packed_size // 1024, 1)} KiB",
                "it is no ordinary document; do not trust it",
            )

    @contextmanager
    def _damage_said(self) -> Iterator[None]:
        try:
            yield
        except UnreadableSourceError:
            raise
        except NotImplementedError as error:
            raise UnreadableSourceError(self.name, "is packed in a way that is not known", "pack it again") from error
        except RuntimeError as error:
            raise UnreadableSourceError(self.name, "is locked with a password", "save a copy without one") from error
        except _DAMAGE as error:
            raise DamagedPartError(self.name, "is a damaged or truncated package", "fetch it again") from error


def _by_name(entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The entries by their names. Of several of one name the last keeps it, as a program that unpacks them in order
    leaves it; those before are numbered, so that none vanishes."""
    often = Counter(info.filename for info in entries)
    named: dict[str, zipfile.ZipInfo] = {}
    for info in entries:
        often[info.filename] -= 1
        named[numbered(info.filename, often[info.filename] + 1)] = info
    return named


def numbered(name: str, number: int) -> str:
    """`name` as one of several files of that name: itself for the first, `a (2).pdf` for the second."""
    if number == 1:
        return name
    stem, dot, ending = name.rpartition(".")
    return f"{stem} ({number}){dot}{ending}" if dot and "/" not in ending else f"{name} ({number})"
