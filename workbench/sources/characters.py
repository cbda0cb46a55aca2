"""What of a character stream may reach the text of a page: nothing that a terminal or a reader would obey unseen."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REPLACEMENT = "�"

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
    "\U0001f300-\U0001f64f\U0001f900-\U0001f9ff\U00020000-\U0003fffd]+"
)
_READING = re.compile("[(（](?<=[\u3400-\u9fff].)[a-zü]{0,5}[à-ǜḿẁ-ỹ][a-zà-ǜ]{0,5}[)）]")
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_RADICALS = dict(
    zip(
        "⼾⺁⺅⺈⺉⺊⺒⺓⺖⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺨⺩⺬⺭⺮⺰⺲⺶⺷⺹⺺⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻍⻐⻑⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "户厂亻刀刂卜巳幺忄扌攵旡月歺母民氵氺灬犭王示礻竹纟罒羊羊耂肀月艹艹艹虎衤覀西见角讠贝足车辶辶钅長长门阝雨青韦页风飞食飠饣首马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
"""Radicals that Unicode does not call compatible with the ideographs that look the same."""


def clean_text(text: str) -> str:
    """`text` as it may stand on a page: every line end is a line feed, invisible characters (zero width, soft hyphen,
    direction marks) are gone, other control characters are U+FFFD, so that damage stays visible and escapes are dead,
    radicals are the ideographs that look the same: converters of PDFs write them, and readings in brackets behind an
    ideograph (预(yù)算) are gone: converters of web pages put them there, no one prints them."""
    if text.isascii() and text.isprintable():
        return text
    text = _CONTROL.sub(REPLACEMENT, _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)))
    return without_radicals(_READING.sub("", text))


def without_radicals(text: str) -> str:
    """`text` with ideographs for the radicals and compatibility forms that PDF writers name the same glyphs by,
    as long as before."""
    return _RADICAL.sub(lambda match: _ideograph(match[0]), text) if _RADICAL.search(text) else text


@lru_cache(maxsize=1024)
def _ideograph(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return _RADICALS.get(character, plain if len(plain) == 1 else character)


def is_clean(text: str) -> bool:
    """Whether `text` has nothing that `clean_text` would change, but for line ends and radicals."""
    return text.isprintable() or not (_CONTROL.search(text) or _INVISIBLE.search(text))


def clean_line(text: str) -> str:
    """`text` for one line of a page: as `clean_text`, every run of white space one blank, none at the ends."""
    return " ".join(clean_text(text).split())


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def raised(text: str, before: str) -> str:
    """What a file marks as raised behind `before`: the digits of a footnote's mark as raised ones, so that they are
    none of the figure that they stand behind; anything else, and what stands behind nothing, as it is."""
    return text.translate(_RAISED) if text.isascii() and text.isdigit() and before.strip() else text


def cell_count(text: str) -> int:
    """How many cells of a terminal `text` takes; ideographs and full-width forms take two."""
    return len(text) if text.isascii() else len(text) + _wide_count(text)


@lru_cache(maxsize=8192)
def _wide_count(text: str) -> int:
    return sum(map(len, _WIDE.findall(text)))


def controls_as_replacement(code: int) -> str:
    """The one character that stands for a code point out of a PDF, whatever it is."""
    if code == 2 or code == 0xFFFE:  # pdfium's mark for a hyphen at the end of a line
        return "-"
    if not 0 <= code <= 0x10FFFF:
        return REPLACEMENT
    character = chr(code)
    if _CONTROL.match(character):
        return REPLACEMENT
    return " " if _INVISIBLE.match(character) else character
