"""Which statements a figure of the running text speaks of, where a document holds several sets of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.quoted.reading.targets import cells_fitting
from workbench.checks.families.statements.sets import StatementSet, statement_sets
from workbench.fiscal.concepts import concepts
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import read_figure
from workbench.model.table import Form, Table


def statements_of(context: Context, quotes: Quotes, quote: Quote, *forms: Form) -> tuple[Table, ...]:
    """The tables of these forms that a figure may quote: of several sets of statements (a department's, and those of
    its units) the one that the text speaks of at this place."""
    sets = statement_sets(context)
    tables = context.of_form(*forms)
    if len(sets) == 1:
        return tables
    numbers = context.shared("sets spoken of", lambda: _sets_spoken_of(context, quotes))
    number = numbers.get(quote.figure.id, 0)
    if number == _NONE:
        return ()
    chosen = sets[number]
    own = {statement.table.id for statement in chosen.all(*forms)}
    return tuple(table for table in tables if table.id in own)


_NONE = -1
"""No set of statements."""
_TITLE_OF_BODY = re.compile(
    r"(?P<body>[^\d，。]{2,24}?(?:局|委员会|办公室|办|厅|中心|院|学校|中学|小学|所|站|队|会|馆|处|镇|乡|街道))20\d\d年"
)
_TOTALS = frozenset(
    {"income", "year_income", "expenditure", "year_expenditure", "income_and_expenditure", "general_expenditure"}
)


def _sets_spoken_of(context: Context, quotes: Quotes) -> dict[str, int]:
    """The number of the set of statements for each figure: the text goes on to another set where a total that it names
    is printed there and not in the set before. Before the first of them it speaks of the first set, unless the sets are
    those of several bodies by their titles: then it may speak of all of them together. A disclosure of its own speaks
    of no other's statements."""
    sets = statement_sets(context)
    bodies = {body["body"] for one in sets for body in _bodies(one)}
    disclosure, current = 0, _NONE if len(bodies) > 1 else 0
    found: dict[str, int] = {}
    for quote in quotes.all:
        if quotes.disclosure(quote) != disclosure:
            disclosure = quotes.disclosure(quote)
            current = next((number for number, one in enumerate(sets) if one.disclosure == disclosure), _NONE)
        if quote.concept in _TOTALS and quotes.of_this_year(quote) and quotes.measure(quote) != "plan":
            agreeing = [
                number
                for number, one in enumerate(sets)
                if one.disclosure == disclosure and _prints_total(context, quotes, quote, one)
            ]
            if agreeing and current not in agreeing:
                current = agreeing[0]
        found[quote.figure.id] = current
    return found


def _bodies(statements: StatementSet) -> Iterator[re.Match[str]]:
    """The bodies that the titles of a set name before the year (青禾县教育局2031年部门收支预算表)."""
    for statement in statements.all(Form.INCOME_EXPENDITURE_SUMMARY):
        named_body = _TITLE_OF_BODY.match(label_key(statement.table.title))
        if named_body:
            yield named_body


def _prints_total(context: Context, quotes: Quotes, quote: Quote, statements: StatementSet) -> bool:
    stated = read_figure(quote.figure.cell.printed)
    if not stated.value:
        return False
    for target in concepts().targets:
        if quote.concept not in target.concepts:
            continue
        for statement in statements.all(Form(target.form)):
            table = statement.table
            ratio = context.in_unit_of(table, quote.figure.unit)
            for ref in cells_fitting(context, table, target, quotes.measure(quote)):
                value = read_figure(table.cell(ref.row, ref.column).printed).value
                if ratio and value is not None and abs(value * ratio - stated.value) <= 2 * stated.half_unit:
                    return True
    return False
