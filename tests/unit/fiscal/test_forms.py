"""Titles and contents → forms."""

from __future__ import annotations

import pytest

from workbench.fiscal.forms import form_of_title, recognise
from workbench.model.table import Form


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("部门收支总表", Form.INCOME_EXPENDITURE_SUMMARY),
        ("2026年度收入支出决算总表", Form.INCOME_EXPENDITURE_SUMMARY),
        ("部门收支总体情况表（一）", Form.INCOME_EXPENDITURE_SUMMARY),
        ("单位预算收支总体情况表", Form.INCOME_EXPENDITURE_SUMMARY),
        ("部门收入总表", Form.INCOME_SUMMARY),
        ("表2 收入预算总表（按单位）", Form.INCOME_SUMMARY),
        ("收 入 决 算 表", Form.INCOME_SUMMARY),
        ("部门收入预算分单位情况表", Form.INCOME_SUMMARY),
        ("部门支出总表", Form.EXPENDITURE_SUMMARY),
        ("支出决算表", Form.EXPENDITURE_SUMMARY),
        ("财政拨款收支总表", Form.FISCAL_GRANT_SUMMARY),
        ("财政拨款收入支出决算总表", Form.FISCAL_GRANT_SUMMARY),
        ("2025年财政拨款收支预算总表", Form.FISCAL_GRANT_SUMMARY),
        ("一般公共预算支出表", Form.GENERAL_BUDGET_EXPENDITURE),
        ("一般公共预算财政拨款收入支出决算表", Form.GENERAL_BUDGET_EXPENDITURE),
        ("一般公共预算财政拨款支出决算表", Form.GENERAL_BUDGET_EXPENDITURE),
        ("财政拨款支出预算表", Form.GENERAL_BUDGET_EXPENDITURE),
        ("一般公共预算基本支出表", Form.BASIC_EXPENDITURE),
        ("一般公共预算财政拨款基本支出决算明细表", Form.BASIC_EXPENDITURE),
        ("一般公共预算“三公”经费支出表", Form.THREE_PUBLIC),
        ("财政拨款三公经费支出预算表", Form.THREE_PUBLIC),
        ("政府性基金预算财政拨款收入支出决算表", Form.GOVERNMENT_FUND),
        ("国有资本经营预算财政拨款支出决算表", Form.STATE_CAPITAL),
        ("项目支出预算表", Form.PROJECT_EXPENDITURE),
        ("项目收入支出决算表", Form.PROJECT_EXPENDITURE),
        ("一般公共预算项目支出表(按支出经济分类科目)", Form.PROJECT_EXPENDITURE),
        ("财政拨款支出决算明细表", Form.ECONOMIC_CLASSIFICATION),
        ("专款专用支出预算表", Form.OTHER),
        ("2021年某乡一般公共预算收入执行情况表", Form.OTHER),
        ("2031年住宿费收入测算表", Form.OTHER),
        ("一般公共预算收入支出表", Form.GENERAL_BUDGET_EXPENDITURE),
        ("行政事业性收费、政府性基金行政收入计划表", Form.OTHER),
        ("人员基本情况表", Form.OTHER),
        ("部门预算重点项目表", Form.PROJECT_EXPENDITURE),
        ("支出经济分类汇总表", Form.ECONOMIC_CLASSIFICATION),
        ("部门支出总表（按政府预算经济分类）", Form.ECONOMIC_CLASSIFICATION),
        ("库房改造项目绩效目标表", Form.PERFORMANCE_TARGET),
        ("项目支出绩效自评表", Form.PERFORMANCE_TARGET),
        ("部门整体支出绩效目标表", Form.OVERALL_PERFORMANCE),
        ("单位整体绩效目标申报表", Form.OVERALL_PERFORMANCE),
        ("政府采购预算表", Form.PROCUREMENT),
        ("项目采购情况", Form.PROCUREMENT),
        ("项目采购", Form.PROCUREMENT),
        ("政府购买服务支出预算表", Form.PROCUREMENT),
        ("国有资产占有使用情况表", Form.ASSETS),
        ("部门机构设置情况", Form.ORGANISATION),
        ("纳入部门决算编制范围的单位名单", Form.ORGANISATION),
        ("部门基本情况表", Form.ORGANISATION),
        ("商品服务（政府预算）", Form.BASIC_EXPENDITURE),
        ("人员支出预算明细表", Form.BASIC_EXPENDITURE),
        ("拨款收支总体情况表", Form.FISCAL_GRANT_SUMMARY),
        ("预算拨款收支总表", Form.INCOME_EXPENDITURE_SUMMARY),
        ("财政专户管理资金预算支出表", Form.OTHER),
        ("社会保险基金预算支出表", Form.OTHER),
        ("债务还本付息支出预算表", Form.OTHER),
        ("财政拨款结转结余情况表", Form.OTHER),
        ("压减一般性支出情况表", Form.OTHER),
        ("财政拨款上年结转资金支出表", Form.OTHER),
        ("医疗收入构成表", Form.OTHER),
        ("大型设备购置表", Form.ASSETS),
        ("公务用车情况表", Form.ASSETS),
    ],
)
def test_titles_of_any_region_name_their_form(title: str, form: Form) -> None:
    assert form_of_title(title) is form


def test_a_title_without_known_words_names_no_form() -> None:
    assert form_of_title("青禾县档案局2025年") is None
    assert form_of_title("") is None


@pytest.mark.parametrize(
    ("header", "stub", "form"),
    [
        (["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标"], Form.PERFORMANCE_TARGET),
        (["因公出国（境）费", "公务接待费", "合计"], [], Form.THREE_PUBLIC),
        (["项目", "预算数"], ["1.因公出国（境）费用", "2.公务接待费"], Form.THREE_PUBLIC),
        (["科目编码", "合计", "人员经费", "公用经费"], ["301"], Form.BASIC_EXPENDITURE),
        (["科目编码", "合计", "基本支出", "项目支出"], ["201"], Form.EXPENDITURE_SUMMARY),
        (["合计", "财政拨款收入", "事业收入", "经营收入"], ["合计"], Form.INCOME_SUMMARY),
        (["采购项目名称", "数量", "单价"], ["复印纸"], Form.PROCUREMENT),
        (["单位名称", "单位性质", "单位规格"], ["青禾县档案局"], Form.ORGANISATION),
        (["收入", "支出", "项目", "一般公共预算", "政府性基金预算"], ["一、本年收入"], Form.FISCAL_GRANT_SUMMARY),
        (["甲", "乙"], ["丙"], Form.OTHER),
    ],
)
def test_what_stands_in_a_table_names_its_form_where_the_title_does_not(
    header: list[str], stub: list[str], form: Form
) -> None:
    assert recognise("附表", header, stub) is form


def test_a_misread_character_does_not_hide_the_form() -> None:
    assert recognise("政府性墓金情况表") is Form.GOVERNMENT_FUND
    assert recognise("一船公共预算财政拨款") is Form.GENERAL_BUDGET_EXPENDITURE
