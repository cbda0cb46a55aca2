"""Of two readings of close figures the likelier one keeps the sums that the header promises."""

from __future__ import annotations

import pytest

from workbench.model.table import Cell
from workbench.tables.raw import RawTable
from workbench.tables.text.aligned.promises import count_broken

HEADER = ["科目名称", "合计", "基本支出", "项目支出"]


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        ([["行政运行", "50.00", "30.00", "20.00"], ["档案馆", "7.00", "", "7.00"]], 0),
        ([["行政运行", "50.00", "30.00", "20.00"], ["档案馆", "", "7.00", "7.00"]], 1),
        ([["行政运行", "50.00", "30.00", "20.00"], ["档案馆", "7.00", "7.00 20.00", ""]], 2),
        ([["行政运行", "50.00", "", ""], ["档案馆", "7.00", "", ""]], 2),
    ],
    ids=["kept", "a total elsewhere", "two figures in one cell", "parts lost"],
)
def test_broken_sums_and_cells_of_several_figures_count(rows: list[list[str]], broken: int) -> None:
    table = RawTable(tuple(tuple(map(Cell, row)) for row in [HEADER, *rows]), 1)
    assert count_broken(table) == broken
