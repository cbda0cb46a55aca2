"""Figures quoted in running text: what they are about, where they stand, what they belong to."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from tests.conftest import CASES
from workbench.model.source import Anchor, Page
from workbench.model.table import Cell, Form, StatedFigure, StatedKind, Table
from workbench.tables.narrative.stated import covered_by, stated_figures

STATED = tomllib.loads((CASES / "narrative" / "stated.toml").read_text(encoding="utf-8"))["case"]


def pages_of(case: dict[str, object]) -> list[Page]:
    texts = case.get("pages") or [case["text"]]
    assert isinstance(texts, list)
    return [Page(number, text) for number, text in enumerate(texts, 1)]


def in_words(figures: tuple[StatedFigure, ...]) -> list[str]:
    labels = {figure.id: figure.label for figure in figures}
    return [
        f"{figure.label} | {figure.value} | {figure.unit} | {figure.kind.value} | {labels.get(figure.parent, '')}"
        for figure in figures
    ]


@pytest.mark.parametrize("case", STATED, ids=[case["name"] for case in STATED])
def test_text_gives_these_figures(case: dict[str, object]) -> None:
    assert in_words(stated_figures(pages_of(case), {})) == case["figures"]


@pytest.mark.parametrize("case", STATED, ids=[case["name"] for case in STATED])
def test_anchors_of_a_figure_make_up_what_is_printed(case: dict[str, object]) -> None:
    pages = pages_of(case)
    for figure in stated_figures(pages, {}):
        pieces = [pages[anchor.page - 1].text[anchor.start : anchor.end] for anchor in figure.cell.anchors]
        assert "".join("".join(pieces).split()) == figure.cell.printed


def test_direction_and_year_are_told() -> None:
    text = "2031年会议费8万元，比2030年减少2万元，下降20%。2031年培训费3万元，较上年增长5%。"
    figures = stated_figures([Page(1, text)], {})
    assert [(figure.year, figure.direction) for figure in figures] == [
        (2031, 0),
        (None, -1),
        (None, -1),
        (2031, 0),
        (None, 1),
    ]


def test_the_year_in_a_reason_is_not_the_year_of_what_follows() -> None:
    text = "其中：购置费0万元，与2030年预算持平，主要原因是2030年无购置计划；运行费9万元，与2030年预算持平。"
    assert [figure.year for figure in stated_figures([Page(1, text)], {})] == [None, None]


def test_a_year_in_brackets_holds_there_only() -> None:
    text = "2031年，项目年初预算985万元（含2030年结转50万元），支出决算861万元。"
    assert [figure.year for figure in stated_figures([Page(1, text)], {})] == [2031, 2030, 2031]


def test_text_that_a_table_covers_is_left_out() -> None:
    text = "收入预算10万元。\n会议费 5万元\n支出预算10万元。"
    start = text.index("会议费")
    figures = stated_figures([Page(1, text)], {1: [(start, start + 8)]})
    assert [figure.label for figure in figures] == ["收入预算", "支出预算"]


def test_sentences_in_the_cells_of_a_table_are_read() -> None:
    text = "测算依据\t培训费3万元，印刷费2万元\t5.00"
    start = text.index("培训")
    cells = (
        Cell("测算依据", (Anchor(1, 0, 4),)),
        Cell("培训费3万元，印刷费2万元", (Anchor(1, start, start + 13),)),
        Cell("5.00", (Anchor(1, len(text) - 4, len(text)),)),
    )
    table = Table("t01", "", Form.PROJECT_EXPENDITURE, "万元", (), (cells,), (1,))
    pages = [Page(1, text)]
    figures = stated_figures(pages, covered_by([table], pages), [table])
    assert [(figure.label, figure.value) for figure in figures] == [("培训费", "3"), ("印刷费", "2")]


def test_a_paragraph_between_the_title_of_a_table_and_its_cells_is_read() -> None:
    text = "（三）会议费情况\n2031年会议费9.00万元，各项见下表：\n单位：万元\n会议费\t9.00"
    title = (Anchor(1, 0, text.index("\n")),)
    last = text.rindex("会议费")
    cells = (Cell("会议费", (Anchor(1, last, last + 3),)), Cell("9.00", (Anchor(1, len(text) - 4, len(text)),)))
    pages = [Page(1, text)]
    table = Table("t01", "会议费情况", Form.OTHER, "万元", (), (cells,), (1,), title_anchors=title)
    assert [(figure.label, figure.value) for figure in stated_figures(pages, tables=[table])] == [("会议费", "9.00")]


def test_ids_count_from_one_in_reading_order() -> None:
    figures = stated_figures([Page(1, "会议费8万元，培训费3万元。")])
    assert [figure.id for figure in figures] == ["s01", "s02"]
    assert all(figure.kind is StatedKind.AMOUNT for figure in figures)


def test_blank_pages_state_nothing() -> None:
    assert stated_figures([Page(1, ""), Page(2, " \n\n ")]) == ()


@pytest.mark.parametrize(("name", "seed"), [("000", "000_6ab780ab70df6043.txt"), ("003", "003_52e2f9e7ddbaff08.txt")])
def test_every_figure_of_a_published_narrative_is_found(shared: Path, name: str, seed: str) -> None:
    gold = json.loads((shared / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    page = Page(1, (shared / "seeds" / seed).read_text(encoding="utf-8"))
    found = stated_figures([page], {})
    texts = ["".join(figure.text.split()) for figure in found]
    missed = [
        entry["text_anchor"]
        for entry in gold["narrative"]
        if not any(
            "".join(str(entry["text_anchor"]).split()) in text or text in "".join(str(entry["text_anchor"]).split())
            for figure, text in zip(found, texts, strict=True)
            if figure.value == entry["value"] and figure.unit == entry["unit"]
        )
    ]
    assert missed == []
