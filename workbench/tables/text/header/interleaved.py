"""Other orders of the labels of a head: those of two lines are of one row, and only each line's own order is known.

Spanners are printed higher than what runs down beside them, which is centred: 本年收入 上年结转 | 科目编码 科目名称 合计 are
科目编码 科目名称 合计 本年收入 上年结转, or any other order in which both lines keep theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, groupby, pairwise
from typing import NamedTuple

from workbench.tables.text.header.order import STUB_RANK, UNKNOWN_RANK, ranks_beside
from workbench.tables.text.header.rows import Label
from workbench.tables.text.lines import key_of
from workbench.tables.text.vocabulary import is_spanner, may_stand_under

_LONGEST = 9
"""A line of more labels is not put between those of another."""
_MOST = 60
"""So many orders are tried."""
_INVERSION, _BEHIND, _CROSSED = 0.1, 1.0, 1.0
"""What it costs that a label stands right of one that mostly stands right of it, that the name of a row stands right of
figures, and that labels stand the other way round than on their line."""


class Order(NamedTuple):
    """What it costs that an order is unusual, and the labels in that order."""

    cost: float
    labels: list[Label]


def interleaved(labels: Sequence[Label]) -> list[Order]:
    """The orders of labels in which those of two lines that follow each other are one row, the usual ones first."""
    lines = [list(line) for _, line in groupby(sorted(labels, key=_line), key=_line)]
    if len(lines) == 1:
        return _of_one_line(lines[0])
    found: list[Order] = []
    for index, (upper, lower) in enumerate(pairwise(lines)):
        if max(len(upper), len(lower)) > _LONGEST:
            continue
        above, below = list(chain(*lines[:index])), list(chain(*lines[index + 2 :]))
        found.extend(Order(unusual_order(row), [*above, *row, *below]) for row in _merges(upper, lower))
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
                found.extend(Order(unusual_order(row), [*row, *labels[stop:]]) for row in rows)
    found.sort(key=lambda order: order.cost)
    return found[:_MOST]


def unusual_order(row: Sequence[Label]) -> float:
    """What it costs that labels stand in a row in this order."""
    texts = list(map(key_of, row))
    ranks = ranks_beside(texts)
    # What tells the sources of money (资金来源) stands above figures.
    ranks.update((text, UNKNOWN_RANK) for text in texts if may_stand_under("一般公共预算", text))
    pairs = [(ranks[left], ranks[right]) for left, right in combinations(texts, 2) if ranks[left] > ranks[right]]
    behind = any(right <= STUB_RANK < left for left, right in pairs)
    crossed = any(_line(left) == _line(right) and left[0].start > right[0].start for left, right in pairwise(row))
    return _INVERSION * len(pairs) + _BEHIND * behind + _CROSSED * crossed


def _merges(upper: Sequence[Label], lower: Sequence[Label]) -> Iterator[list[Label]]:
    count = len(upper) + len(lower)
    for places in combinations(range(count), len(upper)):
        first, second = iter(upper), iter(lower)
        yield [next(first) if place in places else next(second) for place in range(count)]


def _line(label: Label) -> tuple[int, int]:
    page, start = label[0].page, label[0].start
    return page.number, page.text.rfind("\n", 0, start)
