"""Which record a document goes on from when it has none of its own: the one of the same content under another name, or
the one of the version of the file that was there before."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.model.record import RecordedSource, ReviewRecord
from workbench.records.codec.actions import EPOCH, without_spots
from workbench.records.codec.record import decode
from workbench.records.folder import record_files
from workbench.records.places.moves import with_steps
from workbench.records.store import Loaded, RecordStore

_MEMBER_MARK = "!"
_HEAD = 8192
"""Bytes of a record that its source is looked for in."""


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A record that another one goes on from. `changed` says that it is about an earlier version of the file, and not
    about the same content under another name; `leaves` that no file needs it any more, so that it goes when the new
    one is saved."""

    path: Path
    loaded: Loaded
    changed: bool
    leaves: bool

    def continued(self, source: RecordedSource, left: ReviewRecord) -> ReviewRecord:
        """What was left of it, as the record of `source`."""
        former = left.source
        if not self.changed:
            return replace(left, source=replace(source, earlier=former.earlier))
        source = replace(source, earlier=(*former.earlier, former.sha256))
        # Where the former file printed something says nothing of the new one.
        return replace(with_steps(left, without_spots), source=source)


def predecessor_of(store: RecordStore, source: RecordedSource) -> Predecessor | None:
    """The record that this document goes on from, None where there is none; called where it has none of its own.

    The same content is known by its hash. An earlier version is a record of a file at the same place that is about the
    same body and year: a place that is used again for another document begins anew. The place of a document in a tables
    file is its number there, which changes with what stands before it: there an earlier version is also the one record
    of the file that is about the same body, year and kind of disclosure.
    """
    own = store.path_for(source.path, source.sha256)
    found: list[Predecessor] = []
    listed = _sources_in(store.folder)
    elsewhere = [name for name, kept in listed if _is_moved_version(kept, source)]
    for name, kept in listed:
        path = store.folder / name
        moved = elsewhere == [name]
        if name == own.name or not (kept.sha256 == source.sha256 or moved or _is_earlier_version(kept, source)):
            continue
        try:
            loaded = store.load(path)
        except WorkbenchError:
            # A record that cannot be read is told of where records are listed; it is not known to be this one's.
            continue
        if loaded is None:
            continue
        former = loaded.record.source
        if former.sha256 == source.sha256:
            leaves = not is_there(former.path) or _of_one_file(former.path, source.path)
            found.append(Predecessor(path, loaded, changed=False, leaves=leaves))
        elif _is_earlier_version(former, source):
            # Of several of one body, year and kind in a tables file it may be that of another one by now.
            found.append(Predecessor(path, loaded, changed=True, leaves=elsewhere in ([], [name])))
        elif moved:
            # Whether it is still that of another document of the file cannot be told from here: it stays.
            found.append(Predecessor(path, loaded, changed=True, leaves=False))
    return max(found, key=lambda former: _nearness(former, source), default=None)


def _sources_in(folder: Path) -> tuple[tuple[str, RecordedSource], ...]:
    """The names of the records of a folder with what each is about; read once, until a record comes,
    goes or is replaced."""
    try:
        changed = folder.stat().st_mtime_ns
    except OSError:
        return ()
    return _read_sources(folder.absolute(), changed)


@lru_cache(maxsize=4)
def _read_sources(folder: Path, _changed: int) -> tuple[tuple[str, RecordedSource], ...]:
    found = []
    for path in record_files(folder):
        with suppress(OSError, ValueError, WorkbenchError):
            found.append((path.name, _source_of(path)))
    return tuple(found)


def _source_of(path: Path) -> RecordedSource:
    """What a record is about, from its first lines where it begins as the program writes it."""
    with path.open("rb") as file:
        head, found, _ = file.read(_HEAD).partition(b"\n[review]")
    text = head.decode("utf-8") if found else path.read_text(encoding="utf-8")
    return decode(text, str(path)).source


def _is_earlier_version(former: RecordedSource, source: RecordedSource) -> bool:
    return (
        _place(former.path) == _place(source.path)
        and former.entity == source.entity
        and former.fiscal_year == source.fiscal_year
    )


def _is_moved_version(former: RecordedSource, source: RecordedSource) -> bool:
    """Whether a record is about a document of the same tables file, wherever in it, of the same body, year and kind."""
    return (
        former.sha256 != source.sha256
        and bool(source.entity and source.report)
        and (former.entity, former.fiscal_year, former.report) == (source.entity, source.fiscal_year, source.report)
        and _of_one_file(former.path, source.path)
    )


def _of_one_file(former: str, source: str) -> bool:
    """Whether two paths are one, or those of documents that a tables file counts; no two of those have one content."""
    if _place(former) == _place(source):
        return True
    (one, place), (other, number) = _container(former), _container(source)
    return bool(place or number) and _place(one) == _place(other)


def _container(path: str) -> tuple[str, str]:
    """The file and the number of a document in it (`tables.json!3`), "" where it is the only one."""
    name, mark, member = path.rpartition(_MEMBER_MARK)
    return (name, member) if mark and member.isdigit() else (path, "")


def _nearness(predecessor: Predecessor, source: RecordedSource) -> tuple[bool, bool, float]:
    """The same content goes before an earlier version, one at the same place before others,
    then the one reviewed last."""
    former = predecessor.loaded.record
    moment = former.updated_at or EPOCH
    here = predecessor.changed and _place(former.source.path) == _place(source.path)
    return not predecessor.changed, here, moment.timestamp()


def _place(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - lexical: the file may be gone, and a link is a place of its own


def is_there(path: str) -> bool:
    """Whether the file is there that a document was read from, for one inside another file that one."""
    return any(Path(name).exists() for name in {path, path.partition(_MEMBER_MARK)[0]})
