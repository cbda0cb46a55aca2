"""Tables that the contents promise."""

from __future__ import annotations

from workbench.model.source import Page
from workbench.model.table import Cell, Form, Table
from workbench.tables.contents import missing_tables, promised_tables

CONTENTS = """青禾县档案局2025年部门预算
        目    录
第一部分 青禾县档案局概况
一、主要职责 ……………… 1
第二部分 部门预算表
一、部门收支总表 ……………… 3
二、部门收入总表.........4
三、政府性基金预算支出表 5
第三部分 名词解释
"""


def _table(title: str, form: Form) -> Table:
    return Table("t01", title, form, "", (), ((Cell("甲"),),), (1,))


def test_the_contents_name_tables() -> None:
    promises = promised_tables([Page(1, CONTENTS)])

    assert [(promise.title, promise.form) for promise in promises] == [
        ("部门收支总表", Form.INCOME_EXPENDITURE_SUMMARY),
        ("部门收入总表", Form.INCOME_SUMMARY),
        ("政府性基金预算支出表", Form.GOVERNMENT_FUND),
    ]


def test_what_is_not_there_is_a_problem() -> None:
    promises = promised_tables([Page(1, CONTENTS)])
    tables = [
        _table("2025年部门收支总体情况表", Form.INCOME_EXPENDITURE_SUMMARY),
        _table("", Form.GOVERNMENT_FUND),
    ]

    problems = missing_tables(promises, tables)

    assert [problem.message for problem in problems] == [
        "the contents name “部门收入总表”, but no such table was found"
    ]
    assert problems[0].page == 1


def test_one_table_keeps_one_promise() -> None:
    promises = promised_tables([Page(1, "目录\n部门支出总表\n部门支出总表（按经济分类）\n项目支出表\n")])

    assert len(missing_tables(promises, [_table("部门支出总表", Form.EXPENDITURE_SUMMARY)])) == 2


def test_a_page_without_contents_promises_nothing() -> None:
    assert promised_tables([Page(1, "部门收支总表\n单位：万元\n")]) == ()


def test_the_contents_end_where_the_tables_begin() -> None:
    text = "目录\n收支总表\n收入总表\n\n表一 收支总表\n项目 金额\n表二 收入总表\n项目 金额\n政府性基金预算支出表\n"

    assert [promise.title for promise in promised_tables([Page(1, text)])] == ["收支总表", "收入总表"]


def test_a_title_that_goes_on_in_a_line_below_is_one() -> None:
    text = """目录
        2031年一般公共预算“三公”经费及会议费、
表1                                                  否
        培训费支出预算表
        2031年支出预算表（按政府
表2                                                  否
        经济分类）
"""

    assert [promise.title for promise in promised_tables([Page(1, text)])] == [
        "2031年一般公共预算“三公”经费及会议费、培训费支出预算表",
        "2031年支出预算表（按政府经济分类）",
    ]
