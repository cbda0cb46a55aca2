"""What a session shows: the document as reviewed, its findings and what was ruled on them, replaced on every change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model.check import Finding
from workbench.model.message import Message
from workbench.model.record import Conflict, Decision, Flag, ReviewRecord, Verdict
from workbench.model.table import CellRef, Document
from workbench.records.replay import Stale

if TYPE_CHECKING:
    from workbench.checks import Reconciliation

_SETTLED = frozenset({Verdict.EXTRACTION_ERROR, Verdict.SOURCE_ERROR, Verdict.WAIVED, Verdict.RULE_WAIVED})


@dataclass(frozen=True, slots=True)
class Change:
    """What one step did: in words, the cells it touched, the checks that no longer fail and those that fail now."""

    description: Message
    refs: tuple[CellRef, ...] = ()
    cleared: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What edits would lead to: the ids of the checks that would no longer fail and that would fail, and the document
    after."""

    cleared: tuple[str, ...]
    broken: tuple[str, ...]
    document: Document
    reconciliation: Reconciliation


@dataclass(frozen=True, slots=True)
class ReviewedFinding:
    """A finding with what was ruled on it last; `stale` says that its figures have changed since."""

    finding: Finding
    decision: Decision | None = None
    stale: bool = False

    @property
    def open(self) -> bool:
        """Whether a person must still settle it."""
        return self.decision is None or self.stale or self.decision.verdict not in _SETTLED

    @property
    def deferred(self) -> bool:
        """Whether it was put off: still open, and out of the round until nothing else is."""
        return self.decision is not None and not self.stale and self.decision.verdict is Verdict.DEFERRED


@dataclass(frozen=True, slots=True)
class GridDifference:
    """A cell (or with row -1 a whole table) in which the grid of the record is not what its steps lead to now."""

    ref: CellRef
    recorded: str
    now: str


@dataclass(frozen=True, slots=True)
class ReviewState:
    """A session at one moment. `document` is as reviewed, `printed` as parsed; `stale` are corrections that no longer
    fit, `differences` places where the record's own grid is not what its steps lead to. While it is not `explained`,
    the findings are checks that fail, and their causes are being looked for."""

    document: Document
    printed: Document
    reconciliation: Reconciliation
    findings: tuple[ReviewedFinding, ...]
    record: ReviewRecord
    stale: tuple[Stale, ...] = ()
    flags: tuple[Flag, ...] = ()
    differences: tuple[GridDifference, ...] = ()
    explained: bool = True
    can_undo: bool = False
    can_redo: bool = False
    dirty: bool = False
    read_only: bool = False
    messages: tuple[Message, ...] = ()

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What a merge left for a person to settle."""
        return self.record.conflicts

    @property
    def open_findings(self) -> tuple[ReviewedFinding, ...]:
        """The findings that are not settled."""
        return tuple(item for item in self.findings if item.open)

    @property
    def round(self) -> tuple[ReviewedFinding, ...]:
        """The findings that next and previous go through: the open ones that were not put off, else those that were."""
        return tuple(item for item in self.open_findings if not item.deferred) or self.open_findings

    def finding(self, identifier: str) -> ReviewedFinding | None:
        """The finding with this id, None where there is none."""
        return next((item for item in self.findings if item.finding.id == identifier), None)
