"""Tables page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.drawn_pages import draw_source
from workbench.model.source import Page
from workbench.tables import iter_tables, parse

CASES = sorted((Path(__file__).resolve().parents[1] / "cases" / "tables_ruled").glob("*.txt"))
LONG = """
                 第{number}类支出表
                              单位：元
+----------+-----------+-----------+
| 科目编码 | 科目名称  |   合计    |
+----------+-----------+-----------+
|  20126   | 档案事务  |     {number}.00  |
+----------+-----------+-----------+
"""


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
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
