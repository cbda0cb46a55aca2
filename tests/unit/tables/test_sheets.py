"""Tables below each other on one sheet: where one ends and what stands above the next."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from workbench.model.table import Document
from workbench.sources import read_source
from workbench.tables import parse

PURCHASES = """表5
政府购买服务支出表
部门：青禾县水务局,单位：元
项        目,,本年支出,
科目编码,科目名称,合计,基本支出
注：此表无数据。
"""


def _sheet(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "tables.csv"
    path.write_text(text, encoding="utf-8")
    return parse(read_source(path))


def _header(document: Document, table: int) -> list[list[str]]:
    return [[cell.printed for cell in row] for row in document.tables[table].header]


def test_names_under_a_wider_one_are_header_above_the_numbers_of_the_columns(tmp_path: Path) -> None:
    text = """部门基本支出预算表
单位名称：青禾县水务局,单位：元
单位名称,项目名称,功能科目编码,资金来源,,
,,,总计,一般公共预算资金,单位资金
1,2,3,4,5,6
合计,,,186.00,186.00,
青禾县水务局,公用经费,2130301,186.00,186.00,
"""
    header = _header(_sheet(tmp_path, text), 0)

    assert header[0] == ["单位名称", "项目名称", "功能科目编码", "资金来源", "资金来源", "资金来源"]
    assert header[1][3:] == ["总计", "一般公共预算资金", "单位资金"]


def test_a_label_of_codes_stands_over_the_nameless_columns_of_their_levels(tmp_path: Path) -> None:
    text = """支出决算表
编制单位：青禾县水务局,,,,单位：万元
项目,,,,本年支出
支出功能分类科目编码,,,科目名称,
,,,合计,300.00
213,,,农林水支出,300.00
213,03,,水利,300.00
213,03,06,水利工程运行与维护,300.00
"""
    header = _header(_sheet(tmp_path, text), 0)

    assert header[0] == [*["项目"] * 4, "本年支出"]
    assert header[1] == [*["支出功能分类科目编码"] * 3, "科目名称", "本年支出"]


def test_a_list_of_indicators_under_a_title_of_its_own_is_a_table(tmp_path: Path) -> None:
    indicators = """表6
项目绩效目标表
部门：青禾县水务局,单位：元
项目名称,预算数,一级指标,二级指标,三级指标,指标值
水库维修,186.00,产出指标,数量指标,维修座数,12
"""
    document = _sheet(tmp_path, PURCHASES + indicators)

    assert [table.title for table in document.tables] == ["政府购买服务支出表", "项目绩效目标表"]
    assert document.tables[0].notes == ("注：此表无数据。",)
    assert len(document.tables[1].rows) == 1


def test_a_title_that_does_not_name_a_table_begins_one_above_captions_and_a_header(tmp_path: Path) -> None:
    text = """公务接待费支出表
部门名称：青禾县水务局,单位：元
项目,预算数,决算数,备注
合计,3.00,2.00,
相关统计数
部门名称：青禾县水务局,
项目,统计数,项目,统计数
接待批次（个）,118,接待人次（人）,1046
"""
    document = _sheet(tmp_path, text)

    assert len(document.tables) == 2
    assert [cell.printed for cell in document.tables[1].rows[0]] == ["接待批次（个）", "118", "接待人次（人）", "1046"]


def test_a_total_with_nothing_beside_it_is_a_row_of_its_table(tmp_path: Path) -> None:
    text = """政府性基金支出表
科目编码,科目名称,本年支出,
,,合计,项目支出
,合计,,
注：此表无数据。

项目支出表
项目,预算数,备注
水库巡查,12.00,
"""
    document = _sheet(tmp_path, text)

    assert [[cell.printed for cell in row] for row in document.tables[0].rows] == [["", "合计", "", ""]]
    assert [table.title for table in document.tables] == ["政府性基金支出表", "项目支出表"]


def test_a_line_that_the_document_has_no_such_expenditure_is_a_note(tmp_path: Path) -> None:
    document = _sheet(tmp_path, PURCHASES.replace("注：此表无数据。", "（本部门无此项支出）"))

    assert document.tables[0].notes == ("（本部门无此项支出）",)
    assert document.tables[0].rows == ()


def test_a_title_over_all_columns_above_captions_is_no_header(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["单位表1"], ["相关统计数"], ["部门名称：青禾县水务局"], ["项目", "统计数"], ["接待批次（个）", 118]):
        sheet.append(row)
    sheet.merge_cells("A2:B2")
    book.save(tmp_path / "counts.xlsx")
    document = parse(read_source(tmp_path / "counts.xlsx"))

    assert document.tables[0].title == "相关统计数"
    assert _header(document, 0) == [["项目", "统计数"]]


def test_whose_table_it_is_may_stand_alone_below_the_title(tmp_path: Path) -> None:
    text = """2031年部门支出总表
