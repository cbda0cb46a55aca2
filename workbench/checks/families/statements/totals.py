"""Which column of a statement is the one that the document is about: this year's,
of the report's own measure, total."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from workbench.checks.context import Context
from workbench.checks.structure.columns import Column
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.partition import ColumnEquation
from workbench.checks.structure.table import TableStructure
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.table import ReportKind, Table

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")


def total_column(context: Context, structure: TableStructure, panel: Panel) -> Column:
    """The column of a panel that comprises its others: what a fund spent, where the panel tells its balances apart;
    else the total of the equation that is part of no other; else the first column."""
    current = current_columns(context, structure.table, panel)
    spent = spending_columns(current)
    return comprising(structure, panel, spent) or spent[0]


def comprising(structure: TableStructure, panel: Panel, columns: Sequence[Column]) -> Column | None:
    """Of some columns of a panel the one that others make up and that makes up none of them, wherever it stands."""
    equations = [
        equation
        for equation in structure.equations[panel.number]
        if not equation.of_which and equation.total in columns and not _adds_change(equation)
    ]
    inner = {part.index for equation in equations for part in equation.parts}
    return next((equation.total for equation in equations if equation.total.index not in inner), None)


def is_told(panel: Panel, column: Column) -> bool:
    """Whether a column is known to be what it is taken for: by its head, or because there is no other. Beside a column
    without a head the total of some of the others, under a head of their own, is not known to be that of all."""
    if len(panel.amounts) == 1:
        return True
    if not column.path or all(other.path for other in panel.amounts):
        return bool(column.path)
    return len(column.path) == 1 or all(other.path[:1] in ((), column.path[:1]) for other in panel.amounts)


def spending_columns(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Of the columns of a fund that tells its balances apart (年初结转 | 本年收入 | 本年支出 | 年末结转) those of what
    was spent; of any other statement all of them."""
    words = vocabulary().columns
    if not any(words["opening"].fit(key) for column in columns for key in column.path[:1]):
        return tuple(columns)
    return tuple(column for column in columns if any(words["spent"].fit(key) for key in column.path)) or tuple(columns)


def without_carried(columns: Sequence[Column], fits: Callable[[str], bool]) -> tuple[Column, ...]:
    """The columns without those below a head of money from or to another year that is not itself what is asked for:
    财政拨款 under 上年结转 is a balance, and 项目支出 under 结转下年 was not spent."""
    carried = vocabulary().funds["carry"]
    kept = (one for one in columns if not any(carried.fit(key) and not fits(key) for key in one.path[:-1]))
    return tuple(kept) or tuple(columns)


def _adds_change(equation: ColumnEquation) -> bool:
    """Whether an equation makes a year of another year and a change: neither comprises the other."""
    return any(vocabulary().columns["change"].fit(part.leaf) for part in equation.parts)


def current_columns(context: Context, table: Table, panel: Panel) -> tuple[Column, ...]:
    """The columns that are about the document's year, and of several measures about the report's own (决算数 of a final
    account, 预算数 of a budget); all of them where the heads do not tell."""
    words, own = vocabulary().columns, context.own(table)
    year = own.fiscal_year
    kept: Sequence[Column] = [
        column for column in panel.amounts if not any(_is_other_year(key, year) for key in column.path)
    ] or panel.amounts
    measures = {column.index: _measure(column) for column in kept}
    if len({measure for measure in measures.values() if measure}) > 1:
        final = own.report is not ReportKind.BUDGET and any("决算" in name for name in measures.values())
        wanted = words["final_measure" if final else "budget_measure"]
        fitting = [column for column in kept if not measures[column.index] or wanted.fit(measures[column.index])]
        kept = tuple(fitting) or kept
    return tuple(kept)


def _measure(column: Column) -> str:
    """The lowest text of a column's head that says what kind of figure it holds (预算数, 决算数),
    "" where none does."""
    return next((key for key in reversed(column.path) if vocabulary().columns["measure"].fit(key)), "")


@lru_cache(maxsize=4096)
def _is_other_year(key: str, year: int | None) -> bool:
    if vocabulary().columns["other_year"].fit(key):
        return True
    named = {int(text) for text in _YEAR.findall(key)}
    return bool(named) and year is not None and year not in named
