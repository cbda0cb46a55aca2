"""Blanks between digits and the characters behind them: they part no cells, and places stay those of the page."""

from __future__ import annotations

import pytest

from workbench.model.source import Page
from workbench.tables.text.locate import locate_text_tables
from workbench.tables.text.set_apart import ClosedUp

_TABLE = """\
                 2024 年一般公共预算支出表
单位：万元
科目编码      科目名称       2024 年预算数   2023 年执行数
213         农林水支出            1012.40        968.30
21303       水利                  1012.40        968.30
2130301     行政运行               968.30        868.30
2130310     水土保持                44.10        100.00
"""


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("2024 年预算数 2023 年决算数", "2024年预算数  2023年决算数 "),
        ("清淤长度 ≥55 公里 20", "清淤长度 ≥55公里  20"),
        ("实施期限 1 年 其他", "实施期限 1年  其他"),
        ("补助标准 22 元/人·月 15", "补助标准 22元/人·月  15"),
        ("预算 103.95 万元，", "预算 103.95万元， "),
    ],
)
def test_digits_are_closed_up_with_what_stands_behind_them(printed: str, read: str) -> None:
    assert ClosedUp([Page(1, printed)]).pages[0].text == read


@pytest.mark.parametrize(
    "printed",
    ["303 对个人和家庭的补助", "台式电脑 10 台 5.00", "30 人员经费 100.00", "合格率 ≥95% 已完成", "12 年初结转 3.00"],
)
def test_cells_of_their_own_stay_apart(printed: str) -> None:
    assert ClosedUp([Page(1, printed)]).pages[0].text == printed


def test_cells_are_anchored_in_the_page_as_it_is() -> None:
    (table,) = locate_text_tables([Page(1, _TABLE)])
    assert table.title == "2024 年一般公共预算支出表"
    assert [cell.printed for cell in table.rows[0]] == ["科目编码", "科目名称", "2024 年预算数", "2023 年执行数"]
    cells = [cell for row in table.rows for cell in row]
    assert ["".join(_TABLE[a.start : a.end] for a in cell.anchors).replace(" ", "") for cell in cells] == [
        cell.printed.replace(" ", "") for cell in cells
    ]
    (title,) = table.title_anchors
    assert _TABLE[title.start : title.end] == "2024 年一般公共预算支出表"
