"""Tables whose columns were told by reckoning, and whose sums say that they were told wrong.

Text that lost its layout does not say in which column a figure stands: sums and alignment do, and its cells are marked
as inferred; so are the labels of a header whose order was lost. Where so many sums of such a table fail that a few
figures, a row or a column cannot be at fault (or, where the header was reckoned, most of those of one column), the
reading is: then one finding says so, and what its figures would be held against is not asked one by one. A table with
some wrong figures keeps all its checks. What other tables and the text say against a reckoned cell is no evidence of a
wrong figure unless some other check bears its place out. Which tables these are the figures as printed decide, and
those of a reviewer let one off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from workbench.checks.context import Context
from workbench.checks.evaluate import applies, evaluate_one
from workbench.checks.figures import Figures
from workbench.model.check import SUM_FAMILIES, Check, CheckResult, Family
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
_WITHIN = SUM_FAMILIES | {Family.PERCENT, Family.YOY, Family.PRODUCT}
"""Those of them that hold a table against itself."""
_ACROSS = frozenset({Family.CROSS_TABLE, Family.NARRATIVE})
"""Those of them that hold a table against what stands outside of it."""


def without_doubtful(context: Context, checks: Sequence[Check]) -> list[Check]:
    """The checks, those about the figures of tables whose columns are doubtful left out, with one that says so for each
    of these tables."""
    sums = _sums_by_table(context, checks)
    doubtful: dict[str, tuple[Table, int, int]] = {}
    for table in context.document.tables:
        own, headed = sums.get(table.id, ()), _has_inferred_header(table)
        if len(own) < _FEWEST_FAILING or not _is_refuted(own, context.printed, headed=headed)[0]:
            continue
        context.guards.update(table.refs())
        refuted, failing, asked = _is_refuted(own, context.figures, headed=headed)
        if refuted:
            doubtful[table.id] = table, failing, asked
    kept = checks
    if doubtful:
        kept = [
            check
            for check in checks
            if check.family not in _ABOUT_FIGURES or not any(term.ref.table in doubtful for term in check.terms)
        ]
    kept = _without_unborne(context, kept)
    return [*kept, *(_doubt(context, *found) for found in doubtful.values())]


def _without_unborne(context: Context, checks: Sequence[Check]) -> list[Check]:
    """The checks without those by which something outside of a table speaks against a reckoned cell of it that no check
    bears out."""
    reckoned = {table.id: table for table in context.document.tables if _is_inferred(context, table)}
    if not reckoned:
        return list(checks)
    told = [
        evaluate_one(check, context.printed)
        for check in checks
        if check.family in _ABOUT_FIGURES and any(term.ref.table in reckoned for term in check.terms)
    ]
    borne = {
        term.ref for result in told if applies(result) and result.expected is not None and not result.failed
        for term in result.check.terms
    }  # fmt: skip
    # a header is in question where something of its own table speaks against it
    refuted = {result.check.table for result in told if result.failed and result.check.family in _WITHIN}
    headed = {key for key, table in reckoned.items() if key in refuted and _has_inferred_header(table)}

    def is_unborne(ref: CellRef) -> bool:
        table = reckoned.get(ref.table)
        return (
            table is not None and ref not in borne and (ref.table in headed or table.cell(ref.row, ref.column).inferred)
        )

    unborne = {
        id(result.check): refs
        for result in told
        if result.failed and result.check.family in _ACROSS
        and (refs := [term.ref for term in result.check.terms if is_unborne(term.ref)])
    }  # fmt: skip
    context.guards.update(ref for refs in unborne.values() for ref in refs)
    return [check for check in checks if id(check) not in unborne]


def _sums_by_table(context: Context, checks: Iterable[Check]) -> dict[str, list[Check]]:
    """The sums within each table whose columns were inferred in good part."""
    inferred = {table.id for table in context.document.tables if _is_inferred(context, table)}
    found: dict[str, list[Check]] = {}
    for check in checks if inferred else ():
        if check.table in inferred and check.family in _WITHIN and not check.weak:
            if all(term.ref.table == check.table for term in check.terms):
                found.setdefault(check.table, []).append(check)
    return found


def _is_inferred(context: Context, table: Table) -> bool:
    """Whether the columns of a table were inferred in good part."""
    return context.once(("inferred columns", table.id), (table,), lambda: _has_inferred_columns(table))


def _has_inferred_columns(table: Table) -> bool:
    figures = [cell for row in table.rows for cell in row if cell.figure.value is not None]
    inferred = sum(cell.inferred for cell in figures)
    return _has_inferred_header(table) or (inferred >= _FEWEST_INFERRED and inferred * 4 >= len(figures))


def _has_inferred_header(table: Table) -> bool:
    return any(cell.inferred for row in table.header for cell in row)


def _is_refuted(checks: Sequence[Check], figures: Figures, *, headed: bool) -> tuple[bool, int, int]:
    """Whether sums fail that have no few figures, no row and no column in common; how many do, and of how many. With
    `headed`, where the header was reckoned, half of the sums of one column are enough."""
    results = [result for result in (evaluate_one(check, figures) for check in checks) if applies(result)]
    told = [result for result in results if result.expected is not None]
    failing = [[term.ref for term in result.check.terms] for result in results if result.failed]
    if len(failing) < _FEWEST_FAILING or _are_few_figures(failing):
        return False, len(failing), len(told)
    broad = len(failing) * _SHARE >= len(told) and not _have_a_line(failing)
    return broad or (headed and _is_column_refuted(told)), len(failing), len(told)


def _is_column_refuted(results: Sequence[CheckResult]) -> bool:
    """Whether half of the sums down one column fail, or of those that add up the same columns."""
    along: dict[tuple[int, ...], list[CheckResult]] = {}
    for result in results:
        columns = tuple(sorted({term.ref.column for term in result.check.terms}))
        along.setdefault(columns, []).append(result)
    for own in along.values():
        failing = [[term.ref for term in result.check.terms] for result in own if result.failed]
        if len(failing) >= _FEWEST_FAILING and len(failing) * 2 >= len(own) and not _are_few_figures(failing):
            return True
    return False


def _have_a_line(failing: Sequence[Sequence[CellRef]]) -> bool:
    """Whether all have a row or a column in common."""
    return any(set.intersection(*(set(line(refs)) for refs in failing)) for line in (_rows, _columns))


def _are_few_figures(failing: Sequence[Sequence[CellRef]]) -> bool:
    """Whether a few cells stand in all of them."""
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
    inferred = (ref for ref in table.refs() if table.cell(ref.row, ref.column).inferred)
    figures = (ref for ref in table.refs() if table.cell(ref.row, ref.column).figure.value is not None)
    first = next(inferred, None) or next(figures)
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
