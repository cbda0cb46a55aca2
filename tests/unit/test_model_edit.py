import json

import pytest

from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    DeleteTable,
    Edit,
    EditError,
    InsertColumn,
    InsertRows,
    JoinTables,
    MergeCells,
    MergeRows,
    SetCell,
    SetForm,
    SetHeaderCell,
    SetHeaderRows,
    SetTitle,
    SetUnit,
    ShiftCells,
    SplitCell,
    SplitRow,
    SplitTable,
    apply_edit,
    touches_structure,
)
from workbench.model.table import CellRef, Document
from workbench.tables.interchange import documents_from_json


def document() -> Document:
    table = {"id": "t01", "title": "表", "unit": "万元", "header": [["名", "a", "b", "c"]],
             "rows": [["甲", "1.00", "2.00", ""], ["乙", "3.00", "", ""]]}  # fmt: skip
    return documents_from_json(json.dumps({"tables": [table, {**table, "id": "t02"}]}).encode(), "x.json")[0]


def grid(result: Document, table: str = "t01") -> list[list[str]]:
    found = result.table(table)
    return [[cell.text for cell in row] for row in found.header + found.rows]


ROW0 = ("甲", "1.00", "2.00", "")
ROW1 = ("乙", "3.00", "", "")


@pytest.mark.parametrize(
    ("edit", "row", "expected"),
    [
        (SetCell(CellRef("t01", 0, 1), "1.00", "7"), 1, ["甲", "7", "2.00", ""]),
        (ShiftCells(CellRef("t01", 0, 1), 1, ("1.00", "2.00", "")), 1, ["甲", "", "1.00", "2.00"]),
        (ShiftCells(CellRef("t01", 1, 1), 2, ("3.00",), 1), 2, ["乙", "", "", "3.00"]),
        (InsertRows("t01", 1, (("丙", "", "", "9"),)), 2, ["丙", "", "", "9"]),
        (DeleteRows("t01", 0, (ROW0,)), 1, list(ROW1)),
        (InsertColumn("t01", 1, ("新",)), 1, ["甲", "", "1.00", "2.00", ""]),
        (DeleteColumn("t01", 3, ("c", "", "")), 1, ["甲", "1.00", "2.00"]),
        (MergeRows("t01", 0, (ROW0, ROW1)), 1, ["甲乙", "1.003.00", "2.00", ""]),
        (SplitRow("t01", 0, (1, 2, 4, 0), ROW0), 2, ["", "00", "", ""]),
        (MergeCells(CellRef("t01", 0, 1), ("1.00", "2.00")), 1, ["甲", "1.002.00", "", ""]),
        (SplitCell(CellRef("t01", 1, 1), 2, "3.00"), 2, ["乙", "3.", "00", ""]),
        (SetHeaderCell(CellRef("t01", 0, 2), "b", "项目支出"), 0, ["名", "a", "项目支出", "c"]),
        (JoinTables("t01", "t02"), 3, list(ROW0)),
    ],
)
def test_an_edit_makes_the_grid(edit: Edit, row: int, expected: list[str]) -> None:
    assert grid(apply_edit(document(), edit))[row] == expected


def test_edits_of_whole_tables() -> None:
    assert apply_edit(document(), SetUnit("t01", "万元", "元")).table("t01").unit == "元"
    assert apply_edit(document(), SetTitle("t01", "表", "支出表")).table("t01").title == "支出表"
    assert apply_edit(document(), SetForm("t01", "other", "assets")).table("t01").form == "assets"
    assert len(apply_edit(document(), SetHeaderRows("t01", 1, 2)).table("t01").header) == 2
    assert [t.id for t in apply_edit(document(), DeleteTable("t01", "表")).tables] == ["t02"]
    split = apply_edit(document(), SplitTable("t01", 1, "t03"))
    assert [(t.id, len(t.rows)) for t in split.tables] == [("t01", 1), ("t03", 1), ("t02", 2)]


@pytest.mark.parametrize(
    "edit",
    [
        SetCell(CellRef("t01", 0, 1), "2.00", "7"),
        SetCell(CellRef("t09", 0, 1), "", "7"),
        SetCell(CellRef("t01", 5, 1), "", "7"),
        SetCell(CellRef("t01", -1, 1), "", "7"),
        ShiftCells(CellRef("t01", 0, 1), 2, ("1.00", "2.00", "")),
        ShiftCells(CellRef("t01", 0, 2), -1, ("2.00", "")),
        DeleteRows("t01", 0, (ROW1,)),
        InsertRows("t01", 0, (("短",),)),
        MergeRows("t01", 1, (ROW1, ROW0)),
        SplitCell(CellRef("t01", 0, 1), 2, "1.00"),
        SetForm("t01", "other", "nonsense"),
        SplitTable("t01", 0, "t03"),
        SplitTable("t01", 1, "t02"),
        JoinTables("t01", "t07"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(edit: Edit) -> None:
    with pytest.raises(EditError):
        apply_edit(document(), edit)


def test_the_printed_text_stays_under_a_correction() -> None:
    edited = apply_edit(document(), SetCell(CellRef("t01", 0, 1), "1.00", "7"))
    cell = edited.table("t01").cell(0, 1)
    assert (cell.printed, cell.corrected, cell.text) == ("1.00", "7", "7")
    back = apply_edit(edited, SetCell(CellRef("t01", 0, 1), "7", "1.00"))
    assert back.table("t01").cell(0, 1).corrected is None


def test_only_a_figure_for_a_figure_leaves_the_structure_alone() -> None:
    assert not touches_structure(SetCell(CellRef("t01", 0, 1), "1.00", ""))
    assert touches_structure(SetCell(CellRef("t01", 0, 0), "甲", "丁"))
    assert touches_structure(SetCell(CellRef("t01", 0, 1), "1.00", "1.00%"))
    assert touches_structure(SetUnit("t01", "万元", "元"))


def test_a_column_path_leaves_out_repeats_and_column_numbers() -> None:
    table = {
        "header": [["科目", "支出", "支出"], ["科目", "合计", "基本支出"], ["栏次", "1", "2"]],
        "rows": [["甲", "1", "2"]],
    }
    (read,) = documents_from_json(json.dumps({"tables": [table]}).encode(), "x.json")
    assert [read.tables[0].column_path(column) for column in range(3)] == [
        ("科目",),
        ("支出", "合计"),
        ("支出", "基本支出"),
    ]
