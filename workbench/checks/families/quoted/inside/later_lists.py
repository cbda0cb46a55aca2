"""Lists whose whole stands apart from them in running text.

A part of a list is taken apart in its turn (人员经费9万元，主要包括：基本工资5万元、津贴4万元; 上年结转3万元（一般
公共预算2万元、政府性基金1万元）), or the sentence names a whole that was told before (项目支出包括：…; 固定资产中，…).
No word says that such a list is a whole one: it is held against its whole where the printed figures make it up, or
would but for one digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.making_up import but_for_one_slip, make_up_exactly, telling_digits
from workbench.checks.families.quoted.inside.near_misses import comes_out
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.concepts import concepts
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_TAKEN_APART = re.compile(
    r"^[，,。；;]?(?:[（(]|(?:其中|主要)?(?:包括|包含|用于|为|是|有)?[:：]|(?:其中|主要)?(?:包括|包含))"
)
_NAMES_WHOLE = re.compile(
    r"(?:^|[，,；;：:])(?:20\d\d年)?(?P<name>[^，,。；;：:（()）\d]{3,24}?)(?:中[，,]?|(?:主要)?(?:包括|包含|由以下|分为)[^，,。；;]{0,6}[:：])"
    r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[)）.、．])?(?:其中[:：]?)?(?P<first>[^，,。；;：:]{2,})$"
)
_SIDE_NAMED = re.compile(
    r"(?:^|[，,；;：:])(?P<side>收入|支出)(?:预算|决算)?(?:主要)?(?:包括|包含)[:：]?[^，,。；;：:]{2,}$"
)
_SIDES = {
    "收入": frozenset({"income_and_expenditure", "income"}),
    "支出": frozenset({"income_and_expenditure", "expenditure"}),
}
_FEWEST = 2
_MANY = 3
"""A list of so many that names its whole is that whole where one digit, of however short a figure, makes it so."""
_FEWEST_DIGITS = 2
"""Shorter figures are made up by chance."""
_MOST = 16
_LOOK_BACK = 60
_NEAR = 12


def later_lists(context: Context, quotes: Quotes) -> Iterator[Check]:
    """Each such list against its whole."""
    for alike in (quotes.amounts, quotes.counts):
        for place in range(len(alike)):
            run = _run(quotes, alike[place : place + _MOST])
            if len(run) >= _FEWEST:
                yield from _listed(context, quotes, run)


def _listed(context: Context, quotes: Quotes, run: Sequence[Quote]) -> Iterator[Check]:
    """One list against the first of the wholes that may be meant that its figures bear out."""
    before, told = _whole_before(quotes, run[0]), whole_named(quotes, run[0])
    halves = _two_halves(run)
    for whole, named in ((before, False), (told, True)):
        parts = _parts(quotes, whole, run, named=named) if whole is not None else None
        if whole is not None and parts is not None:
            yield from _check(context, quotes, whole, parts)
            return
    if halves:
        yield from _halves(context, quotes, halves)


def _two_halves(run: Sequence[Quote]) -> list[Quote]:
    """The first figures of a list that are known to make up any whole together (男生, 女生); none where they do not."""
    for known in concepts().decompositions:
        first = list(run[: len(known.parts)])
        if "*" in known.whole and len(first) == len(known.parts) and {one.concept for one in first} == set(known.parts):
            return first
    return []


def _halves(context: Context, quotes: Quotes, parts: Sequence[Quote]) -> Iterator[Check]:
    """Parts that always make up a whole against the last figure of their kind told before them that they make up, or
    would but for one digit."""
    if any(quotes.parent(part) is not None for part in parts):
        return
    first, halves = parts[0], {part.concept for part in parts}
    before = [
        one
        for one in reversed(quotes.all[max(first.position - _NEAR, 0) : first.position])
        if one.kind is first.kind and one.concept not in halves and quotes.parent(one) is None
        if quotes.term(one, "total", 1, first.figure.unit) is not None
    ][:_FEWEST]
    for fits in (make_up_exactly, partial(but_for_one_slip, named=True)):
        whole = next((one for one in before if fits(quotes, one, parts)), None)
        if whole is not None:
            yield from _check(context, quotes, whole, parts)
            return


def _run(quotes: Quotes, amounts: Sequence[Quote]) -> list[Quote]:
    """The figures of one list from the first on: of one sentence and unit, side by side under one whole."""
    first = amounts[0]
    run = [first]
    for quote in amounts[1:]:
        words = quotes.between(run[-1], quote)
        if words is None or re.search("。|包括|包含", words) or quote.figure.unit != first.figure.unit:
            break
        if quote.figure.parent == first.figure.parent and not quotes.compared(quote) and quotes.of_this_year(quote):
            run.append(quote)
    return run


def _whole_before(quotes: Quotes, first: Quote) -> Quote | None:
    """The amount right before a list, where words or a bracket behind it take it apart and it is itself a part beside
    the list's items."""
    before = quotes.all[first.position - 1] if first.position else None
    while before is not None and before.kind is StatedKind.SHARE and before.position:
        before = quotes.all[before.position - 1]
    if before is None or before.kind is not first.kind or before.figure.unit != first.figure.unit:
        return None
    words = quotes.between(before, first)
    if words is None or before.figure.parent != first.figure.parent or not _TAKEN_APART.match(words):
        return None
    return before


