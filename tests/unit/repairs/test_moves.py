"""Where figures that went astray may have come from: every way that is offered, row by row,
with what the rows print then.

A case of tests/cases/repairs/moves.toml draws the amounts of a table, names the row that is asked about (from 0) and,
as far as it matters, the columns of it; `ways` has a line for each: the slip, and the rows that it changes,
as they would be.
"""

from __future__ import annotations

import tomllib
from itertools import chain
from typing import Any

import pytest

from tests.conftest import CASES
from tests.drawn_tables import layout_of
from workbench.repairs.slips.moves import of_row, told_by_looks
from workbench.repairs.slips.pieces import cuts

MOVES = tomllib.loads((CASES / "repairs" / "moves.toml").read_text(encoding="utf-8"))


def ways(case: dict[str, Any]) -> list[str]:
    layout = layout_of(case["rows"])
    wanted = frozenset(column + 1 for column in case.get("columns", range(layout.table.width - 1)))
    found = []
    row = case["row"]
    for method, _, moves in chain(of_row(layout, row, wanted), told_by_looks(layout, row, wanted)):
        changed = {row: list(layout.texts[row]) for row, _ in sorted(moves)}
        for (row, column), text in moves.items():
            changed[row][column] = text
        drawn = " / ".join(" | ".join(texts[1:]).strip() for texts in changed.values())
        found.append(f"{method}: {drawn}")
    return found


@pytest.mark.parametrize("case", MOVES["case"], ids=lambda case: case["name"])
def test_every_way_that_is_told_is_offered(case: dict[str, Any]) -> None:
    found = ways(case)
    assert [way for way in found if way.partition(":")[0] in case["slips"]] == case["ways"]


@pytest.mark.parametrize("case", MOVES["cut"], ids=lambda case: f"{case['text']} at {case['decimals']}")
def test_figures_that_ran_together_fall_apart_where_both_are_figures_of_their_column(case: dict[str, Any]) -> None:
    assert [" + ".join(pair) for pair in cuts(case["text"], case["decimals"])] == case["pieces"]


def price_of_first_run(rows: str) -> float:
    """What it costs to move the first two figures of row 1 up."""
    return next(
        price for method, price, moves in of_row(layout_of(rows), 1, frozenset({1, 2})) if method == "moved_run"
    )


def test_figures_that_leave_one_of_their_own_behind_were_rather_copied_than_moved() -> None:
    left_behind = price_of_first_run("| | |\n4.00 | 5.00 | 4.00 | 9.00")
    assert left_behind > price_of_first_run("| | |\n4.00 | 5.00 | 6.00 | 9.00")


def test_a_subtotal_and_its_only_part_move_together_rather_than_any_two() -> None:
    together = price_of_first_run("| | |\n5.00 | 5.00 | 6.00 | 9.00")
    assert together < price_of_first_run("| | |\n4.00 | 5.00 | 6.00 | 9.00")
