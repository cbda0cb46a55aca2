"""The figures with which Word counts paragraphs, and the characters of its symbol fonts."""

from __future__ import annotations

import pytest

from workbench.sources.office.numbering import chinese, figure
from workbench.sources.office.word import _symbol


@pytest.mark.parametrize(
    ("number", "style", "shown"),
    [
        (1, "decimal", "1"), (12, "chineseCounting", "十二"), (12, "chineseLegalSimplified", "壹贰"), (10, "ideographDigital", "一〇"),
        (1, "ideographTraditional", "甲"), (11, "ideographTraditional", "甲"), (3, "decimalEnclosedCircle", "③"),
        (20, "decimalEnclosedCircle", "⑳"), (21, "decimalEnclosedCircle", "21"), (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"), (2, "upperLetter", "B"), (27, "lowerLetter", "a"), (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"), (1994, "upperRoman", "MCMXCIV"), (5, "none that is known", "5"),
    ],
)  # fmt: skip
def test_figures_of_lists(number: int, style: str, shown: str) -> None:
    assert figure(number, style) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "零"), (1, "一"), (10, "十"), (19, "十九"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1010, "一千零一十"),
        (3004, "三千零四"), (9999, "九千九百九十九"), (10000, "10000"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_counted(number: int, shown: str) -> None:
    assert chinese(number) == shown


@pytest.mark.parametrize(
    ("code", "shown"), [("F0FE", "☑"), ("f0a3", "□"), ("F0E0", "�"), ("2022", "•"), ("", ""), ("no code", "")]
)
def test_characters_of_symbol_fonts(code: str, shown: str) -> None:
    assert _symbol(code) == shown
