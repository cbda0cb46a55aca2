"""How much room a text takes where wide characters take two cells."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16384)
def display_width(text: str) -> int:
    """How many terminal cells a line of text takes: two for each wide character."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
