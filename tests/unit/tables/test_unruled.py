"""Pages without rules: what is enough to tell that a table stands on them."""

from __future__ import annotations

import pytest

from tests.conftest import CASES
from tests.drawn_pages import draw_source
from workbench.tables.unruled.header_names import Header, names_of
from workbench.tables.unruled.level_rules import LevelRules
from workbench.tables.unruled.printed import Piece, PrintedLine
from workbench.tables.unruled.whitespace import find_whitespace_grids


@pytest.mark.parametrize(
    ("case", "rows", "columns"),
    [
        ("few_amounts_below_their_unit", 5, 2),
        ("whole_amounts_without_rules", 5, 5),
        ("numbered_columns_without_rules", 5, 5),
        ("codes_in_labels_without_rules", 6, 4),
        ("counts_without_rules", 5, 4),
        ("wrapped_labels_before_figures", 7, 4),
    ],
)
def test_white_space_parts_the_columns_of_a_table(case: str, rows: int, columns: int) -> None:
    drawing = (CASES / "tables_ruled" / f"{case}.txt").read_text(encoding="utf-8").split("====\n")[1]

    (grid,) = find_whitespace_grids(draw_source(drawing).page(1))

    assert (grid.row_count, grid.column_count) == (rows, columns)


def test_a_few_amounts_in_sentences_are_no_table() -> None:
    drawing = """
  单位：万元
  本年收入 118.00，其中财政拨款 114.00，其他资金 4.00。
  比上年增加 2.00，增长 1.72%。
"""

    assert find_whitespace_grids(draw_source(drawing).page(1)) == ()


@pytest.mark.parametrize(
    ("lines", "names"),
    [(("本年收入", "小计"), ["本年收入", "小计"]), (("一般公共预算", "财政拨款"), ["一般公共预算财政拨款"])],
)
def test_a_total_below_a_whole_name_is_a_name_of_its_own(lines: tuple[str, ...], names: list[str]) -> None:
    header = [
        PrintedLine(middle, 10.0, text, [Piece(place, place + len(text), 50.0, 50.0 + 10 * len(text), text, middle)])
        for place, middle, text in ((0, 100.0, lines[0]), (8, 112.0, lines[1]))
    ]

    found = names_of(Header(header, pitch=20.0), [45.0, 200.0], 5.0, LevelRules())

    assert [name.text for name in found] == names
