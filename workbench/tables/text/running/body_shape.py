"""What the rows of a body show of the columns above them, where text has lost its empty cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise, takewhile

from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.header.rows import HeaderText
from workbench.tables.text.header.words import Word
from workbench.tables.text.running.slots import Kind, Slot, slots_of
from workbench.tables.text.vocabulary import LEVELS, TOTALS, is_known

_FIRST_LEVEL = re.compile(r"^[1-9]\d\d$")
_LATER_LEVEL = re.compile(r"^\d\d$")
_WHOLE_CODE = re.compile(r"^[1-9]\d\d(?:\d\d){1,2}$")
_ANY_CODE = re.compile(r"^(?:[1-9]\d\d(?:\d\d){0,2}|\d\d)$")
_NUMBER = re.compile(r"^(?:[1-9]\d*|0\d)$")
"""A number or a code, and no nought."""
_BODY_CODE = re.compile(r"^\d{4,}$")
_MOST_LINES = 200
_UNTOLD = 99
_FEWEST_OWN = 3
"""So many rows at least show that codes are printed so."""
_NAMELESS = 4.0
"""What it costs that a header has no place for the names before the figures."""
_CODES_LATER = 1.5
"""What it costs that a header has names before the levels of codes with which rows begin."""
_NOTHING_THERE = 1.5
"""What it costs that a header has texts behind the figures, where none are printed."""
_LACKING = 4.0
"""What each figure costs for which a header has no column."""
_SIDES = ("left", "right")
_UNUSED, _MOST_UNUSED, _STRANGE = 1.0, 2.0, 4.0
"""What each column costs in which no row has a figure where rows print zeros for their blanks, and all of them: columns
that nobody uses may be left blank. What one costs below a label that nobody knows, which likely spans others."""
_FEWEST_WHOLE, _RARELY = 3, 10
"""So many rows at least, of at least so many figures, show that they are printed without blanks; of so many rows one
may have other figures: one wrapped, or the number of a page."""
_ZERO = re.compile(r"^[-—–]+$|^/$|^0(?:\.0+)?$")
_REMARK = re.compile(r"备注|说明|原因|依据|附注")


@dataclass(frozen=True, slots=True)
class BodyShape:
    """`figures`: the most figures that stand side by side in a row; `levels`: in how many words a code is printed, 0
    where no row begins with one; `named`: whether most rows that print figures have a name before them; `before`: the
    most words that stand before the figures of a row that is no total; `body_code`: whether the code of a body stands
    behind levels of another code; `behind`: whether a word that is no figure stands behind one; `whole`: whether rows
    print figures in all their columns, zeros where nothing is; `sides`: the most figures between two names of a row,
    and the most behind the second, 0 where no row has two names."""

    figures: int
    levels: int
    named: bool = False
    before: int = _UNTOLD
    body_code: bool = False
    behind: bool = True
    whole: bool = False
    sides: tuple[int, int] = (0, 0)

    def misfit(self, header: HeaderText) -> float:
        """How badly a header suits the body: too few columns for the figures or for the codes, or far too many."""
        slots = slots_of(header)
        numbers = groupby(slots, key=lambda slot: slot.kind in (Kind.FIGURES, Kind.COUNTER))
        room = max((sum(len(slot.columns) for slot in run) for number, run in numbers if number), default=0)
        if any(slot.side for slot in slots):
            # The label of the right side may be wrapped, so that all figures of a row stand side by side.
            room = sum(len(slot.columns) for slot in slots if slot.kind is Kind.FIGURES)
            lacking = sum(max(count - _room(slots, side), 0) for side, count in zip(_SIDES, self.sides, strict=True))
            if lacking:
                return _LACKING * lacking
        if sum(slot.kind is Kind.COUNTER for slot in slots) > 1:
            # The number of a line of the right side that has no label stands behind the figures of the left side.
            room += 1
        more = room - self.figures
        cost = (
            _LACKING * -more if more < 0 else self._unused(more, header, slots) if self.whole else min(0.1 * more, 0.5)
        )
        return cost + self._misplaced_texts(header, slots) + self._misplaced_codes(header, slots)

    def _unused(self, count: int, header: HeaderText, slots: Sequence[Slot]) -> float:
        """What it costs that so many columns have no figure in any row."""
        leaves, columns = header.leaves, [slot.columns for slot in slots if slot.kind is Kind.FIGURES]
        strange = min(sum(not is_known(leaves[column]) for column in chain(*columns)), count)
        return _STRANGE * strange + min(_UNUSED * (count - strange), _MOST_UNUSED)

    def _misplaced_texts(self, header: HeaderText, slots: Sequence[Slot]) -> float:
        """What it costs that a header has no place for names where rows print them, or has one where none are."""
        cost = _NAMELESS if self.named and slots[0].kind is Kind.FIGURES else 0.0
        if self.behind:
            return cost
        stub = list(takewhile(lambda slot: slot.kind is not Kind.FIGURES, slots))
        leaves = header.leaves
        behind = [leaves[slot.columns[0]] for slot in slots[len(stub) :] if slot.kind is Kind.TEXT]
        more = max(sum(not slot.partial for slot in stub) - self.before, 0)
        return cost + _NOTHING_THERE * (more + sum(not is_remark(text) for text in behind))

    def _misplaced_codes(self, header: HeaderText, slots: Sequence[Slot]) -> float:
        """What it costs that a header has too few or too many columns for the levels of codes, or has them too late."""
        if not self.levels:
            return 0.0
        leaves = header.leaves
        apart = sum(leaves[slot.columns[0]] in LEVELS for slot in slots if slot.kind is Kind.CODE)
        if self.levels == 1:
            return 2.0 if apart > 1 else 0.0
        first = next((slot for slot in slots if slot.kind is not Kind.COUNTER), slots[0])
        late = first.kind is Kind.TEXT or (first.of_body and self.body_code)
        return (3.0 if apart < self.levels else 0.0) + _CODES_LATER * late


def shape_of(words: Sequence[Word]) -> BodyShape:
    """The shape of a body."""
    words = words[: 20 * _MOST_LINES]
    lines = [[word.text for word in line] for _, line in groupby(words, key=lambda word: word.line)]
    if are_cells(lines):
        texts = [word.text for word in words]
        levels = max((_code_words(texts[index : index + 3]) for index in range(len(texts))), default=0)
        own = sum(
            "." in left and _own_level([text, right])
            for left, text, right in zip(texts, texts[1:], texts[2:], strict=False)
        )
        levels = 0 if own >= _FEWEST_OWN else levels
        rows = list(runs_of_figures(texts))
        figures = max(map(len, rows), default=0)
        whole = _are_whole(rows, figures)
        return BodyShape(figures if whole else 0, levels, whole=whole)
    lines = lines[:_MOST_LINES]
    figures, levels = 0, 0
    if all(all(map(is_figure_word, line)) for line in lines):
        # No row has a label.
        return BodyShape(max(map(len, lines), default=0), 0)
    behind, body_code, named, figured, before = False, False, 0, 0, 0
    for line in lines:
        code = _code_words(line)
        levels = max(levels, code)
        figures = max(figures, _longest_run(line[code:]) if len(line) > code + 1 else 0)
        numbers = [is_figure_word(text) for text in line]
        name = next((index for index, number in enumerate(numbers) if not number), len(line))
        behind = behind or any(left and not right for left, right in pairwise(numbers[name:]))
        named += name < len(line) and numbers[-1]
        figured += numbers[-1]
        before = max(before, first_figure(line) if line[0] not in TOTALS else 0)
        body_code = body_code or (code > 1 and len(line) > code and bool(_BODY_CODE.match(line[code])))
    levels = 0 if sum(map(_own_level, lines)) >= _FEWEST_OWN else levels
    rows = [line[first_figure(line) :] for line in lines if is_figure_word(line[-1])]
    whole = not behind and _are_whole(rows, figures)
    sides = _sides(lines) if behind else (0, 0)
    return BodyShape(figures, levels, named * 2 > figured, before or _UNTOLD, body_code, behind, whole, sides)


def _room(slots: Sequence[Slot], side: str) -> int:
    """How many columns of figures and numbers of lines a side of a header has."""
    numbers = (Kind.FIGURES, Kind.COUNTER)
    return sum(len(slot.columns) for slot in slots if slot.side == side and slot.kind in numbers)


def _sides(lines: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The most figures between two names on a line, and the most behind the second of them."""
    left = right = 0
    for line in lines:
        runs = [(figure, len(list(run))) for figure, run in groupby(line, key=is_figure_word)]
        kinds = [figure for figure, _ in runs]
        if kinds == [False, True, False, True]:
            left, right = max(left, runs[1][1]), max(right, runs[3][1])
    return left, right


