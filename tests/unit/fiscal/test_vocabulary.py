"""The words of the field: classes by their names, heads of columns, units of money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from workbench.fiscal.units import unit_factor
from workbench.fiscal.vocabulary import class_code, label_key, vocabulary


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("八、社会保障和就业支出", "208"),
        ("（十二）城乡社区事务支出", "212"),
        ("廿一、其他支出", "229"),
        ("九、医疗卫生与计划生育支出", "210"),
        ("一般公共服务支出（类）", "201"),
        ("卫生健康", "210"),
        ("十五、资源勘探工业信息等支山", None),
        ("十五、资源勘探工业倍息等支出", "215"),
        ("其他城乡社区支出", None),
        ("其他社会保障和就业支出", None),
        ("九、其他收入", None),
        ("合计", None),
    ],
)
def test_functional_classes_by_name(label: str, code: str | None) -> None:
    assert class_code(label) == code


@pytest.mark.parametrize(
    ("unit", "factor"),
    [
        ("元", "1"),
        ("人民币元", "1"),
        ("万元", "10000"),
        ("金额单位：万元", "10000"),
        ("千元", "1000"),
        ("亿元", "100000000"),
        ("元/人", None),
        ("公里", None),
        ("人", None),
        ("", None),
    ],
)
def test_units_of_money(unit: str, factor: str | None) -> None:
    assert unit_factor(unit) == (None if factor is None else Decimal(factor))


def test_keys_have_no_white_space_and_no_ornaments() -> None:
    assert label_key("“三公” 经费　合 计") == "三公经费合计"


def test_what_a_label_says_once_more_in_a_second_language_is_left_out() -> None:
    assert label_key("科目名称Coh gohmoeg") == label_key("科目名称 ئەرز") == "科目名称"
    assert label_key("ᠨᠡᠶᠢᠲᠡ 合计（万元）") == "合计(万元)"
    assert [label_key(text) for text in ("WTO事务", "里程（km）", "Danhvei", "PM2.5监测")] == [
        "WTO事务", "里程(km)", "Danhvei", "PM2.5监测",
    ]  # fmt: skip
    assert label_key("单位支出总表 Danhvei Cihok") == "单位支出总表"


def test_letters_that_tell_names_apart_are_part_of_them() -> None:
    assert label_key("台式电脑Lenovo") != label_key("台式电脑Huawei")


@pytest.mark.parametrize(
    ("words", "head", "fits"),
    [
        ("total", "合计", True),
        ("total", "本年收入合计", True),
        ("total", "基本支出", False),
        ("measure", "2031年预算数", True),
        ("measure", "一般公共预算", False),
        ("apart", "其中:财政拨款", True),
        ("apart", "比上年增减", True),
        ("other_year", "上年预算数", True),
        ("other_year", "上年结转", False),
        ("code", "功能分类科目编码", True),
        ("unit_code", "预算单位编码", True),
    ],
)
def test_heads_of_columns(words: str, head: str, fits: bool) -> None:
    assert vocabulary().columns[words].fit(head) is fits


def test_every_pattern_compiles_and_funds_do_not_overlap() -> None:
    funds = vocabulary().funds
    for head in (
        "一般公共预算拨款收入",
        "政府性基金预算拨款收入",
        "国有资本经营预算拨款收入",
        "事业收入",
        "其他收入",
        "财政拨款收入",
    ):
        assert len([name for name, words in funds.items() if words.fit(head)]) == 1
