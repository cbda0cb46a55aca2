"""Points in running text: no part of an evaluation has more points than it may have (过程指标得18.5分（满分20分）).

Source: 部门整体支出绩效自评报告, which tells each group of indicators with its points and, in brackets, its weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_MOST = re.compile(r"满分|总?分值|权重|标准分|总分")
_UNIT = "分"


def is_limit(quote: Quote) -> bool:
    """Whether a number says how many points there may be, and is no part of those that there are."""
    return quote.kind is StatedKind.COUNT and quote.figure.unit == _UNIT and bool(_MOST.match(quote.figure.label))


def points(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each number of points against the most that stands right behind it."""
    for most in quotes.all:
        given = quotes.all[most.position - 1] if most.position and is_limit(most) else None
        if given is None or given.figure.unit != _UNIT or is_limit(given):
            continue
        words = quotes.between(given, most)
        if words is None or words.removesuffix(most.figure.label) not in ("（", "(", "，", ",", "/", ""):
            continue
        yield context.check(
            Family.NARRATIVE,
            Relation.AT_MOST,
            [Term(given.ref, Decimal(1), "part"), Term(most.ref, Decimal(-1), "total")],
            Message(
                f"“{given.title}” is at most its “{most.title}”.",
                f"“{given.title}”应不大于其“{most.title}”。",
            ),
            key=("points",),
            severity=Severity.WARNING,
        )
