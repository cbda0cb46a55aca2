"""The queue narrowed: by words, and by facets (`status:open`, `年度:2024`) in either language of the interface."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from workbench.config.messages import CATALOGUE, Phrasebook
from workbench.model.amount import match_key
from workbench.tui.models.queue import QueueEntry, Reading

FACETS = ("status", "form", "rule", "region", "year", "reviewer", "assigned")
"""What `facet:value` in the filter can name."""
_GROUPS = {"status": ("status", "state"), "form": ("form",), "rule": ("family",)}
"""Where the words stand for the values of a facet."""


def matching(entries: Sequence[QueueEntry], text: str) -> list[QueueEntry]:
    """The entries that have all words of the filter; `facet:value` asks for a property (`status:open`, `year:2024`)."""
    words = text.split()
    return [entry for entry in entries if all(_has(entry, word) for word in words)]


def facet_counts(entries: Sequence[QueueEntry]) -> list[tuple[str, str, int]]:
    """Every facet value that occurs, with the number of documents that have it: (facet, value, count)."""
    counts = Counter((facet, value) for entry in entries for facet in FACETS for value in _values(entry, facet))
    return sorted(
        ((f, v, n) for (f, v), n in counts.items() if v and " " not in v),
        key=lambda item: (FACETS.index(item[0]), -item[2], item[1]),
    )


def value_words(facet: str, value: str, say: Phrasebook) -> str:
    """A facet value in the words of the interface."""
    for group in _GROUPS.get(facet, ()):
        if f"{group}.{value}" in CATALOGUE:
            return say(f"{group}.{value}")
    return value


def condition(facet: str, value: str, say: Phrasebook) -> str:
    """What is typed into the filter to ask for a facet value, in the language of the interface."""
    name, words = say(f"facet.{facet}"), value_words(facet, value, say)
    return f"{facet}:{value}" if " " in name + words else f"{name}:{words}"


def facet_name(person: str) -> str:
    """A person's name as a value of a facet, where blanks part words."""
    return "_".join(person.split())


def _values(entry: QueueEntry, facet: str) -> Iterable[str]:
    """What an entry has of a facet."""
    if entry.reading is not Reading.READ:
        unread = "unreadable" if entry.reading is Reading.FAILED else "waiting"
        return (unread,) if facet == "status" else ()
    match facet:
        case "status":
            more = (*(("changed",) if entry.news is not None else ()), *(("marked",) if entry.marks else ()))
            return dict.fromkeys((entry.status.value, "open" if entry.open else "clean", *more))
        case "form":
            return entry.forms
        case "rule":
            return entry.rules
        case "region":
            return (entry.region,)
        case "year":
            return (str(entry.year or ""),)
        case "reviewer":
            return (facet_name(entry.reviewer),)
        case _:
            return (facet_name(entry.assigned),)


def _has(entry: QueueEntry, word: str) -> bool:
    facet, colon, value = word.replace("：", ":", 1).partition(":")
    if colon and facet in _facets():
        return _in_facet(entry, _facets()[facet], value.lower())
    wanted = match_key(word).lower()
    return any(wanted in match_key(text).lower() for text in (entry.title, entry.entity, entry.region, str(entry.path)))


def _in_facet(entry: QueueEntry, facet: str, value: str) -> bool:
    """Whether an entry has a value of a facet. A name that there is means that one, any other text those it is in."""
    whole = facet == "assigned" or value in _named().get(facet, ())
    called = (name for held in _values(entry, facet) for name in (held.lower(), *_chinese(facet, held)))
    return any(name == value if whole else value in name for name in called)


@cache
def _facets() -> dict[str, str]:
    """The facets by their names in both languages."""
    return {name: facet for facet in FACETS for name in (facet, CATALOGUE[f"facet.{facet}"].zh)}


@cache
def _named() -> dict[str, frozenset[str]]:
    """All names that the values of each facet have."""
    known = [identifier.partition(".") for identifier in CATALOGUE]
    return {
        facet: frozenset(
            name for group, _, value in known if group in groups for name in (value, *_chinese(facet, value))
        )
        for facet, groups in _GROUPS.items()
    }


def _chinese(facet: str, value: str) -> tuple[str, ...]:
    """What a value of a facet is called in Chinese."""
    found = (CATALOGUE.get(f"{group}.{value}") for group in _GROUPS.get(facet, ()))
    return tuple(message.zh for message in found if message is not None)
