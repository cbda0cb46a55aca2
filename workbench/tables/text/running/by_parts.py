"""Headers of a head whose lines tell neither its rows nor the order of its columns: each label is centred in its cell.

Two things hold wherever cells are centred: what stands below a label is printed lower than that label, and of two
labels on one line the left one, with all that stands above and below it, is left of the other. With what is known of
labels that leaves few headers, which the rows of the body may tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heappush

from workbench.tables.text.header.costs import deep
from workbench.tables.text.header.hanging import leaf_cost
from workbench.tables.text.header.interleaved import ranks_in_row, unusual_order
from workbench.tables.text.header.rows import Header, HeaderText, Label, line_of
from workbench.tables.text.lines import key_of
from workbench.tables.text.vocabulary import LEVELS, TOTALS, column_kind, may_stand_under

_MOST_LABELS = 30
_MOST_STEPS = 12000
"""So many times a label is put below another, for each price of what is strange."""
_MOST = 60
"""So many headers are put together, the likeliest first."""
_STRANGE = (0.0, 0.6, 1.2, 2.4)
"""What it may cost that labels stand below none where they may: what costs least is looked for first."""
_NO_TOTAL, _NOT_BELOW = 2.0, 0.6
"""What it costs that a subtotal stands below nothing, and that another label does not stand where it may."""
_SINGLE, _TWICE = 1.5, 3.0
"""What it costs that one label alone stands below another, and that two of the same do."""
_UNEVEN = 0.5
"""What it costs that a label with others below it is not printed higher than one that runs down beside it."""
_ALONE = 0.4
"""What it costs that a label of one column is printed higher or lower than all those beside it below the same label."""
_SURE = 0.6
"""How much of what a deep header costs is taken off one that lines bear out."""


def headers_by_parts(labels: Sequence[Label], limit: float) -> list[Header]:
    """The headers in which each label stands below one that is known to span it, or below none, and that its lines
    allow, the likeliest first; none that costs more than `limit`."""
    if len(labels) > _MOST_LABELS or len({line_of(piece) for label in labels for piece in label}) < 2:
        return []
    parts = _Parts(labels)
    found = {header.text: header for strange in _STRANGE for header in parts.headers(strange, limit)}
    return sorted(found.values(), key=lambda header: header.cost)[:_MOST]


class _Parts:
    """Looks for the label above each label."""

    def __init__(self, labels: Sequence[Label]) -> None:
        self._labels = labels
        self._keys = [key_of(label) for label in labels]
        lines = sorted({line_of(piece) for label in labels for piece in label})
        numbers = {line: number for number, line in enumerate(lines)}
        self._lines = [{numbers[line_of(piece)] for piece in label} for label in labels]
        self._heights = [sum(numbers[line_of(piece)] for piece in label) / len(label) for label in labels]
        self._right = [self._right_of(label) for label in labels]
        self._above = [self._options(index) for index in range(len(labels))]
        self._leaf_costs = list(map(leaf_cost, self._keys))
        self._seen: set[tuple[int | None, ...]] = set()
        self._rows: dict[tuple[int, ...], tuple[list[int] | None, float]] = {}

    def headers(self, strange: float, limit: float) -> Iterator[Header]:
        """Those not given yet in which what stands below what costs no more than `strange`, as far as they are looked
        for."""
        for cost, above in self._assigned(strange):
            tree = tuple(above[index] for index in range(len(self._keys)))
            if tree in self._seen:
                continue
            self._seen.add(tree)
            header = self._header(above, cost, limit)
            if header is not None and header.cost <= limit:
                yield header

    def _right_of(self, label: Label) -> int:
        """The labels that stand right of one on a line, as bits."""
        found = 0
        for index, other in enumerate(self._labels):
            if other is not label and any(
                line_of(left) == line_of(right) and left.start < right.start for left in label for right in other
            ):
                found |= 1 << index
        return found

    def _options(self, index: int) -> list[tuple[int | None, float]]:
        """The labels that may stand above one, and what each costs."""
        key = self._keys[index]
        stub = column_kind(key) == "text"
        above: list[tuple[int | None, float]] = [
            (other, 0.0)
            for other, text in enumerate(self._keys)
            if self._heights[other] < self._heights[index]
            and may_stand_under(key, text)
            and not (stub and column_kind(text) != "text")
            and not self._right[other] >> index & 1
            and not self._right[index] >> other & 1
        ]
        if key in LEVELS and above:
            return above
        nothing = _NO_TOTAL if key == "小计" else _NOT_BELOW if above and key not in TOTALS else 0.0
        return [*above, (None, nothing)]

    def _assigned(self, limit: float) -> Iterator[tuple[float, dict[int, int | None]]]:
        """Which label stands above each, with what it costs: in the order of their heights, the first way of each label
        followed to its end before the next one; as far as `_MOST_STEPS` lead."""
        order = sorted(range(len(self._labels)), key=lambda index: self._heights[index])
        least = [0.0] * (len(order) + 1)
        for place in reversed(range(len(order))):
            least[place] = least[place + 1] + min(cost for _, cost in self._above[order[place]])
        above: dict[int, int | None] = {}
        ways = [iter(self._above[order[0]])]
        costs = [0.0]
        for _ in range(_MOST_STEPS):
            while (way := next(ways[-1], None)) is None:
                ways.pop()
                costs.pop()
                above.pop(order[len(ways)], None)
                if not ways:
                    return
            parent, more = way
            place = len(ways) - 1
            index = order[place]
            above.pop(index, None)
            twice = parent is not None and any(
                above.get(other) == parent and self._keys[other] == self._keys[index] for other in order[:place]
            )
            cost = costs[-1] + more + _TWICE * twice
            if cost + least[place + 1] > limit:
                continue
            above[index] = parent
            if place + 1 == len(order):
                yield cost, above
            else:
                ways.append(iter(self._above[order[place + 1]]))
                costs.append(cost)

    def _header(self, above: dict[int, int | None], cost: float, limit: float) -> Header | None:
        """The header in which labels stand below others; None where lines contradict it or it costs more."""
        below: dict[int | None, list[int]] = {}
        for index, parent in above.items():
            below.setdefault(parent, []).append(index)
        for index, own_cost in enumerate(self._leaf_costs):
            count = len(below.get(index, ()))
            cost += own_cost if not count else _SINGLE if count == 1 else 0.0
        if cost > limit:
            return None
        covered: dict[int, int] = {}

        def cover(index: int) -> int:
            covered[index] = 1 << index
            for child in below.get(index, ()):
                covered[index] |= cover(child)
            return covered[index]

        for root in below.get(None, ()):
            cover(root)
        paths: list[list[int]] = []

        def walk(parent: int | None, path: list[int]) -> float | None:
            own = below.get(parent, [])
            if not own:
                paths.append(path)
                return 0.0
            ordered, unusual = self._in_order(own, covered)
            if ordered is None:
                return None
            total = unusual if parent is not None else 0.0
            total += _UNEVEN * self._uneven(own, below) + _ALONE * (parent is not None and self._alone(own, below))
            if cost + total > limit:
                return None
            for index in ordered:
                more = walk(index, [*path, index])
                if more is None:
                    return None
                total += more
            return total

        unusual = walk(None, [])
        if unusual is None:
            return None
        depth = max(map(len, paths))
        blank: Label = ()
        columns = [[*(self._labels[index] for index in path), *[blank] * (depth - len(path))] for path in paths]
        rows = tuple(zip(*columns, strict=True))
        text = HeaderText(tuple(tuple(map(key_of, row)) for row in rows))
        return Header(rows, text, cost + unusual + deep(depth) * (1 - _SURE))

    def _uneven(self, own: Sequence[int], below: dict[int | None, list[int]]) -> int:
        """How many labels that have others below them are not printed between these and each label beside them that
        runs down instead: that is centred."""
        running = [self._heights[index] for index in own if index not in below]
        count = 0
        for index in own:
            if running and index in below:
                lower = [self._heights[child] for child in below[index]]
                high = self._heights[index] >= min(running) and column_kind(self._keys[index]) != "text"
                count += high or max(running) > sum(lower) / len(lower)
        return count

    def _alone(self, own: Sequence[int], below: dict[int | None, list[int]]) -> int:
        """How many labels of one column and one line stand on no line with another of those that run down beside
        them."""
        running = [self._lines[index] for index in own if index not in below]
        whole = [lines for lines in running if len(lines) == 1]
        return sum(not any(lines & other for other in running if other is not lines) for lines in whole if running[1:])

    def _in_order(self, own: Sequence[int], covered: dict[int, int]) -> tuple[list[int] | None, float]:
        """Labels below one in their order, None where lines contradict it, and how unusual that order is."""
        key = (*own, *(covered[index] for index in own))
        if key not in self._rows:
            ordered = self._ordered(own, covered)
            self._rows[key] = ordered, unusual_order([self._labels[index] for index in ordered or ()])
        return self._rows[key]

    def _ordered(self, own: Sequence[int], covered: dict[int, int]) -> list[int] | None:
        """Labels below one in their order: that of the lines, else the usual one; None where lines contradict it."""
        right = {}
        for index in own:
            mask, bits = 0, covered[index]
            while bits:
                mask |= self._right[(bits & -bits).bit_length() - 1]
                bits &= bits - 1
            right[index] = mask
        after = {index: [other for other in own if other != index and right[index] & covered[other]] for index in own}
        waiting = {index: sum(index in others for others in after.values()) for index in own}
        ranks = dict(zip(own, ranks_in_row([self._labels[index] for index in own]), strict=True))
        heap = [(self._rank(index, ranks), index) for index in own if not waiting[index]]
        heapify(heap)
        ordered: list[int] = []
        while heap:
            _, index = heappop(heap)
            ordered.append(index)
            for other in after[index]:
                waiting[other] -= 1
                if not waiting[other]:
                    heappush(heap, (self._rank(other, ranks), other))
        return ordered if len(ordered) == len(own) else None

    def _rank(self, index: int, ranks: dict[int, float]) -> float:
        key = self._keys[index]
        return LEVELS.index(key) / 10 if key in LEVELS else ranks[index]
