"""Ruled lines and characters → grids with exact spans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.drawn_pages import draw_page
from workbench.model.source import Page, RuledLine
from workbench.tables.ruled.grid import find_grids

DRAWING = """
+----------+---------------------+
|          |      本年支出       |
|  合计    +----------+----------+
|          | 基本支出 | 项目支出 |
+----------+----------+----------+
|   30.00  |    10.00 |    20.00 |
+----------+----------+----------+
"""


def _texts(page: Page) -> list[tuple[int, int, int, int, str]]:
    (grid,) = find_grids(page)
    return [
        (cell.row, cell.column, cell.row_span, cell.column_span, "|".join(page.text[a:b] for a, b in cell.pieces))
        for cell in grid.cells
    ]


EXPECTED = [
    (0, 0, 2, 1, "合计"),
    (0, 1, 1, 2, "本年支出"),
    (1, 1, 1, 1, "基本支出"),
    (1, 2, 1, 1, "项目支出"),
    (2, 0, 1, 1, "30.00"),
    (2, 1, 1, 1, "10.00"),
    (2, 2, 1, 1, "20.00"),
]


def test_spans_come_out_exactly() -> None:
    assert _texts(draw_page(DRAWING)) == EXPECTED


def _cut_at_every_cell(line: RuledLine) -> list[RuledLine]:
    """The line as strokes of at most 55 points with a hair between them."""
    step, hair = 55.0, 0.8
    if line.horizontal:
        starts = [line.x0 + step * k for k in range(int((line.x1 - line.x0) / step) + 1)]
        return [RuledLine(x, line.top, min(x + step - hair, line.x1), line.bottom) for x in starts if x < line.x1]
    starts = [line.top + 10 * k for k in range(int((line.bottom - line.top) / 10) + 1)]
    return [RuledLine(line.x0, y, line.x1, min(y + 10 - hair, line.bottom)) for y in starts if y < line.bottom]


def _two_sides_of_a_box(line: RuledLine) -> list[RuledLine]:
    """The long sides of a box 0.8 points thick."""
    if line.horizontal:
        return [replace(line, top=line.top + d, bottom=line.bottom + d) for d in (-0.4, 0.4)]
    return [replace(line, x0=line.x0 + d, x1=line.x1 + d) for d in (-0.4, 0.4)]


def _double(line: RuledLine) -> list[RuledLine]:
    """A double rule and a third line beside it, as the sides of neighbouring double frames give."""
    if line.horizontal:
        return [replace(line, top=line.top + d, bottom=line.bottom + d) for d in (-1.5, 0.0, 1.5)]
    return [replace(line, x0=line.x0 + d, x1=line.x1 + d) for d in (-1.5, 0.0, 1.5)]


def _uneven(line: RuledLine) -> list[RuledLine]:
    """The line a little off its level and too short or too long by a point, in turns."""
    d = 0.9 if (int(line.x0) + int(line.top)) % 2 else -0.9
    if line.horizontal:
        return [RuledLine(line.x0 + d, line.top + d / 2, line.x1 - d, line.bottom + d / 2)]
    return [RuledLine(line.x0 + d / 2, line.top + d, line.x1 + d / 2, line.bottom - d)]


@pytest.mark.parametrize("writer", [_cut_at_every_cell, _two_sides_of_a_box, _double, _uneven])
def test_every_way_to_draw_a_rule_gives_the_same_grid(writer) -> None:  # type: ignore[no-untyped-def]
    page = draw_page(DRAWING)
    lines = tuple(piece for line in page.lines for piece in writer(line))

    assert _texts(replace(page, lines=lines)) == EXPECTED


def test_the_order_of_the_lines_makes_no_difference() -> None:
    page = draw_page(DRAWING)

    assert find_grids(replace(page, lines=page.lines[::-1])) == find_grids(page)


def test_lines_that_are_no_table() -> None:
    page = draw_page("标题\n+----------+\n正文一行\n+----------+\n")

    assert find_grids(page) == ()
    assert find_grids(replace(page, lines=())) == ()


def test_a_frame_around_a_table_is_not_its_table() -> None:
    page = draw_page(DRAWING)
    frame = (
        RuledLine(-20, -20, 400, -20),
        RuledLine(-20, 200, 400, 200),
        RuledLine(-20, -20, -20, 200),
        RuledLine(400, -20, 400, 200),
    )

    assert _texts(replace(page, lines=page.lines + frame)) == EXPECTED


def test_an_underline_inside_a_cell_cuts_nothing() -> None:
    page = draw_page(DRAWING)
    underline = RuledLine(70, 66, 90, 66)

    assert _texts(replace(page, lines=(*page.lines, underline))) == EXPECTED


def test_figures_and_ideographs_on_baselines_of_their_own_are_one_line() -> None:
    page = draw_page("+------------------+-----+\n|2025年预算12月底止|  3  |\n+------------------+-----+\n")
    boxes = page.boxes[:]
    for index, character in enumerate(page.text):
        if character.isdigit():
            boxes[4 * index + 1] += 3.5
            boxes[4 * index + 3] += 3.5

    (grid,) = find_grids(replace(page, boxes=boxes))

    pieces = [[page.text[a:b] for a, b in cell.pieces] for cell in grid.cells]
    assert pieces == [["2025年预算12月底止"], ["3"]]


def test_a_page_without_boxes_has_no_grids_with_text() -> None:
    page = draw_page(DRAWING)

    (grid,) = find_grids(replace(page, boxes=page.boxes[:0]))

    assert all(cell.pieces == () for cell in grid.cells)


def test_a_page_full_of_hatching_is_given_up() -> None:
    page = draw_page(DRAWING)
    hatching = tuple(RuledLine(x * 5, 0, x * 5, 9000) for x in range(1500)) + tuple(
        RuledLine(0, y * 5, 9000, y * 5) for y in range(1500)
    )

    assert find_grids(replace(page, lines=hatching)) == ()


def _stretched(page: Page, word: str, step: float, shift: float = 0.0) -> Page:
    """The page with the characters of `word` wider by `step`, its first (or with a shift its last) in place."""
    boxes = page.boxes[:]
    begin = page.text.index(word)
    for index in range(len(word)):
        at = 4 * (begin + index)
        boxes[at] += step * index + shift
        boxes[at + 2] += step * (index + 1) + shift
    return replace(page, boxes=boxes)


OVERFLOW = """
+------------+------------+----------+
|档案事务管  |            |   县级   |
+------------+------------+----------+
|   合计     |            | 1234567  |
+------------+------------+----------+
"""


def test_text_too_long_for_its_cell_runs_over_into_the_next() -> None:
    page = _stretched(draw_page(OVERFLOW), "档案事务管", 4.3)

    assert [text for *_, text in _texts(page)] == ["档案事务管", "", "县级", "合计", "", "1234567"]


def test_a_figure_belongs_to_the_cell_that_it_ends_in() -> None:
    page = _stretched(draw_page(OVERFLOW), "1234567", 2.6, shift=-13.0)

    assert [text for *_, text in _texts(page)] == ["档案事务管", "", "县级", "合计", "", "1234567"]


def test_texts_that_touch_at_a_rule_are_two() -> None:
    page = draw_page("+------+--------+\n| 1234 |一、收入|\n+------+--------+\n")
    boxes = page.boxes[:]
    start = page.text.index("1234")
    text = page.text.replace("1234 一", "1234一")
    assert len(text) == len(page.text) - 1
    del boxes[4 * (start + 4) : 4 * (start + 5)]

    assert [t for *_, t in _texts(replace(page, text=text, boxes=boxes))] == ["1234", "一、收入"]
