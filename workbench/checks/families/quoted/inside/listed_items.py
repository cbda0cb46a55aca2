"""Functional items that the text tells one by one (一般公共服务支出（类）财政事务（款）行政运行（项）: 年初预算 and
支出决算): together they make the amount that the text gives for all of them.

A text may tell some items only. That it tells all is taken from the other measure: where the final figures as printed
make their total, the budgets must too, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message

_WHOLES = ("general_expenditure", "expenditure", "year_expenditure", "fiscal_expenditure")
_MEASURES = ("plan", "final", "budget")
_FEWEST = 2
_LOOK_BACK = 12


def listed_items(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The sums of each run of items."""
    for items in _runs(quotes):
        found = [(measure, *_sum_of(quotes, items, measure)) for measure in _MEASURES]
        sums = [(whole, parts) for _, whole, parts in found if whole is not None and len(parts) >= _FEWEST]
        if len(sums) > 1 and any(_made(whole, parts) for whole, parts in sums):
            for whole, parts in sums:
                yield from _check(context, quotes, whole, parts)


def _runs(quotes: Quotes) -> Iterator[list[Quote]]:
    """The amounts of items of one level, each run up to the next amount of something else."""
    run: list[Quote] = []
    for quote in quotes.amounts:
        if quote.named.key.count("/") == 2 and quotes.of_this_year(quote):
            run.append(quote)
        elif run and quote.concept in _WHOLES:
            yield run
            run = []
    if run:
        yield run


def _sum_of(quotes: Quotes, items: Sequence[Quote], measure: str) -> tuple[Quote | None, list[Quote]]:
    """The amount of all items in one measure, named last before them, and the items in that measure, each once."""
    parts = [item for item in items if quotes.measure(item) == measure]
    keys = [part.named.key for part in parts]
    if len(set(keys)) < len(keys) or {item.named.key for item in items} != set(keys):
        return None, []
    start = items[0].position
    before = reversed(quotes.all[max(start - _LOOK_BACK, 0) : start])
    whole = next((one for one in before if one.concept in _WHOLES and quotes.measure(one) == measure), None)
    return whole, parts


def _made(whole: Quote, parts: Sequence[Quote]) -> bool:
    """Whether the parts as printed make the whole as printed."""
    figures = [read_figure(part.figure.cell.printed) for part in parts]
    total = read_figure(whole.figure.cell.printed)
    if total.value is None or any(part.figure.unit != whole.figure.unit for part in parts):
        return False
    made = sum((figure.value for figure in figures if figure.value is not None), Decimal(0))
    return abs(total.value - made) <= sum((figure.half_unit for figure in figures), total.half_unit)


def _check(context: Context, quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> Iterator[Check]:
    terms = [quotes.term(part, "part", -1, whole.figure.unit) for part in parts]
    if any(term is None for term in terms):
        return
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(whole.ref, Decimal(1), "total"), *(term for term in terms if term is not None)],
        Message(
            f"In the text, “{whole.title}” is the sum of the {len(parts)} items listed.",
            f"正文中，“{whole.title}”等于所列{len(parts)}个科目之和。",
        ),
    )
