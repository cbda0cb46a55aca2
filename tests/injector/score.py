"""How well findings point at slips: is the slip visible, where does its cell rank, does its figure come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.injector.shapes import Rows, by_label, gap, same_rows, texts_of
from tests.injector.slips import Slip, with_rows, with_texts
from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Applicability, Finding, Suggestion
from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    Edit,
    EditError,
    InsertColumn,
    InsertRows,
    MergeRows,
    SetCell,
    SetUnit,
    SplitRow,
    apply_edits,
)
from workbench.model.table import CellRef, Document
from workbench.repairs.proposals.proof import RESHAPING

_NOWHERE = 10_000
"""The rank of a slip that nothing names."""


@dataclass(frozen=True)
class Mark:
    """What became of one slip.

    It is `visible` where it makes a failing check say something else, alone or beside the others: `telling` where one
    fails by it alone, visible too where one that fails would say something else without it. Where a failing check only
    touches its cells (`touched`), as that of a sum does in which two parts changed places, the slip has left no trace
    that anyone could find it by. `rank` is its place behind the innocent cells
    that the document's list names first, `tied` behind those that the list holds to be likelier: cells as likely as
    each other have to stand in some order. It is `exact` where the figures come back, and `whole` where what else it
    cost does too: a row that no other table names comes back without its code.
    """

    slip: Slip
    visible: bool
    rank: int
    exact: bool
    tied: int = 0
    telling: bool = True
    whole: bool = True
    touched: bool = True


@dataclass(frozen=True)
class Safety:
    """How many suggestions were called safe, and how many of those were wrong."""

    safe: int
    wrong: int


def marks(
    reconciliation: Reconciliation,
    findings: Sequence[Finding],
    slips: Sequence[Slip],
    known: frozenset[CellRef] = frozenset(),
    clean: Reconciliation | None = None,
    otherwise: Sequence[Finding] = (),
) -> list[Mark]:
    """One mark a slip. The rank counts the innocent cells that stand above the best cell of the slip in the document's
    list, cells ordered by the shares of the suggestions that change them. A slip's figures come back if the first
    suggestions of all findings, taken together, restore every one of its cells. `known` are cells that were suspected
    before anything slipped: a document may have errors of its own. `clean` is the reconciliation before the slips; by
    it a slip that changed the shape of a table shows if it makes a check fail when it is put in alone. `otherwise` are
    the findings of that one: what they mend of the document's own errors is mended beside the slips too."""
    shares: dict[CellRef, float] = {}
    for finding in findings:
        for suggestion in finding.suggestions:
            for ref in changed_cells(reconciliation.document, suggestion.edits):
                shares[ref] = shares.get(ref, 0.0) + suggestion.share
    ranked = sorted(shares, key=lambda ref: -round(shares[ref], 6))
    guilty = {ref for slip in slips for ref in slip.refs} | known
    repaired = _repaired(reconciliation.document, findings)
    mended = _repaired(clean.document, otherwise) if clean is not None and otherwise else None
    failing = {term.ref for result in reconciliation.failures for term in result.check.terms}
    like = clean or reconciliation
    found = []
    for slip in slips:
        telling = _tells(slip, clean, reconciliation if len(slips) == 1 else None)
        touched = telling if slip.table else bool(slip.refs & failing)
        visible = touched and (telling or _shows(reconciliation, slip, like))
        innocents = 0
        rank = tied = _NOWHERE
        for ref in ranked:
            if ref in slip.refs:
                rank = innocents + 1
                tied = 1 + sum(other not in guilty and _likelier(shares, other, ref) for other in ranked)
                break
            innocents += ref not in guilty
        whole = _undone(repaired, slip, mended)
        exact = whole or _undone(repaired, slip, mended, codes=False)
        found.append(Mark(slip, visible, rank, exact, tied, telling, whole, touched))
    return found


def _likelier(shares: Mapping[CellRef, float], one: CellRef, other: CellRef) -> bool:
    return round(shares[one], 6) > round(shares[other], 6)


def _tells(slip: Slip, clean: Reconciliation | None, alone: Reconciliation | None) -> bool:
    """Whether a slip makes a check fail that did not when it is put in alone."""
    if clean is None:
        return True
    if alone is None or slip.table:
        alone = alone_with(clean, slip)
    before = {result.check.id for result in clean.failures}
    return any(result.check.id not in before for result in alone.failures)


