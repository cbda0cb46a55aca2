"""What a figure of running text is said about, and what it is a part of."""

from __future__ import annotations

import re

from workbench.fiscal.concepts import named
from workbench.model.table import StatedKind
from workbench.tables.narrative.drafts import Draft, Scope
from workbench.tables.narrative.reading import Reading
from workbench.tables.narrative.tokens import is_count, of_one_measure

_GENERIC_TAIL = re.compile(r"(?:支出|收入)?(?:总计|合计|总额)?(?:年初)?(?:预算|决算|安排|执行)?数?$")
_EACH = re.compile(r"(?:其中)?(?:平均|人均|车均|生均|户均|亩均|每[人辆户村个台次亩名家]|单价)")
"""What is for each of several, and no part of what all of them come to."""
_SHOWN_IN = re.compile(
    r"(?:体现在|反映在|集中在|用于|主要是|主要为)(?P<name>[^，。；：\d]{2,24}?(?:支出|费用?|经费))[，,]$"
)
"""A clause that names what the next one gives the amount of (主要体现在教育支出，共支出9万元)."""
_LONGEST_CLAUSE = 60
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
# The parts that make up a whole together, so that a part in the next sentence still belongs to it.
_COMPLEMENTS = tuple(
    tuple(re.compile(kind) for kind in kinds)
    for kinds in (
        ("基本支出", "项目支出"),
        ("人员(?:经费|支出)", "公用(?:经费|支出)"),
        ("出国", "用车", "接待"),
        ("集中采购", "分散采购"),
        ("货物", "工程", "服务"),
        ("工资福利支出", "商品和服务支出", "对个人和家庭的?补助"),
        ("购置(?!及|和|与|、|更新及)", "(?<![及和与、])运行"),
    )
)


def relate(reading: Reading, draft: Draft) -> None:
    """Ties a figure to what it is said about or a part of."""
    if draft.phrase.held:
        draft.about = reading.last
        draft.subject = reading.drafts[reading.last].subject if reading.last is not None else ""
    elif draft.kind is StatedKind.AMOUNT and not draft.phrase.previous:
        _place_amount(reading, draft)
    else:
        _tie_to_amount(reading, draft)


def _place_amount(reading: Reading, draft: Draft) -> None:
    """An amount for its own sake: a part of what is being taken apart, and what is spoken of from here on."""
    if draft.year is None:
        draft.year = reading.year
    if not draft.subject and not is_count(draft.unit):
        draft.subject = _subject_here(reading, draft)
    _resume(reading, draft)
    if _is_budget_beside(reading, draft):
        return
    _take_as_part(reading, draft)
    if _EACH.match(draft.subject) and reading.last is not None:
        return
    if not (draft.unit == "%" or is_count(draft.unit)) or reading.last is None:
        reading.last = len(reading.drafts)


def _tie_to_amount(reading: Reading, draft: Draft) -> None:
    """A change, a rate, a share or the figure of another year: said of the amount named with it or last."""
    changes = draft.kind in (StatedKind.CHANGE, StatedKind.GROWTH)
    draft.about = reading.last
    if reading.last is not None and changes:
        said_again = _whole_said_again(reading, draft)
        draft.about = said_again if said_again is not None else _of_later_year(reading, reading.last)
    latest = reading.drafts[-1] if reading.drafts else None
    if latest is not None and not draft.subject and _goes_on(reading, draft, latest):
        draft.about, draft.subject = latest.about, latest.subject
    if draft.kind is StatedKind.CHANGE:
        _resume(reading, draft)
    if draft.subject and changes:
        draft.about = amount_named(reading, draft.subject)
    if draft.kind is StatedKind.SHARE and draft.phrase.subject:
        draft.about = _named_again(reading, draft.phrase.subject) if draft.phrase.whole else None
    if not draft.subject and draft.about is not None:
        draft.subject = reading.drafts[draft.about].subject
    if draft.kind is StatedKind.CHANGE:
        _take_change_as_part(reading, draft)
    growth_alone = draft.kind is StatedKind.GROWTH and not draft.phrase.subject
    if growth_alone and latest is not None and latest.kind is StatedKind.CHANGE:
        draft.about, draft.subject = latest.about, latest.subject


