"""Document text as it is drawn: terminal cells instead of characters, nothing invisible, nothing interpreted."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rich.cells import get_character_cell_size

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
TAB = " ┆ "
"""A tab is where a cell of the source ends; it is drawn so that the cells can be told apart."""

CUT = "›"
"""Says that text goes on beyond the edge of its place. Unambiguously one cell wide."""

_LOOK_ALIKE = {
    "“": '"', "”": '"', "‘": "'", "’": "'", "—": "-", "―": "-", "–": "-", "…": "~", "·": ".", "•": ".", "×": "x",
    "÷": "/", "±": "~", "°": "o", "→": ">", "←": "<", "↑": "^", "↓": "v", "≤": "<", "≥": ">", "≠": "!", "≈": "~",
    "■": "#", "□": "#", "●": "*", "○": "o", "◆": "*", "◇": "o", "★": "*", "☆": "*", "▲": "^", "△": "^", "▼": "v",
    "▽": "v", "√": "v", "§": "S", "¶": "P", "│": "|", "─": "-", "┆": "|", "Σ": "S", "Δ": "D", REPLACEMENT: "?",
}  # fmt: skip


class _Shown(dict[int, str]):
    """Character → what is drawn for it, filled as characters are met."""

    def __init__(self, *, wide_ambiguous: bool) -> None:
        super().__init__()
        self._wide_ambiguous = wide_ambiguous

    def __missing__(self, code: int) -> str:
        drawn = self._draw(chr(code))
        self[code] = drawn
        return drawn

    def _draw(self, character: str) -> str:
        drawn = _visible(character)
        if self._wide_ambiguous:
            drawn = "".join(_narrowed(part) for part in drawn)
        return drawn


def _visible(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return TAB
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    if 0xFE00 <= code <= 0xFE0F:
        return ""
    category = unicodedata.category(character)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        return REPLACEMENT
    if category == "Zs":
        return "  " if unicodedata.east_asian_width(character) == "F" else " "
    if category[0] != "M" and get_character_cell_size(character) < 1:
        return REPLACEMENT
    return character


def _narrowed(character: str) -> str:
    """A look-alike that every terminal draws in one cell, for a character that some draw in two."""
    if unicodedata.east_asian_width(character) != "A":
        return character
    if character in _LOOK_ALIKE:
        return _LOOK_ALIKE[character]
    if unicodedata.category(character)[0] == "M":
        return character
    plain = unicodedata.normalize("NFKD", character)
    if plain[0] != character and unicodedata.east_asian_width(plain[0]) != "A":
        return plain[0]
    return "?"


_TABLES = {False: _Shown(wide_ambiguous=False), True: _Shown(wide_ambiguous=True)}
_wide_ambiguous = False


def set_ambiguous_width(width: str) -> None:
    """Choose how ambiguous characters are drawn: `narrow` as they are, `wide` (the terminal gives them two cells) by
    look-alikes of one cell. The stored text is never touched."""
    global _wide_ambiguous  # one terminal a process
    _wide_ambiguous = width == "wide"
    shown.cache_clear()


@lru_cache(maxsize=65536)
def shown(text: str) -> str:
    """`text` as it is drawn on one line: controls, bidi marks and line breaks made visible, tabs as cell borders."""
    if text.isascii() and text.isprintable():
        return text
    drawn = text.translate(_TABLES[_wide_ambiguous])
    if drawn and unicodedata.category(drawn[0])[0] == "M":
        drawn = "\N{DOTTED CIRCLE}" + drawn
    return drawn


def shown_character(character: str) -> str:
    """What is drawn for one character."""
    return _TABLES[_wide_ambiguous][ord(character)]


def sign(character: str) -> str:
    """One of the program's own signs, in a form that is one cell wide in this terminal."""
    return _narrowed(character) if _wide_ambiguous else character


@lru_cache(maxsize=65536)
def width(drawn: str) -> int:
    """How many terminal cells `drawn` (a result of `shown`) takes."""
    if drawn.isascii():
        return len(drawn)
    return sum(map(get_character_cell_size, drawn))


def fit(drawn: str, cells: int, *, right: bool = False) -> str:
    """`drawn` in exactly `cells` terminal cells: padded, or cut with a sign at the end (`right`: flush right)."""
    have = width(drawn)
    if have <= cells:
        return " " * (cells - have) + drawn if right else drawn + " " * (cells - have)
    if cells <= 0:
        return ""
    kept, taken = take(drawn, cells - 1)
    return kept + " " * (cells - 1 - taken) + CUT


def take(drawn: str, cells: int) -> tuple[str, int]:
    """The longest beginning of `drawn` that fits in `cells`, and how many cells it takes."""
    taken = 0
    for index, character in enumerate(drawn):
        size = get_character_cell_size(character)
        if taken + size > cells:
            return drawn[:index], taken
        taken += size
    return drawn, taken


_OPENING = frozenset("（“‘《〈「『【〔［｛([{")
_CLOSING = frozenset("）”’》〉」』】〕］｝)]},.，。、；：！？;:!?%％…")
_MOST_MOVED = 3


def fold(text: str, cells: int) -> list[int]:
    """Where to cut `text` (as it is stored) so that each piece takes at most `cells` cells when drawn: before a tab
    where there is one, never inside a figure or before a closing mark if that can be helped."""
    places: list[int] = []
    first = taken = index = 0
    while index < len(text):
        size = width(shown_character(text[index]))
        if taken + size > cells and index > first:
            first = index = _cut_at(text, first, index)
            places.append(first)
            taken = 0
            continue
        taken += size
        index += 1
    return places


def _cut_at(text: str, first: int, end: int) -> int:
    """Where to cut a line that begins at `first` and has room up to `end`."""
    tab = text.rfind("\t", first + 1, end + 1)
    if tab > first + (end - first) // 3:
        return tab
    place = end
    while place > first and _is_plain(text[place]) and _is_plain(text[place - 1]):
        place -= 1
    if place == first:
        place = end
    for _ in range(_MOST_MOVED):
        if place - 1 > first and (text[place] in _CLOSING or text[place - 1] in _OPENING):
            place -= 1
    return end if text[place] in _CLOSING or text[place - 1] in _OPENING else place


def _is_plain(character: str) -> bool:
    return character.isascii() and not character.isspace()


def wrap(drawn: str, cells: int) -> list[str]:
    """`drawn` cut into lines of at most `cells` cells: at a space where one is near the end of the line, never inside a
    figure or before a closing mark if that can be helped."""
    cells = max(cells, 2)
    lines: list[str] = []
    rest = drawn
    while width(rest) > cells:
        end = len(take(rest, cells)[0])
        line = rest[: _cut_at(rest, 0, end)]
        if rest[len(line)] != " " and line[-1].isascii() and rest[len(line)].isascii():
            space = line.rfind(" ")
            if space > len(line) // 2:
                line = line[: space + 1]
        lines.append(line.rstrip(" ") or line)
        rest = rest[len(line) :].lstrip(" ")
    lines.append(rest)
    return lines
