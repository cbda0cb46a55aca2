"""Findings that are one story put under one: a reviewer reads two forms that disagree once, not once for each line.

Only doubtful checks are put together, and only where no change explains them well: those of one rule about the same
tables, and remarks of one rule. What must hold, and what has a likely repair, stays by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbench.checks import Reconciliation
from workbench.model.check import Finding, Relation, Severity
from workbench.repairs.findings import finding_of
from workbench.repairs.proposals.strength import strength

_Story = tuple[str, frozenset[str]]
"""The rule, and the tables that it finds to disagree."""
_LIKELY = 0.6
"""The share from which a repair is a better story than that two tables differ."""


def told_once(reconciliation: Reconciliation, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in their order, each story in the place of its first."""
    listed = list(findings)
    told = {finding.id: story for finding in listed if (story := _story(finding)) is not None}
    stories: dict[str | _Story, list[Finding]] = {}
    for finding in listed:
        story = told.get(finding.id)
        stories.setdefault(finding.id if story is None else _widest(story, told.values()), []).append(finding)
    return tuple(alike[0] if len(alike) == 1 else _together(reconciliation, alike) for alike in stories.values())


def _story(finding: Finding) -> _Story | None:
    """What findings of one story have in common; None for a finding that stands for itself."""
    check = finding.check
    if any(suggestion.edits and suggestion.share >= _LIKELY for suggestion in finding.suggestions):
        return None
    if finding.severity is Severity.NOTE:
        return check.name, frozenset()
    if finding.severity is Severity.WARNING and check.weak and check.relation is not Relation.FACT:
        return check.name, frozenset(cell.table for cell in finding.cells)
    return None


def _widest(story: _Story, others: Iterable[_Story]) -> _Story:
    """The story itself; for a story of one table that of two where only one of the rule takes this table in: a line
    that stands in one of two statements, beside lines that differ."""
    name, tables = story
    wider = {other for other in others if other[0] == name and tables < other[1]} if len(tables) == 1 else set()
    return next(iter(wider)) if len(wider) == 1 else story


def _together(reconciliation: Reconciliation, alike: list[Finding]) -> Finding:
    """One finding of several, with the suggestions of the one whose check is the strongest."""
    first = min(alike, key=lambda finding: strength(finding.results[0]))
    results = [result for finding in alike for result in finding.results]
    incomplete = any(finding.incomplete for finding in alike)
    return finding_of(reconciliation.context(), results, first.suggestions, incomplete=incomplete)
