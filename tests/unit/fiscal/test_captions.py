"""The lines around tables: titles, units, entities, numbers, notes."""

from __future__ import annotations

import pytest

from workbench.fiscal.captions import (
    caption_of_line,
    entity_of_line,
    is_note,
    is_table_number,
    title_of_line,
    unit_of_line,
)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("    2025年部门收支总表   ", "2025年部门收支总表"),
        ("部 门 收 入 总 表", "部门收入总表"),
        ("表3：部门支出总体情况表（三）", "表3：部门支出总体情况表（三）"),
        ("一般公共预算支出表（续）", "一般公共预算支出表（续）"),
        ("项目支出表（单位：万元）", "项目支出表（单位：万元）"),
        ("一、部门机构设置情况", "一、部门机构设置情况"),
        ("部门收支总表 单位：万元", "部门收支总表"),
        ("表八  政府性基金预算支出表", "表八 政府性基金预算支出表"),
        ("附件1-1 收支总表", "附件1-1 收支总表"),
        ("表2 收入预算总表 Table 2 Revenue Budget", "表2 收入预算总表 Table 2 Revenue Budget"),
        ("一般公共预算基本支出表--人员经费（工资福利支出）", "一般公共预算基本支出表--人员经费（工资福利支出）"),
        ("支出预算表（按政府预算支出经济分类科目）", "支出预算表（按政府预算支出经济分类科目）"),
    ],
)
def test_title_lines(line: str, title: str) -> None:
    assert title_of_line(line) == title


@pytest.mark.parametrize(
    "line",
    [
        "部门收支总表 ................ 5",
        "部门收支总表………………………3",
        "具体内容详见政府采购预算表",
        "2025年收入12.50万元，比上年增加1.00万元，主要原因见收支总表。",
        "预算02表",
        "单位：万元",
        "编制单位：青禾县档案局",
        "金额单位：万元公开03表",
        "注：本表为空表",
        "5",
    ],
)
def test_lines_that_are_no_titles(line: str) -> None:
    assert title_of_line(line) == ""


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位:元", "元"),
        ("单 位 ： 万 元", "万元"),
        ("单位：人民币万元", "万元"),
        ("货币单位：千元", "千元"),
        ("价值（金额单位：万元）", "万元"),
        ("预算数（万元）", "万元"),
        ("万元", "万元"),
        ("编制单位：青禾县档案局    单位：亿元", "亿元"),
        ("单位：元（列至角分）", "元"),
        ("单位：辆、万元", "万元"),
        ("货币单位：人民币：万元", "万元"),
        ("金额：万元", "万元"),
        ("单位：台、辆", ""),
        ("编制单位：万元县档案局", ""),
        ("元旦值班", ""),
    ],
)
def test_unit_lines(line: str, unit: str) -> None:
    assert unit_of_line(line) == unit


@pytest.mark.parametrize(
    ("line", "entity"),
    [
        ("编制单位：青禾县档案局      单位：万元", "青禾县档案局"),
        ("单位：412_青禾县民政局", "青禾县民政局"),
        ("单位名称：[412001]青禾县民政局  单位：万元", "青禾县民政局"),
        ("编制单位：101中学", "101中学"),
        ("部门名称：青禾县档案局\t\t单位：元", "青禾县档案局"),
        ("部门（单位）名称：青禾县档案局", "青禾县档案局"),
        ("450 青禾县档案局 预算年度：2025 单位：万元", "青禾县档案局"),
        ("单位：万元", ""),
        ("单位：元（列至角分）", ""),
        ("部门：县医院    单位：万元", "县医院"),
        ("单位名称：档案", ""),
        ("单位：人、辆", ""),
        ("单位：辆、万元", ""),
    ],
)
def test_entity_lines(line: str, entity: str) -> None:
    assert entity_of_line(line) == entity


def test_a_caption_line_tells_all_it_prints() -> None:
    caption = caption_of_line("预算02表  编制单位：青禾县档案局   预算年度：2025   单位：万元")

    assert (caption.number, caption.entity, caption.year, caption.unit) == ("预算02表", "青禾县档案局", 2025, "万元")
    assert not caption_of_line("一般公共服务支出")


def test_table_numbers_and_notes() -> None:
    numbers = (
        "公开02表",
        "附表3",
        "表一",
        "预算 01 表",
        "表1-1",
        "部门公开表3",
        "预算公开01表",
        "部门预算公开表1",
        "财决公开04表",
        "青财预公开01表",
        "省级公开04-1表",
        "县直公开表2",
        "附件：1",
        "（表3）",
    )
    assert all(
        is_table_number(text) for text in (*numbers, "部预01表", "附件2-1", "部门决算公开05表", "GK01表", "批复01表")
    )
    assert not any(
        is_table_number(text)
        for text in (
            "支出决算表",
            "2025",
            "表演艺术",
            "公开招标",
            "部门2",
            "一",
            "A0201",
            "支出表（二）",
            "2031年报表",
            "支出表1",
        )
    )
    assert all(is_note(text) for text in ("注：本表含结转。", "备注：无", "说明：四舍五入", "本表反映部门收支。"))
    assert all(is_note(text) for text in ("※本表不含下级", "填报说明：按合同", "我单位没有基金预算收支，本表无数据。"))
    assert all(is_note(text) for text in ("我局2019年无基金预算支出，本表为空。", "本部门没有基金收支，空表列示。"))
    assert is_note("我部门 2023 年没有使用政府性基金预算拨款安排的支出。")
    assert not is_note("本单位没有下属单位，2023年收入12.50万元。")
    assert not any(is_note(text) for text in ("注册资本", "说明书编制费", "备注"))
