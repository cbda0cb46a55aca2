"""Figures in running text: the parts of a whole make it up, the words agree with the figures, and the text quotes the
statements rightly. Source: the disclosure templates of 部门预算公开 and 部门决算公开, whose narrative repeats the statements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from workbench.checks.context import Context
from workbench.checks.families.quoted.amounts import Quote, Quotes, from_text, quotes_of
from workbench.checks.families.quoted.bare_lines import BARE_LINE_FORMS, bare_lines
from workbench.checks.families.quoted.carried import carried
from workbench.checks.families.quoted.cells import (
    cells_quoted,
    empty_statement,
    forms_quoted,
    quotable,
    quoted_as_printed,
)
from workbench.checks.families.quoted.class_lists import CLASS_LIST_FORMS, class_lists
from workbench.checks.families.quoted.comparisons import comparisons
from workbench.checks.families.quoted.counts import COUNT_FORMS, counts
from workbench.checks.families.quoted.denials import DENIED_FORMS, denials
from workbench.checks.families.quoted.flows import FLOW_FORMS, fund_flows, is_of_a_fund, is_of_counted_projects
from workbench.checks.families.quoted.items import ITEM_FORMS, equipment_bought, item_rows
from workbench.checks.families.quoted.listed_items import listed_items
from workbench.checks.families.quoted.named_lines import LINE_FORMS, named_lines
from workbench.checks.families.quoted.occasions import occasions
from workbench.checks.families.quoted.parts import (
    adopted,
    decomposition_of,
    is_closed,
    likely_all_of,
    listings,
    names_whole,
)
from workbench.checks.families.quoted.projects import BUDGET_FORMS, balanced_totals, project_budgets
from workbench.checks.families.quoted.repeated_text import repeated_texts
from workbench.checks.families.quoted.totals_behind import totals_behind
from workbench.fiscal.concepts import concepts, named
from workbench.model.check import Check, Family, Relation, Severity, Term
from workbench.model.message import Message
from workbench.model.table import StatedKind

_NEVER_LISTED = re.compile(r"(?:上缴|上解)上级支出|对附属单位补助支出|结余分配")
_LIST_WITHIN = 12
_SHORTEST_NAME = 6
_PEOPLE = frozenset({"人", "名"})
_OUTSIDE = re.compile(r"退休|离休|遗属|编外|临时")
"""People who are counted beside those in post, though the sentence goes on with them."""
_BOTH_SIDES = frozenset({"income_and_expenditure", "fiscal_income_and_expenditure"})
_ONE_SIDE = frozenset({"income", "year_income", "expenditure", "year_expenditure"})


def build(context: Context) -> Iterator[Check]:
    """Sums inside the text, statements quoted by the text, comparisons in words."""
    yield from repeated_texts(context)
    yield from from_text(context, "denials", denials, *quotable(context, *DENIED_FORMS))
    if not context.document.stated:
        return
    quotes = quotes_of(context)
    yield from from_text(context, "sums of the text", _sums)
    yield from from_text(context, "changes of the text", _changes)
    yield from _quoted_statements(context, quotes)
    yield from from_text(context, "items of the text", item_rows, *quotable(context, *ITEM_FORMS))
    yield from from_text(context, "lists of classes", class_lists, *quotable(context, *CLASS_LIST_FORMS))
    yield from from_text(context, "named lines", named_lines, *quotable(context, *LINE_FORMS, *CLASS_LIST_FORMS))
    yield from from_text(context, "bare lines", bare_lines, *quotable(context, *BARE_LINE_FORMS))
    yield from from_text(context, "counts of the text", counts, *quotable(context, *COUNT_FORMS))
    yield from from_text(context, "flows of funds", fund_flows, *context.of_form(*FLOW_FORMS))
    yield from from_text(context, "listed items", listed_items)
    yield from from_text(context, "balanced totals", balanced_totals)
    yield from from_text(context, "totals behind their parts", totals_behind)
    yield from from_text(context, "project budgets", project_budgets, *context.of_form(*BUDGET_FORMS))
    yield from from_text(context, "comparisons", comparisons)
    yield from from_text(context, "occasions", occasions)
    yield from from_text(context, "carried", carried)


def _sums(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The parts that 其中, 包括 or a list takes a whole apart into."""
    for whole in quotes.all:
        if whole.kind not in (StatedKind.AMOUNT, StatedKind.COUNT):
            continue
        children = quotes.children.get(whole.figure.id, ())
        by_year = whole.figure.year is None and _are_of_years(children)
        parts = [
            part
            for part in children
            if part.kind is whole.kind
            and part.figure.id not in quotes.plans
            and (quotes.of_this_year(part) is quotes.of_this_year(whole) or by_year)
            and not _other_side(whole, part)
            and not _are_fellows(whole, part)
            and not _of_a_fellow(quotes, whole, part)
            and not quotes.compared(part)
            and not (whole.figure.unit in _PEOPLE and _OUTSIDE.search(part.named.key))
            and quotes.term(part, "part", 1, whole.figure.unit) is not None
        ]
        parts = _each_once(whole, parts)
        divisions = (decomposition_of(whole, one) for one in (parts, *listings(quotes, parts)))
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
                yield from _list(context, quotes, whole, listing)


