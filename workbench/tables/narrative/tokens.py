"""The tokens of running text that matter to its figures: the figures themselves, what opens and closes lists and parts,
numbered items. Units as the field prints them."""

from __future__ import annotations

import re

from workbench.fiscal.counting import counted_in_sentences, counted_in_ten_thousands

_NUMBER = r"\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
MONEY = r"(?:亿|千万|百万|十万|万|千|百)?元(?:/[人户年月次天个辆]+|每人)?"
_UNIT = rf"{MONEY}|%|万(?:{counted_in_ten_thousands()})?|亿|个百分点|{counted_in_sentences()}"
TOKEN = re.compile(
    rf"(?P<figure>(?<![\d.A-Za-z第〔\[【])(?P<number>(?:(?<=[为：:（(，,余额])-)?(?:{_NUMBER}))[余多]?(?P<unit>{_UNIT})(?P<over>(?:[（(]含[)）])?(?:以上|以下|以内)|及(?=\d))?)"
    r"|(?P<blank>(?<=[入出费金算转余额计为加少])(?P<hole>[Xx×*＊_＿]{1,8})?(?P<missing>[亿万]元)(?=[，,；;。、)）\n]|$))"
    r"|(?P<list>(?:(?:分项|具体|明细)(?:情况|内容|明细)?(?:包括|为|是|有)|分别(?:为|是)|如下|以下(?:几个)?方面|具体情况)(?=[：:])|(?P<divided>按[^，。；：:]{0,12}(?:分类|划分|性质|用途|类型|类别)[^，。；：:]{0,6}(?=[：:，,])|按[^，。；：:]{1,12}(?<!部)分(?=[：:])))"
    r"|(?P<part>其中|(?<=[，,])(?:包括|包含|(?:分为|具体(?:为|是|包括)|分别(?:为|是)|由|一是)(?=[^，。；\d]{2,16}\d))|(?<=。)包括(?=[：:])|(?P<side>(?<=[。；;\n])(?:收入|支出)(?:预算|决算)?(?:主要)?包括(?=[：:]))|(?<=元)中(?=[，,：:])|(?P<within>(?<=[出入算计额费])中(?=[，,：:]))|(?<=[（(])(?:包括|含)|(?<=元[，,])含(?=[^，。；（]{2,20}\d))"
    r"|(?P<open>[（(])|(?P<close>[)）])|(?P<end>[。！？!?])|(?P<semicolon>[；;])"
    r"|(?P<mark>[，,：:=＝*×+＋]|乘以)"
)
HAS_FIGURE = re.compile(rf"\d(?:{_UNIT})|[入出费金算转余额计为加少][Xx×*＊_＿]{{0,8}}[亿万]元")
TELLS = re.compile(rf"{HAS_FIGURE.pattern}|其中|如下|以下|包括|分类|类别|划分|性质|用途|分项|具体|明细|分别")
ITEM = re.compile(
    r"(?P<part>第[一二三四五六七八九十]+(?:部分|章|条|节))|(?P<chapter>[一二三四五六七八九十]{1,3}、)|(?P<section>[（(][一二三四五六七八九十]{1,3}[)）])"
    r"|(?P<number>\d{1,2}“?(?:、|[.．](?!\d))|\d{1,2}(?:(?=“[^”，。；]{2,30}[（(]类)))|(?P<bracketed>[（(]\d{1,2}[)）])|(?P<circled>[①-⑳])"
)
CLASS_PATH = re.compile(
    r"“?[^，。；：“”\d]{2,24}[（(\[<](?:\d{3})?类[)）\]>][^，。；：“”\d]{2,30}[（(\[<](?:\d{2,5})?款[)）\]>][^，。；：“”\d]{2,40}[（(\[<](?:\d{2,7})?项[)）\]>]"
)
CLASS_ITEM = re.compile(r"“?(?P<item>[^，。；：“”（()）\d]{2,30})[（(]项[)）]")
"""An item alone, of the 款 that was named before."""
RANKS = ("part", "chapter", "section", "number", "bracketed", "circled")
_SAME_COUNT = (("人", "名", "个"), ("批", "批次", "次", "个"), ("台", "套"), ("家", "个", "所", "户"), ("项", "个"))
_MONEY_NOUN = re.compile(r"(?:费|经费|资金|补助|收入|支出|预算|金额)$")
BODY_NOUN = re.compile(r"[一-龥]{0,8}?(?:单位|机关|机构|部门|科室|学校|医院|企业|公司)")
PERSON_NOUN = re.compile(r"[一-龥]{0,4}?(?:居民|人|群众|职工|户|对象|机构|企业|学生|单位)")


def is_count(unit: str) -> bool:
    """Whether a unit counts things rather than money or per cent."""
    return "元" not in unit and unit != "%" and unit != "亿"


def of_one_measure(unit: str, other: str) -> bool:
    """Whether what is in one unit can be a part of what is in another: amounts of money,
    or counts of one kind of thing."""
    if not is_count(unit) or not is_count(other):
        return is_count(unit) == is_count(other)
    return unit == other or any(unit in group and other in group for group in _SAME_COUNT)


def whole_unit(unit: str, words: str, after: str) -> str:
    """The unit in full: "3万" after 印刷费 is 万元, "36万" before 参保居民 is 万人; "" where it is no measure."""
    if unit == "元" and ("人均" in words or "每人" in words):
        return "元/人"
    if unit == "亿":
        return "亿元" if _MONEY_NOUN.search(words) else ""
    if unit != "万":
        return unit
    if _MONEY_NOUN.search(words.rstrip("为是：:约共")):
        return "万元"
    return "万人" if PERSON_NOUN.match(after) else ""
