"""Chinese numerals."""

from __future__ import annotations

import pytest

from workbench.fiscal.numerals import chinese_number, chinese_numeral


@pytest.mark.parametrize(
    ("text", "number"),
    [("一", 1), ("十", 10), ("十一", 11), ("二十", 20), ("三十四", 34), ("廿二", 22), ("卅", 30), ("两", 2)],
)
def test_numerals_spell_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "x", "一二", "十二三", "零", "百"])
def test_what_spells_no_number_up_to_99_is_none(text: str) -> None:
    assert chinese_number(text) == 0


def test_a_number_is_written_as_it_is_read() -> None:
    assert [chinese_numeral(number) for number in (1, 10, 11, 20, 99)] == ["一", "十", "十一", "二十", "九十九"]
    assert all(chinese_number(chinese_numeral(number)) == number for number in range(1, 100))
