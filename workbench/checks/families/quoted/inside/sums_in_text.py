"""Sums inside running text: the parts that 其中, 包括 or a list takes a whole apart into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from workbench.checks.context import Context
from workbench.checks.families.printed import printed_figure
from workbench.checks.families.quoted.inside.left_over import is_closing, is_opening
from workbench.checks.families.quoted.inside.making_up import make_up_exactly, printed_value
from workbench.checks.families.quoted.inside.parts import (
    adopted,
    decomposition_of,
    is_closed,
    likely_all_of,
    listings,
    names_whole,
    own_parts,
)
from workbench.checks.families.quoted.inside.points import is_limit
from workbench.checks.families.quoted.reading.amounts import Quotes
from workbench.checks.families.quoted.reading.cells import cells_of_the_year
from workbench.checks.families.quoted.reading.page_words import Quote
from workbench.fiscal.concepts import are_fellows
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_NEVER_LISTED = re.compile(r"(?:上缴|上解)上级支出|对附属单位补助支出|结余分配")
_LIST_WITHIN = 12
_SHORTEST_NAME = 6
_PEOPLE = frozenset({"人", "名"})
_CARRIED_IN = re.compile(r"(?:年初|上年|期初).{0,6}结[转余]|(?:使用|动用).*结余|用事业基金")
_CARRIED_OUT = re.compile(r"(?:年末|年终|期末).{0,6}结[转余]|结转下年|结余分配")
_OUTSIDE = re.compile(r"退休|离休|遗属|编外|临时|学生|在[校读园]")
"""People who are counted beside those in post, though the sentence goes on with them."""
_STAFF = re.compile(r"(?:其中)?(?:在职|在编|在岗)")
_PAYS_FOR = re.compile(r"收入(?:资金)?安排")
_BOTH_SIDES = frozenset({"income_and_expenditure", "fiscal_income_and_expenditure"})
_ONE_SIDE = frozenset({"income", "year_income", "expenditure", "year_expenditure"})


def sums_in_text(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The parts that 其中, 包括 or a list takes a whole apart into."""
    for one in quotes.all:
        if one.kind not in (StatedKind.AMOUNT, StatedKind.COUNT):
            continue
        children = quotes.children.get(one.figure.id, ()) or _behind_its_twin(quotes, one)
        whole = _nearest_count(quotes, one, children)
        by_year = whole.figure.year is None and _are_of_years(children)
        parts = [
            part
            for part in children
            if part.kind is whole.kind
            and part.figure.id not in quotes.plans
            and (quotes.of_this_year(part) is quotes.of_this_year(whole) or by_year)
            and not other_side(whole, part)
            and not (is_closing(whole) and is_opening(part))
            and not is_limit(part)
            and not are_fellows(whole.concept, part.concept)
            and not _of_a_fellow(quotes, whole, part)
            and not quotes.compared(part)
            and not _is_beside_staff(whole, part, children)
            and quotes.term(part, "part", 1, whole.figure.unit) is not None
        ]
        parts = _each_once(whole, _of_one_unit(whole, _as_measured(quotes, whole, parts)))
        divisions = (decomposition_of(whole, one) for one in (*listings(quotes, parts), parts))
        decomposition = next((one for one in divisions if one is not None), None) or adopted(whole, quotes)
        if decomposition is not None:
            yield from _exhaustive(context, quotes, whole, decomposition, Severity.ERROR, weak=False)
        likely = likely_all_of(quotes, whole, parts) if decomposition is None else None
        if likely is not None:
            decomposition = likely
            yield from _exhaustive(context, quotes, whole, likely, Severity.WARNING, weak=True)
        rest = [part for part in parts if part not in (decomposition or ())]
        by_kind = [part for part in rest if _is_kind_of(whole, part)]
        for listing in (by_kind, *listings(quotes, [part for part in rest if part not in by_kind])):
            if listing:
                meant = _whole_meant(quotes, whole, listing)
                yield from _list(context, quotes, meant, own_parts(quotes, meant, listing))


