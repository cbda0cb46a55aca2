"""Whole tables, and whole columns, in another unit than they say: every check inside them holds, every link to others
is off by the same power of ten. Settled before any cell is looked at, else one table makes thirty findings.

Tables that do not agree in their totals are not asked for their rows, nor are rows that add up nowhere asked for their
sums. So it is not what fails that tells which table or column it is, but what holds once it is put right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from workbench.checks import Reconciliation
from workbench.fiscal.units import unit_factor
from workbench.model.amount import FigureKind, print_like, read_figure
from workbench.model.check import CheckResult, Outcome, Relation
from workbench.model.edit import Edit, SetCell, SetUnit, apply_edits
from workbench.model.table import CellRef, Table
from workbench.repairs.proposals.proof import Proof, compare

_POWERS = (4, -4, 3, -3, 8, -8)
_OF_COLUMNS = (-4, 4)
_ENOUGH_VOTES = 2
_MOST_TRIED = 4
"""Tables, or columns, with another unit each, that all rules are met with again to find the one."""
_LEAST_SHARE = Decimal("0.6")
_CLOSE = Decimal("0.006")
"""How far the sides of a link may be from the power of ten, as a share: figures rounded to the coarser unit."""
_FAR_LESS = Decimal("0.05")
"""Where a figure is in another unit, one side of a check is far less than the other."""
_LAST_PLACE = Decimal("0.01")
_SURE_OF_COLUMN = 3
"""Checks that a column has to make hold to be safe."""

_NAMES = {Decimal(1): "元", Decimal(1000): "千元", Decimal(10000): "万元", Decimal(100_000_000): "亿元"}
_USUAL = frozenset({"元", "万元"})
_ROUNDS = 3

_Vote = tuple[str, int]
"""A table, and the power of ten that it is off by."""
_ColumnVote = tuple[str, int, int]
"""A table, one of its columns, and the power of ten that this is off by."""
_HOLDS = (Outcome.PASS, Outcome.WITHIN_ROUNDING)


@dataclass(frozen=True, slots=True)
class UnitRepair:
    """A table or a column that is in another unit: the edits, how likely it is beside others, and what it clears."""

    method: str
    table: str
    edits: tuple[Edit, ...]
    share: float
    proof: Proof
    certain: bool
    """Whether more than one table says so and nothing else does as well: where two alone disagree, it may be either."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """One of the ways to put a unit right, with what all rules say to it: how many more hold, and whether enough."""

    gain: int
    repair: UnitRepair
    after: Reconciliation


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
    """The table or the column, with its unit, that makes the most checks hold."""
    tried = sorted((*_tables(reconciliation), *_columns(reconciliation)), key=lambda found: -found.gain)
    if not tried:
        return None
    best = tried[0]
    alone = len(tried) == 1 or tried[1].gain < best.gain
    return replace(best.repair, certain=best.repair.certain and alone), best.after


def _tables(reconciliation: Reconciliation) -> Iterator[_Tried]:
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
    for (identifier, power), results in ranked[:_MOST_TRIED]:
        edit = _edit(tables[identifier], power)
        if edit is None:
            continue
        after = reconciliation.after(apply_edits(reconciliation.document, (edit,)), (edit,))
        proof = compare(reconciliation, after, (edit,))
        gain = _holding(after) - _holding(reconciliation)
        if gain <= len(proof.breaks):
            continue
        # One link alone that is off by it may be one figure in another unit, unless sums that it stands in hold.
        enough = len(results) >= _ENOUGH_VOTES or gain > len(proof.clears)
        if enough or Outcome.PASS in _within(reconciliation, results, identifier):
            certain = len(_agreeing(reconciliation, after, identifier)) > 1
            certain = (certain or _others_agree(reconciliation, results, identifier)) and edit.after in _USUAL
            share = len(results) / links[identifier]
            yield _Tried(gain, UnitRepair("table_unit", identifier, (edit,), share, proof, certain), after)


def _columns(reconciliation: Reconciliation) -> Iterator[_Tried]:
    """The columns that may be in another unit than their table."""
    votes: dict[_ColumnVote, list[CheckResult]] = defaultdict(list)
    for result in reconciliation.failures:
        for vote in _column_votes(reconciliation, result):
            votes[vote].append(result)
    if not votes:
        return
    tables = {table.id: table for table in reconciliation.document.tables}
    ranked = sorted(votes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    tried = 0
    for (identifier, column, power), results in ranked:
        edits = _scaled(tables[identifier], column, power)
        if len(edits) < _ENOUGH_VOTES or Outcome.FAIL in _within(reconciliation, results, identifier, column):
            continue
        if (tried := tried + 1) > _MOST_TRIED:
            break
        after = reconciliation.after(apply_edits(reconciliation.document, edits), edits)
        proof = compare(reconciliation, after, edits)
        gain = _holding(after) - _holding(reconciliation)
        down = Outcome.PASS in _within(reconciliation, results, identifier, column)
        if gain > len(proof.breaks) and (down or gain > len(proof.clears)):
            # Within its table it may be all the other columns that are in another unit.
            certain = gain >= _SURE_OF_COLUMN and bool(_agreeing(reconciliation, after, identifier))
            yield _Tried(gain, UnitRepair("column_unit", identifier, edits, 1.0, proof, certain), after)


def _column_votes(reconciliation: Reconciliation, result: CheckResult) -> Iterator[_ColumnVote]:
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
        for power in _OF_COLUMNS if table in known and abs(part) > slack else ():
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


def _holding(reconciliation: Reconciliation) -> int:
    return sum(reconciliation.outcomes.get(outcome, 0) for outcome in _HOLDS)


def _agreeing(before: Reconciliation, after: Reconciliation, table: str) -> frozenset[str]:
    """The other tables that agree with this one where they did not before, or were not asked."""
    found: set[str] = set()
    for result in after.results:
        if result.outcome in _HOLDS and result.check.relation is Relation.EQUAL:
            tables = {term.ref.table for term in result.check.terms}
            old = before.result(result.check.id) if table in tables and len(tables) > 1 else result
            if old is None or old.failed:
                found |= tables - {table}
    return frozenset(found)


def _others_agree(reconciliation: Reconciliation, results: Sequence[CheckResult], table: str) -> bool:
    """Whether the other sides of some links of a table agree with tables of which it is none."""
    refs = {term.ref for result in results for term in result.check.terms if term.ref.table != table}
    for ref in refs:
        for other in reconciliation.results_of(ref):
            tables = {term.ref.table for term in other.check.terms}
            if other.outcome in _HOLDS and other.check.relation is Relation.EQUAL and table not in tables:
                if len(tables) > 1:
                    return True
    return False


def _fails_within(reconciliation: Reconciliation, results: Sequence[CheckResult], table: str) -> bool:
    """Whether one link alone is off, by a figure that is wrong in its own table too."""
    return len(results) < _ENOUGH_VOTES and Outcome.FAIL in _within(reconciliation, results, table)


def _within(
    reconciliation: Reconciliation, results: Sequence[CheckResult], table: str, column: int | None = None
) -> frozenset[Outcome]:
    """What has come of the sums within a table, or down a column, that the figures of some links stand in."""
    refs = {term.ref for result in results for term in result.check.terms if term.ref.table == table}
    return frozenset(
        other.outcome
        for ref in refs
        if column in (None, ref.column)
        for other in reconciliation.results_of(ref)
        if other.check.relation is Relation.EQUAL
        and len(other.check.terms) > 1
        and all(term.ref.table == table and column in (None, term.ref.column) for term in other.check.terms)
    )


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
