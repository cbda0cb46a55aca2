"""Where moves are looked for: none that could mend a check is passed over, none is told that only hands it on."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Set

import pytest

from tests.drawn_tables import read_document
from tests.injector.documents import sample
from tests.injector.shapes import SHAPES
from tests.injector.slips import EXTRACTION, inject
from workbench.checks import Reconciliation
from workbench.model.edit import SetCell
from workbench.model.table import CellRef
from workbench.repairs import Budget, Constraints, Memory, find_root_causes
from workbench.repairs.equation import Equation
from workbench.repairs.search.implied import Implied
from workbench.repairs.search.states import State
from workbench.repairs.search.workshop import Workshop
from workbench.repairs.slips.asked import Asked
from workbench.repairs.slips.lost_row import LostRow
from workbench.repairs.slips.lost_rows import LostRows
from workbench.repairs.slips.relocation import Move
from workbench.repairs.slips.stories import Story
from workbench.repairs.system import Trace

HANDED_ON = """
## project_expenditure 项目支出表 万元
项目名称 | 合计 | 财政拨款 | 专户资金 | 其他资金
---
合计 | 1134.60 | 1020.10 | 99.00 | 15.50
乡村振兴补助 | 669.38 | 669.38 | |
河道整治 | 166.72 | 166.72 | |
校舍维修 | 184.00 | 184.00 | |
专用设备购置 | 99.00 | | 99.00 |
大型活动 | 15.51 | | | 15.51
"""
"""The last sum is a hundredth too small; the one beside it holds."""


@pytest.mark.parametrize("seed", range(6))
def test_every_move_that_mends_a_check_is_told_where_that_is_asked(seed: int) -> None:
    clean = Reconciliation.of(sample(seed).document)
    document, _ = inject(clean, random.Random(seed), 4, (*EXTRACTION, *SHAPES))
    workshop = Workshop.of(Reconciliation.of(document), Constraints(), Budget(), Memory())
    system, search = workshop.system, workshop.search
    failing = [system.equation_of(result) for result in workshop.reconciliation.failures]
    found = 0
    for equation in (equation for equation in failing if equation is not None):

        def mending(moves: list[Move], equation=equation) -> set[object]:  # type: ignore[no-untyped-def]
            return {(move.method, move.cells) for move in moves if search.mending.would_hold(equation, move)}

        asked = Asked.of(system, (equation.number,), {})
        every = mending(list(search.structures.touching(equation)))
        assert mending(list(search.structures.touching(equation, asked))) == every
        found += len(every)
    assert found


def test_a_row_that_is_filled_again_prints_nothing_in_a_cell_of_all_that_holds_by_it() -> None:
    filled = 0
    for seed in range(4):
        clean = Reconciliation.of(sample(seed).document)
        document, _ = inject(clean, random.Random(seed), 2, ["row_emptied"])
        workshop = Workshop.of(Reconciliation.of(document), Constraints(), Budget(), Memory())
        structures, mending = workshop.search.structures, workshop.search.mending
        every = [workshop.system.equation_of(result) for result in workshop.reconciliation.failures]
        failing = [equation for equation in every if equation is not None]
        for move in (move for equation in failing for move in structures.refilled(equation)):
            rows = {row for row, _ in move.texts}
            for equation in (equation for equation in failing if mending.would_hold(equation, move)):
                assert rows & structures.rows_unfilled(equation, move.table)
                filled += 1
    assert filled


def test_columns_that_only_hand_a_difference_on_do_not_change_places() -> None:
    broken = Reconciliation.of(read_document(HANDED_ON))
    suggestions = [suggestion for finding in find_root_causes(broken) for suggestion in finding.suggestions]
    assert suggestions[0].edits[0].after == "15.51"  # type: ignore[union-attr]
    assert not [suggestion for suggestion in suggestions if suggestion.method == "columns_swapped"]


UNREADABLE = """
## expenditure_summary 支出总表 万元
项目 | 合计 | 基本支出 | 项目支出
---
合计 | 964.55 | 570.13 | 394.42
公共安全支出 | 512.40 | 311.O7 | 201.33
教育支出 | 287.36 | 164.20 | 123.16
卫生健康支出 | 164.79 | 94.86 | 69.93
"""


IN_ONE_SUM = """
## expenditure_summary 支出总表 万元
项目 | 基本支出
---
合计 | 570.13
公共安全支出 | 311.O7
教育支出 | 164.20
卫生健康支出 | 94.86
"""


@pytest.mark.parametrize("table, failing, cells", [(UNREADABLE, 2, 1), (IN_ONE_SUM, 1, 4)])
def test_no_lost_rows_and_no_other_figures_are_looked_for_where_one_mends_several_checks(
    monkeypatch: pytest.MonkeyPatch, table: str, failing: int, cells: int
) -> None:
    asked: list[int] = []
    priced: set[int] = set()
    under, likely = LostRows.under, Implied.values

    def noted(self: LostRows, equation: Equation) -> Iterator[LostRow]:
        asked.append(equation.number)
        return under(self, equation)

    def told(
        self: Implied, variable: int, failing: Set[int], changes: Mapping[int, int], residuals: Mapping[int, int]
    ) -> list[tuple[int, Story]]:
        priced.add(variable)
        return likely(self, variable, failing, changes, residuals)

    monkeypatch.setattr(LostRows, "under", noted)
    monkeypatch.setattr(Implied, "values", told)
    (finding,) = find_root_causes(Reconciliation.of(read_document(table)))
    assert [edit.after for edit in finding.suggestions[0].edits if isinstance(edit, SetCell)] == ["311.07"]
    assert len(finding.results) == failing
    assert bool(asked) is (failing == 1)
    assert len(priced) == cells


def test_columns_that_are_not_exchanged_were_looked_at_all_the_same() -> None:
    """What the checks of the other column say decides on it: an edit that they hear of localises anew."""
    workshop = Workshop.of(Reconciliation.of(read_document(HANDED_ON)), Constraints(), Budget(), Memory())
    system, search = workshop.system, workshop.search
    (failing,) = [system.equation_of(result) for result in workshop.reconciliation.failures]
    assert failing is not None
    state = State(0.0, (), {}, {}, frozenset({failing.number}), frozenset(), {})
    (swap,) = [move for move in search.structures.of_table("t01") if move.columns and move.columns.left == 3]
    assert swap.columns is not None
    system.trace = Trace()
    assert search.outcomes.hands_on(state, swap, swap.columns)
    assert system.variable(CellRef("t01", 0, 3)).number in system.trace.variables
    system.trace = Trace()
    search.outcomes.spoils(state, swap, 0)
    assert {system.variables[number].ref.column for number in system.trace.variables} == {3, 4}
