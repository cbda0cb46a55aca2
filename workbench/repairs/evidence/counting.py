"""The number that a label begins with, as it counts on from the one above."""

from __future__ import annotations

import re
from functools import lru_cache

from workbench.fiscal.numerals import chinese_number

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
    number = chinese_number(text)
    return ((found[1], found[3]), number, True) if number else None
