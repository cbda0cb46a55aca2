"""The case file of a reviewed document: what was found, what was decided, by whom, when, and what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.export.rows import CorrectionRow, DocumentRow


@dataclass(frozen=True, slots=True)
class CaseCell:
    """A cell that a finding is about: its place, what names it, what the document prints there and what stands there
    after the review."""

    ref: str
    table: str
    label: str
    page: int | None
    printed: str
    now: str


@dataclass(frozen=True, slots=True)
class CaseFinding:
    """One thing that did not add up in the document as printed, and what became of it.

    `standing` is `open`, `corrected`, `gone` (nothing that was done explains it), or the verdict that holds. `proof`
    are its equations as they stand after the review, each with its outcome;
    `steps` what was changed and ruled about it, in the order of time.
    """

    id: str
    rule: str
    severity: str
    message: str
    standing: str
    cells: tuple[CaseCell, ...]
    proof: tuple[tuple[str, str], ...] = ()
    steps: tuple[CorrectionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One document's case. `before` counts its checks by outcome as printed, `document` after the review; `others` are
    steps about no finding, `conflicts` what a merge left open, `notes` marks and notes with who made them."""

    document: DocumentRow
    before: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[CaseFinding, ...] = ()
    others: tuple[CorrectionRow, ...] = ()
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    """Hashes of the versions of the file that were reviewed before."""

    def standing(self, *names: str) -> int:
        """How many findings stand as one of these."""
        return sum(finding.standing in names for finding in self.findings)
