"""What a figure of running text is said about, and what it is a part of."""

from __future__ import annotations

import re

from workbench.fiscal.concepts import named
from workbench.model.table import StatedKind
from workbench.tables.narrative.drafts import Draft
from workbench.tables.narrative.reading import Reading
from workbench.tables.narrative.tokens import is_count

_GENERIC_TAIL = re.compile(r"(?:支出|收入)?(?:总计|合计|总额)?(?:年初)?(?:预算|决算|安排|执行)?数?$")
# The parts that make up a whole together, so that a part in the next sentence still belongs to it.
_COMPLEMENTS = (("基本支出", "项目支出"), ("人员经费", "公用经费"), ("出国", "用车", "接待"))


def relate(reading: Reading, draft: Draft) -> None:
    """Ties a figure to what it is said about or a part of."""
    index = len(reading.drafts)
    if draft.phrase.held:
        draft.about = reading.last
        draft.subject = reading.drafts[reading.last].subject if reading.last is not None else ""
        return
    if draft.kind is StatedKind.AMOUNT and not draft.phrase.previous:
        if draft.year is None:
            draft.year = reading.year
        if not draft.subject and not is_count(draft.unit):
            draft.subject = _subject_here(reading)
        _resume(reading, draft)
        _take_as_part(reading, draft)
        if not (draft.unit == "%" or is_count(draft.unit)) or reading.last is None:
            reading.last = index
        return
    draft.about = reading.last
    if draft.kind is StatedKind.CHANGE:
        _resume(reading, draft)
    if draft.subject and draft.kind in (StatedKind.CHANGE, StatedKind.GROWTH):
        draft.about = _named(reading, draft.subject)
    if draft.kind is StatedKind.SHARE and draft.phrase.subject and not draft.phrase.whole:
        draft.about = None
    if not draft.subject and draft.about is not None:
        draft.subject = reading.drafts[draft.about].subject
    if draft.kind is StatedKind.CHANGE:
        _take_change_as_part(reading, draft)
    if draft.kind is StatedKind.GROWTH and not draft.phrase.subject and reading.drafts:
        latest = reading.drafts[-1]
        if latest.kind is StatedKind.CHANGE:
            draft.about, draft.subject = latest.about, latest.subject


def _subject_here(reading: Reading) -> str:
    if reading.heading:
        return reading.heading
    return reading.drafts[reading.last].subject if reading.last is not None else ""


def _named(reading: Reading, subject: str) -> int | None:
    """The amount last named that `subject` names again."""
    key, concept = _plain(subject), named(subject).concept
    recent: int | None = None
    for at in range(len(reading.drafts) - 1, max(len(reading.drafts) - 80, -1), -1):
        draft = reading.drafts[at]
        if draft.kind is not StatedKind.AMOUNT or draft.phrase.previous:
            continue
        other = _plain(draft.subject)
        if other == key or (concept and named(draft.subject).concept == concept):
            return at
        if recent is None and at >= len(reading.drafts) - 8 and (other.startswith(key) or other.endswith(key)):
            recent = at
    return recent


def _resume(reading: Reading, draft: Draft) -> None:
    """Takes the whole of the sentence before up again where this sentence opens with the part that it lacks."""
    scope = reading.suspended
    if scope is None:
        return
    reading.suspended = None
    if reading.scopes or not draft.subject or reading.text[reading.sentence : draft.clause].strip("其中，,：:"):
        return
    for group in _COMPLEMENTS:
        kinds = [name for name in group if name in draft.subject]
        others = [name for name in group for part in scope.parts if name in part]
        if kinds and others and kinds[0] not in others:
            reading.scopes.append(scope)


def _take_as_part(reading: Reading, draft: Draft) -> None:
    if not reading.scopes or draft.unit == "%":
        return
    scope = reading.scopes[-1]
    aspect = draft.phrase.aspect
    if scope.rank is not None:
        if aspect in scope.taken or (scope.taken and aspect == ""):
            return
        scope.taken.add(aspect)
    whole = scope.amounts.get(aspect)
    if whole is None and not aspect:
        whole = next(iter(scope.amounts.values()), None)
    if whole is None:
        whole = next((at for key, at in scope.amounts.items() if _same_aspect(key, aspect)), None)
    if whole is None and ("" in scope.amounts or len(scope.amounts) == 1):
        whole = next(iter(scope.amounts.values()), None)
    scope.parts.append(draft.subject)
    if whole is not None and is_count(reading.drafts[whole].unit) == is_count(draft.unit):
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


def _same_aspect(one: str, other: str) -> bool:
    return ("决算" in one) == ("决算" in other) and ("年初" in one) == ("年初" in other)
