"""A total row (合计, 小计, 本年收入合计) equals the sum of the rows at the top of what it closes or heads.

Tolerance: half a unit of the last printed place a term. A total that takes in money from or to other years is a
balance (balance.py). The weights and scores of evaluation forms add up likewise (scores.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.checks.context import Context
from workbench.checks.families.balance import is_balance
from workbench.checks.families.forms.score_rows import totals_of_points
from workbench.checks.families.forms.scores import score_checks
from workbench.checks.families.sums import chosen_groups, vertical_checks
from workbench.checks.families.support import support
from workbench.checks.reading import MINUS_ONE, ONE
from workbench.checks.structure.columns import ColumnKind
from workbench.checks.structure.groups import GroupKind
from workbench.checks.structure.rows import RowLabel
from workbench.model.check import Check, Family, Relation, Role, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_SEVERAL = 2


def build(context: Context) -> Iterator[Check]:
    """A check for each total row and amount column."""
    yield from context.by_table("column sums", context.document.tables, _of_table, asking=True)
    yield from score_checks(context)


def _of_table(context: Context, table: Table) -> Iterator[Check]:
    of_points = totals_of_points(table)
    for group, parts in chosen_groups(context, table):
        if group.kind is GroupKind.TOTAL and group.whole.row not in of_points and not is_balance(table, parts):
            yield from vertical_checks(context, table, Family.COLUMN_SUM, group, parts)
            yield from _numbers(context, table, group.whole, parts)


def _numbers(context: Context, table: Table, whole: RowLabel, parts: Sequence[RowLabel]) -> Iterator[Check]:
    """The numbers of things (人数, 数量) of a total row, which may count something else: where as printed they add up,
    or would but for one digit of a number of many, or all other numbers of the row do."""
    structure = context.structure(table)
    if any(part.panel != whole.panel for part in parts):
        return
    counted = [one for one in structure.panels[whole.panel].others if one.kind is ColumnKind.QUANTITY]
    equations = [
        (CellRef(table.id, whole.row, one.index), tuple(CellRef(table.id, part.row, one.index) for part in parts))
        for one in counted
    ]
    each = [support(context.printed, [equation]) for equation in equations]
    but_one = sum(found.holds for found in each) >= _SEVERAL and sum(found.fails for found in each) == 1
    for (total, cells), found in zip(equations, each, strict=True):
        # Whole numbers of things are exact, and no rounded amounts.
        whole_numbers = not any(context.printed.read(cell).figure.decimals for cell in (total, *cells))
        role: Role = "value" if whole_numbers else "part"
        if found.holds or found.near or (found.fails and but_one):
            name = f"《{table.title}》{context.label(total)}" if table.title else context.label(total)
            yield context.check(
                Family.COLUMN_SUM,
                Relation.EQUAL,
                [Term(total, ONE, "total"), *(Term(cell, MINUS_ONE, role) for cell in cells)],
                Message(
                    f"{name}: equals the sum of its {len(cells)} parts.", f"{name}：等于{len(cells)}个组成项之和。"
                ),
                severity=Severity.WARNING,
                weak=True,
            )
