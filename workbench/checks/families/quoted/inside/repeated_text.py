"""Sentences that a performance form repeats: the same words must come with the same number of people.

Only sentences of some length are compared, and never columns that stand for different years or for plan and result.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from workbench.checks.context import Context
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Family
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_NUMBER = re.compile(r"\d[\d.,]*")
_PEOPLE = re.compile(r"(?P<number>\d[\d.,]*)(?=万?余?(?:名|人|户|参保|居民|群众|职工|学生|家))")
_MARKS = re.compile(r"[^#\w%]")
_WORDS = re.compile(r"[一-龥]")
_ANOTHER_TIME = re.compile(
    r".*(?:20\d\d|上年|前年|去年|当年|本年|年度|近两年|预期|预计|实际|完成|全年|目标值|指标值(?!确定)).*"
)
_FEWEST_WORDS = 8

_Told = tuple[CellRef, str]
"""A cell and the numbers in it."""


def repeated_texts(context: Context) -> Iterator[Check]:
    """Cells of one row, then cells of the whole document, that differ in nothing but a number of people."""
    tables = context.of_form(Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE)
    sentences = tuple(_sentences_of(context, table) for table in tables)
    yield from context.checks_once("repeated texts", tables, lambda: _clashes(context, sentences))


_Row = tuple[tuple[str, _Told], ...]
"""The sentences of one row, each without its numbers."""


def _sentences_of(context: Context, table: Table) -> tuple[_Row, ...]:
    """The sentences of a table that name a number of people, row by row."""
    return context.once(("sentences", table.id), (table,), lambda: _read(context, table))


def _read(context: Context, table: Table) -> tuple[_Row, ...]:
    heads = [column.leaf for column in context.structure(table).columns]
    columns = [column for column in range(table.width) if not _ANOTHER_TIME.fullmatch(heads[column])]
    return tuple(tuple(_sentences(table, row, columns)) for row in range(len(table.rows)))


def _clashes(context: Context, tables: Sequence[tuple[_Row, ...]]) -> Iterator[Check]:
    """One check for each pair of numbers, however often the one stands for the other."""
    told: dict[str, list[_Told]] = defaultdict(list)
    found: dict[frozenset[str], list[tuple[CellRef, CellRef]]] = defaultdict(list)
    clashing: set[CellRef] = set()
    for row in (row for rows in tables for row in rows):
        for masked, one in row:
            told[masked].append(one)
        for (masked, (ref, numbers)), (other_masked, (other, other_numbers)) in combinations(row, 2):
            if masked == other_masked and numbers != other_numbers and other.column != ref.column:
                clashing.update((ref, other))
                found[frozenset((numbers, other_numbers))].append((ref, other))
    for cells in told.values():
        for numbers, most, ref, other in _minority(cells):
            if ref not in clashing:
                found[frozenset((numbers, most))].append((ref, other))
    for pairs in found.values():
        yield _clash(context, pairs)


def _sentences(table: Table, row: int, columns: list[int]) -> Iterator[tuple[str, _Told]]:
    for column in columns:
        text = label_key(table.rows[row][column].text)
        if len(_WORDS.findall(text)) >= _FEWEST_WORDS and _PEOPLE.search(text):
            numbers = ",".join(match["number"] for match in _PEOPLE.finditer(text))
            yield _MARKS.sub("", _NUMBER.sub("#", text)), (CellRef(table.id, row, column), numbers)


def _minority(cells: list[_Told]) -> Iterator[tuple[str, str, CellRef, CellRef]]:
    """Cells whose number fewer cells tell than another one, where that one is told by several: the number, the other
    one, the cell, and a cell that tells the other."""
    by_numbers: dict[str, list[CellRef]] = defaultdict(list)
    for ref, numbers in cells:
        by_numbers[numbers].append(ref)
    most = max(by_numbers, key=lambda numbers: len(by_numbers[numbers]))
    for numbers, refs in by_numbers.items():
        if len(refs) < len(by_numbers[most]) and len(by_numbers[most]) >= 2:
            for ref in refs:
                yield numbers, most, ref, by_numbers[most][0]


def _clash(context: Context, pairs: Sequence[tuple[CellRef, CellRef]]) -> Check:
    refs = dict.fromkeys((*(ref for ref, _ in pairs), *(other for _, other in pairs)))
    texts = [context.tables[ref.table].cell(ref.row, ref.column).text for ref in pairs[0]]
    shown = [text if len(text) <= 40 else text[:39] + "…" for text in texts]
    times = Message("", "") if len(pairs) == 1 else Message(f" in {len(pairs)} places", f"（{len(pairs)}处）")
    return context.fact(
        Family.NARRATIVE,
        refs,
        Message(
            f"The same words come with different numbers{times.en}: “{shown[0]}” and “{shown[1]}”.",
            f"同一表述的数字不一致{times.zh}：“{shown[0]}”与“{shown[1]}”。",
        ),
    )
