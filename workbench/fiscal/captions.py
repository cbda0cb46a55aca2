"""The lines that stand around a table: its title, its unit, whose it is, for which year, its number, its notes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from workbench.fiscal.entities import is_entity_name
from workbench.fiscal.forms import form_of_title
from workbench.model.amount import match_key

_MONEY = r"(?:人民币:?)?(亿元|千万元|百万元|十万元|万元|千元|百元|元|万|亿)"
_UNIT = re.compile(
    rf"(?:(?:金额|货币|计量|计价|数据)?单位[为是]?[:：]?(?:金额)?|金额[:：])(?:[人辆台套个次户,、，/]{{1,4}}(?=[百千万亿]*元))?[（(]?{_MONEY}(?![^\W\d_])|[（(](?:单位)?[:：]?{_MONEY}[）)]"
)
_UNIT_ALONE = re.compile(rf"^[（(]?{_MONEY}[）)]?$")
_MEASURES = re.compile(rf"{_MONEY}(?![^\W\d_])|[人辆台套个次户批件、,，/]+$")
_MEASURE = re.compile(
    r"^[（(]?(?:计量|统计|数量)?单位[:：](?:[人辆台套个次户批件项名米%％㎡、,，/]|平方|公里){1,6}[）)]?$"
)
_ENTITY = re.compile(
    r"(?:预算主管部门|编制单位|填报单位|填表单位|申报单位|公开单位|公开部门|编报单位|预算单位名称|单位名称|部门名称|单位全称|编制部门|填报部门"
    r"|部门[（(]单位[）)]名称|部门[（(]单位[）)]|预算部门|预算单位|主管部门|部门|单位)(?:[（(][^）)]{1,8}[）)])?[:：]"
    r"(?P<entity>[^:：]*?)(?=(?:金额|货币|计量)?单位[:：]|(?:预算|决算|会计|填报)?(?:年度|日期|时间)[:：]|公开\d|[\t]|\s{3,}|$)"
)
_CAPTION_WORD = re.compile(r"单位\s*[:：]|年度\s*[:：]")
_YEAR = re.compile(r"(?:预算|决算|会计|公开)?年度?[:：]\s*(20\d\d)|(20\d\d)\s*年度?")
_NUMBER = re.compile(
    r"^(?:(?:附|表|基表|(?:部门|单位)(?=表)|[A-Z]{1,3}(?=\d{1,3}表$)|(?:部门|单位)?(?:预算|决算)?公开|(?:公开|部门|单位)?(?:预算|决算)(?:批复)?|[部财]?[预决](?:公开|批复)?|财公开|批复)"
    r"\s*(?:表格?|件)?\s*[-－.0-9０-９一二三四五六七八九十]{1,6}\s*表?(?:之[一二三四五六七八九十]+)?)[:：]?$"
)
_NOTE = re.compile(
    r"^[（(※*＊ ]*(?:注|备注|说明|附注|填[表报]说明|编制说明|数据来源)(?:\d{0,2})[:：]|^[（(]?注\s*\d?[.、]|^※|^[我本][^，。]{1,14}(?:没有|无|未)[^\d]{2,50}(?:[本此该]表(?:无数据|为空|空)|空表)|^[我本该][^，。；：]{1,16}(?:没有|无|未)[^，。；：\d]{4,40}。$|^本表(?:反映|为空|无|按|仅|列示|数据|金额)"
)
_CONTENTS_LEADER = re.compile(r"[.．·…‥]{3,}|…{1,}\s*\d+\s*$|\.{2,}\s*\d+$")
_NUMBERED = re.compile(
    r"^(?:附表|表)?\s*(?:[（(]?[一二三四五六七八九十百0-9]{1,3}[）)、.．:：]?[-－.．]?[0-9]{0,2})\s*"
)
_TITLE_END = re.compile(
    r"(?:表|一览|明细)(?:[-—－–]{1,2}[^-—－–，。；（）()\d]{2,20})?(?:[（(][^（）()]{1,24}[）)]|[一二三四五六七八九十0-9]{1,2})*(?:[（(]续[）)])?$"
)
_TRANSLATION = re.compile(r"(?<=表)[A-Za-z][A-Za-z0-9.,'&/-]*$")
"""The same title in another language, behind it without white space."""
_TITLE_WITHOUT_TABLE = re.compile(r"(?:情况|构成|汇总|指标|目标|预算|决算|范围的单位)[）)]?$")
_SENTENCE = re.compile(r"[。；;？！?!]|，.*，|详见|见下表|如下|见附")
_JUSTIFIED = re.compile(r"(?<=[⺀-鿿豈-﫿（）()“”、])[ \u3000\t]+(?=[⺀-鿿豈-﫿（）()“”、])")
_UNIT_BEHIND = re.compile(r"\s+(?:金额|货币|计量)?单位\s*[:：].*$")
_LONGEST_TITLE = 90
_SPREAD = 2.5
"""Text whose pieces between spaces are shorter than this on average is spread out, not spaced by its writer."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What one line beside a table tells; "" or None for what it does not tell."""

    unit: str = ""
    entity: str = ""
    year: int | None = None
    number: str = ""

    def __bool__(self) -> bool:
        return bool(self.unit or self.entity or self.number)


