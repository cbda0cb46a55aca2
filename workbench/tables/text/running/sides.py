"""Statements of two sides (收入 | 支出) in running text: which labels and figures make one row, on which side.

The words come as labels each followed by its figures. A side's empty cells vanished, so a label's side follows from
its words, from the ordinal that goes on counting (五、 after 四、), from where the same label stood before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from workbench.fiscal.codes import is_account_name
from workbench.fiscal.numerals import chinese_number
from workbench.model.amount import match_key
from workbench.tables.text.figures import FigureJoiner, is_figure_word
from workbench.tables.text.header.words import Word
from workbench.tables.text.running.row_runs import begins_label
from workbench.tables.text.running.rows import SlotRow, counted_rows, tail_first
from workbench.tables.text.running.side_words import begins_side, side_of, sided_ending
from workbench.tables.text.running.slots import Kind, Slot

_LEAST_LABEL = 4
_TOTALS = ("总计", "合计")
"""Labels of totals that both sides print alike."""
_ORDINAL = re.compile(r"^([（(]?)([一二三四五六七八九十廿]+)(?:、|[)）])")


@dataclass(slots=True)
class _Item:
    """A label and the figures after it. `right` says that its number counts the lines of the right side."""

    label: list[Word] = field(default_factory=list)
    figures: list[Word] = field(default_factory=list)
    right: bool = False

    @property
    def key(self) -> str:
        return match_key("".join(word.text for word in self.label))


@dataclass(frozen=True, slots=True)
class _Side:
    """The slots of one side: its label, its line counter (行次) if it has one, its figures."""

    label: int
    counter: int | None
    figures: int | None


@dataclass(slots=True)
class _Memory:
    """What the rows above tell of a side: how far each style of ordinals has counted, which labels stood there."""

    counted: dict[str, int] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)


def has_two_sides(slots: Sequence[Slot]) -> bool:
    """Whether these are the columns of a statement of two sides."""
    return {"left", "right"} <= {slot.side for slot in slots if slot.kind is Kind.TEXT}


def read_two_sided(words: Sequence[Word], slots: Sequence[Slot], joiner: FigureJoiner) -> list[SlotRow]:
    """The rows that the words of a two-sided body make up; where lines are numbered, as they are numbered."""
    sides = {side: _side(slots, side) for side in ("left", "right")}
    memory = {"left": _Memory(), "right": _Memory()}
    counted = counted_rows(words, joiner) if slots[0].kind is Kind.COUNTER and sides["left"].counter is None else []
    if not counted:
        left, right = (sides[side].counter is not None for side in ("left", "right"))
        return _rows(_items(words, numbered=left, both=right), sides, memory)
    rows: list[SlotRow] = []
    for block in counted:
        found = _rows(_items(tail_first(block)[1:]), sides, memory) or [SlotRow()]
        found[0].words[0] = [block[0]]
        rows.extend(found)
    return rows


def _side(slots: Sequence[Slot], side: str) -> _Side:
    label = next(index for index, slot in enumerate(slots) if slot.kind is Kind.TEXT and slot.side == side)
    after = [index for index in range(label + 1, len(slots)) if slots[index].side == side]
    return _Side(
        label,
        next((index for index in after if slots[index].kind is Kind.COUNTER), None),
        next((index for index in after if slots[index].kind is Kind.FIGURES), None),
    )


def _items(words: Iterable[Word], *, numbered: bool = False, both: bool = False) -> list[_Item]:
    """The labels with their figures; where the lines of the left side, or of both, are numbered, a number that goes on
    counting those of a side is a line without a label."""
    items: list[_Item] = []
    previous: Word | None = None
    counted, line = 0, -1
    right: int | None = None
    for word in words:
        # Of the numbers on a line only one counts the lines of the left side.
        goes_on = numbered and word.text == str(counted + 1) and bool(items) and word.line != line
        counted += goes_on
        line = word.line if goes_on else line
        goes_on_right = right is not None and word.text == str(right + 1)
        number = numbered and both and not goes_on and bool(items) and not items[-1].figures and word.text.isdigit()
        if number or goes_on_right:
            right = int(word.text)
        if items and items[-1].figures and (goes_on or goes_on_right):
            items.append(_Item(figures=[word], right=not goes_on))
        elif is_figure_word(word.text) and items:
            items[-1].figures.append(word)
        elif items and not _begins_item(items[-1], word, previous):
            items[-1].label.append(word)
        else:
            items.append(_Item([word]))
        previous = word
    return items


def _begins_item(item: _Item, word: Word, previous: Word | None) -> bool:
    if begins_label(word, previous) or not item.label:
        return True
    if not item.figures:
        if _is_of_right_side(word.text) and sided_ending(item.key) == "left":
            # The left label has no figure.
            return True
        # Below a label of the right side without figures one of the left side begins the next row.
        return word.first and side_of(item.key) == "right" and begins_side(word.text) == "left"
    if item.figures[-1].line == word.line:
        return True
    return bool(side_of(word.text)) or not _ORDINAL.match(item.key)


def _is_of_right_side(text: str) -> bool:
    """Whether a word is a label of the right side by itself."""
    return is_account_name(text) or (sided_ending(text) == "right" and len(text) >= _LEAST_LABEL)


def _rows(items: Sequence[_Item], sides: dict[str, _Side], memory: dict[str, _Memory]) -> list[SlotRow]:
    rows: list[SlotRow] = []
    left_label: str | None = None
    for index, item in enumerate(items):
        pair = item.key in _TOTALS and index + 1 < len(items) and items[index + 1].key == item.key
        twins = (
            index + 1 < len(items)
            and _ordinal(item.key)[1] > 0
            and _ordinal(item.key) == _ordinal(items[index + 1].key)
        )
        side = "left" if pair or (twins and left_label is None) else _side_of_item(item, memory, left_label)
        if side == "left" or left_label is None:
            rows.append(SlotRow())
        _fill(rows[-1], item, sides[side])
        left_label = item.key if side == "left" else None
        _remember(memory[side], item)
    return rows


def _side_of_item(item: _Item, memory: dict[str, _Memory], left_label: str | None) -> str:
    """The side of a label: by its last word (…收入, …支出), its ordinal, where it stood before, its other words."""
    label = item.key
    if not label:
        return "right" if item.right else "left"
    right_is_free = left_label is not None
    ending = sided_ending(label)
    if ending:
        return ending
    if right_is_free and label == left_label:
        return "right"
    style, number = _ordinal(label)
    if number:
        goes_on = [side for side, known in memory.items() if known.counted.get(style, 0) + 1 == number]
        if len(goes_on) == 1:
            return goes_on[0]
    seen = [side for side, known in memory.items() if label in known.labels]
    if len(seen) == 1:
        return seen[0]
    return side_of(label) or ("right" if right_is_free else "left")


def _remember(memory: _Memory, item: _Item) -> None:
    if item.key:
        memory.labels.add(item.key)
    style, number = _ordinal(item.key)
    if number:
        if not style:
            # What is listed below it is counted from one again.
            memory.counted.clear()
        memory.counted[style] = number


def _fill(row: SlotRow, item: _Item, side: _Side) -> None:
    if item.label:
        row.words.setdefault(side.label, []).extend(item.label)
    figures = item.figures
    if side.counter is not None and figures and figures[0].text.isdigit() and len(figures[0].text) <= 3:
        row.words[side.counter] = figures[:1]
        figures = figures[1:]
    if side.figures is not None and figures:
        row.words.setdefault(side.figures, []).extend(figures)


def _ordinal(label: str) -> tuple[str, int]:
    """The style and the number of the ordinal that a label begins with, 0 where it has none: 廿一、 is 21."""
    match = _ORDINAL.match(label)
    if not match:
        return "", 0
    return match[1], chinese_number(match[2])
