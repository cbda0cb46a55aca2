"""What there was, what came and went, what is left, in the rows or columns of a table: debt (年初余额 + 举借 − 偿还 =
年末余额), income and expenditure (年初结转 + 收入 − 支出 − 结余分配 = 年末结转), the funds of social insurance (收入 −
支出 = 收支结余, with 上年末滚存结余 the 年末滚存结余), and any other 本年增加 and 本年减少.

A right ledger need not add up (debt is written off, rates of exchange move it), so one is held only if most of its
equations do as printed, or would but for one digit. Tolerance: half a unit of the last printed place a term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.support import one_slip_apart
from workbench.checks.reading import MINUS_ONE, ONE, ZERO
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.table import TableStructure
from workbench.fiscal.vocabulary import Ledger, Words, vocabulary
from workbench.model.check import Check, Family, Relation, Term
from workbench.model.message import Message
from workbench.model.table import CellRef


@dataclass(frozen=True, slots=True)
class _Steps:
    """The rows or columns of one ledger: what is left, what came (with what there was) and what went."""

    closing: int
    came: tuple[int, ...]
    went: tuple[int, ...]

    @property
    def lines(self) -> tuple[int, ...]:
        """All of them."""
        return (self.closing, *self.came, *self.went)


def ledger_of_rows(context: Context, structure: TableStructure, panel: Panel) -> Iterator[Check]:
    """The checks of the ledgers whose steps are rows of a panel, column by column."""
    labels = structure.rows[panel.number]
    named = [(row.key, row.row) for row in labels if row.key and not row.of_which and not row.note]
    for steps in _found(named):
        lines = [[CellRef(structure.table.id, row, column.index) for row in steps.lines] for column in panel.amounts]
        yield from _checks(context, structure, steps, lines, _heads_of_column)


def ledger_of_columns(
    context: Context, structure: TableStructure, panel: Panel, known: frozenset[int]
) -> Iterator[Check]:
    """The checks of the ledgers whose steps are columns of a panel, row by row; without that of the `known` columns."""
    named = [(column.leaf, column.index) for column in panel.amounts if len(column.path) == 1]
    for steps in _found(named):
        if set(steps.lines) != known:
            yield from _checks(context, structure, steps, list(_rows(structure, panel, steps)), _heads_of_row)


def _rows(structure: TableStructure, panel: Panel, steps: _Steps) -> Iterator[list[CellRef]]:
    for label in structure.rows[panel.number]:
        if not label.empty:
            yield [CellRef(structure.table.id, label.row, column) for column in steps.lines]


def _found(named: Sequence[tuple[str, int]]) -> Iterator[_Steps]:
    """The ledgers among rows or columns, each step named by one of them."""
    for ledger in vocabulary().ledgers:
        steps = _steps(ledger, named)
        if steps is not None:
            yield steps


def _steps(ledger: Ledger, named: Sequence[tuple[str, int]]) -> _Steps | None:
    def of(words: Words) -> list[tuple[str, int]]:
        return [one for one in named if words.fit(one[0])]

    opening = of(ledger.opening) if ledger.opening is not None else []
    closing = of(ledger.closing)
    if opening and opening == closing and len(closing) == 2:
        # 2030年末余额, 2031年末余额: the end of the year before is the beginning of this one.
        opening, closing = sorted(closing)[:1], sorted(closing)[1:]
    plus, minus = of(ledger.plus), of(ledger.minus) if ledger.minus is not None else []
    wanted = [(closing, True), (plus, True), (opening, ledger.opening is not None), (minus, ledger.minus is not None)]
    if any(len(lines) != expected for lines, expected in wanted):
        return None
    places = [place for lines, _ in wanted for _, place in lines]
    if len(set(places)) < len(places):
        return None
    known = set(places)
    also_came, also_went = (
        [one for one in of(words) if one[1] not in known] for words in (ledger.also_came, ledger.also_went)
    )
    came = tuple(place for _, place in (*opening, *plus, *also_came))
    return _Steps(closing[0][1], came, tuple(place for _, place in (*minus, *also_went)))


_Heads = Callable[[TableStructure, CellRef], tuple[str, str]]
"""What a cell's equation is about, and what the cell's step is called."""


def _heads_of_column(structure: TableStructure, ref: CellRef) -> tuple[str, str]:
    return structure.column_label(ref.column), structure.row_label(ref)


def _heads_of_row(structure: TableStructure, ref: CellRef) -> tuple[str, str]:
    return structure.row_label(ref), structure.column_label(ref.column)


def _checks(
    context: Context, structure: TableStructure, steps: _Steps, lines: Sequence[list[CellRef]], heads: _Heads
) -> Iterator[Check]:
    signs = (ONE, *(MINUS_ONE for _ in steps.came), *(ONE for _ in steps.went))
    printed = [line for line in lines if any(context.printed.read(ref).value for ref in line)]
    outcomes = [_holds(context, line, signs) for line in printed]
    held, near = outcomes.count("holds"), outcomes.count("near")
    if not printed or (held * 2 < len(printed) and held + near < len(printed)) or not held + near:
        return
    for line in printed:
        title = structure.table.title
        about = heads(structure, line[0])[0]
        closing, *others = (heads(structure, ref)[1] for ref in line)
        made = " ".join(f"{'−' if sign > 0 else '+'} {name}" for sign, name in zip(signs[1:], others, strict=True))
        made = made.removeprefix("+ ")
        terms = [
            Term(ref, sign, "part" if place else "total")
            for place, (ref, sign) in enumerate(zip(line, signs, strict=True))
        ]
        yield context.check(
            Family.BALANCE,
            Relation.EQUAL,
            terms,
            Message(f"《{title}》{about}: {made} = {closing}.", f"《{title}》{about}：{made} = {closing}。"),
            key=("ledger",),
        )


def _holds(context: Context, line: Sequence[CellRef], signs: Sequence[Decimal]) -> str:
    """Whether an equation holds as printed ("holds"), would but for one digit ("near"), or neither ("")."""
    readings = [context.printed.read(ref) for ref in line]
    terms = [(sign, reading.value or ZERO) for sign, reading in zip(signs, readings, strict=True)]
    left = sum((sign * value for sign, value in terms), ZERO)
    if abs(left) <= sum((reading.half_unit for reading in readings), ZERO):
        return "holds"
    return "near" if any(one_slip_apart(value, value - sign * left) for sign, value in terms) else ""
