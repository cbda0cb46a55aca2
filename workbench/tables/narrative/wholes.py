"""What 其中, 包括 and lists take apart: the wholes that the figures after them are parts of."""

from __future__ import annotations

import re

from workbench.fiscal.concepts import are_fellows, named
from workbench.model.table import StatedKind
from workbench.tables.narrative.drafts import Draft, Scope
from workbench.tables.narrative.naming import amount_named
from workbench.tables.narrative.phrases import read_phrase
from workbench.tables.narrative.reading import Reading
from workbench.tables.narrative.relations import of_one_aspect
from workbench.tables.narrative.tokens import HAS_FIGURE, is_count

_OF_ALL = re.compile(r"[，,。](?:具体|各项)(?:支出|收入)(?:预算|决算)?(?:情况)?$")
_TOTALS = frozenset(
    {
        "income",
        "year_income",
        "expenditure",
        "year_expenditure",
        "income_and_expenditure",
        "fiscal_income",
        "procurement",
    }
    | {"fiscal_expenditure", "fiscal_income_and_expenditure", "general_income", "general_expenditure", "three_public"}
)
_BOTH_SIDES = frozenset({"income_and_expenditure", "fiscal_income_and_expenditure"})
_DIVIDED = re.compile(
    r"按[^，。；：:]{0,12}(?:分类|划分|性质|用途|类型|类别)[^，。；：:]{0,6}[：:，,]|按[^，。；：:]{1,12}(?<!部)分[：:]"
)
"""What begins a list whose items are none of them the whole of the next one."""
_SIDE_SAID = re.compile(r"(?:其中)?[，：:]?(?:本年|全年|年度)?(?P<side>收入|支出)(?:总?预算|总?决算|总[计额])?")
_SUBTOTAL = re.compile(r"(?:以上|上述)?(?:[两二三四五六]项|[两二三四五六]者)?(?:合计|共计|总计)$")
"""What sums up the amounts right before it, and is taken apart by no list behind it."""
_SIDE_BY_SIDE = 8
"""As many characters at most stand between two numbers of one thing."""


def open_part(reading: Reading, token: re.Match[str]) -> None:
    """Begins what 其中, 包括 and the like take apart."""
    clause, reading.clause = reading.clause, token.end()
    if token["within"] is not None:
        scope = _named_within(reading, reading.text[clause : token.start()])
    elif token["side"] is not None:
        scope = _of_both_sides(reading)
    elif token.start() == reading.sentence and _is_division(reading, token.start()):
        scope = _opening_of_paragraph(reading)
    else:
        scope = _wholes_here(reading, opens=token.start() == reading.sentence)
    if scope is None:
        return
    scope.passing = token.group() == "含"
    after = reading.text[token.end() : token.end() + 1]
    reading.pending = scope if after in "：:\n" else None
    reading.scopes.append(scope)


def open_list(reading: Reading, token: re.Match[str]) -> None:
    """Begins the list that 如下, 以下方面 or 按功能分类划分 announces."""
    scope = _listed(reading, token)
    if scope is not None:
        if token["divided"] is not None:
            reading.divided = next(iter(scope.amounts.values()), None)
        reading.pending = scope
        reading.scopes.append(scope)


def _wholes_here(reading: Reading, *, opens: bool = False) -> Scope | None:
    """What 其中 takes apart here: the amount last named, with the other amounts and the change said about it; the
    numbers that stand right before it. Where it `opens` a sentence, it speaks of no amount that the sentence before
    gives for a reason."""
    if not reading.drafts:
        return None
    change: int | None = None
    latest = reading.drafts[-1]
    if latest.kind is StatedKind.CHANGE:
        change = len(reading.drafts) - 1
    elif latest.kind is StatedKind.GROWTH and len(reading.drafts) > 1 and reading.drafts[-2].kind is StatedKind.CHANGE:
        change = len(reading.drafts) - 2
    counts = _counts_here(reading)
    index = reading.last
    begins = reading.text[reading.clause - 3 : reading.clause].startswith("。其中")
    if counts and index is not None and reading.drafts[index].start < reading.sentence and not begins:
        index = None
    if index is None and not counts:
        index = next((at for at in range(len(reading.drafts) - 1, -1, -1) if _is_named(reading, at)), None)
    if opens and index is not None:
        index = _before_reasons(reading, index)
    if index is None:
        known = change is not None or counts
        return Scope({}, change, len(reading.opened), counts=counts) if known else None
    return Scope(_aspects(reading, index), change, len(reading.opened), counts=counts)


