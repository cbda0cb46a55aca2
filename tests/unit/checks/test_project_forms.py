"""What forms of projects and of whole departments repeat of the statements and of each other."""

from __future__ import annotations

import pytest

from workbench.checks import Reconciliation
from workbench.model.check import Family
from workbench.tables.interchange.from_json import document_from_json


def found(*tables: dict[str, object]) -> list[tuple[str, str]]:
    """The failing links between tables: what each is about, and what it should be."""
    document = document_from_json({"tables": list(tables), "unit": "万元", "report": "budget"}, "case")
    results = [one for one in Reconciliation.of(document).results if one.check.family is Family.CROSS_TABLE]
    return [(str(one.check.terms[0].ref), f"{one.printed} → {one.expected}") for one in results if one.failed]


def inner(title: str, total: str, part: str) -> dict[str, object]:
    """A table cut from a form of one project."""
    return {
        "title": title, "form": "project_expenditure", "unit": "万元", "part_of": "项目申报表",
        "header": [["项目名称", "合计", "一般公共预算"]],
        "rows": [["合计", total, total], ["校舍维修", part, part], ["操场改造", "10.00", "10.00"]],
    }  # fmt: skip


def test_what_a_project_costs_is_what_it_is_paid_from() -> None:
    assert found(inner("项目资金来源", "30.00", "20.00"), inner("项目支出预算", "30.00", "20.00")) == []
    sources, costs = inner("项目资金来源", "30.00", "20.00"), inner("项目支出预算", "30.00", "20.00")
    costs["rows"][0][2] = "31.00"  # type: ignore[index]
    assert found(sources, costs) == [("t01/0/2", "30.00 → 31.00")]


def test_forms_of_different_projects_are_not_held_against_each_other() -> None:
    other = inner("项目支出预算", "30.00", "20.00") | {"part_of": "另一项目申报表"}
    other["rows"][0][2] = "31.00"  # type: ignore[index]
    assert found(inner("项目资金来源", "30.00", "20.00"), other) == []


@pytest.mark.parametrize(
    ("total", "repeated", "failing"),
    [
        ("96.15", "96.15", []),
        ("98.15", "96.15", [("t01/0/3", "98.15 → 96.15")]),
        ("96.15", "300.00", []),
    ],
)
def test_the_form_of_the_whole_department_repeats_the_statement(
    total: str, repeated: str, failing: list[tuple[str, str]]
) -> None:
    spending = {
        "title": "部门支出总表", "form": "expenditure_summary", "unit": "万元",
        "header": [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]],
        "rows": [["", "合计", "131.20", total, "35.05"], ["205", "教育支出", "131.20", "96.15", "35.05"]],
    }  # fmt: skip
    form = {
        "title": "部门整体支出绩效目标表", "form": "overall_performance", "unit": "万元",
        "header": [["年度预算", "", "", ""]],
        "rows": [["资金总额（万元）", "131.20", "其中：基本支出", repeated]],
    }  # fmt: skip
    assert found(spending, form) == failing
