"""The long list as a panel over years, regions and documents: what a row is about, and that nothing counts twice."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from workbench.export import frames_of, part_of, write_dataset
from workbench.export.periods import period_of
from workbench.export.rows import DocumentPart, FigureRow
from workbench.export.series import series_of
from workbench.model.table import ReportKind
from workbench.pipeline import Analysis, analyse
from workbench.review import ReviewSession
from workbench.review.outcome import outcome_of, reviewed_parts


def exported(folder: Path, *tables: dict[str, Any], name: str = "a.json", **about: Any) -> DocumentPart:
    """What is exported of a tables file as it is read and checked, before anyone has reviewed it."""
    entry = {
        "entity": "青禾县财政局",
        "fiscal_year": 2031,
        "report": "budget",
        "unit": "万元",
        "tables": tables,
    } | about
    path = folder / name
    path.write_text(json.dumps(entry, ensure_ascii=False), encoding="utf-8")
    analysis: Analysis = analyse(path)
    session = ReviewSession.open(
        path, records=folder / "records", reviewer="", analysis=analysis, read_only=True
    )  # fmt: skip
    return part_of(session.state.document, outcome_of(session.state, "en"))


BUDGET, FINAL = ReportKind.BUDGET, ReportKind.FINAL_ACCOUNT


@pytest.mark.parametrize(
    ("heads", "report", "period"),
    [
        (("合计",), BUDGET, (2031, "budget")),
        (("合计",), FINAL, (2031, "final")),
        (("支出", "年初预算数"), FINAL, (2031, "initial_budget")),
        (("支出", "全年预算数"), FINAL, (2031, "adjusted_budget")),
        (("支出", "决算数"), FINAL, (2031, "final")),
        (("2030年执行数",), BUDGET, (2030, "execution")),
        (("上年预算数",), BUDGET, (2030, "budget")),
        (("2032年支出规划", "金额"), BUDGET, (2032, "plan")),
        (("2031年比2030年增减",), BUDGET, (2031, "change")),
        (("比上年增减", "金额"), BUDGET, (2031, "change")),
        # The names of funds and of what was carried over are neither a year nor a basis.
        (("财政拨款", "一般公共预算拨款"), FINAL, (2031, "final")),
        (("上年结转结余",), BUDGET, (2031, "budget")),
        (("结转下年支出",), BUDGET, (2031, "budget")),
    ],
)
def test_the_heads_say_which_year_a_figure_is_of_and_whether_it_is_planned(
    heads: tuple[str, ...], report: ReportKind, period: tuple[int, str]
) -> None:
    assert period_of(heads, 2031, report) == period


def test_a_document_without_a_year_gives_none_to_its_figures() -> None:
    assert period_of(("上年决算数",), None, ReportKind.UNKNOWN) == (None, "final")
    assert period_of(("2030年决算数",), None, ReportKind.UNKNOWN) == (2030, "final")


def test_a_row_says_its_code_its_list_its_depth_and_its_name(tmp_path: Path) -> None:
    part = exported(
        tmp_path,
        {
            "title": "支出总表",
            "form": "expenditure_summary",
            "unit": "万元",
            "header": [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]],
            "rows": [
                ["", "合计", "9.00", "4.00", "5.00"],
                ["205", "教育支出", "9.00", "4.00", "5.00"],
                ["20502", "普通教育", "9.00", "4.00", "5.00"],
                ["2050201", "学前教育", "4.00", "4.00", ""],
                ["2050202", "小学教育", "5.00", "", "5.00"],
            ],
        },
    )
    rows = {(row.name, row.column_path): row for row in part.figures}
    leaf = rows["小学教育", "项目支出"]
    assert (leaf.code, leaf.code_kind, leaf.level, leaf.is_total, leaf.of_which) == (
        "2050202", "function", 3, False, False,
    )  # fmt: skip
    assert [rows[name, "基本支出"].is_total for name in ("合计", "教育支出", "普通教育", "学前教育")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert rows["小学教育", "合计"].is_total, "its column totals the others"
    assert (rows["合计", "合计"].level, rows["教育支出", "合计"].level) == (0, 1)
    # Blank cells are no rows: missing is not zero.
    assert ("小学教育", "基本支出") not in rows


def test_a_name_has_no_numbering_and_what_is_only_some_of_a_figure_is_no_addend(tmp_path: Path) -> None:
    part = exported(
        tmp_path,
        {
            "title": "收入总表",
            "form": "income_summary",
            "unit": "万元",
            "header": [["项目", "预算数"]],
            "rows": [
                ["一、财政拨款收入", "8.00"],
                ["其中：专项收入", "3.00"],
                ["二、事业收入", "1.00"],
                ["本年收入合计", "9.00"],
            ],
        },
    )
    assert [(row.name, row.level, row.of_which, row.is_total) for row in part.figures] == [
        ("财政拨款收入", 1, False, False),
        ("专项收入", None, True, False),
        ("事业收入", 1, False, False),
        ("本年收入合计", 0, False, True),
    ]


def test_details_add_up_to_the_total_of_every_expenditure_statement_of_the_samples() -> None:
    added = 0
    for part in reviewed_parts([ROOT / "sample_docs"], records=ROOT / "none", failures=[]):
        tables: dict[str, list[FigureRow]] = defaultdict(list)
        for row in part.figures:
            if row.form in ("expenditure_summary", "general_budget_expenditure") and row.measure == "amount":
                tables[row.table].append(row)
        for rows in tables.values():
            if any(row.failing for row in rows):
                continue
            (total,) = (row.value for row in rows if row.level == 0 and row.column_path == "合计")
            details = (row.value for row in rows if not row.is_total and not row.of_which)
            assert sum(map(Decimal, details)) == Decimal(total)
            added += 1
    assert added >= 9


def test_values_of_indicators_are_no_money(tmp_path: Path) -> None:
    header = [["一级指标", "二级指标", "三级指标", "指标值", "上年", "项目金额（万元）"]]
    rows = [
        ["产出指标", "数量指标", "参加培训", "40", "38", "2.50"],
        ["产出指标", "质量指标", "培训合格", "95", "94", "3.50"],
    ]
    table = {"title": "绩效目标表", "form": "performance_target", "unit": "万元", "header": header, "rows": rows}
    found = {(row.printed, row.measure, row.value_yuan) for row in exported(tmp_path, table).figures}
    assert {("40", "other", ""), ("38", "other", ""), ("2.50", "amount", "25000.00")} <= found


def test_a_figure_that_cannot_be_read_is_a_row_without_a_value(tmp_path: Path) -> None:
    table = {
        "title": "收入总表",
        "form": "income_summary",
        "unit": "万元",
        "header": [["项目", "预算数"]],
        "rows": [["财政拨款收入", "1O.50"], ["事业收入", "2.00"], ["合计", "12.50"]],
    }
    part = exported(tmp_path, table)
    assert [(row.printed, row.value, row.value_yuan) for row in part.figures] == [
        ("1O.50", "", ""), ("2.00", "2.00", "20000.00"), ("12.50", "12.50", "125000.00"),
    ]  # fmt: skip
    figures = frames_of([part])["figures"]
    assert figures["value"].isna().tolist() == [True, False, False]


def test_a_unit_in_the_label_goes_before_that_of_the_table(tmp_path: Path) -> None:
    table = {
        "title": "整体绩效目标表",
        "form": "overall_performance",
        "unit": "元",
        "header": [["项目", "金额"]],
        "rows": [["部门预算总额（万元）", "1728.90"], ["办公用房", "3.00"]],
    }
    assert [row.value_yuan for row in exported(tmp_path, table).figures] == ["17289000.00", "3.00"]


INCOME = {
    "title": "收入总表",
    "form": "income_summary",
    "unit": "万元",
    "header": [["项目", "上年预算数", "预算数"]],
    "rows": [["财政拨款收入", "8.00", "9.00"]],
}


def test_a_copy_of_a_document_says_so_in_every_row(tmp_path: Path) -> None:
    part = exported(tmp_path, INCOME)
    copy = exported(tmp_path, INCOME, name="b.json")
    data = frames_of([part, copy])
    assert data["documents"]["duplicate_of"].tolist() == ["", part.document.document]
    assert data["figures"]["duplicate"].tolist() == [False, False, True, True]
    write_dataset([part, copy], tmp_path / "out.db", "sqlite")
    with sqlite3.connect(tmp_path / "out.db") as database:
        assert database.execute("SELECT sum(value) FROM figures WHERE NOT duplicate").fetchone() == (17.0,)


def test_years_are_numbers_in_every_format_that_has_numbers(tmp_path: Path) -> None:
    parts = [exported(tmp_path, INCOME), exported(tmp_path, INCOME, name="b.json", fiscal_year=None, entity="青禾县")]
    write_dataset(parts, tmp_path / "lines", "jsonl")
    lines = [json.loads(line) for line in (tmp_path / "lines" / "figures.jsonl").open(encoding="utf-8")]
    assert [(line["fiscal_year"], line["year"]) for line in lines] == [
        (2031, 2030),
        (2031, 2031),
        (None, None),
        (None, None),
    ]
    write_dataset(parts, tmp_path / "out.db", "sqlite")
    with sqlite3.connect(tmp_path / "out.db") as database:
        assert database.execute("SELECT count(*) FROM figures WHERE year > 2029.5").fetchone() == (2,)
    figures = frames_of(parts)["figures"]
    assert figures[figures["year"] == 2031]["value"].tolist() == [Decimal("9.00")]
    assert figures["fiscal_year"].dtype == "Int64"


def test_years_are_numbers_in_parquet_too(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    parts = [exported(tmp_path, INCOME), exported(tmp_path, INCOME, name="b.json", fiscal_year=None, entity="青禾县")]
    write_dataset(parts, tmp_path / "out.parquet", "parquet")
    frame = pandas.read_parquet(tmp_path / "out.parquet")
    assert frame.query("year == 2030")["value"].tolist() == ["8.00"]
    assert frame["fiscal_year"].isna().sum() == 2


@pytest.mark.parametrize(
    ("heads", "form", "series"),
    [
        (("合计",), "general_budget_expenditure", "total"),
        (("2026年预算数", "合计"), "general_budget_expenditure", "total"),
        (("一般公共预算支出", "小计"), "general_budget_expenditure", "total"),
        (("支出", "一般公共预算财政拨款"), "fiscal_grant_summary", "general_budget"),
        (("财政拨款支出", "合计"), "fiscal_grant_summary", "total"),
        (("其中", "基本支出"), "general_budget_expenditure", "basic"),
        (("2024年决算数", "基本支出"), "expenditure_summary", "basic"),
        (("基本支出", "小计"), "expenditure_summary", "basic"),
        (("基本支出", "人员经费"), "expenditure_summary", "personnel"),
        (("人员经费", "决算数"), "basic_expenditure", "personnel"),
        (("本年一般公共预算基本支出", "合计"), "basic_expenditure", "total"),
        (("基本支出", "日常公用经费"), "basic_expenditure", "public_expenses"),
        (("2026年预算数", "公务用车购置及运行费", "小计"), "three_public", "cars"),
        (("公务用车购置及运行维护费", "公务用车运行维护费"), "three_public", "car_operation"),
        (("上年", "一般公共预算拨款安排的“三公”经费预算", "小计"), "three_public", "total"),
        (("增减变化情况",), "general_budget_expenditure", "total"),
        (("2026年预算数比2025年执行数", "增减额"), "general_budget_expenditure", "total"),
        (("财政拨款（补助）", "小计"), "income_summary", "fiscal_grant"),
        (("上年结转",), "income_summary", "carried_over"),
        (("結轉下年支出",), "expenditure_summary", "carried_forward"),
        (("2026年当年预算", "金额"), "project_expenditure", "total"),
        (("教育收费资金收入",), "income_summary", "教育收费资金收入"),
        ((), "other", "total"),
    ],
)
def test_a_column_has_one_name_in_all_documents(heads: tuple[str, ...], form: str, series: str) -> None:
    assert series_of(heads, form) == series
