"""The cells of rows that lost their blanks, each whole in one column: a row goes through the columns from the left, and
what a cell is tells which of them it may stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.model.amount import match_key
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import text_of
from workbench.tables.text.running.rows import SlotRow
from workbench.tables.text.running.slots import Kind, Slot, skip_cost

_WRONG = 4.0
"""What it costs that a cell stands in a column of another kind."""
_DOUBTFUL, _UNLIKE = 0.5, 1.5
"""What it costs that a whole number is an amount, and that a code has another length than its column tells."""
_ACCOUNT = re.compile(r"^(?:2\d\d|[35]\d\d)(?:\d\d){0,2}$")
_CODE = re.compile(r"^[A-Z]{0,2}\d[\dA-Z.-]*$")
_LEVEL = re.compile(r"^\d\d$")
_CLASS = re.compile(r"^\d{3}$")
_BODY = re.compile(r"^\d{3}$|^\d{6}(?:\d{3})?$")


def slot_rows(lines: Sequence[Sequence[Sequence[Word]]], slots: Sequence[Slot]) -> list[SlotRow]:
    """The rows, the cells of each (the words that make it up) in the slots that suit them best."""
    found: list[SlotRow] = []
    for line in lines:
        row = SlotRow()
        texts = [text_of([word.piece for word in cell]) for cell in line]
        for cell, slot in zip(line, _places(texts, slots)[1], strict=True):
            row.words.setdefault(slot, []).extend(cell)
        found.append(row)
    return found


def misfit_of(rows: Sequence[Sequence[str]], slots: Sequence[Slot]) -> float:
    """How badly the cells of rows suit slots, in the mean."""
    costs = [_places([text for text in row if text], slots)[0] for row in rows]
    return sum(costs) / len(costs) if costs else 0.0


def _places(texts: Sequence[str], slots: Sequence[Slot]) -> tuple[float, list[int]]:
    """What it costs to put the cells of a row into slots, in order, and the slot of each. `best[index][slot, used]` is
    the way to the cells before `index`, the last of them the so-manieth of a slot."""
    start: tuple[int, int] = (-1, 0)
    best: dict[tuple[int, int], tuple[float, list[int]]] = {start: (0.0, [])}
    skips = [skip_cost(slots, index) for index in range(len(slots))]
    for text in texts:
        following: dict[tuple[int, int], tuple[float, list[int]]] = {}
        for (last, used), (cost, places) in best.items():
            more = 0.0
            for index in range(max(last, 0), len(slots)):
                count = used + 1 if index == last else 1
                room = count <= len(slots[index].columns) or index == len(slots) - 1
                if room and (index > last or count > 1):
                    total = (
                        cost
                        + more
                        + _cost(text, slots, index)
                        + (0.0 if count <= len(slots[index].columns) else _WRONG)
                    )
                    key = index, count
                    if key not in following or total < following[key][0]:
                        following[key] = total, [*places, index]
                more += skips[index] if index > last else 0.0
        best = following
    return min(best.values(), key=lambda way: way[0])


def _cost(text: str, slots: Sequence[Slot], index: int) -> float:
    """What it costs that a cell stands in a slot."""
    slot, key = slots[index], match_key(text)
    figure = kind_of(text) == "figure"
    if slot.kind is Kind.COUNTER:
        return 0.0 if key.isdigit() else _WRONG
    if slot.kind is Kind.CODE:
        return _cost_of_code(key, slot, figure=figure)
    if slot.kind is Kind.TEXT:
        return (1.0 if key.isdigit() else _WRONG) if figure or _CODE.match(key) else 0.0
    if figure:
        return _DOUBTFUL if key.isdigit() and len(key) in (2, 6) else 0.0
    return _UNLIKE if key.isdigit() else _WRONG


def _cost_of_code(key: str, slot: Slot, *, figure: bool) -> float:
    if not _CODE.match(key) or (figure and not key.isdigit()):
        return _WRONG
    if slot.partial:
        return 0.0 if _LEVEL.match(key) else _UNLIKE
    if slot.leads:
        return 0.0 if _CLASS.match(key) else _UNLIKE
    if slot.of_body:
        return 0.0 if _BODY.match(key) else _UNLIKE
    return 0.0 if _ACCOUNT.match(key) else _DOUBTFUL
