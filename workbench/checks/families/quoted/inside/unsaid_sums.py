"""Sums of running text that no known word tells: a figure and the list that its sentence goes on with
(在校学生900名，小学生500名，初中生400名; 总收入90万元，分项看：…；…。), or a list and the figure behind it
(两项共计90万元).

Any amounts may stand beside each other. So a sum is only taken for one where the printed figures make it, or would but
for one digit of a figure of many digits, and where no other check ties the whole to one of the parts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.making_up import make_up_exactly, telling_digits
from workbench.checks.families.quoted.inside.near_misses import one_digit_apart
from workbench.checks.families.quoted.inside.sums_in_text import other_side, titles
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import CellRef, StatedKind

_MOST = 16
_FEWEST_DIGITS = 5
"""Sums of shorter figures are near each other by chance."""
_FEWEST_DIGITS_OF_SUM = 3
_FEWEST_DIGITS_OF_LIST = 3
"""Of a list of three and more that begins right behind its whole."""
_SEGMENT_END = re.compile(r"[。；;\n]")
_NO_LIST = re.compile(r"[比较](?:上|去|20|年初)|同比|完成|结案率|×|\*|[＝=]")
_SUMMED_BEHIND = re.compile(
    r"(?:合计|共计|总计|[两二三四五六七八九十]项(?:合计|共计|总计)?)(?:金额|支出|收入)?$|(?:收入|支出)总[计量额]$"
)
_NEAR_ITS_WHOLE = 16
"""So many characters at most lead from a whole to its list of short figures."""


def unsaid_sums(context: Context, quotes: Quotes, tied: Collection[frozenset[CellRef]]) -> Iterator[Check]:
    """The sums of neighbours; `tied` are the figures of each check that other rules have made of the text."""
    for alike in (quotes.amounts, quotes.counts):
        usable = [one for one in alike if _is_usable(quotes, one)]
        for place, whole in enumerate(usable):
            for parts in _lists(quotes, usable, place):
                if _is_sum(quotes, whole, parts) and not _is_tied(whole, parts, tied):
                    yield _check(context, quotes, whole, parts)
                    break


def _is_usable(quotes: Quotes, one: Quote) -> bool:
    plan = one.figure.id in quotes.plans
    return not plan and quotes.of_this_year(one) and not quotes.compared(one) and one.figure.id not in quotes.rough


def _lists(quotes: Quotes, alike: Sequence[Quote], place: int) -> Iterator[list[Quote]]:
    """What may make up a figure: the list behind it up to each end of a clause, from the figure on or from the first
    such end; where it is called a total, the list before it."""
    whole = alike[place]
    behind: list[Quote] = []
    begins = [0]
    ends: list[int] = []
    last = whole
    for one in alike[place + 1 : place + 1 + _MOST]:
        words = quotes.between(last, one)
        if words is None or _NO_LIST.search(words) or quotes.term(one, "part", 1, whole.figure.unit) is None:
            break
        if _SEGMENT_END.search(words):
            ends.append(len(behind))
            begins.append(len(behind))
        behind.append(one)
        last = one
    ends.append(len(behind))
    for begin in begins[:2]:
        for end in ends:
            yield _tops(behind[begin:end])
    if _SUMMED_BEHIND.search(whole.named.key):
        yield from _before(quotes, alike, place)


def _before(quotes: Quotes, alike: Sequence[Quote], place: int) -> Iterator[list[Quote]]:
    """The lists before a total, from each end of a clause on."""
    whole = alike[place]
    run: list[Quote] = []
    last = whole
    for one in reversed(alike[max(place - _MOST, 0) : place]):
        words = quotes.between(one, last)
        if words is None or quotes.term(one, "part", 1, whole.figure.unit) is None:
            break
        if run and _SEGMENT_END.search(words):
            yield _tops(run)
        run.insert(0, one)
        last = one
    yield _tops(run)


def _tops(run: Sequence[Quote]) -> list[Quote]:
    """The figures of a run that are parts of no other one of it."""
    inside = {one.figure.id for one in run}
    return [one for one in run if one.figure.parent not in inside]


def _is_sum(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> bool:
    if len(parts) < 2 or any(part.kind is not whole.kind for part in parts):
        return False
    if any(_are_fellows(quotes, whole, part) or other_side(whole, part) for part in parts):
        return False
    values = [_value(quotes, one, whole) for one in (whole, *parts)]
    figures = [value for value in values if value is not None]
    if len(figures) < len(values) or any(value <= 0 for value in figures):
        return False
    missed = figures[0] - sum(figures[1:], Decimal(0))
    if not missed or (whole.kind is StatedKind.AMOUNT and make_up_exactly(quotes, whole, parts)):
        return telling_digits(whole) >= _FEWEST_DIGITS_OF_SUM
    return _would_be_sum(quotes, whole, parts, figures, missed)


def _are_fellows(quotes: Quotes, whole: Quote, part: Quote) -> bool:
    """Whether two figures stand beside each other as what the same list tells: by one name, of two measures, both items
    of accounts."""
    both_items = "/" in whole.named.key and "/" in part.named.key
    return part.named.key == whole.named.key or both_items or quotes.measure(part) != quotes.measure(whole)


def _would_be_sum(
    quotes: Quotes, whole: Quote, parts: Sequence[Quote], figures: Sequence[Decimal], missed: Decimal
) -> bool:
    """Whether one other digit of the whole or of a part as printed would make the sum right."""
    fewest = _FEWEST_DIGITS_OF_LIST if _is_plain_list(quotes, whole, parts) else _FEWEST_DIGITS
    for one, value, wanted in zip(
        (whole, *parts),
        figures,
        (figures[0] - missed, *(value + missed for value in figures[1:])),
        strict=True,
    ):
        if telling_digits(whole) >= fewest and one.figure.unit == whole.figure.unit and one_digit_apart(value, wanted):
            return True
    return False


def _is_plain_list(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> bool:
    """Whether three and more figures follow each other right behind their whole, with nothing but names between."""
    lead = quotes.between(whole, parts[0])
    if len(parts) < 3 or lead is None or "。" in lead or len(lead) > _NEAR_ITS_WHOLE:
        return False
    return all(one.position + 1 == other.position for one, other in pairwise((whole, *parts)))


def _value(quotes: Quotes, one: Quote, whole: Quote) -> Decimal | None:
    term, value = quotes.term(one, "part", 1, whole.figure.unit), read_figure(one.figure.cell.printed).value
    return None if term is None or value is None else value * term.coefficient


def _is_tied(whole: Quote, parts: Sequence[Quote], tied: Collection[frozenset[CellRef]]) -> bool:
    cells = {part.ref for part in parts}
    return any(whole.ref in each and not cells.isdisjoint(each) for each in tied)


def _check(context: Context, quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> Check:
    terms = [quotes.term(part, "part", -1, whole.figure.unit) for part in parts]
    return context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(whole.ref, Decimal(1), "total"), *(term for term in terms if term is not None)],
        Message(
            f"In the text, “{whole.title}” is the sum of what stands beside it: {titles(parts)}.",
            f"正文中，“{whole.title}”等于其所列{titles(parts)}之和。",
        ),
        key=("beside", *(part.figure.label for part in parts[:4])),
        severity=Severity.WARNING,
        weak=True,
    )
