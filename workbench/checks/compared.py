"""Figures held against each other, in words: by how much, in which unit, which of them is more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.evaluate import rounded
from workbench.checks.structure.columns import ColumnKind
from workbench.fiscal.counting import counts_things
from workbench.model.amount import FigureKind
from workbench.model.check import Check, CheckResult, Family, Outcome, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Form, StatedKind, Table

_FORMS = (Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE)
_OF_MONEY = (Family.CHILDREN_SUM, Family.PRODUCT, Family.PLAN, Family.NARRATIVE, Family.CROSS_TABLE)
"""What is asked of the money of a form, beside its weights, scores and plans in per cent."""
_PERCENT = (Relation.RATIO, Relation.GROWTH)
_MOST_FACTORS = 4
_MOST_ADDENDS = 8
_VALUE = re.compile(r"[≥≤<>＞＜=＝≧≦]?\s*\d")
"""What an indicator is to reach, or has, and no name of it (≥95%, 520人次)."""
_MOST_DECIMALS = 6


def plain(value: Decimal) -> str:
    """A figure without an exponent, with separators."""
    return f"{value:,f}"


def tidy(value: Decimal) -> Decimal:
    """A figure without the digits that a change of unit or a division brings: six decimals at most."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS:
        return rounded(value, _MOST_DECIMALS).normalize() + 0
    return value


def unit_of(context: Context, check: Check, ref: CellRef) -> str:
    """The unit of a cell of a check: of a stated figure its own, of a statement that of its amounts; "" where the
    figure counts, weighs or numbers something."""
    table = context.tables.get(ref.table)
    if table is None:
        return context.stated[ref.table].unit if ref.table in context.stated else ""
    if any(term.ref == ref and term.role == "value" for term in check.terms):
        return ""
    if check.family is Family.PLAN and check.relation is Relation.AT_MOST:
        return ""
    if table.form in _FORMS:
        return context.unit_of(table) if check.family in _OF_MONEY else ""
    structure = context.structure(table)
    measure = structure.measure(ref)
    if measure:
        return measure if counts_things(measure) else ""
    columns = structure.columns
    of_money = ref.column < len(columns) and columns[ref.column].kind in (ColumnKind.AMOUNT, ColumnKind.PRICE)
    return context.unit_of(table) if of_money else ""


def verdict(result: CheckResult, unit: str, whose: str = "") -> Message:
    """How the two sides compare, as the end of a sentence; `whose` is which of them it is said of."""
    residual = result.residual
    if residual is None or result.outcome is Outcome.PASS:
        return Message(".", "。")
    size = Message(plain(abs(tidy(residual))) + unit, plain(abs(tidy(residual))) + unit)
    if unit == "%":
        # Two rates differ by points, not by a part of one of them.
        number = plain(abs(tidy(residual)))
        size = Message(f"{number} points", f"{number}个百分点")
    if result.outcome is Outcome.WITHIN_ROUNDING:
        return Message(f"; they differ by {size.en}, as rounding allows.", f"；相差 {size.zh}，在四舍五入范围内。")
    if residual > 0:
        return Message(f": {size.en} too much.", f"：{whose}多 {size.zh}。")
    return Message(f": {size.en} too little.", f"：{whose}少 {size.zh}。")


