"""The texts of pages that a JSON file lists, as readers of PDF and of pictures write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_CHINESE = re.compile("[一-鿿]")
_TEXT = ("text", "content", "page_text", "raw_text", "page_content", "markdown", "md")
"""Keys of the text of a page."""
_DEEPEST = 3
"""So many objects may stand around the list of the pages."""


def texts_of_pages(value: Any, depth: int = _DEEPEST) -> list[str]:
    """The texts of the pages in their order: of a list of texts of several lines, or of objects with one; of the first
    such list that an object holds, else the text of that object itself; of a list of documents, those of each. Empty
    where there is none, or where no text is Chinese."""
    if isinstance(value, list):
        documents = [part for part in value if isinstance(part, dict)] if depth else []
        return _listed(value) or [text for part in documents for text in _held(part, depth)]
    return (_held(value, depth) or _listed([value])) if isinstance(value, dict) and depth else []


def _held(value: Mapping[str, Any], depth: int) -> list[str]:
    """The texts of the first list of pages that an object holds."""
    return next(filter(None, (texts_of_pages(part, depth - 1) for part in value.values())), [])


def _listed(value: Sequence[Any]) -> list[str]:
    """The texts of a list of pages; none where it is another list."""
    texts = [text for text in map(_text_of, value) if text is not None]
    told = len(texts) == len(value) and any("\n" in text for text in texts)
    return texts if told and any(_CHINESE.search(text) for text in texts) else []


def _text_of(page: Any) -> str | None:
    """The text of a page, None for what is none."""
    if isinstance(page, str):
        return page
    if isinstance(page, Mapping):
        return next((page[key] for key in _TEXT if isinstance(page.get(key), str)), None)
    return None
