"""Running text under the headings of a final account: what is right raises no finding, and a figure that is changed
does, but for those that a case names as going unnoticed.

`python -m pytest tests/unit/checks/test_sections.py -s` prints how many changes were noticed.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from tests.drawn_tables import read_document
from tests.rule_cases import CASES
from workbench.checks import Reconciliation, describe
from workbench.model.source import Page
from workbench.model.table import Document, ReportKind
from workbench.tables.narrative.stated import stated_figures

DATA: dict[str, Any] = tomllib.loads((CASES / "sections.toml").read_text(encoding="utf-8"))
WRONG = [pytest.param(case, id=case["name"]) for case in DATA["case"] if "findings" in case]
CASES_OF_TEXT = [pytest.param(case, id=case["name"]) for case in DATA["case"] if "findings" not in case]
FIGURE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>万元|%)(?!以上)")


@cache
def statements() -> Document:
    """The statements that the texts quote."""
    return read_document(DATA["tables"], "final_account")


def with_text(text: str) -> Document:
    built = statements()
    first = built.source.pages[0]
    pages = (first, Page(2, text))
    return replace(
        built,
        source=replace(built.source, pages=pages),
        report=ReportKind.FINAL_ACCOUNT,
        stated=stated_figures(pages, {1: [(0, len(first.text))]}, built.tables),
    )


def findings(text: str) -> set[str]:
    document = with_text(text)
    return {describe(result, document).en for result in Reconciliation.of(document).failures}


@pytest.mark.parametrize("case", CASES_OF_TEXT)
def test_a_right_text_has_no_finding(case: dict[str, Any]) -> None:
    assert findings(case["text"]) == set()


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_text_has_its_findings(case: dict[str, Any]) -> None:
    assert len(findings(case["text"])) == case["findings"]


@pytest.mark.parametrize("case", CASES_OF_TEXT)
def test_a_changed_figure_is_noticed(case: dict[str, Any]) -> None:
    """Each amount and share other than zero is made larger by 13 per cent and a little, one after the other."""
    text, unnoticed = case["text"], []
    changes = [match for match in FIGURE.finditer(text) if Decimal(match["number"])]
    for match in changes:
        number = Decimal(match["number"])
        places = -int(number.as_tuple().exponent)
        changed = f"{number * Decimal('1.13') + (Decimal('0.11') if places else 1):.{places}f}"
        if not findings(text[: match.start("number")] + changed + text[match.end("number") :]):
            unnoticed.append(re.split(r"[\n，。；：（(]", text[: match.end()])[-1])
    print(f"{case['name']}: {len(changes) - len(unnoticed)} of {len(changes)} noticed")
    assert unnoticed == case.get("unnoticed", [])
