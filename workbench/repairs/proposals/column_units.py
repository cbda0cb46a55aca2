"""Whole columns in another unit than their table says: the sums down them hold, those across are off by one column."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind, print_like, read_figure
from workbench.model.check import CheckResult, Outcome, Relation
from workbench.model.edit import Edit, SetCell
from workbench.model.table import CellRef, Table
from workbench.repairs.proposals.proof import glance
from workbench.repairs.proposals.unit_trials import (
    ENOUGH_VOTES,
    MOST_TRIED,
    Trial,
    UnitRepair,
    agreeing,
    met_with,
    within,
)

_POWERS = (-4, 4)
_FAR_LESS = Decimal("0.05")
"""Where a figure is in another unit, one side of a check is far less than the other."""
_LAST_PLACE = Decimal("0.01")
_SURE = 3
"""Checks that a column has to make hold to be safe."""

_Vote = tuple[str, int, int]
"""A table, one of its columns, and the power of ten that this is off by."""


def column_trials(reconciliation: Reconciliation) -> Iterator[Trial]:
    """The columns that may be in another unit than their table."""
    votes: dict[_Vote, list[CheckResult]] = defaultdict(list)
    for result in reconciliation.failures:
        for vote in _votes(reconciliation, result):
            votes[vote].append(result)
    if not votes:
        return
    tables = {table.id: table for table in reconciliation.document.tables}
    ranked = sorted(votes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    tried = 0
    for (identifier, column, power), results in ranked:
        down = within(reconciliation, results, identifier, column)
        if Outcome.FAIL in down:
            continue
        edits = _scaled(tables[identifier], column, power)
        if len(edits) < ENOUGH_VOTES:
            continue
        if (tried := tried + 1) > MOST_TRIED:
            break
        # Where one figure beside the column is what is in another unit, all the others break by it: that is soon told.
        first = glance(reconciliation, edits)
        if len(first.breaks) > len(first.clears):
            continue
        proof, gain, after = met_with(reconciliation, edits)
        if gain > len(proof.breaks) and (Outcome.PASS in down or gain > len(proof.clears)):
            # Within its table it may be all the other columns that are in another unit.
            certain = gain >= _SURE and bool(agreeing(reconciliation, after, identifier))
            yield Trial(gain, UnitRepair("column_unit", identifier, edits, 1.0, proof, certain), after)


def _votes(reconciliation: Reconciliation, result: CheckResult) -> Iterator[_Vote]:
    """The columns of a failing check that make it hold in another unit."""
    if result.check.relation is not Relation.EQUAL or result.printed is None or not result.expected:
        return
    least, most = sorted((abs(result.printed), abs(result.expected)))
    if not 0 < least <= _FAR_LESS * most:
        return
    parts: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for term in result.check.terms:
        value = reconciliation.figures.read(term.ref).value or Decimal(0)
        parts[term.ref.table, term.ref.column] += term.coefficient * value
    known = {table.id for table in reconciliation.document.tables}
    whole = sum(parts.values(), result.check.constant)
    slack = _LAST_PLACE * len(result.check.terms)
    for (table, column), part in parts.items() if len(parts) > 1 else ():
        for power in _POWERS if table in known and abs(part) > slack else ():
            unit = max(abs(term.coefficient) for term in result.check.terms if term.ref.table == table)
            if abs(whole - part + part.scaleb(power)) <= slack * unit:
                yield table, column, power


def _scaled(table: Table, column: int, power: int) -> tuple[Edit, ...]:
    """The figures of a column in the other unit, as the other columns of its table print theirs."""
    printed = Counter(
        cell.text
        for row in table.rows
        for place, cell in enumerate(row)
        if place != column and cell.figure.value and cell.figure.decimals
    )
    forms = Counter((read_figure(text).decimals, "," in text) for text in printed.elements())
    usual = forms.most_common(1)[0][0] if forms else (2, False)
    model = next((text for text in printed if (read_figure(text).decimals, "," in text) == usual), "0.00")
    last_place = Decimal(1).scaleb(-usual[0])
    edits: list[Edit] = []
    for number, row in enumerate(table.rows):
        figure = row[column].figure
        if figure.kind is FigureKind.NUMBER and figure.value and not figure.percent:
            text = print_like(figure.value.scaleb(power).quantize(last_place, ROUND_HALF_UP), model)
            edits.append(SetCell(CellRef(table.id, number, column), row[column].text, text))
    return tuple(edits)
