"""Shares that are not of the amount which their words name, but of another one of the same sentence
(年初预算为0，全年预算为50，支出决算为49，完成年初预算的98.00%).

The rate and the amount are right then, and what is wrong is the name between them. Only where the rate, to its last
place, is that of the other amount, and no slip of a digit sets this apart from the one that is named.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.making_up import telling_digits
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.support import one_slip_apart
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Severity
from workbench.model.message import Message
from workbench.model.table import StatedKind

_WITHIN = 8
"""So many figures away a sentence is looked through."""
_FINE = 3
"""A rate of so many digits is that of one amount and not by chance of the next."""
_HUNDRED = Decimal(100)


def other_base(quotes: Quotes, share: Quote, part: Quote, named: Quote) -> Quote | None:
    """The amount of the same sentence that a share, as printed, is of, where it is not of the one that is named."""
    said = read_figure(share.figure.cell.printed)
    upper, own = _value(quotes, part, part), _value(quotes, named, part)
    if said.value is None or upper is None or own is None or telling_digits(share) < _FINE:
        return None
    if _is_share(said.value, said.half_unit, upper, own):
        return None
    for one in _of_sentence(quotes, share):
        value = _value(quotes, one, part)
        if one in (part, named) or value is None or one_slip_apart(value, own):
            continue
        if _is_share(said.value, said.half_unit, upper, value):
            return one
    return None


def of_another_base(context: Context, share: Quote, part: Quote, named: Quote, other: Quote) -> Check:
    """That a share is of another amount than its words say."""
    rate, amount = share.figure.cell.text.rstrip("%"), other.figure.cell.text
    return context.fact(
        Family.PERCENT,
        [share.ref, part.ref, named.ref, other.ref],
        Message(
            f"“{share.title}” {rate}% is not of “{named.title}”, which it names: it is “{part.title}” as a percentage of"
            f" “{other.title}” {amount}{other.figure.unit} in the same sentence. The words name the wrong amount.",
            f"“{share.title}”{rate}%与所称的“{named.title}”不符，实为“{part.title}”÷同句“{other.title}”"
            f"{amount}{other.figure.unit}：文字所称的基数有误。",
        ),
        severity=Severity.WARNING,
    )


def _of_sentence(quotes: Quotes, share: Quote) -> Iterator[Quote]:
    """The amounts of the sentence of a share, the nearest first, those before it before those behind."""
    for near in (
        reversed(quotes.all[max(share.position - _WITHIN, 0) : share.position]),
        quotes.all[share.position + 1 : share.position + 1 + _WITHIN],
    ):
        for one in near:
            if not quotes.in_one_sentence(one, share):
                break
            if one.kind is StatedKind.AMOUNT:
                yield one


def _is_share(share: Decimal, half_unit: Decimal, part: Decimal, whole: Decimal) -> bool:
    return bool(whole) and abs(_HUNDRED * part / whole - share) <= half_unit


def _value(quotes: Quotes, one: Quote, beside: Quote) -> Decimal | None:
    """What an amount prints, in the unit of the one beside it."""
    value, term = read_figure(one.figure.cell.printed).value, quotes.term(one, "whole", 1, beside.figure.unit)
    return None if value is None or term is None else value * term.coefficient
