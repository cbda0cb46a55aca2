"""Wide tables whose right half stands below or on the next page: with the labels of its rows, or without any."""

from __future__ import annotations

from workbench.model.source import Page, SourceDocument
from workbench.model.table import Table, texts_of
from workbench.tables.parsing import parse

LEFT = """\
                          收入总表
部门预算02表                                              单位：万元
 科目编码      科目名称         合计        上年结转    财政拨款
205         教育支出         920.10      20.10      700.00
20503       职业教育         920.10      20.10      700.00
2050302     中等职业教育     120.10      20.10      100.00
2050305     高等职业教育     800.00                 600.00
            合计             920.10      20.10      700.00
"""
RIGHT = """\
                          收入总表（续）
 科目编码      科目名称       事业收入      经营收入      其他收入
205         教育支出         180.00       15.00         5.00
20503       职业教育         180.00       15.00         5.00
2050302     中等职业教育
2050305     高等职业教育     180.00       15.00         5.00
            合计             180.00       15.00         5.00
"""


def tables_of(*pages: str) -> tuple[Table, ...]:
    numbered = tuple(Page(number, text) for number, text in enumerate(pages, start=1))
    return parse(SourceDocument("made", "", "text/plain", "text/1", numbered)).tables


def test_the_columns_of_the_right_half_stand_beside_those_of_the_left() -> None:
    (table,) = tables_of(LEFT, RIGHT)
    assert (table.id, table.title, table.pages) == ("t01", "收入总表", (1, 2))
    names = [path[-1] for path in table.column_paths()]
    assert names == ["科目编码", "科目名称", "合计", "上年结转", "财政拨款", "事业收入", "经营收入", "其他收入"]
    assert texts_of(table.rows[0]) == ("205", "教育支出", "920.10", "20.10", "700.00", "180.00", "15.00", "5.00")
    assert [cell.anchors[0].page for cell in table.rows[0]] == [1] * 5 + [2] * 3


def test_other_rows_are_another_table() -> None:
    assert len(tables_of(LEFT, RIGHT.replace("高等职业教育", "技校教育"))) == 2


def test_another_title_is_another_table() -> None:
    assert len(tables_of(LEFT, RIGHT.replace("收入总表（续）", "非财政拨款收入表"))) == 2


def test_the_same_columns_again_are_no_right_half() -> None:
    again = LEFT.replace("920.10", "930.10").replace("120.10", "130.10")
    assert all(table.width == 5 for table in tables_of(LEFT, again))


def test_a_page_between_them_parts_them() -> None:
    assert len(tables_of(LEFT, "二、收入情况说明\n本年收入920.10万元。\n", RIGHT)) == 2


CUT_LEFT = """\
                          收入支出表
公开05表                                              单位：万元
        项目                      年初结转                        本年收入
 科目编码    科目名称       合计       基本     项目       合计       基本支出     项目支出
              栏次         1=2+3       2        3         4=5+6       5          6
              合计         12.00                12.00     310.00     210.00     100.00
205         教育支出       12.00                12.00     310.00     210.00     100.00
20501       教育管理       12.00                12.00     300.00     200.00     100.00
20508       进修及培训                                      10.00      10.00
"""
CUT_RIGHT = """\
           本年支出                                           年末结转
  合计         基本支出     项目支出         合计         基本支出结转     项目支出结转
 7=8+9          8            9            10=11+12         11            12
 315.00       210.00       105.00           7.00                         7.00
 315.00       210.00       105.00           7.00                         7.00
 305.00       200.00       105.00           7.00                         7.00
  10.00        10.00
"""


def test_rows_without_labels_on_the_next_page_stand_beside_those_before() -> None:
    (table,) = tables_of(CUT_LEFT, CUT_RIGHT)
    assert (table.title, table.pages, table.width) == ("收入支出表", (1, 2), 14)
    assert table.column_paths()[-3:-1] == [
        ("年末结转", "合计", "10=11+12"),
        ("年末结转", "基本支出结转", "11"),
    ]
    assert texts_of(table.rows[-1])[1:] == (
        "进修及培训",
        *["", "", ""],
        "10.00",
        "10.00",
        "",
        "10.00",
        "10.00",
        *[""] * 4,
    )


def test_other_numbers_of_columns_are_of_another_table() -> None:
    numbers = "7=8+9          8            9            10=11+12         11            12"
    assert numbers in CUT_RIGHT
    again = "1=2+3          2            3             4=5+6           5             6"
    (left, *_) = tables_of(CUT_LEFT, CUT_RIGHT.replace(numbers, again))
    assert left.width == 8


def test_more_rows_than_there_are_are_of_another_table() -> None:
    (left, *_) = tables_of(CUT_LEFT, CUT_RIGHT + "   5.00         5.00\n")
    assert left.width == 8
