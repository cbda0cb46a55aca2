"""Tables of another extractor beside the published file: what the file prints otherwise, or what was left out, is told
with its place, and taken with one suggestion."""

from __future__ import annotations

import json
from typing import Any

from tests.generator.content import random_disclosure
from tests.generator.text_layouts import TEXT_LAYOUTS
from workbench.checks import Reconciliation
from workbench.model.check import Applicability, Family, Finding
from workbench.model.edit import apply_edits
from workbench.model.source import Page, SourceDocument
from workbench.model.table import CellRef, Document, ReportKind
from workbench.repairs import find_root_causes
from workbench.tables import read_beside
from workbench.tables.interchange.from_json import documents_from_json

SOURCE = """青禾县档案局2031年部门预算
一、收支情况。2031年支出总计60.00万元，其中：教育支出30.00万元。

支出预算表
科目编码 科目名称 合计 基本支出 项目支出
205 教育支出 30.00 10.00 20.00
210 卫生健康支出 30.00 12.50 17.50
 合计 60.00 22.50 37.50
"""
HEADER = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
ROWS = [
    ["205", "教育支出", "30.00", "10.00", "20.00"],
    ["210", "卫生健康支出", "30.00", "12.50", "17.50"],
    ["", "合计", "60.00", "22.50", "37.50"],
]


def beside(rows: list[list[str]], text: str = SOURCE, **fields: Any) -> Document:
    table = {"id": "t01", "title": "支出预算表", "unit": "万元", "header": HEADER, "rows": rows}
    return read({"tables": [table], **fields}, text)


def read(data: object, text: str) -> Document:
    source = SourceDocument("source.txt", "0" * 64, "text/plain", "text/1", (Page(1, text),))
    return read_beside(documents_from_json(json.dumps(data, ensure_ascii=False).encode(), "x.json")[0], source)


def found(document: Document) -> list[Finding]:
    return list(find_root_causes(Reconciliation.of(document)))


def test_what_the_extractor_did_not_tell_comes_from_the_source() -> None:
    document = beside(ROWS)
    assert (document.entity, document.fiscal_year, document.report) == ("青禾县档案局", 2031, ReportKind.BUDGET)
    assert [figure.value for figure in document.stated] == ["60.00", "30.00"]
    assert found(document) == []
    told = beside(ROWS, entity="青禾县方志馆", fiscal_year=2030, stated=[])
    assert (told.entity, told.fiscal_year) == ("青禾县方志馆", 2030)


def test_a_figure_that_the_source_prints_otherwise_has_its_place_and_a_fix() -> None:
    rows = [*ROWS[:1], ["210", "卫生健康支出", "30.00", "12.80", "17.50"], *ROWS[2:]]
    document = beside(rows)
    cell = document.cell(CellRef("t01", 1, 3))
    assert [document.source.text_of(anchor) for anchor in cell.anchors] == ["12.50"]
    (finding,) = found(document)
    assert Family.READERS in {result.check.family for result in finding.results}
    assert finding.suggestions[0].applicability is Applicability.SAFE
    assert found(apply_edits(document, finding.suggestions[0].edits)) == []


def test_a_slip_that_no_sum_knows_is_told_by_the_source_alone() -> None:
    text = SOURCE + "\n会议费明细表\n会议名称 预算数\n年中会议 3.20\n年末会议 4.70\n"
    other = {
        "title": "会议费明细表",
        "header": [["会议名称", "预算数"]],
        "rows": [["年中会议", "3.50"], ["年末会议", "4.70"]],
    }
    document = read({"tables": [{"title": "支出预算表", "unit": "万元", "header": HEADER, "rows": ROWS}, other]}, text)
    (finding,) = found(document)
    assert finding.check.family is Family.READERS
    (suggestion,) = finding.suggestions
    assert suggestion.applicability is Applicability.UNSAFE
    assert document.cell(CellRef("t02", 0, 1)).text == "3.50"
    after = apply_edits(document, suggestion.edits)
    assert after.cell(CellRef("t02", 0, 1)).text == "3.20"
    assert found(after) == []


def test_a_row_that_the_extractor_left_out_is_told() -> None:
    document = beside([ROWS[0], ROWS[2]])
    (finding,) = found(document)
    (told,) = [result.check for result in finding.results if result.check.family is Family.EXTRACTION]
    assert [document.source.text_of(anchor) for anchor in told.anchors] == ["30.00", "12.50", "17.50"]
    assert finding.suggestions[0].method == "row_lost"
    assert found(apply_edits(document, finding.suggestions[0].edits)) == []


def test_tables_in_another_order_than_the_source_are_found() -> None:
    made = random_disclosure(17)
    tables = made.gold()["tables"]
    document = read({"tables": tables[::-1]}, TEXT_LAYOUTS["tsv"](made))
    cells = [cell for table in document.tables for row in table.rows for cell in row if cell.printed]
    assert sum(bool(cell.anchors) for cell in cells) >= 0.97 * len(cells)
    assert not document.disagreements
    assert not document.unread
