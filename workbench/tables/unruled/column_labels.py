"""The lines of print of one column, parted into the labels that they make.

A label stands level with the figures of its row as the cells are set: by its first line, its middle or its last one.
Which of the three a column has is what parts its lines best; each way has its price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.fiscal.codes import is_account_name
from workbench.fiscal.concepts import named
from workbench.fiscal.headers import is_enumerated, is_total_label
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.printed import Piece

LEVEL = 0.33
"""In heights of print: as near as this a label stands level with its figures."""
LEAST_LEADING, _LEADING = 1.05, 2.1
"""In heights of print: the lines of one label stand no nearer and no further apart."""
_LEVEL_AT = (0.5, 0.0, 1.0)
"""What of a label is level with its figures: its middle, its first line or its last one."""
_MOST_LINES = 8
_ONE_CHARACTER = 1.15
"""In heights of print: a line with less room left is full."""
_OWN, _NOT_FULL, _NEW, _WIDE = 1.0, 1.5, 4.0, 2.0
"""What it costs that a label stands level with no figures, is broken in a line that is not full, begins anew inside, or
has lines further apart than others."""
_AS_APART = 0.8
"""What it costs that lines of a label are as far apart as labels that begin anew."""
_UNLABELLED = 0.5
"""What a row costs that no label of the column is level with."""
_FULL_BEFORE = 0.4
"""What it costs that a label begins below a full line."""
_SHORTEST_WHOLE = 4
"""Shorter words may as well end a longer label."""
_WIDER, _SPARE = 1.12, 0.5
"""How much of the usual leading, and how many points, lines may be further apart than others before it counts."""
_EPSILON = 1e-6


@dataclass(slots=True)
class Chunk:
    """What one line prints in one column."""

    y: float
    height: float
    pieces: list[Piece]

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.pieces[-1].x1

    @property
    def text(self) -> str:
        """What it prints."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class ColumnLabel:
    """A label: how high it stands, the number of its row where it is level with one, and its words."""

    y: float
    row: int | None
    pieces: list[Piece]


def column_labels(
    chunks: Sequence[Chunk], heights: Sequence[float], width: float, leading: float, rules: LevelRules
) -> list[ColumnLabel]:
    """The labels of a column `width` wide, whose rows have their figures at `heights`;
    the lines of one label are mostly `leading` apart."""
    lines = _Lines(chunks, heights, width, leading, rules)
    best: tuple[float, list[ColumnLabel]] | None = None
    for share in _LEVEL_AT:
        cost, found = lines.parted(share)
        cost += _UNLABELLED * (len(heights) - len({label.row for label in found if label.row is not None}))
        if best is None or cost < best[0] - _EPSILON:
            best = cost, found
    return best[1] if best else []


