"""What a table shows of itself to a repair: its runs of amounts, how they are printed, which columns go together."""

from __future__ import annotations

from tests.drawn_tables import layout_of

DRAWING = """
1,000.00 | 0.10 | | 5.00 | 说明
2,000.00 | 0.20 | | | 说明
3,000.00 | —— | | | 说明
 | | | 7.00 | 说明
"""


def test_a_column_of_words_ends_a_run_of_amounts() -> None:
    assert layout_of("1.00 | 说明 | 2.00 | 3.00\n4.00 | 说明 | 5.00 | 6.00").segments == ((1,), (3, 4))


def test_a_column_goes_with_others_where_half_of_its_rows_print_others_too() -> None:
    layout = layout_of(DRAWING)
    assert [layout.in_company(column) for column in (1, 2, 3, 4)] == [True, True, False, True]
    alone = layout_of("1.00 | \n2.00 | \n3.00 | 4.00")
    assert [alone.in_company(column) for column in (1, 2)] == [False, True]


def test_a_column_prints_as_most_of_its_figures_do() -> None:
    layout = layout_of(DRAWING)
    styles = [layout.style(column) for column in (1, 2, 4)]
    assert [style.decimals for style in styles] == [2, 2, 2]
    assert [style.model for style in styles] == ["1,000.00", "0.10", "5.00"]
    assert [style.zero for style in styles] == ["", "——", ""]
    assert [style.filled for style in styles] == [3, 2, 2]


def test_amounts_in_whose_column_a_share_stands_are_not_printed_as_shares() -> None:
    style = layout_of("97.55%\n15\n9.17\n10\n30\n100").style(1)
    assert not style.model.endswith("%")
    assert layout_of("97.55%\n15.00%\n9.17").style(1).model.endswith("%")
