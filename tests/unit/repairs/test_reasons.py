"""How a reason calls the cells that it speaks of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.drawn_tables import read_document
from workbench.checks import Reconciliation
from workbench.model.edit import SetCell
from workbench.model.message import Message
from workbench.model.table import Cell, CellRef
from workbench.repairs import find_root_causes
from workbench.repairs.proposals.reasons import Rival, _against
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


def test_no_cell_is_called_by_the_number_of_its_column() -> None:
    document = document_from_json(DATA, "case")
    table = document.tables[0]
    numbers = tuple(Cell(f"{place}={place + 1}+{place + 2}") for place in range(table.width))
    numbered = replace(document, tables=(replace(table, header=(*table.header, numbers)), *document.tables[1:]))
    ref = CellRef(table.id, 0, 2)
    assert place_of(numbered, ref) == place_of(document, ref)


def test_a_row_is_called_by_the_label_that_no_other_row_has() -> None:
    document = read_document("""
## basic_expenditure 基本支出表 万元
科目编码 | 科目名称 | 政府科目编码 | 政府科目名称 | 合计
---
30201 | 办公费 | 50502 | 商品和服务支出 | 8.10
30231 | 公务用车运行维护费 | 50502 | 商品和服务支出 | 3.50
30217 | 公务接待费 | 50206 | 公务接待费 | 1.20
""")
    assert place_of(document, CellRef("t01", 1, 4)).zh == "基本支出表 公务用车运行维护费 合计"
    assert place_of(document, CellRef("t01", 2, 4)).zh == "基本支出表 公务接待费 合计"


def test_what_speaks_against_a_change_is_the_next_one_or_a_part_of_it() -> None:
    document = document_from_json(DATA, "case")
    first = SetCell(CellRef("t01", 0, 2), "5.00", "6.00")
    second = SetCell(CellRef("t01", 1, 2), "5.00", "6.00")

    def against(rival: Rival | None) -> str:
        return _against(document, [first, second], 0.6, rival).en

    assert against(None) == "Nothing else comes near (60%)."
    assert against(Rival((), 0.3)) == "Against it: the rule may not hold here (60% to 30%)."
    assert against(Rival((first,), 0.3)) == "Against it: a part of the change may do (60% to 30%)."
    other = SetCell(CellRef("t01", 1, 2), "5.00", "7.00")
    assert "7.00" in against(Rival((first, other), 0.3))
    assert "in place of a part of it" in against(Rival((first, other), 0.3))
    assert "7.00 as well" in against(Rival((first, second, other), 0.3))
    assert against(Rival((first, other), 0.6, 1)) == against(Rival((first, other), 0.6))
    assert against(Rival((first, other), 0.3, 4)) == against(Rival((first, other), 0.3))
    assert against(Rival((first, other), 0.6, 4)) == "Against it: 4 other changes are as likely (60% each)."


def test_many_that_are_as_likely_speak_against_each_other_however_little_each_has() -> None:
    document = document_from_json(DATA, "case")
    edits = [SetCell(CellRef("t01", 0, 2), "5.00", "6.00")]
    assert _against(document, edits, 0.08, Rival((), 0.01)).en == "Nothing else comes near (8%)."
    assert _against(document, edits, 0.08, Rival((edits[0],), 0.08, 11)).en == (
        "Against it: 11 other changes are as likely (8% each)."
    )


def test_where_nothing_is_changed_another_change_is_no_change_as_well() -> None:
    document = document_from_json(DATA, "case")
    rival = Rival((SetCell(CellRef("t01", 0, 2), "5.00", "6.00"),), 0.7)
    told = _against(document, [], 0.3, rival)
    assert told.en == "Against it: 支出总表 合计 合计: 5.00 → 6.00 (30% to 70%)."
    assert told.zh == "反证：支出总表 合计 合计：5.00 → 6.00 亦可（30% 对 70%）。"
    assert _against(document, [], 0.999, None).en == "No change of figures comes near (over 99%)."
    assert _against(document, [], 0.97, None).zh == "无相近的改动可解释（97%）。"


def test_what_cannot_be_worked_out_does_not_fail_by_anything() -> None:
    text = """
## expenditure_summary 部门支出总表 万元
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
---
 | 合计 | 131.20 | 96.15 | 35.05
213 | 农林水支出 | 100.15 | 96.15 | 4.00
221 | 住房保障支出 | 3l.O5 | | 31.05
"""
    (finding,) = find_root_causes(Reconciliation.of(read_document(text)))
    assert finding.suggestions[0].reason.en.startswith("2 checks cannot be worked out. Both then hold")
    assert finding.suggestions[0].reason.zh.startswith("2 项核对无法计算。")
