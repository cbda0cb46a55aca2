"""What the words of one label say: numbering, a code in or behind the name, 其中, what it totals, what it counts."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from workbench.fiscal.counting import counts_things
from workbench.fiscal.numerals import chinese_number
from workbench.fiscal.vocabulary import vocabulary


class CodeKind(StrEnum):
    """Which list a code is from."""

    NONE = "none"
    FUNCTION = "function"
    """支出功能分类: 类 3, 款 5, 项 7 digits, from 201 on; income items likewise from 101 on."""
    ECONOMIC = "economic"
    """部门预算支出经济分类: 301, 30101, local 3010201."""
    GOVERNMENT = "government"
    """政府预算支出经济分类: 501, 50101."""
    UNIT = "unit"
    """A code of a body, or of something else than an account."""


class TotalRank(StrEnum):
    """How much a total row comprises."""

    NONE = ""
    SUBTOTAL = "1"
    YEAR = "2"
    TOTAL = "3"
    GRAND = "4"


_FUNCTION = re.compile(r"^(?:2(?:0[1-9]|1\d|2\d|3\d)|1(?:0[1-9]|10))(?:\d{2}(?:\d{2}(?:\d{2})?)?)?$")
_ECONOMIC = re.compile(r"^3(?:0[1-9]|1[0-4]|99)(?:\d{2}(?:\d{2})?)?$")
_GOVERNMENT = re.compile(r"^5(?:0[1-9]|1[0-4]|99)(?:\d{2}(?:\d{2})?)?$")
_CODE_IN_NAME = re.compile(r"^[\[(【]?(\d{3,9})[\])】]?[-_—\s]*(?=[^\d.、,元万年月%])")
_CODE_AFTER_NAME = re.compile(r"(?<=[^\d])[\[(【](\d{3}(?:\d{2}){0,2})[\])】]$")
_NUMBERINGS = (
    (1, re.compile(r"^([一二三四五六七八九十廿卅百]{1,4})[、.,:．]")),
    (2, re.compile(r"^[(]([一二三四五六七八九十廿卅百]{1,4})[)][、.]?")),
    (3, re.compile(r"^(\d{1,2})(?:[、．]|\.(?!\d))")),
    (4, re.compile(r"^(?:[(](\d{1,2})[)]|(\d{1,2})[)])[、.]?")),
    (5, re.compile(r"^([①-⑳])")),
)
_OF_WHICH = re.compile(r"^[(]?其中[)]?[::,、]?")
_COUNTED_IN = re.compile(r"[(]([^()]{1,5})[)]:?$")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def numbering(key: str) -> tuple[int, int, str]:
    """Level, number and rest of a label: 「（二）政府性基金」 gives 2, 2, 政府性基金; without numbering 0, 0,
    the label."""
    for level, pattern in _NUMBERINGS:
        match = pattern.match(key)
        if match:
            numeral = next(group for group in match.groups() if group)
            if numeral in _CIRCLED:
                ordinal = _CIRCLED.index(numeral) + 1
            else:
                ordinal = int(numeral) if numeral.isdigit() else chinese_number(numeral)
            return level, ordinal, key[match.end() :]
    return 0, 0, key


@lru_cache(maxsize=16384)
def code_kind(code: str) -> CodeKind:
    """Which list a code is from, by its digits."""
    if _FUNCTION.match(code) and len(code) in (3, 5, 7, 9):
        return CodeKind.FUNCTION
    if _ECONOMIC.match(code):
        return CodeKind.ECONOMIC
    return CodeKind.GOVERNMENT if _GOVERNMENT.match(code) else CodeKind.UNIT


@lru_cache(maxsize=16384)
def total_rank(key: str) -> TotalRank:
    """What a label totals, NONE for an ordinary row."""
    words = vocabulary().rows
    if not words["total"].fit(key) or _OF_WHICH.match(key):
        return TotalRank.NONE
    if words["subtotal"].fit(key) and not words["year_total"].fit(key):
        return TotalRank.SUBTOTAL
    if words["year_total"].fit(key):
        return TotalRank.YEAR
    if key.rstrip(":").endswith("总计"):
        return TotalRank.GRAND
    return TotalRank.TOTAL if words["grand_total"].fit(key.rstrip(":")) else TotalRank.SUBTOTAL


@lru_cache(maxsize=16384)
def measure_of(key: str) -> str:
    """What a row of this label counts: the unit in brackets, "?" where only its words tell, "-" for a heading over
    several counts; "" for an amount."""
    words = vocabulary().rows
    match = _COUNTED_IN.search(key)
    if match and counts_things(match[1]):
        return match[1]
    if words["count_heading"].fit(key):
        return "-"
    return "?" if words["counted"].fit(key) else ""


def code_in_name(key: str) -> tuple[str, str]:
    """The code that a name prints with it ("2080501行政单位离退休", "…(2080501)"), "" for none,
    and the name without it."""
    match = _CODE_IN_NAME.match(key) or _CODE_AFTER_NAME.search(key)
    if match is None or code_kind(match[1]) is CodeKind.UNIT:
        return "", key
    return match[1], key[: match.start()] + key[match.end() :]


@lru_cache(maxsize=16384)
def marks(key: str) -> tuple[bool, int, int, str]:
    """Whether a label says 其中, how deep its number makes it and which it is, and what is left of it."""
    of_which = bool(_OF_WHICH.match(key))
    level, ordinal, key = numbering(_OF_WHICH.sub("", key))
    _, colon, inner = key.rpartition(":")
    if colon and numbering(inner)[0] > level:
        # 2、资金结构：（1）基本支出: the heading of a list on the line of its first row.
        level, ordinal, key = numbering(inner)
    if not of_which and _OF_WHICH.match(key):
        of_which, key = True, _OF_WHICH.sub("", key)
    return of_which, level, ordinal, key
