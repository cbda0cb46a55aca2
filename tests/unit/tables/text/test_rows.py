"""Words of a body become rows: wrapped figures, codes and labels, counted rows, indicators."""

from __future__ import annotations

import pytest

from tests.unit.tables.text.test_headers import words_of
from workbench.tables.text.figures import FigureJoiner, is_figure_word
from workbench.tables.text.forms.indicator_cells import Widths, pieces_of, shared_endings, split_cells
from workbench.tables.text.forms.indicators import indicator_rows, parted
from workbench.tables.text.header.words import Word
from workbench.tables.text.lines import text_of
from workbench.tables.text.running.rows import counted_rows
from workbench.tables.text.running.side_words import side_of
from workbench.tables.text.vocabulary import column_kind, is_known


def joined(text: str) -> list[str]:
    words = words_of(text)
    return ["".join(piece.text for piece in figure) for figure in FigureJoiner.of(words).join(words)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("7502\n\n.08\n\n7502\n\n.08", ["7502.08", "7502.08"]),
        ("100.\n\n00\n\n30.0\n\n0\n\n6.00 6.00", ["100.00", "30.00", "6.00", "6.00"]),
        ("1452 452. 1000\n.60 30 .30", ["1452.60", "452.30", "1000.30"]),
        ("351 74.37", ["351", "74.37"]),
        ("10 0.50 5.00", ["10", "0.50", "5.00"]),
        ("1,250.\n\n40", ["1,250.40"]),
    ],
)
def test_wrapped_figures_are_joined_and_others_are_not(text: str, figures: list[str]) -> None:
    assert joined(text) == figures


def test_rows_are_counted_past_pieces_of_codes_and_figures() -> None:
    words = words_of("1 合计\n13.4\n\n2\n\n2\n2012\n\n3\n档案 13.42\n3 2012301 行政 13.42")
    rows = counted_rows(words, FigureJoiner(2, 5))
    assert [[word.text for word in row] for row in rows] == [
        ["1", "合计", "13.4", "2"],
        ["2", "2012", "3", "档案", "13.42"],
        ["3", "2012301", "行政", "13.42"],
    ]


def test_words_that_are_figures() -> None:
    assert all(is_figure_word(text) for text in ("6.00", "-1,234.5", ".08", "100.", "95%", "——", "(3.20)"))
    assert not any(is_figure_word(text) for text in ("项目", "A02010", "2024年", "≥95%", "("))


def test_sides_are_told_by_words() -> None:
    assert side_of("四、事业收入") == "left"
    assert side_of("五、教育") == "right"
    assert side_of("本年支出合计") == "right"
    assert side_of("合计") == ""


def test_columns_are_told_by_words() -> None:
    assert [column_kind(text) for text in ("科目名称", "项目支出", "采购品目", "数量", "2023年预算数")] == [
        "text", "figure", "text", "figure", "figure",
    ]  # fmt: skip
    assert is_known("2025年预留中小微企业份额")
    assert not is_known("青禾县档案馆")


INDICATORS = """产出指标

数量指标
扫描件一次验收合格

率
抽检合格的数量 ≥98%

南档发〔2025〕

12 号

质量指标 设备完好率 正常运行的设备 ≥97% 南档发〔2025〕

12 号"""


def cells_of(words: list[Word], labels: list[str]) -> list[list[str]]:
    rows = parted(indicator_rows(words, labels, two_levels=True), labels)
    found = []
    for row, ending in zip(rows, shared_endings(rows), strict=True):
        cells = split_cells(row, labels, Widths.unknown(len(labels)), ending)
        found.append([text_of(row.first), text_of(row.second), *(text_of(pieces_of(cell)) for cell in cells)])
    return found


def test_indicators_are_cut_into_their_cells() -> None:
    rows = cells_of(words_of(INDICATORS), ["三级指标", "绩效指标描述", "指标值", "指标值确定依据"])
    assert rows == [
        ["产出指标", "数量指标", "扫描件一次验收合格率", "抽检合格的数量", "≥98%", "南档发〔2025〕12号"],
        ["", "质量指标", "设备完好率", "正常运行的设备", "≥97%", "南档发〔2025〕12号"],
    ]


def test_indicators_below_one_second_level_are_rows_of_their_own() -> None:
    rows = cells_of(words_of("产出指标 数量指标 养护里程 ≥400 公里\n桥梁检测数量 ≥26 座"), ["三级指标", "指标值"])
    assert rows == [["产出指标", "数量指标", "养护里程", "≥400公里"], ["", "", "桥梁检测数量", "≥26座"]]
