"""Where columns are drawn: no figure in part, names beside the figures they belong to, equations in one view."""

from __future__ import annotations

import pytest

from tests.unit.tui.test_places import SIDES, table
from workbench.model.table import CellRef
from workbench.tui.drawing.display import width
from workbench.tui.drawing.palette import Palette
from workbench.tui.models.grid import table_model
from workbench.tui.models.grid_layout import Cut, Wishes, laid_out, proposed_widths
from workbench.tui.widgets.grid_strips import GridStrips

WIDE = table(
    [["科目编码", "科目名称", *(f"第{n}项经费" for n in range(8))]],
    [["2080505", "机关事业单位基本养老保险缴费支出", *(f"{n}23,456.78" for n in range(8))] for _ in range(3)],
)


@pytest.mark.parametrize("room", range(40, 90))
def test_whatever_the_scroll_every_figure_is_whole_or_cut_away(room: int) -> None:
    layout = laid_out(table_model(WIDE), room, Wishes())
    frozen = layout.frozen(9, room)
    for x in range(layout.total - room + 1):
        left, right = layout.cuts(frozen, x, room)
        cut = {place.column for place in (left, right) if isinstance(place, Cut)}
        edge = layout.gutter if x <= frozen[0] - layout.gutter else layout.gutter + frozen[1] - frozen[0]
        for column in range(2, 10):
            start, end = layout.offsets[column] - x, layout.offsets[column] + layout.widths[column] - x
            if not (end <= edge or start >= room or column in cut):
                assert edge <= start and end <= room


@pytest.mark.parametrize("room", range(40, 90))
@pytest.mark.parametrize("column", range(2, 10))
def test_the_column_asked_for_comes_into_sight_beside_the_names(room: int, column: int) -> None:
    layout = laid_out(table_model(WIDE), room, Wishes())
    frozen = layout.frozen(column, room)
    for before in (0, layout.total):
        x = layout.scrolled_to((column, column), frozen, before, room)
        start, end = layout.bounds(column, column)
        names = frozen[1] - frozen[0] if x > frozen[0] - layout.gutter else 0
        assert layout.gutter + names <= start - x and end - x <= room


def test_the_names_of_the_right_side_stay_with_its_figures() -> None:
    layout = laid_out(table_model(SIDES), 40, Wishes())
    assert layout.frozen(1, 40) == layout.bounds(0, 0)
    assert layout.frozen(3, 40) == layout.bounds(2, 2)


def test_names_give_way_where_that_lets_the_whole_table_be_seen() -> None:
    made = table(
        [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]],
        [["2080505", "机关事业单位基本养老保险缴费支出", "1,234.56", "1,234.56", "0.00"]],
    )
    roomy, tight = (laid_out(table_model(made), room, Wishes()) for room in (120, 64))
    assert roomy.widths[1] == 32
    assert tight.total <= 64 and tight.widths[1] >= 16


def test_names_have_the_room_that_nothing_else_needs() -> None:
    name = "一般公共预算拨款安排的公务用车购置及运行维护费"
    made = table([["项目", "说明", "预算数"]], [[name, name * 3, "3.10"]])
    plain = laid_out(table_model(made), 60, Wishes()).widths
    for room in (70, 90, 140):
        layout = laid_out(table_model(made), room, Wishes())
        assert layout.total <= room
        assert room - layout.total < 2 or layout.widths[:2] == (46, 138)
        assert layout.widths[0] > plain[0]
    assert laid_out(table_model(made), 140, Wishes()).widths[0] == 46
    assert laid_out(table_model(made), 140, Wishes(wanted={0: 12})).widths[0] == 12


def test_an_equation_comes_before_codes_and_long_names() -> None:
    wishes = Wishes(together=(2, 4))
    for room in (56, 58, 60, 64, 70):
        layout = laid_out(table_model(WIDE), room, wishes)
        assert layout.widths[1] >= 12
        frozen = layout.frozen(4, room)
        x = layout.scrolled_to((2, 4), frozen, 0, room)
        start, end = layout.bounds(2, 4)
        assert start - x >= layout.gutter + frozen[1] - frozen[0] and end - x <= room


def test_a_proposal_has_room_for_both_figures_only_where_that_hides_none() -> None:
    made, proposals = table_model(SIDES), {CellRef("t01", 0, 3): "60.00"}
    wide = laid_out(made, 100, Wishes(proposed=proposed_widths(made, 100, proposals)))
    narrow = laid_out(made, 48, Wishes(proposed=proposed_widths(made, 48, proposals)))
    assert wide.widths[3] >= len("40→60.00")
    assert narrow.widths == laid_out(made, 48, Wishes()).widths


def test_what_is_proposed_is_seen_whole_whatever_it_hides() -> None:
    made, proposals = table_model(WIDE), {CellRef("t01", 0, 3): "1234567890.12"}
    for room in (56, 64, 90):
        both, whole = (proposed_widths(made, room, proposals, before=before) for before in (True, False))
        layout = laid_out(made, room, Wishes(proposed=both, whole=whole, together=(2, 4)))
        assert layout.widths[3] >= len("→1234567890.12") or not whole
        assert whole or room == 56, "a column never takes more than a quarter of the room for it"


def test_room_is_kept_for_what_is_proposed_elsewhere_only_where_the_whole_table_is_seen() -> None:
    made = table_model(SIDES)
    asked = proposed_widths(made, 100, {CellRef("t01", 0, 3): "60.00"})
    assert asked == {3: len("40→60.00")}
    assert laid_out(made, 100, Wishes(reserved=asked)).widths == laid_out(made, 100, Wishes(proposed=asked)).widths
    assert laid_out(made, 48, Wishes(reserved=asked)).widths == laid_out(made, 48, Wishes()).widths


def test_a_click_finds_the_column_drawn_there() -> None:
    layout = laid_out(table_model(WIDE), 60, Wishes())
    frozen = layout.frozen(9, 60)
    x = layout.scrolled_to((9, 9), frozen, 0, 60)
    for column in (1, 9):
        assert layout.column_at(layout.place_of(layout.offsets[column], frozen, x), frozen, x) == column


@pytest.mark.parametrize("room", [44, 60])
def test_a_text_over_several_columns_stands_over_those_in_sight(room: int) -> None:
    header = [["科目编码", "科目名称", *["本年支出"] * 8], ["科目编码", "科目名称", *(f"第{n}项" for n in range(8))]]
    model = table_model(table(header, [[cell.text for cell in row] for row in WIDE.rows]))
    layout = laid_out(model, room, Wishes())
    lines, palette = GridStrips(), Palette({}, plain=True)
    for start in range(layout.gutter, layout.total - 12):
        drawn = "".join(s.text for s in lines.header(model, layout, 0, palette, (start, start + room)))
        assert width(drawn) <= room
        over = layout.bounds(2, 9)
        if min(over[1], start + room) - max(over[0], start) >= 12:
            assert "本年支出" in drawn, start
