"""An equation in words: what is added up has signs, what is only held against each other has none."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.config.messages import Phrasebook
from workbench.model.check import Check, CheckResult, Family, Outcome, Relation
from workbench.model.message import Message
from workbench.pipeline import Analysis, analyse
from workbench.tui.equations import balance_paragraphs, equation_paragraphs

SAMPLES = ("shixi_medical_insurance_2022.txt", "linlan_education_2023.txt")


@pytest.fixture(scope="module", params=SAMPLES)
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return analyse(ROOT / "sample_docs" / Path(str(request.param)))


def lines_of(analysis: Analysis, family: Family) -> list[list[str]]:
    results = [result for result in analysis.reconciliation.results if result.check.family is family]
    shown = [equation_paragraphs(result, analysis.document, Phrasebook("en"), 1, 1) for result in results]
    return [["".join(span.text for span in line.spans) for line in paragraphs] for paragraphs in shown]


def test_names_and_codes_are_not_added_up(analysis: Analysis) -> None:
    equations = lines_of(analysis, Family.CODE_NAME)
    assert equations
    for lines in equations:
        assert any(line.startswith("  ∙ ") for line in lines)
        assert not any(line.startswith(("  + ", "  - ")) or not line.strip() for line in lines)


def test_the_parts_of_a_sum_are(analysis: Analysis) -> None:
    for lines in lines_of(analysis, Family.ROW_SUM):
        assert sum(line.startswith("  + ") for line in lines) >= 2
        assert any("expected" in line for line in lines) or "cannot be told" in lines[0]


@pytest.mark.parametrize(
    ("tolerance", "told"),
    [("0.0275608042848362455000439", "0.0276"), ("0.015", "0.015"), ("1", "1"), ("12345.678", "12,346")],
)
def test_a_tolerance_is_told_in_as_many_digits_as_say_something(tolerance: str, told: str) -> None:
    check = Check("percent:1", Family.PERCENT, Relation.RATIO, (), Message("", ""))
    result = CheckResult(check, Outcome.FAIL, Decimal(1), Decimal(2), Decimal(tolerance))
    (line,) = balance_paragraphs(result, Phrasebook("en"))
    assert line.spans[-1].text.endswith(f"±{told}")
