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
from workbench.model.source import Page, SourceDocument
from workbench.model.table import Cell, CellRef, Document, Form, ReportKind, Table
from workbench.tables.interchange.from_json import documents_from_json


def document() -> Document:
    table = {"id": "t01", "title": "表", "unit": "万元", "header": [["名", "a", "b", "c"]],
             "rows": [["甲", "1.00", "2.00", ""], ["乙", "3.00", "", ""]]}  # fmt: skip
    narrow = {"id": "t03", "title": "窄表", "header": [["名", "a"]], "rows": [["甲", "1.00"]]}
    stated = [{"id": "s01", "label": "支出", "value": "4.00", "unit": "万元", "text": "支出4.00万元"}]
    data = {"tables": [table, {**table, "id": "t02"}, narrow], "stated": stated}
    return documents_from_json(json.dumps(data).encode(), "x.json")[0]


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
        (InsertRows("t01", 0, (("丙", "", "", "9"),)), 1, ["丙", "", "", "9"]),
        (InsertRows("t01", 2, (("丙", "", "", "9"),)), 3, ["丙", "", "", "9"]),
        (DeleteRows("t01", 0, (ROW0,)), 1, list(ROW1)),
        (InsertColumn("t01", 0, ("新",)), 0, ["新", "名", "a", "b", "c"]),
        (InsertColumn("t01", 4, ("新",)), 0, ["名", "a", "b", "c", "新"]),
        (DeleteColumn("t01", 0, ("名", "甲", "乙")), 2, ["3.00", "", ""]),
        (MergeCells(CellRef("t01", 0, 2), ("2.00", "")), 1, ["甲", "1.00", "2.00", ""]),
        (SplitCell(CellRef("t01", 0, 2), 0, "2.00"), 1, ["甲", "1.00", "", "2.00"]),
        (SetHeaderRows("t01", 1, 0), 0, ["名", "a", "b", "c"]),
        (InsertColumn("t01", 1, ("新",)), 1, ["甲", "", "1.00", "2.00", ""]),
        (DeleteColumn("t01", 3, ("c", "", "")), 1, ["甲", "1.00", "2.00"]),
        (MergeRows("t01", 0, (ROW0, ROW1)), 1, ["甲乙", "1.003.00", "2.00", ""]),
        (SplitRow("t01", 0, (1, 2, 4, 0), ROW0), 2, ["", "00", "", ""]),
        (MergeCells(CellRef("t01", 0, 1), ("1.00", "2.00")), 1, ["甲", "1.002.00", "", ""]),
        (SplitCell(CellRef("t01", 1, 1), 2, "3.00"), 2, ["乙", "3.", "00", ""]),
        (SetHeaderCell(CellRef("t01", 0, 2), "b", "项目支出"), 0, ["名", "a", "项目支出", "c"]),
        (SetHeaderCell(CellRef("t01", 0, 0), "名", "项目"), 0, ["项目", "a", "b", "c"]),
        (JoinTables("t01", "t02"), 3, list(ROW0)),
    ],
)
def test_an_edit_makes_the_grid(edit: Edit, row: int, expected: list[str]) -> None:
    assert grid(apply_edit(document(), edit))[row] == expected


def test_an_edit_of_one_cell_or_row_leaves_all_others_as_they_are() -> None:
    before = grid(document())
    for row, edit in (
        (1, SetCell(CellRef("t01", 0, 1), "1.00", "7")),
        (1, ShiftCells(CellRef("t01", 0, 1), 1, ("1.00", "2.00", ""))),
        (1, MergeCells(CellRef("t01", 0, 1), ("1.00", "2.00"))),
        (2, SplitCell(CellRef("t01", 1, 1), 2, "3.00")),
        (0, SetHeaderCell(CellRef("t01", 0, 2), "b", "项目支出")),
    ):
        after = apply_edit(document(), edit)
        assert [number for number, line in enumerate(grid(after)) if line != before[number]] == [row]
        assert len(grid(after)) == len(before) and grid(after, "t02") == grid(document(), "t02")


def test_edits_of_whole_tables() -> None:
    assert apply_edit(document(), SetUnit("t01", "万元", "元")).table("t01").unit == "元"
    assert apply_edit(document(), SetTitle("t01", "表", "支出表")).table("t01").title == "支出表"
    assert apply_edit(document(), SetForm("t01", "other", "assets")).table("t01").form == "assets"
    assert len(apply_edit(document(), SetHeaderRows("t01", 1, 2)).table("t01").header) == 2
    assert [t.id for t in apply_edit(document(), DeleteTable("t01", "表")).tables] == ["t02", "t03"]
    split = apply_edit(document(), SplitTable("t01", 1, "t04"))
    assert [(t.id, len(t.rows)) for t in split.tables] == [("t01", 1), ("t04", 1), ("t02", 2), ("t03", 1)]


def test_a_stated_figure_is_edited_by_its_id() -> None:
    edited = apply_edit(document(), SetCell(CellRef("s01", 0, 0), "4.00", "5.00"))
    assert edited.stated[0].value == "5.00" and edited.tables == document().tables


def printed_document() -> Document:
    """One row, of which the first cell is printed in two lines of the page."""
    page = Page(1, "教育支\n出合计 12.00 3.50\n")
    label = Cell("教育支出合计", (page.anchor(0, 3), page.anchor(4, 7)), confidence=0.9)
    figures = Cell("12.00 3.50", (page.anchor(8, 18),), inferred=True)
    rows = ((label, figures, Cell("")),)
    table = Table("t01", "表", Form.OTHER, "万元", ((Cell("名"), Cell("a"), Cell("b")),), rows, (1,))
    source = SourceDocument("x.txt", "0" * 64, "text/plain", "text/1", (page,))
    return Document(source, "", None, ReportKind.UNKNOWN, "万元", (table,))