def _shows(reconciliation: Reconciliation, slip: Slip, like: Reconciliation) -> bool:
    """Whether a failing check that touches a slip of cells says something else once this slip alone is put right."""
    without = _reconciled(like, with_texts(reconciliation.document, dict(slip.truth)))
    for result in reconciliation.failures:
        if any(term.ref in slip.refs for term in result.check.terms):
            other = without.result(result.check.id)
            if other is None or (other.outcome, other.residual) != (result.outcome, result.residual):
                return True
    return False


def _reconciled(like: Reconciliation, document: Document) -> Reconciliation:
    """A document met with the rules, or with the fixed list of checks, that another one was met with."""
    return like.of(document) if type(like) is Reconciliation else like.after(document, ())


def alone_with(clean: Reconciliation, slip: Slip) -> Reconciliation:
    """The document with this slip and no other one."""
    if slip.table:
        return Reconciliation.of(with_rows(clean.document, {slip.table: slip.after}))
    return _reconciled(clean, with_texts(clean.document, dict(slip.printed)))


def _undone(repaired: Document, slip: Slip, mended: Document | None = None, *, codes: bool = True) -> bool:
    """Whether every cell of the slip prints its figure again, and a table of another shape its rows (their figures, and
    their `codes`): those that it had, or what is made of them where the document has errors of its own."""
    if slip.table:
        wanted = [slip.rows] + ([texts_of(mended.table(slip.table))] if mended is not None else [])
        return any(same_rows(texts_of(repaired.table(slip.table)), rows, codes=codes) for rows in wanted)
    try:
        if all(_same(repaired.cell(ref).text, text) for ref, text in slip.truth):
            return True
    except IndexError:
        return False
    # Where figures of the table are put elsewhere with or without the slip, all of it must come out the same.
    tables = {ref.table for ref, _ in slip.truth}
    return mended is not None and all(
        same_rows(texts_of(repaired.table(table)), texts_of(mended.table(table))) for table in tables
    )


def still_known(known: frozenset[CellRef], before: Document, after: Document) -> frozenset[CellRef]:
    """The same cells, wherever their rows stand after slips of shape (rows are known by what they print that is no
    figure), and wherever their figures stand after slips that moved them."""
    found = set(known)
    for table in {ref.table for ref in known if ref.table in {table.id for table in after.tables}}:
        one, other = texts_of(before.table(table)), texts_of(after.table(table))
        if len(one) != len(other) or [_words(row) for row in one] != [_words(row) for row in other]:
            for ref in known:
                if ref.table == table and 0 <= ref.row < len(one) and _words(one[ref.row]):
                    rows = (row for row, texts in enumerate(other) if _words(texts) == _words(one[ref.row]))
                    found.update(CellRef(table, row, ref.column) for row in rows)
        else:
            found.update(place for ref in known if ref.table == table for place in _moved_to(ref, one, other))
    return frozenset(found)


def _moved_to(ref: CellRef, one: Rows, other: Rows) -> list[CellRef]:
    """The cells that print what a cell printed and no longer does."""
    # A suggestion may reach a row or a column that it puts in itself.
    text = one[ref.row][ref.column] if 0 <= ref.row < len(one) and ref.column < len(one[ref.row]) else ""
    if not read_figure(text).value or other[ref.row][ref.column] == text:
        return []
    return [
        CellRef(ref.table, row, column)
        for row, texts in enumerate(other)
        for column, now in enumerate(texts)
        if now == text != one[row][column]
    ]


