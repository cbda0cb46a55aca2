"""What one localisation works with: the system of equations, the prices of changes, the search."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.checks import Context, Reconciliation
from workbench.repairs.constraints import Budget, Constraints, Meter
from workbench.repairs.search.best_first import Search
from workbench.repairs.search.memory import Memory
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.slips.structures import Structures
from workbench.repairs.system import System


@dataclass(slots=True)
class Workshop:
    """What one localisation works with."""

    reconciliation: Reconciliation
    context: Context
    """The document as it is described: a table is read once."""
    system: System
    plausibility: Plausibility
    search: Search
    meter: Meter
    size: int
    """How many cells the document has: what it costs to meet all rules anew."""
    changed: frozenset[int]
    """The figures that the document prints elsewhere or not where it did, since the index was asked last."""

    @classmethod
    def of(cls, reconciliation: Reconciliation, constraints: Constraints, budget: Budget, memory: Memory) -> Workshop:
        """The system and the prices of one reconciliation, with what is remembered of its document."""
        system = System(reconciliation, constraints.waived_families)
        changed = memory.index.update(reconciliation.document)
        memory.words.turn_to(reconciliation.document)
        plausibility = Plausibility(system, memory.index, constraints, memory.layouts)
        meter = Meter(budget.cells)
        size = sum(len(table.rows) * table.width for table in reconciliation.document.tables)
        structures = Structures(system, plausibility, memory.words, lambda: meter.afford(size))
        search = Search(system, plausibility, structures, budget)
        return cls(reconciliation, reconciliation.context(), system, plausibility, search, meter, size, changed)

    def afford(self) -> bool:
        """Whether all rules may be met anew once more."""
        return self.meter.afford(self.size)
