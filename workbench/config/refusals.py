"""What failures say in the language of the interface: they are raised in English, and the Chinese of each is data."""

from __future__ import annotations

import re
from functools import cache

from workbench.model.toml_file import shipped_toml

_DEPTH = 4
"""A sentence may be filled in with one that says why, and that again."""
_WITH_HINT = re.compile(r"(.+) \((.+)\)", re.DOTALL)
_AT_LINE = re.compile(r"(.+?:\d+): (.+)", re.DOTALL)
"""A problem in a file that a person wrote; what is said of it may begin with anything."""
_COLON = re.compile(": |：")
"""Behind the place of a failure, also where that was told in Chinese already."""


def refusal(said: Exception | str, language: str) -> str:
    """What a failure says, in a language ("en" or "zh"); English where a sentence has no other."""
    if language != "zh":
        return str(said)
    return "\n".join(_in_chinese(line, _DEPTH) for line in str(said).splitlines())


def _in_chinese(sentence: str, depth: int) -> str:
    """The Chinese of a sentence, of its hint, and of what follows the name of a file; else the sentence itself."""
    exact, patterns = _catalogue()
    if sentence in exact or not depth:
        return exact.get(sentence, sentence)
    if found := _AT_LINE.fullmatch(sentence):
        return f"{found[1]}：{_in_chinese(found[2], depth)}"
    head, semicolon, advice = sentence.rpartition("; ")
    if semicolon and (told := _in_chinese(advice, depth - 1)) != advice:
        return f"{_in_chinese(head, depth)}；{told}"
    if found := _WITH_HINT.fullmatch(sentence):
        told, hint = (_in_chinese(part, depth - 1) for part in found.groups())
        if told != found[1] and hint != found[2]:
            return f"{told}（{hint}）"
    for pattern, chinese in patterns:
        if found := pattern.fullmatch(sentence):
            return chinese.format(*(_in_chinese(part, depth - 1) for part in found.groups()))
    place, *rest = _COLON.split(sentence, maxsplit=1)
    said = [_in_chinese(part, depth - 1) for part in rest]
    return f"{place}：{said[0]}" if said != rest else sentence


@cache
def _catalogue() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """Sentences without anything filled in, and patterns of the others, those with the most words first."""
    pairs: dict[str, str] = shipped_toml("workbench.config", "refusals.toml")
    exact = {english: chinese for english, chinese in pairs.items() if "{}" not in english}
    filled = sorted((english for english in pairs if "{}" in english), key=len, reverse=True)
    return exact, tuple((_pattern(english), pairs[english]) for english in filled)


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, english.split("{}"))), re.DOTALL)
