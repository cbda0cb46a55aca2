"""The labels of a header dealt over the columns of text, where they do not stand over their own: each line is laid out
by itself, so that only the order of its words is sure. The header is a tree whose lowest labels stand over the columns
in their order; of all such trees the one whose labels are nearest to their places wins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import count
from typing import NamedTuple, TypeAlias

from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.vocabulary import LEVELS, column_kind, is_spanner, may_stand_under, stand_side_by_side

_MOST_LABELS, _MOST_COLUMNS, _DEEPEST = 40, 40, 3
_MOST_STATES = 48
"""So many of the cheapest ways to deal the labels of the first columns are followed."""
_FARTHEST = 24.0
"""In characters: a label stands no further from its column."""
_FAR, _BESIDE_MIDDLE = 0.12, 0.02
"""For each character between a label and its column, and between their middles."""
_UNNAMED, _UNNAMED_CODES, _BLANK, _MADE_ONE = 4.0, 0.4, 2.5, 0.5
"""For a column without a label, and for one of codes or of numbers of lines that is not the first; for a label over
none; for two strips that are one column."""
_OTHER_KIND = 3.0
"""For a label of figures over texts, or of texts over figures."""
_OFF, _LONELY = 4.0, 0.6
"""For the whole width of a run that a spanner stands off its middle, and for one over a single label."""
_STRANGE, _SIDE_BY_SIDE, _LEFT_OUT = 0.5, 1.5, 0.6
"""For a label below a spanner that it is not known to stand under, or is known to stand beside, and for one beside the
label that it is known to stand under."""
_NOT_SPANNING, _STRANGER = 0.7, 1.5
"""For a label over a column that is a known spanner, or under which another stands; for a spanner that is none."""

_Open: TypeAlias = tuple[tuple[int, int, int], ...]
"""The spanners that reach on: their numbers, the first column of each, how many labels stand under it, two at most."""


class _State(NamedTuple):
    """Which labels are dealt, as bits, and which spanners reach on."""

    dealt: int
    open: _Open


class _Step(NamedTuple):
    """A column of the result: its label, none where it has none, and how many strips it is."""

    label: int | None
    strips: int


_Chain: TypeAlias = "tuple[_Chain, _Step] | None"


class _Way(NamedTuple):
    cost: float
    steps: _Chain


def dealt(labels: Sequence[HeaderLabel], columns: Sequence[Column]) -> list[Column]:
    """The columns, each with its label, and those of labels over none; none where the labels cannot be dealt so."""
    if not 1 < len(labels) <= _MOST_LABELS or not 1 < len(columns) <= _MOST_COLUMNS:
        return []
    way = _Dealer(sorted(labels, key=lambda label: (label.top, label.x0)), columns).best()
    if way is None:
        return []
    steps: list[_Step] = []
    chain = way.steps
    while chain is not None:
        chain, step = chain
        steps.append(step)
    return list(_with_labels(steps[::-1], sorted(labels, key=lambda label: (label.top, label.x0)), columns))


def holds_codes(column: Column) -> bool:
    """Whether a column holds whole numbers: codes, or those of lines, but for the name (行次) that stands among the
    numbers of columns."""
    others = sum(not cell.text.isdecimal() for cell in column.cells)
    return not others or others == 1 < len(column.cells) - 1


def _with_labels(steps: Sequence[_Step], labels: Sequence[HeaderLabel], columns: Sequence[Column]) -> Iterator[Column]:
    at = 0
    end = columns[0].x0
    for step in steps:
        leaf = None if step.label is None else labels[step.label]
        strips = columns[at : at + step.strips]
        cells = [cell for column in strips for cell in column.cells]
        at += step.strips
        end = strips[-1].x1 if strips else end
        yield Column(strips[0].x0 if strips else end, end, leaf, cells)


@dataclass(frozen=True)
class _Dealer:
    labels: Sequence[HeaderLabel]
    columns: Sequence[Column]

    @cached_property
    def _before(self) -> list[int]:
        """For each label those that stand left of it on one of its lines, as bits."""
        return [
            sum(
                1 << at
                for at, other in enumerate(self.labels)
                if other.x0 < label.x0 and other.top <= label.bottom and label.top <= other.bottom
            )
            for label in self.labels
        ]

    @cached_property
    def _lower(self) -> list[bool]:
        """For each label whether any stands lower."""
        return [any(other.top > label.bottom for other in self.labels) for label in self.labels]

    @cached_property
    def _as_leaf(self) -> list[float]:
        """For each label what it costs that it names a column."""
        return [
            _NOT_SPANNING
            * any(
                other.top > label.bottom
                and (
                    min(other.x1, label.x1) > max(other.x0, label.x0)
                    or (is_spanner(label.text) and may_stand_under(other.text, label.text))
                )
                for other in self.labels
            )
            for label in self.labels
        ]

    @cached_property
    def _may_hang(self) -> list[bool]:
        """For each label whether it is known to stand under one that stands higher."""
        return [
            any(upper.bottom < label.top and may_stand_under(label.text, upper.text) for upper in self.labels)
            for label in self.labels
        ]

    @cached_property
    def _has_levels(self) -> bool:
        """Whether labels name the levels of a code, each its column."""
        return any(label.text in LEVELS for label in self.labels)

    @cached_property
    def _kinds(self) -> list[str]:
        kinds = []
        for column in self.columns:
            figures = [is_figure_word(cell.text) for cell in column.cells]
            kinds.append(
                "" if holds_codes(column) or not figures else "figure" if sum(figures) * 2 > len(figures) else "text"
            )
        return kinds

    def best(self) -> _Way | None:
        """The cheapest way to deal all labels over all columns."""
        layers: list[dict[_State, _Way]] = [{} for _ in range(len(self.columns) + 1)]
        layers[0][_State(0, ())] = _Way(0.0, None)
        everything = (1 << len(self.labels)) - 1
        for at, layer in enumerate(layers):
            for state, way in self._without_column(at, layer):
                if at < len(self.columns):
                    self._over_columns(at, state, way, layers)
        ends = []
        for state, way in layers[-1].items():
            closed = self._closed(state.open, 0, len(self.columns)) if state.dealt == everything else None
            if closed is not None:
                ends.append(_Way(way.cost + closed, way.steps))
        return min(ends, key=lambda way: way.cost, default=None)

    def _without_column(self, at: int, layer: dict[_State, _Way]) -> list[tuple[_State, _Way]]:
        """The cheapest ways of a layer, with those in which labels are opened as spanners, or name no strip, before the
        next one."""
        late = self._late[at]
        order = count()
        todo = [(way.cost, next(order), state) for state, way in layer.items() if not late & ~state.dealt]
        heapify(todo)
        found: list[tuple[_State, _Way]] = []
        while todo and len(found) < _MOST_STATES:
            cost, _, state = heappop(todo)
            way = layer[state]
            if cost > way.cost:
                continue
            found.append((state, way))
            for label, reaching, further in self._next(state, at):
                told = state.dealt | 1 << label
                if self._lower[label] and len(reaching) < _DEEPEST:
                    opened = _State(told, (*reaching, (label, at, 0)))
                    spanning = cost + further + _STRANGER * (not self._as_leaf[label])
                    if _keep(layer, opened, _Way(spanning, way.steps)):
                        heappush(todo, (spanning, next(order), opened))
                blank = cost + further + _BLANK + self._away(label, at) + self._as_leaf[label]
                left = _State(told, reaching)
                if _keep(layer, left, _Way(blank, (way.steps, _Step(label, 0)))):
                    heappush(todo, (blank, next(order), left))
        return found

    @cached_property
    def _late(self) -> list[int]:
        """For each column, and behind the last, the labels that stand too far left of it, as bits."""
        return [
            sum(1 << at for at, label in enumerate(self.labels) if column.x0 - label.x1 > _FARTHEST)
            for column in self.columns
        ] + [0]

    def _over_columns(self, at: int, state: _State, way: _Way, layers: Sequence[dict[_State, _Way]]) -> None:
        """Adds the ways in which the next strip, or two that are one column, has a label or none."""
        codes = at and not self._has_levels and holds_codes(self.columns[at])
        cost = _UNNAMED_CODES if codes else _UNNAMED
        unnamed = _Way(way.cost + cost, (way.steps, _Step(None, 1)))
        _keep(layers[at + 1], state, unnamed)
        two = at + 1 < len(self.columns) and not self.columns[at].lines & self.columns[at + 1].lines
        for label, reaching, cost in self._next(state, at):
            base = way.cost + cost + self._as_leaf[label]
            following = _State(state.dealt | 1 << label, reaching)
            one = _Way(base + self._over(label, at, at + 1), (way.steps, _Step(label, 1)))
            _keep(layers[at + 1], following, one)
            if two and self._kinds[at] == self._kinds[at + 1]:
                both = _Way(base + _MADE_ONE + self._over(label, at, at + 2), (way.steps, _Step(label, 2)))
                _keep(layers[at + 2], following, both)

    def _next(self, state: _State, at: int) -> Iterator[tuple[int, _Open, float]]:
        """The labels that may come next, the spanners that reach on over each, and what that costs."""
        for number, label in enumerate(self.labels):
            if state.dealt >> number & 1 or self._before[number] & ~state.dealt:
                continue
            if at < len(self.columns) and label.x0 - self.columns[at].x1 > _FARTHEST:
                continue
            for kept in range(len(state.open), -1, -1):
                if kept and self.labels[state.open[kept - 1][0]].bottom >= label.top:
                    continue
                cost = self._closed(state.open, kept, at)
                if cost is None:
                    break
                reaching = state.open[:kept]
                if not reaching:
                    yield number, (), cost + _LEFT_OUT * self._may_hang[number]
                    continue
                upper, start, under = reaching[-1]
                counted = (*reaching[:-1], (upper, start, min(under + 1, 2)))
                yield number, counted, cost + _under(label, self.labels[upper])

    def _closed(self, reaching: _Open, kept: int, end: int) -> float | None:
        """What it costs that the spanners but the first `kept` end before a column; None where one is over none."""
        cost = 0.0
        for number, start, under in reaching[kept:]:
            if not under or start == end:
                return None
            label = self.labels[number]
            x0, x1 = self.columns[start].x0, self.columns[end - 1].x1
            cost += min(_OFF * abs((x0 + x1) / 2 - label.middle) / max(x1 - x0, 1.0), _OFF) + _LONELY * (under == 1)
        return cost

    def _over(self, label: int, start: int, end: int) -> float:
        """What it costs that a label names these strips."""
        leaf, kind = self.labels[label], column_kind(self.labels[label].text)
        x0, x1 = self.columns[start].x0, self.columns[end - 1].x1
        gap = max(leaf.x0 - x1, x0 - leaf.x1, 0.0)
        other = self._kinds[start] and kind in ("text", "figure") and kind != self._kinds[start]
        return _FAR * gap + _BESIDE_MIDDLE * abs(leaf.middle - (x0 + x1) / 2) + _OTHER_KIND * bool(other)

    def _away(self, label: int, at: int) -> float:
        """What it costs that a label names a column without words before a strip: how far it does not stand there."""
        leaf = self.labels[label]
        right = max(leaf.x0 - self.columns[at].x0, 0.0) if at < len(self.columns) else 0.0
        left = max(self.columns[at - 1].x1 - leaf.x1, 0.0) if at else 0.0
        return _FAR * (left + right)


def _under(label: HeaderLabel, upper: HeaderLabel) -> float:
    if may_stand_under(label.text, upper.text):
        return 0.0
    return _SIDE_BY_SIDE if stand_side_by_side(upper.text, label.text) else _STRANGE * is_spanner(upper.text)


def _keep(layer: dict[_State, _Way], state: _State, way: _Way) -> bool:
    """Keeps a way to a state where it is the cheapest to it."""
    known = layer.get(state)
    if known is not None and known.cost <= way.cost:
        return False
    layer[state] = way
    return True
