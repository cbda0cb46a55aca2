"""Where pages of a text end: at form feeds, or at lines that programs write between pages."""

from __future__ import annotations

import re
from itertools import pairwise

_NUMBERED = re.compile(
    r"^[^\S\n]*(?:-{2,}[^\S\n]*(?P<count>\d{1,4})[^\S\n]+of[^\S\n]+\d{1,4}[^\S\n]*-{2,}"
    r"|[-=*#<\[(【]+[^\S\n]*(?:page|第)[^\S\n]*(?P<number>\d{1,4})[^\S\n]*页?"
    r"(?:[^\S\n]*(?:of|/|共)[^\S\n]*\d{1,4}[^\S\n]*页?)?[^\S\n]*[-=*#>\])】]*)[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_UNNUMBERED = re.compile(
    r"^[^\S\n]*(?:[-=*#<\[(]+[^\S\n]*)?page[ _-]?break[^\S\n]*[-=*#>\])]*[^\S\n]*$", re.IGNORECASE | re.MULTILINE
)
_FEWEST = 2


def pages_of(text: str) -> list[str]:
    """The pages of a text. A line between pages counts up by one, or is the same each time; it belongs to no page."""
    if "\f" in text:
        parts = text.split("\f")
    else:
        marks = list(_NUMBERED.finditer(text))
        numbers = [int(mark["count"] or mark["number"]) for mark in marks]
        if any(after != before + 1 for before, after in pairwise(numbers)):
            marks = []
        if len(marks) < _FEWEST:
            marks = list(_UNNUMBERED.finditer(text))
        if len(marks) < _FEWEST:
            return [text]
        edges = [0, *(edge for mark in marks for edge in mark.span()), len(text)]
        parts = [text[start:end].removeprefix("\n") for start, end in zip(edges[::2], edges[1::2], strict=True)]
        if not parts[0].strip():
            parts = parts[1:]
    if len(parts) > 1 and not parts[-1].strip():
        parts.pop()
    return parts
