"""Other files that a web page leads to: where it has no tables itself, they are what was meant."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from workbench.sources.suffixes import SUFFIXES, Format

_SHOWN_INSIDE = {"frame": "src", "iframe": "src", "embed": "src", "object": "data"}
_PAGES = frozenset({Format.HTML, Format.TEXT, Format.IMAGE, Format.TABLES})
"""What a link may lead to that is no document: other pages of the site, pictures, data of its programs."""
_MOST = 3


def files_led_to(root: Any) -> tuple[str, ...]:
    """The names of the documents that a page shows in frames or links to, in its order, a few at most; a frame that
    shows no other file of its own is none."""
    found: dict[str, None] = {}
    for element in root.iter():
        kind = element.tag.lower() if isinstance(element.tag, str) else ""
        inside = kind in _SHOWN_INSIDE
        name = _file(element.get(_SHOWN_INSIDE[kind] if inside else "href") or "") if inside or kind == "a" else ""
        promised = SUFFIXES.get(name[name.rfind(".") :].lower()) if "." in name else None
        if promised is not None and (inside or promised not in _PAGES):
            found[name] = None
    return tuple(found)[:_MOST]


def _file(address: str) -> str:
    """The name of the file at the end of an address; "" where it has none."""
    try:
        return unquote(urlsplit(address.strip()).path).rpartition("/")[2]
    except ValueError:
        return ""
