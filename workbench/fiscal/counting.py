"""The words that things are counted in (个, 户, 批次), as parts of patterns: one list, of which sentences, indicators
and rules of units each read what they need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from workbench.model.toml_file import shipped_toml


@cache
def _words() -> dict[str, Any]:
    return shipped_toml("workbench.fiscal", "counting.toml")


def any_counting_word() -> str:
    """A pattern of all words of counting, measures and spans of time among them, in ones or in ten thousands."""
    return f"万?(?:{_any_of([*_words()['stated'], *_words()['of_time'], *_words()['aimed_at']])})"


def counted_or_timed() -> str:
    """A pattern of the words that things which statements count, and times, are told in."""
    return f"万?(?:{_any_of([*_words()['stated'], *_words()['of_time']])})"


def counted_in_sentences() -> str:
    """A pattern of what a figure of running text counts, behind it; words that go on as another word count nothing."""
    not_before = _words()["counts_not_before"]
    endings = {word: f"(?!{_any_of(others)})" for word, others in not_before.items()}
    words = [*_words()["stated"], *_words()["told"]]
    return "|".join(word + endings.get(word, "") for word in _longest_first(words))


def counted_in_ten_thousands() -> str:
    """A pattern of what a sentence counts in 万."""
    return _any_of(_words()["in_ten_thousands"])


@lru_cache(maxsize=4096)
def counts_things(words: str) -> bool:
    """Whether words in brackets behind a label say what its row counts (辆, 台/套). 项 there is a level of accounts."""
    one = _any_of(word for word in _words()["stated"] if word != "项")
    return re.fullmatch(f"(?:{one})(?:[,、/]?(?:{one}))?", words) is not None


def is_rounded_count(unit: str) -> bool:
    """Whether figures in this unit are rounded; others (辆, 个, 人) are exact."""
    return unit in _words()["rounded"]


def _any_of(words: Iterable[str]) -> str:
    return "|".join(_longest_first(words))


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)
