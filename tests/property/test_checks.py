"""Properties of the checks over made-up documents: silence, and that manner of printing makes no difference."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from tests.generator.content import random_disclosure
from workbench.checks import Reconciliation, describe
from workbench.checks.families.support import one_slip_apart
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Outcome
from workbench.model.edit import SetCell, apply_edits
from workbench.model.table import CellRef, Document, Form
from workbench.tables.interchange.from_json import document_from_json

SEEDS = st.integers(min_value=0, max_value=100_000)


def made(seed: int) -> Document:
    return document_from_json(random_disclosure(seed).gold(), "made up")


def outcomes(document: Document) -> dict[str, Outcome]:
    return {result.check.id: result.outcome for result in Reconciliation.of(document).results}


def rewritten(document: Document, change: Any) -> Document:
    """The document with the text of every figure put through `change`."""
    data = {
        "unit": document.unit,
        "fiscal_year": document.fiscal_year,
        "report": document.report.value,
        "tables": [
            {
                "title": table.title,
                "form": table.form.value,
                "unit": table.unit,
                "header": [[cell.text for cell in row] for row in table.header],
                "rows": [[change(cell.text) for cell in row] for row in table.rows],
            }
            for table in document.tables
        ],
    }
    return document_from_json(data, "rewritten")


@settings(max_examples=examples(15), deadline=None)
@given(SEEDS)
def test_a_document_without_a_mistake_gives_no_finding(seed: int) -> None:
    found = Reconciliation.of(made(seed))
    assert found.failures == ()
    assert found.outcomes[Outcome.WITHIN_ROUNDING] == 0
    assert found.outcomes[Outcome.PASS] > 20


@settings(max_examples=examples(10), deadline=None)
@given(SEEDS, st.sampled_from(["separators", "plain", "zeros as dashes", "full width"]))
def test_how_figures_print_makes_no_difference(seed: int, manner: str) -> None:
    document = made(seed)

    def change(text: str) -> str:
        figure = read_figure(text)
        if figure.value is None or ("." not in text and len(text) < 8):
            # A code, a number of a row, a word.
            return text
        if manner == "zeros as dashes":
            return text if figure.value else "——"
        if manner == "full width":
            return text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789.,"})
        return f"{figure.value:,f}" if manner == "separators" else f"{figure.value:f}"

    assert outcomes(rewritten(document, change)) == outcomes(document)


@settings(max_examples=examples(10), deadline=None)
@given(SEEDS, st.sampled_from([3, 7, 11, 13]))
def test_sums_rounded_afterwards_give_no_finding(seed: int, divisor: int) -> None:
    """Every figure divided and rounded for itself, as amounts in yuan are that a document prints in 万元."""

    def change(text: str) -> str:
        figure = read_figure(text)
        if figure.value is None or "." not in text:
            return text
        return f"{figure.value / divisor:.2f}"

    found = Reconciliation.of(rewritten(made(seed), change))
    assert [describe(result, found.document).en for result in found.failures] == []


@settings(max_examples=examples(10), deadline=None)
@given(SEEDS, st.integers(min_value=1, max_value=4))
def test_edits_lead_where_a_fresh_start_leads(seed: int, count: int) -> None:
    document = made(seed)
    rng = random.Random(seed)
    figures = [
        ref
        for table in document.tables
        for ref in table.refs()
        if document.cell(ref).figure.kind is FigureKind.NUMBER and "." in document.cell(ref).text
    ]
    edits = tuple(edit(document, ref, rng) for ref in rng.sample(figures, min(count, len(figures))))
    edited = apply_edits(document, edits)
    kept = Reconciliation.of(document).after(edited, edits)
    assert {result.check.id: result.outcome for result in kept.results} == outcomes(edited)


def edit(document: Document, ref: CellRef, rng: random.Random) -> SetCell:
    text = document.cell(ref).text
    place = rng.choice([place for place, character in enumerate(text) if character.isdigit()])
    return SetCell(ref, text, text[:place] + rng.choice("0123456789") + text[place + 1 :])


@given(st.decimals(min_value=1, max_value=10**9, places=2), st.data())
def test_one_slip_is_told_from_the_figure_it_was_made_in(value: Any, data: Any) -> None:
    text = f"{value:.2f}".replace(".", "")
    place = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    slipped = (text[:place] + digit + text[place + 1 :]).rjust(3, "0")
    other = type(value)(f"{slipped[:-2]}.{slipped[-2:]}")
    if other and slipped[0] != "0" and text[-1] != "0" and slipped[-1] != "0" and len(text) > 3:
        assert one_slip_apart(value, other)
    assert not one_slip_apart(value, -value)


WORDS = st.sampled_from(
    [
        "合计",
        "总计",
        "小计",
        "本年收入合计",
        "支出总计",
        "其中：专项",
        "一、教育支出",
        "（一）拨款",
        "1、车辆",
        "教育支出",
        "青禾县教育局",
        "基本支出",
        "项目支出",
        "人员经费",
        "公用经费",
        "结转下年",
        "上年结转",
        "年初结转和结余",
        "一般公共预算",
        "政府性基金",
        "财政拨款收入",
        "注：无",
        "备注",
        "公务接待费",
        "公务用车购置及运行费",
        "购置费",
        "运行费",
        "科目编码",
        "科目名称",
        "类",
        "款",
        "项",
        "项目",
        "预算数",
        "决算数",
        "收入",
        "支出",
        "序号",
        "单位代码",
        "增减额",
        "占比",
        "数量",
        "单价",
        "2031年",
        "上年预算数",
        "本年支出",
        "本年收入",
        "预算数",
        "项目名称",
    ]
)
TEXTS = st.one_of(
    WORDS,
    st.sampled_from(
        ["", "", "1.00", "2", "——", "0.00", "1O.0", "12%", "201", "20106", "301", "05", "-3", "见附件", "9" * 40]
    ),
)


@st.composite
def tables(draw: Any) -> dict[str, Any]:
    width = draw(st.integers(min_value=1, max_value=7))
    row = st.lists(TEXTS, min_size=width, max_size=width)
    return {
        "title": draw(WORDS),
        "form": draw(st.sampled_from([form.value for form in Form])),
        "unit": draw(st.sampled_from(["万元", "元", "", "人"])),
        "part_of": draw(st.sampled_from(["", "表九"])),
        "header": draw(st.lists(row, max_size=3)),
        "rows": draw(st.lists(row, max_size=9)),
    }


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(tables(), max_size=4), st.sampled_from(["budget", "final_account", "unknown"]))
def test_no_table_breaks_a_rule(made_up: list[dict[str, Any]], report: str) -> None:
    document = document_from_json({"tables": made_up, "report": report, "fiscal_year": 2031}, "any")
    found = Reconciliation.of(document)
    assert [describe(r, document).en for r in found.results if r.outcome is Outcome.CRASHED] == []
    assert all(describe(result, document).zh for result in found.results)
