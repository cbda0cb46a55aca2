"""Characters that OCR takes for each other, told apart by the words of the field that they stand in."""

from __future__ import annotations

import re
from functools import cache

from workbench.model.toml_file import shipped_toml

_FIGURE = re.compile(r"^[\d\s,.%()-]+$")
_GAP_IN_FIGURE = re.compile(r"(?<=[,.])\s+(?=\d)|(?<=\d)\s+(?=[,.])")
_GAP_IN_GROUPS = re.compile(r"(?<=\d,)\s+(?=\d{3}(?!\d))")
_GAP_IN_AMOUNT = re.compile(r"(?<=\d\.)\s+(?=\d{1,2}(?:万元|元|%|亿))")
_PLUS = re.compile(r"^[+＋]([1一二三四五六七八九]?)(?=、)")
"""The number of an item as engines misread it: +1、 is 十一、."""
_PARENTHESES = str.maketrans("()", "（）")


def mend(text: str) -> str:
    """`text` with 收人 as 收入, 部内 as 部门, 2, 946. 25 as 2,946.25 and the like.

    A character is exchanged for one that looks like it only where it makes no known word with a neighbour and the
    other one does. The groups and words are data: `misreadings.toml`.
    """
    text = _GAP_IN_AMOUNT.sub("", _GAP_IN_FIGURE.sub("", text) if _FIGURE.match(text) else _GAP_IN_GROUPS.sub("", text))
    if text.isascii():
        return text
    alike, words, _ = _data()
    if "（" in text or "）" in text:
        text = text.translate(_PARENTHESES)
    result = list(text)
    for place, character in enumerate(result):
        for other in alike.get(character, ""):
            if _word_at(result, place, character, words):
                break
            if _word_at(result, place, other, words):
                result[place] = other
                break
    return "".join(result)


def mend_start(text: str, before: str) -> str:
    """`text` with the thin stroke back that scans lose at the start of a label (、一般 is 一、一般).

    `before` is the print just left of it on its line, "" where there is none; with print there nothing is lost, but a
    mark may have been read with both pieces.
    """
    text = _PLUS.sub(_as_tens, text)
    if before:
        return text[1:] if text[:1] == before[-1] and not text[0].isalnum() else text
    return _data()[2].get(text[:1], "") + text


def _as_tens(match: re.Match[str]) -> str:
    return "十" + ("一" if match[1] == "1" else match[1])


def _word_at(text: list[str], place: int, character: str, words: frozenset[str]) -> bool:
    """Whether `character` at `place` makes a known word of two with the character before or after it."""
    before = text[place - 1] if place else ""
    after = text[place + 1] if place + 1 < len(text) else ""
    return before + character in words or character + after in words


@cache
def _data() -> tuple[dict[str, str], frozenset[str], dict[str, str]]:
    content = shipped_toml("workbench.sources.scan", "misreadings.toml")
    alike: dict[str, str] = {}
    for group in content["alike"]:
        for character in group:
            alike[character] = alike.get(character, "") + group.replace(character, "")
    return alike, frozenset(word for line in content["words"] for word in line.split()), content["lost_before"]
