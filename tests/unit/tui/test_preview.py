"""What a suggestion would change, cell by cell of the tables as they stand."""

from __future__ import annotations

import pytest

from tests.reviewing import document
from workbench.model.edit import DeleteRows, InsertColumn, InsertRows, MergeRows, SetCell, ShiftCells
from workbench.model.table import CellRef
from workbench.tui.drawing.display import width
from workbench.tui.drawing.palette import Palette
from workbench.tui.models.grid import table_model
from workbench.tui.models.grid_layout import Wishes, laid_out
from workbench.tui.models.preview import NOTHING, preview_of
from workbench.tui.widgets.grid_strips import GridState, GridStrips, Place

ROW = ("205", "教育支出", "30.00", "", "30.00")


def test_a_figure() -> None:
    ref = CellRef("t01", 3, 2)
    assert preview_of(document(), (SetCell(ref, "30.00", "31.00"),)).texts == {ref: "31.00"}


def test_an_edit_that_does_not_fit_shows_nothing() -> None:
    assert preview_of(document(), (SetCell(CellRef("t01", 3, 2), "99.00", "31.00"),)) == NOTHING


def test_cells_that_move_show_where_they_go() -> None:
    shift = ShiftCells(CellRef("t01", 3, 2), 1, ("30.00", ""), 3)
    assert preview_of(document(), (shift,)).texts == {CellRef("t01", 3, 2): "", CellRef("t01", 3, 3): "30.00"}


def test_a_row_that_goes_is_empty_and_the_rows_below_are_as_they_are() -> None:
    gone = preview_of(document(), (DeleteRows("t02", 3, (ROW,)),))
    assert gone.texts == {CellRef("t02", 3, column): "" for column in (0, 1, 2, 4)}
    assert not gone.inserted


def test_a_row_that_comes_in_has_its_place() -> None:
    comes = preview_of(document(), (InsertRows("t01", 2, (("", "新行", "", "", ""),)),))
    assert (comes.texts, comes.inserted) == ({}, {("t01", 2)})
    last = preview_of(document(), (InsertRows("t01", 4, (("", "新行", "", "", ""),)),))
    assert last.inserted == {("t01", 4)}


def test_rows_that_become_one() -> None:
    pair = (("20199", "其他一般公共服务支出", "45.00", "15.00", "30.00"), ROW)
    texts = preview_of(document(), (MergeRows("t01", 2, pair),)).texts
    assert texts[CellRef("t01", 2, 1)] == "其他一般公共服务支出教育支出"
    assert texts[CellRef("t01", 3, 1)] == ""


def test_a_column_that_comes_in_changes_no_cell_and_has_its_place() -> None:
    comes = preview_of(document(), (InsertColumn("t01", 2, ("",)),))
    assert (comes.texts, comes.columns) == ({}, {("t01", 2)})
    two = preview_of(document(), (InsertColumn("t01", 2, ("",)), InsertColumn("t01", 6, ("",))))
    assert two.columns == {("t01", 2), ("t01", 5)}


@pytest.mark.parametrize("column", [0, 2, 5])
def test_a_column_that_comes_in_is_drawn_between_its_neighbours_on_every_line(column: int) -> None:
    made = document()
    model = table_model(made.table("t01"))
    layout = laid_out(model, 100, Wishes())
    state = GridState({}, preview=preview_of(made, (InsertColumn("t01", column, ("",)),)))
    before = layout.offsets[column] - 2 if column < 5 else layout.total - 1
    for row in range(len(model.rows)):
        drawn = GridStrips().row(model, layout, state, row, Place((0, 0)), Palette({}, plain=True))
        text = "".join(segment.text for segment in drawn)
        assert [at for at, sign in enumerate(padded(text)) if sign == "+"] == [before]


def padded(text: str) -> str:
    """A character a cell: behind a wide one comes a blank."""
    return "".join(character + "." * (width(character) - 1) for character in text)
