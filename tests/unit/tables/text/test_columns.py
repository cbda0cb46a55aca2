"""Amounts placed by sums and by the order in each column alone."""

from __future__ import annotations

import pytest

from tests.conftest import CASES
from tests.unit.tables.text.test_cases import pages_of
from workbench.tables.text.columns import scattered
from workbench.tables.text.columns.column_by_column import come_in_columns
from workbench.tables.text.columns.head_columns import Plan
from workbench.tables.text.columns.placement import KnownRuns, placements
from workbench.tables.text.columns.reading_path import likeliest
from workbench.tables.text.columns.scattered import scattered_tables
from workbench.tables.text.columns.sums import Amount, Row, Statement, UnprovenError, Vector
from workbench.tables.text.lines import lines_of
from workbench.tables.text.running.promised_sums import Equation


def statement(above: list[int | None], amounts: list[int]) -> Statement:
    return Statement([Row(row, 1) for row in above], [Amount(value, 1) for value in amounts])


def placement(of: Statement, parts: int) -> list[Vector]:
    """The one way to place amounts below a total and so many parts, those of larger amounts first."""
    equations = (Equation(0, tuple(range(1, parts + 1))),) if parts else ()
    return placed(of, Plan(parts + 1, (0,), equations))


def placed(of: Statement, plan: Plan) -> list[Vector]:
    """The one way to place amounts in columns, those of larger amounts first."""
    return likeliest(of, placements(of, plan, lambda places, used: tuple(places), 0, KnownRuns()))


ONE_SECTION: list[int | None] = [None, 0, 1, 1]
"""A total, an account, and the two accounts that this is the sum of."""


def test_columns_one_after_the_other_are_told_apart() -> None:
    # The parts of the totals come first.
    amounts = [40, 40, 10, 30, 100, 100, 65, 35, 60, 60, 55, 5]
    assert placement(statement(ONE_SECTION, amounts), 2) == [(100, 60, 40), (100, 60, 40), (65, 55, 10), (35, 5, 30)]


def test_rows_one_after_the_other_are_told_apart() -> None:
    assert placement(statement(ONE_SECTION, [70, 70, 70, 70, 50, 50, 20, 20]), 2) == [
        (70, 70, 0),
        (70, 70, 0),
        (50, 50, 0),
        (20, 20, 0),
    ]


def test_rows_read_in_fewest_pieces_are_taken() -> None:
    # 30 may be the first account and 20 the second, were the amounts of rows not next to each other.
    amounts = [60, 30, 30, 60, 30, 30, 10, 10, 20, 20, 30, 30]
    rows: list[int | None] = [None, 0, 1, 1, 1]
    assert placement(statement(rows, amounts), 2)[2:] == [(10, 10, 0), (20, 20, 0), (30, 0, 30)]


def test_a_sum_may_miss_by_rounding() -> None:
    rows = [Row(above, 1) for above in ONE_SECTION]
    almost = Statement(rows, [Amount(value, 1) for value in (100, 100, 66, 35)], rounded=True)
    assert placement(almost, 0) == [(100,), (100,), (66,), (35,)]
    with pytest.raises(UnprovenError):
        placement(Statement(rows, [Amount(value, 1) for value in (100, 100, 68, 35)], rounded=True), 0)


def test_what_finds_no_place_proves_nothing() -> None:
    with pytest.raises(UnprovenError):
        placement(statement(ONE_SECTION, [100, 100, 65, 35, 7]), 1)


def test_accounts_that_may_change_places_are_not_placed() -> None:
    # One column of three, and its total: nothing tells whose 4 and 6 are once 4 is printed twice.
    with pytest.raises(UnprovenError):
        placement(statement([None, 0, 0, 0], [14, 4, 6, 4, 14, 4, 6, 4, 4, 6]), 2)


def test_the_search_ends() -> None:
    rows: list[int | None] = [None, *[0] * 40]
    with pytest.raises(UnprovenError):
        placement(statement(rows, [820, *range(1, 41), *range(40, 0, -1), 820]), 2)


@pytest.mark.parametrize(("right", "wrong"), [("118.00", "113.00"), ("584.70", "534.70"), ("64.30", "64.80")])
def test_one_wrong_digit_leaves_every_amount_where_it_is(right: str, wrong: str) -> None:
    text = (CASES / "tables_text" / "columns_of_parted_codes.txt").read_text(encoding="utf-8")
    (table,) = (found.table for found in scattered_tables(lines_of(pages_of(text))))
    (read,) = (found.table for found in scattered_tables(lines_of(pages_of(text.replace(right, wrong, 1)))))
    pairs = [
        (cell.printed, other.printed)
        for row, others in zip(table.rows, read.rows, strict=True)
        for cell, other in zip(row, others, strict=True)
        if cell.printed != other.printed
    ]
    assert pairs == [(right, wrong)]


def test_a_label_beside_its_amount_is_no_block() -> None:
    text = "支出总表\n\n" + "\n\n".join(f"20{number} 科目 {number}.00" for number in range(10, 60))
    assert not list(scattered_tables(lines_of(pages_of(text))))


def test_codes_one_below_the_other_tell_of_columns() -> None:
    codes = [str(number) for number in range(20101, 20117)]
    rows = [line for code in codes for line in (code, "人大事务", "1.00")]
    assert come_in_columns(lines_of(pages_of("\n\n".join(codes))))
    assert not come_in_columns(lines_of(pages_of("\n\n".join(rows))))


def test_more_accounts_than_any_statement_has_are_not_placed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scattered, "account_rows", lambda section: pytest.fail("searched"))
    codes = "\n".join(["201", "20101", "2010101"] * 200)
    amounts = "\n\n".join(f"{number}.25" for number in range(1, 700))
    text = f"附表1 一般公共预算支出表\n单位：万元\n\n科目编码\n\n科目名称\n\n合计\n\n{codes}\n\n{amounts}\n"
    assert not list(scattered_tables(lines_of(pages_of(text))))
