"""Statements of two sides (收入 | 支出) whose empty cells vanished: on which side a row's only label stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.model.amount import match_key
from workbench.tables.text_rows import Kind, Slot, SlotRow
from workbench.tables.text_vocabulary import side_of

_DIGITS = "一二三四五六七八九"
_ORDINAL = re.compile(r"^[（(]?([一二三四五六七八九十廿]+)(?:、|[)）])")


def settle_sides(rows: Sequence[SlotRow], slots: Sequence[Slot]) -> None:
    """Move the lone labels of two-sided rows, and their figures, to the side where they belong: where their ordinal
    goes on counting, where the same label stood before, or whose words they are."""
    left = next((index for index, slot in enumerate(slots) if slot.kind is Kind.TEXT and slot.side == "left"), None)
    right = next((index for index, slot in enumerate(slots) if slot.kind is Kind.TEXT and slot.side == "right"), None)
    if left is None or right is None:
        return
    counted = {left: 0, right: 0}
    seen: dict[int, set[str]] = {left: set(), right: set()}
    for row in rows:
        present = [side for side in (left, right) if row.words.get(side)]
        if len(present) == 1:
            side = _side(_text(row, present[0]), present[0], left, right, counted, seen)
            if side != present[0]:
                _move(row, slots, present[0], side)
            present = [side]
        for side in present:
            label = _text(row, side)
            seen[side].add(label)
            counted[side] = _ordinal(label) or counted[side]


def _side(label: str, side: int, left: int, right: int, counted: dict[int, int], seen: dict[int, set[str]]) -> int:
    ordinal = _ordinal(label)
    if ordinal:
        goes_on = [other for other in (left, right) if counted[other] + 1 == ordinal]
        if len(goes_on) == 1:
            return goes_on[0]
    known = [other for other in (left, right) if label in seen[other]]
    if len(known) == 1:
        return known[0]
    words = side_of(label)
    if words:
        return left if words == "left" else right
    return side


def _text(row: SlotRow, slot: int) -> str:
    return match_key("".join(word.text for word in row.words.get(slot, ())))


def _ordinal(label: str) -> int:
    """The number that a label begins with, 0 where it has none: 十二、 is 12, 廿一、 is 21."""
    match = _ORDINAL.match(label)
    if not match:
        return 0
    text = match[1].replace("廿", "二十")
    tens, ten, ones = text.partition("十")
    value = _DIGITS.find(ones) + 1 if ones else 0
    if not ten:
        return _DIGITS.find(text) + 1
    return 10 * ((_DIGITS.find(tens) + 1) if tens else 1) + value


def _move(row: SlotRow, slots: Sequence[Slot], source: int, target: int) -> None:
    row.words[target] = row.words.pop(source)
    figures = {
        side: next((i for i in range(side + 1, len(slots)) if slots[i].kind is Kind.FIGURES), None)
        for side in (source, target)
    }
    start, end = figures[source], figures[target]
    if start is None or end is None or start == end:
        return
    moved = row.words.pop(start, [])
    if moved:
        row.words[end] = moved + row.words.get(end, [])
