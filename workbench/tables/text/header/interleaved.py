"""Other orders of the labels of a head: those of two lines are of one row, and only each line's own order is known.

Spanners are printed higher than what runs down beside them, which is centred: 本年收入 上年结转 | 科目编码 科目名称
合计 are 科目编码 科目名称 合计 本年收入 上年结转, or any other order in which both lines keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import chain, combinations, groupby, pairwise
from typing import NamedTuple

from workbench.tables.text.header.order import STUB_RANK, UNKNOWN_RANK, ranks_beside
from workbench.tables.text.header.rows import Label, first_line
from workbench.tables.text.lines import key_of
from workbench.tables.text.vocabulary import is_spanner, may_stand_under, spans_figures

_PART = "其中"
_LONGEST = 9
"""A line of more labels is not put between those of another."""
_MOST = 60
_MOST_STEPS = 4000
"""So many orders are tried, and so many labels put in their places to find them."""
_INVERSION, _BEHIND, _CROSSED = 0.1, 1.0, 1.0
"""What it costs that a label stands right of one that mostly stands right of it, that the name of a row stands right of
figures, and that labels stand the other way round than on their line."""


class Order(NamedTuple):
    """What it costs that an order is unusual, and the labels in that order."""

    cost: float
    labels: list[Label]


class _Begun(NamedTuple):
    """A row begun from the left: what it costs at least, the labels that stand in it, how many of them are of the upper
    line, and what the cost is made of."""

    cost: float
    placed: tuple[int, ...]
    above: int
    inversions: int
    behind: bool
    crossed: bool


def interleaved(labels: Sequence[Label]) -> list[Order]:
    """The orders of labels in which those of two lines that follow each other are one row, the usual ones first."""
    lines = [list(line) for _, line in groupby(sorted(labels, key=first_line), key=first_line)]
    if len(lines) == 1:
        return _of_one_line(lines[0])
    found: list[Order] = []
    for index, (upper, lower) in enumerate(pairwise(lines)):
        if max(len(upper), len(lower)) > _LONGEST:
            continue
        above, below = list(chain(*lines[:index])), list(chain(*lines[index + 2 :]))
        found.extend(Order(cost, [*above, *row, *below]) for cost, row in _merges(upper, lower))
    found.sort(key=lambda order: order.cost)
    return found[:_MOST]


def _of_one_line(labels: Sequence[Label]) -> list[Order]:
    """The same of three lines that are printed on one: spanners, what runs down beside them, what the spanners span."""
    texts = list(map(key_of, labels))
    found: list[Order] = []
    for end in range(1, min(len(labels), _LONGEST)):
        if not is_spanner(texts[end - 1]):
            break
        for stop in range(end + 1, min(len(labels), end + _LONGEST)):
            if may_stand_under(texts[stop], texts[0]):
                rows = _merges(labels[:end], labels[end:stop])
                found.extend(Order(cost, [*row, *labels[stop:]]) for cost, row in rows)
    found.sort(key=lambda order: order.cost)
    return found[:_MOST]


def unusual_order(row: Sequence[Label]) -> float:
    """What it costs that labels stand in a row in this order."""
    ranks = ranks_in_row(row)
    pairs = [(left, right) for left, right in combinations(ranks, 2) if left > right]
    behind = any(right <= STUB_RANK < left for left, right in pairs)
    # What a column is parted into (其中) stands right of it.
    nothing = any(rank <= STUB_RANK and key_of(part) == _PART for rank, part in zip((0.0, *ranks), row, strict=False))
    crossed = any(_crosses(left, right) for left, right in pairwise(row))
    return _cost(len(pairs), behind=behind or nothing, crossed=crossed)


def _cost(inversions: int, *, behind: bool, crossed: bool) -> float:
    return _INVERSION * inversions + _BEHIND * behind + _CROSSED * crossed


def ranks_in_row(row: Sequence[Label]) -> list[float]:
    """Where each label of a row mostly stands: those of rows leftmost, totals before what they add up."""
    texts = list(map(key_of, row))
    ranks = ranks_beside(texts)
    # What tells the sources of money (资金来源) stands above figures.
    return [UNKNOWN_RANK if ranks[text] == STUB_RANK and spans_figures(text) else ranks[text] for text in texts]


def _crosses(left: Label, right: Label) -> bool:
    return first_line(left) == first_line(right) and left[0].start > right[0].start


def _merges(upper: Sequence[Label], lower: Sequence[Label]) -> Iterator[Order]:
    """The rows in which the labels of both lines keep their order, the usual ones first, at most so many as are tried.

    Two long lines make tens of thousands of rows. They are put together from the left: what a label costs in its place
    is known as it is put there, whatever comes behind it.
    """
    labels = [*upper, *lower]
    ranks = ranks_in_row(labels)
    heap = [_nothing_placed(ranks, len(upper))]
    found = 0
    for _ in range(_MOST_STEPS):
        if not heap or found == _MOST:
            return
        begun = heappop(heap)
        if len(begun.placed) == len(labels):
            found += 1
            yield Order(begun.cost, [labels[number] for number in begun.placed])
        for number in _next(begun, len(upper), len(labels)):
            heappush(heap, _with_next(begun, number, len(upper), labels, ranks))


def _nothing_placed(ranks: Sequence[float], count: int) -> _Begun:
    """The row before its first label: what both lines cost each by itself."""
    pairs = [*combinations(ranks[:count], 2), *combinations(ranks[count:], 2)]
    inversions = sum(left > right for left, right in pairs)
    behind = any(right <= STUB_RANK < left for left, right in pairs)
    return _Begun(_cost(inversions, behind=behind, crossed=False), (), 0, inversions, behind, crossed=False)


def _next(begun: _Begun, count: int, stop: int) -> Iterator[int]:
    """The labels that may come next: of each line the first one that is left."""
    if begun.above < count:
        yield begun.above
    if count + len(begun.placed) - begun.above < stop:
        yield count + len(begun.placed) - begun.above


def _with_next(begun: _Begun, number: int, count: int, labels: Sequence[Label], ranks: Sequence[float]) -> _Begun:
    """The row with one more label, which all that is left of the other line will stand right of."""
    is_above = number < count
    others = ranks[count + len(begun.placed) - begun.above :] if is_above else ranks[begun.above : count]
    rank = ranks[number]
    inversions = begun.inversions + sum(rank > other for other in others)
    behind = begun.behind or any(other <= STUB_RANK < rank for other in others)
    crossed = begun.crossed or any(_crosses(labels[last], labels[number]) for last in begun.placed[-1:])
    cost = _cost(inversions, behind=behind, crossed=crossed)
    return _Begun(cost, (*begun.placed, number), begun.above + is_above, inversions, behind, crossed)
