"""The lines typed on the command line, kept from one run of the app to the next.

A file of the user's own, a line each, the last at the end. Several apps may run at once: each adds its lines under a
lock. It is a convenience: whatever is wrong with the file, the app goes on without it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from workbench.config.settings import home_folder

_MOST_LINES = 500
_SLACK = 200
"""Lines above the bound after which the file is written anew."""
_LONGEST_LINE = 2000
_LARGEST_FILE = 4 * _MOST_LINES * _LONGEST_LINE


def state_folder() -> Path:
    """Where the app keeps what is worth keeping but is no setting: `$XDG_STATE_HOME/workbench`."""
    base = os.environ.get("XDG_STATE_HOME", "")
    return (Path(base) if Path(base).is_absolute() else home_folder() / ".local" / "state") / "workbench"


class LineHistory:
    """What was typed, the last at the end of `lines`; kept in a file where one is given."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.lines: list[str] = []
        if path is not None:
            with suppress(OSError):
                self.lines = _distinct(_read(path))

    def add(self, line: str) -> None:
        """Note a line as the last one typed."""
        kept = " ".join(line.split())
        if not kept or len(kept) > _LONGEST_LINE or not kept.isprintable():
            return
        self.lines = _distinct([*self.lines, kept])
        if self.path is not None:
            with suppress(OSError):
                _append(self.path, kept)


def _distinct(lines: list[str]) -> list[str]:
    """Each line once, where it was typed last; the last ones only."""
    last = dict.fromkeys(reversed(lines))
    return list(reversed(last))[-_MOST_LINES:]


def _read(path: Path) -> list[str]:
    """The lines that can be read; what is damaged is passed over."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(size - _LARGEST_FILE, 0))
        texts = file.read().decode("utf-8", errors="replace").split("\n")
    return [
        text
        for text in texts
        if text and len(text) <= _LONGEST_LINE and text.isprintable() and "\N{REPLACEMENT CHARACTER}" not in text
    ]


def _append(path: Path, line: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(path.with_suffix(".lock")):
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            # A line that a crash or a full disk cut short ends here.
            torn = os.fstat(descriptor).st_size and not _ends_with_newline(path)
            os.write(descriptor, (("\n" if torn else "") + line + "\n").encode("utf-8"))
        finally:
            os.close(descriptor)
        _shorten(path)


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _shorten(path: Path) -> None:
    """Write the file anew where it has grown too long."""
    if path.stat().st_size < _MOST_LINES * 8:
        return
    lines = _read(path)
    if len(lines) <= _MOST_LINES + _SLACK and path.stat().st_size < _LARGEST_FILE:
        return
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        file.write("".join(f"{line}\n" for line in _distinct(lines)))
    Path(file.name).replace(path)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock file while others wait; without one where the system has no such locks."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        with suppress(ImportError):
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
