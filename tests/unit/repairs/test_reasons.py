"""How a reason calls the cells that it speaks of."""

from __future__ import annotations

import pytest

from workbench.model.message import Message
from workbench.model.table import CellRef
from workbench.repairs.proposals.wording import place_of
from workbench.tables.interchange.from_json import document_from_json

DATA = {
    "tables": [
        {
            "title": "支出总表", "form": "expenditure_summary", "unit": "万元",
            "header": [["科目编码", "科目名称", "合计"]],
            "rows": [["", "合计", "5.00"], ["2130101", "行政运行", "5.00"], ["", "", "5.00"]],
        },
    ],
    "stated": [{"label": "公务接待费", "value": "2.50", "unit": "万元", "text": "公务接待费2.50万元"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        (CellRef("t01", 1, 2), Message("支出总表 行政运行 合计", "支出总表 行政运行 合计")),
        (CellRef("t01", 2, 2), Message("支出总表 row 3 合计", "支出总表 第 3 行 合计")),
        (CellRef("s01", 0, 0), Message("公务接待费", "公务接待费")),
        (CellRef("s07", 0, 0), Message("s07", "s07")),
    ],
)
def test_a_cell_is_called_as_the_document_calls_it(ref: CellRef, name: Message) -> None:
    assert place_of(document_from_json(DATA, "case"), ref) == name
