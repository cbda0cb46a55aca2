"""On which line of a TOML file a value stands, by its place (`corrections[3].edits[0].row`):
for people who edit by hand."""

from __future__ import annotations

import re
from collections import Counter

_HEAD = re.compile(r"^\s*(\[\[?)\s*([\w.-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^([\w-]+)\s*=\s*(\[\s*$)?")
_ITEM = re.compile(r"\[(\d+)\]$")
_LAST = re.compile(r"(?:\.[\w-]+|\[\d+\]|^[\w-]+)$")


class Lines:
    """The lines of a file on which its tables and keys begin; made when the first one is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[str, int] | None = None
        self._opened: set[str] = set()

    def line_of(self, place: str) -> int | None:
        """The line of the value at `place`, else of the nearest thing around it; None where none of it is there."""
        if self._known is None:
            self._known = self._read()
        while place:
            item = _ITEM.search(place)
            array = place[: item.start()] if item else ""
            if place in self._known:
                return self._known[place]
            if item and array in self._opened:
                # An array that is opened at the end of its line has one item a line, as the program writes it.
                return self._known[array] + 1 + int(item[1])
            place = _LAST.sub("", place)
        return None

    def _read(self) -> dict[str, int]:
        known: dict[str, int] = {}
        counts: Counter[str] = Counter()
        current = ""
        for number, line in enumerate(self._text.splitlines(), 1):
            head = _HEAD.match(line)
            if head:
                current = _named(head[2], counts, new=head[1] == "[[")
                known.setdefault(current, number)
                continue
            key = _KEY.match(line)
            if key:
                place = f"{current}.{key[1]}" if current else key[1]
                known.setdefault(place, number)
                if key[2]:
                    self._opened.add(place)
        return known


def _named(name: str, counts: Counter[str], *, new: bool) -> str:
    """The place of a table by its head: each name of an array with the number of its last item."""
    place = ""
    parts = name.split(".")
    for depth, part in enumerate(parts):
        path = f"{place}.{part}" if place else part
        if new and depth == len(parts) - 1:
            counts[path] += 1
        place = f"{path}[{counts[path] - 1}]" if path in counts else path
    return place
