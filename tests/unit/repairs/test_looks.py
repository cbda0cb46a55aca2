"""What figures say by their looks of what is wrong with them: beside their column, beside their table, in pieces."""

from __future__ import annotations

from collections.abc import Sequence

from tests.drawn_tables import layout_of, read_document
from tests.injector.documents import Equation, Planned, checks_of
from workbench.model.check import Family
from workbench.model.edit import apply_edits
from workbench.model.table import CellRef, Document
from workbench.repairs import find_root_causes
from workbench.repairs.slips.pieces import split

_TOTAL, _PART = -1, 1


def summed(rows: Sequence[str], *columns: int) -> tuple[Document, Planned]:
    """A table whose first row is the sum of the others in these columns, and of which nothing else is known."""
    heads = " | ".join(["项目名称", *(f"第{number}栏" for number in range(1, rows[0].count("|") + 1))])
    drawn = "\n".join(rows)
    document = read_document(f"## project_expenditure 项目支出表 万元\n{heads}\n---\n{drawn}")
    table = document.tables[0].id
    sums = [
        Equation(
            Family.COLUMN_SUM,
            tuple((CellRef(table, row, column), _PART if row else _TOTAL) for row in range(len(rows))),
        )
        for column in columns
    ]
    return document, Planned.on(document, checks_of(sums))


def repaired(rows: Sequence[str], *columns: int) -> dict[tuple[int, int], str]:
    """What the first suggestions put into the cells of such a table, by row and column."""
    document, broken = summed(rows, *columns)
    after = document
    for finding in find_root_causes(broken):
        after = apply_edits(after, finding.suggestions[0].edits)
    table = document.tables[0].id
    return {
        (ref.row, ref.column): after.cell(ref).text
        for ref in document.table(table).refs()
        if after.cell(ref).text != document.cell(ref).text
    }


def test_two_figures_with_more_decimals_than_the_others_are_both_put_right() -> None:
    rows = ["合计 | 225.88", "河道治理 | 4.919", "水库维护 | 54.37", "饮水安全 | 2.748", "青禾灌区 | 27.43"]
    rows += ["白河泵站 | 36.14", "农村电网 | 31.27"]
    assert repaired(rows, 1) == {(1, 1): "49.19", (3, 1): "27.48"}


def test_a_piece_that_stands_twice_is_told_by_the_decimals_of_the_table() -> None:
    rows = ["合计 | 117.20 | 31.25", "河道治理 | 117.2020 | 20.15", "水库维护 | | 6.10", "饮水安全 | | 5.00"]
    assert repaired(rows, 1) == {(1, 1): "117.20"}


def test_so_few_figures_that_differ_are_printed_as_their_table_prints() -> None:
    layout = layout_of("117.2020 | 20.15\n117.20 | 6.10\n | 5.00\n | 1.05")
    assert layout.style(1).decimals == 2
    assert layout.style(1).oddness("117.2020") == 1
    assert layout_of("1.234567 | 5\n | 6\n | 7").style(1).decimals == 6, "figures that agree speak for themselves"


def test_one_whole_number_behind_amounts_is_a_piece_of_one() -> None:
    rows = ["合计 | 9.11 | 3.6 | 1", "河道治理 | 5.50 | | ", "水库维护 | | 3.61 | ", "饮水安全 | 3.61 | | "]
    rows.append("青禾灌区 | | | ")
    assert repaired(rows, 1, 2) == {(0, 2): "3.61", (0, 3): ""}
    assert layout_of("1.00 | 1\n2.00 | \n3.00 | \n4.00 | \n5.00 | ").segments == ((1, 2),)
    assert layout_of("1.00 | 1 | 某科\n2.00 | | 某科\n3.00 | | \n4.00 | | \n5.00 | | ").segments == ((1,),), "a code"
    assert layout_of("1.00 | 1\n2.00 | 2\n3.00 | \n4.00 | \n5.00 | ").segments == ((1,),), "they count"


