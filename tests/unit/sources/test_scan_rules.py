"""Print that was found as one piece is cut where an upright rule runs through it."""

from __future__ import annotations

import numpy
import pytest

from workbench.sources.scan.rules import Rule, cut_at_rules

PRINT = numpy.array([(10, 0), (110, 0), (110, 20), (10, 20)])


@pytest.mark.parametrize(
    ("at", "edges"),
    [
        (60, [(10, 60), (60, 110)]),
        (14, [(10, 110)]),  # the rule of its cell, not one within it
        (106, [(10, 110)]),
    ],
)
def test_only_a_rule_well_within_print_cuts_it(at: int, edges: list[tuple[int, int]]) -> None:
    pieces = cut_at_rules(PRINT, [Rule(at - 1, 0, at + 1, 40)])
    assert [(piece[0][0], piece[1][0]) for piece in pieces] == edges


def test_a_rule_above_or_below_print_cuts_nothing() -> None:
    assert len(cut_at_rules(PRINT, [Rule(59, 15, 61, 40)])) == 1
