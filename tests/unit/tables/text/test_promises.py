"""Of two readings of close figures the likelier one keeps the sums that the header promises."""

from __future__ import annotations

import pytest

from workbench.model.source import Page
from workbench.model.table import Cell
from workbench.tables.raw import RawTable
from workbench.tables.text.aligned.places import measure_of, placed_lines
from workbench.tables.text.aligned.promises import count_around_figures, count_broken
from workbench.tables.text.lines import lines_of

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


def test_cells_that_reach_over_a_figure_count() -> None:
    page = Page(1, "会议费  2.40  多开视频会议\n培训费  1.50  请本地\n      教师")
    lines = lines_of([page])
    words = [line.words() for line in lines]
    whole = [tuple(Cell(word.text, (page.anchor(word.start, word.end),)) for word in line) for line in words[:2]]
    label, _, text = whole[0]
    joined = Cell(label.printed + text.printed, label.anchors + text.anchors)
    wrapped = Cell("请本地教师", (*whole[1][2].anchors, page.anchor(words[2][0].start, words[2][0].end)))
    placed = placed_lines(lines, measure_of(lines))
    for row, count in (((joined, whole[0][1]), 1), ((whole[1][1], wrapped), 0), (whole[0], 0)):
        assert count_around_figures(RawTable((row,), 0), placed) == count
