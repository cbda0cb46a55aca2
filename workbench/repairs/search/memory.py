"""What was found out before an edit and still holds after it, so that an edit localises again only what it touches.

A remembered group is one whose search would go as before, step by step: nothing that it looked at has changed. So the
list is the same whether anything is remembered or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from workbench.checks import Reconciliation
from workbench.model.check import Check, CheckResult, Family, Finding
from workbench.model.table import CellRef, StatedFigure, Table
from workbench.repairs.constraints import Budget, Constraints
from workbench.repairs.evidence.corroboration import FigureIndex
from workbench.repairs.evidence.layouts import Layouts
from workbench.repairs.slips.printed_words import PrintedWords
from workbench.repairs.system import System, Trace

Source = Table | StatedFigure


@dataclass(frozen=True, slots=True)
class Said:
    """What the reviewer has said, as far as it is about some tables, and how long the search may go on."""

    immovable: frozenset[CellRef]
    rejected: frozenset[tuple[CellRef, str]]
    waived: frozenset[Family]
    budget: Budget

    @classmethod
    def of(cls, constraints: Constraints, budget: Budget, tables: frozenset[str]) -> Said:
        """What there is to heed about these tables."""
        return cls(
            frozenset(ref for ref in constraints.immovable if ref.table in tables),
            frozenset((ref, text) for ref, text in constraints.rejected if ref.table in tables),
            constraints.waived_families,
            budget,
        )


@dataclass(frozen=True, slots=True)
class Footprint:
    """What a search looked at: tables, every check on them, figures that it asked other tables for, how much this
    document rounds, whether proofs are confirmed in it, the state of its words where these were asked for, and what the
    reviewer had said."""

    tables: Mapping[str, Source]
    checks: tuple[Check, ...]
    positions: tuple[int, ...]
    results: tuple[CheckResult, ...]
    figures: frozenset[int]
    step: float
    confirms: bool
    words: int | None
    said: Said

    @classmethod
    def of(
        cls,
        system: System,
        trace: Trace,
        step: float,
        words: PrintedWords,
        constraints: Constraints,
        budget: Budget,
    ) -> Footprint:
        """The footprint of what was traced."""
        reconciliation = system.reconciliation
        sources = _sources(reconciliation)
        names = trace.tables_of(system) & sources.keys()
        positions = tuple(sorted({p for name in names for p in reconciliation.index.by_table.get(name, ())}))
        return cls(
            {name: sources[name] for name in names},
            reconciliation.checks,
            positions,
            tuple(reconciliation.results[position] for position in positions),
            frozenset(trace.figures),
            step,
            budget.confirms(len(reconciliation.checks)),
            words.state_for(names),
            Said.of(constraints, budget, names),
        )

    def holds(
        self,
        reconciliation: Reconciliation,
        sources: Mapping[str, Source],
        constraints: Constraints,
        budget: Budget,
        step: float,
        changed: frozenset[int],
        words: int,
    ) -> bool:
        """Whether nothing of it has changed; `changed` are the figures that other tables print otherwise now, `words`
        the state of what is printed beside figures."""
        if self.step != step or changed & self.figures or self.confirms != budget.confirms(len(reconciliation.checks)):
            return False
        if self.words not in (None, words):
            return False
        if self.said != Said.of(constraints, budget, frozenset(self.tables)):
            return False
        if any(sources.get(name) is not source and sources.get(name) != source for name, source in self.tables.items()):
            return False
        positions: Sequence[int] = self.positions
        if self.checks is not reconciliation.checks:
            index = reconciliation.index.by_table
            positions = sorted({p for name in self.tables for p in index.get(name, ())})
        return tuple(map(reconciliation.results.__getitem__, positions)) == self.results


@dataclass(slots=True)
class Remembered:
    """What the search said of one group of failing checks: the checks that its likely repairs reach into, and its
    findings, where the group stayed one."""

    reach: frozenset[str]
    footprint: Footprint | None = None
    findings: tuple[Finding, ...] | None = None


@dataclass(slots=True)
class Memory:
    """Kept by whoever localises the same document edit after edit, and handed in each time."""

    index: FigureIndex = field(default_factory=FigureIndex)
    layouts: Layouts = field(default_factory=Layouts)
    words: PrintedWords = field(default_factory=PrintedWords)
    groups: dict[frozenset[str], Remembered] = field(default_factory=dict)

    def forget(
        self,
        reconciliation: Reconciliation,
        constraints: Constraints,
        budget: Budget,
        step: float,
        changed: frozenset[int],
    ) -> None:
        """Drops the groups that something has happened to."""
        sources = _sources(reconciliation) if self.groups else {}
        self.groups = {
            checks: group
            for checks, group in self.groups.items()
            if group.footprint is not None
            and group.footprint.holds(reconciliation, sources, constraints, budget, step, changed, self.words.state)
        }


def _sources(reconciliation: Reconciliation) -> dict[str, Source]:
    found: dict[str, Source] = {table.id: table for table in reconciliation.document.tables}
    found.update({stated.id: stated for stated in reconciliation.document.stated})
    return found
