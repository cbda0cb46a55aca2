"""Shares in running text: 占比 and 完成预算的百分比, each with what it is a share of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.making_up import make_up_exactly
from workbench.checks.families.quoted.inside.other_bases import of_another_base, other_base
from workbench.checks.families.quoted.inside.wholes_of_shares import whole_of
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import budget_of_public_item
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_PLAN = re.compile(
    r"(?:完成|执行)了?(?P<plan>年初|全年|调整|年度)?.*(?:预算|计划)数?$|(?:预算|支出|资金)?(?:执行率|完成率|执行进度|支出进度)$"
    r"|占(?P<of>年初|全年|调整|年度)?后?预算数?$"
)
_ADJUSTED = re.compile(r"全年|调整")
_ADJUSTED_BUDGET = re.compile(r"调整后?(?:的)?(?:年度)?(?:部门)?预算|预算(?:经)?调整后?为?$")
_OF_WHOLE_YEAR = frozenset({"全年", "调整", "年度"})
"""What a budget is called by that changed on the way."""
_ADDED = re.compile(r"追加|调[增减]|新增|下达")
"""A change of the budget on the way, and none of its amounts."""
_OF_NUMBER = re.compile(r"占(?:全部|全体|全校|现有)?(?P<whole>[^占比]{2,}?)(?:的|总数|总人数|总量)*$")
_DIFFERENCE_RATE = re.compile(r"(?:预决算|决算预算)?差异率?$")
_OF_BOTH = re.compile(r"预决算差异率?$|(?:支出)?决算数?占(?:年初|全年)?预算数?")
"""What names a final amount and its budget both."""
_OF_A_WHOLE = re.compile(r"占(?!.*(?:预算数|年初|计划|目标|上年|去年|增加|增长|标准))")
_HUNDRED = Decimal(100)
_OF_SEVERAL = re.compile(r"(?:以上)?[两二三四五六]项(?:合计|共计|之和)")
"""A share of several amounts named before (两项合计占0.1%)."""
_LOOK_BACK = 6


def stated_shares(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The shares of the text against the amounts that it names, the totals of the statements, or the budget of a
    三公经费 statement."""
    for share in quotes.all:
        if share.kind is StatedKind.SHARE:
            yield from stated_share(context, quotes, share)


def stated_share(context: Context, quotes: Quotes, share: Quote) -> Iterator[Check]:
    """What one share of the text is held against."""
    yield from _more_than_all(context, share)
    part = quotes.parent(share) or _final_before(quotes, share)
    if part is not None and part.kind is StatedKind.COUNT:
        yield from _share_of_number(context, quotes, share, part)
    if part is None or part.kind is not StatedKind.AMOUNT or _OF_SEVERAL.match(share.figure.label):
        return
    before = quotes.all[share.position - 1]
    if _DIFFERENCE_RATE.search(share.figure.label):
        yield from _difference_from_plan(context, quotes, share, part)
        return
    held = before.figure.id in quotes.plans
    if held or _PLAN.search(share.figure.label):
        plan = before if held else _plan(quotes, share, part)
        of_items = _plans_of_items(quotes, share, part) if plan is None else ()
        if of_items:
            terms = (quotes.term(one, "whole", 1, part.figure.unit) for one in of_items)
            names = "” + “".join(one.title for one in of_items)
            yield _ratio(context, share, part, tuple(term for term in terms if term is not None), names)
        elif plan is None:
            yield from _share_of_printed_budget(context, quotes, share, part)
        else:
            yield from _share_of_plan(context, quotes, share, part, plan)
        return
    whole = whole_of(context, quotes, share, part)
    if whole is not None:
        yield _ratio(context, share, part, whole.terms, whole.title)


