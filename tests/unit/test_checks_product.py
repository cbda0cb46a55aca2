"""The rules of product on documents written as data."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rule_cases import cases, failures, passed, results
from workbench.checks.families import product

CASES = cases("product")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_does_not_hold_is_found_and_nothing_else(case: dict[str, Any]) -> None:
    found = results(case, product.build)
    assert failures(case, found) == case["fails"]
    assert passed(found) == case["passes"]
