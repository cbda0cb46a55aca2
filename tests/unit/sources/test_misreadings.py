"""Characters that scans make look alike."""

import pytest

from workbench.sources.scan.misreadings import mend, mend_start


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("一、一般公共预算拨款收人", "一、一般公共预算拨款收入"),
        ("编制部内：青禾县", "编制部门：青禾县"),
        ("收人总计", "收入总计"),
        ("年未余额", "年末余额"),
        ("2, 946. 25", "2,946.25"),
        ("154,369, 326", "154,369,326"),
        ("6. 20%", "6.20%"),
        ("收入2, 946.25万元", "收入2,946.25万元"),
        ("其中0. 5万元", "其中0.5万元"),
        ("顶目支出", "项目支出"),
        ("财政拔款", "财政拨款"),
    ],
)
def test_a_word_of_the_field_tells_which_character_it_was(read: str, meant: str) -> None:
    assert mend(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "人员经费",
        "内设机构",
        "国内债务",
        "1,234.50",
        "人",
        "八、社会保障",
        "个人和家庭",
        "大门内外",
        "1. 2031年收入",
        "1.00 2.00",
        "3. 项目",
        "201 03 01",
        "用人单位收入",
    ],
)
def test_what_may_be_right_is_left_alone(text: str) -> None:
    assert mend(text) == text


@pytest.mark.parametrize(
    ("read", "before", "meant"),
    [
        ("、一般公共服务支出", "", "一、一般公共服务支出"),
        ("般公共服务", "", "一般公共服务"),
        ("、外交支出", "二、", "外交支出"),
        ("外交支出", "二、", "外交支出"),
        ("合计", "", "合计"),
        ("22.00", "2", "22.00"),
    ],
)
def test_a_thin_first_stroke_comes_back(read: str, before: str, meant: str) -> None:
    assert mend_start(read, before) == meant