def _is_budget_beside(reading: Reading, draft: Draft) -> bool:
    """Whether a budget stands behind the final amount of the same thing
    (支出决算9万元，年初预算8万元，完成年初预算的…，其中…):
    what the sentence goes on to say is said of the final amount, and so are its parts."""
    final = reading.drafts[reading.last] if reading.last is not None else None
    if final is None or final is not reading.drafts[-1] or final.start < reading.sentence:
        return False
    budget = "预算" in draft.phrase.aspect and "决算" not in draft.phrase.aspect
    return budget and "决算" in final.phrase.aspect and _plain(draft.subject) == _plain(final.subject)


def _subject_here(reading: Reading, draft: Draft) -> str:
    """What a figure without a name is about: what its sentence names, else the head of its item, else what was named
    last."""
    counted = _counted_before(reading, draft)
    if counted:
        return counted
    shown = _SHOWN_IN.search(reading.text, max(reading.sentence, draft.clause - _LONGEST_CLAUSE), draft.clause)
    if shown:
        return shown["name"]
    latest = reading.drafts[-1] if reading.drafts else None
    if latest is not None and latest.phrase.previous and latest.phrase.subject and latest.start >= reading.sentence:
        return latest.subject
    last = reading.drafts[reading.last] if reading.last is not None else None
    if reading.heading and (last is None or last.start < reading.sentence):
        return reading.heading
    return last.subject if last is not None else ""


def _counted_before(reading: Reading, draft: Draft) -> str:
    """What the number right before it counts, where it is the money that they concern (39个项目，涉及预算资金…万元)."""
    latest = reading.drafts[-1] if reading.drafts else None
    if latest is None or latest.kind is not StatedKind.AMOUNT or not is_count(latest.unit):
        return ""
    between = reading.text[latest.end : draft.clause]
    of_it = draft.phrase.aspect.startswith("涉及") or (draft.phrase.aspect in ("金额", "") and not between)
    return latest.subject if of_it and between in ("，", ",", "") else ""


def _goes_on(reading: Reading, draft: Draft, latest: Draft) -> bool:
    """Whether a change without a name is said of what the change before it in its sentence is said of, against another
    year or budget (较上年减少1万元，下降2%，较年初预算减少3万元)."""
    changes = (StatedKind.CHANGE, StatedKind.GROWTH)
    return draft.kind in changes and latest.kind in changes and latest.start >= reading.sentence


def _whole_said_again(reading: Reading, draft: Draft) -> int | None:
    """The whole that a change without a name goes back to behind the parts that 含 took out of it
    (收支总预算90万元，含…20万元； 比上年增加…)."""
    scope = reading.scopes[-1] if reading.scopes else None
    if draft.subject or scope is None or not scope.passing or reading.text[draft.clause - 1] not in "；;":
        return None
    return next(iter(scope.amounts.values()), None)


def amount_named(reading: Reading, subject: str) -> int | None:
    """The amount last named that `subject` names again; of the amounts of two years the later one's."""
    key, concept = _plain(subject), named(subject).concept
    here = _named_in_paragraph(reading, (concept, *_OF_THE_SECTION.get(concept, ())))
    if here is not None:
        return _of_later_year(reading, here)
    if concept in _BOTH_SIDES:
        both = _equal_sides(reading, _BOTH_SIDES[concept])
        if both is not None:
            return both
    recent: int | None = None
    for at in range(len(reading.drafts) - 1, max(len(reading.drafts) - 80, -1), -1):
        draft = reading.drafts[at]
        if draft.kind is not StatedKind.AMOUNT or draft.phrase.previous:
            continue
        other = _plain(draft.subject)
        if other == key or (concept and named(draft.subject).concept == concept):
            return _of_later_year(reading, at)
        if recent is None and at >= len(reading.drafts) - 8 and (other.startswith(key) or other.endswith(key)):
            recent = at
    return recent


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


