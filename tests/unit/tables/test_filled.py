"""Headers whose merged cells were filled or left blank by a writer that knows none: the same table as with spans."""

from pathlib import Path

import pytest

from workbench.model.table import Document
from workbench.sources import read_source
from workbench.tables import parse

INCOME = ["项目", "项目", "本年收入", "本年收入", "本年收入", "上年结转"]
NAMES = ["科目编码", "科目名称", "小计", "财政拨款", "事业收入", "上年结转"]
BODY = [["205", "教育支出", "30.00", "20.00", "10.00", "1.00"], ["", "合计", "30.00", "20.00", "10.00", "1.00"]]


def document_of(folder: Path, rows: list[list[str]]) -> Document:
    path = folder / "a.csv"
    path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    return parse(read_source(path))


@pytest.mark.parametrize(
    "above", [[], [["收入总表"]], [["收入总表"] * 6, ["单位：万元"] * 6]], ids=["bare", "title", "filled"]
)
def test_names_in_each_place_that_they_span_are_header_above_those_of_the_columns(
    tmp_path: Path, above: list[list[str]]
) -> None:
    (table,) = document_of(tmp_path, [*above, INCOME, NAMES, *BODY]).tables

    assert [[cell.printed for cell in row] for row in table.header] == [INCOME, NAMES]
    assert [cell.printed for cell in table.rows[0]] == BODY[0]
    assert table.title == ("收入总表" if above else "")


def test_texts_that_a_body_repeats_stay_apart(tmp_path: Path) -> None:
    rows = [
        ["单位名称", "性质", "经费来源"],
        ["甲中心", "事业单位", "全额"],
        ["乙中心", "事业单位", "全额"],
        ["丙站", "无", "无"],
    ]
    (table,) = document_of(tmp_path, [["单位构成表"], *rows]).tables

    assert len(table.header) == 1
    assert [[cell.printed for cell in row] for row in table.rows] == rows[1:]


def test_texts_repeated_below_a_row_that_names_every_column_are_cells(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "二级指标", "三级指标", "描述", "指标值", "依据"],
        ["产出指标", "时效指标", "办结时间", "补贴到位时间", "≤12月", "工作方案"],
        ["", "成本指标", "人均成本", "人均成本", "=122元", "工作方案"],
        ["效果指标", "社会效益指标", "知晓率", "知晓率", "≥95%", "工作方案"],
    ]
    (table,) = document_of(tmp_path, rows).tables

    assert [[cell.printed for cell in row] for row in table.rows][-2:] == rows[2:]


def test_two_names_alike_beside_each_other_are_none_where_places_are_left_blank(tmp_path: Path) -> None:
    header = [
        ["科目名称", "支出预算", "", "", ""],
        ["", "一般公共预算", "", "", "政府性基金"],
        ["", "基本支出", "", "项目支出", "项目支出"],
        ["", "人员经费", "公用经费", "", ""],
    ]
    (table,) = document_of(tmp_path, [*header, ["教育支出", "3.00", "2.00", "1.00", "4.00"]]).tables

    paths = ["/".join(dict.fromkeys(cell.printed for cell in column)) for column in zip(*table.header, strict=True)]
    assert paths[1:] == [
        "支出预算/一般公共预算/基本支出/人员经费",
        "支出预算/一般公共预算/基本支出/公用经费",
        "支出预算/一般公共预算/项目支出",
        "支出预算/政府性基金/项目支出",
    ]
