"""What is known of the words in performance and project forms: their indicators, the labels before their values. The
words are in form_words.toml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from workbench.model.amount import match_key
from workbench.model.toml_file import shipped_toml

_UNIT = re.compile(r"\((?:百?万|千|亿)?元\)$")


@dataclass(frozen=True, slots=True)
class _FormWords:
    first_indicators: frozenset[str]
    second_indicators: frozenset[str]
    indicator_prefixes: frozenset[str]
    labels: frozenset[str]
    label_prefixes: frozenset[str]
    amount_labels: frozenset[str]


@cache
def _words() -> _FormWords:
    data = shipped_toml("workbench.tables.text", "form_words.toml")
    first, second = frozenset(data["first_indicators"]), frozenset(data["second_indicators"])
    amounts = frozenset(match_key(word) for word in data["amount_labels"])
    labels = amounts | {match_key(word) for word in data["labels"]}
    return _FormWords(first, second, _beginnings(first | second), labels, _beginnings(labels), amounts)


def _beginnings(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:end] for word in words for end in range(1, len(word) + 1))


def is_first_indicator(text: str) -> bool:
    """Whether this names a first-level indicator of a performance form (产出指标)."""
    return text in _words().first_indicators


def is_second_indicator(text: str) -> bool:
    """Whether this names a second-level indicator of a performance form (数量指标)."""
    return text in _words().second_indicators


def is_indicator_prefix(text: str) -> bool:
    """Whether the name of an indicator of the first or second level begins so."""
    return text in _words().indicator_prefixes


def is_form_label(text: str) -> bool:
    """Whether this is a label before a value in a form (项目名称), with the unit of the value or without
    (项目资金（元）)."""
    key = match_key(text)
    return key in _words().labels or _UNIT.sub("", key) in _words().labels


def is_unit_in_brackets(text: str) -> bool:
    """Whether this is the unit that a label of a form ends with (（万元）)."""
    return _UNIT.fullmatch(match_key(text)) is not None


def is_form_label_prefix(text: str) -> bool:
    """Whether a label of a form begins with this."""
    return match_key(text) in _words().label_prefixes or is_form_label(text)


def is_amount_label(text: str) -> bool:
    """Whether this is a label of a form whose value is an amount of money (预算数)."""
    return match_key(text) in _words().amount_labels


def is_indicator_header(labels: Sequence[str]) -> bool:
    """Whether header labels are those of an indicator grid."""
    keys = [match_key(label) for label in labels]
    levels = sum(bool(re.match(r"^[一二三四]级指标", key)) for key in keys)
    return levels >= 2 or (levels == 1 and any("指标值" in key or "目标值" in key for key in keys))


_FAMILIES = (
    ("成本", r"成本指标$"),
    ("满意度", r"满意"),
    ("效益", r"效益|效果|影响"),
    ("产出", r"产出|完成|数量|质量|时效|成本"),
)


def indicator_family(text: str) -> str:
    """Of which kind an indicator of the first or second level is: 产出, 效益, 满意度 or 成本; "" where it is none."""
    key = match_key(text)
    if key == "成本指标":
        return "产出"
    return next((family for family, words in _FAMILIES if re.search(words, key)), "")
