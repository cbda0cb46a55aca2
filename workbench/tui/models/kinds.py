"""What findings have in common: their weight, whether a fix is proposed, their rule, their table (the text is one)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.model.check import Applicability, Finding
from workbench.model.table import Document
from workbench.tui.models.grid import grid_of
from workbench.tui.wording import first_cell

if TYPE_CHECKING:
    from workbench.review import ReviewedFinding

FACETS = ("severity", "fix", "rule", "table")


@dataclass(frozen=True, slots=True)
class Kind:
    """Findings that have the same of a facet."""

    facet: str
    value: str

    def has(self, item: ReviewedFinding, document: Document) -> bool:
        """Whether a finding of the document is one of them."""
        return _value(item.finding, self.facet, document) == self.value


def kinds_of(items: Iterable[ReviewedFinding], document: Document) -> list[tuple[Kind, int]]:
    """Every kind of these findings and how many are of it, those with most first; no facet in which all are alike."""
    found = Counter(Kind(facet, _value(item.finding, facet, document)) for item in items for facet in FACETS)
    several = Counter(kind.facet for kind in found if kind.value)
    return sorted(
        ((kind, count) for kind, count in found.items() if kind.value and several[kind.facet] > 1),
        key=lambda listed: (FACETS.index(listed[0].facet), -listed[1]),
    )


def _value(finding: Finding, facet: str, document: Document) -> str:
    match facet:
        case "severity":
            return finding.severity.value
        case "fix":
            return _fix(finding)
        case "rule":
            return finding.check.name
        case _:
            ref = first_cell(finding)
            return grid_of(ref, document) if ref is not None else ""


def _fix(finding: Finding) -> str:
    proposed = [suggestion for suggestion in finding.suggestions if suggestion.edits]
    if not proposed:
        return "none"
    return "safe" if proposed[0].applicability is Applicability.SAFE else "unsure"
