"""A number in a spreadsheet → the text that the sheet shows, by the number format of its cell (ECMA-376, 18.8.30)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

GENERAL = "General"

BUILT_IN: dict[int, str] = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 42: '_ ¥* #,##0_ ;_ ¥* -#,##0_ ;_ ¥* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 44: '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* "-"??_ ;_ @_ ',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"',
    55: 'yyyy"年"m"月"', 56: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""The formats that files name by number only, as a Chinese Excel shows them."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>[Gg]eneral|G/通用格式)|(?P<exponent>[Ee][+-])|(?P<half>AM/PM|上午/下午|A/P)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)"
    r"|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[aA]{3,4})|(?P<other>.)",
    re.DOTALL,
)
_PLAIN = re.compile(r"^(?P<grouped>#,##)?0(?:\.(?P<decimals>0+))?(?:_[ )]|\s)*$")
"""The formats that nearly all amounts have, shown without taking the format apart."""
_CONDITION = re.compile(r"^(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)$")
_SIGNIFICANT = 15
_GENERAL_WIDTH = 10
_NOISE = 8
_LARGEST_EXPONENT = 40
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 (a sheet knows no time zone)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class _Section:
    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None

    def has(self, kind: str) -> bool:
        return any(found == kind for found, _ in self.tokens)


def show_number(printed: str, code: str, *, from_1904: bool = False) -> str:
    """The text for a number as the file writes it ("96282213.439999998"), in the format `code`.

    The number is taken to 15 significant digits, as spreadsheets do. What is no number is returned as it is.
    """
    try:
        value = Decimal(printed.strip())
    except InvalidOperation:
        return printed
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_EXPONENT:
        return printed.strip()
    value = _significant(value)
    plain = _PLAIN.match(code)
    if plain:
        decimals = len(plain["decimals"] or "")
        # adding zero takes the sign off a zero
        return f"{_round(value, decimals) + 0:{',' if plain['grouped'] else ''}.{decimals}f}"
    sections = _sections(code or GENERAL)
    section, value = _choose(sections, value)
    if section is None or section.has("general") or not section.tokens:
        return _around_general(section, value)
    if section.has("date"):
        return _show_date(section, value, from_1904=from_1904)
    if section.has("text") and not section.has("digit"):
        return "".join(
            general(value) if kind == "text" else _literal(kind, text) for kind, text in section.tokens
        ).strip()
    return _show_digits(section, value).strip()


def show_text(text: str, code: str) -> str:
    """A text cell in its format: the section for text, where there is one, may put words around it."""
    sections = _sections(code)
    last = sections[-1] if sections else None
    if last is None or not last.has("text") or last.has("digit"):
        return text
    return "".join(text if kind == "text" else _literal(kind, part) for kind, part in last.tokens)


def general(value: Decimal) -> str:
    """A number without a format: its digits; a quotient's endless decimals are cut at the width Excel gives them."""
    if value == 0:
        return "0"
    exponent = value.normalize().as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    if decimals > _NOISE:
        room = max(_GENERAL_WIDTH - max(value.adjusted() + 1, 1), 0)
        value = _round(value, min(decimals, room))
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _significant(value: Decimal) -> Decimal:
    return _round(value, _SIGNIFICANT - 1 - value.adjusted()) if value else Decimal(0)


def _round(value: Decimal, decimals: int) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    return (value / step).to_integral_value(ROUND_HALF_UP) * step


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    found: list[_Section] = []
    tokens: list[tuple[str, str]] = []
    condition: tuple[str, Decimal] | None = None
    for match in _TOKEN.finditer(code[:500]):
        kind = match.lastgroup or "other"
        text = match[kind]
        if kind == "other" and text == ";":
            found.append(_Section(tuple(tokens), condition))
            tokens, condition = [], None
        elif kind == "bracket":
            test = _CONDITION.match(text)
            if test:
                condition = test[1], Decimal(test[2])
            elif text.startswith("$"):
                tokens.append(("quoted", text[1:].partition("-")[0]))
            elif text and text.strip("hHmMsS") == "":
                tokens.append(("date", text))
        else:
            tokens.append((kind, text))
    found.append(_Section(tuple(tokens), condition))
    return tuple(found)


def _choose(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section | None, Decimal]:
    """The section for a number, and the number without the sign that the section says itself."""
    numeric = sections[:-1] if len(sections) > 1 and sections[-1].has("text") else sections
    for section in numeric:
        if section.condition and _meets(value, *section.condition):
            return section, value
    if any(section.condition for section in numeric):
        plain = [section for section in numeric if section.condition is None]
        return (plain[0] if plain else None), value
    if value < 0 and len(numeric) > 1:
        return numeric[1], -value
    if value == 0 and len(numeric) > 2:
        return numeric[2], value
    return (numeric[0] if numeric else None), value


def _meets(value: Decimal, relation: str, bound: Decimal) -> bool:
    match relation:
        case "<":
            return value < bound
        case "<=":
            return value <= bound
        case ">":
            return value > bound
        case ">=":
            return value >= bound
        case "=":
            return value == bound
        case _:
            return value != bound


def _around_general(section: _Section | None, value: Decimal) -> str:
    if section is None or not section.tokens:
        return general(value) if section is None else ""
    return "".join(
        general(value) if kind == "general" else _literal(kind, text) for kind, text in section.tokens
    ).strip()


def _literal(kind: str, text: str) -> str:
    """What a token prints that stands for no digit: padding is a blank, filling nothing."""
    if kind in ("quoted", "escaped", "other"):
        return text
    return {"space": " ", "percent": "%", "point": ".", "comma": ","}.get(kind, "")


