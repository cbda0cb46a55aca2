"""What decisions mean for findings: which hold, which are stale, and what they forbid the search for repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, pairwise, repeat
from typing import TYPE_CHECKING

from workbench.model.check import Family, Finding
from workbench.model.edit import EditError, SetCell, cell_by_cell
from workbench.model.record import Action, Correction, Decision, Verdict
from workbench.model.table import CellRef, Document
from workbench.review.state import ReviewedFinding

if TYPE_CHECKING:
    from workbench.repairs import Constraints

_ABOUT_CELLS = frozenset({Verdict.CELL_RIGHT, Verdict.VALUE_REJECTED})


def in_force(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that were not taken back, in order."""
    kept: list[Decision] = []
    for decision in decisions:
        if decision.verdict is Verdict.REOPENED:
            kept = [other for other in kept if other.finding != decision.finding]
        else:
            kept.append(decision)
    return tuple(kept)


def last_command(actions: Sequence[Action]) -> Sequence[Action]:
    """Of steps in the order in which they were taken, or taken back, the last that are one to the reviewer: what one
    command did has one moment."""
    count = 0
    while count < len(actions) and _signed(actions[-1 - count]) == _signed(actions[-1]):
        count += 1
    return actions[len(actions) - count :]


def _signed(action: Action) -> tuple[str, datetime]:
    return action.by, action.at


def told_apart(actions: Sequence[Action]) -> int:
    """How many steps these are to the reviewer, a correction with its ruling being one."""
    return len(actions) - len(corrections_along(actions))


def taken_together(actions: Sequence[Action]) -> bool:
    """Whether two steps are one to the reviewer: the ruling that the document is wrong, and the correction with it."""
    match actions:
        case [Decision() as ruling, Correction() as correction]:
            return ruling.along_correction and _signed(ruling) == _signed(correction)
    return False


def corrections_along(actions: Sequence[Action]) -> dict[Decision, Correction]:
    """The corrections that were made in one step with the ruling that the document prints them wrongly."""
    return {
        ruling: correction
        for ruling, correction in pairwise(actions)
        if isinstance(ruling, Decision) and isinstance(correction, Correction) and taken_together((ruling, correction))
    }


def of_each_cell(decisions: Iterable[Decision], actions: Sequence[Action]) -> Iterator[Decision]:
    """These decisions of `actions`, one that was made in one step with a correction as it speaks of each cell that this
    changes."""
    along = corrections_along(actions)
    for ruling in decisions:
        correction = along.get(ruling)
        cells = [] if correction is None else list(_cells_of(correction))
        for cell, labels in cells:
            yield replace(ruling, cell=cell.ref, figures=(cell.before,), value=cell.after, labels=labels)
        if not cells:
            yield ruling


def changes_cells(correction: Correction) -> bool:
    """Whether a correction changes the texts of cells in their places, and not only the shape of a table."""
    return any(True for _ in _cells_of(correction))


def _cells_of(correction: Correction) -> Iterator[tuple[SetCell, tuple[str, str]]]:
    for edit, labels in zip(correction.edits, chain(correction.labels, repeat(("", ""))), strict=False):
        yield from ((cell, labels) for cell in cell_by_cell(edit))


def figures_of(document: Document, refs: Iterable[CellRef]) -> tuple[str, ...]:
    """The texts of these cells as reviewed; "" for one that is gone."""
    return tuple(_text(document, ref) for ref in refs)


def constraints_of(document: Document, decisions: Iterable[Decision]) -> Constraints:
    """What the search for repairs must respect. A ruling on a cell holds while the cell shows what it was made on."""
    from workbench.repairs import Constraints

    immovable: set[CellRef] = set()
    rejected: set[tuple[CellRef, str]] = set()
    families: set[Family] = set()
    for decision in in_force(decisions):
        if decision.verdict is Verdict.RULE_WAIVED and decision.finding in set(Family):
            families.add(Family(decision.finding))
        if decision.cell is None or decision.verdict not in _ABOUT_CELLS:
            continue
        if figures_of(document, (decision.cell,)) != decision.figures:
            continue
        if decision.verdict is Verdict.CELL_RIGHT:
            immovable.add(decision.cell)
        else:
            rejected.add((decision.cell, decision.value))
    return Constraints(frozenset(immovable), frozenset(rejected), frozenset(families))


def reviewed(
    findings: Iterable[Finding], decisions: Iterable[Decision], document: Document
) -> tuple[ReviewedFinding, ...]:
    """Each finding with the last decision on it, and whether the figures that it was taken on still stand.

    A finding of a waived rule family has that waiver as its decision.
    """
    latest: dict[str, Decision] = {}
    waived: dict[str, Decision] = {}
    for decision in in_force(decisions):
        if decision.verdict is Verdict.RULE_WAIVED:
            waived[decision.finding] = decision
        elif decision.along_correction and figures_of(document, filter(None, [decision.cell])) == (decision.value,):
            # What it was about is corrected: what fails under this name now is another matter.
            latest.pop(decision.finding, None)
        elif decision.verdict not in _ABOUT_CELLS or decision.finding not in latest:
            latest[decision.finding] = decision
    result = []
    for finding in findings:
        # Which of its checks comes first, and names it, may change with what else explains them.
        names = dict.fromkeys([finding.id, *(result.check.id for result in finding.results)])
        ruling = next((latest[name] for name in names if name in latest), None)
        if ruling is None or ruling.verdict in _ABOUT_CELLS:
            ruling = waived.get(finding.check.family.value, ruling)
        result.append(ReviewedFinding(finding, ruling, ruling is not None and _is_stale(ruling, finding, document)))
    return tuple(result)


def cell_meant(finding: Finding, cell: CellRef | None, value: str, verdict: Verdict) -> tuple[CellRef, str]:
    """The cell and value that a ruling on a cell is about; by default those of the first suggestion. Raises EditError
    where that one changes the rows or columns of a table: it says of no cell what it should print."""
    for suggestion in finding.suggestions[: 1 if cell is None else None]:
        for edit in chain.from_iterable(map(cell_by_cell, suggestion.edits)):
            if cell in (None, edit.ref):
                rejected = verdict is Verdict.VALUE_REJECTED
                return edit.ref, value or (edit.after if rejected else "")
    if cell is None:
        raise EditError(f"{finding.id} suggests no cell: say which one is meant")
    return cell, value


def _is_stale(decision: Decision, finding: Finding, document: Document) -> bool:
    """Whether the finding shows a figure that the decision was not taken on. One that has fewer figures than then,
    because a rule was waived or another cause explains the rest, does not."""
    if decision.verdict is Verdict.RULE_WAIVED or decision.verdict in _ABOUT_CELLS:
        return False
    return bool(Counter(figures_of(document, finding.cells)) - Counter(decision.figures))


def _text(document: Document, ref: CellRef) -> str:
    try:
        return document.cell(ref).text
    except (KeyError, IndexError):
        return ""
