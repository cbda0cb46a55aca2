"""The lines that stand around a table: its title, its unit, whose it is, for which year, its number, its notes.
Their words are data, captions.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.fiscal.entities import is_entity_name
from workbench.fiscal.forms import form_of_title
from workbench.fiscal.units import UNITS_OF_STATEMENTS
from workbench.model.amount import match_key
from workbench.model.toml_file import shipped_toml

_NUMBERED = re.compile(
    r"^(?:附表|表)?\s*(?:[（(]?[一二三四五六七八九十百0-9]{1,3}[）)、.．:：]?[-－.．]?[0-9]{0,2})\s*"
)
_TRANSLATION = re.compile(r"(?<=表)[A-Za-z][A-Za-z0-9.,'&/-]*$")
"""The same title in another language, behind it without white space."""
_JUSTIFIED = re.compile(r"(?<=[⺀-鿿豈-﫿（）()“”、])[ \u3000\t]+(?=[⺀-鿿豈-﫿（）()“”、])")
_UNIT_BEHIND = re.compile(r"\s+(?:金额|货币|计量)?单位\s*[:：].*$")
_CAPTION_WORD = re.compile(r"单位\s*[:：]|年度\s*[:：]")
_LONGEST_TITLE = 90
_LONGEST_TITLE_OF_KNOWN_FORM = 40
_SPREAD = 2.5
"""Text whose pieces between spaces are shorter than this on average is spread out, not spaced by its writer."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What captions.toml lists, each list as one pattern."""

    unit: re.Pattern[str]
    unit_alone: re.Pattern[str]
    measure: re.Pattern[str]
    no_entity: re.Pattern[str]
    entity: re.Pattern[str]
    year: re.Pattern[str]
    number: re.Pattern[str]
    note: re.Pattern[str]
    title_end: re.Pattern[str]
    title_end_of_known_form: re.Pattern[str]
    no_title: re.Pattern[str]
    contents_leader: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = shipped_toml("workbench.fiscal", "captions.toml")
    money = rf"(?:(?:人民币|新?台币):?)?({'|'.join(UNITS_OF_STATEMENTS)})"

    def any_of(name: str) -> str:
        return "(?:" + "|".join(data[name]).replace("{money}", money) + ")"

    return _Patterns(
        unit=re.compile(any_of("unit")),
        unit_alone=re.compile(rf"^[（(]?{money}[）)]?$"),
        measure=re.compile(any_of("measure")),
        no_entity=re.compile(any_of("no_entity")),
        entity=re.compile(
            rf"{any_of('entity')}(?:[（(][^）)]{{1,8}}[）)])?[:：](?P<entity>[^:：]*?)(?={any_of('behind_entity')})"
        ),
        year=re.compile(any_of("year")),
        number=re.compile(
            rf"^[（(]?{any_of('number')}\s*(?:表格?|件)?[:：]?\s*[（(]?[-－.0-9０-９一二三四五六七八九十]{{1,6}}\s*表?"
            r"(?:之[一二三四五六七八九十]+)?[:：]?[）)]?$"
        ),
        note=re.compile(any_of("note")),
        title_end=re.compile(
            rf"{any_of('title_end')}(?:[-—－–]{{1,2}}[^-—－–，。；（）()\d]{{2,20}})?"
            r"(?:[（(][^（）()]{1,24}[）)]|[一二三四五六七八九十0-9]{1,2})*(?:[（(]续[）)])?$"
        ),
        title_end_of_known_form=re.compile(rf"{any_of('title_end_of_known_form')}[）)]?$"),
        no_title=re.compile(any_of("no_title")),
        contents_leader=re.compile(any_of("contents_leader")),
    )


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
    if (
        not 3 <= len(key) <= _LONGEST_TITLE
        or _patterns().contents_leader.search(text)
        or _patterns().no_title.search(text)
    ):
        return ""
    ends = bool(_patterns().title_end.search(_TRANSLATION.sub("", key)))
    if is_note(text) or _patterns().number.match(key) or "\t" in text or (caption_of_line(text) and not ends):
        return ""
    if ends:
        return _without_justifying(text)
    if (
        len(key) <= _LONGEST_TITLE_OF_KNOWN_FORM
        and _patterns().title_end_of_known_form.search(key)
        and form_of_title(_NUMBERED.sub("", key)) is not None
    ):
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
    match = _patterns().unit.search(key) or _patterns().unit_alone.match(key)
    return next((group for group in match.groups() if group), "") if match else ""


@lru_cache(maxsize=4096)
def caption_of_line(line: str) -> Caption:
    """What a line beside a table tells about it: unit, entity, year, the number of the table ("预算02表")."""
    text = line.strip()
    unit = unit_of_line(text)
    entity = entity_of_line(text)
    match = _patterns().year.search(text)
    year = int(match[1] or match[2]) if match else None
    number = next((word for word in re.split(r"\s{1,}|\t", text) if _patterns().number.match(match_key(word))), "")
    return Caption(unit, entity, year, number)


_CODE_OF_ENTITY = re.compile(
    r"^(?:[\[［【(（]\d{3,12}[\]］】)）][\s_＿\-－—–:：.]*|\d{3,12}[\s_＿\-－—–:：.]+)(?=[一-鿿])"
)
"""The code that a system prints before the name of a body (412_, [412001])."""


def entity_of_line(line: str) -> str:
    """Whose table it is, from a line such as "编制单位：青禾县档案局  单位：万元"; "" where it is not told."""
    for match in _patterns().entity.finditer(line.strip()):
        name = _CODE_OF_ENTITY.sub("", match["entity"].strip(" \t\u3000"))
        if len(name) >= 3 and not _patterns().no_entity.match(match_key(name)) and not unit_of_line(match[0]):
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
    return bool(_patterns().measure.match(match_key(line)))


def is_note(line: str) -> bool:
    """Whether a line is a note to a table (注：, 备注：, 说明：, 本表…)."""
    return bool(_patterns().note.match(line.strip()))


def is_table_number(line: str) -> bool:
    """Whether a line prints nothing but the number of a table (预算02表, 表一, 附表3)."""
    return bool(_patterns().number.match(match_key(line)))
