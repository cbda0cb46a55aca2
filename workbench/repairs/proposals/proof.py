"""The proof of a suggestion: its edits applied, every rule met again, and what came of each check."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from workbench.checks import Reconciliation, applies
from workbench.checks.evaluate import evaluate_one
from workbench.checks.figures import Figures
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import CheckResult, Outcome, Relation
from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    Edit,
    EditError,
    InsertColumn,
    InsertRows,
    MergeRows,
    SetCell,
    SplitRow,
    apply_edits,
    expect,
)
from workbench.model.table import CellRef
from workbench.repairs.renamed import failing_still

RESHAPING = (MergeRows, SplitRow, InsertRows, DeleteRows, InsertColumn, DeleteColumn)
"""The edits that change the rows or columns of a table."""

_HELD = frozenset({Outcome.PASS, Outcome.WITHIN_ROUNDING})


@dataclass(frozen=True, slots=True)
class Proof:
    """The checks that failed before the edits and hold after them, and those that fail only after them. `gone` are
    those cleared that are no longer asked though all rows stand there still: a row that was put in took their parts."""

    clears: tuple[str, ...]
    breaks: tuple[str, ...]
    gone: frozenset[str] = frozenset()

    @property
    def sound(self) -> bool:
        """Whether something is mended and nothing broken."""
        return bool(self.clears) and not self.breaks


def prove(reconciliation: Reconciliation, edits: Sequence[Edit]) -> Proof:
    """Applies `edits` and compares. Raises EditError where an edit does not fit the document."""
    document = apply_edits(reconciliation.document, tuple(edits))
    return compare(reconciliation, reconciliation.after(document, edits), edits)


def glance(reconciliation: Reconciliation, edits: Sequence[Edit]) -> Proof:
    """As `prove`, with the checks as they are: where an edit would change which checks there are, those are not known.

    Raises EditError where an edit does not fit the document.
    """
    of_cells = [edit for edit in edits if isinstance(edit, SetCell)]
    if len(of_cells) < len(edits):
        return prove(reconciliation, edits)
    return _told(reconciliation, met_as_they_are(reconciliation, of_cells))


def met_as_they_are(reconciliation: Reconciliation, edits: Iterable[SetCell]) -> list[CheckResult]:
    """What the checks of the cells that `edits` give other texts say then, in their order.

    Raises EditError where an edit does not fit the document.
    """
    texts = _texts_after(reconciliation.figures, edits)
    figures, columns = reconciliation.figures.with_texts(texts)
    index, refs = reconciliation.index, tuple(texts)
    positions = {position for ref in refs for position in index.by_cell.get(ref, ())}
    positions.update(position for column in columns for position in index.by_column.get(column, ()))
    results = []
    for position in sorted(positions):
        check = reconciliation.checks[position]
        figures.count_on(check, refs, None)
        results.append(evaluate_one(check, figures))
    return results


def _texts_after(figures: Figures, edits: Iterable[SetCell]) -> dict[CellRef, str]:
    """What the cells print that `edits` change. Raises EditError where one does not fit."""
    texts: dict[CellRef, str] = {}
    for edit in edits:
        try:
            found = texts[edit.ref] if edit.ref in texts else figures.text(edit.ref)
        except (KeyError, IndexError):
            raise EditError(f"there is no cell {edit.ref}") from None
        expect(found, edit.before, edit.ref)
        texts[edit.ref] = edit.after
    return texts


def touches_fact(reconciliation: Reconciliation, edits: Sequence[Edit]) -> bool:
    """Whether an edit changes a cell of a failing check that was decided when it was built."""
    refs = {edit.ref for edit in edits if isinstance(edit, SetCell)}
    return any(
        result.failed and result.check.relation is Relation.FACT
        for ref in refs
        for result in reconciliation.results_of(ref)
    )


def compare(before: Reconciliation, after: Reconciliation, edits: Sequence[Edit]) -> Proof:
    """What changed from one reconciliation to another by `edits`, in the order of the checks.

    A check that an edit does away with, or that can no longer be told, is not cleared: only one that holds is, or one
    whose figures are all gone, so that nothing is left to add up. An edit of rows, columns or names renames checks and
    does away with others: there a failing check that is gone is cleared.
    """
    told = _told(before, _changed(before, after, edits), _edited(edits))
    if not any(isinstance(edit, RESHAPING) or _renames(edit) for edit in edits):
        return told
    still, renamed = failing_still(before, after)
    left = {result.check.id for result in after.failures} | still
    clears = tuple(result.check.id for result in before.failures if result.check.id not in left)
    only_more = all(isinstance(edit, InsertRows) for edit in edits)
    gone = frozenset(check for check in clears if after.result(check) is None) if only_more else frozenset()
    return Proof(clears, tuple(check for check in told.breaks if check not in renamed), gone)


def _renames(edit: Edit) -> bool:
    """Whether an edit changes a name."""
    return isinstance(edit, SetCell) and read_figure(edit.before).kind is FigureKind.TEXT


def _told(before: Reconciliation, results: Iterable[CheckResult], edited: Container[CellRef] | None = None) -> Proof:
    """What these results say beside those before. Where it is known which cells were `edited`, a failing check of none
    of them that was not asked before is one that shows now, and not one that breaks."""
    clears = []
    breaks = []
    for result in results:
        old = before.result(result.check.id)
        failed = old is not None and old.failed
        if failed and _settled(result):
            clears.append(result.check.id)
        elif result.failed and not failed:
            if old is not None or edited is None or any(term.ref in edited for term in result.check.terms):
                breaks.append(result.check.id)
    return Proof(tuple(clears), tuple(breaks))


def _edited(edits: Sequence[Edit]) -> frozenset[CellRef] | None:
    """The cells that get other texts, where that is all that the edits do."""
    if not all(isinstance(edit, SetCell) for edit in edits):
        return None
    return frozenset(edit.ref for edit in edits if isinstance(edit, SetCell))


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
