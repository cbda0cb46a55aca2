"""Statements of two sides in text that was taken line by line, the labels of both sides wrapped around their rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations

from workbench.model.amount import match_key, read_figure
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.running.by_height import Block, WordLine, blocks_of
from workbench.tables.text.running.side_words import side_of
from workbench.tables.text.running.slots import Kind, Slot
from workbench.tables.text.vocabulary import NEW_LABEL

_LISTED = re.compile(r"^\d{1,2}[.、．]$")
_TOTALS = ("合计", "总计")
_MOST_COUNTED = 3
_MOST_OPEN = 10
_ROUNDING = Decimal("0.05")


@dataclass(slots=True)
class _Sides:
    """The words of the two halves of a row: labels, then figures."""

    labels: tuple[WordLine, WordLine] = field(default_factory=lambda: ([], []))
    figures: tuple[WordLine, WordLine] = field(default_factory=lambda: ([], []))
    wrapped: bool = False

    @property
    def may_move(self) -> bool:
        """Whether its one figure may as well be of the right side."""
        return self.wrapped and bool(self.labels[1]) and len(self.figures[0]) == 1 and not self.figures[1]

    def words(self) -> WordLine:
        """The words in the order of the columns."""
        return [*self.labels[0], *self.figures[0], *self.labels[1], *self.figures[1]]


@dataclass(slots=True)
class _Counters:
    """How far the lines of each side are numbered, where they are; 0 where a side has not begun."""

    left: int = 0
    right: int = 0


def with_wrapped_sides(lines: Sequence[WordLine], slots: Sequence[Slot]) -> list[WordLine]:
    """The lines of a body of two sides, a line for each row whose labels were wrapped around it. Left as they are where
    none is."""
    blocks = blocks_of(lines, _is_anchor)
    if blocks is None:
        return list(lines)
    counters = _Counters() if any(slot.kind is Kind.COUNTER and slot.side for slot in slots) else None
    room = sum(len(slot.columns) for slot in slots if slot.kind is Kind.FIGURES and slot.side == "left")
    halves: list[_Sides] = []
    for block in blocks:
        sides = _numbered(block.anchor, counters) if counters is not None else _plain(block.anchor)
        if block.above or block.below:
            _wrap(sides, block)
            if counters is None:
                _share(sides, room)
        halves.append(sides)
    if (
        counters is None
        and sum(slot.kind is Kind.FIGURES for slot in slots)
        == sum(len(slot.columns) for slot in slots if slot.kind is Kind.FIGURES)
        == 2
    ):
        _settle(halves)
    return [sides.words() if sides.wrapped else block.anchor for sides, block in zip(halves, blocks, strict=True)]


def _is_anchor(line: WordLine) -> bool:
    return any(is_figure_word(word.text) and not _LISTED.match(word.text) for word in line)


def _numbered(anchor: WordLine, counters: _Counters) -> _Sides:
    """The halves of a row whose sides are numbered: a number that goes on counting parts label from figures."""
    sides = _Sides()
    side = 0
    for index, word in enumerate(anchor):
        if word.text == str(counters.left + 1) and not sides.figures[0] and not sides.figures[1]:
            counters.left += 1
            sides.figures[0].append(word)
        elif _counts_right(anchor, index, counters, sides):
            counters.right = int(word.text)
            sides.figures[1].append(word)
            side = 1
        elif is_figure_word(word.text):
            sides.figures[side].append(word)
        else:
            sides.labels[1 if sides.figures[0] else 0].append(word)
    return sides


def _counts_right(anchor: WordLine, index: int, counters: _Counters, sides: _Sides) -> bool:
    """Whether a word numbers a line of the right side."""
    text = anchor[index].text
    if sides.figures[1] or not text.isdigit() or len(text) > _MOST_COUNTED:
        return False
    return int(text) == counters.right + 1 if counters.right else bool(sides.labels[1]) or index + 1 == len(anchor)


def _plain(anchor: WordLine) -> _Sides:
    """The halves of a row: the figures after the label of each side are its own."""
    sides = _Sides()
    side = 0
    for index, word in enumerate(anchor):
        if is_figure_word(word.text) and not _LISTED.match(word.text):
            sides.figures[side].append(word)
            continue
        begins = index == 0 or is_figure_word(anchor[index - 1].text) or bool(NEW_LABEL.match(word.text))
        if begins and (sides.labels[0] or sides.figures[0] or side_of(word.text) == "right"):
            side = 1
        sides.labels[side].append(word)
    if not sides.labels[0] and not sides.labels[1] and len(sides.figures[0]) > 1:
        # Both labels are wrapped: the first figure is the left one.
        sides.figures[1].extend(sides.figures[0][1:])
        del sides.figures[0][1:]
    return sides


def _wrap(sides: _Sides, block: Block) -> None:
    """Put the wrapped labels around what stands of them on the anchor."""
    sides.wrapped = True
    above, below = _strands(block.above), _strands(block.below)
    lone = _side_of_lone(sides, above, below)
    for side in (0, 1):
        before, after = (_strand(strands, side, lone) for strands in (above, below))
        sides.labels[side][:] = [*before, *sides.labels[side], *after]
    if lone == 1 and len(sides.labels[0]) and not sides.figures[1] and len(sides.figures[0]) > 1:
        sides.figures[1].append(sides.figures[0].pop())


def _share(sides: _Sides, room: int) -> None:
    """Give the right side all figures where the left one has no label, and those for which the left one has no room."""
    room = room if sides.labels[0] else 0
    if sides.labels[1] and len(sides.figures[0]) > room:
        sides.figures[1][:0] = sides.figures[0][room:]
        del sides.figures[0][room:]


def _strands(lines: Sequence[WordLine]) -> list[list[WordLine]]:
    """The cells that stand on each line: two where both sides are wrapped. A number belongs to what it lists."""
    strands: list[list[WordLine]] = []
    for line in lines:
        cells: list[WordLine] = []
        for word in line:
            if cells and (_LISTED.match(cells[-1][-1].text) or len(cells) == 2):
                cells[-1].append(word)
            else:
                cells.append([word])
        strands.append(cells)
    return strands


def _strand(strands: Sequence[list[WordLine]], side: int, lone: int) -> WordLine:
    """The words of one side; `lone` is the side of lines with one cell."""
    words: WordLine = []
    for cells in strands:
        if len(cells) == 2:
            words.extend(cells[side])
        elif side == lone:
            words.extend(cells[0])
    return words


def _side_of_lone(sides: _Sides, above: Sequence[list[WordLine]], below: Sequence[list[WordLine]]) -> int:
    """The side of a label that alone is wrapped: what it says, else the side that has none on the anchor."""
    text = match_key("".join(word.text for cells in (*above, *below) if len(cells) == 1 for word in cells[0]))
    told = side_of(text)
    if told:
        return 1 if told == "right" else 0
    whole = [bool(label) and bool(NEW_LABEL.match(label[0].text)) for label in sides.labels]
    return 1 if whole[0] and not whole[1] else 0


def _settle(rows: Sequence[_Sides]) -> None:
    """Give figures that may be of either side to the right one where that makes its total."""
    end = next((index for index, sides in enumerate(rows) if _total(sides) is not None), None)
    if end is None:
        return
    open_rows = [sides for sides in rows[:end] if sides.may_move][:_MOST_OPEN]
    missing = (_total(rows[end]) or Decimal(0)) - sum((_value(sides, 1) for sides in rows[:end]), Decimal(0))
    for count in range(1, len(open_rows) + 1):
        for chosen in combinations(open_rows, count):
            if abs(sum((_value(sides, 0) for sides in chosen), -missing)) < _ROUNDING:
                for sides in chosen:
                    sides.figures[1].extend(sides.figures[0])
                    sides.figures[0].clear()
                return


def _total(sides: _Sides) -> Decimal | None:
    """The total of the right side that a row prints, None where it is no total."""
    label = match_key("".join(word.text for word in sides.labels[1]))
    return read_figure(sides.figures[1][0].text).value if label.endswith(_TOTALS) and sides.figures[1] else None


def _value(sides: _Sides, side: int) -> Decimal:
    figures = sides.figures[side]
    return (read_figure(figures[0].text).value if figures else None) or Decimal(0)
