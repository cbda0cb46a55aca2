"""Lines of the statements that the running text quotes one by one: functional classes, and what is to be bought."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.functional import FunctionalRow, functional_rows
from workbench.checks.quoted import Quote, Quotes
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Outcome, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, StatedKind, Table

_FIGURES = (FigureKind.NUMBER, FigureKind.DASH)
_EQUIPMENT = re.compile(r"A0[2-6]\d{0,10}")


def equipment_bought(context: Context, quote: Quote) -> Iterator[Check]:
    """The fixed assets that a body means to buy against the lines of its procurement table that are equipment, books
    or furniture (品目 A02 to A06 of 政府采购品目分类目录)."""
    if quote.concept != "asset_purchase":
        return
    for table in context.of_form(Form.PROCUREMENT):
        ratio = context.in_unit_of(table, quote.figure.unit)
        amounts = [panel.amounts[0].index for panel in context.structure(table).panels if panel.amounts]
        rows = [
            row
            for row, cells in enumerate(table.rows)
            if any(_EQUIPMENT.fullmatch(label_key(cell.text)) for cell in cells)
        ]
        named = [_amount_column(table, amounts, row) for row in rows]
        refs = [CellRef(table.id, row, column) for row, column in zip(rows, named, strict=True) if column is not None]
        if ratio is None or not refs:
            continue
        yield context.check(
            Family.NARRATIVE,
            Relation.AT_MOST,
            [*(Term(ref, ratio, "part") for ref in refs), Term(quote.ref, Decimal(-1), "total")],
            Message(
                f"“{quote.title}” covers the equipment listed in {table.title}.",
                f"“{quote.title}”不少于《{table.title}》所列设备。",
            ),
            severity=Severity.WARNING,
            weak=True,
        )


def _amount_column(table: Table, amounts: list[int], row: int) -> int | None:
    """The column of what a line costs in all: headed 合计 or 金额 where one is, else the first behind the price."""
    heads = {column: label_key((table.column_path(column) or ("",))[-1]) for column in range(table.width)}
    totals = [column for column, head in heads.items() if re.fullmatch(r"合计|总计|金额|采购金额|总价|预算金额", head)]
    filled = [column for column in (*totals, *amounts) if table.rows[row][column].figure.kind is FigureKind.NUMBER]
    return filled[0] if filled else None


def item_rows(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Functional classes named in the text against the rows of that name: 教育支出/普通教育/小学教育."""
    tables = context.of_form(Form.GENERAL_BUDGET_EXPENDITURE) or context.of_form(Form.EXPENDITURE_SUMMARY)
    if not tables:
        return
    table = tables[0]
    rows = functional_rows(context, table)
    by_path = {row.path: row for row in rows}
    if not rows:
        return
    for quote in quotes.all:
        if quote.kind is not StatedKind.AMOUNT or not quotes.of_this_year(quote):
            continue
        path = tuple(label_key(part) for part in quote.named.key.split("/"))
        if len(path) == 1 and not _is_class_of_total(quotes, quote, path[0]):
            continue
        if quotes.measure(quote) == "plan":
            if len(path) == 3:
                yield from _unknown_item(context, quote, path, table, rows)
            continue
        row = by_path.get(path)
        if row is None:
            if len(path) == 3:
                yield from _unknown_item(context, quote, path, table, rows)
            continue
        column = _total_column(table, row)
        ratio = context.in_unit_of(table, quote.figure.unit)
        if column is None or ratio is None:
            continue
        ref = CellRef(table.id, row.row, column)
        yield context.check(
            Family.NARRATIVE,
            Relation.EQUAL,
            [Term(quote.ref, Decimal(1), "left"), Term(ref, -ratio, "right")],
            Message(
                f"The text quotes “{quote.title}” as {table.title} prints it.",
                f"正文“{quote.title}”与《{table.title}》一致。",
            ),
        )


def _is_class_of_total(quotes: Quotes, quote: Quote, name: str) -> bool:
    """Whether a bare class name (教育支出) is one of the classes that a general budget total is listed by."""
    above = quotes.parent(quote)
    return name.endswith("支出") and above is not None and above.concept in ("general_expenditure", "year_expenditure")


def _unknown_item(
    context: Context, quote: Quote, path: tuple[str, ...], table: Table, rows: tuple[FunctionalRow, ...]
) -> Iterator[Check]:
    """A class of the text that the statement has under no such name, though the class above it is there."""
    if any(row.path == path for row in rows) or not any(row.path == path[:1] for row in rows):
        return
    near = next((row for row in rows if len(row.path) == 3 and set(row.path) & set(path[1:]) - set(path[:1])), None)
    if near is None:
        return
    shown = "/".join(near.names)
    yield context.check(
        Family.CODE_NAME,
        Relation.FACT,
        [
            Term(quote.ref, Decimal(1), "label"),
            Term(CellRef(table.id, near.row, near.name_column), Decimal(1), "label"),
        ],
        Message(
            f"The text names the class “{quote.named.key}”; {table.title} has {shown} ({near.code}).",
            f"正文科目“{quote.named.key}”在《{table.title}》中不存在，表中为“{shown}”（{near.code}）。",
        ),
        severity=Severity.WARNING,
        fact=Outcome.FAIL,
    )


def _total_column(table: Table, row: FunctionalRow) -> int | None:
    columns = [
        column
        for column in row.amount_columns
        if table.rows[row.row][column].figure.kind in _FIGURES
        and re.fullmatch(
            r"合计|总计|小计|本年支出合计|支出合计|预算数|决算数|本年支出|一般公共预算(?:财政拨款)?支出",
            label_key((table.column_path(column) or ("",))[-1]),
        )
    ]
    return columns[0] if columns else None
