"""Headers of text that lost its layout: words that were wrapped and run together become labels, labels a header.

The words come row by row as the page prints them: the upper labels, then the lower ones. Which words make one label
is decided by the known labels and by how a wrapped label looks; which upper label spans which lower ones by the known
spanners and by the number of columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from workbench.model.display_width import display_width
from workbench.tables.text.header.rows import Label
from workbench.tables.text.lines import Piece
from workbench.tables.text.vocabulary import (
    LEVELS,
    TOTALS,
    is_known,
    is_known_prefix,
    is_listed,
    is_year,
    looks_like_label,
    sets_against,
)

_WHOLE, _LONG = 4.5, 2
"""What it costs that two words of so many characters or more on one line are one label."""
_LONGEST = 16
"""The most words that one label is made of."""


class Word(NamedTuple):
    """One printed word: its piece, the number of its line, and whether an empty line stands before that line."""

    piece: Piece
    line: int
    gap: bool
    first: bool
    """Whether it is the first of its line."""
    text: str
    """What it prints."""


def labels_of(words: Sequence[Word], count: int = 0) -> list[Label]:
    """The labels that header words make up, in order: known labels first, wrapped words joined, single words else; so
    many of them where a `count` is told, none where they cannot be as many."""
    texts = tuple(word.text for word in words)
    years = _lines_of_years(words)
    breaks = tuple(
        "" if a.line == b.line else "years" if a.line in years else "gap" if b.gap else "line"
        for a, b in pairwise(words)
    )
    # for each number of words, and of labels where they are counted, the cheapest way: its cost,
    # where its last label # begins
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}, *({} for _ in words)]
    for start in range(len(words)):
        stop = start + _LONGEST
        costs = _label_costs(texts[start:stop], breaks[start : stop - 1])
        for labels, (base, _) in best[start].items():
            for length, own in costs:
                ways, number = best[start + length], labels + 1 if count else 0
                if number <= count and (number not in ways or base + own < ways[number][0]):
                    ways[number] = base + own, start
    found: list[Label] = []
    end, number = len(words), count
    while end > 0 and number in best[end]:
        start = best[end][number][1]
        found.append(tuple(word.piece for word in words[start:end]))
        end, number = start, number - 1 if count else 0
    return found[::-1] if not end else []


@lru_cache(maxsize=4096)
def _label_costs(texts: tuple[str, ...], breaks: tuple[str, ...]) -> tuple[tuple[int, float], ...]:
    """What it costs that a label is made of the first 1, 2, 3 … of these words; `breaks` says what lies between each
    and the next: nothing, a line break, or an empty line as well."""
    found: list[tuple[int, float]] = []
    joined = ""
    join_cost = 0.0
    # what a label ends in (%) begins none
    two = texts[0].strip("()（）") in ("%", "％")
    for index, text in enumerate(texts):
        if index and breaks[index - 1] == "years":
            break
        joined += text
        if index:
            join_cost += _join_cost(texts[index - 1], text, breaks[index - 1])
            # A word that is a label by itself is hardly the end of an unknown one, nor is a total beside others, or the
            # level of a code.
            total = text in TOTALS and (not breaks[index - 1] or breaks[index : index + 1] == ("",))
            join_cost += 1.5 if total or text in LEVELS or (len(text) > 2 and is_known(text)) else 0.0
        two = two or (index > 0 and _adds_label(texts, breaks, index))
        year = index > 0 and not breaks[index - 1] and is_year(texts[index - 1])
        known = is_listed(joined) and not (two or year) if index else is_known(joined)
        if not known and join_cost > 4 and not is_known_prefix(joined):
            break
        found.append((index + 1, 0.6 if known else 2.5 + join_cost + (0 if looks_like_label(joined) else 1)))
    return tuple(found)


def _adds_label(texts: Sequence[str], breaks: Sequence[str], index: int) -> bool:
    """Whether a word and those before it on its line are a label each, of which one sets a year against another."""
    if breaks[index - 1]:
        return False
    before, last = "".join(texts[:index]), texts[index]
    return (sets_against(before) or sets_against(last)) and is_listed(before) and is_listed(last)


def _lines_of_years(words: Sequence[Word]) -> frozenset[int]:
    """The lines that say several years and nothing else: each stands over labels of the lines below, and begins none of
    them."""
    lines = {number: [word.text for word in line] for number, line in groupby(words, key=lambda word: word.line)}
    return frozenset(number for number, line in lines.items() if len(line) > 1 and all(map(is_year, line)))


def unzipped(words: Sequence[Word]) -> list[Word]:
    """Header words whose labels were wrapped side by side in order, label by label: 科目 名称 合计 | 编码 is 科目 编码,
    名称, 合计."""
    lines = [list(line) for _, line in groupby(words, key=lambda word: word.line)]
    index = 0
    while index + 2 < len(lines):
        around = _zip_around(*lines[index : index + 3])
        if around is not None:
            lines[index : index + 3] = [around]
        index += 1
    index = 0
    while index + 1 < len(lines):
        joined = _zip(lines[index], lines[index + 1]) if not lines[index + 1][0].gap else None
        if joined is None:
            index += 1
        else:
            lines[index : index + 2] = [joined]
    return [word for line in lines for word in line]


def _zip_around(upper: list[Word], middle: list[Word], lower: list[Word]) -> list[Word] | None:
    """The words of three lines label by label, where the labels that the upper one begins all end in the lower one,
    with a word of the middle one between or not; the middle one may hold others."""
    if not 2 <= len(upper) == len(lower) or all(is_listed(word.text) for word in lower):
        return None
    joined: list[Word] = []
    first: list[Word] = []
    position = 0
    for begin, end in zip(upper, lower, strict=True):
        if is_listed(begin.text + end.text):
            first.extend((begin, end))
            continue
        match = next(
            (index for index in range(position, len(middle)) if is_listed(begin.text + middle[index].text + end.text)),
            None,
        )
        if match is None:
            return None
        joined.extend([*middle[position:match], begin, middle[match], end])
        position = match + 1
    return [*first, *joined, *middle[position:]]


def _zip(upper: list[Word], lower: list[Word]) -> list[Word] | None:
    """The words of two lines label by label, where every word of the lower one ends a known label of the upper one."""
    if not 2 <= len(lower) <= len(upper):
        return None
    joined: list[Word] = []
    position = 0
    for word in lower:
        match = next(
            (index for index in range(position, len(upper)) if is_listed(upper[index].text + word.text)),
            None,
        )
        if match is None:
            return None
        joined.extend(upper[position : match + 1])
        joined.append(word)
        position = match + 1
    return [*joined, *upper[position:]]


def _join_cost(left: str, right: str, between: str) -> float:
    """How unlike it is that two neighbouring words are one label, where the vocabulary does not know."""
    if not between:
        if len(left) == 1 and len(right) == 1:
            return 0.4
        return _WHOLE if min(len(left), len(right)) >= _LONG else 1.6
    if between == "gap":
        wide, narrow = display_width(left), display_width(right)
        return 0.3 if narrow <= wide <= 20 else 1.2
    return 1.3
