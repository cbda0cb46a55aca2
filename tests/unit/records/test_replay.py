"""Steps over another parse: what moved is found by its labels, what cannot be found is stale, nothing is misapplied."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.reviewing import ROWS, document, table
from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    DeleteTable,
    Edit,
    InsertColumn,
    InsertRows,
    JoinTables,
    MergeRows,
    SetCell,
    SetHeaderRows,
    SetTitle,
    ShiftCells,
    SplitRow,
    SplitTable,
    apply_edit,
)
from workbench.model.record import Correction, Decision, Flag, Verdict
from workbench.model.source import Anchor, Box
from workbench.model.table import Cell, CellRef, Document, Table
from workbench.records.places.labels import labelled, labels_at, labels_of
from workbench.records.places.moves import moved_ref, renumbered, renumbering
from workbench.records.places.spots import Spot, spot_at, spot_of_edit
from workbench.records.replay import Replayed, replay, step
from workbench.review.recorded import recorded_tables

AT = datetime(2031, 3, 2, tzinfo=UTC)
NEW = ("204", "公共安全支出", "30.00", "", "30.00")


def made(*edits: Edit, on: Document | None = None) -> Correction:
    """A correction as it is made on the document."""
    return Correction(edits, labelled(on or document(), edits), "李文", AT)


def parsed(*rows: tuple[str, ...], second: tuple[tuple[str, ...], ...] = ROWS) -> Document:
    """A new parse in which the first table has these rows."""
    return document(tables=(table("t01", rows), table("t02", second)))


def cells(replayed: Replayed, row: int, column: int, identifier: str = "t01") -> str:
    return replayed.document.cell(CellRef(identifier, row, column)).text


SET_205 = SetCell(CellRef("t01", 3, 2), "30.00", "31.00")


def test_a_cell_is_named_by_its_row_with_codes_and_by_its_column() -> None:
    assert labels_of(document(), SET_205) == ("205 教育支出", "合计")
    assert labels_of(document(), replace(SET_205, ref=CellRef("s01", 0, 0))) == ("支出总计", "")
    assert labels_of(document(), replace(SET_205, ref=CellRef("t01", 0, 1))) == ("201", "科目名称")
    assert labels_of(document(), SetTitle("t01", "", "x")) == ("", "")


def test_the_nearest_label_counts_in_a_statement_of_two_sides() -> None:
    sides = document(tables=(table("t01", (("1", "一、财政拨款", "7.00", "一、教育支出", "5.00"),)),))
    assert labels_of(sides, SetCell(CellRef("t01", 0, 4), "5.00", "6.00"))[0] == "一、教育支出"
    assert labels_of(sides, SetCell(CellRef("t01", 0, 2), "7.00", "6.00"))[0] == "1 一、财政拨款"


def test_a_correction_follows_its_row_down_past_a_row_that_looks_the_same() -> None:
    replayed = replay(parsed(*ROWS[:3], NEW, ROWS[3]), [made(SET_205)])
    assert (cells(replayed, 3, 2), cells(replayed, 4, 2)) == ("30.00", "31.00")
    assert replayed.moved == 1 and replayed.stale == ()


def test_a_blank_is_never_filled_in_a_row_of_another_name() -> None:
    correction = made(SetCell(CellRef("t01", 3, 3), "", "30.00"))
    replayed = replay(parsed(*ROWS[:3], NEW), [correction])
    assert cells(replayed, 3, 3) == ""
    assert [item.correction for item in replayed.stale] == [correction]


def test_a_figure_under_a_label_that_was_read_anew_is_still_its_place() -> None:
    replayed = replay(parsed(*ROWS[:3], ("205", "教育支岀", "30.00", "", "30.00")), [made(SET_205)])
    assert cells(replayed, 3, 2) == "31.00"


def test_a_row_that_moved_and_was_read_anew_is_stale_though_its_old_place_shows_the_same_figure() -> None:
    replayed = replay(parsed(*ROWS[:3], NEW, ("205", "教育支出", "33.00", "", "33.00")), [made(SET_205)])
    assert (cells(replayed, 3, 2), cells(replayed, 4, 2)) == ("30.00", "33.00")
    (stale,) = replayed.stale
    assert not stale.satisfied
    assert stale.reason.en == "it no longer fits: 0 places named 205 教育支出 / 合计 show what it was made on"


def test_two_places_with_the_labels_are_none() -> None:
    replayed = replay(parsed(NEW, *ROWS, ROWS[3]), [made(SET_205)])
    assert [item.reason.en for item in replayed.stale] == [
        "it no longer fits: 2 places named 205 教育支出 / 合计 show what it was made on"
    ]


def test_tables_numbered_anew_are_told_by_form_and_title() -> None:
    before = document()
    correction = made(SetTitle("t02", "支出总表 t02", "别名"), SetCell(CellRef("t02", 3, 2), "30.00", "31.00"))
    recorded = recorded_tables(replay(before, [correction]).document)
    first, second = before.tables
    extra = replace(first, id="t02", title="新表")
    later = replace(before, tables=(first, extra, replace(second, id="t03")))
    ids = renumbering(recorded, [correction], later)
    assert ids == {"t02": "t03"}
    assert cells(replay(later, [renumbered(correction, ids)]), 3, 2, "t03") == "31.00"
    assert renumbering(recorded, [correction], before) == {}
    twice = replace(later, tables=(*later.tables, replace(second, id="t04")))
    assert renumbering(recorded, [correction], twice) == {}


def test_a_table_that_has_another_id_now_is_found_by_the_labels_where_they_are_in_it_alone() -> None:
    only = document(tables=(table("t01", ROWS),))
    renamed = document(tables=(table("t01", (NEW,)), table("t02", ROWS)))
    assert cells(replay(renamed, [made(SET_205, on=only)]), 3, 2, "t02") == "31.00"


def test_what_the_document_now_shows_by_itself_is_satisfied() -> None:
    replayed = replay(parsed(*ROWS[:3], ("205", "教育支出", "31.00", "", "30.00")), [made(SET_205)])
    assert [item.satisfied for item in replayed.stale] == [True]


def test_of_a_correction_that_fits_in_part_nothing_is_applied() -> None:
    edits = (SET_205, SetCell(CellRef("t01", 0, 2), "120.00", "121.00"))
    replayed = replay(parsed(("201", "一般公共服务支出", "999.00", "", ""), *ROWS[1:]), [made(*edits)])
    assert cells(replayed, 3, 2) == "30.00"
    assert len(replayed.stale) == 1


@pytest.mark.parametrize(
    "edit",
    [
        DeleteRows("t01", 3, (ROWS[3],)),
        MergeRows("t01", 2, ROWS[2:4]),
        SplitRow("t01", 3, (3, 2, 2, 0, 2), ROWS[3]),
    ],
)
def test_rows_are_found_again_by_their_texts(edit: Edit) -> None:
    other = (("9", "别", "1", "1", ""),)
    first = document(tables=(table("t01"), table("t02", other)))
    later = document(tables=(table("t01", (NEW, *ROWS)), table("t02", other)))
    replayed = replay(later, [made(edit, on=first)])
    assert replayed.stale == () and replayed.moved == 1
    wanted = apply_edit(first, edit).tables[0]
    assert replayed.document.tables[0].rows[1:] == wanted.rows


@pytest.mark.parametrize(
    ("edit", "before", "after"),
    [
        (InsertRows("t01", 1, (NEW, NEW)), (1, 2), ("t01", 3, 2)),
        (InsertRows("t01", 2, (NEW,)), (1, 2), ("t01", 1, 2)),
        (DeleteRows("t01", 0, ROWS[:1]), (1, 2), ("t01", 0, 2)),
        (DeleteRows("t01", 1, ROWS[1:2]), (1, 2), None),
        (MergeRows("t01", 0, ROWS[:2]), (1, 2), ("t01", 0, 2)),
        (SplitRow("t01", 0, (0, 0, 0, 0, 0), ROWS[0]), (1, 2), ("t01", 2, 2)),
        (InsertColumn("t01", 2, ("x",)), (1, 2), ("t01", 1, 3)),
        (DeleteColumn("t01", 1, ()), (1, 2), ("t01", 1, 1)),
        (DeleteColumn("t01", 2, ()), (1, 2), None),
        (SetHeaderRows("t01", 1, 2), (1, 2), ("t01", 0, 2)),
        (SetHeaderRows("t01", 1, 2), (0, 2), None),
        (SplitTable("t01", 1, "t01b"), (1, 2), ("t01b", 0, 2)),
        (JoinTables("t02", "t01"), (1, 2), ("t02", 5, 2)),
        (DeleteTable("t01", ""), (1, 2), None),
        (ShiftCells(CellRef("t01", 1, 2), 1, ()), (1, 2), ("t01", 1, 3)),
        (ShiftCells(CellRef("t01", 1, 3), 1, ()), (1, 2), ("t01", 1, 2)),
        (InsertRows("t02", 0, (NEW,)), (1, 2), ("t01", 1, 2)),
        (SetTitle("t01", "", "x"), (1, 2), ("t01", 1, 2)),
    ],
)
def test_a_cell_is_followed_through_edits_of_shape(
    edit: Edit, before: tuple[int, int], after: tuple[str, int, int] | None
) -> None:
    moved = moved_ref(document(), CellRef("t01", *before), edit)
    assert moved == (None if after is None else CellRef(*after))


def test_a_mark_on_a_row_that_is_gone_stays_with_the_table() -> None:
    marked = step(Replayed(document()), Flag(CellRef("t01", 1, 2), "李文", AT, "?"))
    assert [flag.ref for flag in step(marked, made(DeleteRows("t01", 1, ROWS[1:2]))).flags] == [CellRef("t01", -1, -1)]


def test_a_mark_taken_away_is_gone_and_a_later_one_stands_for_an_earlier() -> None:
    ref = CellRef("t01", 1, 2)
    flags = [Flag(ref, "李文", AT, "a"), Flag(ref, "王芳", AT, "b")]
    assert [flag.note for flag in replay(document(), flags).flags] == ["b"]
    assert replay(document(), [*flags, Flag(ref, "李文", AT, "", False)]).flags == ()


def test_a_stated_figure_is_found_by_what_it_is_about() -> None:
    first = document()
    correction = made(SetCell(CellRef("s01", 0, 0), "150.00", "150.01"), on=first)
    other = replace(first.stated[0], id="s02")
    moved = replace(first, stated=(replace(first.stated[0], label="收入总计", cell=Cell("9")), other))
    assert replay(moved, [correction]).document.cell(CellRef("s02", 0, 0)).text == "150.01"


MARK = CellRef("t01", 3, 2)
"""The total of 205 教育支出, which shows 30.00."""


def marked(on: Document, ref: CellRef = MARK) -> Flag:
    """A mark as it is made on a cell of the document."""
    return Flag(ref, "李文", AT, "?", labels=labels_at(on, ref), text=on.cell(ref).text)


def right(on: Document, ref: CellRef = MARK) -> Decision:
    """A ruling that a cell of the document is right."""
    figures = (on.cell(ref).text,)
    return Decision("row_sum:1", Verdict.CELL_RIGHT, figures, "李文", AT, cell=ref, labels=labels_at(on, ref))


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (ROWS, (3, 2)),
        ((NEW, *ROWS), (4, 2)),
        (ROWS[1:], (2, 2)),
        ((*ROWS[:3], ("205", "教育支出", "33.00", "", "33.00")), (3, 2)),
        ((NEW, *ROWS[:3], ("205", "教育支出", "33.00", "", "33.00")), (4, 2)),
        ((NEW, *ROWS[:3]), (-1, -1)),
        ((NEW, *ROWS, ROWS[3]), (-1, -1)),
    ],
    ids=["as it was", "a row more", "a row less", "read anew", "moved and read anew", "gone", "twice"],
)
def test_marks_and_rulings_on_a_cell_follow_it_or_are_told(
    rows: tuple[tuple[str, ...], ...], place: tuple[int, int]
) -> None:
    before = document(tables=(table("t01", ROWS),))
    replayed = replay(document(tables=(table("t01", rows),)), [marked(before), right(before)])
    (flag,), (decision,) = replayed.flags, replayed.decisions
    assert (flag.ref, decision.cell) == (CellRef("t01", *place), CellRef("t01", *place))
    assert len(replayed.astray) == (2 if place[0] < 0 else 0)
    assert replayed.moved == (0 if place in ((3, 2), (-1, -1)) else 2)


def test_marks_on_two_cells_that_are_gone_are_two() -> None:
    before = document(tables=(table("t01", ROWS),))
    flags = [marked(before, CellRef("t01", row, 2)) for row in (1, 3)]
    replayed = replay(document(tables=(table("t01", (NEW,)),)), flags)
    assert [flag.labels[0] for flag in replayed.flags] == ["20103 政府办公厅事务", "205 教育支出"]
    assert replay(
        document(tables=(table("t01", (NEW,)),)), [*flags, replace(flags[0], flagged=False, note="")]
    ).flags == (replace(flags[1], ref=CellRef("t01", -1, -1)),)


def test_a_mark_of_no_name_stays_where_it_was_made() -> None:
    assert replay(parsed(NEW, *ROWS), [Flag(MARK, "李文", AT, "?")]).flags[0].ref == MARK


def test_of_cells_of_one_name_the_correction_goes_to_the_one_that_shows_what_it_was_made_on() -> None:
    twice = (ROWS[0], ("", "其他", "1.00", "1.00", ""), ROWS[3], ("", "其他", "2.00", "2.00", ""))
    before = document(tables=(table("t01", twice),))
    correction = made(SetCell(CellRef("t01", 3, 2), "2.00", "3.00"), on=before)
    after = (*twice[:1], *twice[3:], twice[2], ("", "其他", "4.00", "", ""))
    replayed = replay(document(tables=(table("t01", after),)), [correction])
    assert cells(replayed, 1, 2) == "3.00" and cells(replayed, 3, 2) == "4.00"


def test_a_row_is_put_in_between_the_rows_that_it_was_put_between() -> None:
    texts = (("204", "公共安全支出", "1.00", "", "1.00"),)
    correction = made(InsertRows("t01", 3, texts))
    longer = replay(parsed(("200", "其他", "9.00", "", ""), *ROWS), [correction])
    assert [row[0].text for row in longer.document.tables[0].rows] == ["200", "201", "20103", "20199", "204", "205"]
    reread = replay(parsed(*ROWS[:3], ("205", "教育支岀", "30.00", "", "")), [correction])
    assert [row[0].text for row in reread.document.tables[0].rows] == ["201", "20103", "20199", "204", "205"]
    other = replay(
        parsed(("301", "工资福利支出", "9.00", "", ""), ("302", "商品和服务支出", "1.00", "", "")), [correction]
    )
    assert len(other.document.tables[0].rows) == 2 and len(other.stale) == 1


def test_a_column_is_put_in_between_the_heads_that_it_was_put_between() -> None:
    correction = made(InsertColumn("t01", 3, ("其中：",)))
    first = document().tables[0]
    wider = replace(
        first,
        header=tuple((Cell("序号"), *row) for row in first.header),
        rows=tuple((Cell(str(number)), *row) for number, row in enumerate(first.rows)),
    )
    replayed = replay(replace(document(), tables=(wider,)), [correction])
    assert [cell.text for cell in replayed.document.tables[0].header[0]][3:6] == ["合计", "其中：", "基本支出"]


def test_tables_are_joined_by_their_titles() -> None:
    correction = made(JoinTables("t01", "t02"))
    first, second = document().tables
    third = replace(first, id="t01", title="另一张表")
    later = replace(document(), tables=(third, replace(first, id="t02"), replace(second, id="t03")))
    joined = replay(later, [correction]).document
    assert [(found.id, len(found.rows)) for found in joined.tables] == [("t01", 4), ("t02", 8)]
    assert len(replay(replace(later, tables=(third, first)), [correction]).stale) == 1


def printed(identifier: str, rows: tuple[tuple[str, ...], ...], top: float, page: int = 1) -> Table:
    """A table whose cells are printed 100 points apart, and whose rows 20, from `top` on."""
    grid = tuple(
        tuple(
            Cell(
                text,
                (Anchor(page, 0, 0, Box(100.0 * column, top + 20.0 * row, 100.0 * column + 50, top + 20.0 * row + 10)),)
                if text
                else (),
            )
            for column, text in enumerate(texts)
        )
        for row, texts in enumerate(rows)
    )
    return replace(table(identifier, rows), rows=grid)


def at_spots(correction: Correction, on: Document) -> Correction:
    return replace(correction, spots=tuple(spot_of_edit(on, edit) for edit in correction.edits))


SAME = tuple(("", "其他", "30.00", "", "30.00") for _ in range(4))
"""Rows that no name and no figure tells apart."""


def test_what_is_printed_at_one_place_is_one_cell_whatever_it_is_called() -> None:
    before = document(tables=(printed("t01", SAME, 100),))
    edit = SetCell(CellRef("t01", 2, 2), "30.00", "31.00")
    correction = at_spots(made(edit, on=before), before)
    mark = replace(marked(before, edit.ref), spot=spot_at(before, edit.ref))
    ruling = replace(right(before, edit.ref), spots=(spot_at(before, edit.ref),))
    later = document(tables=(printed("t01", SAME[:1], 100), printed("t02", SAME[:3], 120)))
    replayed = replay(later, [mark, ruling, correction])
    assert cells(replayed, 1, 2, "t02") == "31.00"
    assert [cells(replayed, row, 2, "t02") for row in (0, 2)] == ["30.00", "30.00"]
    assert (replayed.flags[0].ref, replayed.decisions[0].cell) == (CellRef("t02", 1, 2), CellRef("t02", 1, 2))
    assert replayed.moved == 3


def test_a_place_that_prints_something_else_now_is_told_and_another_of_its_name_is_not_taken() -> None:
    before = document(tables=(printed("t01", ROWS, 100), printed("t02", ROWS, 300)))
    correction = at_spots(made(SET_205, on=before), before)
    reread = (*ROWS[:3], ("205", "教育支出", "39.00", "", "30.00"))
    later = document(tables=(printed("t01", reread, 100), printed("t02", ROWS, 300)))
    replayed = replay(later, [correction])
    assert (cells(replayed, 3, 2), cells(replayed, 3, 2, "t02")) == ("39.00", "30.00")
    assert [item.satisfied for item in replayed.stale] == [False]
    right_now = (*ROWS[:3], ("205", "教育支岀", "31.00", "", "30.00"))
    replayed = replay(document(tables=(printed("t01", right_now, 100),)), [correction])
    assert [item.satisfied for item in replayed.stale] == [True]


def test_a_place_in_a_text_counts_while_it_prints_what_the_edit_was_made_on() -> None:
    spot = "1 10 15"
    correction = replace(made(SET_205), spots=(spot,))
    first = document().tables[0]
    moved = first.with_cell(3, 2, Cell("30.00")).with_cell(0, 3, Cell("30.00", (Anchor(1, 10, 15),)))
    renamed = replace(moved, rows=(*moved.rows[:3], tuple(Cell("x") for _ in range(5))))
    assert cells(replay(replace(document(), tables=(renamed,)), [correction]), 0, 3) == "31.00"
    other = moved.with_cell(0, 3, Cell("70.00", (Anchor(1, 10, 15),)))
    assert cells(replay(replace(document(), tables=(other,)), [correction]), 3, 2) == "31.00"


def test_the_names_do_not_lead_into_another_table_while_the_row_still_shows_the_figure() -> None:
    before = document(tables=(table("t01", ROWS), table("t02", ROWS)))
    correction = made(SET_205, on=before)
    header = (("科目编码", "科目名称", "总计", "基本支出", "项目支出"),)
    moved = replace(table("t01", (NEW, *ROWS)), header=tuple(tuple(Cell(text) for text in row) for row in header))
    shown_once = replace(moved, rows=tuple((*row[:4], Cell("")) for row in moved.rows))
    replayed = replay(replace(before, tables=(shown_once, table("t02", ROWS))), [correction])
    assert (cells(replayed, 4, 2), cells(replayed, 3, 2, "t02")) == ("31.00", "30.00")
    replayed = replay(replace(before, tables=(moved, table("t02", ROWS))), [correction])
    assert cells(replayed, 3, 2, "t02") == "30.00" and len(replayed.stale) == 1


@pytest.mark.parametrize("text", ["", "x", "1", "1 2", "1 2 3 4", "a 1 2 3 4", "1.5 2 3"])
def test_what_is_no_place_is_none(text: str) -> None:
    assert Spot.read(text) is None
