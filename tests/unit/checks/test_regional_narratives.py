"""Whole narratives in the wording of different regions: no false finding, and everything that can be checked is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from tests.rule_cases import cases, document, passed
from workbench.checks.context import Context
from workbench.checks.evaluate import evaluate
from workbench.checks.families import narrative, percent, yoy
from workbench.model.check import Outcome

CASES = cases("regional_narratives")
FAMILIES = {"narrative": narrative.build, "percent": percent.build, "yoy": yoy.build}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_right_narrative_gives_no_finding(case: dict[str, Any]) -> None:
    made = document(case)
    context = Context(made)
    holds = {}
    for name, build in FAMILIES.items():
        found = evaluate(made, tuple(build(context)))
        assert [result.check.title.en for result in found if result.outcome is Outcome.FAIL] == []
        holds[name] = passed(found)
    assert holds == case["holds"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_most_wrong_totals_are_found(case: dict[str, Any]) -> None:
    """Each amount that stands in an equation is raised by a tenth, one after the other: a check must fail."""
    made = document(case)
    checks = [check for build in FAMILIES.values() for check in build(Context(made))]
    covered = {term.ref.table for check in checks for term in check.terms}
    missed = []
    for figure in made.stated:
        value = figure.cell.figure.value
        if figure.id not in covered or not value or figure.unit != "万元":
            continue
        raised = f"{value * Decimal('1.1'):.{figure.cell.figure.decimals}f}"
        text = case["text"].replace(figure.text, figure.text.replace(figure.value, raised), 1)
        if text == case["text"] or not re.search(r"\d", figure.text):
            continue
        other = document({**case, "text": text})
        context = Context(other)
        found = evaluate(other, tuple(check for build in FAMILIES.values() for check in build(context)))
        if not any(result.outcome is Outcome.FAIL for result in found):
            missed.append(figure.text)
    assert len(missed) <= max(1, 0.1 * len(covered)), missed
