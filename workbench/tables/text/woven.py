"""Header words of which labels run into each other, label by label.

Text is printed line by line: a label that is wrapped beside others has its lines apart (功能分类 | 科目名称 | 科目编码),
and where a label ends at the right of a line the next one may be glued to it (公务接待 | 费小计).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.tables.text.header_words import Word
from workbench.tables.text.vocabulary import is_known, is_known_prefix

_WIDTH = 24
"""How many readings are followed at a time."""
_MOST_WORDS = 120
_LABEL = 0.6
_STRANGE = 2.6
_CUT = 0.5
_APART = 0.3
_OWN = 0.7
_BACKWARDS = 1.2
"""What a known label costs, a word that is none, a label that ends inside a word, one whose pieces stand apart, one
made of two known ones, a name before its code."""
_LEAST_GAIN = 0.5


@dataclass(frozen=True, slots=True)
class _Part:
    """A label as far as it is read: the pieces of words that it is made of."""

    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the words so far: what it costs, and its labels in the order of their first words."""

    cost: float
    labels: tuple[_Part, ...]

    @property
    def worth(self) -> float:
        """The cost with every label that may still become a known one taken for one."""
        return self.cost + sum(_LABEL if is_known_prefix(label.text) else _STRANGE for label in self.labels)

    @property
    def total(self) -> float:
        """The cost when nothing follows."""
        codes = [index for index, label in enumerate(self.labels) if label.text.endswith(("编码", "代码"))]
        early = codes and any(label.text.endswith("名称") for label in self.labels[: codes[0]])
        backwards = _BACKWARDS if early else 0.0
        counts = Counter(label.text for label in self.labels)
        if len(counts) > 2 and set(counts.values()) == {2}:
            # Two blocks of the same columns.
            backwards -= _LEAST_GAIN
        return self.cost + backwards + sum(_LABEL if is_known(label.text) else _STRANGE for label in self.labels)


def unwoven(words: Sequence[Word]) -> list[Word]:
    """The words with those of a known label together, glued ones cut; as they are where that makes no more labels
    known."""
    if not 2 <= len(words) <= _MOST_WORDS or any(len(w.piece.text) != len(w.text) for w in words):
        return list(words)
    plain = _best(words, woven=False)
    best = _best(words, woven=True)
    if best is None or (plain is not None and plain.total - best.total < _LEAST_GAIN):
        return list(words)
    return [word for label in best.labels for word in label.words]


def _best(words: Sequence[Word], *, woven: bool) -> _Reading | None:
    readings = [_Reading(0.0, ())]
    for word in words:
        following = [new for reading in readings for new in _read(reading, word, woven=woven)]
        following.sort(key=lambda reading: reading.worth)
        readings = following[:_WIDTH]
    return min(readings, key=lambda reading: reading.total, default=None)


def _read(reading: _Reading, word: Word, *, woven: bool) -> Iterator[_Reading]:
    """The ways to go on with a word: at the end of a label that is open, or as a label of its own; in each of them a
    known label may end inside the word."""
    last = len(reading.labels) - 1
    for index, label in enumerate(reading.labels):
        if index != last and not woven:
            continue
        apart = _APART if index != last else 0.0
        for end in _ends(label.text, word.text, woven=woven):
            text = word.text[:end]
            cost = apart + (_OWN if is_known(label.text) and is_known(text) else 0.0)
            grown = _Part(label.text + text, (*label.words, _cut(word, 0, end)))
            labels = (*reading.labels[:index], grown, *reading.labels[index + 1 :])
            yield from _go_on(_Reading(reading.cost + cost, labels), word, end, woven=woven)
    for end in (*_ends("", word.text, woven=woven), len(word.text)):
        label = _Part(word.text[:end], (_cut(word, 0, end),))
        yield from _go_on(_Reading(reading.cost, (*reading.labels, label)), word, end, woven=woven)


def _go_on(reading: _Reading, word: Word, end: int, *, woven: bool) -> Iterator[_Reading]:
    """A reading of the first `end` characters of a word, and the ways to read the rest of it."""
    if end == len(word.text):
        yield reading
        return
    yield from _read(replace(reading, cost=reading.cost + _CUT), _cut(word, end, len(word.text)), woven=woven)


def _ends(begun: str, text: str, *, woven: bool) -> list[int]:
    """How many characters of a word may go on a label: all where a known one begins so, or up to the end of one."""
    whole = [len(text)] if begun and is_known_prefix(begun + text) else []
    if not woven or text.isascii() or (begun and not is_known_prefix(begun + text[:1])):
        return whole
    return whole + [end for end in range(1, len(text)) if (begun or end > 1) and is_known(begun + text[:end])]


def _cut(word: Word, start: int, end: int) -> Word:
    """The characters `start:end` of a word as a word."""
    if start == 0 and end == len(word.text):
        return word
    piece = replace(
        word.piece, start=word.piece.start + start, end=word.piece.start + end, text=word.piece.text[start:end]
    )
    return replace(word, piece=piece, text=piece.text, first=word.first and start == 0)
