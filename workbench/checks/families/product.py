"""Products: quantity × price in procurement tables, calculations written out in words (46.4元/人*1000人=46400元), and
the budget of a project against its head count × standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from workbench.checks.context import Context, ratio_of_units
from workbench.checks.families.forms.indicators import Indicator, forms, indicators
from workbench.checks.families.plan import budget_of
from workbench.checks.families.printed import all_printed, printed_figure
from workbench.checks.families.quoted.inside.allowances import allowances
from workbench.checks.families.quoted.inside.averages import averages
from workbench.checks.families.quoted.reading.amounts import Quotes, from_text
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.structure.columns import Column, ColumnKind
from workbench.fiscal.units import unit_factor
from workbench.model.check import Check, Family, Outcome, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, StatedKind, Table

_TIMES = re.compile(r"^[^=＝+＋，。；]{0,24}?(?:[*×xX✕]|乘以?)[^=＝+＋，。；]{0,40}$")
_PLUS = re.compile(r"^[^=＝，。；]{0,24}[+＋][^=＝，。；]{0,24}$")
_MAKES = re.compile(r"^[^=＝，。；]{0,24}[=＝][^，。；]{0,12}$")
_WITHOUT_LINES = (Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE, Form.THREE_PUBLIC, Form.ORGANISATION)
_FEW_ROWS = 2
_Reading = tuple[Column, Column, Column]
"""The columns of what is counted, of what each costs, and of what all cost."""
_STEPS = (Decimal(1), Decimal("0.0001"), Decimal(10000))


def build(context: Context) -> Iterator[Check]:
    """Procurement lines and calculations in words."""
    yield from context.by_table("lines", (t for t in context.document.tables if t.form not in _WITHOUT_LINES), _lines)
    yield from from_text(context, "calculations", _calculations)
    yield from from_text(context, "averages", averages)
    yield from from_text(context, "allowances", allowances)
    for name, tables in forms(context):
        yield from context.checks_once(
            ("heads by standard", name), tables, partial(_heads_by_standard, context, tables)
        )


def _lines(context: Context, table: Table) -> Iterator[Check]:
    """Quantity × unit price, standard or average of each line of a table."""
    for panel in context.structure(table).panels:
        columns = [*panel.labels, *panel.others, *panel.amounts]
        quantities = [column for column in columns if column.kind is ColumnKind.QUANTITY]
        price = next((column for column in columns if column.kind is ColumnKind.PRICE), None)
        if not quantities or price is None:
            continue
        amounts = [column for column in panel.amounts if column.index > max(quantities[0].index, price.index)]
        readings = [(quantities[0], price, amounts[0])] if amounts else []
        if "单价" not in price.leaf:
            # A standard may be laid down for something else, and an average stands behind what it is of.
            every = [(quantity, price, amount) for quantity in quantities for amount in panel.amounts]
            readings = [one for one in dict.fromkeys([*readings, *every]) if _is_borne_out(context, table, one)]
        for reading in readings[:1]:
            yield from _products(context, table, reading)


def _products(context: Context, table: Table, reading: _Reading) -> Iterator[Check]:
    rows, step = _filled(table, reading), _step(context, table, reading)
    quantity, price, amount = reading
    for row in rows:
        refs = [CellRef(table.id, row, column.index) for column in (amount, quantity, price)]
        yield context.check(
            Family.PRODUCT,
            Relation.PRODUCT,
            [
                Term(refs[0], Decimal(1), "product"),
                Term(refs[1], Decimal(1), "factor"),
                Term(refs[2], step, "factor"),
            ],
            Message(
                f"“{context.label(refs[0])}” is {quantity.leaf} × {price.leaf}.",
                f"“{context.label(refs[0])}”等于{quantity.leaf}×{price.leaf}。",
            ),
        )


def _filled(table: Table, reading: _Reading) -> list[int]:
    """The rows that print all three."""
    return [
        row
        for row in range(len(table.rows))
        if all_printed(table, [CellRef(table.id, row, column.index) for column in reading])
    ]


def _step(context: Context, table: Table, columns: _Reading) -> Decimal:
    """By what a price is multiplied to be in the unit of the amounts (元 beside 万元): what the heads say,
    else the step between the units that most lines agree with."""
    _, price, amount = columns
    if price.unit:
        known = ratio_of_units(price.unit, amount.unit or context.unit_of(table))
        if known is not None:
            return known
    votes = dict.fromkeys(_STEPS, 0)
    for row in _filled(table, columns):
        values = [printed_figure(table, row, column.index).value for column in columns]
        if any(value is None or not value for value in values):
            continue
        count, each, whole = (value for value in values if value is not None)
        for step in _STEPS:
            votes[step] += abs(count * each * step - whole) <= abs(whole) / 200
    return max(_STEPS, key=lambda step: votes[step])


def _is_borne_out(context: Context, table: Table, columns: _Reading) -> bool:
    """Whether most rows, as printed, are quantity × standard."""
    rows, step = _filled(table, columns), _step(context, table, columns)
    holds = 0
    for row in rows:
        count, each, whole = (printed_figure(table, row, column.index) for column in columns)
        if count.value is not None and each.value is not None and whole.value is not None:
            slack = whole.half_unit + each.half_unit * step * abs(count.value)
            holds += abs(count.value * each.value * step - whole.value) <= slack
    return holds >= _FEW_ROWS and holds * 2 > len(rows)


def _calculations(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Figures that the text itself joins with × or + and =."""
    run: list[Quote] = []
    signs: list[str] = []
    for before, quote in zip(quotes.all, quotes.all[1:], strict=False):
        words = quotes.between(before, quote)
        sign = "" if words is None else _sign(words)
        if sign == "=" and run:
            yield from _calculation(context, quotes, [*run, before], signs, quote)
        elif sign in ("*", "+"):
            run.append(before)
            signs.append(sign)
            continue
        run, signs = [], []


