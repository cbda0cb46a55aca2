"""How one printed figure comes from another: each slip by its name, from TOML cases."""

from __future__ import annotations

import tomllib

import pytest

from tests.conftest import CASES
from workbench.repairs.evidence.typos import ANY_OTHER, bare, between, guess, unreadable

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
