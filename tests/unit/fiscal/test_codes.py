"""The lists of account codes: well formed, and names found by code, year and name."""

from __future__ import annotations

import pytest

from workbench.fiscal.codes import CodeList, codes, codes_of, list_of, names_of


@pytest.mark.parametrize("which", list(CodeList))
def test_every_code_is_listed_under_the_level_above(which: CodeList) -> None:
    listed = {entry.code for entry in codes(which)}
    assert [code for code in sorted(listed) if len(code) > 3 and code[:-2] not in listed] == []


@pytest.mark.parametrize("which", list(CodeList))
def test_every_code_is_one_of_its_list_and_has_one_name_a_year(which: CodeList) -> None:
    assert [entry.code for entry in codes(which) if list_of(entry.code) is not which] == []
    for year in (2015, 2019, 2022, 2025):
        for entry in codes(which):
            assert len(names_of(entry.code, year)) <= 1, entry


@pytest.mark.parametrize(
    ("code", "year", "names"),
    [
        ("210", 2016, ("医疗卫生与计划生育支出",)),
        ("210", 2024, ("卫生健康支出",)),
        ("2080505", None, ("机关事业单位基本养老保险缴费支出",)),
        ("30113", 2024, ("住房公积金",)),
        ("50101", 2024, ("工资奖金津补贴",)),
        ("9999999", None, ()),
    ],
)
def test_names_of_a_code(code: str, year: int | None, names: tuple[str, ...]) -> None:
    assert names_of(code, year) == names


def test_codes_of_a_name() -> None:
    assert codes_of("住房 公积金", CodeList.FUNCTIONAL) == ("2210201",)
    assert "2010601" in codes_of("行政运行", CodeList.FUNCTIONAL)
    assert codes_of("没有这个科目", CodeList.ECONOMIC) == ()
