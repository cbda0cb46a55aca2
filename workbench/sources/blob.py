"""The bytes of one published file, read once: what is hashed is what is parsed."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from workbench.errors import UnreadableSourceError
from workbench.sources.limits import ReadLimits

MEMBER_MARK = "!"
"""Between the path of an archive and the name of a member: `reports.zip!2024/budget.pdf`."""


@dataclass(frozen=True)
class Blob:
    """A file's path as the user wrote it (with the member's name for one in an archive) and its bytes."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """The file name's suffix in lower case, with its dot."""
        return Path(self.name.rpartition(MEMBER_MARK)[2]).suffix.lower()

    @cached_property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


def read_bytes(path: Path, limits: ReadLimits) -> bytes:
    """The bytes of a regular file. Raises UnreadableSourceError for anything else, and for one beyond the limit.

    The file is opened without waiting, so that a FIFO cannot hang the program, and looked at after it is open, so that
    it cannot be swapped in between.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise UnreadableSourceError(path, *_reason(error)) from error
    except ValueError as error:
        raise UnreadableSourceError(repr(str(path)), "is not a possible file name") from error
    with _opened(descriptor) as file:
        if file is None:
            raise UnreadableSourceError(path, "is a folder", "give the documents in it, or the folder to a command")
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableSourceError(path, "is a pipe, socket or device and not a file", "save it as a file first")
        if status.st_size > limits.bytes:
            raise UnreadableSourceError(path, f"is larger than {_megabytes(limits.bytes)}", "split it into parts")
        try:
            data = file.read(limits.bytes + 1)
        except OSError as error:
            raise UnreadableSourceError(path, *_reason(error)) from error
    if len(data) > limits.bytes:
        raise UnreadableSourceError(path, f"is larger than {_megabytes(limits.bytes)}", "split it into parts")
    if not data:
        raise UnreadableSourceError(path, "is empty", "the download may have failed; fetch it again")
    return data


@contextmanager
def _opened(descriptor: int) -> Iterator[BinaryIO | None]:
    """The open file, closed at the end; None for a folder, which can be opened but is no file."""
    if stat.S_ISDIR(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        yield None
        return
    with open(descriptor, "rb") as file:
        yield file


def _megabytes(count: int) -> str:
    return f"{count / (1024 * 1024):g} MiB"


def _reason(error: OSError) -> tuple[str, str]:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return "there is no such file", "check the path"
        case errno.EACCES | errno.EPERM:
            return "may not be read", "change its permissions"
        case errno.ELOOP:
            return "is a link that leads back to itself", "remove the link"
        case errno.EISDIR:
            return "is a folder", "give the documents in it"
        case errno.ENXIO:
            return "is a pipe, socket or device and not a file", "save it as a file first"
        case errno.ENAMETOOLONG:
            return "has too long a name", "rename it"
        case _:
            return (error.strerror or type(error).__name__).lower(), "check the disk"
