"""The lists of words that table headers are made of, from vocabulary.toml, and the key by which labels are compared
with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.fiscal.headers import labels_of_one_column
from workbench.model.amount import match_key
from workbench.model.toml_file import shipped_toml

_APART = re.compile(
    r"(?:19|20)\d\d(?:年(?![末初]))?(?:度)?|\[.*?\]|\((?:金额)?单位:?[^()]*\)|\((?:人民币)?[百千万亿]{0,2}元\)|\(%\)|\(按[^()]{1,14}\)|\(截[止至][^()]*\)|\(20\d\d年?\)"
    r"|\((?:万|千)?(?:人|户|辆|台|套|个|次|批次|人次|平方米|亩|件|项|份|元/人|元/户)\)"
    r"|(?<=[一-鿿%)])[A-Za-z][A-Za-z.,'&/-]*$"
)
"""What a label is compared without: the year, a remark in square brackets, its unit, the same in another language."""
_BEHIND = re.compile(r"(?<=.{2})\(([^()\d]{1,8})\)$")
_AROUND = "“”\"'、:"
_THIS_YEAR = ("本年", "当年")
_LONGEST_LABEL = 300
"""A longer text is no label, whatever it is compared without."""


@dataclass(frozen=True, slots=True)
class ListedWords:
    """What vocabulary.toml says, as keys and patterns."""

    leaves: frozenset[str]
    words: frozenset[str]
    spanners: dict[str, frozenset[str]]
    right: tuple[str, ...]
    left: tuple[str, ...]
    prefixes: frozenset[str]
    usually_blank: frozenset[str]
    rare_spanners: frozenset[str]
    stems: frozenset[str]
    only_below: frozenset[str]
    source_stems: tuple[str, ...]
    sources: frozenset[str]
    orders: tuple[tuple[str, ...], ...]
    label_end: re.Pattern[str]
    above_amounts: re.Pattern[str]
    above_texts: re.Pattern[str]
    made: re.Pattern[str]
    changes: re.Pattern[str]
    change_parts: re.Pattern[str]


@cache
def listed() -> ListedWords:
    """The lists, read once."""
    data = shipped_toml("workbench.tables.text", "vocabulary.toml")
    spanners: dict[str, frozenset[str]] = {}
    for entry in data["spanner"]:
        children = frozenset(_bare_key(word) for word in entry["children"])
        for word in entry["words"]:
            key = _bare_key(word)
            spanners[key] = spanners.get(key, frozenset()) | children
    stems = frozenset(_bare_key(word) for word in data["compounds"]["stems"])
    compounds = frozenset(stem + _bare_key(end) for stem in stems for end in data["compounds"]["ends"])
    leaves = (compounds - spanners.keys()).union(labels_of_one_column(), map(_bare_key, data["leaves"]))
    words = leaves.union(spanners, *spanners.values())
    prefixes = frozenset(word[:end] for word in words for end in range(1, len(word) + 1))
    return ListedWords(
        leaves,
        words,
        spanners,
        tuple(data["right_side"]),
        tuple(data["left_side"]),
        prefixes,
        frozenset(_bare_key(word) for word in data["usually_blank"]),
        frozenset(_bare_key(word) for entry in data["spanner"] if entry.get("rare") for word in entry["words"]),
        stems,
        frozenset(_bare_key(word) for word in data["only_below"]),
        tuple(data["sources"]["stems"]),
        frozenset(stem + end for stem in data["sources"]["stems"] for end in data["sources"]["ends"]),
        tuple(tuple(map(_bare_key, words)) for words in data["orders"]),
        re.compile(rf"(?:{'|'.join(data['label_ends'])})(?:\(.*\))?$"),
        re.compile("|".join(data["above_amounts"])),
        re.compile("|".join(data["above_texts"])),
        *(re.compile("|".join(data[name])) for name in ("made_labels", "change_labels", "change_parts")),
    )


@lru_cache(maxsize=8192)
def head_key(text: str) -> str:
    """A header label for comparing: NFKC, without white space, year, unit, quotation marks and, where it is not listed
    with that, what stands in brackets behind it (财政拨款（补助）) and what says that it is of this year."""
    key = _bare_key(text)
    if key.startswith(_THIS_YEAR) and key[2:].startswith(listed().source_stems) and key not in listed().prefixes:
        key = key[2:]
    behind = _BEHIND.search(key)
    words = listed().words
    if behind is None or key in words or behind[1] in words or key[: behind.start()] not in words:
        return key
    return key[: behind.start()]


@lru_cache(maxsize=8192)
def _bare_key(text: str) -> str:
    key = match_key(text)
    return without_asides(key) if len(key) <= _LONGEST_LABEL else key.strip(_AROUND)


def without_asides(key: str) -> str:
    """A key without the year, the remark in square brackets, the unit and the quotation marks that a label may have."""
    return _APART.sub("", key).strip(_AROUND)
