"""Which of the labels in one row of a header hang below which of the row above, by what is known of the labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from workbench.tables.text.listed_words import head_key
from workbench.tables.text.vocabulary import (
    TOTALS,
    column_kind,
    is_leaf,
    is_rare_spanner,
    is_spanner,
    may_stand_under,
    spans_levels,
)

HOPELESS = 20.0
"""What costs as much hangs nowhere."""
STRANGER = 1.0
"""What it costs that a label stands below a known spanner that is not known to stand there."""
UNKNOWN = 2.5
"""What it costs that labels stand below one that is no known spanner."""
MOST_ALIKE = 3.0
"""How much less a header may cost whose upper labels have the same labels below them, in all of its rows."""
_BEGINNERS = frozenset({"小计", "合计", "科目编码", "项目", "类", "编码", "项目名称", "符号"})
_CODES_ELSEWHERE = 0.2
"""What it costs that nothing stands below 项目 where codes and names of rows stand below another label (公用经费)."""
_FOLLOWS = 0.5
"""What it costs that those below a label begin with a ratio."""
_RATIO = re.compile(r"%\W*$|率\W*$|幅度\W*$|比[例重]\W*$")
_NEVER = float("inf")
_ROUNDING = 1e-9

Spans = tuple[tuple[int, int], ...]
"""For each upper label the lower ones below it, as start and end."""
_Chain: TypeAlias = "tuple[_Chain, tuple[int, int]] | None"
_Begun: TypeAlias = tuple[float, _Chain]
"""What lower labels below the first upper ones cost, and the spans of these from the last back to the first."""


def hang(upper: tuple[str, ...], lower: tuple[str, ...], limit: float, most: int = 1) -> list[tuple[float, Spans]]:
    """The cheapest ways to put each lower label below one of the upper ones, in order: at most so many for each number
    of upper labels that nothing stands below. Ways that cost `limit` are left out."""
    least = _least(upper, lower)
    if least.costs[0] >= limit + _ROUNDING:
        return []
    begun: dict[int, dict[int, list[_Begun]]] = {0: {0: [(0.0, None)]}}
    for index, text in enumerate(upper):
        leaf, least = least.leaf, _least(upper[index + 1 :], lower)
        rest = least.costs
        following: dict[int, dict[int, list[_Begun]]] = {}
        for used, bases in sorted(begun.items()):
            room = limit - min(own[0][0] for own in bases.values()) + _ROUNDING
            # nothing stands below a leaf, and it counts as one more column
            ways = [(0, leaf, 1)] if leaf + rest[used] < room else []
            ways += [
                (length, cost, 0)
                for length, cost in _costs_below(text, lower[used:])
                if cost + rest[used + length] < room
            ]
            for length, cost, more in ways:
                kept = following.setdefault(used + length, {})
                for leaves, own in bases.items():
                    for base, before in own:
                        if base + cost < limit:
                            way = base + cost, (before, (used, used + length))
                            _keep(kept.setdefault(leaves + more, []), way, most)
        begun = {used: {leaves: own for leaves, own in bases.items() if own} for used, bases in following.items()}
        begun = {used: bases for used, bases in begun.items() if bases}
        if not begun:
            return []
    return [(cost, _traced(chain)) for own in begun.get(len(lower), {}).values() for cost, chain in own]


def _keep(ways: list[_Begun], way: _Begun, most: int) -> None:
    """Add a way to others, the cheapest first, where it is one of so many."""
    place = len(ways)
    while place and way[0] < ways[place - 1][0]:
        place -= 1
    if place < most:
        ways.insert(place, way)
        del ways[most:]


def _traced(chain: _Chain) -> Spans:
    spans: list[tuple[int, int]] = []
    while chain is not None:
        chain, span = chain
        spans.append(span)
    return tuple(reversed(spans))


def leaf_cost(text: str) -> float:
    """How unlike it is that nothing stands below a label."""
    if not is_spanner(text):
        return 0.0
    return 0.15 if is_leaf(text) else 1.5


def least_cost(texts: Sequence[str], columns: int) -> float:
    """The least that labels cost in a header of so many columns: all but these have others below them, and those that
    are no known spanners are unlikely to."""
    if len(texts) < columns:
        return _NEVER
    spanners = sum(is_spanner(text) or spans_levels(text) for text in texts)
    return UNKNOWN * (len(texts) - columns - spanners) - MOST_ALIKE


def is_ratio(text: str) -> bool:
    """Whether a label is that of a ratio, which follows what it compares."""
    return bool(_RATIO.search(text))


@lru_cache(maxsize=8192)
def _is_stub(text: str) -> bool:
    return column_kind(text) == "text"


class _Least(NamedTuple):
    """What it costs that nothing stands below the first of some upper labels, and the least that it costs to hang all
    lower labels, all but one, all but two … below them."""

    leaf: float
    costs: tuple[float, ...]


@lru_cache(maxsize=4096)
def _least(upper: tuple[str, ...], lower: tuple[str, ...]) -> _Least:
    """The least that upper labels cost: a bound for what other labels may cost that stand before them."""
    count = len(lower)
    if not upper:
        return _Least(0.0, (_NEVER,) * count + (0.0,))
    text, rest = upper[0], _least(upper[1:], lower).costs
    # What may stand below it stands beside it; beside a total stands what it is the total of.
    apart = is_spanner(text) and not (is_leaf(text) and text.endswith(TOTALS))
    beside = sum(may_stand_under(other, text) for other in set(upper[1:])) if apart else 0
    leaf = leaf_cost(text) + (0.0 if beside < 2 else 0.4 if is_leaf(text) else 1.5)
    if is_spanner(text) and _is_stub(text) and any(_is_stub(other) and may_stand_under(other, text) for other in lower):
        leaf += _CODES_ELSEWHERE
    costs = tuple(
        min(
            [
                leaf + rest[used],
                *(cost + rest[used + length] for length, cost in _costs_below(text, lower[used:])),
            ]
        )
        for used in range(count + 1)
    )
    return _Least(leaf, costs)


@lru_cache(maxsize=8192)
def _costs_below(text: str, lower: tuple[str, ...]) -> tuple[tuple[int, float], ...]:
    """What it costs that the first 1, 2, 3 … of the lower labels stand below a label."""
    known = is_spanner(text) or (lower[:1] == ("类",) and spans_levels(text))
    cost = 0.3 if is_rare_spanner(text) else 0.0 if known else UNKNOWN
    cost += _FOLLOWS if lower and is_ratio(lower[0]) else 0.0
    seen: set[str] = set()
    found: list[tuple[int, float]] = []
    for length, child in enumerate(lower, start=1):
        if not may_stand_under(child, text):
            cost += 2.5 if known and _is_stub(text) and column_kind(child) == "figure" else STRANGER if known else 0.4
        key = head_key(child) or child
        cost += 3.0 if key in seen else 0.0
        cost += 1.5 if child in _BEGINNERS and length > 1 and not _is_stub(lower[length - 2]) else 0.0
        if cost >= HOPELESS:
            break
        seen.add(key)
        found.append((length, cost + (1.5 if length == 1 else 0.0)))
    return (*found, *_costs_of_repeats(found, lower))


def _costs_of_repeats(found: Sequence[tuple[int, float]], lower: tuple[str, ...]) -> list[tuple[int, float]]:
    """What it costs that a block of columns stands below a label twice or more: 科目编码 科目名称 金额, and again."""
    repeats: list[tuple[int, float]] = []
    if not found or not _is_stub(lower[0]):
        return repeats
    for length, cost in found[1:]:
        block = lower[:length]
        stop = length
        while lower[stop : stop + length] == block:
            stop += length
            repeats.append((stop, cost + 0.05))
    return repeats