def test_no_figure_is_led_by_a_zero() -> None:
    layout = layout_of("10.00 | 5.00\n25.00 | 7.00\n010.00 | 9.00\n40.00 | 9.00\n0.50 | 8.00")
    assert layout.style(1).oddness("010.00") == 1
    assert not layout.style(1).oddness("0.50")


def test_a_share_without_its_sign_is_odd_where_the_others_have_one() -> None:
    layout = layout_of("10%\n25%\n30%\n40%\n50%\n10")
    assert layout.style(1).oddness("10") == 1
    assert not layout.style(1).oddness("25%")
    mixed = layout_of("15\n10\n10\n98.90%\n5\n20\n10")
    assert mixed.style(1).oddness("98.90%") == mixed.style(1).oddness("98.90"), "columns of forms print this and that"


def test_pieces_that_make_far_more_than_the_table_prints_are_dear() -> None:
    def cost(others: str) -> float:
        layout = layout_of(f"110 | 1100.00\n{others} | 800.00\n900.00 | 600.00")
        (segment,) = layout.segments
        return min(
            cost for _, cost, moves in split(layout, 0, segment, frozenset(segment)) if "1101100.00" in moves.values()
        )

    assert cost("3200.00") > cost("993200.00") + 1


def test_a_row_that_numbers_the_columns_is_no_figure_in_pieces() -> None:
    layout = layout_of("1 | 2 | 3 | 4\n10.5 | 20.5 | 30.5 | 40.5\n5 | 16 | 7 | 18")
    (segment,) = layout.segments
    assert not list(split(layout, 0, segment, frozenset(segment)))
    assert list(split(layout, 2, segment, frozenset(segment)))


def test_figures_that_moved_go_back_though_another_slip_of_a_row_they_touch_keeps_that_from_adding_up() -> None:
    rows = ["合计 | 47.91 | 3535 | ", "河道治理 | 6.50 | | 12.56", "水库维护 | 5.82 | | 6.50"]
    rows += ["饮水安全 | 3.21 | 3.21 | 5.82", "青禾灌区 | 5.30 | 5.30 | ", "白河泵站 | 6.58 | 6.58 | "]
    document, _ = summed(rows)
    table = document.tables[0].id
    across = [
        Equation(Family.ROW_SUM, tuple((CellRef(table, row, 1 + place), -1 if place else 1) for place in range(3)))
        for row in (0, 3, 4, 5)
    ]
    broken = Planned.on(document, checks_of(across))
    (finding,) = find_root_causes(broken)
    after = apply_edits(document, finding.suggestions[0].edits).table(table)
    assert [row[3].text for row in after.rows[:4]] == ["12.56", "6.50", "5.82", ""]
    assert after.rows[0][2].text == "35.35"


def test_a_figure_that_cannot_be_read_is_put_together_with_the_piece_of_it_below() -> None:
    rows = ["合计 | 168,850.00", "河道治理 | 12,200.00", "水库维护 | 116,6", "饮水安全 | 50.00", "青禾灌区 | 40,000.00"]
    assert repaired(rows, 1) == {(2, 1): "116,650.00", (3, 1): ""}


def test_a_run_of_figures_that_stands_a_row_below_its_own_goes_back_as_one() -> None:
    rows = [
        "合计 | 411.85",
        "河道治理 | ",
        "水库维护 | 178.16",
        "饮水安全 | 17.79",
        "青禾灌区 | 13.68",
        "白河泵站 | 202.22",
    ]
    document, _ = summed([*rows, "农村电网 | | "])
    table = document.tables[0].id
    # The sum knows nothing of the row that the last of them has come to.
    terms = tuple((CellRef(table, row, 1), _PART if row else _TOTAL) for row in range(5))
    (finding,) = find_root_causes(Planned.on(document, checks_of([Equation(Family.COLUMN_SUM, terms)])))
    assert finding.suggestions[0].method == "moved_block"
