"""Blanks that readers of pictures leave between the characters of one word ("本 年收 入"): no writer sets them, and
they part no cells where cells stand further apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SIGN = "\u3400-\u9fff\uf900-\ufaff"
_MARK = "、，。；：（）《》“”！？"
_BETWEEN = re.compile(rf"(?<=[{_SIGN}]) (?=[{_SIGN}])")
_CLOSE = re.compile(rf"(?<=[{_SIGN}])(?=[{_SIGN}])")
_WIDE = re.compile(r"\S {2,}(?=\S)")
_STRAY = re.compile(
    rf"(?<=[{_SIGN}{_MARK}]) (?=[{_SIGN}{_MARK}])"
    r"|(?<=\d[.．]) (?=\d{1,6}(?![\d.年月日]))"
    r"|(?<=\d) (?=[.．]\d{1,6}(?![\d.年月日]))"
    r"|(?<=\d,) (?=\d{3}(?!\d))"
)
_FEWEST = 30
_OFTEN = 0.1
"""The share of neighbouring characters with a blank between them that no writer has; headings spaced out are some."""


def without_stray_blanks(texts: Sequence[str]) -> list[str]:
    """The pages of a document without the blanks between characters that only its reader saw; as they are where blanks
    between characters are few, or where nothing else would tell cells apart."""
    return [_STRAY.sub("", text) for text in texts] if _are_stray(texts) else list(texts)


def _are_stray(texts: Sequence[str]) -> bool:
    """Whether blanks stand between so many characters of a document, and two or more between cells; or whether more
    neighbours have a blank between them than have none."""
    apart = sum(len(_BETWEEN.findall(text)) for text in texts)
    if apart < _FEWEST:
        return False
    close = sum(len(_CLOSE.findall(text)) for text in texts)
    wide = sum(len(_WIDE.findall(text)) for text in texts)
    lines = sum(bool(line.strip()) for text in texts for line in text.split("\n"))
    return apart > close or (apart >= _OFTEN * close and wide >= lines)
