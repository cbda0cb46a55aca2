import json
from dataclasses import replace

import pytest

from tests.generator.content import random_disclosure
from workbench.errors import InvalidFileError
from workbench.tables.interchange.from_json import documents_from_json
from workbench.tables.interchange.to_json import document_to_json


def read(data: object) -> tuple:
    return documents_from_json(json.dumps(data, ensure_ascii=False).encode(), "x.json")


@pytest.mark.parametrize("seed", range(5))
def test_what_is_read_is_written_again(seed: int) -> None:
    gold = random_disclosure(seed).gold()
    (document,) = read(gold)
    again = document_to_json(document)
    assert [(t["header"], t["rows"]) for t in again["tables"]] == [(t["header"], t["rows"]) for t in gold["tables"]]
    assert read({"documents": [again]})[0].tables[0].rows[0][1].text == document.tables[0].rows[0][1].text


def test_every_cell_is_anchored_in_the_written_source() -> None:
    (document,) = read(random_disclosure(1).gold())
    for table in document.tables:
        for row in table.header + table.rows:
            for cell in row:
                assert "".join(document.source.text_of(anchor) for anchor in cell.anchors) == cell.printed


def test_the_region_is_that_of_the_body_as_in_the_published_file() -> None:
    (document,) = read({"entity": "南屏市文化和旅游局", "tables": []})
    assert document.region == "南屏市"


def test_what_the_reader_noticed_is_told_too() -> None:
    (document,) = read({"tables": [], "problems": [{"message": "a table is missing"}]})
    noticed = replace(document, source=replace(document.source, warnings=("page 2 is a picture",)))
    problems = [problem["message"] for problem in document_to_json(noticed)["problems"]]
    assert problems == ["page 2 is a picture", "a table is missing"]


def test_uneven_rows_are_padded() -> None:
    (document,) = read({"tables": [{"header": [["a", "b"]], "rows": [["1"], ["1", "2", "3"]]}]})
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [["1", "", ""], ["1", "2", "3"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "x.json:1: is not JSON"),
        (b"[1]", "x.json: holds no object"),
        (b"\xff\xfe\x00", "x.json: is not UTF-8 text"),
        (b'{"schema": "workbench.tables/9", "tables": []}', "has schema 'workbench.tables/9'"),
        (b'{"tables": [{"rows": [[1.5]]}]}', r"tables\[0\].rows holds something else than strings"),
        (b'{"documents": [{"tables": 3}]}', r"documents\[0\].tables is missing or not a list"),
        (b'{"tables": [{"rows": "no"}, 7]}', r"rows is not a list of lists"),
        pytest.param(b"[" * 100_000, "nested too deeply", id="brackets without end"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(content: bytes, message: str) -> None:
    with pytest.raises(InvalidFileError, match=message):
        documents_from_json(content, "x.json")


def test_halves_of_characters_are_replaced_and_ids_that_come_again_are_told_apart() -> None:
    table = {"id": "t01", "header": [["项目", "金额"]], "rows": [["甲\ud800乙😀", "1.00"]]}
    (read,) = documents_from_json(json.dumps({"documents": [{"tables": [table, table, table]}]}).encode(), "a.json")
    assert [made.id for made in read.tables] == ["t01", "t01-2", "t01-3"]
    assert read.tables[0].rows[0][0].text == "甲\ufffd乙😀"
