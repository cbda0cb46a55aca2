"""What may stand below what among the labels above figures, where neither lines nor their order tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count, islice, pairwise

from workbench.tables.text.columns.fragments import Text
from workbench.tables.text.header.hanging import leaf_cost
from workbench.tables.text.header.order import ranks_beside
from workbench.tables.text.lines import key_of
from workbench.tables.text.vocabulary import TOTALS, is_rare_spanner, is_spanner, is_year, may_stand_under

_MOST_LABELS = 20
_MOST_STEPS = 3000
_MOST = 12
"""So many trees are handed on, the likeliest first."""
_LIMITS = 0.8, 1.6, 3.0
"""What it may cost that labels stand below others: what costs least is looked for first."""
_HOPELESS = 4.0
_NO_TOTAL, _NOT_BELOW = 2.0, 0.6
"""What it costs that a subtotal stands below nothing, and that another label does not stand where it may."""
_SINGLE, _ONE_PART, _TWO_TOTALS, _RARELY = 1.5, 0.7, 2.0, 0.4
"""What it costs that one label alone stands below another, that a total of one part does, that two totals do, and that
one stands below a label that mostly spans none."""
_FAR, _BEHIND = 0.02, 0.1
"""What each label costs that is printed between one and what stands below it, and that it is printed behind that."""
_OUT_OF_ORDER = 0.3
"""What each label of a column costs that is printed before that of the column left of it."""
_PART = re.compile(r"^其中")

Path = tuple[Text, ...]
"""The labels above a column, from the top down."""


def trees_of(labels: Sequence[Text]) -> list[list[Path]]:
    """The columns that labels of figures may stand above, the likeliest first: each label below one that is known to
    span it, or below none; labels below one, and those below none, in the order in which statements print them."""
    if not labels or len(labels) > _MOST_LABELS:
        return []
    trees = _Trees(labels)
    found: dict[tuple[tuple[str, ...], ...], tuple[float, int, list[Path]]] = {}
    for limit in _LIMITS:
        if len(found) >= _MOST:
            break
        for cost, number, columns in islice(trees.all(limit), _MOST_STEPS):
            key = tuple(tuple(map(key_of, path)) for path in columns)
            found[key] = min(
                found.get(key, (cost, number, columns)), (cost, number, columns), key=lambda tree: tree[:2]
            )
    return [columns for _, _, columns in sorted(found.values(), key=lambda tree: tree[:2])][:_MOST]


class _Trees:
    """Looks for the label above each label."""

    def __init__(self, labels: Sequence[Text]) -> None:
        self._labels = labels
        self._keys = [key_of(label) for label in labels]
        self._options = [self._above(index) for index in range(len(labels))]
        self._number = count()

    def all(self, limit: float) -> Iterator[tuple[float, int, list[Path]]]:
        """All trees with what each costs, of which what stands below what costs no more than `limit`."""
        order = sorted(range(len(self._labels)), key=lambda index: len(self._options[index]))
        yield from self._assign(order, 0, {}, 0.0, limit)

    def _above(self, index: int) -> list[tuple[int | None, float]]:
        key = self._keys[index]
        above: list[tuple[int | None, float]] = [
            (other, _FAR * abs(other - index) + _BEHIND * (other > index) + _RARELY * is_rare_spanner(text))
            for other, text in enumerate(self._keys)
            if other != index and may_stand_under(key, text) and not (is_year(text) and is_year(key))
        ]
        if _PART.match(key):
            # what names a part stands below what the subtotal before it stands below
            before = [other for other in range(index) if is_spanner(self._keys[other])]
            above += [(other, _FAR * (index - other)) for other in before if other not in dict(above)]
        above.sort(key=lambda option: option[1])
        nothing = _NO_TOTAL if key == "小计" else _NOT_BELOW if above and key not in TOTALS else 0.0
        return [*above, (None, nothing)]

    def _assign(
        self, order: Sequence[int], place: int, above: dict[int, int | None], cost: float, limit: float
    ) -> Iterator[tuple[float, int, list[Path]]]:
        if cost > limit:
            return
        if place == len(order):
            found = self._columns(above)
            if found is not None:
                yield cost + found[0], next(self._number), found[1]
            return
        index = order[place]
        for parent, more in self._options[index]:
            if parent is not None and (self._goes_round(index, parent, above) or self._twice(index, parent, above)):
                continue
            above[index] = parent
            yield from self._assign(order, place + 1, above, cost + more, limit)
            del above[index]

    def _goes_round(self, index: int, parent: int | None, above: dict[int, int | None]) -> bool:
        """Whether a label would stand below itself."""
        while parent is not None:
            if parent == index:
                return True
            parent = above.get(parent)
        return False

    def _twice(self, index: int, parent: int | None, above: dict[int, int | None]) -> bool:
        """Whether the same label stands there already."""
        return any(own == parent and self._keys[other] == self._keys[index] for other, own in above.items())

    def _columns(self, above: dict[int, int | None]) -> tuple[float, list[Path]] | None:
        """The columns of a tree and what its shape costs; None where a label has nothing but a total below it."""
        below: dict[int | None, list[int]] = {}
        for index, parent in above.items():
            below.setdefault(parent, []).append(index)
        tops = [self._keys[index] for index in below.get(None, ())]
        totals = sum(key in TOTALS for key in tops)
        cost = _HOPELESS * (len(tops) - len(set(tops))) + _TWO_TOTALS * (totals > 1)
        cost += _ONE_PART * (totals == 1 and len(tops) == 2)
        for index, key in enumerate(self._keys):
            own = [self._keys[child] for child in below.get(index, ())]
            if not own:
                cost += leaf_cost(key) / 2
                continue
            totals = sum(child in TOTALS for child in own)
            cost += (_SINGLE if len(own) - totals < (1 if totals else 2) else 0.0) + _TWO_TOTALS * (totals > 1)
            cost += _ONE_PART * (totals == 1 and len(own) == 2)
        columns: list[Path] = []

        def walk(parent: int | None, path: Path) -> None:
            own = below.get(parent, [])
            if not own:
                columns.append(path)
                return
            ranks = _ranks(tuple(self._keys[index] for index in own))
            for _, index in sorted(zip(ranks, own, strict=True)):
                walk(index, (*path, self._labels[index]))

        walk(None, ())
        places = [path[-1][0].start for path in columns]
        cost += _OUT_OF_ORDER * sum(left > right for left, right in pairwise(places))
        return cost, columns


@lru_cache(maxsize=4096)
def _ranks(keys: tuple[str, ...]) -> tuple[tuple[bool, float], ...]:
    """Where each of these labels stands beside the others: what is a part of another (其中) behind that."""
    ranks = ranks_beside(keys)
    return tuple((bool(_PART.match(key)), ranks[key]) for key in keys)
