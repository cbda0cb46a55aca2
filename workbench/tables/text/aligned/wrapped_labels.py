"""The words of a header that blanks lay out, put to the labels they go on with.

Conversion pushes a word to the right of all that is printed left of it, so that it may stand beside the beginning of
its label. The order across still holds, and which words make a label is known of most.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from workbench.model.display_width import display_width
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.listed_words import head_key
from workbench.tables.text.vocabulary import (
    LEVELS,
    TOTALS,
    is_known_prefix,
    is_listed,
    is_spanner,
    looks_like_label,
    may_stand_under,
)

_MOST_WORDS, _BLANK, _MOST_BETWEEN, _MOST_TURNED = 4, 1.0, 3.0, 6.0
"""So many words of one line are one part of a label: mostly a blank between them, at the most so many, or so many where
the end of a label stands before its beginning."""
_MOST_LINES, _FEWEST_WRAPPED = 3, 3
"""A label goes on so many lines below at the most, where it is then known; so many words of a line are those of a row
of labels."""
_FARTHEST = 12.0
"""How many characters beside its label a word may stand."""
_PER_CHARACTER, _PER_LINE = 0.08, 0.2
"""What each character beside it takes off, and each line between them."""
_KNOWN, _BEGUN, _WHOLE, _OPEN, _STACKED, _ENDED = 3.0, 2.0, 1.0, 1.0, 0.8, 0.5
"""What it is worth that a label with a further part is listed, or begins a listed one; that two labels are a third;
that an unknown one is made by words right below each other, or by such as touch; that a word stands below a whole
label."""
_BEGUN_BESIDE, _CLOSE, _ALSO_CLOSE = 1.0, 0.3, 0.1
"""What it is worth that words beside each other begin a listed label; that they stand close, for each blank between
them; that two labels which stand close are a third."""
_LEAST_TORN = 3
"""So many characters are no beginning of a label by accident."""
_LEAST_BEGUN = 4
"""So many characters of a name show which it is, though it goes on below."""
_UNENDED = re.compile(r"[（(][^）)]*$|[比较与和、]$")
"""How the beginning of a label ends that goes on."""
_OPENED = re.compile(r"[（(][^）)]*$")
"""How a label ends that goes on up to the end of its brackets, and with no whole label."""
_YEAR = re.compile(r"^(?:19|20)\d\d年?")
_RATE = re.compile(r"[%％]$")
_GOES_ON = re.compile(r"[比较]$")
"""How what compares two years ends before the second one."""
_ENDING, _OF_YEAR = re.compile(r"^[）)（(]"), re.compile(r"(?:19|20)\d\d\n年")
"""How what goes on with a label begins, and where a line break parts a year."""

Stacked = Callable[[Placed, Placed], bool]
"""Whether a word stands right below the last one of a label, and is no label below a spanner."""


class _Way(NamedTuple):
    """A way to place the first words of a line: what it is worth, and for each part how many words it has and the stack
    it goes on with, -1 for a new one."""

    worth: float
    parts: tuple[tuple[int, int], ...]


def stacks_in_order(lines: Sequence[PlacedLine], stacked: Callable[[int], Stacked]) -> list[list[Placed]]:
    """The words of a header, those of one label together, or of labels that stand above each other; `stacked` tells
    it for the words of the line of that number."""
    stacks: list[list[Placed]] = []
    for number, line in enumerate(lines):
        near = [stack for stack in stacks if 1 <= line.cells[0].line - stack[-1].line <= _MOST_LINES]
        near.sort(key=lambda stack: stack[0].x0)
        words = words_apart(line)
        begin = 0
        later = [cell.text for lower in lines[number + 1 :] for cell in lower.cells]
        over_all = number == 1 and _stands_over_all(lines[0], lines[1:])
        for count, at in _Words(line, words, later, stacked(number), over_all=over_all).placed(near):
            cells = _rearranged(words[begin : begin + count])
            begin += count
            if at < 0:
                stacks.append(cells)
            else:
                near[at].extend(cells)
    return stacks


def _stands_over_all(first: PlacedLine, others: Sequence[PlacedLine]) -> bool:
    """Whether the first line of a header prints one name, and names go on from the second line to the third: a name of
    more lines than the others would begin above all of them, but not on whole lines."""
    return len(first.cells) == 1 and len(others) > 1 and all(len(line.cells) >= _FEWEST_WRAPPED for line in others[:2])


def words_apart(line: PlacedLine) -> tuple[Placed, ...]:
    """The words of a line each as a cell of its own, but for characters that are printed with blanks between them."""
    return tuple(word for cell in line.cells for word in words_of(cell))


def words_of(cell: Placed) -> list[Placed]:
    """The words of a cell each as a cell of its own, but for characters that are printed with blanks between them and a
    figure that goes on in the line below."""
    if len(cell.pieces) == 1 or all(len(piece.text) == 1 for piece in cell.pieces) or is_figure_word(cell.text):
        return [cell]
    page, first = cell.pieces[0].page, cell.pieces[0].start
    wide = cell.x1 - cell.x0 > cell.pieces[-1].end - first
    found: list[Placed] = []
    for piece in cell.pieces:
        before, text = page.text[first : piece.start], piece.text
        last = found[-1] if found else None
        if last is not None and text.isascii() and text.isalpha() and last.text.isascii():
            # words of a script that blanks part
            found[-1] = replace(last, pieces=(*last.pieces, piece), x1=last.x1 + 1 + len(text))
            continue
        x0 = cell.x0 + (display_width(before) if wide else len(before))
        found.append(replace(cell, pieces=(piece,), x0=x0, x1=x0 + (display_width(text) if wide else len(text))))
    return found


class _Words:
    """The words of one line of a header, and how they go on with what stands above."""

    def __init__(
        self, line: PlacedLine, words: Sequence[Placed], later: Sequence[str], stacked: Stacked, *, over_all: bool
    ) -> None:
        """The words of a line; those that make one cell of it stand close. What the lines below it print is `later`;
        `over_all` says that the only name above stands over several of them."""
        self._words = words
        self._over_all = over_all
        self._later = later
        self._stacked = stacked
        self._close = {piece.start for cell in line.cells for piece in cell.pieces[1:]}
        self._is_further = any(not is_listed(word.text) for word in words)
        """Whether it holds a word that is no label by itself."""

    def placed(self, stacks: Sequence[Sequence[Placed]]) -> tuple[tuple[int, int], ...]:
        """How they go on with stacks, in the order of both."""
        words = self._words
        # for each number of words placed, and of stacks left behind, the way that is worth most
        best: list[dict[int, _Way]] = [{} for _ in range(len(words) + 1)]
        best[0][0] = _Way(0.0, ())
        for begin in range(len(words)):
            for passed, way in sorted(best[begin].items()):
                for count in range(1, min(_MOST_WORDS, len(words) - begin) + 1):
                    part = words[begin : begin + count]
                    gap = part[-1].x0 - part[max(count - 2, 0)].x1
                    torn = _is_torn(part) or self._ends_beside(part)
                    if gap > (_MOST_TURNED if count == 2 else _MOST_BETWEEN) and not torn:
                        break
                    if self._goes_on_beside(begin + count):
                        continue
                    alone = self._alone(part)
                    if alone is not None:
                        _keep(best[begin + count], passed, _Way(way.worth + alone, (*way.parts, (count, -1))))
                    for at in range(passed, len(stacks)):
                        worth = 0.0 if _are_turned(part) else self._below(stacks[at], part)
                        if worth > 0:
                            worth += way.worth + (alone or 0.0)
                            _keep(best[begin + count], at + 1, _Way(worth, (*way.parts, (count, at))))
        return max((best[-1][passed] for passed in sorted(best[-1])), key=lambda way: way.worth).parts

    def _goes_on_beside(self, end: int) -> bool:
        """Whether the word before one only a blank away ends as what compares two years does before the second."""
        words = self._words
        near = 0 < end < len(words) and words[end].x0 - words[end - 1].x1 <= _BLANK
        return near and bool(_GOES_ON.search(words[end - 1].text)) and bool(_YEAR.search(words[end].text))

    def _alone(self, cells: Sequence[Placed]) -> float | None:
        """What it is worth that words beside each other are one part of a label, None where they are not."""
        if len(cells) == 1:
            return 0.0
        close = all(cell.pieces[0].start in self._close for cell in cells[1:])
        gap = max(after.x0 - before.x1 for before, after in pairwise(cells))
        if _are_turned(cells):
            return _KNOWN
        if _is_torn(cells) or self._ends_beside(cells):
            return _BEGUN
        if gap > _MOST_BETWEEN:
            return None
        if is_listed(_text(cells)):
            if not all(is_listed(cell.text) for cell in cells):
                return _KNOWN
            return _ALSO_CLOSE if gap <= _BLANK or cells[-1].text not in TOTALS else None
        goes_on = len(cells) == 2 and bool(_GOES_ON.search(cells[0].text))
        if not (close or goes_on) or any(_are_two(before.text, after.text) for before, after in pairwise(cells)):
            return None
        return _BEGUN_BESIDE if is_known_prefix(_text(cells)) else _CLOSE * (len(cells) - 1)

    def _ends_beside(self, cells: Sequence[Placed]) -> bool:
        """Whether the second of two words is the end of the first, which no line below is: the last line of a label
        came to stand beside the one above it."""
        if len(cells) != 2 or cells[1].x0 - cells[0].x1 > _FARTHEST or is_listed(cells[0].text):
            return False
        first, second = (cell.text for cell in cells)
        return is_listed(first + second) and not any(is_listed(first + text) for text in self._later)

    def _below(self, stack: Sequence[Placed], cells: Sequence[Placed]) -> float:
        """What it is worth that words go on with a stack, 0 where they do not."""
        beside = max(0.0, min(max(cells[0].x0 - cell.x1, cell.x0 - cells[-1].x1) for cell in stack))
        if beside > _FARTHEST:
            return 0.0
        above, below = _text(stack), _text(cells)
        if (
            self._stand_over_several(stack)
            or self._is_one_of_rates(below)
            or (_OPENED.search(above) and self._is_whole(below))
        ):
            return 0.0
        whole, also = is_listed(above), is_listed(below) and not self._is_lone_level(below)
        right_below = len(cells) == 1 and self._stacked(stack[-1], cells[0])
        far = cells[0].line - stack[-1].line > _MOST_LINES - 1
        off = _PER_CHARACTER * beside + _PER_LINE * (cells[0].line - stack[-1].line - 1)
        if whole and also and self._spans_between(below, above):
            return 0.0
        if whole and also:
            if far:
                return 0.0
            beside_it = beside <= _BLANK and (self._ends_another(below) or not may_stand_under(below, above))
            beside_it = beside_it and self._is_further
            return _WHOLE - off if right_below or (beside_it and is_listed(above + below)) else 0.0
        if is_listed(above + below) and head_key(below):
            return _KNOWN - off
        if far or (self._over_all and not is_known_prefix(above + below)):
            return 0.0
        parted = _OF_YEAR.search(f"{above}\n{below}") and not also
        if is_known_prefix(above + below) or _UNENDED.search(above) or _ENDING.search(below) or parted:
            return _BEGUN - off
        if right_below:
            return 0.0 if self._hang_under(above) else _ENDED if whole or also else _OPEN
        touches = not beside and len(cells) == 1
        return _STACKED if touches and not also and not looks_like_label(above) else 0.0

    def _stand_over_several(self, stack: Sequence[Placed]) -> bool:
        """Whether the lowest words of a stack stand over several words of the line, each a whole label: it goes on with
        none of them."""
        lowest = [cell for cell in stack if cell.line == stack[-1].line]
        x0, x1 = lowest[0].x0, lowest[-1].x1
        under = [word for word in self._words if min(word.x1, x1) - max(word.x0, x0) > _BLANK]
        return len(under) > 1 and all(self._is_whole(word.text) for word in under)

    def _is_whole(self, text: str) -> bool:
        """Whether a text is a label by itself, and not the level of a code that ends one."""
        return is_listed(text) and not self._is_lone_level(text)

    def _is_one_of_rates(self, text: str) -> bool:
        """Whether a text names a rate of what is a label without that, and so does another word of the line: they stand
        under what is printed above, and go on with none of it."""
        rates = [word.text for word in self._words if _RATE.search(word.text)]
        return text in rates and len(rates) > 1 and all(is_listed(_RATE.sub("", rate)) for rate in rates)

    def _spans_between(self, text: str, above: str) -> bool:
        """Whether a label is known to stand under another, and labels that lines below print under it."""
        return may_stand_under(text, above) and any(may_stand_under(lower, text) for lower in self._later)

    def _hang_under(self, text: str) -> bool:
        """Whether words of the line are known to stand under a label, so that it is no beginning of another one."""
        return is_spanner(text) and any(may_stand_under(word.text, text) for word in self._words)

    def _is_lone_level(self, text: str) -> bool:
        """Whether a text is the level of a code by itself (款): levels stand side by side, this ends a label."""
        return text in LEVELS and sum(word.text in LEVELS for word in self._words) == 1

    def _ends_another(self, text: str) -> bool:
        """Whether another word of the line, which goes on with a label, ends in a text."""
        return any(word.text != text and word.text.endswith(text) for word in self._words)


def _are_turned(cells: Sequence[Placed]) -> bool:
    """Whether the second of two words begins a label that the first one ends: its lines came to stand on one, and the
    shorter one begins further in."""
    if len(cells) != 2 or any(is_known_prefix(cell.text) for cell in cells[:1]):
        return False
    return is_listed(cells[1].text + cells[0].text) and not is_listed(cells[1].text)


def _is_torn(cells: Sequence[Placed]) -> bool:
    """Whether the second of two words begins no label, and both together one: a line of a label that came to stand
    beside the line above it."""
    if len(cells) != 2 or cells[1].x0 - cells[0].x1 > _FARTHEST or len(cells[1].text) < _LEAST_TORN:
        return False
    first, second = (cell.text for cell in cells)
    return is_known_prefix(first + second) and not (is_listed(first) or is_known_prefix(second))


def _rearranged(cells: Sequence[Placed]) -> list[Placed]:
    return list(reversed(cells)) if _are_turned(cells) else list(cells)


def _keep(ways: dict[int, _Way], passed: int, way: _Way) -> None:
    if passed not in ways or way.worth > ways[passed].worth:
        ways[passed] = way


def _are_two(text: str, following: str) -> bool:
    """Whether words a blank apart are two labels, or begin two."""
    if is_figure_word(text) and is_figure_word(following):
        return True
    begins = is_listed(following) or (len(following) >= _LEAST_BEGUN and is_known_prefix(following))
    return begins and is_known_prefix(text) and not is_known_prefix(text + following) and not _UNENDED.search(text)


def _text(cells: Sequence[Placed]) -> str:
    return "".join(cell.text for cell in cells)
