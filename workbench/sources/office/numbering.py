"""The numbers that Word prints before list paragraphs and headings, which its files only imply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.sources.office.xml_parts import attribute, local_name, whole_number

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: `text` is its pattern ("第%1条"), `style` its kind of figures."""

    text: str
    style: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of a document, with their counters as far as it was read."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    """List → the definition that it shares its counters with."""
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Paragraph style → its list and level."""
    counters: dict[str, list[int | None]] = field(default_factory=dict)

    def label(self, list_id: str, level: int) -> str:
        """The label of the next paragraph on this level of a list; "" where the list has none."""
        levels = self.lists.get(list_id)
        if not levels or level not in levels:
            return ""
        counters = self.counters.setdefault(self.families.get(list_id, list_id), [None] * _LEVELS)
        current = counters[level]
        counters[level] = levels[level].start if current is None else current + 1
        counters[level + 1 :] = [None] * (_LEVELS - level - 1)
        if levels[level].style in ("bullet", "none"):
            return ""
        label = levels[level].text
        for place in range(level, -1, -1):
            shown = levels.get(place)
            if shown is not None:
                number = counters[place]
                label = label.replace(f"%{place + 1}", figure(shown.start if number is None else number, shown.style))
        return label


def read_numbering(numbering: Any | None, styles: Any | None) -> Numbering:
    """The lists of `numbering.xml` and the styles of `styles.xml` that use them; either may be missing."""
    result = Numbering()
    abstract: dict[str, dict[int, Level]] = {}
    for element in [] if numbering is None else numbering:
        if local_name(element) == "abstractNum":
            abstract[attribute(element, "abstractNumId")] = _levels(element)
        elif local_name(element) == "num":
            list_id = attribute(element, "numId")
            base = next((attribute(child, "val") for child in element if local_name(child) == "abstractNumId"), "")
            result.lists[list_id] = {**abstract.get(base, {}), **_overrides(element, abstract.get(base, {}))}
            overridden = any(local_name(child) == "lvlOverride" for child in element)
            result.families[list_id] = f"list {list_id}" if overridden else base
    for element in [] if styles is None else styles:
        if local_name(element) == "style":
            used = list_of(element)
            if used:
                result.styles[attribute(element, "styleId")] = used
    return result


def list_of(paragraph: Any) -> tuple[str, int] | None:
    """The list and level that a paragraph's or style's own properties name, None where they name none."""
    for properties in paragraph:
        if local_name(properties) != "pPr":
            continue
        for child in properties:
            if local_name(child) == "numPr":
                values = {local_name(part): attribute(part, "val") for part in child}
                return values.get("numId", "0"), min(whole_number(values.get("ilvl", "0"), 0), _LEVELS - 1)
    return None


def figure(number: int, style: str) -> str:
    """`number` in one of Word's kinds of figures; decimal for the kinds that disclosures do not use."""
    match style:
        case "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCountingThousand":
            return chinese(number)
        case "chineseLegalSimplified":
            return "".join(_FORMAL[int(digit)] for digit in str(number))
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return "".join(_DIGITS[int(digit)] for digit in str(number))
        case "ideographTraditional":
            return _STEMS[(number - 1) % 10]
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= number <= 20:
            return chr(0x2460 + number - 1)
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
        case "decimalZero":
            return f"{number:02d}"
        case "upperLetter":
            return chr(ord("A") + (number - 1) % 26)
        case "lowerLetter":
            return chr(ord("a") + (number - 1) % 26)
        case "upperRoman":
            return _roman(number)
        case "lowerRoman":
            return _roman(number).lower()
        case _:
            return str(number)


def chinese(number: int) -> str:
    """A number from 0 to 9999 as it is counted: 10 十, 12 十二, 20 二十, 105 一百零五."""
    if number == 0:
        return "零"
    if not 0 < number < 10_000:
        return str(number)
    words = ""
    gap = False
    for unit, place in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = True
    return words.removeprefix("一") if 10 <= number < 20 else words


def _roman(number: int) -> str:
    words = ""
    for value, mark in _ROMAN:
        words += mark * min(number // value, 4)
        number %= value
    return words


def _levels(element: Any) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for child in element:
        if local_name(child) == "lvl":
            values = {local_name(part): attribute(part, "val") for part in child}
            level = whole_number(attribute(child, "ilvl"), 0)
            start = whole_number(values.get("start", "1"), 1)
            found[level] = Level(values.get("lvlText", ""), values.get("numFmt", "decimal"), start)
    return {level: value for level, value in found.items() if level < _LEVELS}


def _overrides(element: Any, levels: Mapping[int, Level]) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for child in element:
        if local_name(child) != "lvlOverride":
            continue
        level = whole_number(attribute(child, "ilvl"), 0)
        found.update(_levels(child))
        for part in child:
            if local_name(part) == "startOverride" and level in levels:
                old = levels[level]
                found[level] = Level(old.text, old.style, whole_number(attribute(part, "val"), old.start))
    return found
