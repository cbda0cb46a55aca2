"""Lines of the statements that a sentence begins with where nothing
says which statement is meant (2031年项目支出45万元).

Of all statements of expenditure one must print the figure. Only where the document holds the statement of all
expenditure, so that what is said of the whole body has its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.quoted.lines.named_lines import lines_named
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import prints_the_same, quoted_as_printed
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.quoted.reading.targets import cells_fitting
from workbench.checks.families.statements.sets import statement_sets
from workbench.fiscal.concepts import concepts
from workbench.fiscal.forms import EXPENDITURE_BY_FUNCTION
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Severity
from workbench.model.table import CellRef, Form, Table

BARE_LINE_FORMS = (
    *EXPENDITURE_BY_FUNCTION,
    Form.BASIC_EXPENDITURE,
    Form.FISCAL_GRANT_SUMMARY,
    Form.INCOME_EXPENDITURE_SUMMARY,
    Form.PROJECT_EXPENDITURE,
)
"""The forms that `bare_lines` looks through."""
_KINDS = frozenset({"basic", "project"})
_BEGINNING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．])?20\d\d年度?(?:本?(?:部门|单位)|我?[局委厅办院校])?(?:\d{3,7}[-—]?)?[^，,：:；;、（(\d]*(?:[（(][类款项级室\d]{1,7}[)）][^，,：:；;、（(\d]*){0,3}$"
)
_SHORTEST = 4


def bare_lines(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each amount that begins a sentence under no heading that says which statement it is of."""
    if not context.of_form(Form.EXPENDITURE_SUMMARY) or len(statement_sets(context)) > 1:
        return
    for quote in quotes.amounts:
        if quote.figure.parent or not quotes.of_this_year(quote) or quotes.measure(quote) == "plan":
            continue
        section = quotes.section(quote)
        if section.about or section.fund or quotes.compared(quote) or not _BEGINNING.match(_before(quotes, quote)):
            continue
        found = list(_cells(context, quotes, quote))
        if not found:
            continue
        place = next(((t, ref) for t, ref in found if prints_the_same(context, quote, t, ref)), found[0])
        yield from quoted_as_printed(context, quote, *place, key=("anywhere",), severity=Severity.WARNING)


def _before(quotes: Quotes, quote: Quote) -> str:
    return quotes.line_before(quote).replace("“", "").replace("”", "")


def _cells(context: Context, quotes: Quotes, quote: Quote) -> Iterator[tuple[Table, CellRef]]:
    """The cells that the figure may be: the totals of a kind of expenditure, or the line of its name."""
    if quote.concept in _KINDS:
        for target in concepts().targets:
            if quote.concept in target.concepts:
                for table in context.of_form(Form(target.form)):
                    yield from ((table, ref) for ref in cells_fitting(context, table, target, quotes.measure(quote)))
        return
    name = label_key(quote.named.key)
    if quote.concept or len(name) < _SHORTEST:
        return
    rows = list(lines_named(context, quotes, quote, BARE_LINE_FORMS))
    if len(rows) == len({table.id for table, _ in rows}):
        for table, cells in rows:
            yield from ((table, cell) for cell in cells)
