"""Who, which year, what kind of report, which unit, which region."""

from __future__ import annotations

import pytest

from workbench.model.source import Page
from workbench.model.table import ReportKind
from workbench.tables.metadata import Metadata, read_metadata
from workbench.tables.raw import RawTable


def _read(*texts: str) -> Metadata:
    return read_metadata([Page(number, text) for number, text in enumerate(texts, start=1)])


def test_a_cover_tells_all() -> None:
    found = _read(
        "\n\n  青禾县档案局\n\n2025年度部门预算\n\n", "目 录\n第一部分 青禾县档案局概况\n", "2024年决算数为3万元"
    )

    assert found == Metadata("青禾县档案局2025年度部门预算", "青禾县档案局", 2025, ReportKind.BUDGET, "万元", "青禾县")


def test_a_title_in_one_line() -> None:
    found = _read("中共青禾县委组织部2024年部门决算公开\n目录\n")

    assert found.title == "中共青禾县委组织部2024年部门决算公开"
    assert (found.entity, found.fiscal_year, found.report) == ("中共青禾县委组织部", 2024, ReportKind.FINAL_ACCOUNT)
    assert found.region == "青禾县"


def test_what_stands_over_the_title_of_a_web_page_is_not_in_it() -> None:
    assert _read("首页 > 政务公开 > 财政\n青禾县档案局2024年部门决算\n").title == "青禾县档案局2024年部门决算"


def test_captions_of_tables_tell_where_no_title_does() -> None:
    found = _read("部门收支总表\n编制单位：青禾县档案局  预算年度：2026  单位：元\n项目 金额\n")

    assert (found.title, found.entity, found.fiscal_year) == ("", "青禾县档案局", 2026)


def test_the_fuller_name_is_the_entity() -> None:
    found = _read(
        "青禾县档案局2025年部门预算\n" + "部门名称：县档案局   单位：万元\n" * 4 + "部门名称：档案局   单位：万元\n" * 4
    )

    assert found.entity == "青禾县档案局"


def test_the_title_of_a_table_is_no_part_of_a_name() -> None:
    found = _read("部门收支总表\n500 青禾县档案局 预算年度：2024 单位：万元\n收入 支出\n")

    assert (found.entity, found.region) == ("青禾县档案局", "青禾县")


def test_a_publication_of_one_kind_of_expense_names_its_body_and_its_year() -> None:
    found = _read(
        "2023年度一般公共预算财政拨款“三公”经费支出决算表\n单位:万元\n"
        "关于青禾县司法局2023年度一般公共预算财政拨款“三公”经费支出决算情况说明\n"
        "公务接待费比2022年预算减少，比 2022年决算减少，较2022年预算减少。\n"
    )

    assert (found.entity, found.fiscal_year) == ("青禾县司法局", 2023)


def test_names_alone_on_their_lines_tell_as_a_last_resort() -> None:
    assert _read("项目\t金额\n青禾县档案馆\t3.00\n青禾县档案馆\t2.00\n").entity == "青禾县档案馆"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("青禾县档案局2025年部门预算公开说明", ReportKind.BUDGET),
        ("青禾县档案局2024年度部门决算", ReportKind.FINAL_ACCOUNT),
        ("青禾县档案局2025年部门预算绩效文本", ReportKind.PERFORMANCE),
        ("青禾县档案局2024年整体支出绩效自评报告", ReportKind.PERFORMANCE),
    ],
)
def test_kinds_of_report(title: str, kind: ReportKind) -> None:
    assert _read(title + "\n").report is kind


def test_years_in_words() -> None:
    assert _read("青禾县档案局二〇二四年部门预算\n").fiscal_year == 2024
    assert _read("青禾县档案局二○一九年度部门决算\n").fiscal_year == 2019
    assert _read("青禾县档案局２０２０年度部门决算\n").fiscal_year == 2020


def test_of_two_years_compared_the_later_is_the_reports() -> None:
    assert _read("科目名称 2030年预算数 2031年预算数\n合计 5.00 6.00\n").fiscal_year == 2031


def test_the_unit_that_most_tables_print_is_the_documents() -> None:
    tables = [RawTable((), unit_text=text) for text in ("单位：元", "单位：元", "单位：万元", "")]

    assert read_metadata([Page(1, "支出3万元")], tables).unit == "元"


def test_nothing_told_is_nothing_claimed() -> None:
    assert _read("") == Metadata()


def test_what_a_web_page_prints_around_its_title() -> None:
    found = _read(
        "首页 > 政务公开 > 财政预决算\n(2025部门预算公开)\n欢迎来到临岚市青城区市政管理中心\n"
        "3.临岚市青城区市政管理中心2025年度单位预算.pdf\n目录\n"
    )

    assert found.entity == "临岚市青城区市政管理中心"
    assert found.region == "临岚市青城区"
    assert found.title.endswith("2025年度单位预算.pdf")
    assert ">" not in found.title


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("青禾县综合执法局（青禾县城市管理局）2031年度部门决算", "青禾县综合执法局"),
        ("青禾县水务局勘测设计队2031年度部门决算", "青禾县水务局勘测设计队"),
        ("青禾县乡村建设推进中心2031年部门预算", "青禾县乡村建设推进中心"),
        ("青禾县财政局2031年度(本级) 决算公开报告", "青禾县财政局"),
        ("青禾县法院（汇总）2031年部门决算公开的说明", "青禾县法院"),
        ("一、主要职能\n第二部分青禾县机关事务管理局部门预算安排情况说明", "青禾县机关事务管理局"),
        ("按照市政府、区政府关于推进政府信息公开工作部署和要求,2031年三公经费支出预算为14万元", ""),
        (
            "项目支出绩效目标表\n主管部门 219-青禾县棠溪镇人民政府 实施单位 219001-青禾县棠溪镇人民政府",
            "青禾县棠溪镇人民政府",
        ),
        ("日期: 2031-09-20 来源:青禾县中心医院 责任编辑\n第二部分 2031年度部门决算情况说明", "青禾县中心医院"),
    ],
)
def test_names_as_pages_print_them(text: str, entity: str) -> None:
    assert _read(text).entity == entity


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("分 类: 财政预决算\n标题: 青禾县档案局2031年部门预算\n文件 预决算", ReportKind.BUDGET),
        (
            "根据预算法和预算公开要求，现将青禾镇2031年度“三公”经费决算情况公布如下：年初预算数5万元。",
            ReportKind.FINAL_ACCOUNT,
        ),
        (
            "2031年青禾县行政单位和事业单位“三公”经费决算总额为1023万元,较年初预算减少32%,比年初预算少。",
            ReportKind.FINAL_ACCOUNT,
        ),
    ],
)
def test_kinds_told_by_the_text(text: str, kind: ReportKind) -> None:
    assert _read(text).report is kind


def test_a_title_that_begins_on_other_lines_is_joined() -> None:
    assert (
        _read("青禾市柳湾区\n文化和旅游局\n2031年度部门决算\n目录").title == "青禾市柳湾区文化和旅游局2031年度部门决算"
    )
    assert (
        _read("青禾市人民政府\n柳湾街道办事处 2031\n年度部门决算\n目录").title
        == "青禾市人民政府柳湾街道办事处2031年度部门决算"
    )
