"""Lists of functional classes in running text (支出包括：社会保障和就业支出…万元、卫生健康支出…万元): against the
statement and the column that prints most of them so.

A list does not say which statement it quotes: the total before it may be of all funds or of one. So it is held against
a column only where half of the list, and two classes at least, stand in it as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.lines.items import CLASS_TOTALS
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import quoted_as_printed
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.statements.sets import statement_sets
from workbench.checks.families.statements.statement import Statement
from workbench.checks.families.statements.totals import current_columns
from workbench.fiscal.vocabulary import class_code, label_key
from workbench.model.amount import read_figure
from workbench.model.check import Check
from workbench.model.table import CellRef, Form

CLASS_LIST_FORMS = (
    Form.FISCAL_GRANT_SUMMARY,
    Form.GENERAL_BUDGET_EXPENDITURE,
    Form.EXPENDITURE_SUMMARY,
    Form.INCOME_EXPENDITURE_SUMMARY,
)
"""The forms whose classes a text may list."""
_FEWEST = 3
_FEWEST_AGREEING = 2

_Column = Mapping[str, CellRef]
"""What one column of a statement prints, by class."""


def class_lists(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each class of a list against the column that the list quotes."""
    for listed, column in _quoted_columns(context, quotes):
        for code, quote in listed:
            if code in column:
                ref = column[code]
                yield from quoted_as_printed(context, quote, context.tables[ref.table], ref, key=("class",))


def classes_listed(context: Context, quotes: Quotes) -> frozenset[str]:
    """The figures that `class_lists` holds against a statement, by their ids."""
    return frozenset(
        quote.figure.id
        for listed, column in _quoted_columns(context, quotes)
        for code, quote in listed
        if code in column
    )


def _quoted_columns(context: Context, quotes: Quotes) -> Iterator[tuple[list[tuple[str, Quote]], _Column]]:
    """Each list that quotes a statement, with the column that prints most of it."""
    sets = statement_sets(context)
    columns = [
        column for one in sets for statement in one.all(*CLASS_LIST_FORMS) for column in _columns(context, statement)
    ]
    for listed in _lists(quotes) if columns else ():
        agreeing = [sum(_agrees(context, quote, column.get(code)) for code, quote in listed) for column in columns]
        most = max(agreeing)
        if most >= _FEWEST_AGREEING and most * 2 >= len(listed):
            yield listed, columns[agreeing.index(most)]


def _lists(quotes: Quotes) -> Iterator[list[tuple[str, Quote]]]:
    """The runs of amounts that are each of another class, of one year."""
    run: list[tuple[str, Quote]] = []
    for quote in quotes.amounts:
        code = _class_of(quotes, quote)
        goes_on = code and run and code not in dict(run) and quotes.between(run[-1][1], quote) is not None
        if not goes_on:
            if len(run) >= _FEWEST:
                yield run
            run = []
        if code:
            run = [*run, (code, quote)]
    if len(run) >= _FEWEST:
        yield run


def _class_of(quotes: Quotes, quote: Quote) -> str:
    """The class that an amount is of; "" for any other, and for one under a total whose statement is known."""
    above = quotes.parent(quote)
    if not quotes.of_this_year(quote) or quotes.measure(quote) == "plan":
        return ""
    if above is not None and above.concept in CLASS_TOTALS:
        return ""
    return class_code(label_key(quote.named.key)) or ""


def _columns(context: Context, statement: Statement) -> Iterator[_Column]:
    """The columns of this year of a statement, each with its classes."""
    rows = {code: labels[0] for code, labels in statement.class_rows.items() if len(labels) == 1}
    if statement.coded:
        rows = {code: label for code, label in statement.by_code.items() if len(code) == 3}
    for number in sorted({label.panel for label in rows.values()}):
        panel = statement.structure.panels[number]
        for column in current_columns(context, statement.table, panel) if panel.amounts else ():
            yield {
                code: CellRef(statement.table.id, label.row, column.index)
                for code, label in rows.items()
                if label.panel == number
            }


def _agrees(context: Context, quote: Quote, ref: CellRef | None) -> bool:
    """Whether a cell prints what the text says, as both stand in the source."""
    if ref is None:
        return False
    table = context.tables[ref.table]
    ratio = context.in_unit_of(table, quote.figure.unit)
    stated, printed = read_figure(quote.figure.cell.printed), printed_figure(table, ref.row, ref.column)
    if ratio is None or stated.value is None or printed.value is None:
        return False
    return abs(printed.value * ratio - stated.value) <= stated.half_unit + printed.half_unit * ratio
