"""Shares in running text: 占比 and 完成预算的百分比, each with what it is a share of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workbench.checks.context import Context
from workbench.checks.families.quoted.amounts import Quote, Quotes
from workbench.checks.families.quoted.cells import budget_of_public_item
from workbench.fiscal.concepts import concepts, named
from workbench.fiscal.vocabulary import label_key
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_OF = re.compile(r"占(?P<whole>[^占]*)$")
_PLAN = re.compile(r"完成(?P<plan>年初|全年|调整|年度)?.*预算|(?:预算)?执行率$")
_JOINED = re.compile(r"[和及与、]$")
_LOOK_BACK = 6
_FELLOWS_WITHIN = 14


_OF_SEVERAL = re.compile(r"(?:以上)?[两二三四五六]项(?:合计|共计|之和)")
"""A share of several amounts named before (两项合计占0.1%)."""


def stated_shares(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The shares of the text against the amounts that it names, or against the budget of a 三公经费 statement."""
    for share in quotes.all:
        if share.kind is StatedKind.SHARE:
            yield from _stated_share(context, quotes, share)


def _stated_share(context: Context, quotes: Quotes, share: Quote) -> Iterator[Check]:
    part = quotes.parent(share)
    if part is None or part.kind is not StatedKind.AMOUNT or _OF_SEVERAL.match(share.figure.label):
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
        yield from _share_of_printed_budget(context, quotes, share, part)
        return
    divisor = quotes.term(whole, "whole", 1, part.figure.unit)
    if divisor is None:
        return
    if _PLAN.search(share.figure.label) and not context.amount(whole.ref) and context.amount(share.ref):
        yield context.fact(
            Family.PERCENT,
            [share.ref, part.ref, whole.ref],
            Message(
                f"“{whole.title}” is nothing, so “{share.title}” has no value.",
                f"“{whole.title}”为零，“{share.title}”无从计算。",
            ),
        )
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


def _share_of_printed_budget(context: Context, quotes: Quotes, share: Quote, part: Quote) -> Iterator[Check]:
    """完成预算的99.3% of one of the three public expenses whose budget the text leaves to the statement. What is compared
    with 年初 or 调整预算 may be another budget than the statement's."""
    said = _PLAN.search(share.figure.label)
    if said is None or said["plan"] or quotes.measure(part) != "final" or not quotes.of_this_year(part):
        return
    found = budget_of_public_item(context, quotes, part)
    ratio = context.in_unit_of(found[0], part.figure.unit) if found is not None else None
    if found is None or ratio is None:
        return
    where = f"{found[0].title} {context.label(found[1])}".strip()
    yield context.check(
        Family.PERCENT,
        Relation.RATIO,
        [Term(share.ref, Decimal(1), "share"), Term(part.ref, Decimal(1), "part"), Term(found[1], ratio, "whole")],
        Message(
            f"“{share.title}” is “{part.title}” as a percentage of the budget ({where}).",
            f"“{share.title}”等于“{part.title}”÷预算数（{where}）。",
        ),
        severity=Severity.WARNING,
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
