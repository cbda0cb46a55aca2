"""Changes in running text: growth recomputed from change and current figure, changes from both years' figures,
directions that contradict each other. The previous year's figure is derived where it is not printed:
current − change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.change_subjects import (
    amount_of,
    change_beside,
    direction,
    previous_beside,
    whole_that_came,
    whole_that_fits,
)
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import budget_of_public_item
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_TOTALS = frozenset({"income_and_expenditure", "income", "year_income", "expenditure", "year_expenditure"})
_OTHER_YEARS = re.compile(r"上一?年|去年")
_SAME_AS_BEFORE = re.compile(
    r"[，,]?(?P<same>(?:与|同|和|较|比)(?:上年度?|去年|20\d\d年度?)(?:同期)?(?:预算|决算|执行)?数?(?:相比)?(?:保持)?(?:持平|一致|相同|无变化))"
)
"""What says that nothing changed from last year."""
_BARE_BUDGET = re.compile(r"[与比较同](?:全年)?预算数?(?:增|减|节|下|上|多|少|超)")
_BUDGET = re.compile(r"预算")
_AGAINST_BUDGET = re.compile(r"[比较](?P<budget>(?:年初|全年|调整后?)预算数?|预算数)")
_BUDGET_ALONE = ("预算数",)
_AGAINST = re.compile(r"[比较](?:上年|去年|年初|20\d\d年)(?:年?末|底|初|同期)?(?:预算|决算|执行)?数?$")
_SAME = re.compile(r"(?:保持)?(?:持平|一致|相同|无(?:增减)?变化|没有变化)")


def stated_changes(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The changes of the text against the amounts that they are said about."""
    for quote in quotes.all:
        if quote.kind is StatedKind.GROWTH:
            yield from _growth(context, quotes, quote)
        elif quote.kind is StatedKind.CHANGE:
            yield from _from_to(context, quotes, quote)
            yield from _changed_and_the_same(context, quotes, quote)
        elif quote.kind is StatedKind.AMOUNT and (quotes.compared(quote) or not quotes.of_this_year(quote)):
            yield from _unchanged(context, quotes, quote)


def _year_after(quotes: Quotes, previous: Quote) -> Quote | None:
    """The amount right before one of an earlier year that names the same for this year
    (2031年预算数3万元，2030年预算数3万元)."""
    before = quotes.all[previous.position - 1] if previous.position else None
    if before is None or before.kind is not StatedKind.AMOUNT or before.named.key != previous.named.key:
        return None
    years = (before.figure.year, previous.figure.year)
    return before if None not in years and years[0] == (years[1] or 0) + 1 else None


def _changed_and_the_same(context: Context, quotes: Quotes, change: Quote) -> Iterator[Check]:
    """A change that is called none in the same breath (比上年减少1万元，与上年持平)."""
    behind = quotes.behind(change, 40)
    said = _SAME_AS_BEFORE.match(re.sub(r"^[，,](?:增长|下降|降低|上升)[\d.]+%", "", behind))
    if said is None or _BUDGET.search(change.figure.label) or not context.amount(change.ref):
        return
    yield context.fact(
        Family.YOY,
        [change.ref],
        Message(
            f"“{change.title}” is {change.figure.value}{change.figure.unit}, though the text says “{said['same']}”.",
            f"“{change.title}”为{change.figure.value}{change.figure.unit}，正文却称“{said['same']}”。",
        ),
        key=("the same",),
    )