def _share_of_number(context: Context, quotes: Quotes, share: Quote, part: Quote) -> Iterator[Check]:
    """The share of a number in the number that it is a part of (职工80人，其中医师20人，占25%), or that the words name
    (高级职称20人，占专任教师的25%)."""
    whole = quotes.parent(part)
    said = _OF_NUMBER.search(share.figure.label)
    name = label_key(said["whole"]) if said is not None else ""
    if name:
        before = reversed(quotes.counts)
        alike = (one for one in before if one.position < part.position and one.named.key.endswith(name))
        whole = next(alike, None)
    bare = share.figure.label.endswith("占比") or share.figure.label == f"{part.figure.label}占"
    told = whole is not None and whole.kind is StatedKind.COUNT and whole.figure.unit == part.figure.unit
    if whole is not None and told and (bare or name):
        yield _ratio(context, share, part, (Term(whole.ref, Decimal(1), "whole"),), whole.title)


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
        tolerance=2 * share.half_unit,
    )


def _share_of_plan(context: Context, quotes: Quotes, share: Quote, part: Quote, plan: Quote) -> Iterator[Check]:
    divisor = quotes.term(plan, "whole", 1, part.figure.unit)
    if divisor is None:
        return
    other = other_base(quotes, share, part, plan)
    if other is not None:
        yield of_another_base(context, share, part, plan, other)
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


def _more_than_all(context: Context, share: Quote) -> Iterator[Check]:
    """A share of more than a hundred per cent, which no part has. Of a budget or a change an amount may be more."""
    printed = read_figure(share.figure.cell.printed).value
    if printed is None or printed <= _HUNDRED or not _OF_A_WHOLE.search(share.figure.label):
        return
    yield context.check(
        Family.PERCENT,
        Relation.AT_MOST,
        [Term(share.ref, Decimal(1), "value")],
        Message(f"“{share.title}” is at most 100 per cent.", f"“{share.title}”应不大于100%。"),
        severity=Severity.WARNING,
        constant=-_HUNDRED,
    )


def _final_before(quotes: Quotes, share: Quote) -> Quote | None:
    """The final amount right before a rate that names both amounts (预决算差异率, 决算数占预算数的)."""
    before = quotes.all[share.position - 1] if share.position and _OF_BOTH.match(share.figure.label) else None
    words = quotes.between(before, share) if before is not None else None
    return before if before is not None and before.named.measure == "final" and words and "。" not in words else None


def _difference_from_plan(context: Context, quotes: Quotes, share: Quote, final: Quote) -> Iterator[Check]:
    """预决算差异率: what a final figure is more, or less, than its budget, in per cent; often without a sign."""
    plan = _plan(quotes, share, final)
    previous = quotes.term(plan, "previous", 1, final.figure.unit) if plan is not None else None
    if plan is None or previous is None:
        return
    amounts = [read_figure(one.figure.cell.printed).value for one in (final, plan, share)]
    less = amounts[0] is not None and amounts[1] is not None and amounts[0] < amounts[1]
    unsigned = less and amounts[2] is not None and amounts[2] > 0
    yield context.check(
        Family.PERCENT,
        Relation.GROWTH,
        [
            Term(share.ref, Decimal(-1 if unsigned else 1), "growth"),
            Term(final.ref, Decimal(1), "current"),
            previous,
        ],
        Message(
            f"“{share.title}” follows from “{final.title}” and “{plan.title}”.",
            f"“{share.title}”应由“{final.title}”与“{plan.title}”算得。",
        ),
    )


def _share_of_printed_budget(context: Context, quotes: Quotes, share: Quote, part: Quote) -> Iterator[Check]:
    """完成预算的99.3% of one of the three public expenses whose budget the text leaves to the statement. What is
    compared with 年初 or 调整预算 may be another budget than the statement's."""
    said = _PLAN.search(share.figure.label)
    if said is None or said["plan"] or quotes.measure(part) != "final" or not quotes.of_this_year(part):
        return
    found = budget_of_public_item(context, quotes, part)
    ratio = context.in_unit_of(found[0], part.figure.unit) if found is not None else None
    if found is None or ratio is None:
        return
    where = f"《{found[0].title}》{context.label(found[1])}"
    yield context.check(
        Family.PERCENT,
        Relation.RATIO,
        [Term(share.ref, Decimal(1), "share"), Term(part.ref, Decimal(1), "part"), Term(found[1], ratio, "whole")],
        Message(
            f"“{share.title}” is “{part.title}” as a percentage of the budget ({where}).",
            f"“{share.title}”等于“{part.title}”÷预算数（{where}）。",
        ),
        severity=Severity.WARNING,
        tolerance=2 * share.half_unit,
    )


