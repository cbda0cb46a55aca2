"""Which cells of a document are figures, and of what: amounts in a unit of money, counts, prices, shares; codes and the
numbers of rows are none. Told by the same structure that the checks rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.export.dataset import Sense
from workbench.export.rows import Measure
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.amount import FigureKind
from workbench.model.table import Cell, CellRef, Document, Table

if TYPE_CHECKING:
    from workbench.checks.structure.columns import Column
    from workbench.checks.structure.rows import RowLabel
    from workbench.checks.structure.table import TableStructure

_NO_UNIT = frozenset({"?", "-"})
"""What a row counts where its words tell that it counts, and not in what."""
_BRACKETED = re.compile(r"[(（]([^()（）]{1,6})[)）]")


def senses_of(document: Document) -> dict[CellRef, Sense]:
    """What every figure in the tables of a document says; a cell that is left out is no figure."""
    return {ref: sense for table in document.tables for ref, sense in _senses(table)}


def _senses(table: Table) -> Iterator[tuple[CellRef, Sense]]:
    from workbench.checks.structure.columns import LABELS, ColumnKind
    from workbench.checks.structure.table import read_structure

    structure = read_structure(table)
    labels = {column.index for panel in structure.panels for column in panel.labels}
    left_out = {
        column.index
        for column in structure.columns
        if column.kind in (ColumnKind.SEQUENCE, ColumnKind.CODE, ColumnKind.UNIT_CODE)
        or (column.kind in LABELS and column.index in labels)
    }
    for row, cells in enumerate(table.rows):
        for column, cell in zip(structure.columns, cells, strict=True):
            if column.index not in left_out and cell.figure.kind is FigureKind.NUMBER:
                ref = CellRef(table.id, row, column.index)
                yield ref, _sense(structure, ref, column, cell)


def _sense(structure: TableStructure, ref: CellRef, column: Column, cell: Cell) -> Sense:
    panel = structure.panel_of(column.index)
    row = structure.rows[panel][ref.row] if panel is not None else None
    measure, unit = _measured(structure.table, column, row, cell)
    code = "" if row is None else row.code or row.unit_code
    label = "" if row is None else row.text
    return Sense(measure, unit, code, label or structure.row_label(ref))


def _measured(table: Table, column: Column, row: RowLabel | None, cell: Cell) -> tuple[Measure, str]:
    """What a figure measures, and in which unit."""
    from workbench.checks.structure.columns import ColumnKind

    if cell.figure.percent or column.kind is ColumnKind.PERCENT:
        return Measure.PERCENT, "%"
    money = column.unit or table.unit
    match column.kind:
        case ColumnKind.AMOUNT if row is not None and row.measure:
            return Measure.COUNT, "" if row.measure in _NO_UNIT else row.measure
        case ColumnKind.AMOUNT if not column.path and row is not None and _names_no_figure(row.key):
            return Measure.OTHER, ""
        case ColumnKind.AMOUNT:
            return Measure.AMOUNT, money
        case ColumnKind.PRICE:
            return Measure.PRICE, money
        case ColumnKind.QUANTITY:
            return Measure.COUNT, _counted_in(table, column.index)
    return Measure.OTHER, ""


def _names_no_figure(key: str) -> bool:
    """Whether a label in front of a cell without a head says that digits there are a number, a day or a telephone."""
    words = vocabulary().columns
    return any(words[kind].fit(key) for kind in ("year", "code", "unit_code", "sequence"))


def _counted_in(table: Table, column: int) -> str:
    """The unit in the brackets of a head (数量（辆）), "" where there is none."""
    found = _BRACKETED.search("/".join(table.column_path(column)[-1:]))
    return found[1] if found else ""
