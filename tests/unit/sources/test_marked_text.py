"""Markdown as converters write it: marks gone, HTML tables as grids in their place, other tables left to the text."""

from pathlib import Path

import pytest

from tests.costs import costs_at_most
from workbench.model.source import Page
from workbench.model.table import Document
from workbench.sources import read_source
from workbench.tables import parse

MIXED = """# 青禾县档案局2031年部门预算

## 目录

1. 收支总表
2. 收入总表

**表一 部门收支总表**

单位：万元

<html><body><table border="1"><tr><td colspan="2">收入</td><td colspan="2">支出</td></tr><tr><td>项目</td><td>预算数</td>
<td>项目</td><td>预算数</td></tr><tr><td>一、一般公共预算<br>拨款收入</td><td>$1,200.50$</td><td>一、公共服务支出</td><td>1,000.50</td>
</tr><tr><td>二、事业收入</td><td>&nbsp;</td><td>二、住房保障支出</td><td>200.00</td></tr></table></body></html>

注：本表按公开要求填列。

## 表二 部门收入总表

单位：万元

| 科目编码 | 科目名称 | **合计** | 事业收入 |
|---|---|---|---|
| 201 | 公共服务支出 | 1,000.50 | 1,000.50 |
| 221 | 住房保障支出 | **200.00** | &nbsp; |

<!-- image -->

### 表三 “三公”经费支出表

单位：万元

<TABLE><TR><TH rowspan=2>单位名称</TH><TH rowspan=2>合计</TH><TH colspan=2>公务用车</TH></TR><TR><TH>购置费</TH><TH>运行费</TH></TR>
<TR><TD>青禾县档案局</TD><TD>5.00</TD><TD>2.00</TD><TD>3.00</TD></TR></TABLE>

2031年收入1,200.50万元，比上年增长$10.5\\%$。
"""


def read(folder: Path, text: str, name: str = "预算.md") -> Page:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_source(path).page(1)


def parsed(folder: Path, text: str) -> Document:
    path = folder / "预算.md"
    path.write_text(text, encoding="utf-8")
    return parse(read_source(path))


def test_tables_in_html_and_between_bars_are_found_in_their_order(tmp_path: Path) -> None:
    document = parsed(tmp_path, MIXED)
    assert [(table.title, table.unit) for table in document.tables] == [
        ("表一 部门收支总表", "万元"), ("表二部门收入总表", "万元"), ("表三 “三公”经费支出表", "万元"),
    ]  # fmt: skip
    assert [[[cell.printed for cell in row] for row in (*table.header, *table.rows)] for table in document.tables] == [
        [
            ["收入", "收入", "支出", "支出"],
            ["项目", "预算数", "项目", "预算数"],
            ["一、一般公共预算拨款收入", "1,200.50", "一、公共服务支出", "1,000.50"],
            ["二、事业收入", "", "二、住房保障支出", "200.00"],
        ],
        [
            ["科目编码", "科目名称", "合计", "事业收入"],
            ["201", "公共服务支出", "1,000.50", "1,000.50"],
            ["221", "住房保障支出", "200.00", ""],
        ],
        [
            ["单位名称", "合计", "公务用车", "公务用车"],
            ["单位名称", "合计", "购置费", "运行费"],
            ["青禾县档案局", "5.00", "2.00", "3.00"],
        ],
    ]
    assert document.problems == ()
    assert document.entity == "青禾县档案局"


def test_every_cell_is_anchored_in_the_text_shown(tmp_path: Path) -> None:
    document = parsed(tmp_path, MIXED)
    for table in document.tables:
        for row in (*table.header, *table.rows):
            for cell in row:
                shown = "".join(document.source.text_of(anchor) for anchor in cell.anchors)
                assert "".join(shown.split()) == "".join(cell.printed.split())


def test_marks_are_not_shown(tmp_path: Path) -> None:
    text = read(tmp_path, MIXED).text
    assert not any(mark in text for mark in ("<", "**", "#", "&nbsp;", "$", "image"))
    assert "注：本表按公开要求填列。\n" in text
    assert text.rstrip().endswith("增长10.5%。")


@pytest.mark.parametrize("name", ["预算.md", "预算.txt"])
def test_a_table_that_is_never_closed_is_read_to_the_end(tmp_path: Path, name: str) -> None:
    page = read(tmp_path, "收入总表\n<table><tr><td>项目</td><td>金额</td></tr><tr><td>合计</td><td>1.00</td>", name)
    assert page.text == "收入总表\n项目\t金额\n合计\t1.00\n"
    assert len(page.grids) == 1


def test_signs_that_shall_make_no_marks_are_the_signs(tmp_path: Path) -> None:
    page = read(tmp_path, "## 表\n\n| 类 | 数 |\n| --- | --- |\n| \\*\\* | 1 |\n| 甲\\_乙 | \\-2.50 |\n")
    assert page.text.split("\n")[4:6] == ["| ** | 1 |", "| 甲_乙 | -2.50 |"]


def test_signs_between_bars_that_shall_make_no_marks_tell_markdown(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("| 科目编码 | 合计 |\n| \\*\\* | 1 |\n| 201 | 9.30 |\n", "utf-8")
    assert "**" in read_source(path).pages[0].text
    assert "\\" not in read_source(path).pages[0].text


def test_tables_of_rows_and_cells_are_grids(tmp_path: Path) -> None:
    text = "<doc><head>部门收入总表</head><table><row><cell>项目</cell><cell>预算数</cell></row>"
    page = read(tmp_path, f"{text}<row><cell>合计</cell><cell>9.30</cell></row></table></doc>", "page.xml")
    (grid,) = page.grids
    assert (grid.row_count, grid.column_count) == (2, 2)
    assert "<" not in page.text[grid.start : grid.end]


def test_text_that_is_no_markdown_keeps_its_marks(tmp_path: Path) -> None:
    text = "张**同志等3人 **奖励** 2 < 3 &nbsp; <table 一\n"
    assert read(tmp_path, text, "预算.txt").text == text


@pytest.mark.parametrize(
    "piece", ["<!--", "![", "![](", "**a", "<table>", "</table>", "<td", "$1", "# ", "|-- ", " ", "---", "&"]
)
def test_no_text_takes_long(tmp_path: Path, piece: str) -> None:
    def read_pieces(count: int) -> object:
        return read(tmp_path, "x <table><tr><td>1</td></tr></table># \n" + piece * count, "预算.txt")

    assert costs_at_most(12, lambda: read_pieces(80_000), lambda: read_pieces(20_000))
