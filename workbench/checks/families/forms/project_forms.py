"""Project forms: what a form says of one project's name, budget and money, and the budget's own sum.

预算数 = 财政资金 + 其他资金, in one row or in rows one under another. Source: 项目支出绩效目标表 (财政部
2015年起的模板: 年度资金总额 其中：财政拨款 其他资金) and its provincial variants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.checks.context import Context
from workbench.checks.families.forms.score_rows import is_measure_of_money
from workbench.checks.reading import MINUS_ONE, ONE
from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, Table

_UNIT = re.compile(r"[(][^()]*元[)]")
_OF_WHICH = re.compile(r"^其中:?")
_FIGURES = (FigureKind.NUMBER, FigureKind.BLANK, FigureKind.DASH, FigureKind.GARBLED)


@dataclass(frozen=True)
class Pair:
    """A label of a form and the cell right of it."""

    key: str
    value: CellRef


def _pairs_of(table: Table) -> Iterator[Pair]:
    """The labels of a form in reading order, each with the cell right of it."""
    for row, cells in enumerate(table.rows):
        for column, cell in enumerate(cells[:-1]):
            if cell.figure.kind is FigureKind.TEXT:
                key = _UNIT.sub("", label_key(cell.text)).rstrip(":")
                yield Pair(key, CellRef(table.id, row, column + 1))


def budget_cell(context: Context, table: Table) -> CellRef | None:
    """The cell of a project form that holds its budget: the figure right of 预算数 or 年度资金总额;
    None where none is."""
    return context.once(("budget cell", table.id), (table,), lambda: _budget_cell(table))


def _budget_cell(table: Table) -> CellRef | None:
    words = vocabulary().rows["project_budget"]
    for pair in _pairs_of(table):
        if words.fit(pair.key):
            cells = table.rows[pair.value.row]
            following = next((place for place in range(pair.value.column, len(cells)) if cells[place].text), None)
            if following is not None and cells[following].figure.kind is FigureKind.NUMBER:
                return CellRef(table.id, pair.value.row, following)
    return None


def project_name(context: Context, table: Table) -> str:
    """The key of the project's name that a form states, "" where it states none."""
    return context.once(("project name", table.id), (table,), lambda: _project_name(table))


def _project_name(table: Table) -> str:
    for pair in _pairs_of(table):
        if pair.key == "项目名称":
            return label_key(table.rows[pair.value.row][pair.value.column].text)
    return ""


def budget_sums(context: Context) -> Iterator[Check]:
    """The budget of each project form against the money that it comes from."""
    yield from context.by_table("budget sums", context.of_form(Form.PERFORMANCE_TARGET), _budget_sums)


def _budget_sums(context: Context, table: Table) -> Iterator[Check]:
    budget = budget_cell(context, table)
    sources = [] if budget is None else list(_sources(table, budget))
    if budget is None or not sources or _are_of_two_totals(sources):
        return
    yield from _further_columns(context, table, budget, sources)
    whole = len(sources) > 1
    terms = [Term(pair.value, MINUS_ONE if whole else ONE, "part") for pair in sources]
    heads = " + ".join(_OF_WHICH.sub("", pair.key) for pair in sources)
    if whole:
        title = Message(f"{table.title}: the budget is {heads}.", f"{table.title}：预算数 = {heads}。")
        yield context.check(Family.CHILDREN_SUM, Relation.EQUAL, [Term(budget, ONE, "total"), *terms], title)
    else:
        title = Message(f"{table.title}: {heads} is at most the budget.", f"{table.title}：{heads}应不大于预算数。")
        yield context.check(Family.CHILDREN_SUM, Relation.AT_MOST, [*terms, Term(budget, MINUS_ONE, "whole")], title)


def _are_of_two_totals(sources: Sequence[Pair]) -> bool:
    """Whether 其中 begins the sources of another total too, lower down: those of two that stand beside each other (of
    the project, of its year) came below each other, and which is whose is not told."""
    return len({pair.value.row for pair in sources if _OF_WHICH.match(pair.key)}) > 1


def _further_columns(context: Context, table: Table, budget: CellRef, sources: Sequence[Pair]) -> Iterator[Check]:
    """The same sum in the columns right of the budget that are headed as
    amounts (年初预算数 | 全年预算数 | 全年执行数)."""
    if len(sources) < 2 or any(pair.value.column != budget.column for pair in sources):
        return
    for column in range(budget.column + 1, table.width):
        head = next(
            (key for row in range(budget.row - 1, -1, -1) if (key := label_key(table.rows[row][column].text))),
            label_key(table.header[-1][column].text) if table.header else "",
        )
        whole = CellRef(table.id, budget.row, column)
        cells = [whole, *(CellRef(table.id, pair.value.row, column) for pair in sources)]
        kinds = [table.rows[cell.row][cell.column].figure.kind for cell in cells]
        if not is_measure_of_money(head) or kinds[0] is not FigureKind.NUMBER or not set(kinds) <= set(_FIGURES):
            continue
        heads = " + ".join(_OF_WHICH.sub("", pair.key) for pair in sources)
        title = Message(
            f"{table.title} · {head}: the budget is {heads}.", f"{table.title}（{head}）：资金总额 = {heads}。"
        )
        terms = [Term(whole, ONE, "total"), *(Term(cell, MINUS_ONE, "part") for cell in cells[1:])]
        yield context.check(Family.CHILDREN_SUM, Relation.EQUAL, terms, title, key=(head,))


def _sources(table: Table, budget: CellRef) -> Iterator[Pair]:
    """The sources of money named right after the budget: one run of labels with figures."""
    words = vocabulary().rows["project_source"]
    last: int | None = None
    for pair in _pairs_of(table):
        if (pair.value.row, pair.value.column) <= (budget.row, budget.column):
            continue
        if pair.value.row > (budget.row if last is None else last) + 1:
            return
        if table.rows[pair.value.row][pair.value.column].figure.kind not in _FIGURES:
            # A side head over the lines (项目资金), or words.
            continue
        if words.fit(_OF_WHICH.sub("", pair.key)):
            last = pair.value.row
            yield Pair(pair.key, _below(table, pair.value, budget))
        elif last is not None:
            return


def _below(table: Table, value: CellRef, budget: CellRef) -> CellRef:
    """The cell of a source: right of its label, or below the budget where nothing stands between (merged cells)."""
    cells = table.rows[value.row]
    between = cells[value.column : budget.column]
    blank = bool(between) and all(cell.figure.kind is FigureKind.BLANK for cell in between)
    below = blank and cells[budget.column].figure.kind in _FIGURES
    return CellRef(table.id, value.row, budget.column) if below else value
