"""The root causes of a real document whose errors are known. Skipped where ../shared is not beside the checkout."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.injector.shapes import SHAPES
from tests.injector.slips import EXTRACTION, inject
from workbench.checks import Reconciliation
from workbench.model.amount import read_figure
from workbench.model.check import Applicability, Family, Finding
from workbench.model.edit import SetCell, apply_edits
from workbench.model.table import Document
from workbench.repairs import find_root_causes
from workbench.tables.interchange.from_json import document_from_json

LINEAR = (Family.ROW_SUM, Family.CHILDREN_SUM, Family.COLUMN_SUM, Family.BALANCE, Family.CROSS_TABLE)


@pytest.fixture(scope="module")
def known(shared: Path) -> tuple[Document, tuple[Finding, ...]]:
    path = shared / "gold" / "001.json"
    document = document_from_json(json.loads(path.read_text(encoding="utf-8")), path.name)
    return document, find_root_causes(Reconciliation.of(document))


def changes(document: Document, finding: Finding) -> set[tuple[str, str, str]]:
    """Table, code or label of the row, and new figure of the first suggestion's edits."""
    found = set()
    for edit in finding.suggestions[0].edits:
        assert isinstance(edit, SetCell)
        row = document.table(edit.ref.table).rows[edit.ref.row]
        labels = [cell.text for cell in row[: edit.ref.column] if cell.text]
        name = labels[0] if labels[0].isdigit() else labels[-1]
        value = read_figure(edit.after).value or 0
        found.add((edit.ref.table, name, f"{value:.2f}"))
    return found


def test_the_failing_checks_have_four_root_causes(known: tuple[Document, tuple[Finding, ...]]) -> None:
    document, findings = known
    sums = [finding for finding in findings if finding.check.family in LINEAR and not finding.check.weak]
    proposed = [changes(document, finding) for finding in sums if finding.suggestions and finding.suggestions[0].edits]
    assert len(proposed) == 4
    assert {("t03", "21015", "679.72"), ("t03", "2101501", "679.72")} in proposed
    assert {("t06", "301", "616.11")} in proposed
    assert [{value for _, _, value in pair} for pair in proposed if {t for t, _, _ in pair} == {"t04"}] == [
        {"2582.46", "0.00"}
    ]
    assert [value for only in proposed if len(only) == 1 for t, _, value in only if t == "t07"] == ["3.10"]


def test_the_grand_total_was_printed_in_two_columns_of_one_row(known: tuple[Document, tuple[Finding, ...]]) -> None:
    _, findings = known
    found = next(finding for finding in findings if finding.results[0].check.table == "t06")
    assert found.suggestions[0].method == "grand_total_printed"
    assert len(found.suggestions[0].edits) == 2


def test_taking_what_is_safe_leaves_only_what_no_cell_explains(known: tuple[Document, tuple[Finding, ...]]) -> None:
    document, findings = known
    for finding in findings:
        for suggestion in finding.suggestions:
            if suggestion.applicability is Applicability.SAFE:
                document = apply_edits(document, suggestion.edits)
    left = find_root_causes(Reconciliation.of(document))
    sums = [finding for finding in left if finding.check.family in LINEAR]
    assert all(s.applicability is not Applicability.SAFE for finding in sums for s in finding.suggestions)
    assert all(finding.check.family is Family.CROSS_TABLE and finding.check.weak for finding in sums)


@pytest.mark.parametrize("name", ["001", "003", "real_7709dd", "real_d8d612"])
@pytest.mark.parametrize("seed", [1, 2])
def test_what_is_safe_in_a_real_document_clears_what_it_says_and_breaks_nothing(
    shared: Path, name: str, seed: int
) -> None:
    path = shared / "gold" / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path.name} is not among the known documents")
    clean = Reconciliation.of(document_from_json(json.loads(path.read_text(encoding="utf-8")), path.name))
    document, _ = inject(clean, random.Random(f"{name}/{seed}"), 4, (*EXTRACTION, *SHAPES))
    current = Reconciliation.of(document)
    findings = find_root_causes(current)
    assert find_root_causes(Reconciliation.of(document)) == findings
    failing = {result.check.id for result in current.failures}
    safe = [s for finding in findings for s in finding.suggestions if s.applicability is Applicability.SAFE]
    for suggestion in safe:
        after = Reconciliation.of(apply_edits(document, suggestion.edits))
        left = {result.check.id for result in after.failures}
        assert left <= failing
        assert left.isdisjoint(suggestion.clears)
