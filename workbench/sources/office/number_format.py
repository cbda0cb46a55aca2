"""A number in a spreadsheet → the text that the sheet shows, by the number format of its cell (ECMA-376, 18.8.30)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from workbench.sources.office.format_code import GENERAL, Section, literal, section_for, sections_of
from workbench.sources.office.format_dates import show_date

_PLAIN = re.compile(r"^(?P<grouped>#,##)?0(?:\.(?P<decimals>0+))?(?:_[ )]|\s)*$")
"""The formats that nearly all amounts have, shown without taking the format apart."""
_SIGNIFICANT = 15
"""So many digits a spreadsheet keeps of a number."""
_GENERAL_WIDTH = 10
"""So many digits a column of usual width has room for where no format is given."""
_NOISE = 8
"""More decimals than this are a quotient's, not a person's."""
_LARGEST_EXPONENT = 40
"""Beyond it a number is printed as it is: writing out its zeros would help nobody."""


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
    section, value = section_for(sections_of(code or GENERAL), value)
    if section is None or section.has("general") or not section.tokens:
        return _around_general(section, value)
    if section.has("date"):
        shown = show_date(section, value, from_1904=from_1904)
        return general(value) if shown is None else shown
    if section.has("text") and not section.has("digit"):
        return "".join(
            general(value) if kind == "text" else literal(kind, text) for kind, text in section.tokens
        ).strip()
    return _show_digits(section, value).strip()


def show_text(text: str, code: str) -> str:
    """A text cell in its format: the section for text, where there is one, may put words around it."""
    sections = sections_of(code)
    last = sections[-1] if sections else None
    if last is None or not last.has("text") or last.has("digit"):
        return text
    return "".join(text if kind == "text" else literal(kind, part) for kind, part in last.tokens)


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


def _around_general(section: Section | None, value: Decimal) -> str:
    if section is None or not section.tokens:
        return general(value) if section is None else ""
    return "".join(
        general(value) if kind == "general" else literal(kind, text) for kind, text in section.tokens
    ).strip()


def _show_digits(section: Section, value: Decimal) -> str:
    kinds = [kind for kind, _ in section.tokens]
    if "digit" not in kinds:
        sign = "-" if value < 0 else ""
        return sign + "".join(literal(kind, text) for kind, text in section.tokens)
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


def _compose(section: Section, digits: str, decimals: str, places: int, *, negative: bool) -> str:
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
            parts.append(literal(kind, text))
    return "".join(parts)


def _inner_cuts(section: Section, places: int) -> bool:
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


def _fraction_optional(section: Section) -> bool:
    """Whether nothing after the point must be shown; Excel shows the bare point then, readers drop it."""
    point = [kind for kind, _ in section.tokens].index("point")
    return not any(kind == "digit" and text == "0" for kind, text in section.tokens[point:])


def _show_exponent(section: Section, value: Decimal) -> str:
    before = section.tokens[: [kind for kind, _ in section.tokens].index("exponent")]
    marks = "".join(text for kind, text in before if kind in ("digit", "point"))
    decimals = len(marks.partition(".")[2])
    return f"{value:.{decimals}E}".replace("E+", "E+0" if abs(value.adjusted()) < 10 else "E+")
