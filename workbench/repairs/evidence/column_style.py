"""How a column prints its figures: their decimals, their thousands, what stands where there is none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from workbench.model.amount import FigureKind, Manner, read_figure

FEW = 3
ENOUGH = 5
NEARLY_ALL = 0.8
"""A column of so many figures, so many of them alike, shows how it prints."""
THOUSAND = 1000
_TWO = 2
_OF_MONEY = 2
"""Decimals that amounts have rather than more."""
_FEWER = 2
"""So many times fewer figures with more decimals than is usual are few."""
_LED_BY_ZERO = re.compile(r"\D*0\d")
"""No amount is printed so."""
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
    percents: bool | None = None
    """Whether its figures have a sign of percent, in the same way: columns of shares print rather all of it."""
    counts: tuple[tuple[int, int], ...] = ()
    """How many figures have how many decimals, of the column, or of the table where the column has few."""
    finest_alone: int | None = None
    """The decimals of one figure that has more than all others, where these are enough."""

    @property
    def unfilled(self) -> str:
        """What it prints where there is no amount."""
        return "" if self.blanks else self.zero

    @property
    def finer_are_few(self) -> bool:
        """Whether so few of its figures have more decimals than is usual that these are odd."""
        finer = sum(count for places, count in self.counts if places > self.decimals)
        usual = sum(count for places, count in self.counts if places == self.decimals)
        return usual >= ENOUGH and _FEWER * finer <= usual

    def prints(self, decimals: int) -> bool:
        """Whether a figure of the column has so many decimals."""
        return decimals == self.decimals or any(places == decimals for places, _ in self.counts)

    def oddness(self, text: str) -> float:
        """How much `text` is printed unlike the column: 1 for a figure with other decimals than nearly all, or with
        thousands parted otherwise; less where the column prints now so, now so; 0 for one like the others."""
        figure = read_figure(text)
        if figure.kind is FigureKind.GARBLED:
            return 1.0
        if figure.value and ((self.percents and not figure.percent) or _LED_BY_ZERO.match(text)):
            return 1.0
        if (
            self.commas is not None
            and figure.value
            and abs(figure.value) >= THOUSAND
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


@dataclass(slots=True)
class Habits:
    """How many figures are written in which way: what parts the thousands of those that have any, what stands around
    those below zero, the currency marks of all."""

    separators: Counter[str] = field(default_factory=Counter)
    minus: Counter[tuple[str, str]] = field(default_factory=Counter)
    currencies: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Habits:
        """Those of the figures among some texts."""
        habits = cls()
        for text, times in Counter(texts).items():
            value = read_figure(text).value
            if value:
                manner = Manner.of(text)
                habits.currencies[manner.currency] += times
                if value < 0:
                    habits.minus[manner.minus] += times
                if abs(value) >= THOUSAND:
                    habits.separators[manner.separator] += times
        return habits


def parts_thousands(text: str) -> bool:
    """Whether a figure of thousands is printed with separators."""
    return "," in text or "，" in text


@lru_cache(maxsize=65536)
def holds(text: str) -> bool:
    """Whether a cell prints a figure other than zero, or anything that is no figure."""
    figure = read_figure(text)
    return bool(figure.value) if figure.value is not None else figure.kind not in (FigureKind.BLANK, FigureKind.DASH)


def _habit_of(seen: Sequence[int]) -> bool | None:
    """How nearly all figures are printed that may be printed in two ways, where there are enough of them to tell: how
    many are not printed so, and how many are."""
    count = sum(seen)
    usual = seen[True] > seen[False]
    return usual if count >= ENOUGH and seen[usual] >= NEARLY_ALL * count else None


def learnt(printed: Sequence[str], of_table: Callable[[], Mapping[int, int]], *, amounts: bool) -> ColumnStyle:
    """How a column prints that prints these texts, and holds amounts or not. `of_table` tells how many figures of its
    table have how many decimals."""
    decimals: dict[int, int] = {}
    models: dict[tuple[bool, int, bool], str] = {}
    negatives, blanks, finer_zeros = 0, False, False
    zeros: list[str] = []
    dashes: list[str] = []
    thousands, percents = [0, 0], [0, 0]
    # Many cells print the same: each text is read once.
    for text, times in Counter(printed).items():
        figure = read_figure(text)
        value = figure.value
        if value is None:
            blanks = blanks or figure.kind is FigureKind.BLANK
            if figure.kind is FigureKind.DASH:
                dashes.append(text)
            continue
        places = figure.decimals
        if value:
            decimals[places] = decimals.get(places, 0) + times
            negatives += times * (value < 0)
            if not -THOUSAND < value < THOUSAND:
                thousands[parts_thousands(text)] += times
            percents[figure.percent] += times
        else:
            zeros.append(text)
            finer_zeros = finer_zeros or places > 0
        models.setdefault((figure.percent, places, "," in text), text)
    # The last zero that is printed, else the first dash.
    zero = max(zeros, key=lambda text: len(printed) - printed[::-1].index(text)) if zeros else ""
    places, counts = _usual_places(decimals, of_table, finer_zeros=finer_zeros)
    count = sum(counts.values())
    # A share among amounts is printed as itself alone.
    share = percents[True] > percents[False]
    alike = [text for (percent, _, _), text in models.items() if percent == share]
    return ColumnStyle(
        amounts,
        places,
        negatives,
        models.get((share, places, True)) or models.get((share, places, False)) or next(iter(alike), ""),
        zero or next(iter(dashes), ""),
        sum(decimals.values()),
        count >= ENOUGH and counts.get(places, 0) >= NEARLY_ALL * count,
        blanks,
        _habit_of(thousands),
        _habit_of(percents),
        tuple(sorted(counts.items())),
        max(counts) if count >= ENOUGH and len(counts) > 1 and counts[max(counts)] == 1 else None,
    )


def _usual_places(
    decimals: Mapping[int, int], of_table: Callable[[], Mapping[int, int]], *, finer_zeros: bool
) -> tuple[int, Mapping[int, int]]:
    """The decimals that a column prints whose figures have these, and how many figures that is told by: so few that
    they do not show it, or differ, are counted with the others of the table, but where all that have any have the
    same. Whole numbers beside zeros with decimals (`finer_zeros`) rather left theirs out, or lost their points."""
    printed = sum(decimals.values())
    whole_beside_finer_zeros = finer_zeros and decimals.keys() == {0} and printed < ENOUGH
    if printed >= (FEW if len(decimals) == 1 else ENOUGH) and not whole_beside_finer_zeros:
        return _most_places(decimals), decimals
    others = of_table()
    usual = max((places for places in others if places), key=lambda places: (others[places], -places), default=0)
    own = [places for places in decimals if places]
    if len(own) == 1 and own[0] != usual and decimals[own[0]] >= FEW:
        # Whole numbers among them may have left theirs out, or lost their point.
        return own[0], decimals
    alike = next(iter(decimals)) if len(decimals) == 1 else 0
    return max(usual, alike if decimals else _OF_MONEY), others


def _most_places(decimals: Mapping[int, int]) -> int:
    """The decimals that most figures have; whole numbers among others may have left theirs out."""
    if decimals.get(0, 0) >= NEARLY_ALL * sum(decimals.values()):
        return 0
    return max((count, places <= _OF_MONEY, places) for places, count in decimals.items() if places)[2]