def _are_of_years(parts: Sequence[Quote]) -> bool:
    """Whether a list takes something apart by years (总投资90万元，其中2031年40万元，2032年50万元)."""
    years = [part.figure.year for part in parts if part.kind is StatedKind.AMOUNT]
    return len(years) > 1 and None not in years and len(set(years)) == len(years)


def _is_kind_of(whole: Quote, part: Quote) -> bool:
    """Whether a part bears the name of its whole behind its own (工程采购授予中小企业合同金额): these take it apart by themselves."""
    name, key = whole.named.key, part.named.key
    return len(name) >= _SHORTEST_NAME and name != key and key.endswith(name)


def _each_once(whole: Quote, parts: list[Quote]) -> list[Quote]:
    """Parts without what says the same once more: “X（项）9万元，主要用于…，支出决算为9万元” is one part of the final amount."""
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
    """Whether a part bears the name of another item of the list that its whole ends (…、住房保障支出5万元。其中：财政拨款
    一般公共服务支出…)."""
    before = quotes.all[max(whole.position - _LIST_WITHIN, 0) : whole.position]
    listed = [one for one in before if one.kind is whole.kind and "。" not in (quotes.between(one, whole) or "。")]
    keys = [one.named.key for one in listed if len(one.named.key) >= 4]
    name = part.named.key
    return not name.endswith(whole.named.key) and any(name != key and name.endswith(key) for key in keys)


def _are_fellows(one: Quote, other: Quote) -> bool:
    """Whether both are parts of one whole (公务接待费 is none of 公务用车购置及运行费)."""
    fellows = (known.parts for known in concepts().decompositions)
    return one.concept != other.concept and any({one.concept, other.concept} <= set(parts) for parts in fellows)


def _other_side(whole: Quote, part: Quote) -> bool:
    """Whether one is income and the other expenditure."""
    one, other = whole.named.key, part.named.key
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
    terms = [quotes.term(part, "part", 1, whole.figure.unit) for part in parts]
    yield context.check(
        Family.NARRATIVE,
        Relation.AT_MOST,
        [*(term for term in terms if term is not None), Term(whole.ref, Decimal(-1), "total")],
        Message(
            f"“{whole.title}” is at least what the text says is part of it: {_listed(parts)}.",
            f"“{whole.title}”不少于正文所列其中部分：{_listed(parts)}。",
        ),
        key=[part.figure.label for part in parts],
        severity=Severity.WARNING,
        weak=True,
    )


def _exhaustive(
    context: Context, quotes: Quotes, whole: Quote, parts: Sequence[Quote], severity: Severity, *, weak: bool
) -> Iterator[Check]:
    terms = [quotes.term(part, "part", -1, whole.figure.unit) for part in parts]
    yield context.check(
        Family.NARRATIVE,
        Relation.EQUAL,
        [Term(whole.ref, Decimal(1), "total"), *(term for term in terms if term is not None)],
        Message(
            f"In the text, “{whole.title}” is the sum of {_listed(parts)}.",
            f"正文中，“{whole.title}”等于{_listed(parts)}之和。",
        ),
        key=[part.figure.label for part in parts] if len(parts) <= 4 else [parts[0].figure.label],
        severity=severity,
        weak=weak,
    )


