"""Rates of running text that a table prints beside the amount (完成预算98.6%，同比增长4.2% of a line of
支出执行情况表).

The line is the one of the same name that prints the same amount; of its percentages that which the words of its head
fit. A rate may be of another base than the table's: it is held against the table where both are the same, or would be
but for one digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.inside.near_misses import one_digit_apart
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.structure.columns import ColumnKind
from workbench.checks.structure.label_words import numbering
from workbench.checks.structure.table import TableStructure
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, StatedKind, Table

_DONE = re.compile(r".*(?:完成|执行|占预算|进度).*")
_GROWN = re.compile(r"(?!.*(?:[为占]上年|相当)).*(?:增减|增长|升降|增幅|上年|同比|变动).*")
_SHARE = re.compile(r".*(?:占比|比重|占.*[%％比]).*")
_OF_BUDGET = re.compile(r"(?:完成|执行|占)[^，。]{0,8}(?:预算|计划)|执行率|完成率")


def printed_rates(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each rate that is said of an amount which a table prints with its own."""
    for rate in quotes.all:
        amount = quotes.parent(rate) if rate.kind in (StatedKind.SHARE, StatedKind.GROWTH) else None
        if amount is not None and amount.kind is StatedKind.AMOUNT and quotes.of_this_year(amount):
            yield from _rate(context, rate, amount)


def _rate(context: Context, rate: Quote, amount: Quote) -> Iterator[Check]:
    head = _GROWN if rate.kind is StatedKind.GROWTH else _DONE if _OF_BUDGET.search(rate.figure.label) else _SHARE
    said = read_figure(rate.figure.cell.printed)
    near: list[Check] = []
    for table in context.document.tables:
        structure = context.structure(table)
        columns = [one for one in structure.columns if one.kind is ColumnKind.PERCENT and head.fullmatch(one.leaf)]
        for row in _lines(context, structure, amount) if columns else ():
            for column in columns:
                figure = printed_figure(table, row, column.index)
                if said.value is None or figure.value is None:
                    continue
                sign = -1 if rate.figure.direction < 0 and figure.value < 0 else 1
                same = abs(said.value * sign - figure.value) <= said.half_unit + figure.half_unit
                if same or one_digit_apart(said.value, figure.value * sign):
                    check = _check(context, rate, CellRef(table.id, row, column.index), table, sign)
                    near.insert(0 if same else len(near), check)
    yield from near[:1]


def _lines(context: Context, structure: TableStructure, amount: Quote) -> Iterator[int]:
    """The rows of a table that bear the name of an amount and print it."""
    table = structure.table
    ratio = context.in_unit_of(table, amount.figure.unit)
    said = read_figure(amount.figure.cell.printed)
    if ratio is None or said.value is None:
        return
    for panel, labels in zip(structure.panels, structure.rows, strict=True):
        for label in labels:
            if label.empty or numbering(label.key)[2] != amount.named.key:
                continue
            figures = [printed_figure(table, label.row, column.index) for column in panel.amounts]
            if any(
                figure.value is not None
                and abs(figure.value * ratio - said.value) <= figure.half_unit * ratio + said.half_unit
                for figure in figures
            ):
                yield label.row


def _check(context: Context, rate: Quote, cell: CellRef, table: Table, sign: int) -> Check:
    return context.check(
        Family.PERCENT,
        Relation.EQUAL,
        [Term(rate.ref, Decimal(1), "left"), Term(cell, Decimal(-sign), "right")],
        Message(
            f"“{rate.title}” of the text is the rate that 《{table.title}》 prints.",
            f"正文“{rate.title}”与《{table.title}》所列比率一致。",
        ),
        key=("printed rate",),
        severity=Severity.WARNING,
        weak=True,
    )
