"""Which side of a two-sided statement a row label stands on, by its words."""

from __future__ import annotations

import re
from functools import lru_cache

from workbench.model.amount import match_key
from workbench.tables.text.vocabulary import side_words

_NUMBER = re.compile(r"^(?:[一二三四五六七八九十廿]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.、])")


@lru_cache(maxsize=4096)
def side_of(label: str) -> str:
    """Which side of a two-sided statement a row label stands on by its words: `"left"`, `"right"`, or `""`."""
    return begins_side(label) or sided_ending(_NUMBER.sub("", match_key(label)))


@lru_cache(maxsize=4096)
def begins_side(label: str) -> str:
    """The side that the first words of a label tell."""
    key = _NUMBER.sub("", match_key(label))
    right, left = side_words()
    if key.startswith(right):
        return "right"
    return "left" if key.startswith(left) else ""


def sided_ending(label: str) -> str:
    """The side that the last word of a label tells: …支出 stands right, …收入 left."""
    key = re.sub(r"(?:合计|总计|小计)?[:：]?$", "", match_key(label))
    return "right" if key.endswith("支出") else "left" if key.endswith("收入") else ""
