"""A statement balances: 收入总计 = 支出总计; 本年合计 + 结转 = 总计 on each side; 年初结转 + 收入 − 支出 = 年末结转.

Tolerance: half a unit of the last printed place a term. Source: 政府会计制度 (收入支出总表, 财政拨款收入支出总表): the
two sides of a statement of income and expenditure comprise the same money.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.checks.columns import Column, Panel
from workbench.checks.context import Context
from workbench.checks.evaluate import ONE
from workbench.checks.groups import GroupKind
from workbench.checks.labelled_rows import is_carried
from workbench.checks.partition import ColumnEquation
from workbench.checks.rows import RowLabel
from workbench.checks.structure import TableStructure
from workbench.checks.sums import MINUS_ONE, chosen_groups, vertical_checks
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_TWO_SIDED = (Form.INCOME_EXPENDITURE_SUMMARY, Form.FISCAL_GRANT_SUMMARY)


def build(context: Context) -> Iterator[Check]:
    """The checks of all statements that have two sides, carry money over, or keep a fund."""
    for table in context.document.tables:
        for group, parts in chosen_groups(context, table):
            if group.kind is GroupKind.TOTAL and is_balance(table, parts):
                yield from vertical_checks(context, table, Family.BALANCE, group, parts)
        structure = context.structure(table)
        if table.form in _TWO_SIDED:
            yield from _sides(context, structure)
        for panel in structure.panels:
            yield from _flows(context, structure, panel)


def is_balance(table: Table, parts: Sequence[RowLabel]) -> bool:
    """Whether a total takes in another total or money from other years: 本年合计 + 结转 = 总计."""
    return table.form in _TWO_SIDED and any(part.total or is_carried(part) for part in parts)


def grand_totals(structure: TableStructure) -> tuple[CellRef, ...]:
    """The cell of the highest total of each side of a statement, in its total column."""
    found = []
    for panel, labels in zip(structure.panels, structure.rows, strict=True):
        totals = [label for label in labels if label.total]
        if totals:
            last = max(totals, key=lambda label: (label.total, label.row))
            found.append(structure.cell(last, panel.amounts.index(total_column(structure, panel))))
    return tuple(found)


def total_column(structure: TableStructure, panel: Panel) -> Column:
    """The column of a panel that comprises the others: the total of its first equation, else its first column."""
    outer = _outermost([equation for equation in structure.equations[panel.number] if not equation.of_which])
    return outer.total if outer else panel.amounts[0]


def _outermost(equations: Sequence[ColumnEquation]) -> ColumnEquation | None:
    """The equation whose total is part of no other."""
    inner = {part.index for equation in equations for part in equation.parts}
    return next((equation for equation in equations if equation.total.index not in inner), None)


def _sides(context: Context, structure: TableStructure) -> Iterator[Check]:
    first, *others = grand_totals(structure) or (None,)
    for other in others:
        if first is None:
            return
        terms = (Term(first, ONE, "left"), Term(other, MINUS_ONE, "right"))
        left, right = structure.row_label(first), structure.row_label(other)
        title = Message(f"{left} of one side equals {right} of the other.", f"两侧相等：{left} = {right}。")
        yield context.check(Family.BALANCE, Relation.EQUAL, terms, title, blank_as_zero=False)


def _flows(context: Context, structure: TableStructure, panel: Panel) -> Iterator[Check]:
    """Opening balance + income − expenditure = closing balance, for every row of a fund's statement."""
    columns = _flow_columns(structure, panel)
    if columns is None:
        return
    for label in structure.rows[panel.number]:
        if label.empty:
            continue
        places = [CellRef(structure.table.id, label.row, column.index) for column in columns]
        signs = (MINUS_ONE, MINUS_ONE, ONE, ONE)
        terms = [
            Term(ref, sign, role)
            for ref, sign, role in zip(places, signs, ("part", "part", "part", "total"), strict=True)
        ]
        name = structure.row_label(places[-1])
        title = Message(
            f"{name}: opening balance + income − expenditure = closing balance.",
            f"{name}：年初结转和结余 + 本年收入 − 本年支出 = 年末结转和结余。",
        )
        yield context.check(Family.BALANCE, Relation.EQUAL, terms[::-1], title)


def _flow_columns(structure: TableStructure, panel: Panel) -> tuple[Column, Column, Column, Column] | None:
    words = vocabulary().columns
    opening = [column for column in panel.amounts if words["opening"].fit(column.path[0] if column.path else "")]
    closing = [column for column in panel.amounts if words["closing"].fit(column.path[0] if column.path else "")]
    income = [column for column in panel.amounts if words["income"].fit(column.path[0] if column.path else "")]
    spent = [column for column in panel.amounts if words["spent"].fit(column.path[0] if column.path else "")]
    if not (opening and closing and income and spent):
        return None
    totals = {equation.total.index for equation in structure.equations[panel.number]}
    chosen = []
    for columns in (opening, income, spent, closing):
        total = next((column for column in columns if column.index in totals), columns[0])
        if len(columns) > 1 and total.index not in totals:
            return None
        chosen.append(total)
    return chosen[0], chosen[1], chosen[2], chosen[3]
