"""When the reviewer had each document open last, and how it read then: what is new since can be told.

A file of the reviewer's own for each folder of records, a line a visit. It is a convenience: whatever is wrong with the
file, the app goes on without it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from workbench.model.table import Document, Row

_SLACK = 500
"""Lines beyond one a document after which the file is written anew."""
_LARGEST_FILE = 64 << 20


@dataclass(frozen=True, slots=True)
class Visit:
    """The end of a visit, and the `digest` of the document as it was read then."""

    at: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class News:
    """What became of a document since a reviewer saw it last: whether it reads otherwise,
    how many steps others took."""

    since: datetime
    reread: bool = False
    steps: int = 0
    by: tuple[str, ...] = ()


class Visits:
    """The last visit to each document, by its path."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._last: dict[str, Visit] = {}
        if path is not None:
            with suppress(OSError):
                self._load(path)

    def last(self, key: str) -> Visit | None:
        """The last visit to a document."""
        return self._last.get(_key(key))

    def note(self, key: str, at: datetime, digest: str) -> None:
        """A visit ends, or begins where there is nothing new."""
        self._last[_key(key)] = Visit(at, digest)
        if self._path is not None:
            with suppress(OSError):
                self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
                try:
                    # The line before may have been cut short by a crash.
                    os.write(descriptor, f"\n{_line(_key(key), self._last[_key(key)])}\n".encode())
                finally:
                    os.close(descriptor)

    def latest(self, keys: Iterable[str]) -> str | None:
        """Which of these documents was open last."""
        seen = [(self._last[name].at, key) for key in keys if (name := _key(key)) in self._last]
        return max(seen)[1] if seen else None

    def _load(self, path: Path) -> None:
        if path.stat().st_size > _LARGEST_FILE:
            return
        lines = [line for line in path.read_text("utf-8", errors="replace").splitlines() if line]
        for line in lines:
            with suppress(ValueError, TypeError):
                key, at, digest = json.loads(line)
                self._last[str(key)] = Visit(_aware(datetime.fromisoformat(at)), str(digest))
        if len(lines) > len(self._last) + _SLACK:
            with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
                file.write("".join(f"{_line(key, visit)}\n" for key, visit in self._last.items()))
            Path(file.name).replace(path)


def visits_file(state: Path, records: Path, reviewer: str) -> Path:
    """Where the visits of a reviewer to the documents of a folder of records are kept."""
    name = sha256(f"{records.absolute()}\n{reviewer}".encode()).hexdigest()[:16]
    return state / "visits" / f"{name}.jsonl"


def digest_of(document: Document) -> str:
    """What tells whether a document reads as it did: its tables as printed."""
    digest = sha256()
    for table in document.tables:
        digest.update(repr((table.title, _texts(table.header), _texts(table.rows))).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]


def news_of(steps: Sequence[tuple[datetime, str]], digest: str, visit: Visit | None, reviewer: str) -> News | None:
    """What is new to a reviewer in a document with these steps (when, by whom); None where nothing is, or where they
    never saw it. A step of theirs is a visit too: it may have been taken on another machine."""
    own = [at for at, by in steps if by == reviewer]
    times = [*own, *([visit.at] if visit is not None else [])]
    if not times:
        return None
    since = max(times)
    others = [by for at, by in steps if by != reviewer and at > since]
    reread = visit is not None and bool(digest) and visit.digest != digest
    return News(since, reread, len(others), tuple(dict.fromkeys(others))) if others or reread else None


def _texts(rows: Sequence[Row]) -> list[list[str]]:
    return [[cell.printed for cell in row] for row in rows]


def _key(key: str) -> str:
    return os.path.abspath(key)  # noqa: PTH100 - the place as it is named, links and archives too


def _line(key: str, visit: Visit) -> str:
    return json.dumps([key, visit.at.isoformat(), visit.digest], ensure_ascii=False)


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(at)
    return at
