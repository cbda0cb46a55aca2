"""The labels of a header, in the order in which text prints them, arranged in rows over columns.

Labels come row by row, each in the row in which its cell begins. Which upper label spans which lower ones is decided
by the known spanners, by the number of columns and by what the rows of the body need.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate, groupby
from typing import NamedTuple

from workbench.tables.text.header_words import Header, Label
from workbench.tables.text.lines import key_of
from workbench.tables.text.vocabulary import (
    column_kind,
    is_leaf,
    is_rare_spanner,
    is_spanner,
    label_key,
    may_stand_under,
)

_DOUBTFUL = 0.5
"""From this cost on a header of few rows is weighed against one of more."""
_HOPELESS = 20.0
"""From this cost on nothing is a header of several rows."""
_DEEP = 0.5
"""What each row beyond two costs."""
_DEEPEST = 4
_MOST_DEEP = 40
"""With more labels than these no more than two rows are looked for, and none that is unlikely."""
_MOST_FREE = 24
"""With more labels than these unlikely ways are not looked at to the end."""
_LIKELY = 5.0
"""What rows cost at the most that are looked for first."""
_ALIKE = 1.0
"""How much less a header costs whose upper labels have the same labels below them."""
_MOST_ROWS, _MOST_LABELS = 8, 120
"""Of a header whose rows are known."""
_BEGINNERS = frozenset({"小计", "合计", "科目编码", "项目", "类", "编码", "项目名称", "符号"})
_CODES = re.compile(r"^[类款项目]$|编码$|代码$")
_NEVER = float("inf")
_ROUNDING = 1e-9

Misfit = Callable[[Header], float]
"""How badly a header suits the body below it."""
Spans = tuple[tuple[int, int], ...]
"""For each upper label the lower ones below it, as start and end."""


def arrange(
    labels: Sequence[Label], counts: Sequence[int] = (), misfit: Misfit | None = None, *, likely_only: bool = False
) -> Header:
    """The header that these labels most likely make; `counts` are the numbers of columns that it may have, the
    likeliest first, none where nothing is known. With `likely_only` unlikely ways are not looked at."""
    likely = _Arranger(labels, counts, misfit, limit=_LIKELY).best()
    if likely_only or likely.cost < _LIKELY - 2 * _ALIKE or len(labels) > _MOST_DEEP:
        # none of those that were not looked at costs less
        return likely
    limit = _HOPELESS if len(labels) <= _MOST_FREE else 2 * _LIKELY
    return _Arranger(labels, counts, misfit, limit=limit).best()


def arrange_rows(rows: Sequence[Sequence[Label]], width: int, misfit: Misfit) -> Header | None:
    """The header of so many columns that these rows of labels make, each row holding the labels that begin in it; None
    where they make none."""
    labels = [label for row in rows for label in row]
    if len(rows) > _MOST_ROWS or len(labels) > _MOST_LABELS:
        return None
    arranger = _Arranger(labels, (), misfit, frozenset(accumulate(len(row) for row in rows)))
    return min(arranger.of(len(rows), width), key=lambda header: header.cost, default=None)


class _Arranger:
    """Weighs the ways to arrange one list of labels."""

    def __init__(
        self,
        labels: Sequence[Label],
        counts: Sequence[int],
        misfit: Misfit | None,
        splits: frozenset[int] = frozenset(),
        limit: float = _HOPELESS,
    ) -> None:
        """`splits` are the numbers of labels after which a row may end, none where every number may be; two rows that
        cost `limit` are not looked at."""
        self._labels = labels
        self._texts = [key_of(label) for label in labels]
        self._counts = counts
        self._misfit = misfit
        self._splits = splits
        self._limit = limit
        self._lower: dict[tuple[int, int], list[Header]] = {}
        self._plains: dict[int, Header] = {}
        self._tops: dict[int, tuple[tuple[str, ...], list[int]]] = {}

    def best(self) -> Header:
        """The cheapest header."""
        best = self._judged(self._one_row(0))
        for header in self._rows_from(0, 2):
            best = min(best, self._judged(header), key=lambda found: found.cost)
        for depth in range(3, _DEEPEST + 1):
            if best.cost < _DOUBTFUL or len(self._labels) > _MOST_DEEP:
                break
            self._limit = min(self._limit, best.cost + 2 * _ALIKE)
            for header in self._rows_from(0, depth):
                if header.cost < best.cost:
                    best = min(best, self._judged(header), key=lambda found: found.cost)
        return best

    def of(self, depth: int, width: int) -> list[Header]:
        """The headers of so many rows and columns."""
        found = [self._one_row(0)] if depth == 1 else self._rows_from(0, depth)
        return [self._judged(header) for header in found if header.width == width]

    def _judged(self, header: Header) -> Header:
        deep = _DEEP * max(len(header.rows) - 2, 0)
        cost = header.cost + deep + _miscount(header.width, self._counts) + _disorder(header)
        return replace(header, cost=cost + (self._misfit(header) if self._misfit is not None else 0.0))

    def _one_row(self, start: int) -> Header:
        texts = self._texts[start:]
        repeated = _repeated(texts)
        cost = 2.0 * repeated + _beside_children(texts) + sum(map(_leaf_cost, texts))
        return Header((tuple(self._labels[start:]),), cost)

    def _rows_from(self, start: int, depth: int) -> list[Header]:
        """The headers of so many rows that the labels from `start` on make: the cheapest of each number of columns."""
        known = self._lower.get((start, depth))
        if known is not None:
            return known
        found: dict[int, Header] = {}
        for split in range(start + 1, len(self._labels) - depth + 2):
            if self._splits and split not in self._splits:
                continue
            if depth > 2 and not self._splits and not any(is_spanner(text) for text in self._texts[start:split]):
                continue
            lowers = [self._plain(split)] if depth == 2 else self._rows_from(split, depth - 1)
            for lower in lowers:
                self._hang(found, start, split, lower, start > 0 or depth > 2)
        headers = sorted(found.values(), key=lambda header: header.cost)[: 4 if start else None]
        self._lower[start, depth] = headers
        return headers

    def _plain(self, start: int) -> Header:
        found = self._plains.get(start)
        if found is None:
            found = Header((tuple(self._labels[start:]),), _beside_children(self._texts[start:]))
            self._plains[start] = found
        return found

    def _tops_of(self, header: Header) -> tuple[tuple[str, ...], list[int]]:
        """The keys of the labels in the uppermost row of a header that is kept, and at which columns they end."""
        found = self._tops.get(id(header))
        if found is None:
            runs = [list(run) for _, run in groupby(header.rows[0], key=id)]
            found = tuple(key_of(run[0]) for run in runs), [0, *accumulate(map(len, runs))]
            self._tops[id(header)] = found
        return found

    def _hang(self, found: dict[int, Header], start: int, split: int, lower: Header, inner: bool) -> None:
        """Keeps the headers whose uppermost row are the labels `start:split`, the columns of `lower` below them, where
        they are cheaper than those of as many columns in `found`."""
        limit = self._limit if self._limit >= _HOPELESS else self._limit - lower.cost
        if limit <= 0.0:
            return
        keys, ends = self._tops_of(lower)
        upper = self._texts[start:split]
        twice = 0 if inner else _repeated(upper)
        for cost, spans in hang(upper, keys, limit):
            alike = len({tuple(keys[first:last]) for first, last in spans}) == 1 and len(spans) > 1
            cost = cost + lower.cost + twice - (_ALIKE if alike else 0.0)
            width = sum(max(ends[last] - ends[first], 1) for first, last in spans)
            if width in found and cost >= found[width].cost:
                continue
            rows: list[list[Label]] = [[] for _ in range(len(lower.rows) + 1)]
            for label, (first, last) in zip(self._labels[start:split], spans, strict=True):
                columns = range(ends[first], ends[last])
                rows[0].extend([label] * max(len(columns), 1))
                for row, below in zip(rows[1:], lower.rows, strict=True):
                    row.extend(below[ends[first] : ends[last]] or [()])
            found[width] = Header(tuple(map(tuple, rows)), cost)


def _miscount(columns: int, counts: Sequence[int]) -> float:
    if not counts:
        return 0.0
    if columns in counts:
        return 0.25 * list(counts).index(columns)
    return 6.0 * min(abs(columns - count) for count in counts)


def _repeated(texts: Sequence[str]) -> int:
    """How many labels are there twice, but where a whole block of columns is: 科目编码 科目名称 金额, and again."""
    different = len(set(texts))
    if different > 1 and list(texts) == list(texts[:different]) * (len(texts) // different):
        return 0
    return len(texts) - different


def _beside_children(texts: Sequence[str]) -> float:
    """What it costs that spanners stand in the lowest row beside what may stand below them."""
    return sum(
        1.5
        for index, text in enumerate(texts)
        if is_spanner(text) and sum(may_stand_under(other, text) for other in set(texts[index + 1 :])) >= 2
    )


def _disorder(header: Header) -> float:
    """How unlike it is that codes stand right of figures: they begin a row, or the second half of a table of two."""
    cost, figures = 0.0, False
    seen: set[str] = set()
    for column in range(header.width):
        leaf = header.leaf(column)
        if figures and leaf not in seen and _CODES.search(leaf):
            cost += 1.0
        figures = figures or column_kind(leaf) == "figure"
        seen.add(leaf)
    return min(cost, 3.0)


def _leaf_cost(text: str) -> float:
    """How unlike it is that nothing stands below a label."""
    if not is_spanner(text):
        return 0.0
    return 0.15 if is_leaf(text) else 1.5


@lru_cache(maxsize=8192)
def _is_stub(text: str) -> bool:
    return column_kind(text) == "text"


def hang(upper: Sequence[str], lower: Sequence[str], limit: float = _HOPELESS) -> list[tuple[float, Spans]]:
    """The cheapest ways to put each lower label below one of the upper ones, in order: one way for each number of
    upper labels that nothing stands below. Ways that cost `limit` are left out."""
    count, labels, children = len(lower), tuple(upper), tuple(lower)
    least = _least(labels, children)
    if least.costs[0] >= limit + _ROUNDING:
        return []
    best: list[dict[int, dict[int, float]]] = [{} for _ in range(len(labels) + 1)]
    back: dict[tuple[int, int, int], tuple[int, int]] = {}
    best[0][0] = {0: 0.0}
    for index, text in enumerate(labels):
        leaf, least = least.leaf, _least(labels[index + 1 :], children)
        rest = least.costs
        following = best[index + 1]
        for used, bases in sorted(best[index].items()):
            if not bases:
                continue
            room = limit - min(bases.values()) + _ROUNDING
            # nothing stands below a leaf, and it counts as one more column
            ways = [(0, leaf, 1)] if leaf + rest[used] < room else []
            ways += [
                (length, cost, 0)
                for length, cost in _costs_below(text, children[used:])
                if cost + rest[used + length] < room
            ]
            for length, cost, more in ways:
                kept = following.setdefault(used + length, {})
                for leaves, base in bases.items():
                    total = base + cost
                    if total < limit and total < kept.get(leaves + more, _NEVER):
                        kept[leaves + more] = total
                        back[index + 1, used + length, leaves + more] = used, leaves
        if not following:
            return []
    found: list[tuple[float, Spans]] = []
    for leaves, cost in best[len(labels)].get(count, {}).items():
        spans: list[tuple[int, int]] = []
        used, left = count, leaves
        for index in range(len(upper), 0, -1):
            start, left = back[index, used, left]
            spans.append((start, used))
            used = start
        found.append((cost, tuple(reversed(spans))))
    return found


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
    # What may stand below it stands beside it.
    beside = sum(may_stand_under(other, text) for other in set(upper[1:])) if is_spanner(text) else 0
    leaf = _leaf_cost(text) + (0.0 if beside < 2 else 0.4 if is_leaf(text) else 1.5)
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
    known = is_spanner(text)
    cost = 0.3 if is_rare_spanner(text) else 0.0 if known else 2.5
    seen: set[str] = set()
    found: list[tuple[int, float]] = []
    for length, child in enumerate(lower, start=1):
        if not may_stand_under(child, text):
            cost += 2.5 if known and _is_stub(text) and column_kind(child) == "figure" else 1.0 if known else 0.4
        key = label_key(child)
        cost += 3.0 if key in seen else 0.0
        cost += 1.5 if child in _BEGINNERS and length > 1 and not _is_stub(lower[length - 2]) else 0.0
        if cost >= _HOPELESS:
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
