"""Amounts that the text spells out in the numerals of cheques beside their figures
(人民币叁拾贰万元整（320,000.00元）; 320,000.00元（大写：叁拾贰万元整）).

Source: 正确填写票据和结算凭证的基本规定 (中国人民银行), which names these numerals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.units import unit_factor
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = {"拾": 10, "佰": 100, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_NUMERALS = f"[{_DIGITS}拾佰仟万亿]"
_SPELLED = f"(?P<whole>{_NUMERALS}+)[元圆](?:[整正]|(?:(?P<tenths>[{_DIGITS}])角)?(?:零?(?P<cents>[{_DIGITS}])分)?整?)"
_BEFORE = re.compile(rf"{_SPELLED}[（(](?:小写)?[:：]?[¥￥]?$")
_BEHIND = re.compile(rf"[（(]?(?:人民币)?大写[:：]?(?:人民币)?{_SPELLED}")
_ANY = re.compile(f"[{_DIGITS[1:]}]{_NUMERALS}*[元圆]")


def spelled_out(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each amount that stands beside its numerals is what they say."""
    if not any(_ANY.search(text) for text in quotes.page_texts()):
        return
    for quote in quotes.amounts:
        spelled = _BEFORE.search(quotes.before(quote)) or _BEHIND.match(quotes.behind(quote))
        factor = unit_factor(quote.figure.unit)
        if spelled is not None and factor is not None:
            yield _check(context, quote, spelled, factor)


def _check(context: Context, quote: Quote, spelled: re.Match[str], factor: Decimal) -> Check:
    words = spelled.group().strip("（(：:¥￥小大写")
    return context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(quote.ref, Decimal(1), "value")],
        Message(
            f"“{quote.title}” is what the text spells out ({words}).", f"“{quote.title}”与大写金额（{words}）一致。"
        ),
        key=("spelled out",),
        constant=-_value(spelled) / factor,
    )


def _value(spelled: re.Match[str]) -> Decimal:
    """The amount in 元."""
    cents = 10 * _DIGITS.find(spelled["tenths"] or "零") + _DIGITS.find(spelled["cents"] or "零")
    return _number(spelled["whole"]) + Decimal(cents) / 100


def _number(numerals: str) -> int:
    """The number that numerals spell: digits with their places, in groups of 万 and 亿."""
    made = group = digit = 0
    for numeral in numerals:
        if numeral in _PLACES:
            group += max(digit, 1) * _PLACES[numeral]
            digit = 0
        elif numeral in _GROUPS:
            # 万亿 is ten thousand times a hundred million.
            made = (made + group + digit) * _GROUPS[numeral] if numeral == "亿" else made + (group + digit) * 10**4
            group = digit = 0
        else:
            digit = _DIGITS.index(numeral)
    return made + group + digit
