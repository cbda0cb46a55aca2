"""Tables page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import CASES
from tests.drawn_pages import draw_source
from workbench.model.source import Page
from workbench.tables import iter_tables, parse

DRAWN = sorted((CASES / "tables_ruled").glob("*.txt"))
OF_THE_WHOLE = {"titles_below"}
"""What the end of a document tells of its beginning, page by page nothing does."""
LONG = """
                 第{number}类支出表
                              单位：元
+----------+-----------+-----------+
| 科目编码 | 科目名称  |   合计    |
+----------+-----------+-----------+
|  20126   | 档案事务  |     {number}.00  |
+----------+-----------+-----------+
"""


@pytest.mark.parametrize("case", [path for path in DRAWN if path.stem not in OF_THE_WHOLE], ids=lambda path: path.stem)
def test_page_by_page_gives_the_same_tables(case: Path) -> None:
    source = draw_source(case.read_text(encoding="utf-8").split("====\n")[1])

    streamed = list(iter_tables(iter(source.pages)))

    assert [replace(table, unit="") for table in streamed] == [
        replace(table, unit="") for table in parse(source).tables
    ]


def test_the_first_table_comes_before_the_last_page_is_read() -> None:
    read = 0

    def pages() -> Iterator[Page]:
        nonlocal read
        for number in range(1, 61):
            read = number
            page = draw_source(LONG.format(number=number)).pages[0]
            yield replace(page, number=number)

    tables = iter_tables(pages())
    first = next(tables)

    assert first.title == "第1类支出表"
    assert read < 15
    assert [table.rows[0][2].printed for table in tables] == [f"{number}.00" for number in range(2, 61)]


TRADITIONAL = """
                 第{number}類預算財政撥款支出決算總表
                              單位：元
+----------+------------------+-----------+
| 科目編碼 |     科目名稱     |   合計    |
+----------+------------------+-----------+
|  20126   | 檔案事務與撥款   |     {number}.00  |
+----------+------------------+-----------+
"""


def test_pages_in_traditional_characters_are_read_like_others_and_given_back_as_printed() -> None:
    drawn = [draw_source(TRADITIONAL.format(number=number)).pages[0] for number in range(1, 21)]
    plain = replace(draw_source(LONG.format(number=0)).pages[0], number=0)

    first, *tables = iter_tables([plain, *(replace(page, number=number) for number, page in enumerate(drawn, 1))])

    assert (first.title, first.rows[0][1].printed) == ("第0类支出表", "档案事务")
    assert [table.title for table in tables] == [f"第{number}類預算財政撥款支出決算總表" for number in range(1, 21)]
    assert {table.unit for table in tables} == {"元"}
    assert all([cell.printed for cell in table.header[0]] == ["科目編碼", "科目名稱", "合計"] for table in tables)
    assert [table.rows[0][1].printed for table in tables] == ["檔案事務與撥款"] * 20
    assert {table.form for table in tables} == {parse(draw_source(TRADITIONAL.format(number=1))).tables[0].form}
