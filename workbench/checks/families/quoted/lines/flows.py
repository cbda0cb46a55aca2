"""What a fund had, got, spent and kept, as running text tells it: 年初结转和结余, 本年收入, 本年支出, 年末结转和结余.

Which fund is told by the sentence, else by the heading over it. These figures are the fund's own: a bare 本年收入 in
such a sentence is not the income of the department.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.balance import flow_columns
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import quoted_as_printed
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.statements.sets import statement_sets
from workbench.checks.families.statements.statement import Statement
from workbench.checks.families.statements.totals import total_column
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, StatedKind

_ROLES = {
    "opening": re.compile(r".*(?:年初|上年|期初).*(?:结转|结余).*"),
    "income": re.compile(r".*本年(?:财政拨款)?收入"),
    "spent": re.compile(r".*本年(?:财政拨款)?支出"),
    "closing": re.compile(r".*(?:年末|年终|期末).*(?:结转|结余).*"),
}
_ORDER = tuple(_ROLES)
_FUNDS = {
    Form.GOVERNMENT_FUND: re.compile(r"政府性?基金"),
    Form.STATE_CAPITAL: re.compile(r"国有资本经营"),
    Form.GENERAL_BUDGET_EXPENDITURE: re.compile(r"一般公共预算"),
}
FLOW_FORMS = tuple(_FUNDS)
"""The forms whose statements `fund_flows` follow from."""
_ANY_FUND = re.compile(r"基金|国有资本经营|一般公共预算|财政拨款|财政专户")
_USED = re.compile(r"(?:使用|动用).*(?:结余|基金)|用事业基金")
_SHARED_OUT = re.compile(r"结余分配|缴纳所得税|交纳所得税|提取.*基金")
_BARE = re.compile(r"本年(?:收入|支出)")


def is_of_a_fund(quotes: Quotes, quote: Quote) -> bool:
    """Whether a bare 本年收入 or 本年支出 is said of one fund and not of the whole department."""
    return bool(_BARE.fullmatch(quote.named.key)) and bool(_ANY_FUND.search(_said_before(quotes, quote)))


def is_of_counted_projects(quotes: Quotes, quote: Quote) -> bool:
    """Whether an amount is what the projects counted just before it come to (项目8个，支出总额…),
    and not a total of the department."""
    before = quotes.all[quote.position - 1] if quote.position else None
    if before is None or before.kind is not StatedKind.COUNT:
        return False
    between = quotes.between(before, quote)
    return between is not None and "。" not in between and "项目" in before.figure.label + between


def _said_before(quotes: Quotes, quote: Quote) -> str:
    """What leads to a figure: its sentence so far and the heading over it."""
    return quotes.heading(quote) + quotes.before(quote) + label_key(quote.figure.label)


def fund_flows(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The four figures of a fund against each other, and each against the statement of that fund."""
    run: list[Quote] = []
    for quote in quotes.amounts:
        role = _role(quote)
        if not role or not quotes.of_this_year(quote):
            continue
        if run and (_ORDER.index(role) != len(run) or quotes.between(run[-1], quote) is None):
            run = []
        run = [*run, quote] if _ORDER.index(role) == len(run) else []
        if len(run) == len(_ORDER):
            yield from _flow(context, quotes, run)
        form = _fund(quotes, quote)
        if form is not None:
            yield from _quoted(context, quote, role, form)


def _role(quote: Quote) -> str:
    return next((role for role, pattern in _ROLES.items() if pattern.fullmatch(quote.named.key)), "")


def _fund(quotes: Quotes, quote: Quote) -> Form | None:
    """The statement of the one fund that the words before a figure name; None where they name none or several."""
    for words in (label_key(quote.figure.label), quotes.before(quote), quotes.heading(quote)):
        named = [form for form, pattern in _FUNDS.items() if pattern.search(words)]
        if named:
            return named[0] if len(named) == 1 else None
    return None


def _flow(context: Context, quotes: Quotes, run: list[Quote]) -> Iterator[Check]:
    closing = run[3]
    signed = [(run[0], -1), (run[1], -1), (run[2], 1), *_beside(quotes, run)]
    parts = [quotes.term(quote, "part", sign, closing.figure.unit) for quote, sign in signed]
    if any(term is None for term in parts):
        return
    made = " ".join(f"{'+' if sign < 0 else '−'} “{quote.title}”" for quote, sign in signed).removeprefix("+ ")
    made_zh = "".join(f"{'＋' if sign < 0 else '－'}“{quote.title}”" for quote, sign in signed).removeprefix("＋")
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(closing.ref, Decimal(1), "total"), *(term for term in parts if term is not None)],
        Message(
            f"In the text, “{closing.title}” is {made}.",
            f"正文中，“{closing.title}”等于{made_zh}。",
        ),
    )


def _beside(quotes: Quotes, run: list[Quote]) -> Iterator[tuple[Quote, int]]:
    """What else came in or went out between the opening and the closing balance: savings that were used, a surplus
    that was shared out."""
    for quote in quotes.all[run[0].position + 1 : run[3].position]:
        if quote.kind is StatedKind.AMOUNT and quote not in run and quotes.of_this_year(quote):
            if _USED.match(quote.named.key):
                yield quote, -1
            elif _SHARED_OUT.match(quote.named.key):
                yield quote, 1


def _quoted(context: Context, quote: Quote, role: str, form: Form) -> Iterator[Check]:
    statement = next((found for one in statement_sets(context) if (found := one.first(form)) is not None), None)
    cell = _total_of(context, statement, role) if statement is not None else None
    if statement is not None and cell is not None:
        yield from quoted_as_printed(context, quote, statement.table, cell, key=("fund",))


def _total_of(context: Context, statement: Statement, role: str) -> CellRef | None:
    """The total of a fund's statement for one of its four figures."""
    row = statement.total_row
    if row is None:
        return None
    panel = statement.structure.panels[row.panel]
    columns = flow_columns(statement.structure, panel)
    if columns is not None:
        return CellRef(statement.table.id, row.row, columns[_ORDER.index(role)].index)
    return (
        CellRef(statement.table.id, row.row, total_column(context, statement.structure, panel).index)
        if role == "spent"
        else None
    )
