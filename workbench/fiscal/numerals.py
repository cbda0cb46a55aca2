"""The Chinese numerals that items, lists and tables are numbered with (十二、, 廿一、, 第三部分)."""

from __future__ import annotations

from functools import lru_cache

_DIGITS = "一二三四五六七八九"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS, 1)}
_SHORT = str.maketrans({"廿": "二十", "卅": "三十", "两": "二"})


@lru_cache(maxsize=1024)
def chinese_number(text: str) -> int:
    """The number that Chinese numerals up to 99 spell (廿一 is 21, 两 is 2); 0 where they spell none."""
    tens, ten, ones = text.translate(_SHORT).partition("十")
    if not ten:
        return _VALUES.get(tens, 0)
    if (tens and tens not in _VALUES) or (ones and ones not in _VALUES):
        return 0
    return 10 * _VALUES.get(tens, 1) + _VALUES.get(ones, 0)


def chinese_numeral(number: int) -> str:
    """The numerals that a number from 1 to 99 is written with (21 is 二十一)."""
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens - 1] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones - 1] if ones else ''}"
