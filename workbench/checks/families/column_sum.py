"""A total row (合计, 小计, 本年收入合计) equals the sum of the rows at the top of what it closes or heads.

Tolerance: half a unit of the last printed place a term. A total that takes in money from or to other years is a
balance (balance.py). The weights and scores of evaluation forms add up likewise (scores.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.balance import is_balance
from workbench.checks.families.forms.scores import score_checks, totals_of_points
from workbench.checks.families.sums import chosen_groups, vertical_checks
from workbench.checks.structure.groups import GroupKind
from workbench.model.check import Check, Family
from workbench.model.table import Table


def build(context: Context) -> Iterator[Check]:
    """A check for each total row and amount column."""
    yield from context.by_table("column sums", context.document.tables, _of_table)
    yield from score_checks(context)


def _of_table(context: Context, table: Table) -> Iterator[Check]:
    of_points = totals_of_points(table)
    for group, parts in chosen_groups(context, table):
        if group.kind is GroupKind.TOTAL and group.whole.row not in of_points and not is_balance(table, parts):
            yield from vertical_checks(context, table, Family.COLUMN_SUM, group, parts)
