"""One cell of a document as arithmetic sees it: what it is worth, and how far rounding may move it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbench.model.amount import Figure, FigureKind
from workbench.model.draft import draft_of

ZERO = Decimal(0)
ONE = Decimal(1)
MINUS_ONE = Decimal(-1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell as arithmetic sees it: `value` is None unless it is a number or a printed zero (a dash)."""

    figure: Figure
    value: Decimal | None
    half_unit: Decimal
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is printed."""
        return self.figure.kind is FigureKind.BLANK

    @property
    def garbled(self) -> bool:
        """Whether it is meant as a number and is none."""
        return self.figure.kind is FigureKind.GARBLED


_ReadingDraft = draft_of(Reading)


def reading_of(figure: Figure, value: Decimal | None, half_unit: Decimal, text: str) -> Reading:
    """The reading of a cell that prints `text`; what it is worth and how far rounding may move it are told."""
    reading = _ReadingDraft(figure, value, half_unit, text)
    reading.__class__ = Reading
    return reading
