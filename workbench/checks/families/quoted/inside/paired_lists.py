"""Lists that tell two figures of each item, and of all of them (项目20个，涉及资金800.40万元，一级项目17个600.10万元，
二级项目3个200.30万元; 城市1200户2025人，农村3600户6075人，合计4800户8100人).

Where one of the two makes its whole as printed, the items are all there are, and the other must make its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.making_up import make_up_exactly
from workbench.checks.families.quoted.inside.sums_in_text import titles
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.reading import MINUS_ONE, ONE
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, StatedKind

_KINDS = (StatedKind.AMOUNT, StatedKind.COUNT)
_BESIDE = 10
"""So many characters at most stand between two figures of one item."""
_APART = re.compile(r"[。；;：:\n]")
_ENDS = re.compile(r"。(?!其中)|\n")
_ALL_TOLD = re.compile(r"(?:合计|共计|总计)[^，。；]{0,6}$")
_MOST = 10

Pair = tuple[Quote, Quote]


def paired_lists(context: Context, quotes: Quotes, tied: Collection[frozenset[CellRef]]) -> Iterator[Check]:
    """Both sums of each such list; `tied` are the figures of each equation of other rules."""
    pairs = [pair for pair in pairwise(quotes.all) if _are_one_item(quotes, *pair)]
    for place, whole in enumerate(pairs):
        for parts in (_behind(quotes, whole, pairs[place + 1 :]), _before(quotes, whole, pairs[:place])):
            if len(parts) > 1:
                yield from _sums(context, quotes, whole, parts, tied)


def _are_one_item(quotes: Quotes, one: Quote, other: Quote) -> bool:
    """Whether two figures of different things stand right beside each other."""
    if one.kind not in _KINDS or other.kind not in _KINDS or one.figure.unit == other.figure.unit:
        return False
    words = quotes.between(one, other)
    exact = quotes.rough.isdisjoint((one.figure.id, other.figure.id))
    return exact and words is not None and len(words) <= _BESIDE and _APART.search(words) is None


def _behind(quotes: Quotes, whole: Pair, pairs: Sequence[Pair]) -> list[Pair]:
    """The items behind what tells all of them, up to the end of the list."""
    found: list[Pair] = []
    last = whole
    for pair in pairs[: 2 * _MOST]:
        if _ENDS.search(quotes.between(last[1], pair[0]) or ""):
            break
        if _follows(last, pair) and _is_like(pair, whole) and (not found or _in_order(pair, found[0])):
            found.append(pair)
            last = pair
    return found[:_MOST]


def _before(quotes: Quotes, whole: Pair, pairs: Sequence[Pair]) -> list[Pair]:
    """The items before what is called all of them together."""
    if not _ALL_TOLD.search(quotes.before(whole[0])):
        return []
    found: list[Pair] = []
    first = whole
    for pair in reversed(pairs[-2 * _MOST :]):
        if "。" in (quotes.between(pair[1], first[0]) or ""):
            break
        if _follows(pair, first) and _in_order(pair, whole):
            found.insert(0, pair)
            first = pair
    return found[-_MOST:]


def _follows(pair: Pair, other: Pair) -> bool:
    """Whether a pair ends before another one begins."""
    return pair[1].position < other[0].position


def _is_like(pair: Pair, whole: Pair) -> bool:
    """Whether a pair counts the same two things, in either order."""
    return {one.figure.unit for one in pair} == {one.figure.unit for one in whole}


def _in_order(pair: Pair, other: Pair) -> bool:
    return [one.figure.unit for one in pair] == [one.figure.unit for one in other]


def _sums(
    context: Context, quotes: Quotes, whole: Pair, parts: Sequence[Pair], tied: Collection[frozenset[CellRef]]
) -> Iterator[Check]:
    lists = [(one, [item for pair in parts for item in pair if item.figure.unit == one.figure.unit]) for one in whole]
    if not any(make_up_exactly(quotes, one, items) for one, items in lists):
        return
    for one, items in lists:
        if not any({one.ref, *(item.ref for item in items)} == each for each in tied):
            yield context.check(
                Family.NARRATIVE,
                Relation.EQUAL,
                [Term(one.ref, ONE, "total"), *(Term(item.ref, MINUS_ONE, "part") for item in items)],
                Message(
                    f"In the text, “{one.title}” is the sum of the items listed with two figures each: {titles(items)}.",
                    f"正文中，“{one.title}”等于所列各项{titles(items)}之和。",
                ),
                key=("paired", one.figure.unit),
                severity=Severity.WARNING,
                weak=True,
            )
