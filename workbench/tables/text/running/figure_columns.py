"""The figures of rows that lost their blanks, each in its column, by what the header, the rows and other tables of the
document tell of the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from workbench.model.amount import match_key, read_figure
from workbench.model.table import Cell, Row
from workbench.tables.raw import RawTable
from workbench.tables.text.figures import FigureJoiner
from workbench.tables.text.header.rows import Header
from workbench.tables.text.lines import EMPTY, cell_of, text_of
from workbench.tables.text.listed_words import head_key
from workbench.tables.text.running.likely_columns import LikelyColumns
from workbench.tables.text.running.placing import Columns, place_rows
from workbench.tables.text.running.promised_sums import Equation, RowToPlace, balance_of, equations_of
from workbench.tables.text.running.rows import SlotRow
from workbench.tables.text.running.slots import Kind, Slot
from workbench.tables.text.vocabulary import is_known, is_usually_blank

_COUNT = re.compile(r"数量$|人数$|户数$|辆数$|台数$|套数$|个数$")
_LEADING_CODE = re.compile(r"^[\[【(]?(\d{3}(?:\d\d){0,2})(?!\d)")
_ORDINAL = re.compile(r"^\s*(?:[一二三四五六七八九十廿]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.、])")
_FUNDS = re.compile(r"政府性基金|国有资本经营")
Stated = dict[str, set[Decimal]]
"""The amounts that rows of earlier tables print for a label."""


def placed_rows(
    read: Sequence[SlotRow],
    slots: Sequence[Slot],
    header: Header,
    joiner: FigureJoiner,
    stated: Stated,
    title: str = "",
) -> list[Row]:
    """The rows with every cell in its column."""
    blank = ("基本支出",) if _FUNDS.search(title) else ()
    grid: list[list[Cell]] = [[EMPTY] * header.width for _ in read]
    for index, slot in enumerate(slots):
        if slot.kind is not Kind.FIGURES:
            for cells, row in zip(grid, read, strict=True):
                cells[slot.columns[0]] = cell_of([word.piece for word in row.words.get(index, ())])
            continue
        figures = [joiner.join(row.words.get(index, [])) for row in read]
        base = slot.columns[0]
        rows = [
            RowToPlace(
                tuple("".join(piece.text for piece in figure) for figure in printed), code, _label(row, slots, index)
            )
            for printed, row, code in zip(figures, read, _codes(read, slots, index), strict=True)
        ]
        ways = place_rows(rows, _columns(slot, header, stated, blank))
        for cells, printed, way in zip(grid, figures, ways, strict=True):
            lost = len(printed) < len(slot.columns)
            for figure, column in zip(printed, way, strict=False):
                cells[base + column] = cell_of(figure, inferred=lost)
            if any(read_figure(text_of(figure)).value is not None for figure in printed[len(way) :]) and way:
                # More figures than columns: none may vanish, so that the reviewer sees that something is wrong.
                rest = [piece for figure in printed[len(way) - 1 :] for piece in figure]
                cells[base + way[-1]] = cell_of(rest)
    return [tuple(cells) for cells in grid]


def _columns(slot: Slot, header: Header, stated: Stated, blank: Sequence[str]) -> Columns:
    """What is known of the columns of a slot."""
    base = slot.columns[0]
    leaves = header.text.leaves[base : base + len(slot.columns)]
    equations = equations_of(header.text.rows, slot.columns)
    return Columns(
        len(slot.columns),
        tuple(Equation(e.total - base, tuple(part - base for part in e.parts)) for e in equations),
        tuple(index for index, leaf in enumerate(leaves) if _COUNT.search(leaf)),
        frozenset(
            index
            for index, column in enumerate(slot.columns)
            if any(is_usually_blank(row[column]) or row[column] in blank for row in header.text.rows)
        ),
        tuple(frozenset(stated.get(head_key(leaf), ())) for leaf in leaves),
        frozenset(index for index, leaf in enumerate(leaves) if _COUNT.search(leaf) or leaf.endswith("单价")),
        LikelyColumns.of([[row[column] for row in header.text.rows] for column in slot.columns]),
        _shifted(balance_of(header.text.rows, slot.columns), base),
    )


def _shifted(columns: tuple[int, int, int, int] | None, base: int) -> tuple[int, int, int, int] | None:
    """Columns of a header counted from the first of a slot."""
    if columns is None:
        return None
    first, income, expenditure, last = columns
    return first - base, income - base, expenditure - base, last - base


def state(stated: Stated, table: RawTable) -> None:
    """Note what amounts the rows of a table print for their labels (四、事业收入 50.00)."""
    for row in table.rows[table.header_rows or 0 :]:
        for label, cell in pairwise(row):
            value = cell.figure.value
            key = head_key(_ORDINAL.sub("", label.printed)) if value else ""
            if key and value and not cell.inferred and is_known(key):
                stated.setdefault(key, set()).add(value)


def _codes(read: Sequence[SlotRow], slots: Sequence[Slot], before: int) -> list[str]:
    """The code of each row, "" where it has none. Where a row prints the digits of its own level alone, those of the
    levels above are printed in rows above it."""
    text = next((index for index in range(before) if slots[index].kind is Kind.TEXT), before)
    columns = [index for index in range(text) if slots[index].kind is Kind.CODE and not slots[index].of_body]
    above: list[str] = []
    codes = []
    for row in read:
        own = ["".join(match_key(word.text) for word in row.words.get(index, ())) for index in columns]
        last = max((level for level, digits in enumerate(own) if digits), default=-1)
        if last < 0:
            match = _LEADING_CODE.match(match_key(_label(row, slots, before))) if not columns else None
            codes.append(match[1] if match else "")
            continue
        first = next(level for level, digits in enumerate(own) if digits)
        lower = slots[columns[first]].partial
        above = [*(above[:first] if lower else []), *own[first if lower else 0 : last + 1]]
        codes.append("".join(above))
    return codes


def _label(row: SlotRow, slots: Sequence[Slot], before: int) -> str:
    """The row's own label left of a slot, the nearest text column that says something."""
    for index in range(before - 1, -1, -1):
        if slots[index].kind is Kind.TEXT and row.words.get(index):
            return "".join(word.text for word in row.words[index])
    return ""
