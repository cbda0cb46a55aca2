"""A column equals the sum of the columns that make it up, in every row: 合计 = 基本支出 + 项目支出, a spanner's 小计 = its columns.

Which columns these are is read from the column paths with the words of the vocabulary (`partition.py`); parts that it
does not know are taken only where the figures bear it out in most rows. 其中 is a part and no addend. Tolerance: half
a unit of the last printed place a term.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.columns import Column, Panel
from workbench.checks.context import Context
from workbench.checks.evaluate import ONE
from workbench.checks.partition import ColumnEquation
from workbench.checks.structure import TableStructure
from workbench.checks.sums import MINUS_ONE
from workbench.checks.support import Support, support
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef

_FEW_ROWS = 3
"""With so few rows the figures cannot outvote the heads."""


def build(context: Context) -> Iterator[Check]:
    """A check for each row and equation between columns."""
    for table in context.document.tables:
        structure = context.structure(table)
        for panel, equations in zip(structure.panels, structure.equations, strict=True):
            for equation in equations:
                yield from _checks(context, structure, panel, equation)


def _checks(context: Context, structure: TableStructure, panel: Panel, equation: ColumnEquation) -> Iterator[Check]:
    rows = [label.row for label in structure.rows[panel.number] if not label.note]
    found = Support() if equation.of_which else _support(context, structure, rows, equation)
    if not equation.known and not (found.holds >= _FEW_ROWS and found.holds >= 4 * found.fails):
        return
    # A reading that most rows contradict is most likely wrong: one doubtful finding, not one in every row.
    contradicted = found.tried > _FEW_ROWS and found.holds < found.fails
    if contradicted:
        rows = [label.row for label in structure.rows[panel.number] if label.total][:1]
    for row in rows:
        if all(
            structure.table.rows[row][column.index].figure.kind is not FigureKind.TEXT for column in _columns(equation)
        ):
            yield _check(context, structure, row, equation, weak=contradicted)


def _columns(equation: ColumnEquation) -> Iterator[Column]:
    yield equation.total
    yield from equation.parts


def _support(context: Context, structure: TableStructure, rows: list[int], equation: ColumnEquation) -> Support:
    identifier = structure.table.id
    return support(
        context.figures,
        (
            (
                CellRef(identifier, row, equation.total.index),
                [CellRef(identifier, row, part.index) for part in equation.parts],
            )
            for row in rows
        ),
    )


def _check(context: Context, structure: TableStructure, row: int, equation: ColumnEquation, *, weak: bool) -> Check:
    identifier = structure.table.id
    total = CellRef(identifier, row, equation.total.index)
    parts = [CellRef(identifier, row, part.index) for part in equation.parts]
    name, column = structure.row_label(total), structure.column_label(equation.total.index)
    heads = [structure.column_label(part.index) for part in equation.parts]
    severity = Severity.WARNING if weak else Severity.ERROR
    if equation.of_which:
        terms = [*(Term(part, ONE, "part") for part in parts), Term(total, MINUS_ONE, "whole")]
        title = Message(f"{name}: {heads[0]} is at most {column}.", f"{name}：{heads[0]}不大于{column}。")
        return context.check(Family.ROW_SUM, Relation.AT_MOST, terms, title)
    terms = [Term(total, ONE, "total"), *(Term(part, MINUS_ONE, "part") for part in parts)]
    title = Message(f"{name}: {column} = {' + '.join(heads)}.", f"{name}：{column} = {' + '.join(heads)}。")
    return context.check(Family.ROW_SUM, Relation.EQUAL, terms, title, severity=severity, weak=weak)
