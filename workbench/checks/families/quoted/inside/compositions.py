"""Shares of running text that stand without their amounts and make up a whole together: they come to 100 per cent.

A list is taken for a whole one where its shares make 100, come to more, or would make 100 but for one slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.support import one_slip_apart
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_MONEY = re.compile(r".*(?:支出|收入|费用?|经费|拨款|结转|结余|资金|采购|货物|工程|服务|补助|预算)(?:类)?占比")
_APART = re.compile(r"其中|包括|主要|分别|[。\n]")
_FEWEST = 3
_HUNDRED = Decimal(100)
_TRIMMED = Decimal("0.1")
"""By what shares that were rounded one by one may miss 100 together, beyond what their places allow."""


def compositions(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each list of bare shares."""
    for run in _runs(quotes):
        figures = [read_figure(one.figure.cell.printed) for one in run]
        values = [figure.value for figure in figures if figure.value is not None]
        missing = _HUNDRED - sum(values, Decimal(0))
        slack = sum((figure.half_unit for figure in figures), Decimal(0)) + _TRIMMED
        if len(values) < len(run) or (missing > slack and not any(one_slip_apart(v, v + missing) for v in values)):
            continue
        names = "、".join(f"“{one.title.removesuffix('占比')}”" for one in run)
        yield context.check(
            Family.PERCENT,
            Relation.EQUAL,
            [Term(one.ref, Decimal(1), "part") for one in run],
            Message(f"In the text, the shares of {names} make 100 per cent.", f"正文中{names}的占比之和应为100%。"),
            key=[one.figure.label for one in run],
            severity=Severity.WARNING,
            tolerance=_TRIMMED,
            constant=-_HUNDRED,
        )


def _runs(quotes: Quotes) -> Iterator[Sequence[Quote]]:
    """The lists of shares of one sentence, each of something else."""
    run: list[Quote] = []
    for quote in quotes.all:
        bare = quote.kind is StatedKind.SHARE and not quote.figure.parent and _MONEY.fullmatch(quote.named.key)
        words = quotes.between(run[-1], quote) if run else ""
        goes_on = bare and words is not None and not _APART.search(words)
        if run and not (goes_on and quote.position == run[-1].position + 1):
            yield from _whole(run)
            run = []
        if bare:
            run.append(quote)
    yield from _whole(run)


def _whole(run: Sequence[Quote]) -> Iterator[Sequence[Quote]]:
    if len(run) >= _FEWEST and len({one.named.key for one in run}) == len(run):
        yield tuple(run)