def _growth(context: Context, quotes: Quotes, growth: Quote) -> Iterator[Check]:
    change = change_beside(quotes, growth)
    if change is None:
        yield from _growth_of_two_years(context, quotes, growth)
        return
    if direction(change) * direction(growth) < 0 and context.amount(change.ref) and context.amount(growth.ref):
        yield context.fact(
            Family.YOY,
            [change.ref, growth.ref],
            Message(
                f"The text says “{change.title}” {change.figure.value}{change.figure.unit} and “{growth.title}” "
                f"{growth.figure.value}%: one is more, the other less.",
                f"正文称“{change.title}”{change.figure.value}{change.figure.unit}，又称“{growth.title}”"
                f"{growth.figure.value}%，增减方向不一致。",
            ),
            severity=Severity.ERROR,
        )
        return
    current = amount_of(quotes, growth) or amount_of(quotes, change)
    if current is None or not (quotes.of_this_year(current) or _in_one_sentence(quotes, current, growth)):
        return
    way = direction(change) or 1
    if _is_what_it_is_measured_by(current, change):
        yield from _growth_of_base(context, quotes, current, change, growth)
        return
    current = whole_that_fits(quotes, current, change, growth)
    present = quotes.term(current, "whole", 1, change.figure.unit)
    if present is None:
        return
    if way > 0 and _is_all_new(change, current):
        if context.amount(change.ref) and context.amount(growth.ref) and not _is_new_body(quotes):
            yield _grown_from_nothing(context, current, change, growth)
        return
    yield context.check(
        Family.YOY,
        Relation.RATIO,
        [
            Term(growth.ref, Decimal(1), "share"),
            Term(change.ref, Decimal(1), "part"),
            present,
            Term(change.ref, Decimal(-way), "whole"),
        ],
        Message(
            f"“{growth.title}” is the change as a percentage of the previous year’s “{current.title}” "
            f"(this year’s figure {'less' if way > 0 else 'plus'} the change).",
            f"“{growth.title}”等于变动额÷上年数（上年数＝“{current.title}”{'－' if way > 0 else '＋'}变动额）。",
        ),
        tolerance=_cut_off(quotes, growth),
    )


def _is_what_it_is_measured_by(amount: Quote, change: Quote) -> bool:
    """Whether an amount is not what changed but what the change is measured by (余额比上年末80万元增加8万元;
    年初预算数80万元，决算数比年初预算数增加8万元)."""
    said = _AGAINST_BUDGET.search(change.figure.label)
    if said is not None:
        return amount.figure.label.endswith(said["budget"]) and said["budget"] not in _BUDGET_ALONE
    return amount.position + 1 == change.position and _AGAINST.search(amount.figure.label) is not None


def _growth_of_base(context: Context, quotes: Quotes, base: Quote, change: Quote, growth: Quote) -> Iterator[Check]:
    whole = quotes.term(base, "whole", 1, change.figure.unit)
    if whole is not None:
        yield context.check(
            Family.YOY,
            Relation.RATIO,
            [Term(growth.ref, Decimal(1), "share"), Term(change.ref, Decimal(1), "part"), whole],
            Message(
                f"“{growth.title}” is “{change.title}” as a percentage of “{base.title}”.",
                f"“{growth.title}”等于“{change.title}”÷“{base.title}”。",
            ),
            tolerance=_cut_off(quotes, growth),
        )


def _is_all_new(change: Quote, current: Quote) -> bool:
    """Whether an increase is all of the amount, as both are printed."""
    one, other = read_figure(change.figure.cell.printed), read_figure(current.figure.cell.printed)
    return bool(one.value) and one.value == other.value and change.figure.unit == current.figure.unit


def _is_new_body(quotes: Quotes) -> bool:
    """Whether all that the report is about began this year, so that everything in it grew from nothing."""
    return any(
        change.kind is StatedKind.CHANGE
        and amount is not None
        and amount.concept in _TOTALS
        and _is_all_new(change, amount)
        for change in quotes.all
        for amount in (quotes.parent(change),)
    )


def _grown_from_nothing(context: Context, current: Quote, change: Quote, growth: Quote) -> Check:
    return context.fact(
        Family.YOY,
        (growth.ref, change.ref, current.ref),
        Message(
            f"“{current.title}” grew by all of its amount, so there was nothing the year before and “{growth.title}” has no value.",
            f"“{current.title}”的增加额等于其全部金额，上年数为零，“{growth.title}”无从计算。",
        ),
        severity=Severity.NOTE,
    )


def _in_one_sentence(quotes: Quotes, current: Quote, growth: Quote) -> bool:
    """Whether an amount of another year stands with its own change in one sentence,
    so that all three are of that year."""
    words = quotes.between(current, growth)
    return words is not None and "。" not in words and not _OTHER_YEARS.search(current.figure.label)


