"""The ways to arrange the labels of a header as a tree: each row of labels over the columns of the rows below it, and
what each way costs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, chain, groupby
from typing import NamedTuple, Protocol

from workbench.tables.text.header.costs import (
    BLANK,
    beside_children,
    deep,
    disorder,
    miscount,
    repeated,
    uneven,
    upside_down,
)
from workbench.tables.text.header.hanging import HOPELESS, STRANGER, UNKNOWN, Spans, hang, leaf_cost
from workbench.tables.text.header.rows import HeaderText
from workbench.tables.text.vocabulary import is_spanner, may_stand_under

_DOUBTFUL = 0.5
"""From this cost on a header of few rows is weighed against one of more."""
_DEEPEST = 4
MOST_DEEP = 40
"""With more labels than these no more than two rows are looked for, and none that is unlikely."""
_TORN = 0.45
"""What it costs that a row of labels begins in the middle of a line."""
_ALIKE = 1.0
"""How much less a header costs whose upper labels have the same labels below them."""
_UPSIDE_DOWN = 1.0
"""What it costs that a label of the lowest row is printed above others."""
_UNEVEN = 0.4
"""What it costs that a line prints spanners beside what runs down, where others stand on a line of their own."""


class Body(Protocol):
    """What stands below a header. Headers are remembered for equal bodies, so it can be hashed."""

    def __hash__(self) -> int: ...

    def misfit(self, header: HeaderText) -> float:
        """How badly a header suits the body."""
        ...


class Task(NamedTuple):
    """What is to be arranged: what labels say, how many columns they may make, what stands below them. `begins` are the
    labels that may begin a row, `lines` the lines on which they stand, none where that is not known; `splits` are the
    numbers of labels after which a row may end, none where every number may be."""

    texts: tuple[str, ...]
    counts: tuple[int, ...]
    body: Body | None
    begins: frozenset[int]
    lines: tuple[int, ...] = ()
    splits: frozenset[int] = frozenset()


class Tree(NamedTuple):
    """A way to arrange labels: their numbers in rows over all columns, and what it costs."""

    rows: tuple[tuple[int, ...], ...]
    cost: float

    @property
    def width(self) -> int:
        """Over how many columns."""
        return len(self.rows[0])


class Arranger:
    """Weighs the ways to arrange one list of labels."""

    def __init__(self, task: Task, limit: float = HOPELESS, most: int = 1) -> None:
        """Two rows that cost `limit` are not looked at, and at `most` so many of each number of columns."""
        self._texts, self._counts, self._body, self._begins, self._lines, self._splits = task
        self._limit = limit
        self._most = most
        self._lower: dict[tuple[int, int], list[Tree]] = {}
        self._spanners = [0, *accumulate(map(is_spanner, self._texts))]
        """How many of the first 0, 1, 2 … labels are known spanners."""
        self._above = [
            sum(1 << index for index, upper in enumerate(self._texts[:number]) if may_stand_under(text, upper))
            for number, text in enumerate(self._texts)
        ]
        """Below which labels each is known to stand, as bits."""

    def best(self) -> Tree:
        """The cheapest tree."""
        best = self._judged(self._one_row())
        for tree in self._rows_from(0, 2):
            best = self._cheaper(best, tree)
        for depth in range(3, _DEEPEST + 1):
            if best.cost < _DOUBTFUL or len(self._texts) > MOST_DEEP:
                break
            self._limit = min(self._limit, best.cost - deep(depth))
            for tree in self._rows_from(0, depth):
                best = self._cheaper(best, tree)
        return best

    def all(self) -> list[Tree]:
        """The trees that cost no more than the limit, the cheapest first."""
        found = [self._judged(self._one_row())]
        for depth in range(2, _DEEPEST + 1):
            if depth == 2 or len(self._texts) <= MOST_DEEP:
                found.extend(map(self._judged, self._rows_from(0, depth)))
        return sorted((tree for tree in found if tree.cost <= self._limit), key=lambda tree: tree.cost)

    def of(self, depth: int, width: int) -> list[Tree]:
        """The trees of so many rows and columns."""
        found = [self._one_row()] if depth == 1 else self._rows_from(0, depth)
        return [self._judged(tree) for tree in found if tree.width == width]

    def _cheaper(self, best: Tree, tree: Tree) -> Tree:
        if tree.cost + deep(len(tree.rows)) + miscount(tree.width, self._counts) >= best.cost:
            return best
        return min(best, self._judged(tree), key=lambda found: found.cost)

    def _judged(self, tree: Tree) -> Tree:
        text = HeaderText(tuple(tuple((*self._texts, "")[number] for number in row) for row in tree.rows))
        cost = tree.cost + deep(len(tree.rows)) + miscount(tree.width, self._counts) + disorder(text)
        cost += _UNEVEN * uneven(tree.rows, self._lines) + _UPSIDE_DOWN * upside_down(tree.rows, self._lines)
        return tree._replace(cost=cost + (self._body.misfit(text) if self._body is not None else 0.0))

    def _one_row(self) -> Tree:
        texts = self._texts
        cost = 2.0 * repeated(texts) + beside_children(texts) + sum(map(leaf_cost, texts))
        return Tree((tuple(range(len(texts))),), cost)

    def _rows_from(self, start: int, depth: int) -> list[Tree]:
        """The trees of so many rows that the labels from `start` on make and that may be cheap enough: the cheapest of
        each number of columns."""
        known = self._lower.get((start, depth))
        if known is not None:
            return known
        found: dict[int, list[Tree]] = {}
        for split in range(start + 1, len(self._texts) - depth + 2):
            if self._splits and split not in self._splits:
                continue
            if depth > 2 and not self._splits and self._spanners[split] == self._spanners[start]:
                continue
            if self._limit <= STRANGER and not start and self._strangers((split,), start, split):
                # the label that stands first below them hangs under none of them
                continue
            lowers = self._plain(split) if depth == 2 else self._rows_from(split, depth - 1)
            for lower in lowers:
                self._hang(found, start, split, lower, inner=start > 0 or depth > 2)
        trees = sorted(chain(*found.values()), key=lambda tree: tree.cost)[: 4 * self._most if start else None]
        self._lower[start, depth] = trees
        return trees

    def _plain(self, start: int) -> list[Tree]:
        """The one tree of one row that the labels from `start` on make below others."""
        if (start, 1) not in self._lower:
            row = tuple(range(start, len(self._texts)))
            self._lower[start, 1] = [Tree((row,), beside_children(self._texts[start:]))]
        return self._lower[start, 1]

    def _hang(self, found: dict[int, list[Tree]], start: int, split: int, lower: Tree, *, inner: bool) -> None:
        """Keeps the trees whose uppermost row are the labels `start:split`, the columns of `lower` below them, where
        they are cheaper than those of as many columns in `found`."""
        runs = [(number, len(list(run))) for number, run in groupby(lower.rows[0])]
        keys = tuple(self._texts[number] for number, _ in runs)
        upper = self._texts[start:split]
        torn = 0.0 if split in self._begins else _TORN
        room = self._room(lower, upper, keys, inner=start > 0) - torn
        if room <= min(self._strangers([number for number, _ in runs], start, split) * STRANGER, UNKNOWN):
            return
        ends = [0, *accumulate(length for _, length in runs)]
        twice = 0 if inner else repeated(upper)
        for cost, spans in hang(upper, keys, room, self._most):
            cost = cost + lower.cost + torn + twice - (_ALIKE if _are_alike(spans, keys) else 0.0)
            trees = found.setdefault(sum(max(ends[last] - ends[first], 1) for first, last in spans), [])
            place = len(trees)
            while place and cost < trees[place - 1].cost:
                place -= 1
            if place < self._most:
                trees.insert(place, _hung(start, spans, ends, lower, cost))
                del trees[self._most :]

    def _room(self, lower: Tree, upper: tuple[str, ...], keys: tuple[str, ...], *, inner: bool) -> float:
        """What it may cost to hang a tree below labels: what is taken off where labels have the same labels below them
        counts, in this row and in the row above."""
        if self._limit >= HOPELESS:
            return self._limit
        alike = _repeats(keys, len(upper)) + (inner and any(_repeats(upper, count) for count in range(2, len(upper))))
        return self._limit - lower.cost + alike * _ALIKE

    def _strangers(self, numbers: Sequence[int], start: int, split: int) -> int:
        """How many labels are not known to stand below any of the labels `start:split`."""
        upper = (1 << split) - (1 << start)
        return sum(not self._above[number] & upper for number in numbers)


def _repeats(texts: tuple[str, ...], count: int) -> bool:
    """Whether texts are some of them, `count` times over."""
    length, rest = divmod(len(texts), count)
    return count > 1 and length > 0 and not rest and texts == texts[:length] * count


def _are_alike(spans: Spans, keys: tuple[str, ...]) -> bool:
    """Whether two upper labels or more have the same labels below them."""
    first = keys[slice(*spans[0])]
    return len(spans) > 1 and all(keys[slice(*span)] == first for span in spans[1:])


def _hung(start: int, spans: Spans, ends: Sequence[int], lower: Tree, cost: float) -> Tree:
    """The tree with the labels from number `start` on above the columns of another."""
    rows: list[list[int]] = [[] for _ in range(len(lower.rows) + 1)]
    for number, (first, last) in enumerate(spans, start):
        begin, end = ends[first], ends[last]
        rows[0].extend([number] * max(end - begin, 1))
        for row, below in zip(rows[1:], lower.rows, strict=True):
            row.extend(below[begin:end] or (BLANK,))
    return Tree(tuple(map(tuple, rows)), cost)
