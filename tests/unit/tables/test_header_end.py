"""Where the header of a table without rules ends: wrapped labels,
numbers of columns and levels of codes above the rows."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from workbench.tables.unruled.header_end import header_and_body
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.printed import Piece, PrintedLine
from workbench.tables.unruled.sides import set_to_left

NAMES = (100.0, {50: "科目编码", 100: "科目名称", 250: "合计"})
NUMBERS = (120.0, {50: "栏次", 100: "1", 250: "2"})


def _line(middle: float, words: dict[int, str]) -> PrintedLine:
    pieces = [
        Piece(x, x + len(text), float(x), x + (4.5 if text.isascii() else 9.0) * len(text), text, middle)
        for x, text in words.items()
    ]
    return PrintedLine(middle, 9.0, " ".join(words.values()), pieces)


def _parted(lines: Sequence[tuple[float, dict[int, str]]]) -> tuple[list[str], list[str]]:
    parts = header_and_body([_line(*line) for line in lines], LevelRules())
    assert parts is not None
    return [line.text for line in parts[0]], [line.text for line in parts[1]]


WRAPPED = (
    (134.0, {100: "财政对城乡居民养老保险基金"}),
    (140.0, {50: "2082602", 250: "418.48"}),
    (146.0, {100: "的补助"}),
)


@pytest.mark.parametrize("header", [(NAMES,), (NAMES, NUMBERS)], ids=["names", "numbers"])
def test_a_label_with_its_figures_beside_its_middle_is_no_name(
    header: tuple[tuple[float, dict[int, str]], ...],
) -> None:
    above, body = _parted([*header, *WRAPPED, (160.0, {50: "213", 100: "农林水支出", 250: "7,036.00"})])

    assert len(above) == len(header)
    assert body[0] == "财政对城乡居民养老保险基金"


def test_a_line_above_the_first_row_that_nothing_below_goes_on_with_is_of_the_header() -> None:
    above, body = _parted([NAMES, (110.0, {250: "（全口径）"}), *WRAPPED[1:2], (160.0, {50: "213", 250: "7,036.00"})])

    assert above[-1] == "（全口径）"
    assert body[0].startswith("2082602")


def test_levels_of_codes_beside_the_first_row_are_names() -> None:
    above, body = _parted([NAMES, (140.0, {50: "类", 65: "款", 80: "项", 100: "合计", 250: "2,946.25"})])

    assert above[-1] == "类 款 项"
    assert body == ["合计 2,946.25"]


@pytest.mark.parametrize("levels", [{}, {20: "类", 30: "款", 40: "项"}], ids=["numbers", "levels"])
def test_a_blank_table_begins_below_the_numbers_of_its_columns(levels: dict[int, str]) -> None:
    above, body = _parted([NAMES, (120.0, {**levels, **NUMBERS[1]}), (140.0, {100: "合计"})])

    assert above[-1].endswith("栏次 1 2")
    assert body == ["合计"]


def test_figures_of_one_width_do_not_tell_that_names_are_set_to_the_left() -> None:
    rows = [_line(y, {50: "本级", 150: "27650.61", 250: "27650.61"}) for y in (100.0, 115.0)]
    columns = [(50.0, 68.0), (150.0, 222.0), (250.0, 322.0)]
    names = {0: (60.0, 96.0), 1: (150.4, 168.0), 2: (250.4, 268.0)}

    assert not set_to_left(columns, names, rows)
    assert set_to_left(columns, {**names, 0: (50.4, 86.0)}, rows)
