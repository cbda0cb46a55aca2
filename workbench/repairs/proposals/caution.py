"""What the findings of one table say of each other: where much of it is explained by what explains nearly anything,
none of that is taken without a look."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from workbench.model.check import Applicability, Finding, Severity, Suggestion
from workbench.model.edit import InsertRows, SetCell, ShiftCells
from workbench.model.table import CellRef
from workbench.repairs.evidence.typos import VAGUE
from workbench.repairs.proposals.safety import MOVES

_CROWD = 3
_CROWD_OF_CELLS = 4
"""So many findings of one table, or so many cells of it that several of them change, are many."""


def cautious(findings: list[Finding]) -> list[Finding]:
    """The findings. Where many of one table are explained by what explains nearly anything, or some of them many of its
    figures, or one by a move of figures that is not safe itself, none of these is safe; nothing that explains nearly
    anything is where figures moved, and where nothing explains many, nothing that a single check asks for: then the
    table was misread as a whole."""
    crowds = Counter(table for finding in findings for table in _vaguely_changed(finding))
    cells = Counter(ref.table for ref in {ref for finding in findings for ref in _vague_cells(finding)})
    crowded = {
        table for table, count in crowds.items() if count >= _CROWD or (count > 1 and cells[table] >= _CROWD_OF_CELLS)
    }
    crowded |= {table for finding in findings if _unsettled(finding) for table in _vaguely_changed(finding)}
    moved = {table for finding in findings if _moves(finding) for table in _vaguely_changed(finding)}
    lost = Counter(table for finding in findings if _unexplained(finding) for table in _tables_of(finding))
    puzzling = {table for table, count in lost.items() if count >= _CROWD}
    return [
        replace(finding, suggestions=tuple(replace(s, applicability=_at_most_unsafe(s)) for s in finding.suggestions))
        if _vaguely_changed(finding) & (crowded if _moves(finding) else crowded | moved)
        or (len(finding.results) == 1 and _tables_of(finding) & puzzling)
        else finding
        for finding in findings
    ]


def _moves(finding: Finding) -> bool:
    """Whether figures moved."""
    return bool(finding.suggestions) and finding.suggestions[0].method in MOVES


def _unsettled(finding: Finding) -> bool:
    """Whether figures moved, and it is not sure how."""
    return _moves(finding) and finding.suggestions[0].applicability is not Applicability.SAFE


def _unexplained(finding: Finding) -> bool:
    """Whether a check within one table, that must hold, fails and no change of a figure is a likely reason."""
    first = finding.suggestions[0] if finding.suggestions else None
    holds_always = finding.severity is Severity.ERROR and not finding.check.weak and len(_tables_of(finding)) == 1
    return holds_always and (first is None or not first.edits)


def _tables_of(finding: Finding) -> frozenset[str]:
    return frozenset(cell.table for cell in finding.cells)


def _vaguely_changed(finding: Finding) -> frozenset[str]:
    """The tables that the first suggestion changes, if it is of a kind that explains nearly anything."""
    first = finding.suggestions[0] if finding.suggestions else None
    if first is None or first.method not in VAGUE | MOVES:
        return frozenset()
    return frozenset(
        edit.table if isinstance(edit, InsertRows) else edit.ref.table
        for edit in first.edits
        if isinstance(edit, SetCell | ShiftCells | InsertRows)
    )


def _vague_cells(finding: Finding) -> list[CellRef]:
    """The cells that the first suggestion gives other texts, if it is of a kind that explains nearly anything."""
    edits = finding.suggestions[0].edits if _vaguely_changed(finding) else ()
    return [edit.ref for edit in edits if isinstance(edit, SetCell)]


def _at_most_unsafe(suggestion: Suggestion) -> Applicability:
    safe = suggestion.applicability is Applicability.SAFE
    return Applicability.UNSAFE if safe else suggestion.applicability
