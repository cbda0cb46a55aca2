"""What a figure of running text is said about, and what it is a part of."""

from __future__ import annotations

import re

from workbench.fiscal.concepts import are_fellows, named
from workbench.model.table import StatedKind
from workbench.tables.narrative.drafts import Draft, Scope
from workbench.tables.narrative.naming import amount_named, named_again, of_later_year, plain
from workbench.tables.narrative.reading import Reading
from workbench.tables.narrative.subjects import YEAR
from workbench.tables.narrative.tokens import is_count, of_one_measure

_EACH = re.compile(r"(?:其中)?(?:平均|人均|车均|生均|户均|亩均|每[人辆户村个台次亩名家]|单价)")
"""What is for each of several, and no part of what all of them come to."""
_SHOWN_IN = re.compile(
    r"(?:体现在|反映在|集中在|用于|主要是|主要为)(?P<name>[^，。；：\d]{2,24}?(?:支出|费用?|经费))[，,]$"
)
"""A clause that names what the next one gives the amount of (主要体现在教育支出，共支出9万元)."""
_LONGEST_CLAUSE = 60
_CHANGES_BESIDE = 2
"""A change and its rate: what stands between two changes of one thing against different years and budgets."""
_SIDE_BY_SIDE = 12
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
        draft.about = said_again if said_again is not None else of_later_year(reading, reading.last)
    latest = reading.drafts[-1] if reading.drafts else None
    if latest is not None and not draft.subject and _goes_on(reading, draft, latest):
        draft.about, draft.subject = latest.about, latest.subject
    if draft.kind is StatedKind.CHANGE:
        _resume(reading, draft)
    if draft.subject and changes:
        draft.about = amount_named(reading, draft.subject)
    before, between = reading.right_before(draft.clause)
    if draft.kind is StatedKind.SHARE and before is not None and not draft.phrase.subject:
        if is_count(reading.drafts[before].unit) and between in ("，", ","):
            draft.about, draft.subject = before, reading.drafts[before].subject
    if draft.kind is StatedKind.SHARE and draft.phrase.subject:
        draft.about = named_again(reading, draft.phrase.subject) if draft.phrase.whole else None
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
    return budget and "决算" in final.phrase.aspect and plain(draft.subject) == plain(final.subject)


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
    if draft.unit == "%" or _EACH.match(draft.subject):
        return
    while reading.scopes and _is_beside(reading, reading.scopes[-1], draft):
        reading.scopes.pop()
    if not reading.scopes:
        return
    scope = reading.scopes[-1]
    if is_count(draft.unit) and scope.counts:
        # What is counted may be told before an amount, or before points (自评项目4个，涉及资金9万元，平均95分，其中…).
        told = (*scope.counts.values(), *scope.amounts.values())
        alike = (at for at in told if of_one_measure(reading.drafts[at].unit, draft.unit))
        draft.whole = next((at for at in alike if is_count(reading.drafts[at].unit)), None)
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


def _is_beside(reading: Reading, scope: Scope, draft: Draft) -> bool:
    """Whether an amount stands beside the one that is taken apart, as parts of one whole, and so ends its parts
    (基本支出9万元，其中人员支出7万元；项目支出5万元)."""
    concept = named(draft.subject).concept
    wholes = (reading.drafts[at] for at in scope.amounts.values())
    fellows = concept and any(are_fellows(concept, named(whole.subject).concept) for whole in wholes)
    return bool(fellows) and scope.rank is None


def _take_change_as_part(reading: Reading, draft: Draft) -> None:
    scope = reading.scopes[-1] if reading.scopes else None
    if scope is None or scope.change is None:
        return
    whole = _measured_alike(reading, scope.change, draft)
    beside = [one for one in reading.drafts[-_CHANGES_BESIDE:] if one.kind is StatedKind.CHANGE]
    own = [one.whole for one in beside if one.subject == draft.subject and one.whole is not None]
    goes_on = own and draft.phrase.base and whole not in own
    if draft.phrase.subject or goes_on:
        scope.parts.append(draft.subject)
        draft.whole = whole


def _measured_alike(reading: Reading, change: int, part: Draft) -> int | None:
    """The change of a whole, or one said of it right before, that is measured against what the change of a part is
    (较上年减少3万元，较年初预算数减少1万元。其中：公务接待费较上年减少2万元); None where neither is."""
    against = _is_of_budget(part)
    whole = reading.drafts[change]
    for at in range(change, max(change - _SIDE_BY_SIDE, -1), -1):
        other = reading.drafts[at]
        if other.kind is StatedKind.CHANGE and other.about == whole.about:
            if against is None or _is_of_budget(other) in (against, None):
                return at
    return None


def _is_of_budget(change: Draft) -> bool | None:
    """Whether a change is measured against this year's budget; None where it does not say."""
    base = change.phrase.base
    return None if not base else "上" not in base and "去" not in base and not YEAR.search(base) and "预算" in base


def of_one_aspect(one: str, other: str) -> bool:
    """Whether two words for what is measured (年初预算, 支出决算数) mean the same measure."""
    return ("决算" in one) == ("决算" in other) and ("年初" in one) == ("年初" in other)
