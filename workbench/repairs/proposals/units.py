"""Whole tables, and whole columns and rows, in another unit than they say: every check inside them holds, every link to
others is off by the same power of ten. Settled before any cell is looked at, else one table makes thirty findings.

Tables that do not agree in their totals are not asked for their rows, nor are rows that add up nowhere asked for their
sums. So it is not what fails that tells which table, column or row it is, but what holds once it is put right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from workbench.checks import Reconciliation
from workbench.fiscal.units import unit_factor
from workbench.model.check import CheckResult, Outcome, Relation
from workbench.model.edit import SetUnit
from workbench.model.table import Table
from workbench.repairs.proposals.line_units import line_trials
from workbench.repairs.proposals.unit_trials import (
    ENOUGH_VOTES,
    HOLDS,
    MOST_TRIED,
    Trial,
    UnitRepair,
    agreeing,
    met_with,
    within,
)

_POWERS = (4, -4, 3, -3, 8, -8)
_LEAST_SHARE = Decimal("0.6")
_CLOSE = Decimal("0.006")
"""How far the sides of a link may be from the power of ten, as a share: figures rounded to the coarser unit."""

_NAMES = {Decimal(1): "元", Decimal(1000): "千元", Decimal(10000): "万元", Decimal(100_000_000): "亿元"}
_USUAL = frozenset({"元", "万元"})
_ROUNDS = 3

_Vote = tuple[str, int]
"""A table, and the power of ten that it is off by."""


def unit_repairs(reconciliation: Reconciliation) -> tuple[list[UnitRepair], Reconciliation]:
    """The tables whose unit is wrong, most votes first, and the reconciliation with all of them put right."""
    repairs: list[UnitRepair] = []
    current = reconciliation
    for _ in range(_ROUNDS):
        found = _best(current)
        if found is None:
            break
        repair, current = found
        repairs.append(repair)
    return repairs, current


def _best(reconciliation: Reconciliation) -> tuple[UnitRepair, Reconciliation] | None:
    """The table, the column or the row, with its unit, that makes the most checks hold."""
    lines = list(line_trials(reconciliation))
    # Where a line is unlike those beside it, it is not all of them that are in another unit.
    unlike = {trial.repair.table for trial in lines if 2 * trial.nearer > len(trial.repair.edits)}
    tables = (trial for trial in _table_trials(reconciliation) if trial.repair.table not in unlike)
    tried = sorted((*tables, *lines), key=lambda found: found.worth, reverse=True)
    if not tried:
        return None
    best = tried[0]
    alone = len(tried) == 1 or tried[1].worth < best.worth
    return replace(best.repair, certain=best.repair.certain and alone), best.after


def _table_trials(reconciliation: Reconciliation) -> Iterator[Trial]:
    """The tables that may be in another unit, likeliest first."""
    votes: dict[_Vote, list[CheckResult]] = defaultdict(list)
    for result in reconciliation.failures:
        for vote in _votes(reconciliation, result):
            votes[vote].append(result)
    likely = [pair for pair in votes.items() if not _fails_within(reconciliation, pair[1], pair[0][0])]
    if not likely:
        return
    links = _links(reconciliation)
    tables = {table.id: table for table in reconciliation.document.tables}
    told = [(vote, results) for vote, results in likely if len(results) >= _LEAST_SHARE * links[vote[0]]]
    ranked = sorted(
        told,
        key=lambda pair: (
            -Decimal(len(pair[1])) / links[pair[0][0]],
            not _usual(tables[pair[0][0]], pair[0][1]),
            tables[pair[0][0]].unit_printed,
            -len(pair[1]),
            pair[0],
        ),
    )
    for (identifier, power), results in ranked[:MOST_TRIED]:
        edit = _edit(tables[identifier], power)
        if edit is None:
            continue
        proof, gain, after = met_with(reconciliation, (edit,))
        # What held in the wrong unit may be asked no more.
        gain = max(gain, len(proof.clears) - len(proof.breaks))
        if gain <= len(proof.breaks):
            continue
        # One link alone that is off by it may be one figure in another unit, unless sums that it stands in hold.
        enough = len(results) >= ENOUGH_VOTES or gain > len(proof.clears)
        if enough or Outcome.PASS in within(reconciliation, results, identifier):
            certain = len(agreeing(reconciliation, after, identifier)) > 1
            certain = (certain or _others_agree(reconciliation, results, identifier)) and edit.after in _USUAL
            share = len(results) / links[identifier]
            yield Trial(gain, UnitRepair("table_unit", identifier, (edit,), share, proof, certain), after)


def _others_agree(reconciliation: Reconciliation, results: Sequence[CheckResult], table: str) -> bool:
    """Whether the other sides of some links of a table agree with tables of which it is none."""
    refs = {term.ref for result in results for term in result.check.terms if term.ref.table != table}
    for ref in refs:
        for other in reconciliation.results_of(ref):
            tables = {term.ref.table for term in other.check.terms}
            if other.outcome in HOLDS and other.check.relation is Relation.EQUAL and table not in tables:
                if len(tables) > 1:
                    return True
    return False


def _fails_within(reconciliation: Reconciliation, results: Sequence[CheckResult], table: str) -> bool:
    """Whether one link alone is off, by a figure that is wrong in its own table too."""
    return len(results) < ENOUGH_VOTES and Outcome.FAIL in within(reconciliation, results, table)


def _sides(reconciliation: Reconciliation, result: CheckResult) -> dict[str, Decimal] | None:
    """What a link between two tables says on either side; None for any other check."""
    # A bound that is kept says nothing of the unit; one that is broken by a power of ten does.
    if result.check.relation is not Relation.EQUAL and not (
        result.check.relation is Relation.AT_MOST and result.failed
    ):
        return None
    tables = dict.fromkeys(term.ref.table for term in result.check.terms)
    if len(tables) != 2:
        return None
    sides: dict[str, Decimal] = defaultdict(Decimal)
    for term in result.check.terms:
        sides[term.ref.table] += term.coefficient * (reconciliation.figures.read(term.ref).value or Decimal(0))
    return sides


def _votes(reconciliation: Reconciliation, result: CheckResult) -> list[_Vote]:
    """Which table of a failing link would have to be scaled by which power of ten for the link to hold."""
    sides = _sides(reconciliation, result)
    if sides is None or not all(sides.values()):
        return []
    (one, first), (other, second) = sides.items()
    known = {table.id for table in reconciliation.document.tables}
    ratio = abs(first / second)
    for power in _POWERS:
        if abs(ratio.scaleb(-power) - 1) <= _CLOSE:
            # `one` prints 10^power times too much, or `other` as much too little.
            return [(table, by) for table, by in ((one, -power), (other, power)) if table in known]
    return []


def _links(reconciliation: Reconciliation) -> Counter[str]:
    """How many links to other tables each table has that say anything."""
    links: Counter[str] = Counter()
    for result in reconciliation.results:
        if result.outcome in (Outcome.UNVERIFIABLE, Outcome.CRASHED):
            continue
        sides = _sides(reconciliation, result)
        # A bound that is broken otherwise than by a power of ten says nothing of the unit.
        tells = result.check.relation is Relation.EQUAL or _votes(reconciliation, result)
        if sides is not None and all(sides.values()) and tells:
            links.update(sides.keys())
    return links


def _usual(table: Table, power: int) -> bool:
    """Whether the table would then be in a unit that departments print their tables in."""
    edit = _edit(table, power)
    return edit is not None and edit.after in _USUAL


def _edit(table: Table, power: int) -> SetUnit | None:
    factor = unit_factor(table.unit)
    if factor is None:
        return None
    name = _NAMES.get((factor.scaleb(power)).normalize() + 0)
    return None if name is None else SetUnit(table.id, table.unit, name)
