"""Titles that the contents give to the numbers of tables, where the tables print their numbers alone."""

from __future__ import annotations

import pytest

from tests.native_pages import native_page, native_source
from workbench.model.source import Page
from workbench.model.table import Document, Form
from workbench.tables import parse

CONTENTS = "某局2031年部门预算\n目录\n表1-1 部门支出总表........3\n表1-2　社区经费分配表 （5）\n"
ROWS = [["科目编码", "科目名称", "合计"], ["205", "教育支出", "9.00"], ["", "合计", "9.00"]]


def _document(contents: str, *above: str) -> Document:
    return parse(native_source(Page(1, contents), native_page(*above, ROWS, number=2)))


@pytest.mark.parametrize(
    "above",
    [
        ("表1-2",),
        ("三、部门预算表", "表1-2    单位：万元"),
        ("表1-2" + " " * 90 + "单位：万元",),
        ("表1-2", "单位：万元"),
    ],
)
def test_a_table_that_prints_its_number_alone_has_the_title_of_the_contents(above: tuple[str, ...]) -> None:
    (table,) = _document(CONTENTS, *above).tables
    assert (table.title, table.title_anchors) == ("社区经费分配表", ())


def test_the_number_may_be_set_apart_from_its_word() -> None:
    spaced = CONTENTS.replace("表1", "表 1")
    assert [table.title for table in _document(spaced, "表 1-2").tables] == ["社区经费分配表"]


def test_the_form_is_that_of_the_title(tmp_path: object) -> None:
    assert _document(CONTENTS, "表1-1").tables[0].form is Form.EXPENDITURE_SUMMARY


@pytest.mark.parametrize(
    ("contents", "above", "title"),
    [
        (CONTENTS, ("部门收入总表", "表1-2"), "部门收入总表"),
        (CONTENTS, ("分配表", "表1-2"), "分配表"),
        (CONTENTS, ("表1-3",), ""),
        (CONTENTS + "表1-2 另一张情况表\n", ("表1-2",), ""),
        ("详见表1-2 社区经费分配表\n", ("表1-2",), ""),
    ],
    ids=["own title", "own name", "other number", "two titles", "no list"],
)
def test_a_title_of_its_own_or_in_doubt_stays(contents: str, above: tuple[str, ...], title: str) -> None:
    assert _document(contents, *above).tables[0].title == title


def test_tables_found_in_text_have_it_too() -> None:
    text = (
        CONTENTS
        + "表1-2                单位：万元\n科目编码    科目名称      合计\n205         教育支出      9.00\n206         科学支出      8.00\n            合计         17.00\n"
    )
    (table,) = parse(native_source(Page(1, text))).tables
    assert table.title == "社区经费分配表"
