"""How one printed figure comes from another: each slip by its name, from TOML cases."""

from __future__ import annotations

import tomllib

import pytest

from tests.conftest import CASES
from workbench.repairs.evidence.typos import ANY_OTHER, bare, between, guess, readings, unreadable

SLIPS = tomllib.loads((CASES / "repairs" / "typos.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", SLIPS["slip"], ids=lambda case: f"{case['printed']}←{case['right']}")
def test_a_slip_is_named(case: dict[str, str]) -> None:
    assert between(bare(case["printed"]), bare(case["right"])).method == case["is"]


@pytest.mark.parametrize("case", SLIPS["unreadable"], ids=lambda case: case["printed"])
def test_an_unreadable_figure_says_what_its_letters_look_like(case: dict[str, str]) -> None:
    assert guess(case["printed"]) == case["meant"]
    assert unreadable(case["printed"], case["meant"]).cost < 1


def test_likelier_slips_cost_less() -> None:
    lost = between("63972", "639.72").cost
    misread = between("639.72", "689.72").cost
    changed = between("639.72", "619.72").cost
    two = between("639.72", "615.72").cost
    assert lost < misread < changed < two < ANY_OTHER


def test_a_longer_lost_tail_costs_more() -> None:
    assert between("17", "1728.90").cost > between("1728", "1728.90").cost


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("3,525525", {"3525", "3525525"}),
        ("3,525526", {"3525526"}),
        ("3,95", {"395", "3.95"}),
        ("20.8120.81", {"20.81"}),
        ("1.728.90", {"1728.90"}),
        ("1.728.900", {"1728.900", "1728900"}),
        ("1O.5O", {"10.50"}),
        ("3200.002100.00", set()),
    ],
)
def test_an_unreadable_figure_is_read_in_every_way_that_it_looks_like(printed: str, said: set[str]) -> None:
    assert set(readings(printed)) == said


def test_figures_that_ran_together_are_surely_not_one() -> None:
    assert unreadable("3200.002100.00", "3200002100.00").cost > unreadable("1.728.90", "1728.90").cost + 1
