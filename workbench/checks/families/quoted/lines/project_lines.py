"""Projects that running text names one by one with what they get, against the list of projects of the budget.

A text may tell what a project costs in all years, or what one source gives. So a list of projects is held against it
where half of the projects that both name get the same amount as printed, and the others would but for one slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from workbench.checks.context import Context
from workbench.checks.families.quoted.lines.named_lines import lines_of, plain_name
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import nearly_prints, prints_the_same, quoted_as_printed
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.check import Check, Severity
from workbench.model.table import CellRef, Form, ReportKind, Table

PROJECT_LISTS = (Form.PROJECT_EXPENDITURE,)
"""The forms whose lines are projects."""
_LEADING = re.compile(r"^.*(?:主要是|主要为|主要用于|用于|安排|包括)(?=.{5})")
_SHORTEST = 5
_FEWEST = 2


def project_lines(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each project of the text against its line."""
    for table in context.of_form(*PROJECT_LISTS):
        if context.own(table).report is not ReportKind.BUDGET:
            continue
        named = _named(context, quotes, table)
        columns = {ref.column for _, cells in named for ref in cells}
        agreeing = {
            column: sum(prints_the_same(context, quote, table, _at(cells, column)) for quote, cells in named)
            for column in sorted(columns)
        }
        best = max(agreeing, key=lambda column: agreeing[column], default=None)
        if best is None or len(named) < _FEWEST or agreeing[best] * 2 < len(named):
            continue
        for quote, cells in named:
            ref = _at(cells, best)
            if nearly_prints(context, quote, table, ref):
                yield from quoted_as_printed(context, quote, table, ref, key=("project",), severity=Severity.WARNING)


def _named(context: Context, quotes: Quotes, table: Table) -> list[tuple[Quote, tuple[CellRef, ...]]]:
    """The amounts of the text that bear the name of one line of a list, with the cells of the line."""
    lines = context.once(("lines by name", table.id), (table,), partial(lines_of, context, table)).by_name
    found = []
    for quote in quotes.amounts:
        name = _LEADING.sub("", quote.named.key)
        rows = lines.get(plain_name(name), ())
        if len(rows) == 1 and len(name) >= _SHORTEST and not quote.concept and quotes.of_this_year(quote):
            found.append((quote, rows[0]))
    return found


def _at(cells: tuple[CellRef, ...], column: int) -> CellRef:
    return cells[0]._replace(column=column)
