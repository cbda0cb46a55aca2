"""Tables whose columns were told by reckoning, and whose sums say that they were told wrong.

Text that lost its layout does not say in which column a figure stands: sums and alignment do, and its cells are marked
as inferred. Where so many sums of such a table fail that neither a few figures nor one row or column can be at fault,
the reading is: then one finding says so, and what its figures would be held against is not asked one by one. A table
with some wrong figures keeps all its checks. Which tables these are the figures as printed decide, and those of a
reviewer let one off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from workbench.checks.context import Context
from workbench.checks.evaluate import applies, evaluate_one
from workbench.checks.figures import Figures
from workbench.model.check import SUM_FAMILIES, Check, Family
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_FEWEST_INFERRED = 4
_FEWEST_FAILING, _SHARE = 4, 5
"""So many sums of a table fail at least, and one in so many."""
_FEW_CELLS = 2
"""So many wrong figures may be what is wrong with a table that was read right."""
_ABOUT_FIGURES = SUM_FAMILIES | {
    Family.CROSS_TABLE, Family.NARRATIVE, Family.PERCENT, Family.YOY, Family.PRODUCT, Family.PLACEMENT,
}  # fmt: skip
"""The families that hold figures against others; what they say of a table rests on its columns."""


def without_doubtful(context: Context, checks: Sequence[Check]) -> list[Check]:
    """The checks, those about the figures of tables whose columns are doubtful left out, with one that says so for each
    of these tables."""
    sums = _sums_by_table(context, checks)
    doubtful: dict[str, tuple[Table, int, int]] = {}
    for table in context.document.tables:
        own = sums.get(table.id, ())
        if len(own) < _FEWEST_FAILING or not _is_refuted(own, context.printed)[0]:
            continue
        context.guards.update(table.refs())
        refuted, failing, asked = _is_refuted(own, context.figures)
        if refuted:
            doubtful[table.id] = table, failing, asked
    if not doubtful:
        return list(checks)
    kept = [
        check
        for check in checks
        if check.family not in _ABOUT_FIGURES or not any(term.ref.table in doubtful for term in check.terms)
    ]
    return [*kept, *(_doubt(context, *found) for found in doubtful.values())]


def _sums_by_table(context: Context, checks: Iterable[Check]) -> dict[str, list[Check]]:
    """The sums within each table whose columns were inferred in good part."""
    inferred = {table.id for table in context.document.tables if _is_inferred(table)}
    found: dict[str, list[Check]] = {}
    for check in checks if inferred else ():
        if check.table in inferred and check.family in SUM_FAMILIES and not check.weak:
            if all(term.ref.table == check.table for term in check.terms):
                found.setdefault(check.table, []).append(check)
    return found


def _is_inferred(table: Table) -> bool:
    figures = [cell for row in table.rows for cell in row if cell.figure.value is not None]
    inferred = sum(cell.inferred for cell in figures)
    return inferred >= _FEWEST_INFERRED and inferred * 4 >= len(figures)


def _is_refuted(checks: Sequence[Check], figures: Figures) -> tuple[bool, int, int]:
    """Whether sums fail that have no few figures, no row and no column in common; how many do, and of how many."""
    results = [result for result in (evaluate_one(check, figures) for check in checks) if applies(result)]
    failing = [[term.ref for term in result.check.terms] for result in results if result.failed]
    asked = sum(result.expected is not None for result in results)
    broad = len(failing) >= _FEWEST_FAILING and len(failing) * _SHARE >= asked and not _has_one_cause(failing)
    return broad, len(failing), asked


def _has_one_cause(failing: Sequence[Sequence[CellRef]]) -> bool:
    """Whether all have a row or a column in common, or a few cells stand in all of them."""
    for line in (_rows, _columns):
        if set.intersection(*(set(line(refs)) for refs in failing)):
            return True
    left = [set(refs) for refs in failing]
    for _ in range(_FEW_CELLS):
        counts = Counter(ref for refs in left for ref in refs)
        if not counts:
            return True
        most = max(counts, key=lambda ref: counts[ref])
        left = [refs for refs in left if most not in refs]
    return not left


def _rows(refs: Iterable[CellRef]) -> Iterator[int]:
    return (ref.row for ref in refs)


def _columns(refs: Iterable[CellRef]) -> Iterator[int]:
    return (ref.column for ref in refs)


def _doubt(context: Context, table: Table, failing: int, asked: int) -> Check:
    first = next(ref for ref in table.refs() if table.cell(ref.row, ref.column).inferred)
    return context.fact(
        Family.EXTRACTION,
        [first],
        Message(
            f"In which columns the figures of 《{table.title}》 stand was reckoned, and {failing} of its {asked} sums"
            " fail: its columns are doubtful, and its figures are held against nothing until they are put right.",
            f"《{table.title}》的金额列位系推算得出，而其{asked}项合计中有{failing}项不符：列位存疑，理顺之前不再逐项核对。",
        ),
        key=("doubtful columns",),
    )