def _named_again(reading: Reading, subject: str) -> int | None:
    """The amount that a share with a name of its own is one of: the one that bears this very name, none of a like one
    (货物采购授予中小企业合同金额占… is no share of 授予中小企业合同金额)."""
    at = amount_named(reading, subject)
    if at is None:
        return None
    other, concept = reading.drafts[at].subject, named(subject).concept
    same = _plain(other) == _plain(subject) or (concept and named(other).concept == concept)
    return at if same else None


def _of_later_year(reading: Reading, at: int) -> int:
    """An amount, or the one before it that names the same for a later year."""
    draft = reading.drafts[at]
    for before in range(at - 1, max(at - _SIDE_BY_SIDE, -1), -1) if draft.year is not None else ():
        other = reading.drafts[before]
        if other.kind is StatedKind.AMOUNT and _plain(other.subject) == _plain(draft.subject):
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


def _resume(reading: Reading, draft: Draft) -> None:
    """Takes the whole of the sentence before up again where this sentence opens with the part that it lacks."""
    scope = reading.suspended
    if scope is None:
        return
    reading.suspended = None
    if reading.scopes or not draft.subject or reading.text[reading.sentence : draft.clause].strip("其中，,：:"):
        return
    if completes(reading, scope, draft.subject):
        reading.scopes.append(scope)


def completes(reading: Reading, scope: Scope, words: str) -> bool:
    """Whether these words name a part that a whole lacks of the kinds that always make it up together; of a kind that
    the whole is itself, its parts are none (公务用车购置费 of 公务用车购置及运行费)."""
    whole = next((reading.drafts[at].subject for at in scope.amounts.values()), "")
    for group in _COMPLEMENTS:
        kinds = [kind for kind in group if kind.search(words)]
        others = [kind for kind in group for part in scope.parts if kind.search(part) and not kind.search(whole)]
        if kinds and others and kinds[0] not in others:
            return True
    return False


def _take_as_part(reading: Reading, draft: Draft) -> None:
    if not reading.scopes or draft.unit == "%" or _EACH.match(draft.subject):
        return
    scope = reading.scopes[-1]
    if is_count(draft.unit) and scope.counts:
        draft.whole = next(
            (at for unit, at in scope.counts.items() if unit == draft.unit or of_one_measure(unit, draft.unit)), None
        )
        return
    aspect = draft.phrase.aspect
    if scope.rank is not None:
        if aspect in scope.taken or (scope.taken and aspect == ""):
            return
        if not scope.taken:
            scope.given_by = reading.rank
        scope.taken.add(aspect)
    whole = scope.amounts.get(aspect)
    if whole is None and not aspect:
        whole = next(iter(scope.amounts.values()), None)
    if whole is None:
        whole = next((at for key, at in scope.amounts.items() if of_one_aspect(key, aspect)), None)
    if whole is None and ("" in scope.amounts or len(scope.amounts) == 1):
        whole = next(iter(scope.amounts.values()), None)
    scope.parts.append(draft.subject)
    if whole is not None and of_one_measure(reading.drafts[whole].unit, draft.unit):
        draft.whole = whole


def _take_change_as_part(reading: Reading, draft: Draft) -> None:
    if not reading.scopes or reading.scopes[-1].change is None:
        return
    scope = reading.scopes[-1]
    if draft.phrase.subject:
        scope.parts.append(draft.subject)
        draft.whole = scope.change


def _plain(subject: str) -> str:
    """A subject without the generic words behind it, for telling whether two name the same thing."""
    return _GENERIC_TAIL.sub("", subject) or subject


def of_one_aspect(one: str, other: str) -> bool:
    """Whether two words for what is measured (年初预算, 支出决算数) mean the same measure."""
    return ("决算" in one) == ("决算" in other) and ("年初" in one) == ("年初" in other)
