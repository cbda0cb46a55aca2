"""Pieces of page text → cells."""

from __future__ import annotations

from array import array

import pytest

from workbench.model.source import Page
from workbench.tables.cells import EMPTY, anchor_of, join_wrapped, read_cell, squeeze


@pytest.mark.parametrize(
    ("pieces", "printed"),
    [
        (["一般公共", "服务支出"], "一般公共服务支出"),
        (["7502", ".08"], "7502.08"),
        (["1,234,", "567.00"], "1,234,567.00"),
        (["100.", "00"], "100.00"),
        (["12.00", "13.00"], "12.00 13.00"),
        (["Word", "Excel"], "Word Excel"),
        (["因 公 出 国 （ 境 ） 费"], "因公出国（境）费"),
        (["1. 一般公共预算资金"], "1. 一般公共预算资金"),
        (["A4  复印纸"], "A4 复印纸"),
        (["“三公”", "经费"], "“三公”经费"),
        ([" ", ""], ""),
    ],
)
def test_wrapped_and_justified_text(pieces: list[str], printed: str) -> None:
    text = "\n".join(pieces)
    ranges = []
    start = 0
    for piece in pieces:
        ranges.append((start, start + len(piece)))
        start += len(piece) + 1

    cell = read_cell(Page(1, text), ranges)

    assert cell.printed == printed
    assert "".join("".join(text[a.start : a.end] for a in cell.anchors).split()) == "".join(printed.split())


def test_a_cell_without_pieces_is_empty() -> None:
    assert read_cell(Page(1, "x"), ()) is EMPTY
    assert EMPTY.printed == ""


def test_the_box_of_an_anchor_spans_its_characters() -> None:
    boxes = array("f", [0, 10, 5, 20, 5, 9, 10, 21, float("nan")] + [float("nan")] * 3 + [20, 10, 25, 20])
    page = Page(1, "ab c", boxes=boxes)

    box = anchor_of(page, 0, 4).box

    assert box is not None
    assert (box.x0, box.top, box.x1, box.bottom) == (0, 9, 25, 21)
    assert anchor_of(page, 0, 4).box == page.anchor(0, 4).box


def test_the_least_confidence_of_its_characters_is_the_cells() -> None:
    page = Page(1, "12 34", confidences=array("f", [1, 0.5, 0, 0.75, 1]))

    assert read_cell(page, [(0, 2), (3, 5)]).confidence == 0.5
    assert read_cell(Page(1, "12"), [(0, 2)]).confidence is None


def test_negative_figures_below_each_other_stay_two() -> None:
    assert join_wrapped("12.00", "-3.00") == "12.00 -3.00"


def test_squeeze_keeps_what_is_between_letters() -> None:
    assert squeeze("a  b\tc") == "a b c"
    assert squeeze("项　目") == "项目"
