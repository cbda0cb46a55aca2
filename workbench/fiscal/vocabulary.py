"""By which words rows and columns say what they are: the patterns of vocabulary.toml, compiled once.

Texts are compared as keys: NFKC, without white space, quotation marks and ornaments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.fiscal.characters import simplified
from workbench.fiscal.headers import may_be_header
from workbench.model.amount import match_key
from workbench.model.toml_file import shipped_toml

_ORNAMENTS = re.compile(r"[“”\"'‘’《》〈〉★☆●◆■□▲△*]")
_SECOND_SCRIPT = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0f00-\u0fff\u1800-\u18af\ua000-\ua4cf]+")
"""What an autonomous region prints of a label once more, in Arabic, Tibetan, Mongolian or Yi script."""
_IN_LATIN = re.compile(r"(?P<chinese>.*[一-龥)])(?=[A-Za-z]*[a-z]{2})[A-Za-z]{4,}(?P<rest>$|[(:].*)", re.DOTALL)
"""The same behind the Chinese in Latin letters (科目名称Coh gohmoeg)."""
_FOREIGN = re.compile(r"[^\W\d_一-龥]{3}")
_CHINESE = re.compile(r"[一-龥]")
_MOST_KNOWN = 20000
"""Of so many keys it is kept whether they fit."""
_LIKE = 0.86
"""One character of seven misread, lost or added."""
_CLASS_LEVEL = re.compile(r"[(]类[)]$")
_CLASS_NUMBERING = re.compile(r"^(?:[(]?[一二三四五六七八九十廿卅百\d]+[)]?[、.)]?|[(][^()()]*[类款项][)])+")


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """`text` for comparing labels and heads: what is said once more in a second language left out."""
    key = _ORNAMENTS.sub("", simplified(match_key(text)))
    return _in_one_language(key) if _FOREIGN.search(key) and _CHINESE.search(key) else key


def _in_one_language(key: str) -> str:
    """`key` without the second language: Latin letters are one behind what heads a table or a column of it; behind any
    other name they may be all that tells it from the next (电脑Lenovo, 电脑Huawei)."""
    key = _SECOND_SCRIPT.sub("", key) or key
    twice = _IN_LATIN.fullmatch(key)
    if twice and (twice["chinese"].endswith("表") or may_be_header(twice["chinese"])):
        return twice["chinese"] + twice["rest"]
    return key


class Words:
    """A list of patterns, any of which may fit the whole of a key."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._pattern = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
        self._known: dict[str, bool] = {}

    def fit(self, key: str) -> bool:
        """Whether one of them fits the key."""
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[key] = self._pattern.fullmatch(key) is not None
        return known


@dataclass(frozen=True)
class Cover:
    """A column or row (`whole`) that contains others (`parts`)."""

    whole: Words
    parts: Words


@dataclass(frozen=True)
class Ledger:
    """What the rows or columns of a ledger say of one balance; `opening` and `minus` are None where it has none, and
    what else came or went has no words where nothing may."""

    opening: Words | None
    plus: Words
    minus: Words | None
    closing: Words
    also_came: Words
    also_went: Words


@dataclass(frozen=True)
class Vocabulary:
    """All of vocabulary.toml."""

    columns: dict[str, Words]
    partitions: dict[str, Words]
    covers: tuple[Cover, ...]
    funds: dict[str, Words]
    public_items: dict[str, Words]
    rows: dict[str, Words]
    ledgers: tuple[Ledger, ...]
    parts_of_row: tuple[Cover, ...]
    classes: dict[str, str]
    """Name of a functional class (any year's, as key) → its code."""


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    data = shipped_toml("workbench.fiscal", "vocabulary.toml")

    def covers(name: str) -> tuple[Cover, ...]:
        return tuple(Cover(Words(entry["whole"]), Words(entry["parts"])) for entry in data[name])

    return Vocabulary(
        columns={name: Words(patterns) for name, patterns in data["columns"].items()},
        partitions={name: Words(patterns) for name, patterns in data["partitions"].items()},
        covers=covers("covers"),
        funds={name: Words(patterns) for name, patterns in data["funds"].items()},
        public_items={name: Words(patterns) for name, patterns in data["public_items"].items()},
        rows={name: Words(patterns) for name, patterns in data["rows"].items()},
        ledgers=tuple(
            Ledger(
                Words(entry["opening"]) if "opening" in entry else None,
                Words(entry["plus"]),
                Words(entry["minus"]) if "minus" in entry else None,
                Words(entry["closing"]),
                Words(entry.get("also_came", [])),
                Words(entry.get("also_went", [])),
            )
            for entry in data["ledgers"]
        ),
        parts_of_row=covers("parts_of_row"),
        classes={label_key(name): code for code, names in data["classes"].items() for name in names},
    )


@lru_cache(maxsize=8192)
def class_code(label: str) -> str | None:
    """The code of the functional class that a label names (八、社会保障和就业支出 → 208), None where it names none."""
    key = _CLASS_NUMBERING.sub("", _CLASS_LEVEL.sub("", label_key(label)))
    return vocabulary().classes.get(key) or _nearly(key)


def _nearly(key: str) -> str | None:
    if len(key) < 6 or not key.endswith(("支出", "费")):
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    found = process.extract(key, vocabulary().classes.keys(), scorer=Indel.normalized_similarity, limit=2)
    near = (name for name, score, _ in found if score >= _LIKE and abs(len(name) - len(key)) <= 1)
    codes = {vocabulary().classes[name] for name in near}
    return codes.pop() if len(codes) == 1 else None
