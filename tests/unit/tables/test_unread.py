"""Amounts that stand in no table are told page by page, with their places, until a person has put them into a cell."""

from __future__ import annotations

from dataclasses import replace

from tests.rule_cases import document
from workbench.checks import Reconciliation
from workbench.model.check import CheckResult, Family
from workbench.model.edit import InsertRows, apply_edits
from workbench.model.source import Page
from workbench.model.table import Document
from workbench.tables.unread import unread_amounts

TABLE = {
    "id": "t01",
    "title": "支出预算表",
    "form": "expenditure_summary",
    "header": [["科目名称", "合计"]],
    "rows": [["教育支出", "12.50"]],
}


def told(read: Document) -> list[CheckResult]:
    return [result for result in Reconciliation.of(read).failures if result.check.family is Family.EXTRACTION]


def with_pages(*texts: str) -> Document:
    read = document({"tables": [TABLE]})
    pages = (*read.source.pages, *(Page(3 + number, text) for number, text in enumerate(texts)))
    read = replace(read, source=replace(read.source, pages=pages))
    return replace(read, unread=unread_amounts(pages, read.tables, read.stated))


def test_what_is_read_is_not_told() -> None:
    assert told(with_pages("正文没有金额。")) == []


def test_a_rate_with_its_unit_behind_a_blank_is_no_amount() -> None:
    assert told(with_pages("预算执行率较上年的 93.20 % 提高 3.30 个百分点，编制 2.5 个")) == []


def test_the_places_are_those_of_the_amounts() -> None:
    read = with_pages("", "\n 合 计   1,234.50\t88.60 \n")
    (result,) = told(read)
    assert [read.source.text_of(anchor) for anchor in result.check.anchors] == ["1,234.50", "88.60"]
    assert {anchor.page for anchor in result.check.anchors} == {4}
    assert result.check.title.en == "Page 4 prints 2 amounts that no table holds: 1,234.50, 88.60."


def test_many_pages_are_told_of_together() -> None:
    (result,) = told(with_pages(*["外交支出  7.20\n国防支出  8.30"] * 4))
    assert len(result.check.anchors) == 8
    assert result.check.title.zh == "第3、4、5……页有8个金额未读入任何表：7.20、8.30、7.20、…。"


def test_an_amount_that_a_person_puts_into_a_cell_is_read() -> None:
    read = with_pages("外交支出  7.20\n国防支出  8.30")
    (result,) = told(apply_edits(read, (InsertRows("t01", 1, (("外交支出", "7.20"),)),)))
    assert [read.source.text_of(anchor) for anchor in result.check.anchors] == ["8.30"]
    assert told(apply_edits(read, (InsertRows("t01", 1, (("外交支出", "7.20"), ("国防支出", "8.30"))),))) == []
