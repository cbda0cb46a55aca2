"""The sums that a statement of accounts promises, whatever order its text has lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

_MOST_STEPS, _MOST_OF_ALL = 9_000, 12_000
"""So many steps are made in search of a placement, and of all placements of a table."""

Vector = tuple[int, ...]


class Amount(NamedTuple):
    """An amount in the smallest unit that the text prints, and the page that it stands on."""

    value: int
    page: int


class Row(NamedTuple):
    """A row by the number of the row that it is a part of (None: of none), and the page that it stands on."""

    above: int | None
    page: int


class UnprovenError(Exception):
    """No placement is the only one, or it was not found within bounds."""


@dataclass(slots=True)
class Patience:
    """So many steps are left to look for the placements of a table."""

    steps: int = _MOST_OF_ALL


@dataclass(slots=True)
class Statement:
    """The rows of a statement, those that each is the sum of, and the amounts on its pages in the order of the text."""

    rows: Sequence[Row]
    amounts: Sequence[Amount]
    below: list[list[int]] = field(init=False)
    """The rows that each row is the sum of."""
    rounded: bool = False
    """Whether sums may miss by what rounding makes of them."""
    edges: frozenset[Amount] = frozenset()
    """The amounts next to which no other amount stands before or behind: at the beginning or the end of a run."""
    patience: Patience = field(default_factory=Patience)
    _steps: int = _MOST_STEPS

    def __post_init__(self) -> None:
        self.below = [[] for _ in self.rows]
        for index, row in enumerate(self.rows):
            if row.above is not None:
                self.below[row.above].append(index)

    def slack(self, count: int) -> int:
        """By how much the sum of so many amounts may miss what is printed for it."""
        return (count + 1) // 2 if self.rounded else 0

    def spend(self, steps: int = 1) -> None:
        """Count a step. Raises UnprovenError when there were too many."""
        self._steps -= steps
        self.patience.steps -= steps
        if self._steps < 0 or self.patience.steps < 0:
            raise UnprovenError
