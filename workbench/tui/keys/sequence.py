"""Which command a row of key presses calls: single keys at once, chords key by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KeySequence = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came of a key: a command to run, a chord still open (`pending` holds the keys so far), or neither.

    `unknown` holds a chord that was begun and led nowhere.
    """

    command: str = ""
    pending: KeySequence = ()
    unknown: KeySequence = ()

    @property
    def handled(self) -> bool:
        """Whether the key was meant for a command."""
        return bool(self.command or self.pending or self.unknown)


@dataclass(slots=True)
class SequenceReader:
    """Reads keys one after another against the bindings of the focused context."""

    pending: KeySequence = field(default=())

    def press(self, key: str, bindings: Mapping[KeySequence, str]) -> Pressed:
        """Take one key; escape leaves an open chord."""
        if self.pending and key == "escape":
            self.pending = ()
            return Pressed(unknown=("escape",))
        keys = (*self.pending, key)
        if not _leads_on(keys, bindings):
            # With an input method for Chinese on, a key gives the mark that Chinese text has in its place.
            keys = (*self.pending, plain_key(key))
        if command := bindings.get(keys):
            self.pending = ()
            return Pressed(command=command)
        if _leads_on(keys, bindings):
            self.pending = keys
            return Pressed(pending=keys)
        begun = self.pending
        self.pending = ()
        return Pressed(unknown=(*begun, key) if begun else ())


def _leads_on(keys: KeySequence, bindings: Mapping[KeySequence, str]) -> bool:
    return any(sequence[: len(keys)] == keys for sequence in bindings)


_WIDE_FORMS = range(0xFF01, 0xFF5F)
_PLAIN_KEYS = {
    "、": "/", "。": ".", "【": "[", "】": "]", "《": "<", "》": ">", "‘": "'", "’": "'", "“": '"', "”": '"',
    "￥": "$", "¥": "$", "·": "`", "「": "[", "」": "]",
}  # fmt: skip


def plain_key(key: str) -> str:
    """The key that gave a mark of Chinese text: `;` for `；`, `[` for `【`; any other as it is."""
    if len(key) == 1 and ord(key) in _WIDE_FORMS:
        return chr(ord(key) - 0xFEE0)
    return _PLAIN_KEYS.get(key, key)


def continuations(pending: KeySequence, bindings: Mapping[KeySequence, str]) -> list[tuple[str, str]]:
    """What may follow an open chord: (keys still to press, command id)."""
    length = len(pending)
    return [
        (" ".join(sequence[length:]), command)
        for sequence, command in bindings.items()
        if len(sequence) > length and sequence[:length] == pending
    ]


_NAMES = {
    "up": "↑", "down": "↓", "left": "←", "right": "→", "enter": "Enter", "escape": "Esc", "tab": "Tab",
    "space": "Space", "pageup": "PgUp", "pagedown": "PgDn", "home": "Home", "end": "End", "delete": "Del",
    "backspace": "Bksp", "insert": "Ins",
}  # fmt: skip


def key_label(binding: str) -> str:
    """A binding as it is shown: `ctrl+d` as `^d`, `pageup` as `PgUp`, chords without the space."""
    return "".join(_one_label(key) for key in binding.split())


def _one_label(key: str) -> str:
    *modifiers, base = key.split("+") if len(key) > 1 else [key]
    label = _NAMES.get(base, base.upper() if len(base) > 1 else base)
    for modifier in reversed(modifiers):
        label = {"ctrl": "^", "shift": "S-", "alt": "M-"}.get(modifier, modifier + "-") + label
    return label
