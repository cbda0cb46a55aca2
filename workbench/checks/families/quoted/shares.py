"""Shares in running text: 占比 and 完成预算的百分比, each with what it is a share of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.amounts import Quote, Quotes
from workbench.checks.families.quoted.cells import budget_of_public_item
from workbench.checks.families.quoted.wholes_of_shares import whole_of
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import Form, StatedKind

_PLAN = re.compile(
    r"(?:完成|执行)了?(?P<plan>年初|全年|调整|年度)?.*(?:预算|计划)数?$|(?:预算|支出|资金)?(?:执行率|完成率|执行进度|支出进度)$"
    r"|占(?P<of>年初|全年|调整|年度)?后?预算数?$"
)
_ADJUSTED = re.compile(r"全年|调整")
_OF_WHOLE_YEAR = frozenset({"全年", "调整", "年度"})
"""What a budget is called by that changed on the way."""
_ADDED = re.compile(r"追加|调[增减]|新增|下达")
"""A change of the budget on the way, and none of its amounts."""
_OF_SEVERAL = re.compile(r"(?:以上)?[两二三四五六]项(?:合计|共计|之和)")
"""A share of several amounts named before (两项合计占0.1%)."""
_LOOK_BACK = 6
SHARE_FORMS = (
    Form.THREE_PUBLIC,
    Form.INCOME_EXPENDITURE_SUMMARY,
    Form.INCOME_SUMMARY,
    Form.EXPENDITURE_SUMMARY,
    Form.FISCAL_GRANT_SUMMARY,
    Form.GENERAL_BUDGET_EXPENDITURE,
    Form.BASIC_EXPENDITURE,
    Form.GOVERNMENT_FUND,
    Form.STATE_CAPITAL,
)
"""The forms whose totals and budgets a share may be of."""


def stated_shares(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The shares of the text against the amounts that it names, the totals of the statements, or the budget of a
    三公经费 statement."""
    for share in quotes.all:
        if share.kind is StatedKind.SHARE:
            yield from _stated_share(context, quotes, share)


def _stated_share(context: Context, quotes: Quotes, share: Quote) -> Iterator[Check]:
    part = quotes.parent(share)
    if part is None or part.kind is not StatedKind.AMOUNT or _OF_SEVERAL.match(share.figure.label):
        return
    before = quotes.all[share.position - 1]
    held = before.figure.id in quotes.plans
    if held or _PLAN.search(share.figure.label):
        plan = before if held else _plan(quotes, share, part)
        if plan is None:
            yield from _share_of_printed_budget(context, quotes, share, part)
        else:
            yield from _share_of_plan(context, quotes, share, part, plan)
        return
    whole = whole_of(context, quotes, share, part)
    if whole is not None:
        yield _ratio(context, share, part, whole.terms, whole.title)


def _ratio(context: Context, share: Quote, part: Quote, whole: tuple[Term, ...], title: str) -> Check:
    return context.check(
        Family.PERCENT,
        Relation.RATIO,
        [Term(share.ref, Decimal(1), "share"), Term(part.ref, Decimal(1), "part"), *whole],
        Message(
            f"“{share.title}” is “{part.title}” as a percentage of “{title}”.",
            f"“{share.title}”等于“{part.title}”÷“{title}”。",
        ),
        # Shares of one whole are often trimmed by one in the last place so that they add up to 100.
        tolerance=2 * share.figure.cell.figure.half_unit,
    )


def _share_of_plan(context: Context, quotes: Quotes, share: Quote, part: Quote, plan: Quote) -> Iterator[Check]:
    divisor = quotes.term(plan, "whole", 1, part.figure.unit)
    if divisor is None:
        return
    if not context.amount(plan.ref) and context.amount(share.ref) and _PLAN.search(share.figure.label):
        yield context.fact(
            Family.PERCENT,
            [share.ref, part.ref, plan.ref],
            Message(
                f"“{plan.title}” is nothing, so “{share.title}” has no value.",
                f"“{plan.title}”为零，“{share.title}”无从计算。",
            ),
        )
        return
    yield _ratio(context, share, part, (divisor,), plan.title)


def _share_of_printed_budget(context: Context, quotes: Quotes, share: Quote, part: Quote) -> Iterator[Check]:
    """完成预算的99.3% of one of the three public expenses whose budget the text leaves to the statement. What is compared
    with 年初 or 调整预算 may be another budget than the statement's."""
    said = _PLAN.search(share.figure.label)
    if said is None or said["plan"] or quotes.measure(part) != "final" or not quotes.of_this_year(part):
        return
    found = budget_of_public_item(context, quotes, part)
    ratio = context.in_unit_of(found[0], part.figure.unit) if found is not None else None
    if found is None or ratio is None:
        return
    where = f"{found[0].title} {context.label(found[1])}".strip()
    yield context.check(
        Family.PERCENT,
        Relation.RATIO,
        [Term(share.ref, Decimal(1), "share"), Term(part.ref, Decimal(1), "part"), Term(found[1], ratio, "whole")],
        Message(
            f"“{share.title}” is “{part.title}” as a percentage of the budget ({where}).",
            f"“{share.title}”等于“{part.title}”÷预算数（{where}）。",
        ),
        severity=Severity.WARNING,
        tolerance=2 * share.figure.cell.figure.half_unit,
    )


def _plan(quotes: Quotes, share: Quote, final: Quote) -> Quote | None:
    """The budget that a final figure is held against: the plan named right behind it or last before it, of the kind
    that the text says (年初预算, 全年预算)."""
    said = _PLAN.search(share.figure.label)
    kind = (said["plan"] or said["of"] or "") if said else ""
    beside = quotes.all[final.position + 1 : final.position + 2]
    before = quotes.all[max(final.position - _LOOK_BACK, 0) : final.position]
    for quote in (*(one for one in beside if one.position < share.position), *reversed(before)):
        if quote.kind is not StatedKind.AMOUNT or quote.named.measure not in ("initial", "budget"):
            continue
        if quote.named.key == final.named.key or not quote.named.concept or quote.named.concept == final.named.concept:
            if _is_of_kind(quote.figure.label, kind) and not _ADDED.search(quote.figure.label):
                return quote
    return None


def _is_of_kind(label: str, kind: str) -> bool:
    """Whether a budget may be the one that a share names: a bare 预算数 may be that of the beginning of the year."""
    adjusted = _ADJUSTED.search(label) is not None
    return not kind or kind in label or (kind == "年初" and not adjusted) or (kind in _OF_WHOLE_YEAR and adjusted)
