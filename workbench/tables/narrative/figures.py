"""One figure of running text taken up: its words, its unit, its year."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.model.table import StatedKind
from workbench.tables.narrative.drafts import Draft
from workbench.tables.narrative.phrases import Phrase, read_phrase, read_share_of_plan, said_before
from workbench.tables.narrative.reading import Reading
from workbench.tables.narrative.relations import relate
from workbench.tables.narrative.tokens import PERSON_NOUN, is_count, whole_unit

_YEAR = re.compile(r"(?<![比较与同和])(20\d\d)年")
_LONGEST_YEAR = 5
_UNCHANGED = re.compile(
    r"[，。]?(?:预算数|决算数|支出决算|金额)?(?:比|较|与|同|和)?[^，。；;：:]{0,14}?(?:持平|保持一致|无变化|无增减变化|没有变化|相同)"
)
_SAYS_UNIT = re.compile(r"单位|计量|货币")
_MONEY_FIGURE = re.compile(r"\d[亿万]?元")
_IN_FORMULA = re.compile(r"[）)]?(?:[*×xX]|乘以?)\d|[）)]?[=＝]\d")
_LOOK_BACK = 90


def take_figure(reading: Reading, token: re.Match[str], end: int) -> None:
    """Takes one figure up: what it is about, what it is a part of."""
    if token["over"] is not None and token["unit"] != "%" and "万人" not in token["unit"]:
        reading.clause = token.end()
        return
    text = reading.text
    blank = token["figure"] is None
    start = (token.start("hole") if token["hole"] else token.start("missing")) if blank else token.start("number")
    number_end = token.start("missing") if blank else token.end("number")
    unit = token["missing"] if blank else token["unit"]
    if blank and (
        _SAYS_UNIT.search(text, reading.sentence, start) or not _MONEY_FIGURE.search(text, reading.first, end)
    ):
        reading.clause = token.end()
        return
    clause = max(reading.clause, start - _LOOK_BACK)
    words = text[clause:start]
    unit = whole_unit(unit, words, text[token.end() : token.end() + 8])
    if not unit:
        reading.clause = token.end()
        return
    phrase = _phrase(reading, words, unit, clause, start)
    if not phrase.subject and text[clause - 1 : clause] in "=＝":
        phrase = read_phrase(re.split(r"[=＝（(*×：:，]", text[reading.sentence : start])[0], unit)
    years = _years_before(reading, clause) if reading.year is None else []
    if phrase.year is not None and not phrase.base and not phrase.previous:
        reading.year = phrase.year
    elif years:
        reading.year = int(years[-1])
    subject = phrase.subject
    if is_count(unit) and not subject:
        counted = PERSON_NOUN.match(text, token.end())
        subject = counted.group() if counted else ""
    draft = Draft(start, number_end, token.end(), clause, unit, phrase, subject, phrase.year)
    reading.clause = token.end()
    last = reading.last
    relate(reading, draft)
    reckoned = unit != "%" and (_IN_FORMULA.match(text, token.end()) or text[clause - 1] in "×*")
    if not (draft.subject or phrase.aspect or reckoned):
        reading.last = last
        return
    reading.pending = None
    unchanged = _UNCHANGED.match(text, token.end(), end)
    if unchanged:
        draft.end = unchanged.end()
    reading.drafts.append(draft)


def _phrase(reading: Reading, words: str, unit: str, clause: int, start: int) -> Phrase:
    """The phrase before a figure, with what the clauses before it say of a bare one."""
    phrase = read_phrase(words, unit)
    latest = reading.drafts[-1] if reading.drafts else None
    if latest is not None and latest.phrase.held and unit == "%" and reading.text[latest.end : start].strip() == "的":
        return read_share_of_plan(latest.phrase.aspect)
    if phrase.subject or phrase.kind not in (StatedKind.CHANGE, StatedKind.GROWTH):
        return phrase
    begin = max(reading.sentence, latest.end if latest is not None else 0, clause - _LOOK_BACK)
    for said in reversed(re.split("[，,；;]", reading.text[begin:clause])[-3:]):
        subject = said_before(said)
        if subject:
            return replace(phrase, subject=subject)
    return phrase


def _years_before(reading: Reading, end: int) -> list[str]:
    """The years that this sentence names before a place. Where it named none so far, only what is new is looked at."""
    years: list[str] = _YEAR.findall(reading.text, max(reading.sentence, reading.yearless - _LONGEST_YEAR), end)
    if not years:
        reading.yearless = end
    return years