@lru_cache(maxsize=4096)
def title_of_line(line: str) -> str:
    """The table title that a line of text prints, trimmed and without the spaces that only justify it; "" where the
    line is no title (a sentence, a contents entry with its leader, a caption of unit or entity, a note)."""
    text = _UNIT_BEHIND.sub("", line.strip(" \t\u3000\ufeff\xa0"))
    key = match_key(text)
    if not 3 <= len(key) <= _LONGEST_TITLE or _CONTENTS_LEADER.search(text) or _SENTENCE.search(text):
        return ""
    ends = bool(_TITLE_END.search(_TRANSLATION.sub("", key)))
    if is_note(text) or _NUMBER.match(key) or "\t" in text or (caption_of_line(text) and not ends):
        return ""
    if ends:
        return _without_justifying(text)
    if len(key) <= 40 and _TITLE_WITHOUT_TABLE.search(key) and form_of_title(_NUMBERED.sub("", key)) is not None:
        return _without_justifying(text)
    return ""


def _without_justifying(text: str) -> str:
    """`text` without the spaces that only spread it ("收 入 总 表"); one between words stays one."""
    words = text.split()
    if len(words) > 1 and sum(map(len, words)) > _SPREAD * len(words):
        return " ".join(words)
    return _JUSTIFIED.sub("", text)


@lru_cache(maxsize=4096)
def unit_of_line(line: str) -> str:
    """The unit of money that a line names ("单位：万元", "金额单位：元", "（万元）"), "" where it names none."""
    key = match_key(line)
    match = _UNIT.search(key) or _UNIT_ALONE.match(key)
    return next((group for group in match.groups() if group), "") if match else ""


@lru_cache(maxsize=4096)
def caption_of_line(line: str) -> Caption:
    """What a line beside a table tells about it: unit, entity, year, the number of the table ("预算02表")."""
    text = line.strip()
    unit = unit_of_line(text)
    entity = entity_of_line(text)
    match = _YEAR.search(text)
    year = int(match[1] or match[2]) if match else None
    number = next((word for word in re.split(r"\s{1,}|\t", text) if _NUMBER.match(match_key(word))), "")
    return Caption(unit, entity, year, number)


def entity_of_line(line: str) -> str:
    """Whose table it is, from a line such as "编制单位：青禾县档案局  单位：万元"; "" where it is not told."""
    for match in _ENTITY.finditer(line.strip()):
        name = match["entity"].strip(" \t\u3000")
        if len(name) >= 3 and not _MEASURES.match(match_key(name)) and not unit_of_line(match[0]):
            return _without_justifying(name)
    return _entity_among_captions(line)


def _entity_among_captions(line: str) -> str:
    """The name in a line of captions that stands without a word for it
    ("450 青禾县档案局 预算年度：2025 单位：万元")."""
    if not _CAPTION_WORD.search(line):
        return ""
    rest = [word for word in re.split(r"\s+", line.strip()) if not re.search(r"[:：]|^\d+$", word)]
    return rest[0] if len(rest) == 1 and is_entity_name(rest[0]) else ""


def is_measure_line(line: str) -> bool:
    """Whether a line says no more than what a table counts in, where that is no money (单位：人)."""
    return bool(_MEASURE.match(match_key(line)))


def is_note(line: str) -> bool:
    """Whether a line is a note to a table (注：, 备注：, 说明：, 本表…)."""
    return bool(_NOTE.match(line.strip()))


def is_table_number(line: str) -> bool:
    """Whether a line prints nothing but the number of a table (预算02表, 表一, 附表3)."""
    return bool(_NUMBER.match(match_key(line)))
