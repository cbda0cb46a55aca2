"""The failing checks that a change clears: what asks for it, beside its own story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from workbench.checks import Reconciliation
from workbench.model.check import CheckResult, Family, Relation, Severity
from workbench.repairs.proposals.proof import Proof
from workbench.repairs.search.best_first import touched_by
from workbench.repairs.slips.operation import Operation
from workbench.repairs.system import System

_FILLED_IN = frozenset({Family.PLAN, Family.PERCENT, Family.YOY})
"""Checks of what people fill in by hand beside the statements, which is wrong as often as it is misread."""
_ROUNDED = frozenset({Relation.RATIO, Relation.GROWTH})


@dataclass(frozen=True, slots=True)
class ClearedChecks:
    """The failing checks that a change clears and that fix a figure, by id, each with the tables that it ties; those of
    them that must hold are `firm`. A bound that is kept again asks for no figure, nor does a check that is no longer
    asked."""

    checks: Mapping[str, frozenset[str]]
    firm: frozenset[str]

    @classmethod
    def of(cls, reconciliation: Reconciliation, proof: Proof) -> ClearedChecks:
        """What a proof says is cleared."""
        held = (check for check in proof.clears if check not in proof.gone)
        cleared = [result for check in held if (result := reconciliation.result(check)) is not None]
        fixing = [result for result in cleared if result.check.relation is not Relation.AT_MOST]
        return cls(
            {result.check.id: frozenset(term.ref.table for term in result.check.terms) for result in fixing},
            frozenset(result.check.id for result in fixing if _must_hold(result)),
        )

    def by(self, system: System, operations: Sequence[Operation]) -> int:
        """How many of them some operations have a hand in; none where none of those must hold."""
        asking = self._asking(system, operations)
        return len(asking) if asking & self.firm else 0

    def telling(self, system: System, operations: Sequence[Operation]) -> int:
        """How many of them tell the figures of some operations, as `by` counts them: a share or a rate of growth, which
        is rounded, bears out the size of its amounts and no figure."""
        changed = {number for operation in operations for number, _ in operation.changes}
        loose = {
            equation.check.id
            for equation in (system.equations[number] for number in touched_by(system, operations))
            if equation.check.relation in _ROUNDED and changed.isdisjoint(equation.stated)
        }
        asking = self._asking(system, operations)
        return len(asking - loose) if asking & self.firm else 0

    def of_its_own(self, system: System, operation: Operation) -> bool:
        """Whether they tell that it is this table that is wrong: one of its own does, or several other tables do. Where
        two tables alone disagree, it may be either."""
        asking = [self.checks[check] for check in self._asking(system, (operation,))]
        others = {table for tables in asking for table in tables if table != operation.table}
        return len(others) > 1 or any(tables == {operation.table} for tables in asking)

    def _asking(self, system: System, operations: Sequence[Operation]) -> Set[str]:
        if any(operation.edits and not operation.changes and not operation.shifts for operation in operations):
            return self.checks.keys()
        touched = touched_by(system, operations)
        return {system.equations[number].check.id for number in touched} & self.checks.keys()


def _must_hold(result: CheckResult) -> bool:
    check = result.check
    return not check.weak and check.severity is Severity.ERROR and check.family not in _FILLED_IN
