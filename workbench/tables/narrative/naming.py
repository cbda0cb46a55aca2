"""Which amount named before the words of running text name again."""

from __future__ import annotations

import re

from workbench.fiscal.concepts import named
from workbench.model.table import StatedKind
from workbench.tables.narrative.reading import Reading

_GENERIC_TAIL = re.compile(r"(?:支出|收入)?(?:总计|合计|总额)?(?:年初)?(?:预算|决算|安排|执行)?数?$")
_SIDE_BY_SIDE = 12
_BOTH_SIDES = {
    "income_and_expenditure": ("income", "expenditure"),
    "fiscal_income_and_expenditure": ("fiscal_income", "fiscal_expenditure"),
}
_OF_THE_SECTION = {
    "income_and_expenditure": ("fiscal_income_and_expenditure",),
    "fiscal_income_and_expenditure": ("income_and_expenditure",),
    "fiscal_expenditure": ("general_expenditure",),
    "fiscal_income": ("general_income",),
}
"""What a shorter name means in a paragraph that names the total of one fund."""


def amount_named(reading: Reading, subject: str) -> int | None:
    """The amount last named that `subject` names again; of the amounts of two years the later one's."""
    key, concept = plain(subject), named(subject).concept
    here = _named_in_paragraph(reading, (concept, *_OF_THE_SECTION.get(concept, ())))
    if here is not None:
        return of_later_year(reading, here)
    if concept in _BOTH_SIDES:
        both = _equal_sides(reading, _BOTH_SIDES[concept])
        if both is not None:
            return both
    alike: int | None = None
    recent: int | None = None
    for at in range(len(reading.drafts) - 1, max(len(reading.drafts) - 80, -1), -1):
        draft = reading.drafts[at]
        if draft.kind is not StatedKind.AMOUNT or draft.phrase.previous:
            continue
        other, meant = plain(draft.subject), named(draft.subject).concept
        if concept and meant and other == key and meant != concept:
            # 本年收入 and 本年支出 differ in words that say nothing behind other names.
            alike = at if alike is None else alike
        elif other == key or (concept and meant == concept):
            return of_later_year(reading, at)
        if recent is None and at >= len(reading.drafts) - 8 and (other.startswith(key) or other.endswith(key)):
            recent = at
    return recent if alike is None else of_later_year(reading, alike)


def _named_in_paragraph(reading: Reading, meanings: tuple[str, ...]) -> int | None:
    """The amount last named in this paragraph for the first of these concepts that it names at all."""
    for concept in meanings if len(meanings) > 1 else ():
        for at in range(len(reading.drafts) - 1, -1, -1):
            draft = reading.drafts[at]
            if draft.start < reading.first:
                break
            if (
                draft.kind is StatedKind.AMOUNT
                and not draft.phrase.previous
                and named(draft.subject).concept == concept
            ):
                return at
    return None


def named_again(reading: Reading, subject: str) -> int | None:
    """The amount that a share with a name of its own is one of: the one that bears this very name, none of a like one
    (货物采购授予中小企业合同金额占… is no share of 授予中小企业合同金额)."""
    at = amount_named(reading, subject)
    if at is None:
        return None
    other, concept = reading.drafts[at].subject, named(subject).concept
    same = plain(other) == plain(subject) or (concept and named(other).concept == concept)
    return at if same else None


def of_later_year(reading: Reading, at: int) -> int:
    """An amount, or the one before it that names the same for a later year."""
    draft = reading.drafts[at]
    for before in range(at - 1, max(at - _SIDE_BY_SIDE, -1), -1) if draft.year is not None else ():
        other = reading.drafts[before]
        if other.kind is StatedKind.AMOUNT and plain(other.subject) == plain(draft.subject):
            if other.year is not None and draft.year is not None and other.year > draft.year:
                return before
    return at


def _equal_sides(reading: Reading, sides: tuple[str, ...]) -> int | None:
    """Where the amounts named last are income and expenditure of one size (收支较上年增加 after both totals):
    the first."""
    amounts = [
        at
        for at, draft in enumerate(reading.drafts[-6:], max(len(reading.drafts) - 6, 0))
        if draft.kind is StatedKind.AMOUNT
    ]
    for first, second in zip(amounts[-2::-1], amounts[:0:-1], strict=False):
        pair = [reading.drafts[first], reading.drafts[second]]
        if tuple(named(draft.subject).concept for draft in pair) == sides:
            printed = {reading.text[draft.start : draft.number_end] for draft in pair}
            return first if len(printed) == 1 else None
    return None


def plain(subject: str) -> str:
    """A subject without the generic words behind it, for telling whether two name the same thing."""
    return _GENERIC_TAIL.sub("", subject) or subject
