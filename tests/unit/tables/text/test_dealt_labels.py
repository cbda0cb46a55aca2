"""Labels dealt over columns that they do not stand over, in their order."""

from __future__ import annotations

import pytest

from workbench.model.source import Page
from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.dealt_labels import dealt
from workbench.tables.text.aligned.places import Placed
from workbench.tables.text.aligned.stacked_labels import HeaderLabel
from workbench.tables.text.lines import Piece


def piece(text: str) -> Piece:
    return Piece(Page(1, text), 0, len(text), text)


def label(text: str, x0: float, top: int, bottom: int | None = None) -> HeaderLabel:
    return HeaderLabel((piece(text),), x0, x0 + len(text), top, top if bottom is None else bottom)


def column(text: str, x0: float, x1: float, lines: tuple[int, ...] = (5, 6, 7)) -> Column:
    return Column(x0, x1, None, [Placed((piece(text),), x0, x1, line, float(line)) for line in lines])


def names(columns: list[Column]) -> list[str]:
    return [column.leaf.text if column.leaf else "" for column in columns]


def test_labels_of_a_line_that_is_set_further_left_keep_their_order() -> None:
    labels = [label("项目", 9, 0), label("2019年预算数", 20, 0), label("2020年预算数", 32, 0)]
    labels += [label("比2018年决算", 50, 0), label("增减额", 48, 1), label("增减率", 54, 1)]
    strips = [column("一、收入", 0, 14), column("81.50", 26, 31), column("90.25", 42, 47)]
    strips += [column("8.75", 55, 59), column("10.74", 64, 69)]
    assert names(dealt(labels, strips)) == ["项目", "2019年预算数", "2020年预算数", "增减额", "增减率"]


def test_a_label_of_two_lines_does_not_change_places_with_the_one_before_it() -> None:
    labels = [label("科目名称", 5, 0), label("合计", 22, 0), label("项目支出", 31, 0), label("2019年预算数", 37, 0, 1)]
    strips = [column("教育支出", 0, 16), column("24.00", 20, 25), column("15.00", 32, 37), column("23.00", 43, 48)]
    assert names(dealt(labels, strips)) == ["科目名称", "合计", "项目支出", "2019年预算数"]


def test_figures_that_no_line_prints_beside_each_other_may_be_one_column() -> None:
    labels = [label("单位名称", 4, 0), label("在职", 20, 0), label("离退休", 28, 0)]
    strips = [column("机关", 0, 12), column("4.6", 21, 24), column("5.8", 29, 32, (5, 6))]
    strips += [column("0.0", 34, 37, (7,))]
    found = dealt(labels, strips)
    assert names(found) == ["单位名称", "在职", "离退休"]
    assert [len(column.cells) for column in found] == [3, 3, 3]


def test_codes_of_levels_need_no_label_of_their_own() -> None:
    labels = [label("科目编码", 2, 0), label("科目名称", 18, 0), label("金额", 32, 0)]
    strips = [column("205", 0, 3), column("02", 6, 8), column("教育支出", 14, 24), column("24.00", 30, 35)]
    assert names(dealt(labels, strips)) == ["科目编码", "", "科目名称", "金额"]


@pytest.mark.parametrize("count", [30, 41])
def test_many_labels_are_dealt_quickly_or_not_at_all(count: int) -> None:
    labels = [label("金额", 10.0 * at, 0) for at in range(count)]
    strips = [column("1.00", 10.0 * at, 10.0 * at + 4) for at in range(count)]
    assert names(dealt(labels, strips)) == (["金额"] * 30 if count == 30 else [])
