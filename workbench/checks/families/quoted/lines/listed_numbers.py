"""How many items a list of the statements has, as the text counts them beside their amount
(共安排项目12个，金额6611.86万元; 政府购买服务项目5个，预算1986.04万元).

A text counts many things. So a number is held against a list only where the amount beside it is the total of the list,
and where the list numbers its items itself, from 1 on in all or in each part.
"""

from __future__ import annotations

from collections.abc import Iterator

from workbench.checks.context import Context
from workbench.checks.families.quoted.reading.amounts import Quotes, number_check
from workbench.checks.families.quoted.reading.cells import prints_the_same
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.statements.sets import statement_sets
from workbench.checks.families.statements.statement import Statement
from workbench.checks.structure.columns import ColumnKind
from workbench.model.amount import read_figure
from workbench.model.check import Check
from workbench.model.message import Message
from workbench.model.table import Form, StatedKind

NUMBERED_FORMS = (Form.PROJECT_EXPENDITURE, Form.PROCUREMENT)
"""The forms whose lines are items that a text may count."""
_UNITS = frozenset({"个", "项"})
_FEWEST = 2


def listed_numbers(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each number of items that stands beside the total of their list."""
    lists = [
        (statement, number)
        for one in statement_sets(context)
        for statement in one.all(*NUMBERED_FORMS)
        if len(statement.total) == 1 and (number := _items(statement))
    ]
    for quote in quotes.counts if lists else ():
        if quote.figure.unit in _UNITS and quotes.of_this_year(quote) and quote.figure.id not in quotes.rough:
            found = next((one for one in lists if _is_of(context, quotes, quote, one[0])), None)
            if found is not None:
                yield _check(context, quote, *found)


def _items(statement: Statement) -> int:
    """How many items a list numbers: its numbers go from 1 up by one, again in each part; 0 where they do not."""
    table = statement.table
    column = next((one.index for one in statement.structure.columns if one.kind is ColumnKind.SEQUENCE), None)
    if column is None:
        return 0
    values = [read_figure(row[column].printed).value for row in table.rows]
    numbers = [int(value) for value in values if value is not None and value == int(value)]
    steps = [number == 1 or number == before + 1 for before, number in zip([0, *numbers], numbers, strict=False)]
    return len(numbers) if len(numbers) >= _FEWEST and all(steps) else 0


def _is_of(context: Context, quotes: Quotes, number: Quote, statement: Statement) -> bool:
    """Whether an amount right beside a number, in its sentence, is the total of a list; what is counted as a part of
    something is none of that."""
    near = quotes.all[max(number.position - 1, 0) : number.position + 2]
    return quotes.parent(number) is None and any(
        one.kind is StatedKind.AMOUNT
        and quotes.in_one_sentence(one, number)
        and prints_the_same(context, one, statement.table, statement.total[0])
        for one in near
    )


def _check(context: Context, quote: Quote, statement: Statement, number: int) -> Check:
    name = statement.table.title
    title = Message(
        f"“{quote.title}” is the number of items that 《{name}》 lists: {number}.",
        f"“{quote.title}”的数量与《{name}》所列项数（{number}）一致。",
    )
    return number_check(context, quote, number, title, "listed")