class _Lines:
    """The lines of a column, and what speaks for and against each beginning a label or going on with one."""

    def __init__(
        self, chunks: Sequence[Chunk], heights: Sequence[float], width: float, leading: float, rules: LevelRules
    ) -> None:
        self._chunks = chunks
        self._heights = heights
        self._leading = leading
        self._rules = rules
        reach = min(max(chunk.x1 - chunk.x0 for chunk in chunks), width)
        right = max(chunk.x1 for chunk in chunks)
        self._full = [
            max(chunk.x1 - chunk.x0 - reach, chunk.x1 - right) > -_ONE_CHARACTER * chunk.height for chunk in chunks
        ]
        self._new = [_begins_anew(chunk.text) for chunk in chunks]
        self._figure = [all(piece.is_figure for piece in chunk.pieces) for chunk in chunks]
        self._level = [self._row_at(chunk.y, chunk.height)[0] for chunk in chunks]
        bare = [row is None for row, begins in zip(self._level, self._new, strict=True) if begins]
        self._own_cost = _OWN * (1 - sum(bare) / len(bare)) if bare else _OWN
        """What a label costs that is level with no figures: little where many that begin anew are."""
        beginnings = [
            low.y - high.y
            for (high, low), begins in zip(pairwise(chunks), pairwise(self._new), strict=True)
            if all(begins)
        ]
        self._usual = min(beginnings, default=float("inf"))
        """How far apart labels are that begin anew."""

    def parted(self, share: float) -> tuple[float, list[ColumnLabel]]:
        """The lines parted into labels at the least cost, and that cost, where labels stand level with their row at
        `share` of their height."""
        chunks = self._chunks
        costs = [0.0] + [float("inf")] * len(chunks)
        steps: list[tuple[int, float, int | None]] = [(0, 0.0, None)] * (len(chunks) + 1)
        for begin in range(len(chunks)):
            inside = 0.0
            for end in range(begin + 1, min(begin + _MOST_LINES, len(chunks)) + 1):
                if end - begin > 1:
                    if not self._may_go_on(end - 1):
                        break
                    inside += self._going_on(end - 1)
                y = (1 - share) * chunks[begin].y + share * chunks[end - 1].y
                row, off = self._row_at(y, chunks[begin].height)
                if any(own is not None and own != row for own in self._level[begin:end]):
                    continue
                cost = costs[begin] + inside + (self._own_cost if row is None else off) + self._beginning(begin)
                if row is not None and begin and steps[begin][2] == row:
                    cost += _NEW
                if cost < costs[end]:
                    costs[end], steps[end] = cost, (begin, y, row)
        found: list[ColumnLabel] = []
        end = len(chunks)
        while end:
            begin, y, row = steps[end]
            found.insert(0, ColumnLabel(y, row, [piece for chunk in chunks[begin:end] for piece in chunk.pieces]))
            end = begin
        return costs[-1], found

    def _may_go_on(self, at: int) -> bool:
        """Whether a line can belong to the label that the line above it is of."""
        high, low = self._chunks[at - 1], self._chunks[at]
        near = LEAST_LEADING * low.height <= low.y - high.y <= _LEADING * low.height
        return near and not self._rules.between(high.y, low.y)

    def _going_on(self, at: int) -> float:
        """What it costs that a line goes on the label of the line above it."""
        high, low = self._chunks[at - 1], self._chunks[at]
        apart = low.y - high.y
        cost = (not self._full[at - 1]) * _NOT_FULL + self._new[at] * _NEW
        cost += (apart > _WIDER * self._leading + _SPARE) * _WIDE + (apart > self._usual - _SPARE) * _AS_APART
        cost += (self._figure[at] or self._figure[at - 1]) * _NEW
        return cost + (_is_whole(high.text) and _is_whole(low.text)) * _NEW

    def _beginning(self, at: int) -> float:
        """What it costs that a label begins with a line, below a full one."""
        if not at or not self._full[at - 1] or self._new[at] or self._figure[at]:
            return 0.0
        low = self._chunks[at]
        return _FULL_BEFORE * (low.y - self._chunks[at - 1].y < _LEADING * low.height)

    def _row_at(self, y: float, height: float) -> tuple[int | None, float]:
        """The row level with a height and how far off it is in heights of print; None where there is none."""
        heights = self._heights
        nearest = min(range(len(heights)), key=lambda index: abs(heights[index] - y), default=None)
        if nearest is None or abs(heights[nearest] - y) > LEVEL * height:
            return None, 0.0
        return nearest, abs(heights[nearest] - y) / height


def is_label_of_its_own(label: str) -> bool:
    """Whether a label belongs to no other: it begins anew or is known as it is."""
    return _begins_anew(label) or _is_whole(label)


def _begins_anew(label: str) -> bool:
    """Whether a label begins with its number in an enumeration, or is that of a total."""
    return is_enumerated(label) or is_total_label(label)


def _is_whole(label: str) -> bool:
    """Whether a label is known as it is: the name of an account, or what statements have rows of."""
    return len(label) >= _SHORTEST_WHOLE and (is_account_name(label) or bool(named(label).concept))
