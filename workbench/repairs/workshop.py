"""What one localisation works with: the system of equations, the prices of changes, the search."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workbench.checks import Reconciliation
from workbench.repairs.constraints import Budget, Constraints
from workbench.repairs.corroboration import FigureIndex
from workbench.repairs.operations import Structures
from workbench.repairs.search import Search
from workbench.repairs.stories import Plausibility
from workbench.repairs.system import System


@dataclass(slots=True)
class Workshop:
    """What one localisation works with."""

    reconciliation: Reconciliation
    system: System
    plausibility: Plausibility
    search: Search
    changed: frozenset[Decimal]
    """The figures that the document prints elsewhere or not where it did, since the index was asked last."""

    @classmethod
    def of(
        cls, reconciliation: Reconciliation, constraints: Constraints, budget: Budget, index: FigureIndex
    ) -> Workshop:
        """The system and the prices of one reconciliation."""
        system = System(reconciliation, constraints.waived_families)
        changed = index.update(reconciliation.document)
        plausibility = Plausibility(system, index, constraints)
        search = Search(system, plausibility, Structures(system, plausibility), budget)
        return cls(reconciliation, system, plausibility, search, changed)
