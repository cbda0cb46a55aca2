"""Documents in traditional characters and in wide digits are read like others, and shown as they are printed."""

from __future__ import annotations

import pytest

from workbench.checks.reconciliation import Reconciliation
from workbench.fiscal.characters import is_traditional, simplified
from workbench.fiscal.forms import form_of_title
from workbench.fiscal.vocabulary import class_code, label_key
from workbench.model.check import Outcome
from workbench.model.source import Page, SourceDocument
from workbench.model.table import Document, Form, ReportKind
from workbench.tables.parsing import parse

TEXT = """青禾縣檔案局2031年度部門決算
一、2031年度一般公共預算財政撥款“三公”經費支出決算表
單位：萬元
項 目\t預 算 數\t決 算 數
合 計\t49.90\t7.69
因公出國(境)費\t20.00\t
公務接待費\t14.90\t5.21
公務用車購置及運行維護費\t15.00\t2.48
其中:公務用車運行維護費\t15.00\t2.48
公務用車購置費\t\t
二、2031年度一般公共預算財政撥款“三公”經費支出情況說明
2031年度一般公共預算財政撥款“三公”經費支出預算為49.90萬元,支出決算為7.69萬元,完成預算的15.41%。其中:公務接待費支出決算5.31萬元,占67.75%;公務用車購置及運行維護費支出決算2.48萬元,占32.25%。
"""


@pytest.fixture(scope="module")
def document() -> Document:
    return parse(SourceDocument("made", "", "text/plain", "text/1", (Page(1, TEXT),)))


def test_it_tells_who_when_what_and_in_which_unit(document: Document) -> None:
    assert (document.entity, document.fiscal_year, document.report, document.unit) == (
        "青禾县档案局",
        2031,
        ReportKind.FINAL_ACCOUNT,
        "万元",
    )


def test_tables_are_known_and_shown_as_printed(document: Document) -> None:
    (table,) = document.tables
    assert table.form is Form.THREE_PUBLIC
    assert [cell.text for cell in table.rows[2]] == ["公務接待費", "14.90", "5.21"]
    for row in table.rows:
        for cell in row:
            pieces = [TEXT[anchor.start : anchor.end] for anchor in cell.anchors]
            assert "".join("".join(pieces).split()) == "".join(cell.printed.split())


def test_what_does_not_hold_is_found(document: Document) -> None:
    results = Reconciliation.of(document).results
    failing = [document.cell(result.check.terms[0].ref).text for result in results if result.outcome is Outcome.FAIL]
    assert sorted(failing) == ["5.31", "67.75", "7.69"]
    assert sum(result.outcome is Outcome.PASS for result in results) >= 8


def test_words_are_known_in_either_script() -> None:
    assert label_key("一、社會保障和就業支出") == label_key("一、社会保障和就业支出")
    assert class_code("社會保障和就業支出") == "208"
    assert form_of_title("收入支出決算總表") is Form.INCOME_EXPENDITURE_SUMMARY


def test_a_few_traditional_characters_make_no_text_traditional() -> None:
    assert is_traditional(TEXT) and not is_traditional("青禾县後山镇人民政府2031年部门预算")
    assert len(simplified(TEXT)) == len(TEXT)


WIDE = """青禾县档案局２０３１年部门预算
部门支出总表
单位：万元
科目编码 科目名称 合计 基本支出 项目支出
合计 １，２６０．５０ １，０００．５０ ２６０．００
２０１２６ 档案事务 １，２６０．５０ １，０００．５０ ２６０．００
２０１２６０１ 行政运行 １，０００．５０ １，０００．５０
２０１２６０４ 档案馆 ２６０．００ ２６０．００
"""


def test_figures_in_wide_digits_are_figures_and_shown_as_printed() -> None:
    document = parse(SourceDocument("made", "", "text/plain", "text/1", (Page(1, WIDE),)))
    (table,) = document.tables
    assert document.fiscal_year == 2031
    assert [cell.text for cell in table.rows[2]] == [
        "２０１２６０１",
        "行政运行",
        "１，０００．５０",
        "１，０００．５０",
        "",
    ]
    assert [cell.text for cell in table.rows[3]] == ["２０１２６０４", "档案馆", "２６０．００", "", "２６０．００"]
    assert all(result.outcome is Outcome.PASS for result in Reconciliation.of(document).results)
