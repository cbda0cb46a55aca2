"""Who has a record open: a lock file beside it with host, process, person and expiry.

A lock of a process that is gone on this host, or of another host past its expiry, is stale and taken over; any other
can be taken over knowingly. Its former holder finds out before the next step that it shows as done.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from workbench.errors import RecordLockedError, StorageError

LIFETIME = timedelta(minutes=15)
"""How long a lock holds without a sign of life, where its process cannot be seen (another host)."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock: the person, the process (with its start, since numbers come again), and until when."""

    person: str
    host: str
    process: int
    started: str
    token: str
    expires: str

    def __str__(self) -> str:
        return f"{self.person or 'someone'} on {self.host} (process {self.process})"


class Lock:
    """The lock of one record, held from `acquire` to `release`."""

    def __init__(self, path: Path, person: str, clock: Callable[[], datetime]) -> None:
        self.path = path
        self._clock = clock
        self._holder = Holder(
            person, socket.gethostname(), os.getpid(), _start_of(os.getpid()), secrets.token_hex(8), self._expiry()
        )
        self._renewed = clock()
        self._taken_by: Holder | None = None

    def acquire(self, steal: bool = False) -> Holder | None:
        """Take the lock; returns the former holder where one was put aside.

        Raises RecordLockedError where someone else holds it and `steal` is false, StorageError where the folder takes
        no files.
        """
        try:
            with folder_guard(self.path.parent):
                former = read_lock(self.path)
                if former is None and _create(self.path, self._content()):
                    return None
                former = read_lock(self.path)
                if former is not None and not steal and not _is_stale(former, self._clock()):
                    raise RecordLockedError(self.path.with_suffix(".toml"), str(former))
                self._replace()
                return former
        except OSError as error:
            raise StorageError(self.path, error.strerror or str(error)) from error

    def check(self) -> None:
        """Raise RecordLockedError where someone took the lock over, from then on for good: what they did meanwhile is
        not known here. A lock that was merely deleted is put back."""
        found = read_lock(self.path)
        if found is None:
            with suppress(OSError):
                _create(self.path, self._content())
            found = read_lock(self.path)
        if found is not None and found.token != self._holder.token:
            self._taken_by = found
        if self._taken_by is not None:
            raise RecordLockedError(self.path.with_suffix(".toml"), str(self._taken_by))
        if self._clock() - self._renewed > LIFETIME / 3:
            self.refresh()

    def refresh(self) -> None:
        """Put the expiry off. A folder that takes no files at the moment is no reason to stop."""
        self._renewed = self._clock()
        self._holder = replace(self._holder, expires=self._expiry())
        with suppress(OSError):
            self._replace()

    def release(self) -> None:
        """Give the lock back, if it is still ours."""
        found = read_lock(self.path)
        if found is not None and found.token == self._holder.token:
            with suppress(OSError):
                self.path.unlink()

    def _expiry(self) -> str:
        return (self._clock() + LIFETIME).isoformat()

    def _content(self) -> bytes:
        return json.dumps(asdict(self._holder), ensure_ascii=True).encode("ascii") + b"\n"

    def _replace(self) -> None:
        temporary = self.path.with_name(f".{self.path.name}.{self._holder.token}")
        try:
            temporary.write_bytes(self._content())
            temporary.replace(self.path)
        finally:
            temporary.unlink(missing_ok=True)


def held_by_others(folder: Path, now: datetime) -> dict[Path, Holder]:
    """The records of a folder that another process has open, each with who that is."""
    this = (socket.gethostname(), os.getpid())
    held: dict[Path, Holder] = {}
    for path in folder.glob("*.lock"):
        holder = read_lock(path)
        if holder is not None and (holder.host, holder.process) != this and not _is_stale(holder, now):
            held[path.with_suffix(".toml")] = holder
    return held


def read_lock(path: Path) -> Holder | None:
    """Who holds the lock at `path`; None where nobody does, or where the file is no lock (cut short by a crash)."""
    try:
        data = json.loads(path.read_bytes())
        return Holder(
            str(data["person"]),
            str(data["host"]),
            int(data["process"]),
            str(data["started"]),
            str(data["token"]),
            str(data["expires"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def folder_guard(folder: Path) -> Iterator[None]:
    """Alone among the processes of this host for the moment: what is compared inside is still so when it is replaced.

    Where the system or the file system has no such lock, nothing is guarded.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _is_stale(holder: Holder, now: datetime) -> bool:
    if holder.host == socket.gethostname() and os.name == "posix":
        return not _alive(holder)
    try:
        return datetime.fromisoformat(holder.expires) < now
    except (ValueError, TypeError):
        return True


def _create(path: Path, content: bytes) -> bool:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        return False
    try:
        os.write(descriptor, content)
    finally:
        os.close(descriptor)
    return True


def _alive(holder: Holder) -> bool:
    try:
        os.kill(holder.process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    state, start = _status_of(holder.process)
    # A process that has ended and was not waited for yet still has its number.
    return state not in ("Z", "X") and (not holder.started or start in ("", holder.started))


def _start_of(process: int) -> str:
    return _status_of(process)[1]


def _status_of(process: int) -> tuple[str, str]:
    """The state letter of a process and when it started, in the system's own count; "" where it does not tell."""
    try:
        status = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return "", ""
    fields = status.rpartition(")")[2].split()
    return (fields[0], fields[19]) if len(fields) > 19 else ("", "")
