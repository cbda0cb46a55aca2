"""One figure of running text taken up: its words, its unit, its year."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from workbench.model.table import StatedKind
from workbench.tables.narrative.drafts import Draft
from workbench.tables.narrative.phrases import Phrase, read_phrase, read_share_of_plan, said_before
from workbench.tables.narrative.reading import Reading
from workbench.tables.narrative.relations import relate
from workbench.tables.narrative.rows import in_a_row, one_of_row, share_of_row
from workbench.tables.narrative.tokens import BODY_NOUN, PERSON_NOUN, is_count, of_one_measure, whole_unit

_YEAR = re.compile(r"(?<![比较与同和由从])(20\d\d)年")
_LONGEST_YEAR = 5
_UNCHANGED = re.compile(
    r"[，。]?(?:预算数|决算数|支出决算|金额)?(?:比|较|与|同|和)?[^，。；;：:]{0,14}?(?:持平|保持一致|无变化|无增减变化|没有变化|相同)"
)
_COUNTED_TOGETHER = frozenset({"累计", "共计", "共", "合计", "人数", "人次", "人员"})
_TOGETHER = re.compile(r"(?:一共|总共|共计?|总计)(?:为|是)?")
_SUM = "合计"
_BESIDE = frozenset({"、", "，", ",", ""})
_GROUPS = re.compile(r"(?<=.)(?:团组|批次|批)数?(?:共计|合计)?$")
_BELONGS = re.compile(r"(?:下属|所属|下设|下辖|直属|内设|包括|包含|设有|[和与及有含])$")
_FUND_OF_INCOME = re.compile(
    r"(?P<fund>财政拨款|(?:一般公共|公共财政)预算(?:财政)?(?:拨款)?|政府性基金(?:预算)?(?:财政)?(?:拨款)?|国有资本经营(?:预算)?(?:财政)?(?:拨款)?)"
    r"(?:本年|当年)?收入(?:总计|合计)?$"
)
_BARE_EXPENDITURE = re.compile(r"支出(?:总计|合计|总额)?")
_SAYS_UNIT = re.compile(r"单位|计量|货币")
_MONEY_FIGURE = re.compile(r"\d[亿万]?元")
_IN_FORMULA = re.compile(r"[）)]?(?:[*×xX]|乘以?)\d|[）)]?[=＝]\d")
_LOOK_BACK, _LOOK_AHEAD = 90, 8
"""So many characters before a figure say what it is about, and behind it what it counts."""


class _Printed(NamedTuple):
    """A figure as it is printed: where it begins and ends, its unit,
    and whether its digits were left out (收入 万元)."""

    start: int
    end: int
    unit: str
    blank: bool


def _printed(token: re.Match[str]) -> _Printed:
    if token["figure"] is not None:
        return _Printed(token.start("number"), token.end("number"), token["unit"], blank=False)
    end = token.start("missing")
    return _Printed(token.start("hole") if token["hole"] else end, end, token["missing"], blank=True)


def take_figure(reading: Reading, token: re.Match[str], end: int) -> None:
    """Takes one figure up: what it is about, what it is a part of."""
    printed = _printed(token)
    draft = None if _states_nothing(reading, token, printed, end) else _draft(reading, token, printed)
    reading.clause = token.end()
    if draft is None:
        shared = share_of_row(reading, printed.start, printed.end) if printed.unit == "%" else None
        shared = shared or one_of_row(reading, printed.start, printed.end, printed.unit)
        reading.drafts += [shared] if shared is not None else []
        return
    last = reading.last
    relate(reading, draft)
    text = reading.text
    reckoned = draft.unit != "%" and (_IN_FORMULA.match(text, token.end()) or text[draft.clause - 1] in "×*")
    if not (draft.subject or draft.phrase.aspect or reckoned):
        reading.last = last
        return
    reading.pending = None
    unchanged = _UNCHANGED.match(text, token.end(), end)
    if unchanged:
        draft.end = unchanged.end()
    reading.drafts.append(draft)


def _states_nothing(reading: Reading, token: re.Match[str], printed: _Printed, end: int) -> bool:
    """Whether it is a limit (50万元以上), a unit without digits that is a table's or among no money,
    or one of a row of figures."""
    if token["over"] is not None and token["unit"] != "%" and "万人" not in token["unit"]:
        return True
    if printed.blank:
        of_a_table = _SAYS_UNIT.search(reading.text, reading.sentence, printed.start)
        if of_a_table or not _MONEY_FIGURE.search(reading.text, reading.first, end):
            return True
    return in_a_row(reading, printed.start)


def _draft(reading: Reading, token: re.Match[str], printed: _Printed) -> Draft | None:
    """The figure with what it is about; None where it has no unit. The year that its words name holds from here on."""
    text, behind = reading.text, token.end()
    clause = max(reading.clause, printed.start - _LOOK_BACK)
    unit = whole_unit(printed.unit, text[clause : printed.start], text[behind : behind + _LOOK_AHEAD])
    if not unit:
        return None
    phrase = _phrase(reading, text[clause : printed.start], unit, clause, printed.start)
    if is_count(unit):
        phrase = _counted(phrase, text, behind)
    if not phrase.subject and text[clause - 1 : clause] in "=＝":
        formula = text[reading.sentence : printed.start]
        phrase = read_phrase(re.split(r"[=＝（(*×：:，]", formula)[0], unit)
    years = _years_before(reading, clause) if reading.year is None else []
    if phrase.year is not None and not phrase.base and not phrase.previous:
        reading.year = phrase.year
    elif years:
        reading.year = int(years[-1])
    phrase = _of_same_fund(reading, phrase, clause)
    subject = phrase.subject
    if is_count(unit) and not subject:
        counted = PERSON_NOUN.match(text, behind)
        subject = counted.group() if counted else ""
    if is_count(unit) and (not subject or subject in _COUNTED_TOGETHER):
        beside = _counted_beside(reading, unit, clause)
        phrase, subject = (replace(phrase, words=beside), beside) if beside else (phrase, subject)
    return Draft(printed.start, printed.end, behind, clause, unit, phrase, subject, phrase.year)


def _of_same_fund(reading: Reading, phrase: Phrase, clause: int) -> Phrase:
    """The phrase of expenditure with the fund that its sentence names for income
    (财政拨款收入总计9万元，支出总计9万元)."""
    if phrase.kind is not StatedKind.AMOUNT or not _BARE_EXPENDITURE.fullmatch(phrase.subject):
        return phrase
    if reading.text[clause - 1] not in "，,、；;":
        return phrase
    for draft in reversed(reading.drafts):
        fund = _FUND_OF_INCOME.match(draft.subject) if draft.kind is StatedKind.AMOUNT else None
        if draft.start < reading.sentence or fund:
            break
    else:
        return phrase
    if draft.start < reading.sentence or fund is None:
        return phrase
    return replace(phrase, subject=fund["fund"] + phrase.subject, words=fund["fund"] + phrase.words)


def _counted_beside(reading: Reading, unit: str, clause: int) -> str:
    """What the number right before it counts, in another unit: 公务接待24批次、210人次; 出国团组2个，累计5人次;
    公务接待24批次（其中外事接待2批次），210人次."""
    at, between = reading.right_before(clause)
    latest = reading.drafts[at] if at is not None else None
    if latest is None or not is_count(latest.unit) or of_one_measure(latest.unit, unit):
        return ""
    return _GROUPS.sub("", latest.subject) if between in _BESIDE else ""


def _counted(phrase: Phrase, text: str, end: int) -> Phrase:
    """The phrase before a number that counts bodies, which are named behind it where only what they belong to stands
    before it (下属1家机关和2家事业单位)."""
    noun = BODY_NOUN.match(text, end) if _BELONGS.search(phrase.subject) else None
    return replace(phrase, subject=noun.group(), words=noun.group()) if noun else phrase


def _phrase(reading: Reading, words: str, unit: str, clause: int, start: int) -> Phrase:
    """The phrase before a figure, with what the clauses before it say of a bare one."""
    phrase = read_phrase(words, unit)
    latest = reading.drafts[-1] if reading.drafts else None
    if latest is not None and latest.phrase.held and unit == "%" and reading.text[latest.end : start].strip() == "的":
        return read_share_of_plan(latest.phrase.aspect)
    if _TOGETHER.fullmatch(words) and _stand_beside(reading, unit):
        return replace(phrase, subject=_SUM, words=_SUM)
    if phrase.subject or phrase.kind not in (StatedKind.CHANGE, StatedKind.GROWTH):
        return phrase
    begin = max(reading.sentence, latest.end if latest is not None else 0, clause - _LOOK_BACK)
    for said in reversed(re.split("[，,；;]", reading.text[begin:clause])[-3:]):
        subject = said_before(said)
        if subject:
            return replace(phrase, subject=subject)
    return phrase


def _stand_beside(reading: Reading, unit: str) -> bool:
    """Whether the two amounts before are of two things that this sentence names beside each other."""
    two = reading.drafts[-2:]
    if len(two) < 2 or two[0].start < reading.sentence or two[0].subject == two[1].subject:
        return False
    return all(draft.unit == unit and "元" in unit and draft.kind is StatedKind.AMOUNT for draft in two)


def _years_before(reading: Reading, end: int) -> list[str]:
    """The years that this sentence names before a place. Where it named none so far, only what is new is looked at."""
    found = _YEAR.finditer(reading.text, max(reading.sentence, reading.yearless - _LONGEST_YEAR), end)
    years = [match[1] for match in found if not reading.gives_reason(match.start())]
    if not years:
        reading.yearless = end
    return years