def _as_measured(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> list[Quote]:
    """The parts without the budgets, or the final amounts, of items that print both: those that measure what the whole
    does are its parts."""
    measure = quotes.measure(whole)
    own = {part.named.key for part in parts if quotes.measure(part) == measure}
    return [part for part in parts if quotes.measure(part) == measure or part.named.key not in own]


def _is_beside_staff(whole: Quote, part: Quote, fellows: Sequence[Quote]) -> bool:
    """Whether a part are people who are counted beside the staff that a sentence takes apart; where it counts them with
    the staff (实有人数80人，其中在职60人，退休20人), or takes them apart, they are none."""
    if whole.figure.unit not in _PEOPLE or not _OUTSIDE.search(part.named.key):
        return False
    with_staff = _STAFF.search(whole.named.key) is None and any(_STAFF.match(one.named.key) for one in fellows)
    return not with_staff and _OUTSIDE.search(whole.named.key) is None


def _nearest_count(quotes: Quotes, whole: Quote, children: Sequence[Quote]) -> Quote:
    """Of numbers of one thing that a sentence tells before their parts the last
    (发放问卷90份，收回80份，回收率88.9%，其中满意…)."""
    first = next((child for child in children if child.kind is StatedKind.COUNT), None)
    if whole.kind is not StatedKind.COUNT or first is None:
        return whole
    between = quotes.all[whole.position + 1 : first.position]
    alike = [one for one in between if one.kind is whole.kind and one.figure.unit == whole.figure.unit]
    apart = [
        one for one in alike if one.figure.parent == whole.figure.parent and not quotes.children.get(one.figure.id)
    ]
    rates = any(one.kind is StatedKind.SHARE for one in between)
    return apart[-1] if apart and rates and quotes.in_one_sentence(whole, first) else whole


def _of_one_unit(whole: Quote, parts: Sequence[Quote]) -> list[Quote]:
    """The parts up to the first in another unit, where the first ones are in that of the whole: what goes on in another
    unit is another list (科目…元 … “三公”经费预算…万元)."""
    own = list(takewhile(lambda part: part.figure.unit == whole.figure.unit, parts))
    return own if len(own) > 1 else list(parts)


def _behind_its_twin(quotes: Quotes, whole: Quote) -> Sequence[Quote]:
    """What stands behind the total of the other side that is named right after this one and is of this side
    (收入总计90万元，支出总计90万元。其中：本年收入…；本年支出…)."""
    twin = next(iter(quotes.all[whole.position + 1 : whole.position + 2]), None)
    if twin is None or twin.kind is not whole.kind or not {whole.concept, twin.concept} <= _ONE_SIDE:
        return ()
    if not other_side(whole, twin) or not quotes.in_one_sentence(whole, twin):
        return ()
    return [part for part in quotes.children.get(twin.figure.id, ()) if other_side(twin, part)]


def _whole_meant(quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> Quote:
    """The whole that a list takes apart: where its parts as printed make up the one that the amounts before it are
    parts of, that one (总投资90万元，2031年40万元，2032年50万元。其中中央资金60万元，县级资金30万元)."""
    if make_up_exactly(quotes, whole, parts):
        return whole
    before = (
        one
        for one in reversed(quotes.amounts)
        if one.position < whole.position and one.figure.unit == whole.figure.unit
    )
    higher = [*quotes.roots(whole), *(one for one in before if one.named.key == whole.named.key)]
    return next((one for one in higher if len(parts) > 1 and make_up_exactly(quotes, one, parts)), whole)


def _make_the_year(context: Context, quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> bool:
    """Whether parts that stand behind a total with carried money make up, as printed, that of the year alone."""
    terms = [quotes.term(part, "part", 1, whole.figure.unit) for part in parts]
    made = sum(
        (
            (read_figure(part.figure.cell.printed).value or Decimal(0)) * term.coefficient
            for part, term in zip(parts, terms, strict=True)
            if term is not None
        ),
        Decimal(0),
    )
    if not made or made == read_figure(whole.figure.cell.printed).value:
        return False
    for table, ref in cells_of_the_year(context, quotes, whole):
        ratio, printed = context.in_unit_of(table, whole.figure.unit), printed_figure(table, ref.row, ref.column)
        if ratio is not None and printed.value is not None:
            if abs(printed.value * ratio - made) <= (len(parts) + 1) * whole.half_unit:
                return True
    return False


def _are_of_years(parts: Sequence[Quote]) -> bool:
    """Whether a list takes something apart by years (总投资90万元，其中2031年40万元，2032年50万元)."""
    years = [part.figure.year for part in parts if part.kind is StatedKind.AMOUNT]
    return len(years) > 1 and None not in years and len(set(years)) == len(years)


def _is_kind_of(whole: Quote, part: Quote) -> bool:
    """Whether a part bears the name of its whole behind its own (工程采购授予中小企业合同金额):
    these take it apart by themselves."""
    name, key = whole.named.key, part.named.key
    return len(name) >= _SHORTEST_NAME and name != key and key.endswith(name)


def _each_once(whole: Quote, parts: list[Quote]) -> list[Quote]:
    """Parts without what says the same once more:
    “X（项）9万元，主要用于…，支出决算为9万元” is one part of the final amount."""
    first = {
        (part.concept, part.figure.unit, part.figure.cell.printed): part for part in reversed(parts) if part.concept
    }
    parts = [
        part
        for part in parts
        if not part.concept or first[part.concept, part.figure.unit, part.figure.cell.printed] is part
    ]
    measured = {part.named.key for part in parts if part.named.measure == whole.named.measure and "/" in part.named.key}
    return [part for part in parts if part.named.measure == whole.named.measure or part.named.key not in measured]


def _of_a_fellow(quotes: Quotes, whole: Quote, part: Quote) -> bool:
    """Whether a part bears the name of another item of the list that its whole ends
    (…、住房保障支出5万元。其中：财政拨款 一般公共服务支出…)."""
    before = quotes.all[max(whole.position - _LIST_WITHIN, 0) : whole.position]
    listed = [one for one in before if one.kind is whole.kind and quotes.in_one_sentence(one, whole)]
    keys = [one.named.key for one in listed if len(one.named.key) >= 4]
    name = part.named.key
    return not name.endswith(whole.named.key) and any(name != key and name.endswith(key) for key in keys)


def other_side(whole: Quote, part: Quote) -> bool:
    """Whether one is income and the other expenditure, or money carried the other way; income that pays for an
    expenditure (事业收入安排) is its part."""
    one, other = whole.named.key, part.named.key
    if _PAYS_FOR.search(part.figure.text):
        return False
    carried = (
        _CARRIED_IN
        if "收" not in one and "支出" in one
        else _CARRIED_OUT
        if "支" not in one and "收入" in one
        else None
    )
    if carried is not None and carried.match(other):
        return True
    return ("支" not in one and "收入" in one and "支出" in other and "收" not in other) or (
        "收" not in one and "支出" in one and "收入" in other and "支" not in other
    )


def _list(context: Context, quotes: Quotes, whole: Quote, parts: Sequence[Quote]) -> Iterator[Check]:
    """Parts of no known kind: three and more in a closed list make up the whole, fewer do not exceed it."""
    if _NEVER_LISTED.fullmatch(whole.named.key):
        return
    both_sides = whole.concept in _BOTH_SIDES and any(part.concept in _ONE_SIDE for part in parts)
    if both_sides or (any(part.named.key == whole.named.key for part in parts) and not _are_of_years(parts)):
        return
    if is_closed(quotes, whole, parts):
        if any(not names_whole(quotes, part, whole) for part in parts):
            return
        yield from _exhaustive(context, quotes, whole, parts, Severity.WARNING, weak=True)
        return
    parts = [part for part in parts if names_whole(quotes, part, whole) or not _is_more(part, whole)]
    if not parts:
        return
    terms = [quotes.term(part, "part", 1, whole.figure.unit) for part in parts]
    yield context.check(
        Family.NARRATIVE,
        Relation.AT_MOST,
        [*(term for term in terms if term is not None), Term(whole.ref, Decimal(-1), "total")],
        Message(
            f"“{whole.title}” is at least what the text says is part of it: {titles(parts)}.",
            f"“{whole.title}”应不少于正文所列的其中部分：{titles(parts)}。",
        ),
        key=[part.figure.label for part in parts],
        severity=Severity.WARNING,
        weak=True,
    )


def _is_more(part: Quote, whole: Quote) -> bool:
    """Whether a figure as printed is more than another in its unit: then a share of a third one is told of that."""
    one, other = printed_value(part), printed_value(whole)
    return one is not None and other is not None and part.figure.unit == whole.figure.unit and one > other


def _exhaustive(
    context: Context, quotes: Quotes, whole: Quote, parts: Sequence[Quote], severity: Severity, *, weak: bool
) -> Iterator[Check]:
    if _make_the_year(context, quotes, whole, parts):
        return
    terms = [quotes.term(part, "part", -1, whole.figure.unit) for part in parts]
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(whole.ref, Decimal(1), "total"), *(term for term in terms if term is not None)],
        Message(
            f"In the text, “{whole.title}” is the sum of {titles(parts)}.",
            f"正文中，“{whole.title}”等于{titles(parts)}之和。",
        ),
        key=[part.figure.label for part in parts] if len(parts) <= 4 else [parts[0].figure.label],
        severity=severity,
        weak=weak,
    )


def titles(parts: Sequence[Quote]) -> str:
    """What parts are called, in one sentence."""
    years = _are_of_years(parts) and len({part.title for part in parts}) < len(parts)
    names = [f"“{part.figure.year}年{part.title}”" if years else f"“{part.title}”" for part in parts]
    return "、".join(names if len(names) <= 4 else [*names[:3], f"…（{len(names)}）"])
