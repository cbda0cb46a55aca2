"""A statement balances: 收入总计 = 支出总计; 本年合计 + 结转 = 总计 on each side; 年初结转 + 收入 − 支出 = 年末结转.

Tolerance: half a unit of the last printed place a term. Source: 政府会计制度 (收入支出总表, 财政拨款收入支出总表): the
two sides of a statement of income and expenditure comprise the same money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.checks.context import Context
from workbench.checks.families.links.linking import nearly_same
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.statements.ledgers import ledger_of_columns, ledger_of_rows
from workbench.checks.families.statements.totals import comprising, total_column
from workbench.checks.families.sums import chosen_groups, vertical_checks
from workbench.checks.reading import MINUS_ONE, ONE, ZERO
from workbench.checks.structure.columns import Column
from workbench.checks.structure.groups import GroupKind
from workbench.checks.structure.label_words import TotalRank, numbering
from workbench.checks.structure.outline import is_carried
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.rows import RowLabel
from workbench.checks.structure.table import TableStructure
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_BALANCE_SHEET = tuple(re.compile(f"{name}(?:总?计|合计|总额)?") for name in ("资产", "负债", "净资产"))
"""The rows of a balance sheet: what there is, what is owed, what is left."""
_OF_THE_YEAR = re.compile(r"(?:本年|当年)度?(?:收入|支出)(?!总).*")
"""The head of a side that leaves out what comes from other years or goes to them."""
_MANY_ROWS = 3
_TWO_SIDED = (Form.INCOME_EXPENDITURE_SUMMARY, Form.FISCAL_GRANT_SUMMARY)


def build(context: Context) -> Iterator[Check]:
    """The checks of all statements that have two sides, carry money over, or keep a fund."""
    yield from context.by_table("balances", context.document.tables, _of_table, asking=True)


def _of_table(context: Context, table: Table) -> Iterator[Check]:
    for group, parts in chosen_groups(context, table):
        if group.kind is GroupKind.TOTAL and is_balance(table, parts):
            yield from vertical_checks(context, table, Family.BALANCE, group, parts)
    structure = context.structure(table)
    if table.form in _TWO_SIDED:
        yield from _sides(context, structure)
    for panel in structure.panels:
        yield from ledger_of_rows(context, structure, panel)
        flow = frozenset(column.index for column in flow_columns(structure, panel) or ())
        yield from ledger_of_columns(context, structure, panel, flow)
        yield from _flows(context, structure, panel)
        yield from _assets(context, structure, panel)


def is_balance(table: Table, parts: Sequence[RowLabel]) -> bool:
    """Whether a total takes in another total or money from other years: 本年合计 + 结转 = 总计."""
    return table.form in _TWO_SIDED and any(part.total or is_carried(part) for part in parts)


def _sides(context: Context, structure: TableStructure) -> Iterator[Check]:
    """The highest total of each side against that of the first; every measure that the two sides both print.

    Totals of the year alone (本年收入构成 beside 本年支出构成) need not balance: only those that do but for a slip.
    """
    sides = [(panel, row) for panel in structure.panels if (row := _highest(structure, panel)) is not None]
    if not sides:
        return
    (panel, row), *others = sides
    for other, other_row in others:
        for ours, theirs in _matching(context, structure, panel, other):
            left = structure.cell(row, panel.amounts.index(ours))
            right = structure.cell(other_row, other.amounts.index(theirs))
            of_year = all(_OF_THE_YEAR.fullmatch(column.path[0]) for column in (ours, theirs) if column.path)
            grand = TotalRank.GRAND in (row.total, other_row.total)
            if of_year and not grand and not nearly_same(context, ((left,), (right,))):
                continue
            terms = (Term(left, ONE, "left"), Term(right, MINUS_ONE, "right"))
            first, second = structure.row_label(left), structure.row_label(right)
            title = Message(
                f"“{first}” is as much as “{second}” of the other side.", f"两侧的“{first}”与“{second}”应相等。"
            )
            if first == second:
                title = Message(f"“{first}” is the same on both sides.", f"两侧的“{first}”应相等。")
            yield context.check(Family.BALANCE, Relation.EQUAL, terms, title, blank_as_zero=False)


def _highest(structure: TableStructure, panel: Panel) -> RowLabel | None:
    totals = [label for label in structure.rows[panel.number] if label.total]
    return max(totals, key=lambda label: (label.total, label.row), default=None)


def _matching(
    context: Context, structure: TableStructure, panel: Panel, other: Panel
) -> Iterator[tuple[Column, Column]]:
    """The columns of two sides that say the same of each: all, where they are headed alike, else their totals."""
    leaves = [[column.leaf for column in side.amounts] for side in (panel, other)]
    if leaves[0] == leaves[1]:
        yield from zip(panel.amounts, other.amounts, strict=True)
        return
    alike = [leaf for leaf in leaves[0] if leaves[0].count(leaf) == leaves[1].count(leaf) == 1]
    if len(leaves[0]) == len(leaves[1]) and alike:
        # As many measures on both sides, of which some have lost their heads.
        for leaf in alike:
            yield panel.amounts[leaves[0].index(leaf)], other.amounts[leaves[1].index(leaf)]
    else:
        yield total_column(context, structure, panel), total_column(context, structure, other)


def _flows(context: Context, structure: TableStructure, panel: Panel) -> Iterator[Check]:
    """Opening balance + income − expenditure = closing balance, for every row of a fund's statement."""
    columns = flow_columns(structure, panel)
    if columns is None or _holds_nowhere(structure, panel, columns):
        return
    for label in structure.rows[panel.number]:
        if label.empty:
            continue
        opening, income, spent, closing = (CellRef(structure.table.id, label.row, column.index) for column in columns)
        terms = [
            Term(closing, ONE, "total"),
            Term(spent, ONE, "part"),
            Term(income, MINUS_ONE, "part"),
            Term(opening, MINUS_ONE, "part"),
        ]
        name = structure.row_label(closing)
        title = Message(
            f"{name}: opening balance + income − expenditure = closing balance.",
            f"{name}：年初结转和结余 + 本年收入 − 本年支出 = 年末结转和结余。",
        )
        yield context.check(Family.BALANCE, Relation.EQUAL, terms, title)


