"""A printed figure and the number it stands for. Blank and "——" are not zero; money is Decimal, never float."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache


class FigureKind(StrEnum):
    """What a cell prints, as far as arithmetic is concerned."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    GARBLED = "garbled"
    """Meant as a number by its characters, but not one: `1O.50`, `1.728.90`, `#####`."""
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Figure:
    """What one printed text says: its kind, and for a number its value, its printed decimals, its percent sign and its
    unit.

    The value of "12.5%" is 12.5, with `percent` set; that of "12.5万元" is 12.5, with the unit "万元". A figure with d
    decimals stands for value ± half of 10^-d.
    """

    kind: FigureKind
    value: Decimal | None = None
    decimals: int = 0
    percent: bool = False
    unit: str = ""

    @property
    def half_unit(self) -> Decimal:
        """Half a unit in the last printed place: how far the true amount may lie from the printed one."""
        return Decimal(5).scaleb(-self.decimals - 1)


_NUMBER = re.compile(
    r"^(?P<open>\()?(?P<sign>[-+])?[¥￥]?(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?(?P<percent>%)?(?P<close>\))?"
    r"(?P<unit>[十百千]?[万亿]?元)?$"
)
_DASHES = frozenset({"-", "--", "---", "—", "——", "———", "―", "――", "⸺", "⸻", "–", "−", "/", "\\", "无"})
_NEARLY_NUMBER = re.compile(r"^[-+(]?[.,]?[\dOoIlSBZ][\d.,OoIlSBZ]*[)%]?$")
_OF_A_SPREADSHEET = re.compile(r"#{2,}|#(?:DIV/0!|REF!|N/A|VALUE!|NAME\?|NUM!|NULL!)", re.IGNORECASE)
"""What a spreadsheet shows in place of a figure: its column is too narrow, its formula went wrong."""
_NOTE_MARKS = "¹²³⁰⁴-⁹₀-₉①-⑳⑴-⒇⓪⓵-⓾❶-❿➀-➓"
_NOTE_BEHIND = re.compile(rf"(?<=[\d%％)）])\s*[{_NOTE_MARKS}*＊※]+$")
_NOTE_WITHIN = re.compile(f"[{_NOTE_MARKS}]")
_MOST_DIGITS = 20
"""More digits than the sum of all public money needs: no amount, and beyond the 28 that sums are exact to."""
_WHITE_SPACE = re.compile(r"\s+")
_LONGEST_LABEL = 100
"""Keys of texts up to this length are kept: labels and headers are compared again and again."""
_TRIANGLES = "△▲"
"""What accountants print before an amount below zero."""
_MINUS_SIGNS = frozenset(f"-−–﹣－{_TRIANGLES}")
_OPENING, _CLOSING = frozenset("(（"), frozenset(")）")
_SEPARATORS, _CURRENCIES, _PERCENTS = ",，", "¥￥", "%％"
_MINUS = str.maketrans(
    {
        **dict.fromkeys(_TRIANGLES, "-"),
        "−": "-",
        "–": "-",
        "﹣": "-",
        "，": ",",
        "．": ".",
        "（": "(",
        "）": ")",
        "％": "%",
    }
)


