"""Figures that were rounded to a coarser unit, and what they were before: as other cells print them to the last place,
then as the checks ask; what nothing tells stays rounded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workbench.checks import Reconciliation
from workbench.model.amount import print_like
from workbench.model.check import CheckResult, Relation
from workbench.model.edit import SetCell, apply_edits
from workbench.model.table import CellRef, Document
from workbench.repairs.evidence.corroboration import FigureIndex
from workbench.repairs.fixed_point import to_decimal

_ROUNDS = 3
_TELLING = 1000
"""A figure printed anywhere is the one that was rounded only where that has so many times the size of its rounding."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """The figures of a line as edits, and how far those may be off that stay rounded."""

    edits: tuple[SetCell, ...]
    rounded: Mapping[CellRef, Decimal]

    def explains(self, result: CheckResult | None) -> bool:
        """Whether a check fails by no more than digits that were lost."""
        if result is None or result.residual is None or result.check.relation is not Relation.EQUAL:
            return False
        most = sum((abs(term.coefficient) * self.rounded.get(term.ref, 0) for term in result.check.terms), Decimal(0))
        return bool(most) and abs(result.residual) <= most + result.tolerance


def rounded(reconciliation: Reconciliation, scaled: Sequence[SetCell], power: int) -> Recovered:
    """The figures that `scaled` brings into another unit, by a power of ten, with no digit that was lost in it."""
    if power < 0:
        return Recovered(tuple(scaled), {})
    return Recovered(
        tuple(scaled), {edit.ref: reconciliation.figures.read(edit.ref).half_unit.scaleb(power) for edit in scaled}
    )


def recover(reconciliation: Reconciliation, scaled: Sequence[SetCell], power: int) -> Recovered:
    """The same with the digits that were lost."""
    half = rounded(reconciliation, scaled, power).rounded
    if not half:
        return Recovered(tuple(scaled), {})
    coarse = {edit.ref: reconciliation.document.cell(edit.ref).figure.value for edit in scaled}
    near = {ref: value.scaleb(power) for ref, value in coarse.items() if value is not None}
    printed = _Printed.of(reconciliation.document, half.keys())
    exact = {ref: value for ref in near if (value := printed.told(ref, near[ref], half[ref])) is not None}
    for _ in range(_ROUNDS):
        found = _asked(reconciliation, _edits(scaled, exact), exact, near, half)
        if not found:
            break
        exact.update(found)
    left = {ref: half[ref] for ref in near if ref not in exact}
    return Recovered(_edits(scaled, exact), left)


def _edits(scaled: Sequence[SetCell], exact: Mapping[CellRef, Decimal]) -> tuple[SetCell, ...]:
    return tuple(
        SetCell(edit.ref, edit.before, print_like(exact[edit.ref], edit.after) if edit.ref in exact else edit.after)
        for edit in scaled
    )


def _asked(
    reconciliation: Reconciliation,
    edits: Sequence[SetCell],
    exact: Mapping[CellRef, Decimal],
    near: Mapping[CellRef, Decimal],
    half: Mapping[CellRef, Decimal],
) -> dict[CellRef, Decimal]:
    """What failing checks ask of a figure that is still rounded, each of one such figure only."""
    after = reconciliation.after(apply_edits(reconciliation.document, tuple(edits)), edits)
    found: dict[CellRef, Decimal] = {}
    for result in after.failures:
        still = [term for term in result.check.terms if term.ref in near and term.ref not in exact]
        if result.residual is None or result.check.relation is not Relation.EQUAL or len(still) != 1:
            continue
        (term,) = still
        figures = after.figures
        off = sum(
            (other.coefficient * (figures.read(other.ref).value or 0) for other in result.check.terms),
            result.check.constant,
        )
        now = figures.read(term.ref).value
        value = now - off / term.coefficient if now is not None else None
        if value is not None and abs(value - near[term.ref]) <= half[term.ref]:
            found.setdefault(term.ref, value)
    return found


@dataclass(frozen=True, slots=True)
class _Printed:
    """The figures that a document prints in other cells than those of a line."""

    index: FigureIndex
    document: Document
    of_line: frozenset[CellRef]
    ordered: Sequence[Decimal]

    @classmethod
    def of(cls, document: Document, refs: Collection[CellRef]) -> _Printed:
        """Those of a document but for these cells."""
        index = FigureIndex()
        index.update(document)
        of_line = frozenset(refs)
        every = {ref for table in document.tables for ref in table.refs()} - of_line
        figures = {figure.value for ref in every if (figure := document.cell(ref).figure).decimals and figure.value}
        return cls(index, document, of_line, sorted(figures))

    def told(self, ref: CellRef, near: Decimal, half: Decimal) -> Decimal | None:
        """The figure that was rounded to one near this: another one of its row, one that its name has elsewhere, or the
        only one of the document where chance brings none so near."""
        row = self.document.table(ref.table).rows[ref.row]
        beside = [
            cell.figure.value
            for column, cell in enumerate(row)
            if CellRef(ref.table, ref.row, column) not in self.of_line and cell.figure.value
        ]
        named = [to_decimal(value) for value in self.index.said_elsewhere(ref)]
        first = bisect_left(self.ordered, near - half)
        anywhere = self.ordered[first : bisect_right(self.ordered, near + half)]
        for figures in (beside, named, anywhere if abs(near) >= _TELLING * half else ()):
            found = {value for value in figures if value is not None and abs(value - near) <= half}
            if len(found) == 1:
                return found.pop()
        return None
