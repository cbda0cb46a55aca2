"""Tables ruled across only: the levels of their rules, and where pieces of rules meet at the sides of columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from workbench.model.source import RuledLine

_SAME_LEVEL = 1.5
_MEET = 1.0
"""In points: rules that end and begin as near as this meet."""
_SHORTEST = 5.0
_OF_THE_LEVELS = 0.4
"""The share of the levels made of several pieces at which the pieces must meet for the side of a column."""


@dataclass(frozen=True, slots=True)
class Level:
    """The rules at one height, those that meet joined."""

    y: float
    stretches: tuple[tuple[float, float], ...]

    def covers(self, x: float) -> bool:
        """Whether a rule runs along `x`."""
        return any(begin - _MEET <= x <= end + _MEET for begin, end in self.stretches)


@dataclass(frozen=True, slots=True)
class LevelRules:
    """The levels of one table from the top down, and the sides of columns at which pieces of its rules meet."""

    levels: tuple[Level, ...] = ()
    cuts: tuple[float, ...] = ()

    def between(self, top: float, bottom: float) -> list[Level]:
        """The levels between two heights."""
        return [level for level in self.levels if top < level.y < bottom]

    def band(self, y: float) -> int:
        """How many levels lie above a height."""
        return bisect_right([level.y for level in self.levels], y)

    @property
    def whole(self) -> list[float]:
        """How high the rules stand that run from side to side, from the top."""
        left, right = self.sides or (0.0, 0.0)
        return [level.y for level in self.levels if level.covers(left) and level.covers(right)]

    @property
    def last_whole(self) -> float | None:
        """How high the last rule stands that runs from side to side; None where there is none."""
        return self.whole[-1] if self.levels and self.whole else None

    @property
    def sides(self) -> tuple[float, float] | None:
        """Where its longest rules begin and end."""
        stretches = [stretch for level in self.levels for stretch in (level.stretches[0], level.stretches[-1])]
        return (min(begin for begin, _ in stretches), max(end for _, end in stretches)) if stretches else None


def level_rules(lines: Iterable[RuledLine], top: float, bottom: float) -> LevelRules:
    """The level rules between two heights of a page."""
    rules = sorted(
        ((line.top + line.bottom) / 2, line.x0, line.x1)
        for line in lines
        if line.horizontal and line.x1 - line.x0 >= _SHORTEST and top < line.top < bottom
    )
    levels: list[Level] = []
    joints: list[list[float]] = []
    for group in _levels(rules):
        stretches, met = _joined(sorted((begin, end) for _, begin, end in group))
        levels.append(Level(sum(rule[0] for rule in group) / len(group), tuple(stretches)))
        joints.append(met)
    return LevelRules(tuple(levels), tuple(_common(joints, levels)))


def _levels(rules: Sequence[tuple[float, float, float]]) -> Iterable[list[tuple[float, float, float]]]:
    group: list[tuple[float, float, float]] = []
    for rule in rules:
        if group and rule[0] - group[-1][0] > _SAME_LEVEL:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _joined(pieces: Sequence[tuple[float, float]]) -> tuple[list[tuple[float, float]], list[float]]:
    """The pieces of one level joined where they meet, and where they met."""
    stretches = [pieces[0]]
    met: list[float] = []
    for begin, end in pieces[1:]:
        last_begin, last_end = stretches[-1]
        if begin > last_end + _MEET:
            stretches.append((begin, end))
            continue
        if abs(begin - last_end) <= _MEET:
            met.append((begin + last_end) / 2)
        stretches[-1] = (last_begin, max(last_end, end))
    return stretches, met


def _common(joints: Sequence[Sequence[float]], levels: Sequence[Level]) -> list[float]:
    """The places where the pieces of many levels meet, or only begin or end beside a cell that reaches over several
    rows, which no rule crosses."""
    parted = [(met, level) for met, level in zip(joints, levels, strict=True) if met]
    places = sorted(
        (x, number, meet)
        for number, (met, level) in enumerate(parted)
        for found, meet in ((met, True), ((x for stretch in level.stretches for x in stretch), False))
        for x in found
    )
    numbers = [0]
    for before, after in pairwise(places):
        numbers.append(numbers[-1] + (after[0] - before[0] > 2 * _MEET))
    least = max(2.0, _OF_THE_LEVELS * len(parted))
    cuts = []
    for _, found in groupby(zip(numbers, places, strict=False), key=lambda entry: entry[0]):
        group = [place for _, place in found]
        met = [x for x, _, meet in group if meet]
        if met and len({number for _, number, _ in group}) >= least:
            cuts.append(sum(met) / len(met))
    return cuts
