"""Averages in running text: 人均, 车均, 平均每批次 against the amount and the number that they are made of.

Source: the explanations of 公务接待费 and 公务用车运行维护费 in 部门决算公开, which give what it comes to for each
guest or car. The number must be counted in what the average is for; where several amounts or numbers may be meant, only
one pair that the average fits is held against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.context import Context, ratio_of_units
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.support import quotient_but_for_one_digit
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_FOR_EACH = (
    (re.compile(r"(?:人|生)均|每人(?:次)?|每人平均|每名?学?生"), frozenset({"人", "人次", "名"})),
    (re.compile(r"车均|每[辆台]|每部"), frozenset({"辆", "台"})),
    (re.compile(r"批均|每批次?|每个?团组"), frozenset({"批次", "批", "个"})),
    (re.compile(r"户均|每户"), frozenset({"户"})),
    (re.compile(r"亩均|每亩"), frozenset({"亩"})),
    (re.compile(r"班均|每班"), frozenset({"个", "班"})),
    (re.compile(r"次均|每次|每场次?|每期"), frozenset({"次", "期", "场", "场次", "人次"})),
)
"""What an average is for, and what that is counted in."""
_WITHIN = 12
_PUBLIC = (
    (re.compile(r"出国|出境|团组"), "abroad", re.compile(r"出国|出境|团组|人次")),
    (re.compile(r"接待"), "reception", re.compile(r"国内(?:公务)?接待")),
    (re.compile(r"购置"), "vehicle_purchase", re.compile(r"购置")),
    (re.compile(r"运行|维护|运维"), "vehicle_running", re.compile(r"保有量?")),
)
"""Which of the three public expenses an average is of, and what it is shared out among."""
_PUBLIC_WITHIN = 40
_FINE = 100
"""Smaller averages are near to too many others."""
LAID_DOWN = re.compile(r"标准|定额|限额|不超过|按|[每/月]月|月[人户均]|[每/日][日天]|每季")
"""What is laid down for each, or given each month, and no average of the whole amount."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """An amount and the number that it is shared out among."""

    amount: Quote
    number: Quote
    ratio: Decimal
    """By what the amount is multiplied to be in the unit of the average."""


def averages(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each average against the amount and the number of its sentence."""
    for quote in quotes.all:
        if quote.kind not in (StatedKind.AMOUNT, StatedKind.COUNT):
            continue
        counted = next((units for words, units in _FOR_EACH if words.search(quote.figure.text)), None)
        if counted is None or LAID_DOWN.search(quote.figure.text):
            continue
        pairs = list(_pairs(quotes, quote, counted)) or list(_of_public_expense(quotes, quote, counted))
        fitting = next((pair for pair in pairs if _fits(quote, pair)), None)
        fitting = fitting or next((pair for pair in pairs[:1] if _nearly_fits(quote, pair)), None)
        chosen = fitting or (pairs[0] if len(pairs) == 1 and quote.kind is StatedKind.AMOUNT else None)
        if chosen is not None:
            yield _check(context, quote, chosen)


def _pairs(quotes: Quotes, average: Quote, counted: frozenset[str]) -> Iterator[_Pair]:
    near = _of_sentence(quotes, average)
    amounts = [one for one in near if one.kind is average.kind and not one.figure.unit.partition("/")[2]]
    amounts = [one for one in amounts if not any(words.search(one.figure.text) for words, _ in _FOR_EACH)]
    numbers = [one for one in near if one.kind is StatedKind.COUNT and one.figure.unit in counted]
    for amount in reversed(amounts):
        ratio = ratio_of_units(amount.figure.unit, average.figure.unit.partition("/")[0])
        for number in reversed(numbers):
            if ratio is not None and number is not amount:
                yield _Pair(amount, number, ratio)


def _of_public_expense(quotes: Quotes, average: Quote, counted: frozenset[str]) -> Iterator[_Pair]:
    """The amount and the number of one of the three public expenses, told before in sentences of their own."""
    told = (average.figure.text, quotes.before(average), quotes.line_before(average))
    known = next(((c, count) for text in told for words, c, count in _PUBLIC if words.search(text)), None)
    before = quotes.all[max(average.position - _PUBLIC_WITHIN, 0) : average.position]
    amounts = (
        one
        for one in reversed(before)
        if known is not None and one.kind is StatedKind.AMOUNT and one.concept == known[0] and _is_paid(quotes, one)
    )
    numbers = (
        one
        for one in reversed(before)
        if known is not None and one.figure.unit in counted and known[1].search(one.figure.label)
    )
    amount, number = next(amounts, None), next(numbers, None)
    if amount is not None and number is not None:
        ratio = ratio_of_units(amount.figure.unit, average.figure.unit.partition("/")[0])
        if ratio is not None:
            yield _Pair(amount, number, ratio)


def _is_paid(quotes: Quotes, amount: Quote) -> bool:
    return quotes.of_this_year(amount) and quotes.measure(amount) != "plan" and not quotes.compared(amount)


def _of_sentence(quotes: Quotes, average: Quote) -> Sequence[Quote]:
    """The figures before an average in its sentence."""
    found: list[Quote] = []
    for quote in reversed(quotes.all[max(average.position - _WITHIN, 0) : average.position]):
        words = quotes.between(quote, average)
        if words is None or "。" in words:
            break
        found.append(quote)
    near = [quote for quote in found if "；" not in (quotes.between(quote, average) or "")]
    kinds = [quote.kind for quote in near]
    if average.kind is StatedKind.COUNT:
        return found[::-1]
    # Behind a semicolon something else is told, if all that an average is made of stands there.
    alone = kinds.count(StatedKind.AMOUNT) == 1 and StatedKind.COUNT in kinds
    return (near if alone else found)[::-1]


def _fits(average: Quote, pair: _Pair) -> bool:
    """Whether an average, as printed, is the amount shared out."""
    figure, amount, number = (read_figure(one.figure.cell.printed) for one in (average, pair.amount, pair.number))
    if figure.value is None or amount.value is None or not number.value:
        return False
    slack = amount.half_unit * pair.ratio / number.value + 2 * figure.half_unit
    return abs(amount.value * pair.ratio / number.value - figure.value) <= slack


def _nearly_fits(average: Quote, pair: _Pair) -> bool:
    """Whether an average would be the amount shared out if one digit of the three figures were another one."""
    figure, amount, number = (read_figure(one.figure.cell.printed) for one in (average, pair.amount, pair.number))
    if figure.value is None or amount.value is None or number.value is None or figure.value < _FINE:
        return False
    return quotient_but_for_one_digit(figure.value, amount.value * pair.ratio, number.value, figure.half_unit)


def _check(context: Context, average: Quote, pair: _Pair) -> Check:
    number = read_figure(pair.number.figure.cell.printed).value or Decimal(0)
    half = read_figure(average.figure.cell.printed).half_unit
    title = average.figure.text.rstrip("0123456789.,，万千百元/人次")
    return context.check(
        Family.PRODUCT,
        Relation.PRODUCT,
        [
            Term(pair.amount.ref, pair.ratio, "product"),
            Term(average.ref, Decimal(1), "factor"),
            Term(pair.number.ref, Decimal(1), "factor"),
        ],
        Message(
            f"“{pair.amount.title}” is “{title}” times “{pair.number.title}”.",
            f"“{pair.amount.title}”等于“{title}”乘以“{pair.number.title}”。",
        ),
        key=("average",),
        severity=Severity.WARNING,
        # An average is rounded, or cut off, at its last place for each of those that it is for.
        tolerance=2 * half * number,
    )
