"""Documents for rule cases, written as data: a few lines of running text, a few tables, and what must come of them.

A case of tests/cases/rules/*.toml holds `text` (running text), `tables` (id, title, form, unit, header, rows as in
tables JSON), `year`, `report`; and `fails`, one line a failing check: its severity, the text of its first cell, and the
figure that would hold ("" for a fact). `passes` counts the checks that hold, exactly or within rounding.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.checks.context import Context
from workbench.checks.evaluate import evaluate
from workbench.model.check import Check, CheckResult, Outcome
from workbench.model.source import Page
from workbench.model.table import Document, Problem, ReportKind
from workbench.tables.interchange.from_json import document_from_json
from workbench.tables.narrative.stated import stated_figures
from workbench.tables.unread import unread_amounts

CASES = Path(__file__).parent / "cases" / "rules"


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    found: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return found


def document(case: dict[str, Any]) -> Document:
    """The document that a case describes."""
    built = document_from_json({"tables": case.get("tables", []), "unit": case.get("unit", "万元")}, "case")
    first = built.source.pages[0]
    pages = (first, Page(2, case.get("text", "")))
    stated = stated_figures(pages, {1: [(0, len(first.text))]}, built.tables)
    return replace(
        built,
        source=replace(built.source, pages=pages),
        fiscal_year=case.get("year", 2031),
        report=ReportKind(case.get("report", "budget")),
        stated=stated,
        unread=unread_amounts(pages, built.tables, stated),
        problems=tuple(Problem(message) for message in case.get("problems", ())),
    )


def results(case: dict[str, Any], build: Callable[[Context], Iterator[Check]]) -> tuple[CheckResult, ...]:
    """What comes of the checks of one family on a case."""
    made = document(case)
    return evaluate(made, tuple(build(Context(made))))


def failures(case: dict[str, Any], found: tuple[CheckResult, ...]) -> list[str]:
    """The failing checks in the manner of `fails`."""
    made = document(case)
    lines = []
    for result in found:
        if result.outcome is Outcome.FAIL:
            printed = made.cell(result.check.terms[0].ref).text if result.check.terms else ""
            expected = "" if result.expected is None else f"{result.expected:f}"
            lines.append(f"{result.check.severity.value}: {printed} → {expected}".rstrip())
    return lines


def passed(found: tuple[CheckResult, ...]) -> int:
    """How many checks hold."""
    return sum(result.outcome in (Outcome.PASS, Outcome.WITHIN_ROUNDING) for result in found)
