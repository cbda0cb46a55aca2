"""Which cells of a document are figures, and of what: amounts in a unit of money, counts, prices, shares; codes and the
numbers of rows are none. Told by the same structure that the checks rest on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.export.dataset import Sense
from workbench.export.rows import Measure
from workbench.fiscal.captions import unit_of_line
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind
from workbench.model.table import Cell, CellRef, Document, Form, Table

if TYPE_CHECKING:
    from workbench.checks.structure.columns import Column
    from workbench.checks.structure.rows import RowLabel
    from workbench.checks.structure.table import TableStructure

_NO_UNIT = frozenset({"?", "-"})
"""What a row counts where its words tell that it counts, and not in what."""
_OF_INDICATORS = frozenset({Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE})
_VALUE = re.compile(r"(?:指标|目标|完成|实现|实际|标准)值|^值$")
_MONEY = re.compile(r"金额|资金|经费|预算|支出|收入")
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
            kind = cell.figure.kind
            if column.index in left_out or kind not in (FigureKind.NUMBER, FigureKind.GARBLED):
                continue
            # What is meant as a figure and cannot be read is one that is missing, and not none.
            if kind is FigureKind.NUMBER or column.kind is ColumnKind.AMOUNT:
                ref = CellRef(table.id, row, column.index)
                yield ref, _sense(structure, ref, column, cell)


def _sense(structure: TableStructure, ref: CellRef, column: Column, cell: Cell) -> Sense:
    panel = structure.panel_of(column.index)
    row = structure.rows[panel][ref.row] if panel is not None else None
    measure, unit = _measured(structure.table, column, row, cell)
    label = "" if row is None else row.text
    if not any(character.isalnum() for character in label):
        label = structure.row_label(ref) or label
    if row is None:
        return Sense(measure, unit, label=label, name=label_key(label))
    kind = row.code_kind.value if row.code else "body" if row.unit_code else ""
    return Sense(
        measure,
        unit,
        code=row.code or row.unit_code,
        label=label,
        code_kind=kind,
        name=row.key or label_key(label),
        level=_level(row),
        of_which=row.of_which,
    )


def _level(row: RowLabel) -> int | None:
    """How deep a row stands: by its code (类 1, 款 2, 项 3), else by its numbering; 0 for totals, None for what neither
    tells."""
    if row.total:
        return 0
    return len(row.code) // 2 if row.code else row.rank or None


def _measured(table: Table, column: Column, row: RowLabel | None, cell: Cell) -> tuple[Measure, str]:
    """What a figure measures, and in which unit."""
    from workbench.checks.structure.columns import ColumnKind

    if cell.figure.percent or column.kind is ColumnKind.PERCENT:
        return Measure.PERCENT, "%"
    of_row = unit_of_line(row.text) if row is not None and "元" in row.text else ""
    money = cell.figure.unit or of_row or column.unit or table.unit
    if column.kind is ColumnKind.AMOUNT and table.form in _OF_INDICATORS and _is_value_of_indicator(column):
        return Measure.OTHER, ""
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


def _is_value_of_indicator(column: Column) -> bool:
    """Whether the heads say that figures are values of indicators (40 times, 95 per cent, 2 days),
    in no unit of money."""
    words = vocabulary().columns
    if any(_MONEY.search(key) for key in column.path):
        return False
    return any(_VALUE.search(key) for key in column.path) or any(
        words[kind].fit(column.leaf) for kind in ("this_year", "last_year", "year_before")
    )


def _names_no_figure(key: str) -> bool:
    """Whether a label in front of a cell without a head says that digits there are a number, a day or a telephone."""
    words = vocabulary().columns
    return any(words[kind].fit(key) for kind in ("year", "code", "unit_code", "sequence"))


def _counted_in(table: Table, column: int) -> str:
    """The unit in the brackets of a head (数量（辆）), "" where there is none."""
    found = _BRACKETED.search("/".join(table.column_path(column)[-1:]))
    return found[1] if found else ""