def comparison(result: CheckResult, context: Context) -> Message:
    """Of a share, a change, a product or a bound: what is printed, what would hold, from which figures."""
    check, printed, expected = result.check, result.printed, result.expected
    if printed is None or expected is None:
        return Message("", "")
    if check.relation is Relation.AT_MOST:
        return _bound(result, context, printed, expected)
    turned = check.relation is Relation.GROWTH and check.terms[0].coefficient < 0
    if turned:
        # 下降5% is printed without a sign.
        printed, expected = -printed, -expected
    unit = "%" if check.relation in _PERCENT else unit_of(context, check, check.terms[0].ref)
    shown, wanted = plain(tidy(printed)) + unit, plain(_as_fine_as(tidy(expected), printed)) + unit
    if result.outcome is Outcome.PASS:
        return Message(f"{shown} is printed and holds.", f"印 {shown}，相符。")
    reckoned = _calculation(check, context)
    made = Message(f" ({reckoned})", f"（{reckoned}）") if reckoned else Message("", "")
    size = plain(_as_fine_as(tidy(abs(printed - expected)), printed))
    if result.outcome is Outcome.WITHIN_ROUNDING:
        points = Message(" points", "个百分点") if unit == "%" else Message(unit, unit)
        return Message(
            f"{shown} is printed, {wanted} is reckoned{made.en}; they differ by {size}{points.en}, as rounding allows.",
            f"印 {shown}，算得 {wanted}{made.zh}，相差 {size}{points.zh}，在四舍五入范围内。",
        )
    more = printed > expected
    if unit == "%":
        return Message(
            f"{shown} is printed, {wanted} would hold{made.en}: {size} points too {'high' if more else 'low'}.",
            f"印 {shown}，应为 {wanted}{made.zh}，{'高' if more else '低'} {size}个百分点。",
        )
    return Message(
        f"{shown} is printed, {wanted} would hold{made.en}: {size}{unit} too {'much' if more else 'little'}.",
        f"印 {shown}，应为 {wanted}{made.zh}，{'多' if more else '少'} {size}{unit}。",
    )


def reached(result: CheckResult, context: Context) -> Message:
    """Of cells that together make a given figure, or of one that is to print it."""
    check = result.check
    they, together = ("They make", "合计") if len(check.terms) > 1 else ("It prints", "现印 ")
    unit = unit_of(context, check, check.terms[0].ref)
    wanted = tidy(-check.constant / check.terms[0].coefficient)
    target = plain(wanted) + unit
    if result.outcome is Outcome.PASS or result.residual is None:
        return Message(f"{they} {target}.", f"{together}{target}，相符。")
    made = plain(tidy(wanted + result.residual)) + unit
    return Message(f"{they} {made}, not {target}.", f"{together}{made}，应为{target}。")


def _bound(result: CheckResult, context: Context, printed: Decimal, expected: Decimal) -> Message:
    """Of parts that are at most their whole."""
    check = result.check
    unit = unit_of(context, check, check.terms[0].ref)
    shown, limit = plain(tidy(printed)) + unit, plain(tidy(expected)) + unit
    if result.outcome is Outcome.PASS:
        return Message(f"{shown} ≤ {limit}.", f"{shown} ≤ {limit}。")
    size = plain(tidy(printed - expected))
    if check.family is Family.USER:
        return Message(f"{shown} > {limit}, by {size}{unit}.", f"{shown} > {limit}，超出 {size}{unit}。")
    parts = [term.ref for term in check.terms if term.coefficient > 0]
    wholes = [term.ref for term in check.terms if term.coefficient < 0]
    if not wholes:
        points = Message(" points", "个百分点") if unit == "%" else Message(unit, unit)
        return Message(f"{shown} is printed, {size}{points.en} more.", f"印 {shown}，超出 {size}{points.zh}。")
    if len(parts) == len(wholes) == 1:
        part, whole = _named(context, check, parts[0], wholes[0]), _named(context, check, wholes[0], parts[0])
        limit = plain(tidy(expected)) + (unit_of(context, check, wholes[0]) if _counts(check, context) else unit)
        return Message(
            f"{part} {shown} is more than {whole} {limit}, by {size}{unit}.",
            f"{part} {shown}，大于{whole} {limit}，超出 {size}{unit}。",
        )
    return Message(
        f"Together they are {shown}, more than {limit} by {size}{unit}.",
        f"合计 {shown}，大于 {limit}，超出 {size}{unit}。",
    )


def _counts(check: Check, context: Context) -> bool:
    """Whether the two figures count different things (4个团组, 6人次)."""
    units = {unit_of(context, check, term.ref) for term in check.terms}
    return len(units) > 1 and all("元" not in unit for unit in units)


def _named(context: Context, check: Check, ref: CellRef, beside: CellRef) -> str:
    """What tells one figure from another: what the text calls it, the table that it stands in, its row or column; the
    month over a step of a plan."""
    table = context.tables.get(ref.table)
    if table is None:
        return f"“{context.label(ref).replace('“', '').replace('”', '')}”"
    if check.family is Family.PLAN:
        return table.rows[ref.row - 1][ref.column].text
    if ref.table != beside.table:
        return f"《{table.title}》" if table.title else context.label(ref)
    return short(context, ref, beside)


