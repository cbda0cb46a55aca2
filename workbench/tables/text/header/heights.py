"""The labels of header lines in the order of their cells, row by row, told by the height at which each is printed.

A label stands in the middle of its cell: one that runs down over rows stands on a line between those of the rows, and
one that is wrapped around such a line is of the same cells as it. So lines of which no label stands above or below
another one are one row, and only their order beside each other is left open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from workbench.tables.text.header.order import UNKNOWN_RANK, ranks_beside
from workbench.tables.text.header.rows import Label, line_of
from workbench.tables.text.lines import key_of
from workbench.tables.text.vocabulary import (
    column_kind,
    is_rare_spanner,
    is_spanner,
    may_stand_under,
    order_of,
    spans_figures,
)

_SAME_HEIGHT = 0.25
"""Labels of one row are at heights no more lines apart."""


class Standing(NamedTuple):
    """A label, the number of the line in its middle, and where its pieces stand: the number of the line, and where on
    it."""

    label: Label
    height: float
    places: tuple[tuple[int, int], ...]

    @property
    def is_around_a_line(self) -> bool:
        """Whether its pieces stand above and below a line on which it has none."""
        lines = {line for line, _ in self.places}
        return max(lines) - min(lines) >= len(lines)


Rows = list[list[Standing]]
"""The labels of a header, each in the row in which its cell begins."""


def standing(labels: Sequence[Label]) -> list[Standing]:
    """The labels with the heights at which they stand."""
    places = [[(line_of(piece), piece.start) for piece in label] for label in labels]
    numbers = {line: index for index, line in enumerate(sorted({line for own in places for line, _ in own}))}
    found = []
    for label, own in zip(labels, places, strict=True):
        lines = [numbers[line] for line, _ in own]
        at = tuple((numbers[line], start) for line, start in own)
        found.append(Standing(label, (min(lines) + max(lines)) / 2, at))
    return found


def are_lines_of_labels(labels: Sequence[Standing]) -> bool:
    """Whether labels stand beside each other on three lines or more, so that lines tell heights."""
    return len({line for item in labels for line, _ in item.places}) >= 3 and len(
        {item.places[0][0] for item in labels}
    ) < len(labels)


def rows_by_height(labels: Sequence[Standing]) -> Rows:
    """The labels in rows, those of a row in the order in which their lines print them, and as statements mostly do
    where they stand on different lines."""
    rows: Rows = []
    for row in _rows_around(labels) or _rows(labels):
        rows.append(_in_order(row, rows[-1] if rows else ()))
    return rows


def _in_order(row: Sequence[Standing], upper: Sequence[Standing]) -> list[Standing]:
    texts = [key_of(item.label) for item in row]
    before = _before(row, texts)
    keys = list(zip(_parents(row, upper), _keys(row, texts, before), strict=True))
    order: list[int] = []
    left_over = set(range(len(row)))
    while left_over:
        free = [index for index in left_over if not before[index] & left_over] or list(left_over)
        order.append(min(free, key=keys.__getitem__))
        left_over.remove(order[-1])
    return _counters_behind(row, texts, order)


def _counters_behind(row: Sequence[Standing], texts: Sequence[str], order: Sequence[int]) -> list[Standing]:
    """The labels in order, those of counters (行次) that are wrapped around the line of the others each behind the
    label of a side."""
    counters = [index for index in order if texts[index] == "行次"]
    sides = [index for index in order if texts[index] == "项目"]
    around = all(row[index].is_around_a_line for index in counters)
    if not counters or len(counters) != len(sides) or not around:
        return [row[index] for index in order]
    behind = dict(zip(sides, counters, strict=True))
    found: list[Standing] = []
    for index in order:
        if index not in counters:
            found.append(row[index])
        if index in behind:
            found.append(row[behind[index]])
    return found


def _keys(
    row: Sequence[Standing], texts: Sequence[str], before: Sequence[set[int]]
) -> list[tuple[int, float, bool, tuple[int, int]]]:
    """By what labels are ordered of which the lines tell no order: the block of which they are, where all columns are
    there twice, their usual place, whether they are wrapped around the line of most others, their line."""
    ranks = ranks_beside(texts)
    alike = len({texts.count(text) for text in texts}) == 1
    lines = [line for item in row for line, _ in item.places]
    fullest = max(lines, key=lines.count)
    keys = []
    for index, (item, text) in enumerate(zip(row, texts, strict=True)):
        rank, wrapped = ranks[text], len(item.places) > 1
        if not wrapped and column_kind(text) == "text" and spans_figures(text):
            # What tells the sources of money (资金来源) stands above figures.
            rank = UNKNOWN_RANK + 0.5
        beside = wrapped and rank == UNKNOWN_RANK and all(line != fullest for line, _ in item.places)
        block = _block(index, row, texts, before, fullest) if alike else 0
        keys.append((block, rank, beside, item.places[0]))
    return keys


def _block(index: int, row: Sequence[Standing], texts: Sequence[str], before: Sequence[set[int]], fullest: int) -> int:
    """The how manieth of the labels that say the same this one is, from the left: one that has a piece on the line of
    most labels stands left of its neighbour there."""
    same = [other for other, text in enumerate(texts) if text == texts[index]]

    def place(other: int) -> tuple[bool, int, int]:
        on_line = any(line == fullest for line, _ in row[other].places)
        return not on_line, len(before[other].intersection(same)), other

    return sorted(same, key=place).index(index)


def _before(row: Sequence[Standing], texts: Sequence[str]) -> list[set[int]]:
    """Which labels stand left of each: those before it on one of its lines,
    and those that statements print before it."""
    lines: dict[int, list[tuple[int, int]]] = {}
    for index, item in enumerate(row):
        for line, start in item.places:
            lines.setdefault(line, []).append((start, index))
    before: list[set[int]] = [set() for _ in row]
    for places in lines.values():
        for (_, left), (_, right) in pairwise(sorted(places)):
            if left != right:
                before[right].add(left)
    usual = order_of(texts)
    for index, text in enumerate(texts):
        if text in usual and texts.count(text) == 1:
            earlier = [other for other, beside in enumerate(texts) if usual.get(beside, len(texts)) < usual[text]]
            before[index].update(other for other in earlier if index not in before[other])
    return before


def moved_labels(rows: Rows) -> Iterator[Rows]:
    """The same rows with one label that stands alone on its line at other places beside those of another line."""
    for index, row in enumerate(rows):
        lines = [line for item in row for line, _ in item.places]
        for place, item in enumerate(row):
            if len(row) < 3 or any(lines.count(line) > 1 for line, _ in item.places):
                continue
            rest = [*row[:place], *row[place + 1 :]]
            for other in range(1, len(rest) + 1):
                if other != place:
                    yield [*rows[:index], [*rest[:other], item, *rest[other:]], *rows[index + 1 :]]


def _parents(row: Sequence[Standing], upper: Sequence[Standing]) -> list[int]:
    """Below which label of the row above each stands: the first below which it is known to stand that is not left of
    the one of the label before it on its line."""
    found: dict[int, int] = {}
    for index in sorted(range(len(row)), key=lambda index: row[index].places[0]):
        item = row[index]
        beside = [found[other] for other in found if row[other].places[0][0] == item.places[0][0]]
        least = max(beside, default=0)
        known = (number for number in range(least, len(upper)) if _stands_under(item, upper[number]))
        found[index] = next(known, least)
    return [found[index] for index in range(len(row))]


def _rows_around(labels: Sequence[Standing]) -> Rows:
    """The rows where names and codes of rows stand on one line amid the others: they run down over all rows, so what
    stands above them is of the first row, and what stands below is not; [] where they do not stand so."""
    stubs = [
        item for item in labels if column_kind(key_of(item.label)) == "text" and not spans_figures(key_of(item.label))
    ]
    heights = {item.height for item in stubs}
    middle = next(iter(heights), 0.0)
    top, bottom = min(item.height for item in labels), max(item.height for item in labels)
    if len(heights) != 1 or not top < middle < bottom:
        return []
    below = sorted({item.height for item in labels if item.height > middle})
    above = [item for item in labels if item.height < middle]
    if len(below) > 2:
        return []
    rows: Rows = [[] for _ in range(len(below) + 1)]
    for item in labels:
        inner = len(below) > 1 and item.height == middle and _spans_others(item, labels)
        inner = inner and any(_stands_under(item, other) for other in above)
        rows[below.index(item.height) + 1 if item.height > middle else int(inner)].append(item)
    return rows


def _rows(labels: Sequence[Standing]) -> Rows:
    spanners = [item for item in labels if _spans_others(item, labels)]
    uppermost = [item for item in spanners if not any(_stands_under(item, other) for other in spanners)]
    bottom = max(item.height for item in labels)
    tops = [min((item.height for item in uppermost), default=bottom)]
    for height in sorted(item.height for item in spanners if item not in uppermost):
        if height - tops[-1] > _SAME_HEIGHT:
            tops.append(height)
    rows: Rows = [[] for _ in (*tops, bottom)]
    middles = [(top + bottom) / 2 for top in tops] + [bottom]
    for item in labels:
        if item in uppermost:
            rows[0].append(item)
            continue
        # A spanner stands on the line of its own row, another label in the middle between its row and the lowest.
        heights = tops if item in spanners else middles
        stub = column_kind(key_of(item.label)) == "text"
        first = int(len(heights) > 1 and stub and any(_stands_under(item, other) for other in uppermost))
        nearest = min(range(first, len(heights)), key=lambda row: (abs(heights[row] - item.height), -row))
        rows[nearest].append(item)
    return [row for row in rows if row]


def _stands_under(item: Standing, other: Standing) -> bool:
    """Whether a label is known to stand below another one that is printed above it."""
    return other.height < item.height and may_stand_under(key_of(item.label), key_of(other.label))


def _spans_others(item: Standing, labels: Sequence[Standing]) -> bool:
    """Whether a label is known to stand above others that are printed below it."""
    text = key_of(item.label)
    return is_spanner(text) and not is_rare_spanner(text) and any(_stands_under(other, item) for other in labels)