def _cut_off(quotes: Quotes, growth: Quote) -> Decimal:
    """What a rate may fall short of the true one that was cut off behind its last place, and not rounded; of one that
    is padded with a zero the place before it."""
    half = growth.half_unit
    return 10 * half if quotes.padded and growth.figure.cell.printed.endswith("0") else half


def _growth_of_two_years(context: Context, quotes: Quotes, growth: Quote) -> Iterator[Check]:
    current = amount_of(quotes, growth)
    previous = previous_beside(quotes, current, growth) if current is not None else None
    if current is None or previous is None:
        return
    term = quotes.term(previous, "previous", 1, current.figure.unit)
    if term is None:
        return
    yield context.check(
        Family.YOY,
        Relation.GROWTH,
        [
            Term(growth.ref, Decimal(direction(growth) or 1), "growth"),
            Term(current.ref, Decimal(1), "current"),
            term,
        ],
        Message(
            f"“{growth.title}” follows from “{current.title}” and “{previous.title}”.",
            f"“{growth.title}”应由“{current.title}”与“{previous.title}”算得。",
        ),
        tolerance=_cut_off(quotes, growth),
    )


def _from_to(context: Context, quotes: Quotes, change: Quote) -> Iterator[Check]:
    """The current figure is the previous one and the change, where the text prints all three."""
    current = amount_of(quotes, change)
    previous = previous_beside(quotes, current, change) if current is not None else None
    if current is not None and previous is None:
        yield from _against_printed_budget(context, quotes, current, change)
    if current is None or previous is None:
        return
    current = whole_that_came(quotes, current, previous, change)
    terms = [
        quotes.term(previous, "part", -1, current.figure.unit),
        quotes.term(change, "part", -(direction(change) or 1), current.figure.unit),
    ]
    if any(term is None for term in terms):
        return
    yield context.check(
        Family.YOY,
        Relation.EQUAL,
        [Term(current.ref, Decimal(1), "total"), *(term for term in terms if term is not None)],
        Message(
            f"“{current.title}” is “{previous.title}” plus or less the change “{change.title}”.",
            f"“{current.title}”等于“{previous.title}”加减“{change.title}”。",
        ),
    )


def _against_printed_budget(context: Context, quotes: Quotes, final: Quote, change: Quote) -> Iterator[Check]:
    """What one of the three public expenses is more or less than the budget that only its statement prints."""
    if not _BARE_BUDGET.search(change.figure.label) or quotes.measure(final) != "final":
        return
    found = budget_of_public_item(context, quotes, final) if quotes.of_this_year(final) else None
    ratio = context.in_unit_of(found[0], final.figure.unit) if found is not None else None
    difference = quotes.term(change, "part", -(direction(change) or 1), final.figure.unit)
    if found is None or ratio is None or difference is None:
        return
    where = f"《{found[0].title}》{context.label(found[1])}"
    yield context.check(
        Family.YOY,
        Relation.EQUAL,
        [Term(final.ref, Decimal(1), "total"), difference, Term(found[1], -ratio, "part")],
        Message(
            f"“{final.title}” is the budget ({where}) plus or less the change “{change.title}”.",
            f"“{final.title}”等于预算数（{where}）加减“{change.title}”。",
        ),
        severity=Severity.WARNING,
    )


def _unchanged(context: Context, quotes: Quotes, previous: Quote) -> Iterator[Check]:
    """A figure that the text calls unchanged (与2030年预算数3万元持平) is the one it is compared with."""
    current = amount_of(quotes, previous) or _year_after(quotes, previous)
    behind = quotes.behind(previous, 24)
    said = _SAME.match(behind) or _SAME_AS_BEFORE.match(behind)
    if current is None or not said or not quotes.of_this_year(current):
        return
    term = quotes.term(previous, "right", -1, current.figure.unit)
    if term is None:
        return
    yield context.check(
        Family.YOY,
        Relation.EQUAL,
        [Term(current.ref, Decimal(1), "left"), term],
        Message(
            f"“{current.title}” is unchanged against “{previous.title}”, as the text says.",
            f"正文称“{current.title}”与“{previous.title}”持平，两数应相等。",
        ),
        severity=Severity.WARNING,
    )