@lru_cache(maxsize=65536)
def read_figure(printed: str) -> Figure:
    """The figure that `printed` stands for; white space and full-width forms make no difference.

    Accepts thousands separators in groups of three, a leading sign, an accountant's parentheses or triangle for a
    negative, one percent sign or one unit of money, and behind them the mark of a footnote, whose digit is never one of
    the figure.
    Everything else that looks like a number and has a digit is GARBLED, and so is what a spreadsheet shows in place of
    one (########, #DIV/0!); other text is TEXT.
    """
    if "*" in printed or not printed.isascii():
        printed = _NOTE_WITHIN.sub("?", _NOTE_BEHIND.sub("", printed.rstrip()))
    text = _WHITE_SPACE.sub("", unicodedata.normalize("NFKC", printed)).translate(_MINUS)
    if not text:
        return Figure(FigureKind.BLANK)
    if text in _DASHES:
        return Figure(FigureKind.DASH)
    match = _NUMBER.match(text)
    if match and sum(character.isdigit() for character in text) > _MOST_DIGITS:
        return Figure(FigureKind.GARBLED)
    if match and bool(match["open"]) == bool(match["close"]) and not (match["percent"] and match["unit"]):
        fraction = match["fraction"] or ""
        value = Decimal(match["digits"].replace(",", "") + fraction)
        if match["sign"] == "-" or match["open"]:
            value = -value
        return Figure(FigureKind.NUMBER, value, max(len(fraction) - 1, 0), bool(match["percent"]), match["unit"] or "")
    if any(character.isdigit() for character in text) and _NEARLY_NUMBER.match(text):
        return Figure(FigureKind.GARBLED)
    if text.startswith("#") and _OF_A_SPREADSHEET.fullmatch(text):
        return Figure(FigureKind.GARBLED)
    return Figure(FigureKind.TEXT)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a figure is written beside its digits: what parts its thousands, what stands around an amount below zero, a
    currency mark, a sign of percent, a unit of money."""

    separator: str = ""
    minus: tuple[str, str] = ("-", "")
    currency: str = ""
    percent: str = ""
    unit: str = ""

    @classmethod
    @lru_cache(maxsize=4096)
    def of(cls, printed: str) -> Manner:
        """The manner of a printed figure; of a text that is none, that of plain figures."""
        figure = read_figure(printed)
        text = "".join(printed.split()).removesuffix(figure.unit)
        before, behind = text[:1], text[-1:]
        minus = ("-", "")
        if before and before in _OPENING and behind and behind in _CLOSING:
            minus = (before, behind)
        elif before and before in _MINUS_SIGNS:
            minus = (before, "")
        return cls(
            next((sign for sign in _SEPARATORS if sign in text), ""),
            minus,
            next((sign for sign in _CURRENCIES if sign in text[:2]), ""),
            next((sign for sign in _PERCENTS if sign in text[-2:]), "") if figure.percent else "",
            figure.unit,
        )

    def written(self, value: Decimal, decimals: int) -> str:
        """`value` in this manner, with so many decimals, or more if it needs them."""
        exponent = value.normalize().as_tuple().exponent
        needed = max(-exponent, 0) if isinstance(exponent, int) else 0
        digits = f"{abs(value):,.{max(decimals, needed)}f}".replace(",", self.separator)
        before, behind = self.minus if value < 0 else ("", "")
        return f"{before}{self.currency}{digits}{self.percent}{behind}{self.unit}"


def print_like(value: Decimal, model: str) -> str:
    """`value` as a string in the manner of the printed figure `model`, with its decimals (more if the value needs
    them)."""
    figure = read_figure(model)
    return Manner.of(model).written(value, figure.decimals if figure.kind is FigureKind.NUMBER else 2)


_APART = re.compile(
    # Begun with the character itself, what stands before it asked afterwards: so a search goes from digit to digit.
    r"[\d-](?<![\d.,，\w].)(?:(?<=-)(?:\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+\.\d{1,6})"
    r"|(?<=\d)(?:\d{0,2}(?:[,，]\d{3})+(?:\.\d+)?|\d*\.\d{1,6}))(?![\d%％\w.])"
    # In running text a unit, a sign or the end of the sentence is behind it.
    r"(?!\s{0,3}(?:[万亿元%％㎡]|平方|公里|立方|人次|[，。；：、;:)）]|[（(][类款项]|个百分点|[人次辆台个户家批吨亩天年月分岁倍米](?![一-鿿])))",
    re.DOTALL,
)
_NUMBERING = re.compile(r"\d{1,2}\.\d{1,2}")
_NUMBERED = re.compile(r"[^\S\n]*\d{1,2}\.\d{1,2}[^\S\n]+[^\s\d-]")
"""The beginning of a line that is numbered as an amount is printed: 3.1 收入情况."""


def amounts_apart(text: str) -> Iterator[tuple[int, int]]:
    """Where amounts stand in a text that are set apart as those in tables are: with a decimal point or separators of
    thousands, blanks around them, and neither a unit nor the end of a sentence behind them."""
    for match in _APART.finditer(text):
        start, end = match.span()
        if not (_NUMBERING.fullmatch(match.group()) and _NUMBERED.match(text, text.rfind("\n", 0, start) + 1)):
            yield start, end


def match_key(text: str) -> str:
    """`text` for comparing labels: NFKC, without white space. Never for storing: the printed form stays as it is."""
    return _key_of_label(text) if len(text) <= _LONGEST_LABEL else _key(text)


def _key(text: str) -> str:
    return _WHITE_SPACE.sub("", unicodedata.normalize("NFKC", text))


_key_of_label = lru_cache(maxsize=16384)(_key)