def _before_reasons(reading: Reading, index: int) -> int:
    """The amount that a paragraph names last for its own sake: the one at hand, but for one that gives a reason."""
    for at in range(index, -1, -1):
        draft = reading.drafts[at]
        if draft.start < reading.first:
            break
        if draft.kind is StatedKind.AMOUNT and not reading.stands_in_reason(draft.start):
            return at
    return index


def _aspects(reading: Reading, index: int) -> dict[str, int]:
    """An amount with those of the same thing that stand before it (年初预算, 支出决算), by what each says of it."""
    amounts: dict[str, int] = {}
    subject = reading.drafts[index].subject
    for at in range(index, max(index - 8, -1), -1):
        draft = reading.drafts[at]
        if draft.kind is StatedKind.AMOUNT and not draft.phrase.previous and draft.subject == subject:
            amounts.setdefault(draft.phrase.aspect, at)
        elif draft.kind is StatedKind.AMOUNT:
            break
    return amounts


def _named_within(reading: Reading, words: str) -> Scope | None:
    """What “财政拨款支出预算中，” takes apart: the amount of that name, with the change said about it."""
    phrase = read_phrase(words, "万元")
    index = amount_named(reading, phrase.subject) if phrase.subject else None
    if index is None:
        return None
    amounts = _aspects(reading, index)
    if phrase.aspect:
        amounts = {aspect: at for aspect, at in amounts.items() if of_one_aspect(aspect, phrase.aspect)} or amounts
    said = (at for at, draft in enumerate(reading.drafts) if draft.about == index and draft.kind is StatedKind.CHANGE)
    return Scope(amounts, next(said, None), len(reading.opened))


def _is_named(reading: Reading, at: int) -> bool:
    """Whether the text speaks of an amount for its own sake, and does not count in passing why something is so."""
    draft = reading.drafts[at]
    return draft.kind is StatedKind.AMOUNT and not (is_count(draft.unit) and reading.gives_reason(draft.start))


def _counts_here(reading: Reading) -> dict[str, int]:
    """The numbers named last (24批次、210人次), by what they are counted in;
    none where something else was named since."""
    counts: dict[str, int] = {}
    for at in range(len(reading.drafts) - 1, -1, -1):
        draft = reading.drafts[at]
        if not is_count(draft.unit) or draft.unit in counts or not _is_named(reading, at):
            break
        if counts and reading.drafts[at + 1].start - draft.end > _SIDE_BY_SIDE:
            break
        counts[draft.unit] = at
    return counts


def _of_both_sides(reading: Reading) -> Scope | None:
    """What 收入包括 and 支出包括 take apart: the total of both sides named last, here or in the paragraph before."""
    reading.scopes = [scope for scope in reading.scopes if scope.rank is not None]
    for at in range(len(reading.drafts) - 1, -1, -1):
        draft = reading.drafts[at]
        if draft.kind is not StatedKind.AMOUNT or draft.phrase.previous:
            continue
        concept = named(draft.subject).concept
        if concept in _BOTH_SIDES:
            return Scope({draft.phrase.aspect: at}, None, len(reading.opened))
        before = draft.start < reading.first and draft.whole is None
        if before and (concept in _TOTALS or reading.text.count("\n", draft.end, reading.first) > 1):
            return None
    return None


def _is_division(reading: Reading, end: int) -> bool:
    """Whether the sentence that ends here only names the kinds that something is divided into (分为货物类和服务类)."""
    begin = max(reading.text.rfind("。", 0, max(end - 1, 0)) + 1, reading.first)
    words = reading.text[begin:end]
    return "分为" in words and not HAS_FIGURE.search(words)


