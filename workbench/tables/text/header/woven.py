"""Header words of which labels run into each other, label by label.

Text is printed line by line: a label that is wrapped beside others has its lines apart (功能分类 | 科目名称 |
科目编码), and where a label ends at the right of a line the next one may be glued to it (公务接待 | 费小计).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from heapq import heappush, heappushpop, nsmallest
from itertools import pairwise
from typing import NamedTuple

from workbench.tables.text.header.words import Word
from workbench.tables.text.vocabulary import (
    LEVELS,
    is_known,
    is_known_prefix,
    is_listed,
    is_spanner,
    is_stem,
    may_become_known,
    may_go_on,
)

_WIDTH = 24
"""How many readings are followed at a time."""
_MOST_WORDS = 120
_LABEL = 0.6
_STRANGE = 2.6
_CUT = 0.5
_APART = 0.3
_FAR, _NEXT = 0.08, 0.02
_OWN = 0.7
_AROUND = 0.1
_BACKWARDS = 1.2
"""What a known label costs, a word that is none, a label that ends inside a word, one whose pieces stand apart, each
line too many between them, each line at all where the label is no mere beginning of one, a label made of two known
ones, and where these stand above and below one line, a name before its code."""
_BEHIND_LEVEL = 0.7
"""What it costs that the word behind 类 款 is the end of a label: it names the accounts of which they are the codes."""
_FARTHEST = 2
"""So many lines below each other are the lines of a label, where others stand between them, at the most."""
_LONG, _LONGEST = 0.1, 12
"""What each character of a strange word costs beyond so many."""
_TWICE = 1.2
"""How much less labels cost that are all there twice."""
_CROSSED = 0.5
"""What it costs that two labels stand one way round on one line and the other way round on another."""
_LEAST_GAIN = 0.5
_PERCENT, _RATE = (
    re.compile(r"^[(（]?[%％][)）]?$"),
    re.compile(r"率|幅度|比[例重]|百分比|占|完成|增减$|增长$|程度|进度"),
)
"""The unit of a rate, and what a label says of which it is the end."""
_NEVER = float("inf")
_ROUNDING = 1e-6


_Span = tuple[int, int, int]
"""Characters of a word: its number, from where, to where."""


_Part = tuple[str, tuple[_Span, ...]]
"""A label as far as it is read: what it says, and the pieces of words that it is made of."""


class _Reading(NamedTuple):
    """One way to read the words so far: what it costs, its labels in the order of their first words, and what each of
    them costs where it is taken for a known one if it may still become one."""

    cost: float
    labels: tuple[_Part, ...]
    hopes: tuple[float, ...]
    open: tuple[int, ...]
    """Which labels may go on: the others never become known ones."""

    @property
    def backwards(self) -> bool:
        """Whether a name stands before its code."""
        texts = [text for text, _ in self.labels]
        code = next((index for index, text in enumerate(texts) if text.endswith(("编码", "代码"))), 0)
        return any(text.endswith("名称") for text in texts[:code])

    @property
    def is_twice(self) -> bool:
        """Whether its labels make two blocks of the same columns."""
        texts = [text for text, _ in self.labels]
        different = set(texts)
        return len(different) > 2 and len(texts) == 2 * len(different) and set(Counter(texts).values()) == {2}

    @property
    def total(self) -> float:
        """The cost when nothing follows."""
        backwards = _BACKWARDS if self.backwards else 0.0
        texts = [text for text, _ in self.labels]
        if self.is_twice:
            backwards -= _TWICE
        known = ((is_known if len(spans) == 1 else is_listed)(text) for text, spans in self.labels)
        costs = (_LABEL if own else _strange(text) for own, text in zip(known, texts, strict=True))
        return self.cost + backwards + sum(costs)

    @property
    def bound(self) -> float:
        """What another reading may cost without what is taken off for two blocks, where this one has them."""
        return self.total + (_TWICE if self.is_twice else 0.0)


def _strange(text: str) -> float:
    """What a word costs that is no known label: a long one is likely several."""
    return _STRANGE + _LONG * max(len(text) - _LONGEST, 0)


def unwoven(words: Sequence[Word]) -> list[Word]:
    """The words with those of a known label together, glued ones cut; as they are where that makes no more labels
    known."""
    if not 2 <= len(words) <= _MOST_WORDS or any(len(w.piece.text) != len(w.text) for w in words):
        return list(words)
    spans = _unwoven_spans(tuple(word.text for word in words), tuple(word.line - words[0].line for word in words))
    return [_cut(words[number], start, end) for number, start, end in spans] if spans else list(words)


@lru_cache(maxsize=256)
def _unwoven_spans(texts: tuple[str, ...], lines: tuple[int, ...]) -> tuple[_Span, ...]:
    """The pieces of words label by label, none where the words may stay as they are. The same header stands above many
    tables and pages."""
    plain = _best(texts, lines, woven=False)
    if (
        plain is not None
        and not plain.backwards
        and all((is_known if len(spans) == 1 else is_listed)(text) for text, spans in plain.labels)
        and not _has_beginning([text for text, _ in plain.labels])
    ):
        # known labels, each in one piece: to make fewer of them costs more than it saves
        return ()
    best = _best(texts, lines, woven=True, most=plain.bound if plain is not None else _NEVER)
    if best is None or (plain is not None and plain.total - best.total < _LEAST_GAIN):
        return ()
    return tuple(span for _, spans in best.labels for span in spans)


def _has_beginning(texts: Sequence[str]) -> bool:
    """Whether one of the labels may be the beginning of a longer one that another ends (经济分类, 科目编码)."""
    stems = [text for text in texts if is_stem(text) and not is_spanner(text)]
    return any(is_listed(stem + end) for stem in stems for end in texts)


_Step = tuple[float, int, float, _Reading, int, _Part, tuple[float, ...]]
"""A way to go on with a reading, not yet taken: most of them never are. What it is worth, its number, what it costs,
the reading, which label is changed or added, that label, and what each label costs then."""


def _taken(step: _Step) -> _Reading:
    """The reading that a step leads to."""
    _, _, cost, (_, labels, _, still), place, part, hopes = step
    if place < len(labels):
        return _Reading(cost, (*labels[:place], part, *labels[place + 1 :]), hopes, still)
    return _Reading(cost, (*labels, part), hopes, (*still, place) if may_become_known(part[0]) else still)


def _best(texts: Sequence[str], lines: Sequence[int], *, woven: bool, most: float = _NEVER) -> _Reading | None:
    """The cheapest way to read words; ways that cost more than `most` are not followed."""
    readings = [_Reading(0.0, (), (), ())]
    for number, text in enumerate(texts):
        levelled = number > 0 and lines[number - 1] == lines[number] and texts[number - 1] in LEVELS
        steps = _Steps(number, lines, woven, most, _BEHIND_LEVEL if levelled else 0.0)
        for reading in readings:
            steps.go_on(reading, text, 0)
        readings = [_taken(step) for step in steps.best()]
    return min(readings, key=lambda reading: reading.total + _CROSSED * _crossed(reading, lines), default=None)


def _crossed(reading: _Reading, lines: Sequence[int]) -> int:
    """How many pairs of labels stand one way round on one line and the other way round on another."""
    wrapped = any(len(spans) > 1 for _, spans in reading.labels)
    places: dict[int, list[tuple[int, int, int]]] = {}
    for label, (_, spans) in enumerate(reading.labels if wrapped else ()):
        for number, start, _ in spans:
            places.setdefault(lines[number], []).append((number, start, label))
    pairs: set[tuple[int, int]] = set()
    for line in places.values():
        order = [label for _, _, label in sorted(line)]
        pairs.update((left, right) for left, right in pairwise(order) if left != right)
    return sum((right, left) in pairs for left, right in pairs) // 2


class _Steps:
    """The ways to go on with word `number`: at the end of a label that is open, or as a label of its own; in each of
    them a known label may end inside the word."""

    def __init__(self, number: int, lines: Sequence[int], woven: bool, most: float, joint: float) -> None:
        """`joint` is what it costs more that the word is no label of its own."""
        self._number = number
        self._joint = joint
        self._lines = lines
        self._woven = woven
        self._steps: list[_Step] = []
        self._worths: list[float] = []
        """Of the cheapest steps so far, those that count, all negated: a heap with the dearest of them first."""
        self._dearest = most

    def best(self) -> list[_Step]:
        """The cheapest steps."""
        return nsmallest(_WIDTH, self._steps)

    def go_on(self, reading: _Reading, text: str, start: int) -> None:
        """Adds the ways to go on with `text`, what the word prints from `start` on."""
        cost, labels, hopes, still = reading
        hoped = sum(hopes)
        last = len(labels) - 1
        for index in still if self._woven else still[-1:] if still[-1:] == (last,) else ():
            begun, spans = labels[index]
            lines = self._lines[self._number] - self._lines[spans[-1][0]]
            apart = (_APART if index != last else 0.0) + _FAR * max(lines - _FARTHEST, 0) + self._joint
            apart += 0.0 if is_stem(begun) else _NEXT * max(lines - 1, 0)
            for end, grown, own, hope in _growths(begun, text, self._woven, lines == _FARTHEST):
                paid = cost + (apart + own)
                costs = hopes if hope == hopes[index] else (*hopes[:index], hope, *hopes[index + 1 :])
                worth = paid + (hoped if costs is hopes else sum(costs))
                if worth <= self._dearest:
                    part = (grown, (*spans, (self._number, start, start + end)))
                    self._add((worth, len(self._steps), paid, reading, index, part, costs), text[end:], start + end)
        for end, begun, _, hope in _beginnings(text, self._woven):
            worth = cost + (hoped + hope)
            if worth <= self._dearest:
                part = (begun, ((self._number, start, start + end),))
                step = (worth, len(self._steps), cost, reading, last + 1, part, (*hopes, hope))
                self._add(step, text[end:], start + end)

    def _add(self, step: _Step, rest: str, start: int) -> None:
        """Adds a step, or the ways to read the `rest` of the word after it; reading on makes nothing cheaper."""
        if rest:
            if step[0] + _CUT <= self._dearest + _ROUNDING:
                reading = _taken(step)
                self.go_on(reading._replace(cost=reading.cost + _CUT), rest, start)
            return
        self._steps.append(step)
        if len(self._worths) < _WIDTH:
            heappush(self._worths, -step[0])
        else:
            heappushpop(self._worths, -step[0])
        if len(self._worths) == _WIDTH:
            self._dearest = min(self._dearest, -self._worths[0])


_Growth = tuple[int, str, float, float]
"""A label with more of a word: how many characters it takes, what it says then, what the joint costs, what it costs if
it may still become a known one."""


@lru_cache(maxsize=16384)
def _growths(begun: str, text: str, woven: bool, around: bool) -> tuple[_Growth, ...]:
    """How a label may go on with a word, which stands below the line under it or not."""
    known = is_listed(begun) and not is_stem(begun)
    own_cost = _AROUND if around and not is_spanner(begun) else _OWN
    return tuple(
        (end, begun + text[:end], own_cost if known and is_listed(text[:end]) else 0.0, _hope(begun + text[:end]))
        for end in _ends(begun, text, woven)
    )


@lru_cache(maxsize=4096)
def _beginnings(text: str, woven: bool) -> tuple[_Growth, ...]:
    """How a label may begin with a word."""
    whole = is_known(text)
    return tuple(
        (end, text[:end], 0.0, _LABEL if whole and end == len(text) else _hope(text[:end]))
        for end in (*_ends("", text, woven), len(text))
    )


def _hope(text: str) -> float:
    return _LABEL if is_known_prefix(text) else _STRANGE


def _ends(begun: str, text: str, woven: bool) -> tuple[int, ...]:
    """How many characters of a word may go on a label: all where a known one begins so, or up to the end of one."""
    if begun and (not may_go_on(begun, text) or (_PERCENT.match(text) and not _RATE.search(begun))):
        return ()
    whole = (len(text),) if begun and is_known_prefix(begun + text) else ()
    if not woven or text.isascii() or (begun and not is_known_prefix(begun + text[:1])):
        return whole
    # Of two places to cut at the later one leaves no piece of a name behind.
    return whole + tuple(
        end for end in range(len(text) - 1, 0, -1) if (begun or end > 1) and is_listed(begun + text[:end])
    )


def _cut(word: Word, start: int, end: int) -> Word:
    """The characters `start:end` of a word as a word."""
    if start == 0 and end == len(word.text):
        return word
    piece = word.piece._replace(
        start=word.piece.start + start, end=word.piece.start + end, text=word.piece.text[start:end]
    )
    return word._replace(piece=piece, text=piece.text, first=word.first and start == 0)
