"""Keys as the terminal sends them in the notation of keymaps."""

from __future__ import annotations

from textual import events
from textual.keys import key_to_character

_SHIFTED = {f"f{number + 12}": f"shift+f{number}" for number in range(1, 13)}
"""Terminals without the newer key protocol send shift+F1 to shift+F12 as F13 to F24."""


_PLAIN = {"underscore": "_", "backslash": "\\", "tilde": "~", "slash": "/", "minus": "-", "plus": "+"}


def key_name(event: events.Key) -> str:
    """The key in the notation of keymaps: a printable character as typed, else its name."""
    if event.is_printable and event.character and event.character != " ":
        return event.character
    return notation(event.key)


def notation(key: str) -> str:
    """A key of Textual in the notation of keymaps: `ctrl+underscore` is `ctrl+_`, `f20` is `shift+f8`."""
    if key in _SHIFTED:
        return _SHIFTED[key]
    modifiers, plus, base = key.rpartition("+")
    if plus and "_" in base:
        base = key_to_character(base) or base
    elif plus and base in ("underscore", "backslash", "tilde", "slash", "minus", "plus"):
        base = _PLAIN[base]
    return modifiers + plus + base
