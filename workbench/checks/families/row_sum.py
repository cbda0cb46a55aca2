"""A column equals the sum of the columns that make it up, in every row: 合计 = 基本支出 + 项目支出,
a spanner's 小计 = its columns.

Which columns these are is read from the column paths with the words of the vocabulary (`partition.py`); parts that it
does not know are taken only where the figures bear it out in most rows. 其中 is a part and no addend. Tolerance: half
a unit of the last printed place a term.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from workbench.checks.context import Context
from workbench.checks.families.support import Equation, Support, borne_out_by_corrections, support
from workbench.checks.reading import MINUS_ONE, ONE, ZERO
from workbench.checks.structure.columns import Column
from workbench.checks.structure.formulas import Formula, formulas
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.partition import ColumnEquation
from workbench.checks.structure.table import TableStructure
from workbench.fiscal.vocabulary import vocabulary
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_FEW_ROWS = 3
"""With so few rows the figures cannot outvote the heads."""
_SEVERAL_ROWS = 6
"""With so many they do not outvote heads that are known, unless they say what the parts are instead."""
_FIRST_ROWS = 12
_MOST_REFITTED = 10
"""With more parts there are too many ways to choose from them."""


def build(context: Context) -> Iterator[Check]:
    """A check for each row and equation between columns."""
    yield from context.by_table("row sums", context.document.tables, _of_table, asking=True)


def _of_table(context: Context, table: Table) -> Iterator[Check]:
    structure = context.structure(table)
    for panel, equations in zip(structure.panels, structure.equations, strict=True):
        for equation in equations:
            yield from _checks(context, structure, panel, equation)
    for formula in formulas(table):
        yield from _as_numbered(context, structure, formula)


def _as_numbered(context: Context, structure: TableStructure, formula: Formula) -> Iterator[Check]:
    """The formula that the numbers of the columns say, where the heads do not say the same, and most rows that print
    all of it bear it out: a number may stand over another column than it is read over."""
    made = {column for _, column in formula.made_of}
    said = (each for equations in structure.equations for each in equations if not each.of_which)
    same = any(each.total.index == formula.column and {part.index for part in each.parts} == made for each in said)
    if same:
        return
    read, table = context.printed.read, structure.table.id
    rows = [
        row for row in range(len(structure.table.rows)) if read(CellRef(table, row, formula.column)).value is not None
    ]
    left = {row: _left_over(context, structure, row, formula) for row in rows}
    held = sum(abs(over) <= slack for over, slack in left.values())
    if not held or held <= len(rows) - held:
        return
    heads = " ".join(
        f"{'−' if sign < 0 else '+'} {structure.column_label(column)}" for sign, column in formula.made_of
    ).removeprefix("+ ")
    for row in rows:
        total = CellRef(table, row, formula.column)
        name = f"《{structure.table.title}》{structure.row_label(total)}"
        column = structure.column_label(formula.column)
        terms = [Term(CellRef(table, row, at), MINUS_ONE if sign > 0 else ONE, "part") for sign, at in formula.made_of]
        title = Message(f"{name}: {column} = {heads}.", f"{name}：{column} = {heads}。")
        yield context.check(Family.ROW_SUM, Relation.EQUAL, [Term(total, ONE, "total"), *terms], title)


def _left_over(context: Context, structure: TableStructure, row: int, formula: Formula) -> tuple[Decimal, Decimal]:
    """What a column prints more than its formula makes, and what rounding allows."""
    table = structure.table.id
    total = context.printed.read(CellRef(table, row, formula.column))
    over, slack = total.value or ZERO, total.half_unit
    for sign, column in formula.made_of:
        part = context.printed.read(CellRef(table, row, column))
        over, slack = over - sign * (part.value or ZERO), slack + part.half_unit
    return over, slack


def _checks(context: Context, structure: TableStructure, panel: Panel, equation: ColumnEquation) -> Iterator[Check]:
    rows = [label.row for label in structure.rows[panel.number] if not label.note]
    for taken in _taken(context, structure, rows, equation):
        unsaid = _undivided(context, structure, rows, taken) | _without_change(context, structure, rows, taken)
        for row in rows:
            if row in unsaid:
                continue
            figures = (structure.table.rows[row][column.index].figure for column in (taken.total, *taken.parts))
            if all(figure.kind is not FigureKind.TEXT for figure in figures):
                yield _check(context, structure, row, taken)


def _taken(
    context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation
) -> Iterator[ColumnEquation]:
    """The equation, or what the figures put in its place where they contradict the heads in most rows; where there is
    nothing that the printed ones bear out, the equation while the corrected ones hold in every row."""
    if equation.of_which:
        yield _of_whichever(context, structure, rows, equation)
        return
    taken = tuple(_as_printed(context, structure, rows, equation))
    yield from taken
    if not taken and borne_out_by_corrections(context, _equations(structure, rows, equation), _FEW_ROWS):
        yield equation


def _as_printed(
    context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation
) -> Iterator[ColumnEquation]:
    """What the printed figures make of the equation."""
    found = _support(context, structure, rows, equation)
    if found.fails > min(found.holds, 1):
        others = (replace(equation, parts=parts) for parts in equation.otherwise)
        fits = _holds if found.fails > found.holds else _holds_everywhere
        better = next((other for other in others if fits(context, structure, rows, other)), None)
        if better is None and found.fails > found.holds:
            # Where more rows hold by the heads, the figures of the others have slid to the column beside.
            moved = (replace(equation, parts=parts) for parts in _with_one_more(structure, equation))
            better = next((other for other in moved if _holds_everywhere(context, structure, rows, other)), None)
        if better is not None:
            yield better
            return
    if not equation.known and _is_borne_out(found) and (len(equation.parts) > 1 or found.fails <= 1):
        yield equation
    elif found.tried > _FEW_ROWS and found.holds < found.fails:
        fitted = tuple(_refitted(context, structure, rows, equation))
        yield from fitted
        if not fitted and equation.known and len(equation.parts) > 1 and found.tried <= _SEVERAL_ROWS:
            yield equation
    elif equation.known:
        yield equation


def _with_one_more(structure: TableStructure, equation: ColumnEquation) -> Iterator[tuple[Column, ...]]:
    """The parts of an equation with the column before or behind them, whose head may have lost where it belongs."""
    number = structure.panel_of(equation.total.index)
    amounts = structure.panels[number].amounts if number is not None else ()
    places = [place for place, column in enumerate(amounts) if column in (equation.total, *equation.parts)]
    for place in (max(places) + 1, min(places) - 1) if places else ():
        if 0 <= place < len(amounts):
            yield (*equation.parts, amounts[place])


def _undivided(
    context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation
) -> frozenset[int]:
    """The rows that print a total and no parts at all, where half of those with a total do, and several: the table
    does not divide them (it keeps columns free, or divides some rows only). A zero is a part."""
    read, table = context.printed.read, structure.table.id
    total = {row for row in rows if read(CellRef(table, row, equation.total.index)).value is not None}
    divided = {row for row in rows if any(not read(CellRef(table, row, part.index)).blank for part in equation.parts)}
    # Parts on the line below, which has no total, were cut off from it.
    blank = {row for row in total - divided if row + 1 not in divided - total}
    return frozenset(blank) if len(blank) > 1 and 2 * len(blank) >= len(total) else frozenset()


def _without_change(
    context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation
) -> frozenset[int]:
    """Of this year = last year + change, the rows that print both years and no change, where several do: it was not
    reckoned there."""
    change = vocabulary().columns["change"]
    if equation.known or not any(change.fit(part.leaf) for part in equation.parts):
        return frozenset()
    read, table = context.printed.read, structure.table.id
    years = (equation.total, *(part for part in equation.parts if not change.fit(part.leaf)))
    changes = [part for part in equation.parts if part not in years]
    blank = {
        row
        for row in rows
        if all(read(CellRef(table, row, column.index)).value is not None for column in years)
        and all(read(CellRef(table, row, column.index)).blank for column in changes)
    }
    return frozenset(blank) if len(blank) > 1 else frozenset()


def _of_whichever(
    context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation
) -> ColumnEquation:
    """A 其中 held against the total where it is more than the column before it in half of the rows."""
    if equation.outer is None:
        return equation
    read = context.printed.read
    table, part = structure.table.id, equation.parts[0].index
    pairs = [
        (read(CellRef(table, row, part)).value, read(CellRef(table, row, equation.total.index)).value) for row in rows
    ]
    printed = [(inner, whole or ZERO) for inner, whole in pairs if inner]
    exceeding = sum(inner > whole for inner, whole in printed)
    return replace(equation, total=equation.outer) if exceeding * 2 >= len(printed) > 0 else equation


def _refitted(
    context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation
) -> Iterator[ColumnEquation]:
    """What the figures say the parts are, where the heads were read with a spanner lost or moved: the most of the
    parts that make up the total in four rows of five, and the subtotals among the others. Else nothing."""
    parts = equation.parts
    if len(parts) > _MOST_REFITTED:
        return
    counts = range(len(parts) - 1, 1, -1)
    choices = (replace(equation, parts=chosen) for count in counts for chosen in combinations(parts, count))
    taken = next((choice for choice in choices if _fits(context, structure, rows, choice)), None)
    if taken is None:
        return
    yield taken
    for place, column in enumerate(parts):
        if column not in taken.parts:
            runs = (ColumnEquation(column, parts[place + 1 : end]) for end in range(len(parts), place + 2, -1))
            yield from [run for run in runs if _fits(context, structure, rows, run)][:1]


def _holds(context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation) -> bool:
    found = _support(context, structure, rows, equation)
    return found.holds > 4 * found.fails


def _holds_everywhere(
    context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation
) -> bool:
    found = _support(context, structure, rows, equation)
    return found.holds > 0 and not found.fails


def _fits(context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation) -> bool:
    # Most choices of parts fail in the first rows already.
    some = _support(context, structure, rows[:_FIRST_ROWS], equation)
    found = _support(context, structure, rows, equation) if some.holds >= some.fails else some
    return _is_borne_out(found) and found.holds >= 4 * found.fails


def _is_borne_out(found: Support) -> bool:
    """Whether enough rows hold: of few nearly all, of several twice as many as fail."""
    times = 2 if found.holds >= _SEVERAL_ROWS else 4
    return found.holds >= _FEW_ROWS and found.holds >= times * found.fails


def _support(context: Context, structure: TableStructure, rows: Sequence[int], equation: ColumnEquation) -> Support:
    return support(context.printed, _equations(structure, rows, equation))


def _equations(structure: TableStructure, rows: Sequence[int], equation: ColumnEquation) -> Iterator[Equation]:
    table = structure.table.id
    for row in rows:
        total, parts = equation.total.index, equation.parts
        yield CellRef(table, row, total), tuple(CellRef(table, row, part.index) for part in parts)


def _check(context: Context, structure: TableStructure, row: int, equation: ColumnEquation) -> Check:
    total = CellRef(structure.table.id, row, equation.total.index)
    parts = [CellRef(structure.table.id, row, part.index) for part in equation.parts]
    column, title_of = structure.column_label(equation.total.index), structure.table.title
    name = f"《{title_of}》{structure.row_label(total)}" if title_of else structure.row_label(total)
    heads = [structure.column_label(part.index) for part in equation.parts]
    if equation.of_which:
        terms = [*(Term(part, ONE, "part") for part in parts), Term(total, MINUS_ONE, "whole")]
        title = Message(f"{name}: {heads[0]} is at most {column}.", f"{name}：{heads[0]}应不大于{column}。")
        return context.check(Family.ROW_SUM, Relation.AT_MOST, terms, title)
    terms = [Term(total, ONE, "total"), *(Term(part, MINUS_ONE, "part") for part in parts)]
    title = Message(f"{name}: {column} = {' + '.join(heads)}.", f"{name}：{column} = {' + '.join(heads)}。")
    return context.check(Family.ROW_SUM, Relation.EQUAL, terms, title)
