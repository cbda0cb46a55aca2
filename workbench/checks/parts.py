"""What was made of the parts of a document, kept for as long as those parts stand as they are.

Most of what is built of a document follows from one table, or from a few of them. After an edit only what follows from
the tables that it touched is made again, and the whole is what it would be if all of it were made anew: a part that is
taken over was made by the same rules of the very same tables.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from operator import is_

from workbench.checks.decisions import Question
from workbench.model.table import CellRef, Document


@dataclass(frozen=True, slots=True)
class Part:
    """A value, the things that it was made of (tables, stated figures), the cells whose figures decided on it, and what
    figures answered that decided on it."""

    sources: tuple[object, ...]
    value: object
    guards: frozenset[CellRef]
    decisions: Mapping[Question, bool | None]

    def is_made_of(self, sources: tuple[object, ...]) -> bool:
        """Whether these are the very things that it was made of."""
        return len(self.sources) == len(sources) and all(map(is_, self.sources, sources))


class Parts:
    """Parts by a name of their own. They are worth nothing to another process, and are left behind when pickled."""

    def __init__(self) -> None:
        self._setting: tuple[object, ...] = ()
        self._parts: dict[Hashable, Part] = {}

    def of(self, document: Document) -> Parts:
        """A copy to go on from with `document`; an empty one where what all parts rest on is not the same."""
        new = Parts()
        new._setting = (document.unit, document.fiscal_year, document.report, document.source, document.disclosures)
        if new._setting == self._setting:
            # Other threads may look parts up meanwhile, and so these are not changed.
            new._parts = dict(self._parts)
        return new

    def find(self, key: Hashable, sources: tuple[object, ...]) -> Part | None:
        """The part of this name, where it was made of these things."""
        part = self._parts.get(key)
        return part if part is not None and part.is_made_of(sources) else None

    def of_others(
        self, key: Hashable, sources: tuple[object, ...], left: Callable[[Part, tuple[object, ...]], bool]
    ) -> Part | None:
        """The part of this name, where it was made of other states of these things by which it is `left` as it is."""
        part = self._parts.get(key)
        if part is None or not left(part, sources):
            return None
        part = self._parts[key] = replace(part, sources=sources)
        return part

    def last(self, key: Hashable) -> object | None:
        """What was made under this name last, of whatever."""
        part = self._parts.get(key)
        return None if part is None else part.value

    def keep(self, key: Hashable, part: Part) -> None:
        """Keep a part in place of the one of this name."""
        self._parts[key] = part

    def take(self, other: Parts) -> None:
        """Become what another one is."""
        self._setting, self._parts = other._setting, other._parts

    def __len__(self) -> int:
        return len(self._parts)

    def __reduce__(self) -> tuple[type[Parts], tuple[()]]:
        return Parts, ()
