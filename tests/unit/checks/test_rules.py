"""The rule families on documents written as data: the cases of tests/cases/rules/, each file named for its family."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.rule_cases import CASES, cases, failures, passed, results
from workbench.checks.context import Context
from workbench.checks.families.quoted.inside.repeated_text import repeated_texts
from workbench.checks.registry import FAMILIES
from workbench.model.check import Check

ELSEWHERE = {"examples", "regional_narratives", "sections"}
"""Files of another form, with tests of their own."""
BUILDERS = {entry.family.value: entry.build for entry in FAMILIES} | {"repeated_text": repeated_texts}


def every_case() -> Iterator[Any]:
    for path in sorted(CASES.glob("*.toml")):
        if path.stem not in ELSEWHERE:
            for case in cases(path.stem):
                yield pytest.param(BUILDERS[path.stem], case, id=f"{path.stem}: {case['name']}")


@pytest.mark.parametrize(("build", "case"), every_case())
def test_what_does_not_hold_is_found_and_nothing_else(
    build: Callable[[Context], Iterator[Check]], case: dict[str, Any]
) -> None:
    found = results(case, build)
    assert failures(case, found) == case["fails"]
    assert passed(found) == case["passes"]
