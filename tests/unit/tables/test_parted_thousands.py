"""Amounts whose thousands a blank parts are one amount each, and shown as they are printed."""

from __future__ import annotations

from workbench.checks.reconciliation import Reconciliation
from workbench.model.check import Outcome
from workbench.model.source import Page, SourceDocument
from workbench.model.table import Document
from workbench.tables.parsing import parse

BLANKS = """            2031年部门支出预算表
编制单位：青禾县档案局                                             单位：千元
  科目编码   科目名称              合计        基本支出       项目支出
            合计             12 060.5     11 040.2      1 020.3
20126       档案事务           12 060.5     11 040.2      1 020.3
2012601     行政运行           11 040.2     11 040.2
2012604     档案馆             1 020.3                   1 020.3
"""
NUMBERED = """            收入决算表
编制单位：青禾县档案局                       单位：万元
 项目          行次 金额
一、财政拨款      1 345.67
二、事业收入      2 120.30
三、其他收入      3 100.10
本年收入合计      4 566.07
"""


def _read(text: str) -> Document:
    return parse(SourceDocument("made", "", "text/plain", "text/1", (Page(1, text),)))


def test_an_amount_with_blanks_is_one_and_shown_as_printed() -> None:
    document = _read(BLANKS)
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0]] == ["", "合计", "12 060.5", "11 040.2", "1 020.3"]
    assert [cell.text for cell in table.rows[3]] == ["2012604", "档案馆", "1 020.3", "", "1 020.3"]
    for row in table.rows:
        for cell in row:
            pieces = [BLANKS[anchor.start : anchor.end] for anchor in cell.anchors]
            assert "".join("".join(pieces).split()) == "".join(cell.printed.split())
    outcomes = {result.outcome for result in Reconciliation.of(document).results}
    assert Outcome.PASS in outcomes and Outcome.FAIL not in outcomes


def test_the_number_of_a_line_is_no_thousand() -> None:
    (table,) = _read(NUMBERED).tables
    assert [cell.text for cell in table.rows[3]][-2:] == ["4", "566.07"]