def whole_named(quotes: Quotes, first: Quote, *, inside: bool = False) -> Quote | None:
    """The amount told before that the sentence names over its list; of a figure that the text was read to tie to
    another one only if also those `inside` a whole are asked for."""
    words = "" if first.figure.parent and not inside else quotes.before(first)
    side, said = _SIDE_NAMED.search(words), _NAMES_WHOLE.search(words)
    before = quotes.all[max(first.position - _LOOK_BACK, 0) : first.position]
    alike = (one for one in reversed(before) if one.kind is first.kind and one.figure.unit == first.figure.unit)
    of_year = (one for one in alike if quotes.of_this_year(one))
    if side is not None:
        return next((one for one in of_year if one.concept in _SIDES[side["side"]]), None)
    name = label_key(said["name"]) if said is not None else ""
    alike_named = list(of_year) if name else []
    whole = next((one for one in alike_named if one.named.key.endswith(name)), None)
    if whole is None and first.kind is StatedKind.COUNT:
        # 审结案件中 of 审结9件.
        whole = next((one for one in alike_named if one.named.key and name.startswith(one.named.key)), None)
    return whole


def _parts(quotes: Quotes, whole: Quote, run: Sequence[Quote], *, named: bool) -> list[Quote] | None:
    """The amounts of a list that make up its whole, the longest that do; else all before a fellow of the whole, if they
    would but for one digit. What was taken apart before is taken apart again only where the words have `named` it."""
    if not named and any(child.kind is whole.kind for child in quotes.children.get(whole.figure.id, ())):
        return None
    if telling_digits(whole) < _FEWEST_DIGITS:
        return None
    for end in range(len(run), _FEWEST - 1, -1):
        if make_up_exactly(quotes, whole, run[:end]):
            return list(run[:end])
    fellows = {
        part
        for known in concepts().decompositions
        if whole.concept and whole.concept in known.parts
        for part in known.parts
    }
    end = next((at for at, part in enumerate(run) if part.concept and part.concept in fellows), len(run))
    own = list(run[:end])
    if len(own) < _FEWEST:
        return None
    by_name = named and len(own) >= _MANY and comes_out(quotes, [(whole, 1), *((part, -1) for part in own)], fewest=1)
    return own if by_name or but_for_one_slip(quotes, whole, own, named=named) else None


def _check(context: Context, quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> Iterator[Check]:
    terms = [quotes.term(part, "part", -1, whole.figure.unit) for part in parts]
    names = "、".join(f"“{part.title}”" for part in parts[:3]) + (f"、…（{len(parts)}）" if len(parts) > 3 else "")
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(whole.ref, Decimal(1), "total"), *(term for term in terms if term is not None)],
        Message(
            f"In the text, “{whole.title}” is the sum of what is listed of it: {names}.",
            f"正文中，“{whole.title}”等于其所列各项之和：{names}。",
        ),
        key=("listed later", *(part.figure.label for part in parts[:4])),
        severity=Severity.WARNING,
        weak=True,
    )
