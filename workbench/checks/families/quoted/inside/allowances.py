"""What is paid for each, for so many, so often (补助64.8万元，享受人数135人，每人每月400元，按12个月计算;
会议费40.5万元（270人×5天×300元/人·天）).

The amount is the last one told before the standard, the number the last one counted in what the standard is for. A
standard need not be what the amount was reckoned by: it is held against it where the product makes the amount as
printed, or would but for one digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.averages import LAID_DOWN
from workbench.checks.families.quoted.inside.making_up import telling_digits
from workbench.checks.families.quoted.inside.near_misses import one_digit_apart
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.units import unit_factor
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_EACH = {
    "人": ("人", "名", "人次"),
    "户": ("户",),
    "生": ("人", "名"),
    "亩": ("亩",),
    "辆": ("辆", "台"),
    "车": ("辆", "台"),
}
_OFTEN = re.compile(r"(?P<number>\d{1,3})个?(?P<what>月|天|日|次|期|学期|季度|年)")
_MONTHLY = re.compile(r"每月|/月|·月|月人均")
_TIMES = ("×", "*", "x", "X", "乘", "乘以")
_A_YEAR = Decimal(12)
_WITHIN = 5
_FEWEST_DIGITS = 3


def allowances(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each standard against the amount and the number of its sentence."""
    for standard in quotes.amounts:
        money, _, each = standard.figure.unit.partition("/")
        if each[:1] in _EACH and unit_factor(money) is not None and _is_laid_down(quotes, standard):
            yield from _allowance(context, quotes, standard, each[:1])


def _is_laid_down(quotes: Quotes, standard: Quote) -> bool:
    """Whether the words call it a standard, or reckon with it: an average says what came of amount and number."""
    words = re.split("[，,；;（(]", quotes.before(standard))[-1]
    return LAID_DOWN.search(words + standard.figure.unit) is not None or words.endswith(_TIMES)


def _allowance(context: Context, quotes: Quotes, standard: Quote, each: str) -> Iterator[Check]:
    near = quotes.all[max(standard.position - _WITHIN, 0) : standard.position + _WITHIN]
    sentence = [one for one in near if one is not standard and quotes.in_one_sentence(one, standard)]
    amounts = [
        one
        for one in sentence
        if one.kind is StatedKind.AMOUNT and "/" not in one.figure.unit and one.position < standard.position
    ]
    numbers = [one for one in sentence if one.kind is StatedKind.COUNT and one.figure.unit in _EACH[each]]
    if not amounts or not numbers:
        return
    amount, number = amounts[-1], min(numbers, key=lambda one: abs(one.position - standard.position))
    price, unit = unit_factor(standard.figure.unit.partition("/")[0]), unit_factor(amount.figure.unit)
    if price is None or unit is None:
        return
    times = _times(quotes, amount, standard)
    if _comes_out(amount, number, standard, price / unit * times):
        yield context.check(
            Family.PRODUCT,
            Relation.PRODUCT,
            [
                Term(amount.ref, Decimal(1), "product"),
                Term(number.ref, times, "factor"),
                Term(standard.ref, price / unit, "factor"),
            ],
            Message(
                f"“{amount.title}” is what “{number.title}” make at the standard that the sentence gives.",
                f"“{amount.title}”等于“{number.title}”与所述标准之积。",
            ),
            key=("allowance",),
            severity=Severity.WARNING,
            weak=True,
        )


def _times(quotes: Quotes, amount: Quote, standard: Quote) -> Decimal:
    """How often the standard is paid, as the words from the amount to the end of the sentence say."""
    words = quotes.between(amount, standard) or ""
    behind = quotes.behind(standard).split("。")[0]
    often = [Decimal(found["number"]) for found in _OFTEN.finditer(f"{words} {behind}")]
    if not often and _MONTHLY.search(words + standard.figure.unit + behind[:4]):
        often = [_A_YEAR]
    made = Decimal(1)
    for number in often:
        made *= number
    return made


def _comes_out(amount: Quote, number: Quote, standard: Quote, ratio: Decimal) -> bool:
    """Whether number × standard is the amount as printed, or would be if one digit of one of them were another one."""
    said = read_figure(amount.figure.cell.printed)
    heads, price = (read_figure(one.figure.cell.printed).value for one in (number, standard))
    if not said.value or not heads or not price or not ratio:
        return False
    made = heads * price * ratio
    if abs(made - said.value) <= said.half_unit:
        return True
    rounded = made.quantize(said.half_unit * 2, ROUND_HALF_UP) if said.half_unit else made
    if telling_digits(amount) >= _FEWEST_DIGITS and one_digit_apart(said.value, rounded):
        return True
    wanted = ((heads, said.value / (price * ratio)), (price, said.value / (heads * ratio)))
    return any(
        abs(value - value.to_integral_value()) * made <= said.half_unit * value
        and one_digit_apart(one, value.to_integral_value())
        for one, value in wanted
    )
