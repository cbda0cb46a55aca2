"""How a column prints its figures: their decimals, their thousands, what stands where there is none."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log

from workbench.model.amount import FigureKind, read_figure

FEW = 3
ENOUGH = 5
NEARLY_ALL = 0.8
"""A column of so many figures, so many of them alike, shows how it prints."""
_TWO = 2
_SURELY_ODD = log(13)
"""One figure that is unlike six others is as odd as one can be."""


@dataclass(frozen=True, slots=True)
class ColumnStyle:
    """How one column prints: its decimals, how many negatives it has, a figure and a zero to print others like.

    `filled` counts its figures other than zero; it is `regular` where nearly all of them have the same decimals.
    """

    amounts: bool
    decimals: int
    negatives: int
    model: str
    zero: str
    filled: int = 0
    regular: bool = False
    blanks: bool = False
    commas: bool | None = None
    """Whether it parts thousands: nearly always, nearly never, or (None) now so, now so."""
    counts: tuple[tuple[int, int], ...] = ()
    """How many figures have how many decimals, of the column, or of the table where the column has few."""

    @property
    def unfilled(self) -> str:
        """What it prints where there is no amount."""
        return "" if self.blanks else self.zero

    def prints(self, decimals: int) -> bool:
        """Whether a figure of the column has so many decimals."""
        return decimals == self.decimals or any(places == decimals for places, _ in self.counts)

    def oddness(self, text: str) -> float:
        """How much `text` is printed unlike the column: 1 for a figure with other decimals than nearly all, or with
        thousands parted otherwise; less where the column prints now so, now so; 0 for one like the others."""
        figure = read_figure(text)
        if figure.kind is FigureKind.GARBLED:
            return 1.0
        if (
            self.commas is not None
            and figure.value
            and abs(figure.value) >= 1000
            and self.commas != parts_thousands(text)
        ):
            return 1.0
        if not figure.value or figure.decimals == self.decimals:
            return 0.0
        if self.regular:
            return 1.0
        counts = dict(self.counts)
        if counts.get(self.decimals, 0) < _TWO:
            return 0.0
        alike = max(counts.get(figure.decimals, 0) - 1, 0)
        return min(max(log((counts.get(self.decimals, 0) + 0.5) / (alike + 0.5)) / _SURELY_ODD, 0.0), 1.0)


def parts_thousands(text: str) -> bool:
    """Whether a figure of thousands is printed with separators."""
    return "," in text or "，" in text


def habit_of(thousands: Counter[bool]) -> bool | None:
    """How nearly all figures of thousands are printed, where there are enough of them to tell."""
    count = thousands.total()
    usual = thousands[True] > thousands[False]
    return usual if count >= ENOUGH and thousands[usual] >= NEARLY_ALL * count else None
