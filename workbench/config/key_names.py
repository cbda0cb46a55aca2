"""The names of keys, and which of them a terminal can send."""

from __future__ import annotations

import re

from workbench.errors import did_you_mean

_NAMED = frozenset({
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown",
    "insert", "delete", "backspace", "enter", "escape", "tab", "space",
    *(f"f{number}" for number in range(1, 13)),
})  # fmt: skip
_MODIFIED = re.compile(r"^(?P<modifiers>(?:(?:ctrl|shift|alt|super|meta)\+)+)(?P<key>.+)$")
_CONTROL_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789@[\\]^_")
_SAME_AS = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+j": "enter", "ctrl+[": "escape", "ctrl+h": "backspace"} | {
    f"f{number + 12}": f"shift+f{number}" for number in range(1, 13)
}
_RARELY_SENT = frozenset({"ctrl+enter", "shift+enter", "alt+enter", "ctrl+tab", "ctrl+escape", "ctrl+space"})


def key_problem(key: str) -> str:
    """What is wrong with the name of one key, "" where nothing is."""
    if key in _SAME_AS:
        return f"terminals send {key!r} as {_SAME_AS[key]!r}: bind that"
    if key in _RARELY_SENT:
        return f"most terminals do not send {key!r}"
    if key in _NAMED or (len(key) == 1 and key.isprintable() and key != " "):
        return ""
    modified = _MODIFIED.match(key)
    if modified:
        modifiers, base = modified["modifiers"], modified["key"]
        if base in _NAMED:
            return ""
        if modifiers == "shift+" and len(base) == 1:
            return f"write {base.upper()!r} for {key!r}"
        if len(base) == 1 and (base in _CONTROL_CHARACTERS or "alt+" in modifiers):
            return ""
    known = _NAMED | {f"ctrl+{letter}" for letter in "abcdefgklnopqrstuvwxyz"}
    return f"there is no key {key!r}{did_you_mean(key, sorted(known))}"
