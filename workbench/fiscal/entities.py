"""Names of public bodies: finding them in titles, and the region that a name begins with."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from workbench.model.toml_file import shipped_toml

_REPORT = (
    r"[“\"]?(?:20\d\d|[二〇○零一]{4})?年?度?(?:[（(][^（()）\n]{2,6}[）)])?(?:部门|单位|市级|区级|县级|省级|本级|镇级){0,2}(?:整体支出|综合|财政)?"
    r"(?:预算|决算|概况|绩效|收支|信息公开|(?:一般公共预算|公共财政预算)|财政拨款|(?:拨款)?安排的?[“\"]三公|[“\"]?三公[”\"]?经费|(?:部门)?的?主要(?:职责|职能)[是为:：])"
)
_NO_NAME = re.compile(
    r"^欢迎|[总明细况汇]表|预算|决算|说明|单位名称|部门名称|关于|(?:主管|执行|实施|填报|申报|项目)(?:部门|单位)"
)
_PART = re.compile(r"^.*第[一二三四五六七八九十]{1,3}部分")
_LEAD_IN = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}部分|第[一二三四五六七八九十]{1,3}[条章]|附件?[一二三四五六七八九十]?|现将|欢迎(?:来到|访问|光临)|根据|按照|关于|其中|包括|公开|纳入|我们?|本|[年度分])"
)
_HAN = r"\u3400-\u9fff"


@cache
def _words() -> dict[str, tuple[str, ...]]:
    data = shipped_toml("workbench.fiscal", "entities.toml")
    return {key: tuple(values) for key, values in data.items()}


@cache
def _name() -> str:
    endings = "|".join(map(re.escape, sorted(_words()["endings"], key=len, reverse=True)))
    return rf"[{_HAN}（）()·]{{1,40}}?(?:{endings})(?:[（(]本级[）)]|本级)?"


@cache
def _named_report() -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=[\s、，。；：:年度分.．)）>》|]))(?P<name>{_name()})(?=(?:[（(][^（()）\n]{{2,30}}[）)])?{_REPORT})",
        re.MULTILINE,
    )


@cache
def _whole_name() -> re.Pattern[str]:
    return re.compile(rf"^(?P<name>{_name()})$")


@cache
def _region() -> re.Pattern[str]:
    no = "".join(rf"(?<!{word})" for word in _words()["not_regions"])
    return re.compile(
        rf"^(?:[{_HAN}]{{2,8}}?(?:省|自治区|特别行政区))?(?:[{_HAN}]{{1,10}}?(?:自治州|地区|盟|市){no})?"
        rf"(?:[{_HAN}]{{1,10}}?(?:自治县|自治旗|区|县|旗|市){no})?(?:(?!人民政府)[{_HAN}]{{1,6}}?(?:街道|镇|乡)(?=办事处|人民政府|政府|党|工委|财政|$))?"
    )


def names_before_report(text: str) -> list[str]:
    """The names in `text` that stand before the name of a report ("青禾县档案局2024年部门预算", "青禾县档案局概况")."""
    names = (_LEAD_IN.sub("", _PART.sub("", match["name"])) for match in _named_report().finditer(text))
    return [name for name in names if len(name) >= 4 and not _NO_NAME.search(name)]


def is_entity_name(text: str) -> bool:
    """Whether all of `text` is the name of a public body."""
    return 4 <= len(text) <= 45 and bool(_whole_name().match(text)) and not _NO_NAME.search(text)


@lru_cache(maxsize=1024)
def region_of(entity: str) -> str:
    """The province, city, county, town that the name of a public body begins with, "" where it begins with none."""
    name = entity
    for prefix in sorted(_words()["prefixes"], key=len, reverse=True):
        if name.startswith(prefix):
            name = name[len(prefix) :]
            break
    match = _region().match(name)
    found = match[0] if match else ""
    return found if found != name or name.endswith(("省", "市", "县", "区", "镇", "乡")) else ""
