"""Labels of quoted figures → what they are."""

from __future__ import annotations

import pytest

from workbench.fiscal.concepts import named


@pytest.mark.parametrize(
    ("label", "concept"),
    [
        ("收入总预算", "income"),
        ("收入预算总额", "income"),
        ("支出总预算", "expenditure"),
        ("收支总预算", "income_and_expenditure"),
        ("财政拨款收支总预算", "fiscal_income_and_expenditure"),
        ("一般公共预算当年拨款", "general_expenditure"),
        ("一般公共预算财政拨款本年支出", "general_expenditure"),
        ("公共财政预算拨款支出", "general_expenditure"),
        ("公共财政预算拨款收入", "general_income"),
        ("公共财政预算基本支出", "general_basic"),
        ("财政拨款基本支出", "general_basic"),
        ("“三公”经费预算总额", "three_public"),
        ("“三公”经费一般公共预算财政拨款支出", "three_public"),
        ("公车运行维护费", "vehicle_running"),
        ("机关运行经费财政拨款预算", "running_cost"),
        ("政府采购预算总额", "procurement"),
        ("纳入部门整体支出绩效目标的金额", "performance_covered"),
        ("其中：基本支出", "basic"),
        ("二是项目支出", "project"),
        ("本部门收入总计", "income"),
        ("一般公共预算拨款", ""),
        ("财政拨款", ""),
        ("国内公务接待费", ""),
    ],
)
def test_a_label_names_its_concept_over_regions_and_years(label: str, concept: str) -> None:
    assert named(label).concept == concept


@pytest.mark.parametrize(
    ("label", "measure"),
    [
        ("公务接待费支出决算", "final"),
        ("三公经费年初预算数", "initial"),
        ("政府采购预算总额", "budget"),
        ("基本支出", ""),
    ],
)
def test_the_words_of_the_measure_are_told_apart(label: str, measure: str) -> None:
    assert named(label).measure == measure
