"""What a share in running text is a share of: the amount that its words name, what its part is a part of,
the total of the section it stands in.

A share does not always say (占77.78%), and texts put one name of a total for another (占总收入 of 本年收入合计). So of
the amounts that may be meant the first is taken that the share, as printed, is one of; else the likeliest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.later_lists import whole_named
from workbench.checks.families.quoted.inside.making_up import telling_digits
from workbench.checks.families.quoted.inside.unnamed_wholes import FELLOWS_WITHIN, whole_of_known_parts, whole_of_list
from workbench.checks.families.quoted.inside.whole import Whole, as_whole, fits, printed_wholes
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import cells_of_concept, cells_of_the_year
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.checks.families.quoted.reading.sections import is_short_for, meant
from workbench.fiscal.concepts import named
from workbench.fiscal.vocabulary import label_key
from workbench.model.table import StatedKind

_OF = re.compile(r"占(?P<whole>[^占]*)$")
_JOINED = re.compile(r"[和及与、]$")
_ANY_TOTAL = re.compile(
    r"(?:本年|当年|全年|年度|本年度|全部|本部门|本单位|我局|单位|部门|综合)*(?:财政拨款|一般公共预算(?:财政拨款)?|公共预算)?(?:本年|当年|全部)?总?"
    r"(?P<side>收入|支出|收支|收入支出|收、支)?(?:预算|决算)?(?:总额|总计|合计|总数|总量|数)?|其|总额|总数|总量|合计|总计"
)
"""What a text may call the total of its side."""
_TOTALS = {
    "收入": frozenset({"income", "year_income", "fiscal_income", "general_income", "income_and_expenditure"}),
    "支出": frozenset(
        {"expenditure", "year_expenditure", "fiscal_expenditure", "general_expenditure", "income_and_expenditure"}
        | {"fund_expenditure", "state_capital_expenditure", "basic", "general_basic"}
    ),
}
_ALL_TOTALS = frozenset().union(*_TOTALS.values()) | {"fiscal_income_and_expenditure", "procurement", "three_public"}
_TELLING = 3
"""A share of so many digits is one of few amounts."""
_BEHIND = 6
_WITHIN = ("中", "里", "的", "内")


def whole_of(context: Context, quotes: Quotes, share: Quote, part: Quote) -> Whole | None:
    """What the share is a share of; None where nothing in the document says so."""
    found = list(_candidates(context, quotes, share, part))
    fitting = next((whole for whole in found if fits(share, part, whole)), None)
    if fitting is not None:
        return fitting
    return next((whole for whole in found if whole.named), None)


def _candidates(context: Context, quotes: Quotes, share: Quote, part: Quote) -> Iterator[Whole]:
    """The amounts that may be meant, likeliest first."""
    said = _OF.search(share.figure.label)
    name = label_key(said["whole"]).removesuffix("的") if said else ""
    name = "" if name == "比" else name
    above = _nearest_whole(quotes, share, part)
    over_list = None if name else _named_over_list(quotes, part)
    if over_list is not None and over_list is not above:
        yield from as_whole(quotes, over_list, part)
    if above is not None and (not name or _is_called(above, name)):
        yield from as_whole(quotes, above, part)
        yield from (
            replace(whole, named=False)
            for whole in printed_wholes(context, part, cells_of_the_year(context, quotes, above))
        )
        return
    if not name:
        known = whole_of_known_parts(quotes, part)
        if known is not None:
            yield from as_whole(quotes, known, part)
            return
        yield from whole_of_list(quotes, part, list(_totals_of_section(context, quotes, share, part)))
        return
    concept = named(name).concept
    exact = _named_before(quotes, share, part, name, concept)
    for one in dict.fromkeys((exact, _named_longer_before(quotes, share, part, concept))):
        if one is not None:
            yield from as_whole(quotes, one, part)
    behind = _named_behind(quotes, share, name, concept) if exact is None else None
    if behind is not None:
        yield from as_whole(quotes, behind, part)
    yield from _of_fellows(quotes, share, part)
    total = _ANY_TOTAL.fullmatch(name)
    if total is None and concept not in _ALL_TOTALS:
        return
    side = total["side"] or "" if total else _side_of(concept)
    if above is not None and (not side or _is_of_side(above.concept, side)):
        yield from as_whole(quotes, above, part)
    yield from _in_statements(context, quotes, part, concept)
    yield from _totals_before(quotes, share, part, side)


def _named_over_list(quotes: Quotes, part: Quote) -> Quote | None:
    """The amount that the sentence names over its list (本年收入中，财政拨款收入…，事业收入…)."""
    first = part
    for before in reversed(quotes.all[max(part.position - FELLOWS_WITHIN, 0) : part.position]):
        if not quotes.in_one_sentence(before, part):
            break
        first = before if before.kind is part.kind else first
    found = whole_named(quotes, first, inside=True)
    return found if found is not None and found.position < first.position else None


def _of_fellows(quotes: Quotes, share: Quote, part: Quote) -> Iterator[Whole]:
    """What a name stands for that no amount bears (占总支出 of 预算支出总规模): the last amount before of which a share
    of the same words, as printed, is one."""
    tail = share.figure.label[share.figure.label.rfind("占") :]
    near = quotes.all[max(share.position - FELLOWS_WITHIN, 0) : share.position + FELLOWS_WITHIN]
    fellows = [
        (one, amount)
        for one in near
        if one.kind is StatedKind.SHARE and one.figure.label.endswith(tail)
        for amount in (quotes.parent(one),)
        if amount is not None and amount.kind is StatedKind.AMOUNT and telling_digits(one) >= _TELLING
    ]
    parts = {part, *(amount for _, amount in fellows)}
    before = [one for one in quotes.amounts if one.position < part.position and one not in parts]
    for one in reversed(before[-FELLOWS_WITHIN:]):
        for whole in as_whole(quotes, one, part) if quotes.of_this_year(one) else ():
            if any(fits(other, amount, whole) for other, amount in fellows):
                yield whole
                return


def _named_before(quotes: Quotes, share: Quote, part: Quote, name: str, concept: str) -> Quote | None:
    """The amount last named before the share that bears the name of its whole."""
    return next(
        (
            quote
            for quote in reversed(quotes.amounts)
            if quote.position < share.position
            and quote is not part
            and (_begins_with(label_key(quote.figure.label), name) or (concept and quote.concept == concept))
            and quotes.of_this_year(quote)
            and quote.figure.parent != part.figure.id
        ),
        None,
    )


def _begins_with(key: str, name: str) -> bool:
    """Whether a label begins with a name, and is not that of something in it (医疗收入中门急诊收入)."""
    return key.startswith(name) and not key.removeprefix(name).startswith(_WITHIN)


def _named_behind(quotes: Quotes, share: Quote, name: str, concept: str) -> Quote | None:
    """The amount right behind the share that bears the whole name of its whole
    (占支出总预算的34%。支出总预算320万元)."""
    near = quotes.all[share.position + 1 : share.position + 1 + _BEHIND]
    alike = (one for one in near if one.named.key == name or (concept and one.concept == concept))
    return next((one for one in alike if one.kind is StatedKind.AMOUNT and quotes.of_this_year(one)), None)


def _named_longer_before(quotes: Quotes, share: Quote, part: Quote, concept: str) -> Quote | None:
    """The amount last named before the share that its words are short for
    (占基本支出 of 一般公共预算财政拨款基本支出)."""
    before = (one for one in reversed(quotes.amounts) if one.position < share.position and one is not part)
    alike = (one for one in before if concept and one.concept and is_short_for(concept, one.concept))
    return next((one for one in alike if quotes.of_this_year(one) and one.figure.parent != part.figure.id), None)


def _in_statements(context: Context, quotes: Quotes, part: Quote, concept: str) -> Iterator[Whole]:
    """The totals of the statements that a concept names, at this place or anywhere."""
    for each in dict.fromkeys((concept, meant(concept, quotes.section(part).fund))) if concept else ():
        yield from printed_wholes(context, part, cells_of_concept(context, quotes, part, each))


def _totals_before(quotes: Quotes, share: Quote, part: Quote, side: str) -> Iterator[Whole]:
    """The totals named before in the same chapter, which another name may stand for."""
    chapter = quotes.headings(share)[-1:]
    for quote in reversed(quotes.amounts):
        if quote.position < share.position and quote is not part and quotes.of_this_year(quote):
            of_side = _is_of_side(quote.concept, side) if side else quote.concept in _ALL_TOTALS
            same = quote.named.key == part.named.key
            if of_side and not same and quotes.headings(quote)[-1:] == chapter and quotes.measure(quote) != "plan":
                yield from as_whole(quotes, quote, part, says=False)


def _totals_of_section(context: Context, quotes: Quotes, share: Quote, part: Quote) -> Iterator[Whole]:
    """The totals that a share which names none may be of: those named before on its side, and that of its section."""
    side = next((side for side in _TOTALS if part.named.key.endswith(side)), "")
    yield from _totals_before(quotes, share, part, side)
    yield from _in_statements(context, quotes, part, quotes.section(part).whole)


def _is_of_side(concept: str, side: str) -> bool:
    return any(
        concept in concepts_of for name, concepts_of in _TOTALS.items() if name in side or side in ("收支", "收、支")
    )


def _side_of(concept: str) -> str:
    """The side whose total a concept is, "" where it is that of both."""
    sides = [side for side, totals in _TOTALS.items() if concept in totals]
    return sides[0] if len(sides) == 1 else ""


def _is_called(quote: Quote, name: str) -> bool:
    """Whether a figure is what a text calls by the end of its name (总支出 of 一般公共预算总支出), and not one of two
    that it names (税收返还和转移支付)."""
    key = label_key(quote.figure.label)
    return key.endswith(name) and not _JOINED.search(key.removesuffix(name))


def _nearest_whole(quotes: Quotes, share: Quote, part: Quote) -> Quote | None:
    """Of the wholes above a part the nearest; a higher one where the share as printed is one of that: a part of a part
    is often given as a share of the grand total."""
    above = [
        root for root in quotes.roots(part) if root.kind is StatedKind.AMOUNT and root.figure.unit == part.figure.unit
    ]
    fitting = (root for root in above for whole in as_whole(quotes, root, part) if fits(share, part, whole))
    return next(fitting, above[0] if above else None)
