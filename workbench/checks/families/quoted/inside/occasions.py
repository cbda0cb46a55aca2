"""What was paid for journeys, receptions and cars against how many the text counts: nothing paid for some, something
paid for none, fewer guests than receptions.

Source: 部门决算公开 tells 公务接待费 with its 批次 and 人次, 因公出国（境）费 with its 团组 and 人次, 公务用车购置费
with the cars bought. Either side may be wrong; the finding names both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_GROUPS = frozenset({"批次", "批", "个", "次"})
_PERSONS = frozenset({"人次", "人"})
_CARS = frozenset({"辆", "台"})
_FOREIGN = re.compile(r"外事|外宾|国[（(]境[)）]外|港澳")
_NO_MONEY_OF_OURS = re.compile(r"不含|其他单位|非财政|自筹")
"""What was paid for otherwise."""
_WITHIN = 8


@dataclass(frozen=True, slots=True)
class _Occasion:
    """What money is spent on and counted."""

    concept: str
    counted: re.Pattern[str]
    units: frozenset[str]
    must_be_paid: bool
    """Whether money for none of them is a contradiction too."""


_OCCASIONS = (
    _Occasion("reception", re.compile(r"接待|来访|来宾"), _GROUPS | _PERSONS, must_be_paid=True),
    _Occasion("abroad", re.compile(r"出国|出境|团组"), _GROUPS | _PERSONS, must_be_paid=False),
    _Occasion("vehicle_purchase", re.compile(r"购置|购买|更新|新购"), _CARS, must_be_paid=True),
)


def occasions(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Counts against the money, and guests against receptions."""
    told: set[str] = set()
    for quote in quotes.all:
        occasion = _occasion(quote)
        if occasion is None or not quotes.of_this_year(quote):
            continue
        yield from _fewer_persons(context, quotes, quote)
        amount = _amount(quotes, quote, occasion)
        if amount is None or amount.figure.id in told:
            continue
        told.add(amount.figure.id)
        yield from _unpaid(context, quotes, amount, quote, occasion)


def _occasion(quote: Quote) -> _Occasion | None:
    if quote.kind is not StatedKind.COUNT or _FOREIGN.search(quote.figure.label):
        return None
    fitting = (one for one in _OCCASIONS if quote.figure.unit in one.units and one.counted.search(quote.figure.label))
    return next(fitting, None)


def _amount(quotes: Quotes, count: Quote, occasion: _Occasion) -> Quote | None:
    """The amount of this year that was paid, named last before a count under the same heading."""
    for quote in reversed(quotes.all[max(count.position - _WITHIN, 0) : count.position]):
        if quote.kind is not StatedKind.AMOUNT or quotes.headings(quote) != quotes.headings(count):
            continue
        if _FOREIGN.search(quote.figure.label):
            return None
        if quote.concept and quote.concept != occasion.concept:
            return None
        fits = quote.concept == occasion.concept or quote.named.key == "国内接待费"
        paid = quotes.measure(quote) != "plan" and quotes.of_this_year(quote) and not quotes.compared(quote)
        if fits and paid:
            return quote
    return None


def _unpaid(context: Context, quotes: Quotes, amount: Quote, count: Quote, occasion: _Occasion) -> Iterator[Check]:
    if _NO_MONEY_OF_OURS.search(quotes.before(count)):
        return
    paid, counted = context.amount(amount.ref), context.amount(count.ref)
    if paid is None or counted is None or bool(paid) == bool(counted):
        return
    if counted == 0 and not (occasion.must_be_paid and _nothing_else_counted(context, quotes, count)):
        return
    yield context.fact(
        Family.NARRATIVE,
        [amount.ref, count.ref],
        Message(
            f"The text gives “{amount.title}” {amount.figure.value}{amount.figure.unit}, but counts "
            f"“{count.title}” {count.figure.value}{count.figure.unit}.",
            f"正文“{amount.title}”为{amount.figure.value}{amount.figure.unit}，而“{count.title}”为"
            f"{count.figure.value}{count.figure.unit}，两者矛盾。",
        ),
        key=("occasion",),
    )


def _nothing_else_counted(context: Context, quotes: Quotes, count: Quote) -> bool:
    """Whether the counts that follow are of nothing either."""
    following = quotes.all[count.position + 1 : count.position + 1 + _WITHIN // 2]
    counts = [
        one for one in following if one.kind is StatedKind.COUNT and one.figure.unit in count.figure.unit + "人次批"
    ]
    return not any(context.amount(one.ref) for one in counts)


def _fewer_persons(context: Context, quotes: Quotes, groups: Quote) -> Iterator[Check]:
    """Every reception has a guest, every group a traveller."""
    persons = quotes.all[groups.position + 1] if groups.position + 1 < len(quotes.all) else groups
    if groups.figure.unit not in _GROUPS or persons.kind is not StatedKind.COUNT:
        return
    words = quotes.between(groups, persons)
    if persons.figure.unit not in _PERSONS or words is None or re.search("[。；;]", words) or _FOREIGN.search(words):
        return
    first, second = context.amount(groups.ref), context.amount(persons.ref)
    if first == 0 and second:
        yield context.fact(
            Family.NARRATIVE,
            [groups.ref, persons.ref],
            Message(
                f"The text counts “{persons.title}” {persons.figure.value}{persons.figure.unit} in "
                f"{groups.figure.value}{groups.figure.unit} “{groups.title}”.",
                f"正文“{groups.title}”为{groups.figure.value}{groups.figure.unit}，而“{persons.title}”为"
                f"{persons.figure.value}{persons.figure.unit}，两者矛盾。",
            ),
            key=("persons",),
        )
        return
    yield context.check(
        Family.NARRATIVE,
        Relation.AT_MOST,
        [Term(groups.ref, Decimal(1), "part"), Term(persons.ref, Decimal(-1), "total")],
        Message(
            f"“{persons.title}” in {persons.figure.unit} is at least “{groups.title}” in {groups.figure.unit}.",
            f"“{persons.title}”（{persons.figure.unit}）应不少于“{groups.title}”（{groups.figure.unit}）。",
        ),
        key=("persons", groups.figure.unit),
        severity=Severity.WARNING,
    )