def _words(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(text for text in row if text and read_figure(text).kind is FigureKind.TEXT)


def suspected(reconciliation: Reconciliation, findings: Sequence[Finding]) -> frozenset[CellRef]:
    """The cells that any suggestion would change."""
    return frozenset(
        ref
        for finding in findings
        for suggestion in finding.suggestions
        for ref in changed_cells(reconciliation.document, suggestion.edits)
    )


def safety(
    document: Document, findings: Sequence[Finding], slips: Sequence[Slip], known: frozenset[CellRef] = frozenset()
) -> Safety:
    """Counts safe suggestions; one is wrong if it leaves any cell that it touches with another than its true figure.
    Those on `known` cells are not counted."""
    truth = {ref: text for slip in slips for ref, text in slip.truth}
    shapes = {slip.table: slip for slip in slips if slip.table}
    safe = wrong = 0
    for finding in findings:
        for suggestion in finding.suggestions:
            if suggestion.applicability is Applicability.SAFE:
                if known and known.intersection(changed_cells(document, suggestion.edits)):
                    continue
                safe += 1
                wrong += not _right(document, suggestion, truth, shapes)
    return Safety(safe, wrong)


def _right(
    document: Document, suggestion: Suggestion, truth: dict[CellRef, str], shapes: dict[str, Slip] | None = None
) -> bool:
    after = apply_edits(document, suggestion.edits)
    tables = {_table_of(edit) for edit in suggestion.edits}
    slipped = [slip for table, slip in (shapes or {}).items() if table in tables]
    if slipped and not reshapes(suggestion.edits):
        # It may mend one half of a table of two halves: what it touches must be as it was.
        touched = {ref.column for ref in changed_cells(document, suggestion.edits)}
        return all(
            _undone(after, slip)
            or all(by_label(texts_of(after.table(slip.table)), at) == by_label(slip.rows, at) for at in touched)
            for slip in slipped
        )
    if slipped or reshapes(suggestion.edits):
        return all(_undone(after, slip) for slip in slipped) and {slip.table for slip in slipped} == tables
    return all(
        _same(after.cell(ref).text, truth.get(ref, document.cell(ref).text))
        for ref in changed_cells(document, suggestion.edits)
    )


def reshapes(edits: Sequence[Edit]) -> bool:
    """Whether edits change the rows or columns of a table."""
    return any(isinstance(edit, RESHAPING) for edit in edits)


def _table_of(edit: Edit) -> str:
    return edit.ref.table if hasattr(edit, "ref") else edit.table


def changed_cells(document: Document, edits: Sequence[Edit]) -> list[CellRef]:
    """The cells whose figures the edits change; of rows that are cut, joined or taken out all cells, of one put in the
    gap that it fills."""
    found: list[CellRef] = []
    cells = [edit for edit in edits if not isinstance(edit, RESHAPING)]
    for edit in edits:
        if isinstance(edit, InsertRows | InsertColumn | DeleteColumn):
            found.append(gap(edit.table))
        elif isinstance(edit, MergeRows | SplitRow | DeleteRows):
            count = len(edit.before) if isinstance(edit, DeleteRows) else 2 if isinstance(edit, MergeRows) else 1
            rows = range(edit.row, edit.row + count)
            found += [
                CellRef(edit.table, row, column) for row in rows for column in range(document.table(edit.table).width)
            ]
    if any(isinstance(edit, SetUnit) for edit in edits) or len(cells) < len(edits):
        pairs = [edit for edit in cells if isinstance(edit, SetCell)]
        return found + [edit.ref for edit in pairs if not _same(edit.before, edit.after)]
    if all(isinstance(edit, SetCell) for edit in edits):
        pairs = [edit for edit in edits if isinstance(edit, SetCell)]
        return [edit.ref for edit in pairs if not _same(edit.before, edit.after)]
    after = apply_edits(document, tuple(edits))
    tables = {edit.ref.table for edit in edits if hasattr(edit, "ref")}
    return [
        ref
        for table in document.tables
        if table.id in tables
        for ref in table.refs()
        if not _same(document.cell(ref).text, after.cell(ref).text)
    ]


def _repaired(document: Document, findings: Sequence[Finding]) -> Document:
    firsts = [next((s.edits for s in finding.suggestions if s.edits), ()) for finding in findings]
    # What changes the shape of a table comes last: it would move the places of the others.
    for edits in sorted(firsts, key=reshapes):
        try:
            document = apply_edits(document, edits)
        except EditError:
            continue
    return document


def _same(one: str, other: str) -> bool:
    a, b = read_figure(one), read_figure(other)
    if FigureKind.GARBLED in (a.kind, b.kind):
        return one == other
    return (a.value or Decimal(0)) == (b.value or Decimal(0))
