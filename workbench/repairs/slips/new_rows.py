"""How a row that is put in is called and printed, and where it belongs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from workbench.fiscal.codes import names_of
from workbench.model.amount import FigureKind
from workbench.model.table import CellRef
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.manners import written
from workbench.repairs.evidence.rates import rates_for
from workbench.repairs.evidence.row_codes import BESIDE_NAME, code_of, spelt
from workbench.repairs.fixed_point import to_decimal

_SHORTEST_CODE = 3
_FEWEST = 3
"""A column that says the same in so many rows, and in half of them, says it in each."""
_OTHERS = 90
"""Codes that end so high are those of other expenditure: they do not number on."""


def place_of(layout: TableLayout, total: CellRef, rows: list[int], code: str) -> int:
    """Before the first row of a greater code behind the parts' own beginning, else behind the last part."""
    last = rows[-1]
    if not code:
        # Behind the last part, and behind the parts of that.
        own = name_of(layout, last, total.column)[0]
        place = last + 1
        while own and place < len(layout.table.rows) and name_of(layout, place, total.column)[0].startswith(own):
            place += 1
        return place
    for row in range(rows[0], len(layout.table.rows)):
        other = name_of(layout, row, total.column)[0]
        if other > code:
            return row
        if row > last and not other.startswith(code[:_SHORTEST_CODE]):
            return row
    return len(layout.table.rows)


def printed(
    layout: TableLayout, sibling: int, code: str, label: str, values: Mapping[int, int]
) -> tuple[str, ...] | None:
    """The row as its table would print it, after a row beside it; rates are made of its figures as those of the others
    are."""
    values = {**values, **rates_for(layout, values)}
    cells = layout.table.rows[sibling]
    texts = ["" for _ in cells]
    first = min(values)
    own = name_of(layout, sibling, first)
    pieces = spelt(layout, code, first) if code else {}
    named = _label_column(layout, sibling, first)
    for column in range(layout.segment_of(first)[0]):
        text = cells[column].text.strip()
        if column in pieces:
            texts[column] = pieces[column]
        elif code and text == own[0]:
            texts[column] = code
        elif cells[column].figure.kind is FigureKind.TEXT and column == named:
            beside = BESIDE_NAME.search(text) if code and not pieces else None
            texts[column] = label if beside is None else _with_code(text, beside, code, label)
            label = texts[column]
        elif not layout.segment_of(column):
            texts[column] = _said_throughout(layout, column)
    for column in layout.segment_of(first):
        value = values.get(column, 0)
        texts[column] = written(layout, column, to_decimal(value)) if value else layout.style(column).unfilled
    return tuple(texts) if label in texts and (not code or pieces or any(code in text for text in texts)) else None


def _with_code(text: str, beside: re.Match[str], code: str, label: str) -> str:
    """Code and label in one cell, as the row beside it prints its own."""
    name = BESIDE_NAME.sub("", label)
    group = 1 if beside[1] else 2
    before, behind = text[beside.start() : beside.start(group)], text[beside.end(group) : beside.end()]
    return f"{before}{code}{behind}{name}" if group == 1 else f"{name}{before}{code}{behind}"


def _said_throughout(layout: TableLayout, column: int) -> str:
    """What a column prints in every row that prints anything there; "" where it does not say the same everywhere."""
    texts = {texts[column].strip() for texts in layout.texts}
    texts.discard("")
    printed = sum(bool(texts[column].strip()) for texts in layout.texts)
    return texts.pop() if len(texts) == 1 and printed >= max(_FEWEST, len(layout.texts) / 2) else ""


def code_left_out(codes: Sequence[str], layout: TableLayout, total: CellRef) -> str:
    """The code that the numbering of the parts leaves out, where it leaves out one, or the first, with which lists
    begin; of none the next one."""
    codes = sorted(codes)
    if not codes[0].isdecimal() or len({(len(code), code[:-2]) for code in codes}) != 1:
        return ""
    head, last = codes[0][:-2], int(codes[-1][-2:])
    if not head.startswith(name_of(layout, total.row, total.column)[0]):
        return ""
    if codes[0] != f"{head}01" and names_of(f"{head}01"):
        return f"{head}01"
    if last >= _OTHERS:
        return ""
    gaps = [number for number in range(1, last) if f"{head}{number:02d}" not in codes]
    if len(gaps) > 1:
        return ""
    return f"{head}{(gaps or [last + 1])[0]:02d}"


def code_free(codes: Sequence[str], layout: TableLayout, total: CellRef) -> str:
    """A code for a row among these that nothing names, for the reviewer to put right: the one behind the last, before
    those of other expenditure. "" where the parts have none, or none is free."""
    codes = sorted(codes)
    if not codes or not codes[0].isdecimal() or len({(len(code), code[:-2]) for code in codes}) != 1:
        return ""
    head = codes[0][:-2]
    numbers = [int(code[-2:]) for code in codes]
    free = max((number for number in numbers if number < _OTHERS), default=0) + 1
    above = name_of(layout, total.row, total.column)[0]
    return f"{head}{free:02d}" if head.startswith(above) and free < _OTHERS else ""


def _label_column(layout: TableLayout, row: int, column: int) -> int | None:
    """The column of the nearest label to the left."""
    cells = layout.table.rows[row][:column]
    return next((i for i in reversed(range(len(cells))) if cells[i].figure.kind is FigureKind.TEXT), None)


def name_of(layout: TableLayout, row: int, column: int) -> tuple[str, str]:
    """Code and label of a row for a figure in `column`; "" for what it has not."""
    at = _label_column(layout, row, column)
    return code_of(layout, row, column), layout.texts[row][at].strip() if at is not None else ""
