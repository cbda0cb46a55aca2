"""The steps of a review that change what the document says: edits, suggestions taken, cells put back.

Where the source itself prints a wrong figure, taking what the sums ask for may be two statements in one step: the
figure that the data has from now on, and the ruling that the document is wrong, with the right figure in it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import chain

from workbench.errors import UnknownNameError
from workbench.model.check import Applicability, Finding, Suggestion
from workbench.model.edit import Edit, EditError, SetCell, SetHeaderCell, cell_by_cell
from workbench.model.message import Message
from workbench.model.record import Correction, Decision, Verdict
from workbench.model.table import Cell, CellRef, Document
from workbench.records.places.labels import documents_before, labelled, labels_at
from workbench.records.places.spots import spot_at, spot_of_edit
from workbench.review.recording import Recording
from workbench.review.rulings import figures_of
from workbench.review.state import Change
from workbench.review.turns import one_at_a_time


class Correcting(Recording):
    """The commands that correct."""

    @one_at_a_time
    def apply(self, edits: tuple[Edit, ...], *, method: str = "manual", note: str = "") -> Change:
        """Make these edits, as one step. Edits that put a text for itself are left out; of none comes no step."""
        return self._apply(edits, method, note, self._clock())

    @one_at_a_time
    def accept(self, finding_id: str, suggestion: int = 0, *, source_error: bool = False) -> Change:
        """Apply a suggestion of a finding; with `source_error` the document itself is ruled to be wrong in the same
        step. Raises UnknownNameError, and EditError where there is no such suggestion."""
        self._know_causes()
        finding = self._finding(finding_id)
        suggestions = finding.suggestions
        if not 0 <= suggestion < len(suggestions) or not suggestions[suggestion].edits:
            raise EditError(f"{finding_id} has no suggestion {suggestion + 1} that changes anything")
        return self._take(finding, suggestions[suggestion], source_error, self._clock())

    @one_at_a_time
    def accept_safe(self, source_errors: Collection[str] = (), without: Collection[str] = ()) -> tuple[Change, ...]:
        """Apply the safe suggestions of all open findings but those in `without`, until none is left; undo takes all
        of them back. Of the findings in `source_errors` the document itself is ruled to be wrong."""
        at = self._clock()
        self._know_causes()
        changes: list[Change] = []
        tried: set[tuple[Edit, ...]] = set()
        while (found := self._next_safe(tried, without)) is not None:
            finding, suggestion = found
            tried.add(suggestion.edits)
            changes.append(self._take(finding, suggestion, finding.id in source_errors, at))
            self._know_causes()
        return tuple(changes)

    @one_at_a_time
    def revert(self, ref: CellRef) -> Change:
        """Put a cell back to what is printed."""
        cell = cell_of(self.state.document, ref)
        return self.apply((SetCell(ref, cell.text, cell.printed),), method="revert")

    def _take(self, finding: Finding, suggestion: Suggestion, source_error: bool, at: datetime) -> Change:
        if source_error:
            # Before the correction, which leaves no finding to rule on.
            self._do(self._source_error(finding, suggestion.edits, at))
        return self._apply(suggestion.edits, suggestion.method, "", at)

    def _source_error(self, finding: Finding, edits: tuple[Edit, ...], at: datetime) -> Decision:
        """The ruling that the document prints the changed cells wrongly; of the first of them also what is right there,
        of the others the correction says it that follows in the same step."""
        document = self.state.document
        first = next(chain.from_iterable(map(cell_by_cell, edits)), None)
        cell = first.ref if first is not None else next(iter(finding.cells), None)
        refs = finding.cells if cell is None else (cell,)
        spots = tuple(spot_at(document, ref) for ref in refs)
        return Decision(
            finding.id,
            Verdict.SOURCE_ERROR,
            figures_of(document, refs),
            self._reviewer,
            at,
            cell=cell,
            value=first.after if first is not None else "",
            labels=labels_at(document, cell) if cell is not None else ("", ""),
            spots=spots if any(spots) else (),
        )

    def _apply(self, edits: tuple[Edit, ...], method: str, note: str, at: datetime) -> Change:
        edits = tuple(edit for edit in edits if not _changes_nothing(edit))
        if not edits:
            return Change(Message("nothing changed", "没有变化"))
        document = self.state.document
        labels = labelled(document, edits)
        spots = tuple(spot_of_edit(before, edit) for before, edit in documents_before(document, edits))
        return self._do(Correction(edits, labels, self._reviewer, at, method, note, spots if any(spots) else ()))

    def _finding(self, identifier: str) -> Finding:
        found = self.state.finding(identifier)
        if found is None:
            raise UnknownNameError("finding", identifier, [item.finding.id for item in self.state.findings])
        return found.finding

    def _next_safe(self, tried: set[tuple[Edit, ...]], without: Collection[str]) -> tuple[Finding, Suggestion] | None:
        for item in self.state.round:
            for suggestion in item.finding.suggestions[:1] if item.finding.id not in without else ():
                if suggestion.applicability is Applicability.SAFE and suggestion.edits not in tried:
                    return item.finding, suggestion
        return None


def cell_of(document: Document, ref: CellRef) -> Cell:
    """The cell at a place. Raises EditError where there is none."""
    try:
        return document.cell(ref)
    except (KeyError, IndexError):
        raise EditError(f"there is no cell {ref}") from None


def _changes_nothing(edit: Edit) -> bool:
    return isinstance(edit, SetCell | SetHeaderCell) and edit.before == edit.after
