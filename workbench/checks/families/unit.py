"""Units that do not go with what they measure: a rate in heads, a point of time in per cent, a cost without money.

Remarks, not contradictions: all are warnings or notes, and a target is only held against its own name. Source:
项目支出绩效评价管理办法 (财预〔2020〕10号): targets are to be measurable in the unit of the indicator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from workbench.checks.context import Context
from workbench.checks.families.forms.indicators import Indicator, indicators
from workbench.fiscal.counting import counted_or_timed
from workbench.model.check import Check, Family, Outcome, Severity
from workbench.model.message import Message
from workbench.model.table import Table

_RATE = re.compile(r".*(?<![频汇利费税倍功效])率(?:[(][^()]*[)])?")
_COUNTED = re.compile(counted_or_timed())
_POINT_IN_TIME = re.compile(r".*(?:时间|时限|日期|时点|期限)")
_PER_CENT = re.compile(r"[%％]|百分[数比点]?.*")
_MONEY = re.compile(r".*元.*")
_COST = re.compile(r".*(?:成本|标准|金额|经费|资金|投入|费用?)(?:水平|支出|总额|控制数?|数)?")


def build(context: Context) -> Iterator[Check]:
    """The units of all indicators."""
    tables = [table for table in context.document.tables if indicators(context, table)]
    in_money = any(_is_cost_in_money(one) for table in tables for one in indicators(context, table))
    yield from context.by_table(f"units, costs in money {in_money}", tables, partial(_of_table, in_money))


def _is_cost_in_money(one: Indicator) -> bool:
    return "成本" in one.kind and bool(_MONEY.fullmatch(one.unit))


def _of_table(costs_in_money: bool, context: Context, table: Table) -> Iterator[Check]:
    for one in indicators(context, table):
        if one.number is not None:
            yield from _unit_of(context, one, costs_in_money)


def _unit_of(context: Context, one: Indicator, costs_in_money: bool) -> Iterator[Check]:
    if _RATE.fullmatch(one.name):
        wrong = _COUNTED.fullmatch(one.unit) is not None
        yield _fact(
            context,
            one,
            wrong,
            Severity.WARNING,
            Message(
                f"“{one.name}” is a rate; its target is {one.value} {one.unit if one.unit not in one.value else ''}".strip()
                + ".",
                f"“{one.name}”为比率，指标值为“{one.value}{one.unit if one.unit not in one.value else ''}”。",
            ),
        )
    elif _POINT_IN_TIME.fullmatch(one.name):
        yield _fact(
            context,
            one,
            _PER_CENT.fullmatch(one.unit) is not None,
            Severity.WARNING,
            Message(
                f"“{one.name}” is a time; its target is {one.value}.", f"“{one.name}”为时间，指标值为“{one.value}”。"
            ),
        )
    elif "成本" in one.kind and _COST.fullmatch(one.name) and costs_in_money:
        # Only beside costs that do print 元: a document whose targets all go without units has another habit.
        yield _fact(
            context,
            one,
            one.unit in ("", "万", "亿"),
            Severity.NOTE,
            Message(
                f"The cost “{one.name}” is {one.value}, without a unit of money.",
                f"成本指标“{one.name}”的指标值“{one.value}”没有货币单位。",
            ),
        )


def _fact(context: Context, one: Indicator, wrong: bool, severity: Severity, title: Message) -> Check:
    context.guards.add(one.ref)
    refs = [one.ref] if one.unit_ref is None else [one.ref, one.unit_ref]
    return context.fact(
        Family.UNIT,
        refs,
        title,
        outcome=Outcome.FAIL if wrong else Outcome.PASS,
        severity=severity,
    )
