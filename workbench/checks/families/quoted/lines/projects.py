"""Budgets of projects that the running text quotes, against the forms of these projects."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from workbench.checks.context import Context
from workbench.checks.families.plan import budget_of
from workbench.checks.families.quoted.inside.carried import surplus_of
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.source import Anchor
from workbench.model.table import CellRef, Form, Table

_PROJECT = re.compile(
    r"(?P<name>.{6,}?)(?:专项)?(?:补助)?(?:资金|经费)?(?:申请|安排|预算|项目)(?:资金|金额|经费|预算)?"
)
_TITLE_ENDS = re.compile(r"(?:项目)?(?:支出)?绩效目标.*$")
_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七八九十\d]+[)]?[、..]?)+")
_CARRIED = re.compile(r"(?:上年|年初|以前年度).*结[转余]")
_OWN_BUDGET = re.compile(r"预算数|项目预算|预算资金")


BUDGET_FORMS = (Form.PERFORMANCE_TARGET, Form.PROJECT_EXPENDITURE)
"""The forms that state the budget of one project."""


def project_budgets(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The budget of a form against the sentence in the form that repeats it, and against the project's line in the
    text (of a name that one form only bears)."""
    forms = [
        (table, budget)
        for table in context.of_form(*BUDGET_FORMS)
        for budget in [context.once(("stated budget", table.id), (table,), partial(budget_of, table))]
        if budget is not None
    ]
    if not forms:
        return
    for quote in quotes.amounts:
        if _OWN_BUDGET.fullmatch(quote.figure.label):
            found = [(table, budget) for table, budget in forms if _stands_in(table, quote)]
        else:
            found = _of_name(quote, forms)
        if len(found) == 1:
            yield from _same(context, quote, *found[0])


def _stands_in(table: Table, quote: Quote) -> bool:
    place = quote.figure.cell.anchors[:1]
    return bool(place) and any(
        _covers(anchor, place[0]) for row in table.rows for cell in row for anchor in cell.anchors
    )


def _covers(anchor: Anchor, place: Anchor) -> bool:
    return anchor.page == place.page and anchor.start <= place.start and place.end <= anchor.end


def _of_name(quote: Quote, forms: list[tuple[Table, CellRef]]) -> list[tuple[Table, CellRef]]:
    named = _PROJECT.fullmatch(label_key(quote.figure.label))
    if named is None:
        return []
    name = named["name"]
    titles = [
        (_TITLE_ENDS.sub("", _NUMBERING.sub("", label_key(table.title))), table, budget) for table, budget in forms
    ]
    return [(table, budget) for title, table, budget in titles if len(title) >= 6 and (title in name or name in title)]


def _same(context: Context, quote: Quote, table: Table, budget: CellRef) -> Iterator[Check]:
    ratio = context.in_unit_of(table, quote.figure.unit)
    if ratio is None:
        return
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(quote.ref, Decimal(1), "left"), Term(budget, -ratio, "right")],
        Message(
            f"The text gives “{quote.title}” the budget that the form {table.title} states.",
            f"正文“{quote.title}”与《{table.title}》的预算数一致。",
        ),
        severity=Severity.WARNING,
    )


def balanced_totals(context: Context, quotes: Quotes) -> Iterator[Check]:
    """In a budget, all income is all expenditure: the totals that the text names first must agree."""
    totals: dict[str, Quote] = {}
    for quote in quotes.amounts:
        if quote.concept in ("income", "expenditure", "income_and_expenditure") and quotes.of_this_year(quote):
            if not quote.figure.parent and quotes.measure(quote) == "budget":
                totals.setdefault(quote.concept, quote)
    first = totals.pop("income", None)
    if first is None or _carried_apart(quotes, first) or surplus_of(quotes) is not None:
        return
    for quote in totals.values():
        term = quotes.term(quote, "right", -1, first.figure.unit)
        if term is not None:
            yield context.check(
                Family.NARRATIVE,
                Relation.EQUAL,
                [Term(first.ref, Decimal(1), "left"), term],
                Message(
                    f"In the text, “{first.title}” and “{quote.title}” are the same amount.",
                    f"正文中，“{first.title}”与“{quote.title}”金额相等。",
                ),
                severity=Severity.WARNING,
                weak=True,
            )


def _carried_apart(quotes: Quotes, income: Quote) -> bool:
    """Whether money carried over from the year before is named beside the income and not as a part of it."""
    return any(
        _CARRIED.search(quote.named.key)
        and read_figure(quote.figure.cell.printed).value
        and quote.figure.parent != income.figure.id
        for quote in quotes.amounts
    )
