"""Whole tables in another unit than they say: every check inside such a table holds, every link to another one is off
by the same power of ten. Settled before any cell is looked at, else one table makes thirty findings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks import Reconciliation
from workbench.fiscal.units import unit_factor
from workbench.model.check import CheckResult, Outcome, Relation
from workbench.model.edit import SetUnit, apply_edits
from workbench.model.table import Table
from workbench.repairs.proposals.proof import Proof, compare

_POWERS = (4, -4, 3, -3, 8, -8)
_LEAST_VOTES = 2
_LEAST_SHARE = Decimal("0.6")
_CLOSE = Decimal("0.006")
"""How far the sides of a link may be from the power of ten, as a share: figures rounded to the coarser unit."""

_NAMES = {Decimal(1): "元", Decimal(1000): "千元", Decimal(10000): "万元", Decimal(100_000_000): "亿元"}
_ROUNDS = 3


@dataclass(frozen=True, slots=True)
class UnitRepair:
    """A table that is in another unit: the edit, the votes for it among its links, and what the edit clears."""

    edit: SetUnit
    votes: int
    links: int
    proof: Proof


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
    votes: Counter[tuple[str, int]] = Counter()
    for result in reconciliation.failures:
        for vote in _votes(reconciliation, result):
            votes[vote] += 1
    candidates = [(vote, count) for vote, count in votes.items() if count >= _LEAST_VOTES]
    if not candidates:
        return None
    links = _links(reconciliation)
    tables = {table.id: table for table in reconciliation.document.tables}
    ranked = sorted(
        candidates,
        key=lambda pair: (-Decimal(pair[1]) / links[pair[0][0]], tables[pair[0][0]].unit_printed, -pair[1], pair[0]),
    )
    for (identifier, power), count in ranked:
        if Decimal(count) / links[identifier] < _LEAST_SHARE:
            continue
        edit = _edit(tables[identifier], power)
        if edit is None:
            continue
        after = reconciliation.after(apply_edits(reconciliation.document, (edit,)), (edit,))
        proof = compare(reconciliation, after, (edit,))
        if len(proof.clears) > len(proof.breaks):
            return UnitRepair(edit, count, links[identifier], proof), after
    return None


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


def _votes(reconciliation: Reconciliation, result: CheckResult) -> list[tuple[str, int]]:
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
        if sides is not None and all(sides.values()):
            links.update(sides.keys())
    return links


def _edit(table: Table, power: int) -> SetUnit | None:
    factor = unit_factor(table.unit)
    if factor is None:
        return None
    name = _NAMES.get((factor.scaleb(power)).normalize() + 0)
    return None if name is None else SetUnit(table.id, table.unit, name)
