"""The families of sums and links, case by case: small invented tables in, what fails and what holds out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conftest import CASES
from tests.drawn_tables import amounts, read_document
from workbench.checks import Reconciliation, describe
from workbench.checks.context import Context
from workbench.checks.evaluate import applies, evaluate
from workbench.checks.families import balance, children_sum, column_sum, cross_table, placement, row_sum
from workbench.model.check import CheckResult, Outcome

FOLDER = CASES / "checks"
FAMILIES = (balance, children_sum, column_sum, cross_table, placement, row_sum)


def cases() -> Iterator[Any]:
    for module in FAMILIES:
        name = module.__name__.rpartition(".")[2]
        for case in tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["case"]:
            yield pytest.param(module, case, id=f"{name}: {case['name']}")


def line(context: Context, result: CheckResult) -> str:
    ref = result.check.terms[0].ref
    expected = "" if result.expected is None else f"{result.expected:f}"
    return f"{context.label(ref)}: {context.document.cell(ref).text} → {expected}"


@pytest.mark.parametrize(("module", "case"), cases())
def test_case(module: Any, case: dict[str, Any]) -> None:
    document = read_document(case["tables"], case.get("report", "budget"))
    context = Context(document)
    results = [result for result in evaluate(document, tuple(module.build(context))) if applies(result)]

    def lines(outcome: Outcome) -> list[str]:
        return sorted(line(context, result) for result in results if result.outcome is outcome)

    assert lines(Outcome.FAIL) == sorted(case.get("fails", []))
    assert lines(Outcome.WITHIN_ROUNDING) == sorted(case.get("rounding", []))
    assert lines(Outcome.UNVERIFIABLE) == sorted(case.get("unknown", []))
    assert len(lines(Outcome.PASS)) == case.get("holds", 0)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["name"])
        for case in tomllib.loads((FOLDER / "clean.toml").read_text(encoding="utf-8"))["case"]
    ],
)
def test_documents_without_a_mistake(case: dict[str, Any]) -> None:
    document = read_document(case["tables"], case.get("report", "budget"))
    context = Context(document)
    checks = [check for module in FAMILIES for check in module.build(context)]
    results = [result for result in evaluate(document, checks) if applies(result)]
    assert [line(context, result) for result in results if result.outcome is not Outcome.PASS] == []
    assert len(results) == case["holds"]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["name"])
        for case in tomllib.loads((FOLDER / "regional.toml").read_text(encoding="utf-8"))["case"]
    ],
)
def test_layouts_of_other_regions(case: dict[str, Any]) -> None:
    """By all families: none fails, and of the amounts only the named number stands in no check."""
    document = read_document(case["tables"], case.get("report", "budget"))
    found = Reconciliation.of(document)
    assert [describe(result, document).en for result in found.failures] == []
    assert found.outcomes[Outcome.PASS] == case["holds"]
    loose = [
        Context(document).label(ref)
        for ref in amounts(document)
        if all(result.outcome is Outcome.UNVERIFIABLE for result in found.results_of(ref))
    ]
    assert len(loose) == case.get("loose", 0), loose
