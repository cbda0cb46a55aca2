"""A row equals the sum of the rows under it: 类 = 款 = 项, 301 = 30101 + …, a unit = its items, 一、 = （一） + （二）.

Tolerance: half a unit of the last printed place a term. Source: 政府收支分类科目 (a class is the sum of its sections);
the outline of the published forms. Parts headed 其中 are at most the whole, unless the vocabulary knows them to make
it up.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.forms.project_forms import budget_sums
from workbench.checks.families.sums import chosen_groups, vertical_checks
from workbench.checks.structure.groups import GroupKind
from workbench.model.check import Check, Family
from workbench.model.table import Table


def build(context: Context) -> Iterator[Check]:
    """A check for each parent row and amount column."""
    yield from context.by_table("children sums", context.document.tables, _of_table, asking=True)
    yield from budget_sums(context)


def _of_table(context: Context, table: Table) -> Iterator[Check]:
    for group, parts in chosen_groups(context, table):
        if group.kind is not GroupKind.TOTAL:
            yield from vertical_checks(context, table, Family.CHILDREN_SUM, group, parts)
