"""What a reviewer has settled, and how long a search may go on."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.model.check import Family
from workbench.model.table import CellRef


@dataclass(frozen=True, slots=True)
class Constraints:
    """What suggestions must respect: cells that are right as they stand, values ruled out for a cell, families of
    rules that do not apply in this document."""

    immovable: frozenset[CellRef] = frozenset()
    rejected: frozenset[tuple[CellRef, str]] = frozenset()
    waived_families: frozenset[Family] = frozenset()


@dataclass(frozen=True, slots=True)
class Budget:
    """The most a search may look at for one group of failing checks: how many partial repairs are taken up, and how
    many whole repairs are kept; of all groups together, how many cells may be read anew to meet all rules with a table
    of another shape; and up to how many checks of a document are built anew to confirm a proof: of more, those of the
    cells that it changes have been run. Counted in steps and not in time, so that the same document gives the same
    list."""

    nodes: int = 800
    repairs: int = 30
    pushes: int = 40_000
    cells: int = 200_000
    checks: int = 5000

    def confirms(self, checks: int) -> bool:
        """Whether the proofs of a document with so many checks are confirmed."""
        return checks <= self.checks


@dataclass(slots=True)
class Meter:
    """What is left of a budget that several searches share. The first one that asks gets what it asks for: of a large
    document one table at least is looked at."""

    left: int
    spent: bool = False
    refused: int = 0

    def afford(self, cost: int) -> bool:
        """Whether there is enough left; if so it is spent."""
        if self.spent and cost > self.left:
            self.refused += 1
            return False
        self.spent = True
        self.left -= cost
        return True
