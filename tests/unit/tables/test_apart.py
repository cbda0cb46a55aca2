"""Pages of running text are told from pages with columns before anything is looked for in them."""

from __future__ import annotations

import pytest

from workbench.tables.apart import words_stand_apart


@pytest.mark.parametrize(
    "text",
    [
        "",
        "    一、2024 年收入 7,502.08 万元，占 95.2% ，比上年减少 40 万元。\n    二、支出 639.72 万元，完成预算的 100%。",
        "第一部分 概况\n\n    一、主要职责\n    （一）贯彻执行国家有关方针政策。\n\n- 3 -",
        "目录\n收支总表.................... 5\n支出总表.................... 16",
        "　　首行缩进的正文。\n3",
    ],
)
def test_words_of_running_text_do_not_stand_apart(text: str) -> None:
    assert not words_stand_apart(text)


@pytest.mark.parametrize(
    "text",
    [
        "项目  预算数\n一、教育支出  12.00",
        "科目 合计 基本支出\n20101 3.00 2.00",
        "教育支出 96% -3",
        "合计\n    1,200.50\n行政运行",
        "行政运行\n-0.50",
    ],
)
def test_words_in_columns_and_lone_amounts_stand_apart(text: str) -> None:
    assert words_stand_apart(text)
