"""Amounts that running text tells twice under one name (外交支出9万元，占75%。 … 外交支出9万元，比上年增加…).

One name may stand for several amounts: of all money and of a fund, of a plan and of what came of it. So two of them are
held against each other only where they are the same, or one digit of the one, as printed, would make it the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.making_up import telling_digits
from workbench.checks.families.quoted.inside.near_misses import comes_out
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message

_SHORTEST_NAME = 4
_FEWEST_DIGITS = 4
_MOST = 6
"""A name that stands for more amounts is one of something general."""


def told_again(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each name's amounts, one after the other."""
    named: dict[tuple[object, ...], list[Quote]] = defaultdict(list)
    for one in quotes.amounts:
        usable = quotes.of_this_year(one) and not quotes.compared(one) and one.figure.id not in quotes.plans
        if usable and len(one.named.key) >= _SHORTEST_NAME and telling_digits(one) >= _FEWEST_DIGITS:
            same = (label_key(one.figure.label), quotes.meaning(one), quotes.measure(one), quotes.disclosure(one))
            named[same].append(one)
    for alike in named.values():
        if 1 < len(alike) <= _MOST:
            yield from _pairs(context, quotes, alike)


def _pairs(context: Context, quotes: Quotes, alike: Sequence[Quote]) -> Iterator[Check]:
    """Each amount against the first of its name that it is, or would be but for one digit."""
    for place, one in enumerate(alike):
        for first in alike[:place]:
            term = quotes.term(one, "right", -1, first.figure.unit)
            if term is not None and comes_out(quotes, [(first, 1), (one, -1)]):
                yield context.check(
                    Family.NARRATIVE,
                    Relation.EQUAL,
                    [Term(first.ref, Decimal(1), "left"), term],
                    Message(
                        f"The text tells “{one.title}” twice; both should be the same amount.",
                        f"正文两处所述“{one.title}”金额应一致。",
                    ),
                    key=("told again", str(place)),
                    severity=Severity.WARNING,
                    weak=True,
                )
                break
