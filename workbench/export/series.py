"""What the column of a figure holds of its row, by one name in all documents: `total`, `basic`, `project`, `personnel`,
… The words are data, series.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from workbench.fiscal.vocabulary import Words, label_key
from workbench.model.toml_file import shipped_toml

TOTAL = "total"
"""All of a row: no head names a part."""


@dataclass(frozen=True, slots=True)
class _Heads:
    strip: re.Pattern[str]
    whole: Words
    names: tuple[tuple[str, Words], ...]
    of_form: dict[str, frozenset[str]]


@cache
def _heads() -> _Heads:
    data = shipped_toml("workbench.export", "series.toml")
    return _Heads(
        re.compile("|".join(f"(?:{pattern})" for pattern in data["strip"])),
        Words(data["whole"]),
        tuple((name, Words(patterns)) for name, patterns in data["names"].items()),
        {form: frozenset(names) for form, names in data["of_form"].items()},
    )


@lru_cache(maxsize=4096)
def series_of(heads: tuple[str, ...], form: str) -> str:
    """The name of the part that these heads (from the top) speak of in a statement of this form; for a part that has no
    name in the data the head itself, without white space, years and words of time and plan."""
    known = _heads()
    for head in reversed(heads):
        key = label_key(head)
        plain = _plain(key)
        found = _name_of(key) or _name_of(plain)
        if found:
            if found in known.of_form.get(form, ()):
                continue
            return found
        if not known.whole.fit(key) and not known.whole.fit(plain):
            return plain
    return TOTAL


def _plain(key: str) -> str:
    """The head without words of time and plan, as often as there are any at its ends."""
    while (left := _heads().strip.sub("", key)) != key:
        key = left
    return key


def _name_of(key: str) -> str:
    return next((name for name, words in _heads().names if words.fit(key)), "")
