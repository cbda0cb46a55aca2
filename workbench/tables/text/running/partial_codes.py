"""Rows of tables with a column each for 类, 款 and 项 that print only the last of their digits:
which of the two each is."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.fiscal.codes import CodeList, codes_of
from workbench.model.amount import match_key
from workbench.tables.text.running.rows import SlotRow
from workbench.tables.text.running.slots import Kind, Slot


def settle_partial_codes(rows: Sequence[SlotRow], slots: Sequence[Slot]) -> None:
    """Put each lone code of two digits into the column of the level of its row, in place: the level at which the lists
    of accounts know its name below the codes above it; a code that repeats the 款 of the row above is a 项."""
    partial = [index for index, slot in enumerate(slots) if slot.kind is Kind.CODE and slot.partial]
    lead = next((index for index, slot in enumerate(slots) if slot.leads), None)
    if len(partial) != 2 or lead is None:
        return
    section_slot, item_slot = partial
    group = section = ""
    for row in rows:
        printed = {index: _text(row, index) for index in (lead, section_slot, item_slot)}
        if printed[lead]:
            group, section = printed[lead], ""
        code = printed[section_slot] or printed[item_slot]
        if code and not printed[lead] and not (printed[section_slot] and printed[item_slot]):
            known = codes_of(_name(row, slots), CodeList.FUNCTIONAL)
            as_section = group + code in known
            as_item = bool(section) and group + section + code in known
            if as_section != as_item or code == section:
                source, target = (section_slot, item_slot) if as_item or not as_section else (item_slot, section_slot)
                if source in row.words:
                    row.words[target] = row.words.pop(source)
        section = _text(row, section_slot) or section


def _text(row: SlotRow, index: int) -> str:
    return match_key("".join(word.text for word in row.words.get(index, ())))


def _name(row: SlotRow, slots: Sequence[Slot]) -> str:
    return next((_text(row, index) for index, slot in enumerate(slots) if slot.kind is Kind.TEXT), "")
