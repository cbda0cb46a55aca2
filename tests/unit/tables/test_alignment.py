import json

import pytest

from tests.generator.content import random_disclosure
from tests.generator.text_layouts import TEXT_LAYOUTS
from workbench.model.source import Page, SourceDocument
from workbench.model.table import Document
from workbench.tables.interchange.alignment import anchor_to
from workbench.tables.interchange.from_json import documents_from_json


def source_of(text: str) -> SourceDocument:
    return SourceDocument("source.txt", "0" * 64, "text/plain", "text/1", (Page(1, text),))


def read(data: object) -> Document:
    return documents_from_json(json.dumps(data, ensure_ascii=False).encode(), "x.json")[0]


@pytest.mark.parametrize("layout", sorted(TEXT_LAYOUTS))
def test_cells_find_their_text_in_the_published_file(layout: str) -> None:
    made = random_disclosure(17)
    text = TEXT_LAYOUTS[layout](made)
    document = anchor_to(read(made.gold()), source_of(text))
    printed = found = 0
    for table in document.tables:
        for row in table.rows:
            for cell in row:
                printed += bool(cell.printed)
                found += bool(cell.anchors)
                if cell.anchors:
                    marked = "".join(document.source.text_of(anchor) for anchor in cell.anchors)
                    assert "".join(marked.split()) == cell.printed
    assert found >= 0.97 * printed


def test_a_slip_of_the_extractor_has_no_place_and_is_said() -> None:
    document = anchor_to(read({"tables": [{"rows": [["教育支出", "12.30"]]}]}), source_of("教育支出 21.30"))
    label, figure = document.tables[0].rows[0]
    assert document.source.text_of(label.anchors[0]) == "教育支出"
    assert figure.anchors == ()
    assert [problem.message for problem in document.problems] == ["1 figures were not found in source.txt"]


def test_order_tells_apart_what_repeats() -> None:
    text = "甲 1.00 2.00\n乙 1.00 3.00\n丙 1.00 4.00\n"
    document = anchor_to(
        read({"tables": [{"rows": [["甲", "1.00"], ["乙", "1.00"], ["丙", "1.00"]]}]}), source_of(text)
    )
    assert [row[1].anchors[0].start for row in document.tables[0].rows] == [2, 14, 26]