def _show_digits(section: _Section, value: Decimal) -> str:
    kinds = [kind for kind, _ in section.tokens]
    if "digit" not in kinds:
        sign = "-" if value < 0 else ""
        return sign + "".join(_literal(kind, text) for kind, text in section.tokens)
    if "exponent" in kinds:
        return _show_exponent(section, value)
    if any(kind == "other" and text == "/" for kind, text in section.tokens):
        return general(value)
    first = kinds.index("digit")
    last = len(kinds) - 1 - kinds[::-1].index("digit")
    point = kinds.index("point") if "point" in kinds else len(kinds)
    whole = [text for kind, text in section.tokens[:point] if kind == "digit"]
    fraction = [text for kind, text in section.tokens[point:] if kind == "digit"]
    grouped = any(kind == "comma" and first < place < min(last, point) for place, kind in enumerate(kinds))
    scale = sum(kind == "comma" and (place > last or place == point - 1 > first) for place, kind in enumerate(kinds))
    value = _round(value.scaleb(2 * kinds.count("percent") - 3 * scale), len(fraction))
    digits, _, decimals = f"{abs(value):f}".partition(".")
    digits = digits.lstrip("0").rjust(sum(mark == "0" for mark in whole), "0")
    if grouped and digits:
        digits = f"{int(digits):,}" if len(digits.lstrip("0")) == len(digits) else digits
    kept = decimals[: len(fraction)].ljust(len(fraction), "0")
    while kept and fraction[len(kept) - 1] in "#?" and kept.endswith("0"):
        kept = kept[:-1]
    return _compose(section, digits, kept, len(whole), negative=value < 0)


def _compose(section: _Section, digits: str, decimals: str, places: int, *, negative: bool) -> str:
    """The tokens with the digits in their places; literals between digits (0!.0) stay where they stand."""
    parts: list[str] = []
    bare = digits.replace(",", "")
    cuts = _inner_cuts(section, places)
    written = 0
    seen_digit = seen_point = False
    for kind, text in section.tokens:
        if kind == "digit" and not seen_point:
            if not seen_digit:
                parts.append("-" if negative else "")
                parts.append(digits if not cuts else bare[: max(len(bare) - places + 1, 0)])
            elif cuts:
                place = len(bare) - places + written
                parts.append(bare[place : place + 1] if place >= 0 else "")
            seen_digit = True
            written += 1
        elif kind == "point":
            if not seen_digit:
                parts.append("-" if negative else "")
                seen_digit = True
            parts.append("." + decimals if decimals or not _fraction_optional(section) else "")
            seen_point = True
        elif kind == "digit":
            continue
        elif kind != "comma":
            parts.append(_literal(kind, text))
    return "".join(parts)


def _inner_cuts(section: _Section, places: int) -> bool:
    """Whether a literal stands between two digits of the whole part, as in 0!.0000 (figures shown in ten thousands)."""
    seen = 0
    for kind, text in section.tokens:
        if kind == "point":
            return False
        if kind == "digit":
            seen += 1
        elif 0 < seen < places and kind in ("quoted", "escaped", "other") and text:
            return True
    return False


def _fraction_optional(section: _Section) -> bool:
    """Whether nothing after the point must be shown; Excel shows the bare point then, readers drop it."""
    point = [kind for kind, _ in section.tokens].index("point")
    return not any(kind == "digit" and text == "0" for kind, text in section.tokens[point:])


def _show_exponent(section: _Section, value: Decimal) -> str:
    before = section.tokens[: [kind for kind, _ in section.tokens].index("exponent")]
    marks = "".join(text for kind, text in before if kind in ("digit", "point"))
    decimals = len(marks.partition(".")[2])
    return f"{value:.{decimals}E}".replace("E+", "E+0" if abs(value.adjusted()) < 10 else "E+")


def _show_date(section: _Section, value: Decimal, *, from_1904: bool) -> str:
    try:
        days = int(value)
        seconds = int(((value - days) * 86400).to_integral_value(ROUND_HALF_UP))
        # 1900 was no leap year, but serial 60 is its 29 February
        moment = (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(
            days=days + (not from_1904 and days < 60), seconds=seconds
        )
    except (OverflowError, ValueError):
        return general(value)
    if value < 0:
        return general(value)
    parts: list[str] = []
    half = section.has("half")
    dates = [(place, text.lower()) for place, (kind, text) in enumerate(section.tokens) if kind == "date"]
    for place, (kind, text) in enumerate(section.tokens):
        if kind == "date":
            before = next((other for at, other in reversed(dates) if at < place), "")
            after = next((other for at, other in dates if at > place), "")
            minute = text[0] in "mM" and len(text) <= 2 and (before.startswith("h") or after.startswith("s"))
            parts.append(_date_part(text.lower(), moment, minute=minute, half=half))
        elif kind == "half":
            parts.append(
                ("上午" if moment.hour < 12 else "下午") if "上" in text else ("AM" if moment.hour < 12 else "PM")
            )
        else:
            parts.append(_literal(kind, text))
    return "".join(parts).strip()


def _date_part(mark: str, moment: datetime, *, minute: bool, half: bool) -> str:
    if minute:
        return f"{moment.minute:0{len(mark)}d}"
    match mark[0]:
        case "y":
            return f"{moment.year:04d}" if len(mark) > 2 else f"{moment.year % 100:02d}"
        case "m":
            return _MONTHS[moment.month - 1] if len(mark) > 2 else f"{moment.month:0{len(mark)}d}"
        case "d":
            return f"{moment.day:0{min(len(mark), 2)}d}"
        case "h":
            hour = (moment.hour % 12 or 12) if half else moment.hour
            return f"{hour:0{min(len(mark), 2)}d}"
        case "a":
            return ("星期" if len(mark) == 4 else "周") + _WEEKDAYS[moment.weekday()]
        case _:
            return f"{moment.second:0{min(len(mark), 2)}d}"