青禾县档案局
单位：万元
科目编码,科目名称,合计,基本支出,项目支出
20126,档案事务,5.00,3.00,2.00
"""
    document = _sheet(tmp_path, text)

    assert _header(document, 0) == [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    assert (document.entity, document.unit, len(document.tables[0].rows)) == ("青禾县档案局", "万元", 1)


def test_a_header_of_three_rows_goes_on_below_two_where_nothing_is_merged(tmp_path: Path) -> None:
    text = """财政拨款收支总体情况表
部门名称：青禾县水务局,单位：元
收入,,支出,,
项目,金额,项目,一般公共预算,
,,,小计,其中：财政拨款
一、本年收入,186.00,一、农林水支出,186.00,186.00
"""
    document = _sheet(tmp_path, text)

    assert [row[3:] for row in _header(document, 0)] == [
        ["支出", "支出"],
        ["一般公共预算", "一般公共预算"],
        ["小计", "其中：财政拨款"],
    ]
    assert len(document.tables[0].rows) == 1


def test_goals_of_all_projects_are_one_table_where_nothing_is_merged(tmp_path: Path) -> None:
    text = """项目绩效目标汇总表
项目编码,项目名称,项目金额,,产出指标,
,,资金总额,单位资金,三级指标,指标值
707001,水库维修,186.00,,维修座数,12
,,,,合格率,100%
"""
    document = _sheet(tmp_path, text)

    assert len(document.tables) == 1
    assert _header(document, 0)[0][2:] == ["项目金额", "项目金额", "产出指标", "产出指标"]
    assert [cell.printed for cell in document.tables[0].rows[0]] == [
        "707001",
        "水库维修",
        "186.00",
        "",
        "维修座数",
        "12",
    ]


def test_codes_of_reports_and_times_of_printing_above_the_captions_are_no_header(tmp_path: Path) -> None:
    body = "科目编码,科目名称,合计,基本支出,项目支出\n213,农林水支出,300.00,180.00,120.00\n合计,,300.00,180.00,120.00\n"
    for marks, title in (
        ("RPT-0031,,,,\n0001,,,,\n部门支出总表,,,,\n", "部门支出总表"),
        ("2031-01-15 09:12:33,,,,\n", ""),
    ):
        (table,) = _sheet(tmp_path, f"{marks},,,,单位：万元\n{body}").tables

        assert table.title == title
        assert table.unit == "万元"
        assert [cell.printed for cell in table.header[0]] == body.split("\n")[0].split(",")


NUMBERED = """表1,,单位：万元
项目,上年数,本年数
“三公”经费,3.00,2.00
合计,3.00,2.00
{gap}
{number}
科目编码,科目名称,合计
205,教育支出,9.00
,合计,9.00
"""


@pytest.mark.parametrize("number", ["表2,,单位：元", "表2\n,,单位：元", "附表2,,编制单位：青禾县水务局"])
def test_below_a_blank_row_the_number_of_a_table_begins_another(tmp_path: Path, number: str) -> None:
    first, second = _sheet(tmp_path, NUMBERED.format(gap="", number=number)).tables
    assert (len(first.rows), len(second.rows)) == (2, 2)
    assert [cell.printed for cell in second.header[0]] == ["科目编码", "科目名称", "合计"]


def test_the_list_of_contents_is_no_part_of_the_table_above_it(tmp_path: Path) -> None:
    text = """序号,单位名称,单位性质
1,青禾县水务局,行政
2,青禾县灌区管理所,事业
,,
目录,,
报表,报表名称,是否空表
表1,部门收支总表,否
表2,部门收入总表,否
表3,部门支出总表,是
"""
    document = _sheet(tmp_path, text)

    assert [[row[1].printed for row in table.rows] for table in document.tables] == [
        ["青禾县水务局", "青禾县灌区管理所"],
        ["部门收支总表", "部门收入总表", "部门支出总表"],
    ]


def test_a_list_of_contents_that_tells_numbers_alone_is_no_table(tmp_path: Path) -> None:
    text = """目录,
序号,报表名称,页码
1,部门收支总表,3
2,部门收入总表,4
3,部门支出总表,第5页
"""
    assert not _sheet(tmp_path, text).tables


def test_a_header_may_end_in_a_part_of_what_it_names(tmp_path: Path) -> None:
    text = """项目绩效目标表
部门：青禾县水务局,,,单位：万元
项目名称,预算数,三级指标,目标值
渠道清淤,12.00,清淤长度,8公里
水质监测,6.00,监测次数,12次
注：分值未列入本表。,,,

政府采购预算表
部门：青禾县水务局,,,单位：万元
项目名称,采购预算金额,,其中：面向中小企业
,货物,服务,
合计,7.00,5.00,5.00
渠道清淤,7.00,,
水质监测,,5.00,5.00
"""
    document = _sheet(tmp_path, text)

    assert [table.title for table in document.tables] == ["项目绩效目标表", "政府采购预算表"]
    assert _header(document, 1)[0] == ["项目名称", "采购预算金额", "采购预算金额", "其中：面向中小企业"]
    assert _header(document, 1)[1][1:3] == ["货物", "服务"]
