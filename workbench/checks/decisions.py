"""What a build asks of figures to decide which checks follow.

A build that gets the same answers goes the same way: after an edit of figures it need not be made again where every
question that these figures were asked is answered as before.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Protocol

from workbench.checks.figures import Figures
from workbench.checks.reading import ZERO
from workbench.model.table import CellRef


class Question(Hashable, Protocol):
    """Something that figures answer. Made of values alone: it holds on to no document."""

    def cells(self) -> Collection[CellRef]:
        """The cells whose figures answer it."""

    def answer(self, figures: Figures) -> bool | None:
        """What these figures say."""


_Cells = tuple[CellRef, ...]
"""Cells whose sum is one amount."""


@dataclass(frozen=True, slots=True)
class SameAmount:
    """Whether two amounts are the same but for rounding, the second one times `factor`, each read in any of several
    ways; where they are not, None if one of them is not printed as it is read first."""

    first: tuple[_Cells, ...]
    second: tuple[_Cells, ...]
    factor: Decimal

    def cells(self) -> list[CellRef]:
        """The cells of all readings."""
        return list(chain(*self.first, *self.second))

    def answer(self, figures: Figures) -> bool | None:
        """What these figures say."""
        answers = [self._same(figures, left, right) for left in self.first for right in self.second]
        return True if any(answers) else answers[0]

    def _same(self, figures: Figures, first: _Cells, second: _Cells) -> bool | None:
        left, right = amount_of(figures, first), amount_of(figures, second)
        if left is None or right is None:
            return None
        reach = sum((figures.read(cell).half_unit for cell in first), ZERO)
        reach += sum((figures.read(cell).half_unit for cell in second), ZERO) * self.factor
        return abs(left - right * self.factor) <= reach


def amount_of(figures: Figures, cells: Sequence[CellRef]) -> Decimal | None:
    """The sum of cells, None where none of them prints a figure."""
    values = [value for value in (figures.read(cell).value for cell in cells) if value is not None]
    return sum(values, ZERO) if values else None