def _plan(quotes: Quotes, share: Quote, final: Quote) -> Quote | None:
    """The budget that a final figure is held against: of those that may be meant the one that the share, as printed, is
    of, else the first."""
    plans = list(_plans(quotes, share, final))
    return next((plan for plan in plans if _is_share_as_printed(share, final, plan)), plans[0] if plans else None)


def _plans_of_items(quotes: Quotes, share: Quote, final: Quote) -> Sequence[Quote]:
    """The budgets of the items that a final amount is taken apart into behind its share, where each has one of the kind
    that the share names and the items as printed make up the amount; none where not."""
    said = _PLAN.search(share.figure.label)
    kind = (said["plan"] or said["of"] or "") if said else ""
    items = [one for one in quotes.children.get(final.figure.id, ()) if one.kind is StatedKind.AMOUNT]
    plans = [one for one in items if _is_budget(one) and _is_of_kind(one.figure.label, kind)]
    finals = [one for one in items if not _is_budget(one)]
    each = [one.named.key for one in plans] == [one.named.key for one in finals]
    alike = all(quotes.term(one, "whole", 1, final.figure.unit) is not None for one in plans)
    return plans if plans and each and alike and make_up_exactly(quotes, final, finals) else ()


def _is_share_as_printed(share: Quote, part: Quote, whole: Quote) -> bool:
    said, upper, lower = (read_figure(one.figure.cell.printed) for one in (share, part, whole))
    if said.value is None or upper.value is None or not lower.value or part.figure.unit != whole.figure.unit:
        return False
    return abs(_HUNDRED * upper.value / lower.value - said.value) <= 2 * said.half_unit


def _plans(quotes: Quotes, share: Quote, final: Quote) -> Iterator[Quote]:
    """The plan named right behind a final figure and those last before it, of the kind that the text says (年初预算,
    全年预算)."""
    said = _PLAN.search(share.figure.label)
    kind = (said["plan"] or said["of"] or "") if said else ""
    beside = quotes.all[final.position + 1 : final.position + 2]
    before = quotes.all[max(final.position - _LOOK_BACK, 0) : final.position]
    for quote in (*(one for one in beside if one.position < share.position), *reversed(before)):
        if quote.kind is not StatedKind.AMOUNT or not _is_budget(quote):
            continue
        if quotes.plans.get(quote.figure.id, final) is not final:
            continue
        if _is_of_the_same(quotes, quote, final):
            if _is_of_kind(quote.figure.label, kind) and not _ADDED.search(quote.figure.label):
                yield quote


def _is_of_the_same(quotes: Quotes, plan: Quote, final: Quote) -> bool:
    """Whether a budget may be that of a final amount: it bears the same name, or none that says what it is of and is
    no item of something that the final amount is no part of."""
    if plan.named.key == final.named.key or (plan.named.concept and plan.named.concept == final.named.concept):
        return True
    above = quotes.parent(plan)
    return not plan.named.concept and (above is None or above is final or above in quotes.roots(final))


def _is_budget(quote: Quote) -> bool:
    return quote.named.measure in ("initial", "budget") or _ADJUSTED_BUDGET.search(quote.figure.label) is not None


def _is_of_kind(label: str, kind: str) -> bool:
    """Whether a budget may be the one that a share names: a bare 预算数 may be that of the beginning of the year."""
    adjusted = _ADJUSTED.search(label) is not None
    return not kind or kind in label or (kind == "年初" and not adjusted) or (kind in _OF_WHOLE_YEAR and adjusted)