def _sign(words: str) -> str:
    if _TIMES.match(words):
        return "*"
    if _PLUS.match(words):
        return "+"
    return "=" if _MAKES.match(words) else ""


def _calculation(
    context: Context, quotes: Quotes, operands: list[Quote], signs: list[str], result: Quote
) -> Iterator[Check]:
    title = Message(f"The calculation in the text makes “{result.title}”.", f"正文所列算式的结果应为“{result.title}”。")
    if set(signs) == {"+"}:
        terms = [quotes.term(operand, "part", -1, result.figure.unit) for operand in operands]
        if all(term is not None for term in terms):
            yield context.check(
                Family.NARRATIVE,
                Relation.EQUAL,
                [Term(result.ref, Decimal(1), "total"), *(term for term in terms if term is not None)],
                title,
            )
        return
    if set(signs) != {"*"}:
        return
    result_unit = _yuan(result)
    money = [factor for factor in (_yuan(operand) for operand in operands) if factor is not None]
    if result_unit is None or len(money) != 1:
        return
    yield context.check(
        Family.PRODUCT,
        Relation.PRODUCT,
        [
            Term(result.ref, result_unit, "product"),
            *(Term(operand.ref, _yuan(operand) or _count(operand), "factor") for operand in operands),
        ],
        title,
    )


def _yuan(quote: Quote) -> Decimal | None:
    """What one of its unit is in yuan; for a rate (元/人) what one of its money unit is."""
    return unit_factor(quote.figure.unit.split("/")[0]) if quote.kind is not StatedKind.COUNT else None


def _count(quote: Quote) -> Decimal:
    return Decimal(10000) if quote.figure.unit.startswith("万") else Decimal(1)


_HEADS = re.compile(r"(?:万)?人(?:次)?")
_STANDARD = re.compile(r"(?P<money>[万千百]?元)(?:/|每)?(?P<each>人)?(?:[·/]?[年月次])?")
_NEAR = Decimal("0.03")


def _heads_by_standard(context: Context, tables: tuple[Table, ...]) -> Iterator[Check]:
    """Head count × standard a head against the budget of the project. Only where the product comes near the budget: the
    form does not say that the one is reckoned from the other."""
    budget = next((found for found in (budget_of(table) for table in tables) if found is not None), None)
    listed = [indicator for table in tables for indicator in indicators(context, table)]
    heads = [one for one in listed if "数量" in one.kind and one.number and _HEADS.fullmatch(one.unit)]
    standards = [one for one in listed if "成本" in one.kind and one.number and _is_standard(one)]
    if budget is None or len(heads) != 1 or len(standards) != 1:
        return
    table = next(table for table in tables if table.id == budget.table)
    unit = unit_factor(context.unit_of(table))
    amount = context.amount(budget)
    if unit is None or not amount:
        return
    head, standard = heads[0], standards[0]
    context.guards.update((head.ref, standard.ref))
    made = _times(head, standard) / unit
    half = table.cell(budget.row, budget.column).figure.half_unit
    if abs(made - amount) > amount * _NEAR:
        return
    yield context.fact(
        Family.PRODUCT,
        [
            Term(budget, Decimal(1), "product"),
            Term(head.ref, Decimal(1), "factor"),
            Term(standard.ref, Decimal(1), "factor"),
        ],
        Message(
            f"{head.name} {head.value} × {standard.name} {standard.value} makes {made.normalize():f}"
            f"{context.unit_of(table)}; the budget is {amount:f}{context.unit_of(table)}.",
            f"{head.name}{head.value}×{standard.name}{standard.value}＝{made.normalize():f}{context.unit_of(table)}，"
            f"而预算数为{amount:f}{context.unit_of(table)}。",
        ),
        outcome=Outcome.PASS if abs(made - amount) <= half else Outcome.FAIL,
        weak=True,
    )


def _is_standard(indicator: Indicator) -> bool:
    found = _STANDARD.fullmatch(indicator.unit)
    return found is not None and (found["each"] is not None or "人均" in indicator.name or "每人" in indicator.name)


def _times(head: Indicator, standard: Indicator) -> Decimal:
    money = _STANDARD.fullmatch(standard.unit)
    factor = unit_factor(money["money"]) if money else None
    people = Decimal(10000) if head.unit.startswith("万") else Decimal(1)
    return (head.number or Decimal(0)) * people * (standard.number or Decimal(0)) * (factor or Decimal(1))
