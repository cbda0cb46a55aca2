"""The texts of pages that a JSON file lists, as readers of PDF and of pictures write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_CHINESE = re.compile("[一-鿿]")
_TEXT = ("text", "content", "page_text", "raw_text", "page_content", "markdown", "md")
"""Keys of the text of a page."""
_DEEPEST = 3
"""So many objects may stand around the list of the pages."""


def texts_of_pages(value: Any, depth: int = _DEEPEST) -> list[str]:
    """The texts of the pages in their order: of a list of texts of several lines, or of objects with one; of the first
    such list that an object holds, else the text of that object itself. Empty where there is none, or where no text is
    Chinese."""
    if isinstance(value, list):
        texts = [_text_of(part) for part in value]
        told: list[str] = [text for text in texts if text is not None]
        lines = any("\n" in text for text in told)
        return told if lines and len(told) == len(value) and any(_CHINESE.search(text) for text in told) else []
    if isinstance(value, dict) and depth:
        inner = (found for part in value.values() if (found := texts_of_pages(part, depth - 1)))
        return next(inner, None) or texts_of_pages([value])
    return []


def _text_of(page: Any) -> str | None:
    """The text of a page, None for what is none."""
    if isinstance(page, str):
        return page
    if isinstance(page, Mapping):
        return next((page[key] for key in _TEXT if isinstance(page.get(key), str)), None)
    return None
