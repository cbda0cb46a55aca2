"""The number that a label begins with, as it counts on from the one above."""

from __future__ import annotations

import re
from functools import lru_cache

DIGITS = "一二三四五六七八九"
_NUMBER = re.compile(r"^([（(]?)([一二三四五六七八九十]{1,3}|\d{1,2})([)）]?[、.．]?)")


def uncounted(label: str) -> str:
    """The label without the number that it begins with."""
    return label if counted_as(label) is None else _NUMBER.sub("", label.strip(), count=1)


@lru_cache(maxsize=16384)
def counted_as(label: str) -> tuple[tuple[str, str], int, bool] | None:
    """The brackets and the number that a label begins with, and whether it is written out."""
    found = _NUMBER.match(label.strip())
    if found is None or not (found[1] or found[3]):
        return None
    text = found[2]
    if text.isdecimal():
        return (found[1], found[3]), int(text), False
    tens, ten, ones = text.rpartition("十")
    if (tens and tens not in DIGITS) or (ones and ones not in DIGITS):
        return None
    number = (DIGITS.index(tens) + 1 if tens else 1) * 10 * bool(ten) + (DIGITS.index(ones) + 1 if ones else 0)
    return (found[1], found[3]), number, True