def short(context: Context, ref: CellRef, beside: CellRef) -> str:
    """What tells a cell from another: its row in the same column, its column in the same row, else both."""
    table = context.tables.get(ref.table)
    if table is None or ref.table != beside.table:
        return context.label(ref)
    boxed = _name_in_box(table, ref, beside) if table.form in _FORMS else ""
    if boxed:
        return boxed
    structure = context.structure(table)
    row, column = structure.row_label(ref), structure.column_label(ref.column)
    if structure.panel_of(ref.column) != structure.panel_of(beside.column):
        name = row
    elif ref.row == beside.row:
        name = column
    else:
        name = row if ref.column == beside.column else context.label(ref)
    return name or context.label(ref)


def _name_in_box(table: Table, ref: CellRef, beside: CellRef) -> str:
    """What a form prints left of a figure: right before it, or, for a figure of another row, before others."""
    before = [cell for cell in reversed(table.rows[ref.row][: ref.column]) if cell.text]
    names = [cell.text for cell in before if cell.figure.kind is FigureKind.TEXT and not _VALUE.match(cell.text)]
    at_once = before and before[0].figure.kind is FigureKind.TEXT
    return names[0] if names and (at_once or ref.row != beside.row) else ""


def _calculation(check: Check, context: Context) -> str:
    """The figures that a share, a rate, a product or a total is reckoned from; "" for any other."""
    if check.relation is Relation.RATIO:
        return f"{_sum_of(check, context, 'part')} ÷ {_sum_of(check, context, 'whole')}"
    if check.relation is Relation.GROWTH:
        now, before = _sum_of(check, context, "current"), _sum_of(check, context, "previous")
        return f"({now} − {before}) ÷ {before}"
    if check.relation is Relation.EQUAL and check.terms[0].role == "total":
        return _addition(check, context)
    factors = [term for term in check.terms if term.role == "factor"]
    if check.relation is not Relation.PRODUCT or not 1 < len(factors) <= _MOST_FACTORS:
        return ""
    return " × ".join(_with_unit(context, term) + _so_often(context, term) for term in factors)


def _so_often(context: Context, term: Term) -> str:
    """How many times a number counts (12 months), where its unit does not say so itself (万人)."""
    stated = context.stated.get(term.ref.table)
    times = term.coefficient
    if stated is None or stated.kind is not StatedKind.COUNT or times <= 1 or stated.unit.startswith("万"):
        return ""
    return f" × {plain(times)}"


def _addition(check: Check, context: Context) -> str:
    """What a total is made of, in its unit: 12.50 + 3.20 − 1.00."""
    total, *parts = check.terms
    made = ""
    for term in parts:
        value = context.figures.read(term.ref).value
        if value is None or len(parts) > _MOST_ADDENDS:
            return ""
        share = tidy(-value * term.coefficient / total.coefficient)
        made += f"{' − ' if share < 0 else ' + '}{plain(abs(share))}"
    return made.removeprefix(" + ").strip()


def _with_unit(context: Context, term: Term) -> str:
    stated = context.stated.get(term.ref.table)
    return context.document.cell(term.ref).text + (stated.unit if stated is not None else "")


def _sum_of(check: Check, context: Context, role: str) -> str:
    values: Sequence[Decimal] = [
        value * term.coefficient
        for term in check.terms
        if term.role == role and (value := context.figures.read(term.ref).value) is not None
    ]
    return plain(tidy(sum(values, Decimal(0))))


def _as_fine_as(value: Decimal, model: Decimal) -> Decimal:
    """A figure without zeros behind the last place of another."""
    least = model.as_tuple().exponent
    short_form = value.normalize() + 0
    exponent = short_form.as_tuple().exponent
    if isinstance(least, int) and isinstance(exponent, int):
        return rounded(short_form, max(-min(exponent, 0), -min(least, 0)))
    return value
