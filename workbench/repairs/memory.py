"""What was found out before an edit and still holds after it, so that an edit localises again only what it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.checks import Reconciliation
from workbench.model.check import CheckResult, Family, Finding
from workbench.model.table import CellRef, Row
from workbench.repairs.constraints import Budget, Constraints
from workbench.repairs.corroboration import FigureIndex
from workbench.repairs.groups import equations_touched
from workbench.repairs.search import Solution
from workbench.repairs.system import System


@dataclass(frozen=True, slots=True)
class Footprint:
    """What the findings of one group were made from: the results of every check on its cells and on the cells that its
    repairs change, the rows that those cells stand in, and what the reviewer had said about them."""

    results: tuple[CheckResult, ...]
    rows: tuple[tuple[str, int, Row], ...]
    immovable: frozenset[CellRef]
    rejected: frozenset[tuple[CellRef, str]]
    waived: frozenset[Family]
    cells: frozenset[CellRef]
    budget: Budget

    def holds(
        self,
        reconciliation: Reconciliation,
        tables: Mapping[str, tuple[Row, ...]],
        constraints: Constraints,
        budget: Budget,
    ) -> bool:
        """Whether nothing of it has changed; `tables` are the rows of the document's tables by id."""
        if self.budget != budget or self.waived != constraints.waived_families:
            return False
        if self.immovable != constraints.immovable & self.cells or self.rejected != _about(constraints, self.cells):
            return False
        for result in self.results:
            now = reconciliation.result(result.check.id)
            if now is not result and now != result:
                return False
        for table, number, row in self.rows:
            rows = tables.get(table, ())
            if number >= len(rows) or rows[number] is not row:
                return False
        return True


@dataclass(frozen=True, slots=True)
class Remembered:
    """The findings of one group of failing checks, and what they were made from."""

    checks: frozenset[str]
    findings: tuple[Finding, ...]
    footprint: Footprint


@dataclass(slots=True)
class Memory:
    """Kept by whoever localises the same document edit after edit, and handed in each time."""

    index: FigureIndex = field(default_factory=FigureIndex)
    groups: tuple[Remembered, ...] = ()

    def still_valid(
        self, reconciliation: Reconciliation, constraints: Constraints, budget: Budget
    ) -> tuple[Remembered, ...]:
        """The groups that nothing has happened to."""
        failing = {result.check.id for result in reconciliation.failures}
        tables = {table.id: table.rows for table in reconciliation.document.tables}
        return tuple(
            group
            for group in self.groups
            if group.checks <= failing and group.footprint.holds(reconciliation, tables, constraints, budget)
        )


def footprint_of(system: System, solution: Solution, constraints: Constraints, budget: Budget) -> Footprint:
    """The footprint of a solved group."""
    own = {cell for number in solution.group for cell in system.equations[number].cells}
    changed = {
        variable for repair in solution.repairs for operation in repair.operations for variable, _ in operation.changes
    }
    numbers = {number for variable in own | changed for number in system.equations_of(variable)} | set(solution.group)
    cells = frozenset(system.variables[cell].ref for number in numbers for cell in system.equations[number].cells)
    places = sorted({(system.variables[cell].ref.table, system.variables[cell].ref.row) for cell in own | changed})
    tables = {table.id: table.rows for table in system.document.tables}
    return Footprint(
        tuple(system.equations[number].result for number in sorted(numbers)),
        tuple((table, row, tables[table][row]) for table, row in places if table in tables),
        constraints.immovable & cells,
        _about(constraints, cells),
        constraints.waived_families,
        cells,
        budget,
    )


def reopened(
    system: System, solutions: Iterable[Solution], kept: Sequence[Remembered], failing: set[int]
) -> list[Remembered]:
    """The remembered groups that a new solution reaches into: they must be looked at together."""
    reached = {
        system.equations[number].check.id
        for solution in solutions
        for repair in solution.repairs[:1]
        for operation in repair.operations
        for number in equations_touched(system, operation) & failing
    }
    return [group for group in kept if group.checks & reached]


def _about(constraints: Constraints, cells: frozenset[CellRef]) -> frozenset[tuple[CellRef, str]]:
    return frozenset((ref, text) for ref, text in constraints.rejected if ref in cells)
