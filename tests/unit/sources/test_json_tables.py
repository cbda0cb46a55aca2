"""Tables in JSON as other extractors write them: whatever the shape, the same grid comes of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from workbench.errors import UnreadableSourceError
from workbench.model.source import Page
from workbench.sources import find_sources, holds_json_tables, read_source

ROWS = [["项目", "预算数"], ["一、事业收入", "12.50"], ["合计", "12.50"]]
PRINTED = "项目\t预算数\n一、事业收入\t12.50\n合计\t12.50\n"
HTML = "<table>" + "".join(f"<tr><td>{a}</td><td>{b}</td></tr>" for a, b in ROWS) + "</table>"
PLACED = [
    {"start_row_offset_idx": y, "start_col_offset_idx": x, "row_span": 1, "col_span": 1, "text": text}
    for y, row in enumerate(ROWS)
    for x, text in enumerate(row)
]
SERVICE = [
    {"rowIndex": cell["start_row_offset_idx"], "columnIndex": cell["start_col_offset_idx"], "content": cell["text"]}
    for cell in PLACED
]


def page_of(folder: Path, content: Any) -> Page:
    path = folder / "tables.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return read_source(path).page(1)


@pytest.mark.parametrize(
    "content",
    [
        [ROWS],
        [[ROWS], []],
        [{"data": [[{"text": text, "top": 1.5} for text in row] for row in ROWS]}],
        [{str(x): text for x, text in enumerate(row)} for row in ROWS],
        [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]],
        {"columns": [0, 1], "index": [0, 1, 2], "data": ROWS},
        {"columns": ROWS[0], "index": [0, 1], "data": ROWS[1:]},
        {str(x): {str(y): row[x] for y, row in enumerate(ROWS)} for x in range(2)},
        {"schema_name": "Document", "tables": [{"data": {"table_cells": PLACED, "grid": []}}]},
        {"analyzeResult": {"tables": [{"rowCount": 3, "cells": SERVICE}]}},
        [{"type": "table", "table_body": f"<html><body>{HTML}</body></html>", "page_idx": 0}],
        [{"type": "Table", "text": "项目 预算数 合计 12.50", "metadata": {"text_as_html": HTML}}],
    ],
    ids=["rows", "pages", "objects", "numbered", "records", "data", "named data", "columns", "placed", "service",
         "html", "html beside text"],
)  # fmt: skip
def test_a_grid_in_any_shape(tmp_path: Path, content: Any) -> None:
    page = page_of(tmp_path, content)
    assert page.text == PRINTED
    assert [(grid.row_count, grid.column_count) for grid in page.grids] == [(3, 2)]


def test_titles_and_texts_stand_around_their_tables_on_their_pages(tmp_path: Path) -> None:
    content = [
        {"type": "text", "text": "某局2031年部门预算", "page_idx": 0},
        {"type": "table", "table_body": HTML, "table_caption": ["收入总表", "单位：万元"], "page_idx": 2},
    ]
    path = tmp_path / "list.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert [(page.number, page.text) for page in read_source(path).pages] == [
        (1, "某局2031年部门预算\n"),
        (3, "收入总表\n单位：万元\n" + PRINTED),
    ]


def test_references_lead_in_the_order_of_the_body(tmp_path: Path) -> None:
    content = {
        "texts": [{"text": "支出说明"}, {"text": "收入总表"}],
        "tables": [{"captions": [{"$ref": "#/texts/1"}], "data": {"grid": ROWS}}],
        "body": {"children": [{"$ref": "#/tables/0"}, {"$ref": "#/texts/0"}, {"$ref": "#/texts/9"}]},
    }
    assert page_of(tmp_path, content).text == f"收入总表\n{PRINTED}支出说明\n"


def test_a_cell_over_several_places_is_one(tmp_path: Path) -> None:
    cells = [
        {"row": 0, "col": 0, "colspan": 2, "text": "收入"},
        {"row": 0, "col": 1, "text": "收入"},
        {"row": 1, "col": 0, "text": "项目"},
        {"row": 1, "col": 1, "text": "预算数"},
    ]
    (grid,) = page_of(tmp_path, {"pages": [{"cells": cells}]}).grids
    assert [(cell.row, cell.column, cell.column_span) for cell in grid.cells] == [(0, 0, 2), (1, 0, 1), (1, 1, 1)]


@pytest.mark.parametrize(
    "content",
    ['{"a": 1}', '[{"name": "x", "type": "y"}]', "[[1, 2], [3, 4]]", '{"schema": "workbench.findings/1", "data": [["甲", "乙"]]}',
     '{"b": {"$ref": "#/b"}}', '{"a": ' * 60 + "1" + "}" * 60, "[", ""],
)  # fmt: skip
def test_other_json_is_no_document(tmp_path: Path, content: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(content, encoding="utf-8")
    assert not holds_json_tables(content.encode())
    assert find_sources([tmp_path]) == ([], [])
    with pytest.raises(UnreadableSourceError):
        read_source(path)


def test_what_leads_back_to_itself_is_followed_once(tmp_path: Path) -> None:
    circle = {"a": {"$ref": "#"}, "b": {"$ref": "#/c"}, "c": [{"$ref": "#/c"}, {"rows": ROWS}]}
    assert page_of(tmp_path, circle).text.count("事业收入") <= 3


PAGE = "某局收入总表\n单位：万元\n项目 预算数\n一、事业\n收入 12.50\n合计 12.50\n说明如下。\n合计\n"
WRAPPED = [["项目", "预算数"], ["一、事业\n收入", "12.50"], ["合计", "12.50"]]
IN_PLACE = "某局收入总表\n单位：万元\n项目\t预算数\n一、事业 收入\t12.50\n合计\t12.50\n说明如下。\n合计\n"


@pytest.mark.parametrize(
    "content",
    [
        {"pages": [{"page_number": 1, "text": PAGE, "tables": [WRAPPED]}]},
        {"page_count": 1, "page_texts": [PAGE], "page_tables": [[WRAPPED]]},
    ],
    ids=["by page", "side by side"],
)
def test_a_table_that_the_text_of_its_page_prints_too_stands_in_its_place_once(tmp_path: Path, content: Any) -> None:
    page = page_of(tmp_path, content)
    assert page.text == IN_PLACE
    assert [(grid.row_count, grid.column_count) for grid in page.grids] == [(3, 2)]


def test_texts_and_tables_of_pages_that_are_listed_apart_belong_together(tmp_path: Path) -> None:
    other = [["项目", "金额"], ["差旅费", "3.00"]]
    path = tmp_path / "a.json"
    content = {"page_texts": ["封面", "甲\n项目 金额\n差旅费 3.00", "乙"], "page_tables": [[], [other], []]}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert [page.text for page in read_source(path).pages] == ["封面\n", "甲\n项目\t金额\n差旅费\t3.00\n", "乙\n"]


def test_short_cells_of_a_wrapped_header_right_above_a_table_belong_to_it(tmp_path: Path) -> None:
    grid = [["项目", "", "本年收入", "附属单位\n上缴收入"], ["编码", "名称", "", ""], ["205", "教育支出", "3.00", ""]]
    text = "收入表\n项目\n附属单位\n本年收入\n上缴收入\n编码 名称\n205 教育支出 3.00\n注：无"
    page = page_of(tmp_path, {"page_texts": [text], "page_tables": [[grid]]})
    assert page.text.startswith("收入表\n项目\t\t本年收入\t附属单位")
    assert page.text.endswith("\n注：无\n")


def test_a_table_that_the_text_does_not_print_comes_first(tmp_path: Path) -> None:
    content = {"pages": [{"text": "甲\n乙", "tables": [ROWS]}]}
    assert page_of(tmp_path, content).text == f"{PRINTED}甲\n乙\n"


LINES = "收入总表\n单位：万元\n项目 预算数\n合计 12.50"


@pytest.mark.parametrize(
    "content",
    [
        ["封面", LINES],
        [{"page": 1, "text": "封面"}, {"page": 2, "text": LINES}],
        {"pages": [{"markdown": "封面"}, {"markdown": LINES}]},
        {"page_count": 2, "page_texts": ["封面", LINES], "page_tables": [[], []]},
        {"result": {"pages": [{"text": "封面"}, {"text": LINES}]}},
        {"materials": [{"name": "a", "page_texts": ["封面\n"]}, {"name": "b", "page_texts": [LINES]}]},
    ],
    ids=["texts", "objects", "under a key", "beside no tables", "deeper", "of several documents"],
)
def test_pages_of_text_without_a_grid_are_a_document(tmp_path: Path, content: Any) -> None:
    path = tmp_path / "pages.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    assert [page.text.strip() for page in read_source(path).pages] == ["封面", LINES]


def test_the_text_of_one_object_is_a_page(tmp_path: Path) -> None:
    assert page_of(tmp_path, {"url": "x", "title": "某局决算", "content": LINES}).text.strip() == LINES


@pytest.mark.parametrize(
    "content", [["一", "二"], {"a": "b\nc"}, [{"text": "a\nb"}, {"no": 1}], {"names": ["甲\n乙", 3]}]
)
def test_settings_and_lists_of_words_are_no_pages(content: Any) -> None:
    assert not holds_json_tables(json.dumps(content, ensure_ascii=False).encode())
