"""Numbers as a sheet shows them: the cases are in tests/cases/sources/number_formats.toml."""

import tomllib

import pytest

from tests.conftest import CASES
from workbench.sources.office.number_format import show_number, show_text

FORMATS = tomllib.loads((CASES / "sources" / "number_formats.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", FORMATS["number"], ids=lambda case: f"{case['value']} in {case['format']}")
def test_a_number_shows_as_its_format_says(case: dict[str, str]) -> None:
    assert show_number(case["value"], case["format"]) == case["shows"]


@pytest.mark.parametrize("case", FORMATS["text"], ids=lambda case: f"{case['value']} in {case['format']}")
def test_a_text_shows_as_its_format_says(case: dict[str, str]) -> None:
    assert show_text(case["value"], case["format"]) == case["shows"]


def test_a_workbook_from_a_macintosh_counts_days_from_1904() -> None:
    assert show_number("0", "yyyy-mm-dd", from_1904=True) == "1904-01-01"