def places(result: Document, cell: Cell) -> list[str]:
    return [result.source.text_of(anchor) for anchor in cell.anchors]


def test_a_cell_cut_in_two_has_the_places_of_each_part() -> None:
    cut = apply_edit(printed_document(), SplitCell(CellRef("t01", 0, 1), 6, "12.00 3.50"))
    left, right = cut.tables[0].rows[0][1:]
    assert (left.printed, places(cut, left), right.printed, places(cut, right)) == (
        "12.00 ",
        ["12.00"],
        "3.50",
        ["3.50"],
    )
    assert left.inferred and right.inferred and left.corrected is right.corrected is None
    rows = apply_edit(printed_document(), SplitRow("t01", 0, (4, 6, 0), ("教育支出合计", "12.00 3.50", "")))
    above, below = (row[0] for row in rows.tables[0].rows)
    assert (places(rows, above), places(rows, below)) == (["教育支", "出"], ["合计"])
    assert above.confidence == below.confidence == 0.9
    (row,) = apply_edit(rows, MergeRows("t01", 0, tuple(grid_row(rows, row) for row in (0, 1)))).tables[0].rows
    assert (row[0].printed, row[0].confidence, row[1].inferred) == ("教育支出合计", 0.9, True)
    assert places(rows, row[0]) == ["教育支", "出", "合计"]


def grid_row(result: Document, row: int) -> tuple[str, ...]:
    return tuple(cell.text for cell in result.tables[0].rows[row])


def test_what_is_printed_stays_when_a_corrected_cell_is_cut_in_two() -> None:
    ref = CellRef("t01", 0, 1)
    corrected = apply_edit(printed_document(), SetCell(ref, "12.00 3.50", "12.00 8.50"))
    left, right = apply_edit(corrected, SplitCell(ref, 6, "12.00 8.50")).tables[0].rows[0][1:]
    assert (left.printed, left.text) == ("12.00 3.50", "12.00 ")
    assert (right.printed, right.text, right.anchors) == ("", "8.50", ())


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
        SetForm("t01", "assets", "other"),
        SetUnit("t01", "元", "万元"),
        SetTitle("t01", "另表", "表"),
        DeleteTable("t01", "另表"),
        SplitTable("t01", 0, "t04"),
        SplitTable("t01", 2, "t04"),
        SplitTable("t01", 1, "t02"),
        JoinTables("t01", "t07"),
        JoinTables("t01", "t03"),
        InsertRows("t01", 3, (ROW0,)),
        InsertRows("t01", -1, (ROW0,)),
        InsertColumn("t01", 5, ("新",)),
        InsertColumn("t01", -1, ("新",)),
        InsertColumn("t01", 1, ("新", "新")),
        DeleteColumn("t01", 4, ("", "", "")),
        DeleteColumn("t01", 3, ("c", "", "1")),
        SetHeaderRows("t01", 2, 1),
        SetHeaderRows("t01", 1, 4),
        SetHeaderRows("t01", 1, -1),
        SetHeaderCell(CellRef("t01", 1, 0), "", "x"),
        SetHeaderCell(CellRef("t01", 0, 4), "", "x"),
        SetHeaderCell(CellRef("t01", 0, -1), "c", "x"),
        SplitRow("t01", 2, (0, 0, 0, 0), ROW1),
        SplitRow("t01", 0, (1, 2, 4), ROW0),
        MergeCells(CellRef("t01", 0, 3), ("", "")),
        MergeCells(CellRef("t01", 0, 0), ("甲", "2.00")),
        MergeCells(CellRef("t01", 2, 0), ("", "")),
        SplitCell(CellRef("t01", 0, 3), 0, ""),
        ShiftCells(CellRef("t01", 0, 1), 1, ("1.00",), 1),
        ShiftCells(CellRef("t01", 0, 2), 1, ("2.00", ""), 4),
        ShiftCells(CellRef("t01", 0, 1), -1, ("1.00",), 1),
        ShiftCells(CellRef("t01", 0, 2), 1, (), 1),
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
    assert paths(table) == [("科目",), ("支出", "合计"), ("支出", "基本支出")]


def paths(table: dict[str, object]) -> list[tuple[str, ...]]:
    (read,) = documents_from_json(json.dumps({"tables": [table]}).encode(), "x.json")
    return [read.tables[0].column_path(column) for column in range(read.tables[0].width)]


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        (["栏次", "1", "2", "3"], True),
        (["**", "**", "1", "2"], True),
        (["甲", "乙", "2", "3"], True),
        (["", "0", "1", "2"], True),
        (["项目", "1", "2", "3"], False),
        (["栏次", "1", "3", "4"], False),
        (["栏次", "3", "4", "5"], False),
        (["", "2023", "2024", "2025"], False),
        (["序号", "", "", ""], False),
    ],
)
def test_a_row_that_numbers_the_columns_is_no_part_of_their_paths(row: list[str], numbers: bool) -> None:
    table: dict[str, object] = {"header": [["科目", "合计", "基本", "项目"], row], "rows": [["甲", "1", "2", "3"]]}
    assert [path[1:] for path in paths(table)] == [() if numbers or not text else (text,) for text in row]
