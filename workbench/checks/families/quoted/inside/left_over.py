"""What running text says is left at the end of a year of what came in and went out: 收入总计9万元 … 支出总计8万元。
年终结余1万元; 收入总计9万元；支出5万元，调出资金3万元，年终结余1万元; 本年收支结余2万元，年末滚存结余7万元（上年末滚存
结余5万元）.

Words do not say that one follows from the others, so each is taken only where it comes out as printed, or would but
for one digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.carried import says_surplus
from workbench.checks.families.quoted.inside.near_misses import comes_out
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.reading import ONE
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_OPENING = re.compile(r".*(?:年初|期初|上年(?:度|年)?末?).*(?:结[转余]|余额).*")
_CLOSING = re.compile(r"(?!.*(?:年初|期初|上年)).*(?:年末|年终|期末).*(?:结[转余]|余额).*|结转下年.*")
_OF_THE_YEAR = re.compile(r"(?:.*(?:本年|当年|当期|本期))?(?:收支)(?:结余|盈余|差额|节余)|(?:本年|当年)结余")
_CAME_IN = re.compile(r".*收入总[计额量]")
_WENT_OUT = re.compile(r".*支出总[计额量]")
_GOES_OUT = re.compile(r".*(?:支出|调出|还本|上解|稳定调节基金).*")
_WITHIN = 14


def is_opening(quote: Quote) -> bool:
    """Whether an amount is what a year began with."""
    return _OPENING.fullmatch(quote.named.key) is not None


def is_closing(quote: Quote) -> bool:
    """Whether an amount is what a year ended with."""
    return _CLOSING.fullmatch(quote.named.key) is not None


def left_over(context: Context, quotes: Quotes) -> Iterator[Check]:
    """What is left of totals, and of what was left before."""
    for closing in quotes.amounts:
        if is_closing(closing) and not quotes.compared(closing):
            if not says_surplus(quotes, closing):
                yield from _of_totals(context, quotes, closing)
            yield from _with_what_was_before(context, quotes, closing)


def _of_totals(context: Context, quotes: Quotes, closing: Quote) -> Iterator[Check]:
    """Of the income total before it in its paragraph, less the expenditure total, or all that goes out behind it."""
    before = _before(quotes, closing)
    place = next((at for at, one in enumerate(before) if _CAME_IN.fullmatch(one.named.key)), None)
    if not place:
        return
    total = next((one for one in before[:place] if _WENT_OUT.fullmatch(one.named.key)), None)
    spent = [total] if total is not None else before[:place][::-1]
    if total is None and not all(_GOES_OUT.fullmatch(one.named.key) for one in spent):
        return
    yield from _equation(context, quotes, [(closing, 1), (before[place], -1), *((one, 1) for one in spent)])


def _with_what_was_before(context: Context, quotes: Quotes, closing: Quote) -> Iterator[Check]:
    """What was left of the year beside what was left before, in brackets behind it too."""
    before = _before(quotes, closing)
    inside = [one for one in quotes.children.get(closing.figure.id, ()) if one.kind is StatedKind.AMOUNT]
    year = next((one for one in before if _OF_THE_YEAR.fullmatch(one.named.key)), None)
    opening = next((one for one in (*inside, *before) if is_opening(one)), None)
    if year is not None and opening is not None:
        yield from _equation(context, quotes, [(closing, 1), (opening, -1), (year, -1)])


def _before(quotes: Quotes, closing: Quote) -> list[Quote]:
    """The amounts before it in its paragraph that stand for themselves, the nearest first."""
    near = quotes.all[max(closing.position - _WITHIN, 0) : closing.position]
    found = []
    for one in reversed(near):
        if "\n" in (quotes.between(one, closing) or "\n"):
            break
        if one.kind is StatedKind.AMOUNT and quotes.parent(one) is None and not quotes.compared(one):
            found.append(one)
    return found


def _equation(context: Context, quotes: Quotes, signed: Sequence[tuple[Quote, int]]) -> Iterator[Check]:
    if not comes_out(quotes, signed):
        return
    whole = signed[0][0]
    terms = [quotes.term(one, "part", sign, whole.figure.unit) for one, sign in signed[1:]]
    names = [f"“{one.title}”" for one, _ in signed[1:]]
    signs = [("less", "减") if sign > 0 else ("plus", "加") for _, sign in signed[2:]]
    made = names[0] + "".join(f" {sign} {name}" for (sign, _), name in zip(signs, names[1:], strict=True))
    made_zh = names[0] + "".join(f"{sign}{name}" for (_, sign), name in zip(signs, names[1:], strict=True))
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(whole.ref, ONE, "total"), *(term for term in terms if term is not None)],
        Message(f"In the text, “{whole.title}” is {made}.", f"正文中，“{whole.title}”等于{made_zh}。"),
        key=("left over",),
        severity=Severity.WARNING,
        weak=True,
    )
