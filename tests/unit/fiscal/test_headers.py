"""Words of headers, totals, rows that number the columns."""

from __future__ import annotations

import pytest

from workbench.fiscal.headers import (
    inner_header_words,
    is_body_figure,
    is_enumerated,
    is_header_word,
    is_level,
    is_numbering_row,
    is_total_label,
    labels_of_one_column,
    may_be_header,
    may_be_part_of_header_word,
)
from workbench.model.toml_file import shipped_toml
from workbench.tables.text import vocabulary
from workbench.tables.text.listed_words import head_key


@pytest.mark.parametrize(
    "texts",
    [
        ["栏次", "1", "2", "3"],
        ["**", "**", "1", "2"],
        ["1", "2", "3", "4"],
        ["类", "款", "项", "栏次", "1", "2"],
        ["栏次", "", "1=2+3", "2", "3"],
        ["（1）", "（2）", "（3）"],
        ["公式", "A=B+C", "B", "C"],
        ["栏次", "1"],
    ],
)
def test_rows_that_number_the_columns(texts: list[str]) -> None:
    assert is_numbering_row(texts)


@pytest.mark.parametrize(
    "texts",
    [
        ["1", "档案局", "3"],
        ["1", "3", "4"],
        ["10", "11"],
        ["1"],
        ["合计", "5.00"],
        [],
        ["1", "青禾县档案局"],
        ["合计", "A"],
        ["B", "A"],
    ],
)
def test_rows_that_do_not(texts: list[str]) -> None:
    assert not is_numbering_row(texts)


def test_what_can_only_stand_in_a_body() -> None:
    assert all(
        is_body_figure(text) for text in ("12.50", "1,200", "0", "201", "20126", "2012604", "-3.1", "12.5%", "1O.50")
    )
    assert not any(is_body_figure(text) for text in ("2025", "2025年", "合计", "", "——", "一般公共服务支出"))


def test_years_over_columns_are_header_words() -> None:
    assert is_header_word("2025年预算数")
    assert is_header_word("2025-预算数") and not is_header_word("2025-")
    assert is_header_word("项　　目")
    assert not is_header_word("一般公共服务支出")


def test_labels_of_rows() -> None:
    assert is_enumerated("一、一般公共预算")
    assert is_enumerated("（二）政府性基金")
    assert is_enumerated("其中：经费拨款")
    assert not is_enumerated("30.5")
    assert is_total_label("合 计")
    assert not is_total_label("合计数")


def test_parts_of_header_words_are_told_from_prose() -> None:
    assert all(map(may_be_part_of_header_word, ("项", "　目", "2025年", "预算数", "年度", "2025")))
    assert not any(
        map(may_be_part_of_header_word, ("本年度支出较上年增加的原因是人员增加", "一般公共服务支出", "12.50"))
    )


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("项目", True),
        ("2025", True),
        ("2025年预算数", True),
        ("乡村建设专项预算数", True),
        ("乡村建设专项预算数（万元）", True),
        ("一、乡村建设专项预算数", False),
        ("（二）乡村建设专项支出", False),
        ("乡村建设专项" * 5 + "预算数", False),
        ("乡村建设", False),
        ("12.50", False),
        ("", False),
    ],
)
def test_what_may_be_a_header_where_its_place_agrees(text: str, may: bool) -> None:
    assert may_be_header(text) is may


def test_words_of_the_inner_grid_of_a_form_are_counted() -> None:
    assert inner_header_words(["一级指标", "二级 指标", "指标值", "教育支出", ""]) == 3
    assert inner_header_words([]) == 0


def test_a_translation_behind_a_name_changes_nothing() -> None:
    assert is_header_word("项目 Item") and is_total_label("合计 Total")
    assert not is_header_word("Item")


def test_levels_of_codes() -> None:
    assert all(map(is_level, ("类", "款", " 项 ")))
    assert not any(map(is_level, ("类别", "科目", "", "款项")))


def test_a_label_of_a_column_stands_in_one_list_and_is_known_to_text() -> None:
    besides = {head_key(word) for word in shipped_toml("workbench.tables.text", "vocabulary.toml")["leaves"]}
    assert besides & labels_of_one_column() == set()
    assert [label for label in sorted(labels_of_one_column()) if not vocabulary.is_leaf(label)] == []