def _listed(reading: Reading, token: re.Match[str]) -> Scope | None:
    """What 如下, 以下方面 or 按功能分类划分 begins a list of."""
    if token["divided"] is not None:
        announced = reading.pending if reading.text[token.start() - 1] in "：:" else None
        reading.scopes = [scope for scope in reading.scopes if scope.rank is not None]
        found = announced or _divided_before(reading) or _top_of_paragraph(reading)
        return found if _is_of_side_said(reading, found, token.start()) else _of_both_sides(reading)
    if reading.last is not None and reading.drafts[reading.last].start >= reading.sentence:
        return _whole_of_part_named(reading, token) or _wholes_here(reading)
    if token.start() == reading.sentence and reading.last is not None:
        return _wholes_here(reading)
    words = re.split(r"主要|具体|内容|情况|其中|[，,]", reading.text[reading.sentence : token.start()])[0]
    if not words:
        return _top_of_paragraph(reading) if "方面" in token.group() else None
    for at in range(len(reading.drafts) - 1, -1, -1):
        draft = reading.drafts[at]
        if draft.kind is StatedKind.AMOUNT and draft.subject.startswith(words):
            return Scope({draft.phrase.aspect: at, "": at}, None, len(reading.opened))
    return None


def _is_of_side_said(reading: Reading, scope: Scope | None, end: int) -> bool:
    """Whether what is divided may be what the words right before say that it is (支出按功能分类：…): of income and
    expenditure no list of the one takes the other apart, nor money that was carried in."""
    said = _SIDE_SAID.fullmatch(reading.text, max(reading.sentence, reading.clause), end)
    if said is None or scope is None:
        return True
    wholes = [reading.drafts[at].subject for at in scope.amounts.values()]
    return any(said["side"] in whole or "收支" in whole for whole in wholes)


def _whole_of_part_named(reading: Reading, token: re.Match[str]) -> Scope | None:
    """The whole of the parts named last, where a list of what that is begins (…，项目支出0元，具体支出预算如下)."""
    whole = reading.drafts[reading.last].whole if reading.last is not None else None
    words = reading.text[reading.drafts[-1].end : token.start()]
    if whole is None or not _OF_ALL.search(words):
        return None
    return Scope({reading.drafts[whole].phrase.aspect: whole, "": whole}, None, len(reading.opened))


def _divided_before(reading: Reading) -> Scope | None:
    """What was divided last, where it is divided once more by something else and no other total was named since."""
    whole = reading.divided
    if whole is None or any(_is_total(draft) for draft in reading.drafts[whole + 1 :]):
        return None
    return Scope({reading.drafts[whole].phrase.aspect: whole, "": whole}, None, len(reading.opened))


def _is_total(draft: Draft) -> bool:
    return draft.kind is StatedKind.AMOUNT and named(draft.subject).concept in _TOTALS


def _opening_of_paragraph(reading: Reading) -> Scope | None:
    """The first amount of this paragraph, if it is not itself one of the kinds that something is divided into."""
    for at, draft in enumerate(reading.drafts):
        if draft.start >= reading.first and draft.kind is StatedKind.AMOUNT:
            divided = reading.text[reading.first : draft.start].lstrip("其中：:").startswith("按")
            return None if divided else Scope({draft.phrase.aspect: at, "": at}, None, len(reading.opened))
    return None


def _top_of_paragraph(reading: Reading) -> Scope | None:
    """The amount of this paragraph that is a part of none, nor one of those that make up a whole which the
    paragraph does not tell."""
    for at in range(len(reading.drafts) - 1, -1, -1):
        draft = reading.drafts[at]
        if draft.start < reading.first:
            return None
        if draft.kind is StatedKind.AMOUNT and draft.whole is None and not draft.phrase.previous:
            if _SUBTOTAL.match(draft.subject) or _stands_beside(reading, at):
                return None
            listed = _DIVIDED.search(reading.text, reading.first, draft.start)
            return None if listed else Scope({draft.phrase.aspect: at, "": at}, None, len(reading.opened))
    return None


def _stands_beside(reading: Reading, at: int) -> bool:
    """Whether an amount stands beside another of this paragraph as parts of one whole (基本支出…；项目支出…。)."""
    concept = named(reading.drafts[at].subject).concept
    before = (draft for draft in reading.drafts[:at] if draft.start >= reading.first and draft.whole is None)
    return bool(concept) and any(are_fellows(concept, named(draft.subject).concept) for draft in before)
