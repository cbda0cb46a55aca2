"""A document to slip on: where it holds amounts, and what a slip makes of a cell."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Relation
from workbench.model.table import CellRef, Document, Table

Texts = dict[CellRef, str]
"""What cells print after a slip."""

ALIKE = {"0": "689", "1": "7", "2": "7", "3": "85", "4": "9", "5": "63", "6": "058", "7": "1", "8": "036", "9": "40"}
"""Digits, and those that are misread for them."""


@dataclass(frozen=True)
class Ground:
    """A document to slip on: its tables and the columns that hold amounts, found by the checks that stand on them."""

    document: Document
    tables: dict[str, Table]
    columns: dict[str, tuple[int, ...]]
    figures: tuple[CellRef, ...]
    rows_with_checks: frozenset[CellRef]

    @classmethod
    def of(cls, reconciliation: Reconciliation) -> Ground:
        document = reconciliation.document
        tables = {table.id: table for table in document.tables}
        held = {
            term.ref
            for check in reconciliation.checks
            if check.relation in (Relation.EQUAL, Relation.AT_MOST)
            for term in check.terms
            if term.ref.table in tables
        }
        columns = {table: tuple(sorted({ref.column for ref in held if ref.table == table})) for table in tables}
        figures = tuple(
            CellRef(table, row, column)
            for table, amounts in columns.items()
            for row in range(len(tables[table].rows))
            for column in amounts
            if (value := read_figure(text := tables[table].rows[row][column].text).value)
            and abs(value) >= 1
            and positions(text)
        )
        return cls(document, tables, columns, figures, frozenset(held))

    def text(self, ref: CellRef) -> str:
        return self.tables[ref.table].rows[ref.row][ref.column].text

    def empty(self, ref: CellRef) -> bool:
        table = self.tables[ref.table]
        if not (0 <= ref.row < len(table.rows) and ref.column in self.columns[ref.table]):
            return False
        figure = read_figure(self.text(ref))
        return figure.kind is FigureKind.BLANK or figure.value == 0

    def filled(self, ref: CellRef) -> bool:
        table = self.tables[ref.table]
        if not (0 <= ref.row < len(table.rows) and ref.column in self.columns[ref.table]):
            return False
        return bool(read_figure(self.text(ref)).value)

    def beside(self, ref: CellRef, by: int) -> CellRef:
        return CellRef(ref.table, ref.row, ref.column + by)

    def below(self, ref: CellRef, by: int = 1) -> CellRef:
        return CellRef(ref.table, ref.row + by, ref.column)


def positions(text: str) -> list[int]:
    return [index for index, character in enumerate(text) if character in ALIKE]


Make = Callable[[Ground, CellRef, random.Random], Texts | None]
"""From a document and one of its figures what cells print after a slip; None where it has no room there."""
