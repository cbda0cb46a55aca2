"""Searching: texts however they are broken, amounts however they are printed, in whatever unit; the same elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.driving import Driver, running
from tests.tui.made_up import analysis, analysis_of, document
from workbench.model.edit import InsertRows, apply_edits
from workbench.model.source import Anchor, Page
from workbench.model.table import CellRef, Document
from workbench.tui.models.grid import table_model
from workbench.tui.models.searching import Amount, Sought, places_of


def told(text: str) -> Document:
    """The made-up document with running text behind it."""
    made = document()
    pages = (*made.source.pages, Page(3, text))
    return replace(made, source=replace(made.source, pages=pages))


def found(made: Document, sought: Sought) -> list[str]:
    """What is printed at each place found, cells by their place, ranges of the source by their text."""
    pages = {page.number: page.text for page in made.source.pages}
    return [
        f"{place.table} {place.row} {place.column}"
        if isinstance(place, CellRef)
        else pages[place.page][place.start : place.end]
        for place in places_of(sought, made, map(table_model, made.tables))
    ]


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("240", ["t02 3 4", "t02 4 4", "t02 6 2", "t02 6 4", "t02 7 4", "240.00"]),
        ("240.00", ["t02 3 4", "t02 4 4", "t02 6 2", "t02 6 4", "t02 7 4", "240.00"]),
        ("2400000元", ["t02 3 4", "t02 4 4", "t02 6 2", "t02 6 4", "t02 7 4", "240.00", "2,400,000.00"]),
        ("2,400,000", ["2,400,000.00"]),
        ("2400000", ["2,400,000.00"]),
        ("2080505", ["t02 2 0"]),
        ("0805", ["t02 1 0", "t02 2 0"]),
        ("31%", ["31.0"]),
        ("31", ["31"]),
        ("医疗 政策", ["医疗\n政策"]),
        ("ＡＢ１", ["Ab1"]),
        (" ", []),
    ],
)  # fmt: skip
def test_what_is_typed_is_found_as_it_is_meant(typed: str, places: list[str]) -> None:
    made = told("项目支出240.00万元，即2,400,000.00元，占31.0%；医疗\n政策另见附件Ab1。")
    assert found(made, Sought.typed(typed)) == places


def test_places_come_in_the_order_in_which_they_are_printed() -> None:
    made = told("医疗保障")
    assert found(made, Sought.typed("医疗保障")) == [*["医疗保障"] * 4, "t02 4 1", "t02 6 1", "医疗保障"]
    added = apply_edits(made, (InsertRows("t02", 5, (("", "医疗保障公共服务", "", "", ""),)),))
    assert found(added, Sought.typed("医疗保障"))[4:7] == ["t02 4 1", "t02 5 1", "t02 7 1"], "where it was put"


def test_a_figure_is_found_in_a_coarser_unit_where_its_decimals_allow_it() -> None:
    def amount(text: str, unit: str) -> Amount:
        made = Amount.of(text, unit)
        assert made is not None
        return made

    exact = amount("12,345,678.90", "元")
    assert exact.is_like(amount("1234.57", "万元")) and amount("1234.57", "万元").is_like(exact)
    assert not exact.is_like(amount("1234.58", "万元"))
    assert exact.is_like(amount("-12345678.9", "元")), "text prints no sign"
    assert not amount("12,000.00", "元").is_like(amount("1", "万元")), "one digit stands for too much"
    assert amount("12345678.90", "").is_like(exact), "of one whose unit is not known, by its figure"


def test_what_a_cell_has_is_found_as_it_stands_alone() -> None:
    made = told("基本支出640.50万元，其他1640.50万元。")
    assert found(made, Sought.like(made, CellRef("t02", 5, 2))) == [
        "t02 3 3", "t02 4 3", "t02 5 2", "t02 5 3", "640.50",
    ]  # fmt: skip
    assert found(made, Sought.like(made, CellRef("t02", 5, 1))) == ["t02 5 1"]


async def places_gone_to(it: Driver, key: str, times: int) -> list[CellRef | None]:
    gone = []
    for _ in range(times):
        await it.press(key)
        gone.append(it.review.ref())
    return gone


async def test_one_key_goes_to_where_the_figure_stands_again(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "2")
        it.review.go_to_cell(CellRef("t01", 1, 3))
        await it.press("*")
        assert it.review.ref() == CellRef("t02", 3, 2)
        assert "search “880.50”: 2 of 2" in it.status
        await it.press(".")
        assert it.review.ref() == CellRef("t01", 1, 3)
        await it.press("escape", "*", "ctrl+o")
        assert it.review.ref() == CellRef("t01", 1, 3), "a jump like any other"


async def test_a_figure_that_stands_nowhere_else_is_said_to(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "2")
        it.review.go_to_cell(CellRef("t02", 4, 2))
        await it.press("*")
        assert "“808.50” stands nowhere else in this document" in it.status
        it.review.go_to_cell(CellRef("t01", 1, 1))
        await it.press("*")
        assert "the cell is blank" in it.status


async def test_a_place_in_the_source_alone_is_shown_there(tmp_path: Path) -> None:
    made = told("项目支出中另有120.00万元结转。")
    async with running([analysis_of(made)], tmp_path) as it:
        await it.press("enter", "2")
        it.review.go_to_cell(CellRef("t01", 0, 0))
        await it.press("/")
        await it.type("120.00")
        await it.press("enter", ",")
        assert isinstance(it.review.look.matches[-1], Anchor)
        line = next(line for line in it.lines if "另有120.00万元结转" in line)
        assert line.startswith("▸") or "▸" in line


async def test_what_was_searched_for_before_is_offered_and_gives_way_to_what_is_typed(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "/")
        await it.type("运行")
        await it.press("enter", "/")
        assert "运行" in it.lines[-2]
        await it.press("end")
        await it.type("费")
        await it.press("enter")
        assert "“运行费” is not here" in it.status
        await it.press("/")
        await it.type("880.50")
        await it.press("enter")
        assert it.review.look.search == "880.50" and it.review.look.matches
