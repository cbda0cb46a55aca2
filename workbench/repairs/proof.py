"""The proof of a suggestion: its edits applied, every rule met again, and what came of each check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.checks import Reconciliation, applies
from workbench.model.check import CheckResult, Outcome
from workbench.model.edit import Edit, SetCell, apply_edits

_HELD = frozenset({Outcome.PASS, Outcome.WITHIN_ROUNDING})


@dataclass(frozen=True, slots=True)
class Proof:
    """The checks that failed before the edits and hold after them, and those that fail only after them."""

    clears: tuple[str, ...]
    breaks: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether something is mended and nothing broken."""
        return bool(self.clears) and not self.breaks


def prove(reconciliation: Reconciliation, edits: Sequence[Edit]) -> Proof:
    """Applies `edits` and compares. Raises EditError where an edit does not fit the document."""
    document = apply_edits(reconciliation.document, tuple(edits))
    return compare(reconciliation, reconciliation.after(document, edits), edits)


def compare(before: Reconciliation, after: Reconciliation, edits: Sequence[Edit]) -> Proof:
    """What changed from one reconciliation to another by `edits`, in the order of the checks.

    A check that an edit does away with, or that can no longer be told, is not cleared: only one that holds is, or one
    whose figures are all gone, so that nothing is left to add up.
    """
    failing = {result.check.id for result in before.failures}
    clears = []
    breaks = []
    for result in _changed(before, after, edits):
        if _settled(result) and result.check.id in failing:
            clears.append(result.check.id)
        elif result.failed and result.check.id not in failing:
            breaks.append(result.check.id)
    return Proof(tuple(clears), tuple(breaks))


def _changed(before: Reconciliation, after: Reconciliation, edits: Sequence[Edit]) -> list[CheckResult]:
    """The results that may differ; few, where figures were put for figures and no column's last place moved."""
    if before.checks is not after.checks:
        return list(after.results)
    refs = {edit.ref for edit in edits if isinstance(edit, SetCell)}
    columns = {(ref.table, ref.column) for ref in refs}
    moved = any(before.figures.decimals(*column) != after.figures.decimals(*column) for column in columns)
    if moved or len(refs) < len(edits):
        pairs = zip(before.results, after.results, strict=True)
        return [new for old, new in pairs if old is not new]
    positions = {position for ref in refs for position in after.index.by_cell.get(ref, ())}
    return [after.results[position] for position in sorted(positions)]


def _settled(result: CheckResult) -> bool:
    if result.outcome in _HELD:
        return True
    nothing_left = result.printed is None and result.expected is not None and not result.expected
    return result.outcome is Outcome.UNVERIFIABLE and (nothing_left or not applies(result))
