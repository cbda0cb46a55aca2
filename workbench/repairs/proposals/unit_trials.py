"""What a way to put a unit right is told by, of a table or of a column: what holds once it is put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.checks import Reconciliation
from workbench.model.check import CheckResult, Outcome, Relation
from workbench.model.edit import Edit, SetCell, apply_edits
from workbench.model.table import CellRef
from workbench.repairs.proposals.proof import Proof, compare

ENOUGH_VOTES = 2
MOST_TRIED = 4
"""Tables, or columns, with another unit each, that are looked at to find the one."""

HOLDS = (Outcome.PASS, Outcome.WITHIN_ROUNDING)


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
    claims: frozenset[str] = frozenset()
    """The checks that fail still, by no more than the digits that were lost in the coarser unit."""
    rounded: bool = False
    """Whether such digits are told by nothing."""

    @property
    def cells(self) -> frozenset[CellRef]:
        """The cells that get other texts."""
        return frozenset(edit.ref for edit in self.edits if isinstance(edit, SetCell))


@dataclass(frozen=True, slots=True)
class Trial:
    """A way to put a unit right that enough holds by: how many checks more, and what all rules say then."""

    gain: int
    repair: UnitRepair
    after: Reconciliation
    nearer: int = 0
    """How many figures more are then of the size of those beside them."""

    @property
    def worth(self) -> tuple[int, int]:
        """What tells it from others: the larger, the better."""
        return self.gain, self.nearer


def met_with(reconciliation: Reconciliation, edits: tuple[Edit, ...]) -> tuple[Proof, int, Reconciliation]:
    """What all rules say to these edits: their proof, and how many checks more hold."""
    after = reconciliation.after(apply_edits(reconciliation.document, edits), edits)
    return compare(reconciliation, after, edits), _holding(after) - _holding(reconciliation), after


def _holding(reconciliation: Reconciliation) -> int:
    return sum(reconciliation.outcomes.get(outcome, 0) for outcome in HOLDS)


def agreeing(before: Reconciliation, after: Reconciliation, table: str) -> frozenset[str]:
    """The other tables that agree with this one where they did not before, or were not asked."""
    found: set[str] = set()
    for result in after.results:
        if result.outcome in HOLDS and result.check.relation is Relation.EQUAL:
            tables = {term.ref.table for term in result.check.terms}
            old = before.result(result.check.id) if table in tables and len(tables) > 1 else result
            if old is None or old.failed:
                found |= tables - {table}
    return frozenset(found)


def within(
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
