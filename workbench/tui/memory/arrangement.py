"""How the reviewer has arranged the screens: where the source stands and how much room it has, how its lines are
folded, how the queue is sorted, in which colours. It holds for every document, and from one run of the app to the next.

A small file of the user's own. It is a convenience: whatever is wrong with the file, the app goes on with the usual
arrangement.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from tempfile import NamedTemporaryFile

from workbench.tui.drawing.themes import THEMES
from workbench.tui.models.queue import Order
from workbench.tui.models.source_lines import Wrapping

_LARGEST_FILE = 10_000
SHARES = (15.0, 80.0)
"""The least and the greatest room of the source."""


class Layout(StrEnum):
    """Where the source stands."""

    BESIDE = "beside"
    STACKED = "stacked"
    NO_SOURCE = "no-source"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One arrangement. Shares are of the room of both panes, in per cent; None is the usual one, which depends on the
    size of the terminal."""

    layout: Layout = Layout.BESIDE
    share_beside: float | None = None
    share_stacked: float | None = None
    wrapping: Wrapping = Wrapping.PROSE
    order: Order = Order.WORST
    theme: str = THEMES[0]

    @property
    def share(self) -> float | None:
        """The room of the source in this layout."""
        return {Layout.BESIDE: self.share_beside, Layout.STACKED: self.share_stacked}.get(self.layout)

    def with_share(self, share: float) -> Arrangement:
        """The same layout with another room of the source, within bounds."""
        kept = round(min(max(share, SHARES[0]), SHARES[1]), 1)
        if self.layout is Layout.BESIDE:
            return replace(self, share_beside=kept)
        return replace(self, share_stacked=kept) if self.layout is Layout.STACKED else self


class ArrangementKept:
    """The arrangement in use; written where a file is given, whenever it changes."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.now = Arrangement()
        if path is not None:
            with suppress(OSError, ValueError, TypeError):
                self.now = _read(path)

    def change(self, arrangement: Arrangement) -> None:
        """Use another arrangement from now on."""
        if arrangement == self.now:
            return
        self.now = arrangement
        if self._path is not None:
            with suppress(OSError):
                _write(self._path, arrangement)


def _read(path: Path) -> Arrangement:
    """Raises OSError, ValueError, TypeError for a file that cannot be read or says something else."""
    with path.open(encoding="utf-8") as file:
        told = json.loads(file.read(_LARGEST_FILE))
    known = {one.name: told[one.name] for one in fields(Arrangement) if one.name in told}
    for name, kind in (("layout", Layout), ("wrapping", Wrapping), ("order", Order)):
        if name in known:
            known[name] = kind(known[name])
    if known.get("theme", THEMES[0]) not in THEMES:
        raise ValueError(known["theme"])
    for name in ("share_beside", "share_stacked"):
        share = known.get(name)
        if share is not None and not SHARES[0] <= float(share) <= SHARES[1]:
            raise ValueError(name)
    return Arrangement(**known)


def _write(path: Path, arrangement: Arrangement) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        json.dump(asdict(arrangement), file)
    Path(file.name).replace(path)