def are_cells(lines: Sequence[Sequence[object]]) -> bool:
    """Whether each cell is a line of its own, so that a row goes on below."""
    return len(lines) * 5 > sum(map(len, lines)) * 4


def _are_whole(rows: Sequence[Sequence[str]], figures: int) -> bool:
    """Whether rows print so many figures each, mostly, and zeros among them: none of them has a blank cell."""
    zeros = any(map(_ZERO.match, chain(*rows)))
    other = sum(len(row) != figures for row in rows)
    return zeros and min(len(rows), figures) >= _FEWEST_WHOLE and other * _RARELY <= len(rows)


def runs_of_figures(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The figures that follow each other behind a name, without the code before the next name."""
    start = 0
    for figure, run in groupby(texts, key=is_figure_word):
        end = start + len(list(run))
        if figure and start:
            until = end - (_next_row(texts[start:end]) if end < len(texts) else 0)
            if until > start:
                yield texts[start:until]
        start = end


def _next_row(figures: Sequence[str]) -> int:
    """How many words at the end of figures are the number and the code of the next row: the whole numbers behind the
    last amount, where amounts have decimals, else a code."""
    count = 0
    while count < len(figures) and _NUMBER.match(figures[-1 - count]):
        count += 1
    if count < len(figures) and any("." in text for text in figures):
        return count
    for length in range(min(len(figures), 3), 0, -1):
        if _code_words(figures[-length:]) == length:
            return length
    return int(bool(_ANY_CODE.match(figures[-1])))


def is_remark(text: str) -> bool:
    """Whether a label stands above remarks, which most rows leave blank: behind the figures, if anywhere."""
    return bool(_REMARK.search(text))


def _own_level(line: Sequence[str]) -> bool:
    """Whether a row begins with the digits of its own level alone, so that what codes it has is not told by how many
    words these are."""
    return len(line) > 1 and bool(_LATER_LEVEL.match(line[0])) and not is_figure_word(line[1])


def _code_words(line: Sequence[str]) -> int:
    """How many words at the start of a row are its code."""
    if not line:
        return 0
    if _WHOLE_CODE.match(line[0]):
        return 1
    if not _FIRST_LEVEL.match(line[0]):
        return 0
    count = 1
    while count < min(len(line), 3) and _LATER_LEVEL.match(line[count]):
        count += 1
    return count


def first_figure(line: Sequence[str]) -> int:
    """Where the figures begin that end a line; a code between a name and amounts with decimals is none of them."""
    start = len(line)
    while start and is_figure_word(line[start - 1]):
        start -= 1
    coded = 0 < start < len(line) - 1 and _WHOLE_CODE.match(line[start]) and "." in line[start + 1]
    return start + 1 if coded else start


def _longest_run(line: Sequence[str]) -> int:
    """The most figures that stand side by side behind a word that is none."""
    figures = [is_figure_word(text) for text in line]
    if all(figures):
        return 0
    for index, text in enumerate(line[:-1]):
        if not figures[index + 1] and _ANY_CODE.match(text):
            figures[index] = False
    end = first_figure(line)
    if end < len(line) and end and figures[end - 1]:
        figures[end - 1] = False
    runs = [len(list(run)) for figure, run in groupby(figures[figures.index(False) :]) if figure]
    return max(runs, default=0)