def _holds_nowhere(structure: TableStructure, panel: Panel, columns: Sequence[Column]) -> bool:
    """Whether opening + income − expenditure misses the closing balance, as printed, in every row and by another amount
    in each: then one of the columns is another one than its head says."""
    missed = set()
    for label in structure.rows[panel.number]:
        figures = [printed_figure(structure.table, label.row, column.index) for column in columns]
        opening, income, spent, closing = (figure.value or ZERO for figure in figures)
        if not (opening or income or spent or closing):
            continue
        difference = opening + income - spent - closing
        if abs(difference) <= sum((figure.half_unit for figure in figures), ZERO):
            return False
        missed.add(difference)
    return len(missed) >= _MANY_ROWS


def _assets(context: Context, structure: TableStructure, panel: Panel) -> Iterator[Check]:
    """Assets are liabilities and net assets, where a balance sheet has one row for each."""
    rows = [
        [label for label in structure.rows[panel.number] if kind.fullmatch(numbering(label_key(label.text))[2])]
        for kind in _BALANCE_SHEET
    ]
    if any(len(labels) != 1 for labels in rows):
        return
    for place in range(len(panel.amounts)):
        whole, *parts = (structure.cell(labels[0], place) for labels in rows)
        column = structure.column_label(whole.column)
        title = Message(
            f"{column}: assets are liabilities and net assets.", f"{column}：资产总计 = 负债合计 + 净资产合计。"
        )
        terms = [Term(whole, ONE, "total"), *(Term(part, MINUS_ONE, "part") for part in parts)]
        yield context.check(Family.BALANCE, Relation.EQUAL, terms, title, key=("assets",))


def flow_columns(structure: TableStructure, panel: Panel) -> tuple[Column, Column, Column, Column] | None:
    """The total columns of opening balance, income, expenditure and closing balance; None where one is missing."""
    words = vocabulary().columns
    chosen = []
    for name in ("opening", "income", "spent", "closing"):
        columns = [column for column in panel.amounts if words[name].fit(column.path[0] if column.path else "")]
        total = columns[0] if len(columns) == 1 else comprising(structure, panel, columns)
        if total is None:
            return None
        chosen.append(total)
    return chosen[0], chosen[1], chosen[2], chosen[3]
