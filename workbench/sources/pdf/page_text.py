"""The characters of a page as pdfium counts them: which mean nothing, and which way they stand."""

from __future__ import annotations

import ctypes
import re
from codecs import utf_16_le_decode
from itertools import repeat
from math import pi

from workbench.sources.characters import REPLACEMENT, controls_as_replacement, is_clean, without_radicals
from workbench.sources.pdf.geometry import PageFrame
from workbench.sources.pdf.pdfium import calls

_FEW_SIGNS = 30
_UNMAPPED_SHARE = 0.3
_QUARTER = pi / 2
_SLANT = 0.04
_SAMPLED_CHARACTERS = 24
_SIGNS_SHARE = 0.4
_SIGNS = re.compile(r"[\\\[\]^_`{|}~@#$&<>=\x7f-\xb6\xb8-\u024f]")
_WORDS = re.compile(r"[^\s\d\\\[\]^_`{|}~@#$&<>=\x7f-\u024f]")
"""Signs and letters of the Latin supplements, and all else that is neither blank nor figure."""
_MEANINGLESS = re.compile(f"[{REPLACEMENT}\ue000-\uf8ff]")
_LATIN = "\u00a1-\u00af\u00b4-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_DAMAGE = re.compile(f"[{_LATIN}](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[{_LATIN}{REPLACEMENT}\ue000-\uf8ff]")
"""Characters that stand beside ideographs only where a file's table of characters is damaged: signs and letters of the
Latin supplements, but for those of measures, and such without a value; marks of lists begin lines."""
_FEWEST_DAMAGED = 2


def characters_of(text_page: int, count: int) -> str:
    """The characters of the page, one for each that pdfium counts."""
    call = calls()
    buffer = bytearray(2 * count + 2)
    call.FPDFText_GetText(text_page, 0, count, ctypes.byref(ctypes.c_char.from_buffer(buffer)))
    text = utf_16_le_decode(buffer[: 2 * count], "replace")[0].replace("\r", " ").replace("\n", " ")
    if len(text) == count and is_clean(text):
        return without_radicals(text)
    # one of them has no Unicode value, or two code units, or must not be shown as it is
    codes = map(call.FPDFText_GetUnicode, repeat(text_page, count), range(count))
    return without_radicals("".join(map(_CHARACTERS.__getitem__, codes)))


class _CharacterTable(dict[int, str]):
    """Code point → the character that stands for it, each worked out once."""

    def __missing__(self, code: int) -> str:
        character = self[code] = controls_as_replacement(code)
        return character


_CHARACTERS = _CharacterTable({9: " ", 10: " ", 12: " ", 13: " ", 0: REPLACEMENT})


def is_garbled(text: str, text_page: int, count: int) -> bool:
    """Whether too many characters mean nothing: they have no value, one for private use, one that pdfium made up for
    want of a table in the file, or together they are signs that no text has so many of."""
    if not text.isascii() and len(_MEANINGLESS.findall(text)) > _UNMAPPED_SHARE * count:
        return True
    made_up = calls().FPDFText_HasUnicodeMapError
    sample = range(0, count, max(count // _SAMPLED_CHARACTERS, 1))
    if list(map(made_up, repeat(text_page), sample)).count(1) > _UNMAPPED_SHARE * len(sample):
        return True
    signs = len(_SIGNS.findall(text))
    return signs > _FEW_SIGNS and signs > _SIGNS_SHARE * len(_WORDS.findall(text))


def is_damaged(text: str) -> bool:
    """Whether single characters of a text are no longer what the page prints."""
    return not text.isascii() and len(_DAMAGE.findall(text)) >= _FEWEST_DAMAGED


def upright(frame: PageFrame, text_page: int, text: str, count: int) -> PageFrame:
    """The frame in which the print stands upright: the page's own, unless a sample of characters says otherwise.

    pdfium gives a character's angle in user space, whatever the page's rotation, clockwise.
    """
    step = max(count // 12, 1)
    sample = range(step // 2, count, step)
    angles = list(map(calls().FPDFText_GetCharAngle, repeat(text_page), sample))
    if frame.quarter_turns == 0 and not any(angles):
        return frame
    votes = [0, 0, 0, 0]
    for index, angle in zip(sample, angles, strict=True):
        if not text[index].isspace():
            votes[-round(angle / _QUARTER) % 4] += 1
    best = max(range(4), key=votes.__getitem__)
    if votes[best] <= votes[frame.quarter_turns] + 2:
        return frame
    return PageFrame(frame.left, frame.bottom, frame.right, frame.top, best)


def is_slanted(text_page: int, index: int) -> bool:
    """Whether a character stands neither upright nor at a quarter turn."""
    turn = calls().FPDFText_GetCharAngle(text_page, index) / _QUARTER
    return bool(abs(turn - round(turn)) > _SLANT)
