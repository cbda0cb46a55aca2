"""The rows of a statement by account code: code, name, and the names of the classes above."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.checks.context import Context
from workbench.checks.structure.columns import ColumnKind
from workbench.checks.structure.label_words import CodeKind
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.rows import RowLabel
from workbench.fiscal.vocabulary import label_key
from workbench.model.table import CellRef, Form, Table

_CODE_BESIDE = re.compile(r"^[\[(（【]?\d{3,9}[\])）】]?[-_—\s]*|[\[(（【]\d{3,9}[\])）】]$")


@dataclass(frozen=True, slots=True)
class FunctionalRow:
    """A row with an account code: its digits joined over 类 款 项 columns, the columns that print them, the column of
    its name, the names from the highest level down, and the columns of amounts that belong to it. What checks of its
    code and name are called by: its table's id, title and form, and how each of these cells is called."""

    row: int
    code: str
    code_columns: tuple[int, ...]
    name_column: int
    names: tuple[str, ...]
    amount_columns: tuple[int, ...]
    table: tuple[str, str, Form]
    labels: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its own name as printed."""
        return self.names[-1]

    @property
    def path(self) -> tuple[str, ...]:
        """The names as keys for comparing."""
        return tuple(label_key(name) for name in self.names)


def functional_rows(context: Context, table: Table) -> tuple[FunctionalRow, ...]:
    """The rows of `table` that carry an account code (functional or economic), panel by panel, in order. The value is
    stable, and all that checks of codes and names need of the table."""
    key = ("functional rows", table.id)
    return context.once(key, (table,), lambda: _functional_rows(context, table), stable=True)


def _functional_rows(context: Context, table: Table) -> tuple[FunctionalRow, ...]:
    structure = context.structure(table)
    found: list[FunctionalRow] = []
    names: dict[str, str] = {}
    for panel, labels in zip(structure.panels, structure.rows, strict=True):
        for label in labels:
            row = _coded_row(context, table, panel, label, names)
            if row is not None:
                found.append(row)
                # A code put for another code is a figure put for a figure, and yet another structure.
                context.guards.update(CellRef(table.id, row.row, column) for column in row.code_columns)
    return tuple(found)


def _coded_row(
    context: Context, table: Table, panel: Panel, label: RowLabel, names: dict[str, str]
) -> FunctionalRow | None:
    if label.code_kind not in (CodeKind.FUNCTION, CodeKind.ECONOMIC, CodeKind.GOVERNMENT) or label.total:
        return None
    codes = _printed_code(table, panel, label)
    column = _name_column(table, panel, label, codes)
    if column is None:
        return None
    name = _CODE_BESIDE.sub("", table.rows[label.row][column].text.strip())
    if not name or name.isdigit():
        return None
    code = label.code
    names[code] = name
    above = [names[code[:length]] for length in range(3, len(code), 2) if code[:length] in names]
    return FunctionalRow(
        label.row,
        code,
        codes,
        column,
        (*above, name),
        tuple(each.index for each in panel.amounts),
        (table.id, table.title, table.form),
        tuple(context.label(CellRef(table.id, label.row, at)) for at in (*codes, column)),
    )


def _printed_code(table: Table, panel: Panel, label: RowLabel) -> tuple[int, ...]:
    """The neighbouring code columns whose digits make up the code, or the end of it where the row does not repeat the
    class above; none where the code is printed with the name."""
    filled = [column.index for column in panel.codes if table.rows[label.row][column.index].text.strip()]
    for count in range(len(filled), 0, -1):
        run = filled[:count]
        digits = "".join(label_key(table.rows[label.row][index].text) for index in run)
        if label.code.endswith(digits) and run[-1] - run[0] == count - 1:
            return tuple(run)
    return ()


def _name_column(table: Table, panel: Panel, label: RowLabel, codes: tuple[int, ...]) -> int | None:
    """The first name behind the code; the cell that prints both where the code has no column."""
    cells = table.rows[label.row]
    named = [column.index for column in panel.labels if column.kind is ColumnKind.NAME and cells[column.index].text]
    behind = [index for index in named if not codes or index > codes[-1]]
    return behind[0] if behind else None
