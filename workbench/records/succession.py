"""Which record a document goes on from when it has none of its own: the one of the same content under another name, or
the one of the version of the file that was there before."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from workbench.errors import WorkbenchError
from workbench.model.record import RecordedSource, ReviewRecord
from workbench.records.actions import EPOCH
from workbench.records.store import Loaded, RecordStore

_MEMBER_MARK = "!"


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
        earlier = (*former.earlier, former.sha256) if self.changed else former.earlier
        return replace(left, source=replace(source, earlier=earlier))


def predecessor_of(store: RecordStore, source: RecordedSource) -> Predecessor | None:
    """The record that this document goes on from, None where there is none; called where it has none of its own.

    The same content is known by its hash. An earlier version is a record of a file at the same place that is about the
    same body and year: a place that is used again for another document begins anew.
    """
    found: list[Predecessor] = []
    for path in _of_like_name(store, source):
        try:
            loaded = store.load(path)
        except WorkbenchError:
            # A record that cannot be read is told of where records are listed; it is not known to be this one's.
            continue
        if loaded is None:
            continue
        former = loaded.record.source
        if former.sha256 == source.sha256:
            leaves = not is_there(former.path) or _place(former.path) == _place(source.path)
            found.append(Predecessor(path, loaded, changed=False, leaves=leaves))
        elif _is_earlier_version(former, source):
            found.append(Predecessor(path, loaded, changed=True, leaves=True))
    return max(found, key=_nearness, default=None)


def _of_like_name(store: RecordStore, source: RecordedSource) -> Iterator[Path]:
    """The records that are named after this content or after a file of this name."""
    own = store.path_for(source.path, source.sha256)
    stem, mark, _ = own.stem.rpartition(".")
    ending = f"{mark}{own.stem.rpartition('.')[2]}{own.suffix}"
    try:
        names = sorted(entry.name for entry in os.scandir(store.folder))
    except OSError:
        return
    for name in names:
        if not name.endswith(own.suffix) or name.startswith(".") or name == own.name:
            continue
        if name.endswith(ending) or name.removesuffix(own.suffix).rpartition(".")[0] == stem:
            yield store.folder / name


def _is_earlier_version(former: RecordedSource, source: RecordedSource) -> bool:
    return (
        _place(former.path) == _place(source.path)
        and former.entity == source.entity
        and former.fiscal_year == source.fiscal_year
    )


def _nearness(predecessor: Predecessor) -> tuple[bool, float]:
    """The same content goes before an earlier version, the one reviewed last before others."""
    moment = predecessor.loaded.record.updated_at or EPOCH
    return not predecessor.changed, moment.timestamp()


def _place(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 - lexical: the file may be gone, and a link is a place of its own


def is_there(path: str) -> bool:
    """Whether the file is there that a document was read from, for one inside another file that one."""
    return any(Path(name).exists() for name in {path, path.partition(_MEMBER_MARK)[0]})
