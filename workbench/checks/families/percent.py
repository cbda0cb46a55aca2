"""Shares: 占比 and 完成预算的百分比 in running text, and columns of shares in tables, recomputed.

A share of d printed decimals stands for ±½·10⁻ᵈ per cent; part and whole count with the intervals they are printed to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.printed import all_printed, printed_figure
from workbench.checks.families.quoted.amounts import Quote, Quotes, from_text
from workbench.fiscal.concepts import concepts, named
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, StatedKind, Table

_OF = re.compile(r"占(?P<whole>[^占]*)$")
_PLAN = re.compile(r"完成(?P<plan>年初|全年|调整|年度)?.*预算|(?:预算)?执行率$")
_JOINED = re.compile(r"[和及与、]$")
_LOOK_BACK = 6
_FELLOWS_WITHIN = 14
_SHARE_HEAD = re.compile(r"占比.*|占.*(?:比重|比例|百分比)|比重.*|所占比例.*|构成比.*")
_DONE_HEAD = re.compile(r"(?:预算)?(?:执行率|完成率|执行进度|完成比例|完成预算.*|执行率.*)")
_PLAN_HEAD = re.compile(r"预算数?$|全年预算")
_SPENT_HEAD = re.compile(r"决算数?$|执行数?$|支出数$")
_NO_AMOUNT = re.compile(r"[率幅%％]|增减|增长|升降|占比|比重|比例|差额")
_TOTAL = re.compile(r"合计|总计|小计")


def build(context: Context) -> Iterator[Check]:
    """Shares in the text and in tables."""
    yield from from_text(context, "shares of the text", _stated_shares)
    yield from context.by_table("shares", context.document.tables, _share_columns)


def _stated_shares(context: Context, quotes: Quotes) -> Iterator[Check]:
    for share in quotes.all:
        if share.kind is StatedKind.SHARE:
            yield from _stated_share(context, quotes, share)


def _stated_share(context: Context, quotes: Quotes, share: Quote) -> Iterator[Check]:
    part = quotes.parent(share)
    if part is None or part.kind is not StatedKind.AMOUNT:
        return
    before = quotes.all[share.position - 1]
    whole = (
        before
        if before.figure.id in quotes.plans
        else _plan(quotes, share, part)
        if _PLAN.search(share.figure.label)
        else _whole(quotes, share, part)
    )
    if whole is None:
        return
    divisor = quotes.term(whole, "whole", 1, part.figure.unit)
    if divisor is None:
        return
    yield context.check(
        Family.PERCENT,
        Relation.RATIO,
        [Term(share.ref, Decimal(1), "share"), Term(part.ref, Decimal(1), "part"), divisor],
        Message(
            f"“{share.title}” is “{part.title}” as a percentage of “{whole.title}”.",
            f"“{share.title}”等于“{part.title}”÷“{whole.title}”。",
        ),
        # Shares of one whole are often trimmed by one in the last place so that they add up to 100.
        tolerance=2 * share.figure.cell.figure.half_unit,
    )


def _whole(quotes: Quotes, share: Quote, part: Quote) -> Quote | None:
    """What the share is a share of: the amount that the text names (占本年支出合计的…), else what its part is a part of."""
    nearest = _nearest_whole(quotes, share, part)
    said = _OF.search(share.figure.label)
    name = label_key(said["whole"]).removesuffix("的") if said else ""
    if name in ("", "比") and nearest is None:
        return _whole_of_known_parts(quotes, part)
    if name in ("", "比") or (nearest is not None and _is_called(nearest, name)):
        return nearest
    concept = named(name).concept
    return next(
        (
            quote
            for quote in reversed(quotes.amounts)
            if quote.position < share.position
            and quote is not part
            and (label_key(quote.figure.label).startswith(name) or (concept and quote.concept == concept))
            and quotes.of_this_year(quote)
            and quote.figure.parent != part.figure.id
        ),
        None,
    )


def _is_called(quote: Quote, name: str) -> bool:
    """Whether a figure is what a text calls by the end of its name (总支出 of 一般公共预算总支出), and not one of two that
    it names (税收返还和转移支付)."""
    key = label_key(quote.figure.label)
    return key.endswith(name) and not _JOINED.search(key.removesuffix(name))


def _nearest_whole(quotes: Quotes, share: Quote, part: Quote) -> Quote | None:
    """Of the wholes above a part the nearest; a higher one where the share as printed is one of that: a part of a part
    is often given as a share of the grand total."""
    above = [
        root for root in quotes.roots(part) if root.kind is StatedKind.AMOUNT and root.figure.unit == part.figure.unit
    ]
    printed = read_figure(share.figure.cell.printed)
    amount = read_figure(part.figure.cell.printed).value
    for whole in above:
        value = read_figure(whole.figure.cell.printed).value
        if value and amount is not None and printed.value is not None:
            if abs(100 * amount / value - printed.value) <= 4 * printed.half_unit:
                return whole
    return above[0] if above else None


def _whole_of_known_parts(quotes: Quotes, part: Quote) -> Quote | None:
    """What a figure that no words tie to a whole is always a part of (公务接待费 of the 三公经费 before it), where the share
    of one of its fellows, as printed, is one of that whole."""
    measure = quotes.measure(part)
    for known in concepts().decompositions:
        if part.concept not in known.parts or "*" in known.whole:
            continue
        before = (quote for quote in reversed(quotes.amounts) if quote.position < part.position)
        whole = next((one for one in before if one.concept in known.whole and quotes.measure(one) == measure), None)
        if whole is None or part.position - whole.position > _FELLOWS_WITHIN or whole.figure.unit != part.figure.unit:
            continue
        near = quotes.all[whole.position : part.position + _FELLOWS_WITHIN]
        fellows = [
            one
            for one in near
            if one.concept in known.parts and one.kind is StatedKind.AMOUNT and quotes.measure(one) == measure
        ]
        if any(_is_share_of(quotes, fellow, whole) for fellow in fellows) or _shares_make_all(quotes, fellows):
            return whole
    return None


def _shares_make_all(quotes: Quotes, parts: list[Quote]) -> bool:
    """Whether the shares said of these parts, as printed, make 100 per cent."""
    shares = [
        read_figure(one.figure.cell.printed)
        for part in {part.concept: part for part in reversed(parts)}.values()
        for one in quotes.children.get(part.figure.id, ())[:1]
        if one.kind is StatedKind.SHARE and "占" in one.figure.label
    ]
    made = sum((figure.value for figure in shares if figure.value is not None), Decimal(0))
    return len(shares) > 1 and abs(made - 100) <= sum((figure.half_unit for figure in shares), Decimal(0))


def _is_share_of(quotes: Quotes, part: Quote, whole: Quote) -> bool:
    """Whether the share said of a part is, as printed, one of `whole`."""
    amount, total = (read_figure(quote.figure.cell.printed).value for quote in (part, whole))
    if amount is None or not amount or not total:
        return False
    shares = [one for one in quotes.children.get(part.figure.id, ()) if one.kind is StatedKind.SHARE]
    figures = [read_figure(share.figure.cell.printed) for share in shares]
    return any(f.value is not None and abs(100 * amount / total - f.value) <= 2 * f.half_unit for f in figures)


def _plan(quotes: Quotes, share: Quote, final: Quote) -> Quote | None:
    """The budget that a final figure is held against: the plan named last before it, of the kind that the text says
    (年初预算, 全年预算)."""
    said = _PLAN.search(share.figure.label)
    kind = (said["plan"] or "") if said else ""
    for quote in reversed(quotes.all[max(final.position - _LOOK_BACK, 0) : final.position]):
        if quote.kind is not StatedKind.AMOUNT or quote.named.measure not in ("initial", "budget"):
            continue
        if quote.named.key == final.named.key or not quote.named.concept or quote.named.concept == final.named.concept:
            if not kind or kind in quote.figure.label:
                return quote
    return None


def _share_columns(context: Context, table: Table) -> Iterator[Check]:
    """A column 占比 beside the amounts whose share it is, down to the total row; 执行率 beside 预算数 and 决算数."""
    heads = [column.leaf for column in context.structure(table).columns]
    for column, head in enumerate(heads):
        if _SHARE_HEAD.fullmatch(head):
            amounts = _amount_column(table, column, heads)
            if amounts is not None:
                yield from _shares_of_total(context, table, column, amounts)
        elif _DONE_HEAD.fullmatch(head):
            yield from _done_column(context, table, column, heads)


def _done_column(context: Context, table: Table, column: int, heads: list[str]) -> Iterator[Check]:
    """执行率 against 预算数; of several budgets the one that most rows are held against as printed."""
    done = next((at for at in range(column - 1, -1, -1) if _SPENT_HEAD.search(heads[at])), None)
    plans = [at for at in range(column) if _PLAN_HEAD.search(heads[at]) and at != done]
    if done is None or not plans:
        return
    rows = range(len(table.rows))
    agreeing = {plan: sum(_agrees(table, (row, column), (row, done), (row, plan)) for row in rows) for plan in plans}
    plan = max(plans, key=lambda at: agreeing[at])
    for row in rows:
        yield from _share_cell(context, table, (row, column), (row, done), (row, plan))


def _agrees(table: Table, share: tuple[int, int], part: tuple[int, int], whole: tuple[int, int]) -> bool:
    """Whether a share is right as printed."""
    figure = printed_figure(table, *share)
    upper, lower = printed_figure(table, *part).value, printed_figure(table, *whole).value
    if figure.value is None or upper is None or not lower:
        return False
    return abs(100 * upper / lower - figure.value) <= 4 * figure.half_unit


def _amount_column(table: Table, column: int, heads: list[str]) -> int | None:
    """The column of amounts left of a column of shares; of several the one that the shares, as printed, are of in most
    rows, else the nearest."""
    candidates = []
    for at in range(column - 1, -1, -1):
        kinds = [printed_figure(table, row, at).kind for row in range(len(table.rows))]
        if kinds.count(FigureKind.NUMBER) * 2 > len(kinds) and not _NO_AMOUNT.search(heads[at]):
            candidates.append(at)
    totals = _total_rows(table)

    def agreeing(at: int) -> int:
        rows = range(len(table.rows))
        return sum(any(_agrees(table, (row, column), (row, at), (total, at)) for total in totals) for row in rows)

    return max(candidates, key=agreeing, default=None)


def _total_rows(table: Table) -> list[int]:
    return [
        row for row, cells in enumerate(table.rows) if any(_TOTAL.fullmatch(label_key(cell.text)) for cell in cells)
    ]


def _shares_of_total(context: Context, table: Table, column: int, amounts: int) -> Iterator[Check]:
    """Each row's share of a total row: the one that the share as printed is of, else the next below (the last one
    where none follows)."""
    totals = _total_rows(table)
    for row in range(len(table.rows)):
        below = next((at for at in totals if at >= row), totals[-1] if totals else None)
        if below is None:
            return
        nearest_first = sorted(totals, key=lambda at: (at != below, at))
        agreeing = (at for at in nearest_first if _agrees(table, (row, column), (row, amounts), (at, amounts)))
        total = next(agreeing, below if below != row else totals[-1])
        if total != row:
            yield from _share_cell(context, table, (row, column), (row, amounts), (total, amounts))


def _share_cell(
    context: Context, table: Table, share: tuple[int, int], part: tuple[int, int], whole: tuple[int, int]
) -> Iterator[Check]:
    refs = [CellRef(table.id, *place) for place in (share, part, whole)]
    if not all_printed(table, refs):
        return
    figure = printed_figure(table, *share)
    # A share printed as a fraction (0.26) is no percentage; neither is a 0 that stands for "none".
    if not figure.percent and figure.value is not None and abs(figure.value) <= 1:
        return
    yield context.check(
        Family.PERCENT,
        Relation.RATIO,
        [
            Term(refs[0], Decimal(1), "share"),
            Term(refs[1], Decimal(1), "part"),
            Term(refs[2], Decimal(1), "whole"),
        ],
        Message(
            f"“{context.label(refs[0])}” is “{context.label(refs[1])}” as a percentage of “{context.label(refs[2])}”.",
            f"“{context.label(refs[0])}”等于“{context.label(refs[1])}”÷“{context.label(refs[2])}”。",
        ),
        severity=Severity.WARNING,
        tolerance=2 * figure.half_unit,
    )
