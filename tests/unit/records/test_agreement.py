"""How cells are called where two reviewers' records are compared."""

from __future__ import annotations

from workbench.model.record import RecordedSource, RecordedTable, ReviewRecord
from workbench.records.agreement import _labels


def test_a_cell_is_called_by_the_names_left_of_it_and_the_head_over_it() -> None:
    table = RecordedTable(
        "t01",
        "支出总表",
        "expenditure_summary",
        "万元",
        (("科目编码", "科目名称", "支出", "支出"), ("", "", "合计", "基本支出"), ("栏次", "", "1", "2")),
        (("210", "卫生健康支出", "880.50", "640.50"), ("", "合计", "880.50", "——")),
    )
    source = RecordedSource("a.pdf", "ab" * 32, "", "pdf/1", "青禾县教育局", 2031, "万元")
    names = _labels(ReviewRecord(source, tables=(table,)))
    assert names["t01/0/2"] == "210 卫生健康支出 · 合计"
    assert names["t01/0/3"] == "210 卫生健康支出 · 基本支出", "an amount names nothing"
    assert names["t01/1/3"] == "合计 · 基本支出"
    assert names["t01/0/1"] == "210 · 科目名称"
