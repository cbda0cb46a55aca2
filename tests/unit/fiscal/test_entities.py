"""Names of public bodies and the regions they begin with."""

from __future__ import annotations

import pytest

from workbench.fiscal.entities import is_entity_name, names_before_report, region_of


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("青禾县档案局", "青禾县"),
        ("中共青禾县委组织部", "青禾县"),
        ("石门市桥北区红旗街道办事处", "石门市桥北区红旗街道"),
        ("青禾县柳树镇人民政府", "青禾县柳树镇"),
        ("青禾市市场监督管理局", "青禾市"),
        ("青禾县社区服务中心", "青禾县"),
        ("石门市桥北区人民政府松林街道办事处", "石门市桥北区"),
        ("城市管理局", ""),
        ("市档案局", ""),
        ("", ""),
    ],
)
def test_the_region_of_a_name(name: str, region: str) -> None:
    assert region_of(name) == region


def test_names_stand_before_reports() -> None:
    text = "第一部分 青禾县档案局概况\n第二部分 青禾县档案局2025年度部门预算情况"

    assert names_before_report(text.replace(" ", "")) == ["青禾县档案局", "青禾县档案局"]


@pytest.mark.parametrize(
    "text",
    [
        "2023年青禾县财政局一般公共预算财政拨款“三公”经费支出决算情况说明",
        "青禾县财政局财政拨款“三公”经费2022年预算情况的说明",
        "青禾县财政局2022年“三公”经费预算情况",
    ],
)
def test_names_stand_before_publications_of_one_kind_of_expense(text: str) -> None:
    assert names_before_report(text) == ["青禾县财政局"]


def test_what_is_a_name() -> None:
    assert is_entity_name("青禾县档案局（本级）")
    assert not is_entity_name("一般公共服务支出")
    assert not is_entity_name("档案局")
    assert is_entity_name("青禾档局")
    assert is_entity_name("青" * 36 + "县档案局") and not is_entity_name("青" * 44 + "县档案局")