def _listed(parts: Sequence[Quote]) -> str:
    years = _are_of_years(parts) and len({part.title for part in parts}) < len(parts)
    names = [f"“{part.figure.year}年{part.title}”" if years else f"“{part.title}”" for part in parts]
    return "、".join(names if len(names) <= 4 else [*names[:3], f"…（{len(names)}）"])


def _changes(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The change of a whole is made up of the changes of its known parts."""
    for whole in quotes.all:
        if whole.kind is not StatedKind.CHANGE:
            continue
        direct = [part for part in quotes.children.get(whole.figure.id, ()) if part.kind is StatedKind.CHANGE]
        parts = _change_parts(whole, direct) or _changes_of_parts(whole, quotes)
        if parts is None:
            continue
        terms = [quotes.term(part, "part", -(part.figure.direction or 1), whole.figure.unit) for part in parts]
        if any(term is None for term in terms):
            continue
        yield context.check(
            Family.NARRATIVE,
            Relation.EQUAL,
            [
                Term(whole.ref, Decimal(whole.figure.direction or 1), "total"),
                *(term for term in terms if term is not None),
            ],
            Message(
                f"In the text, the change “{whole.title}” is made up of {_listed(parts)}.",
                f"正文中，“{whole.title}”由{_listed(parts)}构成。",
            ),
            key=[part.figure.label for part in parts],
        )


def _change_parts(whole: Quote, parts: Sequence[Quote]) -> list[Quote] | None:
    """Changes said to be parts of the change, if the kinds that make up a whole are all among them."""
    subjects = {part.figure.id: _subject_concept(part) for part in parts}
    subject = _subject_concept(whole)
    for known in concepts().decompositions:
        if subject and "*" not in known.whole and subject not in known.whole:
            continue
        found = [part for part in parts if subjects[part.figure.id] in known.parts]
        if {subjects[part.figure.id] for part in found} == set(known.parts) and len(found) == len(known.parts):
            return found
    return None


_CHANGE_WORDS = re.compile(
    r"(?:[比较与同].*)?(?:增加|减少|增长|下降|降低|上升|提高|压减|压缩|削减|调增|调减|增支|减支)$"
)


def _subject_concept(change: Quote) -> str:
    return named(_CHANGE_WORDS.sub("", change.figure.label)).concept


def _changes_of_parts(whole: Quote, quotes: Quotes) -> list[Quote] | None:
    """The changes of all known parts of the amount that a change is said about; a part said to be unchanged (持平)
    adds nothing. None where one of the parts says nothing of its change."""
    amount = quotes.parent(whole)
    if amount is None or amount.kind is not StatedKind.AMOUNT:
        return None
    children = [part for part in quotes.children.get(amount.figure.id, ()) if part.kind is StatedKind.AMOUNT]
    parts = decomposition_of(amount, children)
    if parts is None:
        return None
    changes: list[Quote] = []
    for part in parts:
        own = [one for one in quotes.children.get(part.figure.id, ()) if one.kind is StatedKind.CHANGE]
        if own:
            changes.append(own[0])
        elif "持平" not in part.figure.text and "一致" not in part.figure.text:
            return None
    return changes or None


def _quoted_statements(context: Context, quotes: Quotes) -> Iterator[Check]:
    """The text says what the statements say."""
    for quote in quotes.amounts:
        meaning = quotes.meaning(quote)
        forms = dict.fromkeys([*forms_quoted(quote.concept), *forms_quoted(meaning)])
        if forms and meaning:
            build = partial(_quoted_statement, quote)
            yield from from_text(context, ("quoted", quote.figure.id), build, *quotable(context, *forms))


def _quoted_statement(quote: Quote, context: Context, quotes: Quotes) -> Iterator[Check]:
    if not quotes.of_this_year(quote) or is_of_counted_projects(quotes, quote):
        return
    if is_of_a_fund(quotes, quote) and not quotes.meaning(quote).startswith("fiscal"):
        return
    for table, ref in cells_quoted(context, quotes, quote):
        yield from quoted_as_printed(context, quote, table, ref)
    yield from equipment_bought(context, quote)
    empty = empty_statement(context, quotes, quote)
    if empty is not None and context.amount(quote.ref):
        yield context.fact(
            Family.NARRATIVE,
            [quote.ref],
            Message(
                f"The text gives “{quote.title}” a figure, but the table {empty.title} is empty.",
                f"正文“{quote.title}”有金额，但《{empty.title}》为空表。",
            ),
        )
