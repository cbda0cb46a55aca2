"""Rows of tables with a column each for 类, 款 and 项 that print only the last of their digits:
which of the two each is."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise, takewhile

from workbench.fiscal.codes import CodeList, codes_of
from workbench.model.amount import match_key, read_figure
from workbench.tables.text.running.rows import SlotRow
from workbench.tables.text.running.slots import Kind, Slot


def settle_partial_codes(rows: Sequence[SlotRow], slots: Sequence[Slot]) -> None:
    """Put each lone code of two digits into the column of the level of its row, in place: the level at which the lists
    of accounts know its name below the codes above it; a code that repeats the 款 of the row above is a 项; any other
    is of the level at which the sums of its 类 hold."""
    partial = [index for index, slot in enumerate(slots) if slot.kind is Kind.CODE and slot.partial]
    lead = next((index for index, slot in enumerate(slots) if slot.leads), None)
    if len(partial) != 2 or lead is None:
        return
    section_slot, item_slot = partial
    told = _sections_by_sums(rows, slots, (lead, section_slot, item_slot))
    group = section = ""
    for at, row in enumerate(rows):
        printed = {index: _text(row, index) for index in (lead, section_slot, item_slot)}
        if printed[lead]:
            group, section = printed[lead], ""
        code = printed[section_slot] or printed[item_slot]
        if code and not printed[lead] and not (printed[section_slot] and printed[item_slot]):
            known = codes_of(_name(row, slots), CodeList.FUNCTIONAL)
            as_section = group + code in known
            as_item = bool(section) and group + section + code in known
            if as_section == as_item and code != section and at in told:
                as_section, as_item = told[at], not told[at]
            if as_section != as_item or code == section:
                source, target = (section_slot, item_slot) if as_item or not as_section else (item_slot, section_slot)
                if source in row.words:
                    row.words[target] = row.words.pop(source)
        section = _text(row, section_slot) or section


def _sections_by_sums(rows: Sequence[SlotRow], slots: Sequence[Slot], codes: tuple[int, int, int]) -> dict[int, bool]:
    """Which rows are a 款 (else a 项), where one figure column proves it for all rows of a 类: each 款 prints what the
    rows below it add up to, and the 类 what its 款 do. Rows by number; none of a 类 whose sums do not hold."""
    lead = codes[0]
    leads = [at for at, row in enumerate(rows) if _text(row, lead)]
    told: dict[int, bool] = {}
    for start, end in pairwise([*leads, len(rows)]):
        below = list(takewhile(lambda at: any(_text(rows[at], index) for index in codes[1:]), range(start + 1, end)))
        figures = [_figures(rows[at], slots) for at in (start, *below)]
        for column in zip(*figures, strict=False) if below else ():
            found = _levels(column)
            if found is not None:
                told.update(zip(below, found, strict=True))
                break
    return told


def _levels(column: Sequence[Decimal | None]) -> list[bool] | None:
    """Of the figures of a 类 and the rows below it, which of the rows are a 款; None unless all add up."""
    total, *parts = column
    levels: list[bool] = []
    left = of_sections = Decimal()
    for part in parts:
        if not part or part < 0:
            return None
        levels.append(not left)
        if left:
            left -= part
        else:
            left = part
            of_sections += part
        if left < 0:
            return None
    return levels if not left and of_sections == total else None


def _figures(row: SlotRow, slots: Sequence[Slot]) -> list[Decimal | None]:
    words = (word for index, slot in enumerate(slots) if slot.kind is Kind.FIGURES for word in row.words.get(index, ()))
    return [read_figure(word.text).value for word in words]


def _text(row: SlotRow, index: int) -> str:
    return match_key("".join(word.text for word in row.words.get(index, ())))


def _name(row: SlotRow, slots: Sequence[Slot]) -> str:
    return next((_text(row, index) for index, slot in enumerate(slots) if slot.kind is Kind.TEXT), "")
