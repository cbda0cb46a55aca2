"""The reviewer's loop with suggestions: accept, reject, confirm, waive; and what must never depend on chance."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from decimal import Decimal

import pytest

from tests.conftest import ROOT
from tests.injector.documents import Equation, Planned, Sample, checks_of, sample
from tests.injector.slips import Slip, inject, with_texts
from workbench.checks import Reconciliation
from workbench.model.amount import read_figure
from workbench.model.check import Applicability, Cause, Family, Finding, Outcome
from workbench.model.edit import SetCell, SetUnit, apply_edits
from workbench.model.table import CellRef, Document
from workbench.repairs import Budget, Constraints, Memory, find_root_causes


@pytest.fixture(scope="module")
def consistent() -> Sample:
    return sample(3)


def slipped(made: Sample, seed: int, count: int, *kinds: str) -> tuple[Planned, tuple[Slip, ...]]:
    clean = made.reconciliation()
    document, slips = inject(clean, random.Random(seed), count, kinds or ("digits_swapped", "digit_lost"))
    return clean.after(document, ()), slips


def first_edit(finding: Finding) -> SetCell:
    edit = finding.suggestions[0].edits[0]
    assert isinstance(edit, SetCell)
    return edit


def test_accepting_a_suggestion_ends_its_finding_and_leaves_the_others(consistent: Sample) -> None:
    broken, _ = slipped(consistent, 11, 3)
    findings = find_root_causes(broken)
    assert len(findings) > 1
    edits = findings[0].suggestions[0].edits
    after = find_root_causes(broken.after(apply_edits(broken.document, edits), edits))
    assert [finding.id for finding in after] == [finding.id for finding in findings[1:]]
    assert [finding.suggestions[0].edits for finding in after] == [f.suggestions[0].edits for f in findings[1:]]


@pytest.mark.parametrize("place", [0, -1])
def test_a_move_that_puts_a_rejected_value_anywhere_is_not_offered_again(consistent: Sample, place: int) -> None:
    """Whichever of its cells was ruled on: the one that the figure leaves, or the one that it comes to."""
    broken, _ = slipped(consistent, 1, 1, "moved_row")
    moved = next(s for f in find_root_causes(broken) for s in f.suggestions if s.method == "moved_row")
    edit = moved.edits[place]
    assert isinstance(edit, SetCell)
    again = find_root_causes(broken, Constraints(rejected=frozenset({(edit.ref, edit.after)})))
    assert again
    assert all(s.edits != moved.edits for finding in again for s in finding.suggestions)


def test_a_rejected_value_gives_way_to_the_next(consistent: Sample) -> None:
    broken, _ = slipped(consistent, 7, 1)
    first = first_edit(find_root_causes(broken)[0])
    again = find_root_causes(broken, Constraints(rejected=frozenset({(first.ref, first.after)})))
    offered = [edit for finding in again for s in finding.suggestions for edit in s.edits if isinstance(edit, SetCell)]
    assert offered
    assert (first.ref, first.after) not in {(edit.ref, edit.after) for edit in offered}


def test_with_all_cells_confirmed_only_the_rule_can_be_wrong(consistent: Sample) -> None:
    broken, _ = slipped(consistent, 7, 1)
    cells = frozenset(term.ref for result in broken.failures for term in result.check.terms)
    for finding in find_root_causes(broken, Constraints(immovable=cells)):
        changed = {edit.ref for s in finding.suggestions for edit in s.edits if isinstance(edit, SetCell)}
        assert not changed & cells
        assert "rule_does_not_hold" in {s.method for s in finding.suggestions}


def test_a_waived_family_gets_no_suggestions_and_is_still_listed(consistent: Sample) -> None:
    broken, _ = slipped(consistent, 7, 1)
    families = frozenset(result.check.family for result in broken.failures)
    findings = find_root_causes(broken, Constraints(waived_families=families))
    assert {finding.id for finding in findings} == {result.check.id for result in broken.failures}
    assert not any(finding.suggestions for finding in findings)


def test_what_is_remembered_gives_the_same_as_looking_afresh(consistent: Sample) -> None:
    broken, _ = slipped(consistent, 5, 4)
    memory = Memory()
    current: Reconciliation = broken
    for _ in range(4):
        findings = find_root_causes(current, memory=memory)
        assert findings == find_root_causes(current)
        if not findings or not findings[0].suggestions:
            break
        edits = findings[0].suggestions[0].edits
        current = current.after(apply_edits(current.document, edits), edits)


def test_what_is_confirmed_by_all_rules_is_remembered_only_where_so_many_are_not_built_anew(
    consistent: Sample,
) -> None:
    document, _ = inject(consistent.reconciliation(), random.Random(3), 1, ["moved_row"])
    broken = Reconciliation.of(document)
    for budget, kept in ((Budget(), False), (Budget(checks=len(broken.checks) - 1), True)):
        memory = Memory()
        findings = find_root_causes(broken, budget=budget, memory=memory)
        assert [finding.suggestions[0].method for finding in findings if finding.suggestions] == ["moved_row"]
        assert all(group.footprint is not None for group in memory.groups.values()) == kept


def test_remembered_findings_heed_what_the_reviewer_has_said_since(consistent: Sample) -> None:
    broken, slips = slipped(consistent, 7, 1)
    memory = Memory()
    first = first_edit(find_root_causes(broken, memory=memory)[0])
    settled = Constraints(immovable=frozenset({first.ref}))
    assert find_root_causes(broken, settled, memory=memory) == find_root_causes(broken, settled)
    assert slips[0].refs == {first.ref}


def test_a_hostile_table_ends_within_its_budget_and_says_so(consistent: Sample) -> None:
    clean = consistent.reconciliation()
    rng = random.Random(1)
    table = consistent.document.table("t03")
    texts = {ref: f"{rng.randint(100, 99999) / 100:.2f}" for ref in table.refs() if ref.column >= 2}
    broken = clean.after(with_texts(consistent.document, texts), ())
    findings = find_root_causes(broken, budget=Budget(nodes=40))
    assert any(finding.incomplete for finding in findings)
    listed = sorted(result.check.id for finding in findings for result in finding.results)
    assert listed == sorted(result.check.id for result in broken.failures)
    safe = [s for finding in findings if finding.incomplete for s in finding.suggestions]
    assert not any(s.applicability is Applicability.SAFE for s in safe)


def test_a_search_that_ends_too_soon_says_how_far_it_came(consistent: Sample) -> None:
    clean = consistent.reconciliation()
    rows = clean.document.table("t03").rows
    pairs = {CellRef("t03", row, column): rows[row][5 - column].text for row in range(len(rows)) for column in (2, 3)}
    noise = {CellRef("t05", row, 2): f"{row + 7}.13" for row in range(len(clean.document.table("t05").rows))}
    broken = clean.after(with_texts(consistent.document, {**pairs, **noise}), ())
    findings = [finding for finding in find_root_causes(broken, budget=Budget(nodes=12)) if finding.incomplete]
    found = max(findings, key=lambda finding: len(finding.results))
    assert found.suggestions and all(s.applicability is not Applicability.SAFE for s in found.suggestions)


def test_a_rule_that_is_none_gives_no_sure_cell(consistent: Sample) -> None:
    made_up = Equation(Family.CROSS_TABLE, ((CellRef("t06", 2, 2), 1), (CellRef("t09", 2, 1), -1)))
    checks = checks_of((*consistent.equations, made_up))
    findings = find_root_causes(Planned.on(consistent.document, checks))
    assert [len(finding.results) for finding in findings] == [1]
    assert not any(s.applicability is Applicability.SAFE for s in findings[0].suggestions)


def test_sums_that_differ_by_rounding_only_are_never_localised(consistent: Sample) -> None:
    """Each amount printed in a unit ten times as large by itself, as documents that round after adding do."""
    texts = {}
    for table in consistent.document.tables:
        for ref in table.refs():
            value = read_figure(table.cell(ref.row, ref.column).text)
            if value.value is not None and value.decimals:
                texts[ref] = f"{value.value / 10:.2f}"
    rounded = with_texts(consistent.document, texts)
    inside = [equation for equation in consistent.equations if equation.family is not Family.NARRATIVE]
    reconciliation = Planned.on(rounded, checks_of(inside))
    assert reconciliation.outcomes[Outcome.WITHIN_ROUNDING] > 10
    assert find_root_causes(reconciliation) == ()


def test_a_table_in_another_unit_is_one_finding(consistent: Sample) -> None:
    table = consistent.document.table("t05")
    texts = {}
    for ref in table.refs():
        value = read_figure(table.cell(ref.row, ref.column).text).value
        if ref.column >= 2 and value:
            texts[ref] = f"{value * 10000:.2f}"
    findings = find_root_causes(Reconciliation.of(with_texts(consistent.document, texts)))
    assert findings[0].suggestions[0].edits == (SetUnit("t05", "万元", "元"),)
    assert findings[0].suggestions[0].cause is Cause.SOURCE
    assert len(findings) == 1


def test_the_list_is_the_same_under_any_hash_seed() -> None:
    script = (
        "import random; from tests.injector.documents import sample; from tests.injector.shapes import SHAPES\n"
        "from tests.injector.slips import EXTRACTION, inject; from workbench.checks import Reconciliation\n"
        "from workbench.repairs import find_root_causes\n"
        "clean = sample(4).reconciliation(); document, _ = inject(clean, random.Random(2), 4)\n"
        "print(*find_root_causes(clean.after(document, ())), sep='\\n')\n"
        "clean = Reconciliation.of(sample(4).document)\n"
        "for seed in range(3):\n"
        "    document, _ = inject(clean, random.Random(seed), 4, (*EXTRACTION, *SHAPES, *SHAPES, *SHAPES))\n"
        "    print(*find_root_causes(Reconciliation.of(document)), sep='\\n')"
    )
    printed = set()
    for seed in ("0", "1"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        run = subprocess.run([sys.executable, "-c", script], env=environment, cwd=ROOT, capture_output=True, check=True)
        printed.add(run.stdout)
    assert len(printed) == 1
    assert printed.pop().count(b"Finding(") > 5


def test_the_order_of_tables_and_checks_does_not_matter(consistent: Sample) -> None:
    broken, _ = slipped(consistent, 5, 3)
    document = broken.document
    turned = Document(
        document.source,
        document.entity,
        document.fiscal_year,
        document.report,
        document.unit,
        tuple(reversed(document.tables)),
        document.stated,
    )
    other = Planned.on(turned, tuple(reversed(broken.checks)))
    one = {finding.id: finding.suggestions[0].edits for finding in find_root_causes(broken)}
    assert {finding.id: finding.suggestions[0].edits for finding in find_root_causes(other)} == one


def test_separators_and_the_way_zero_is_printed_change_no_value(consistent: Sample) -> None:
    broken, _ = slipped(consistent, 9, 2, "digits_swapped", "digit_doubled")
    plain = _values(find_root_causes(broken))
    assert plain
    for zero in ("", "0.00", "——"):
        texts = {}
        for table in broken.document.tables:
            for ref in table.refs():
                cell = table.cell(ref.row, ref.column)
                figure = cell.figure
                if figure.value is not None and figure.decimals:
                    texts[ref] = f"{figure.value:,.{figure.decimals}f}" if figure.value else zero
        printed = Planned.on(with_texts(broken.document, texts), broken.checks)
        assert _values(find_root_causes(printed)) == plain


def _values(findings: tuple[Finding, ...]) -> list[tuple[str, list[tuple[CellRef, Decimal | None]]]]:
    return [
        (
            finding.id,
            [
                (edit.ref, read_figure(edit.after).value)
                for edit in finding.suggestions[0].edits
                if isinstance(edit, SetCell)
            ],
        )
        for finding in findings
    ]


def test_an_edit_keeps_what_was_learnt_of_the_other_tables(consistent: Sample) -> None:
    broken, _ = slipped(consistent, 11, 2)
    memory = Memory()
    find_root_causes(broken, memory=memory)
    edited, other = broken.document.tables[:2]
    before = [memory.layouts.of(table.id) for table in (edited, other)]
    ref = next(ref for ref in edited.refs() if broken.document.cell(ref).figure.decimals)
    edits = (SetCell(ref, broken.document.cell(ref).text, "987.65"),)
    after = broken.after(apply_edits(broken.document, edits), edits)
    find_root_causes(after, memory=memory)
    changed, kept = (memory.layouts.of(table.id) for table in (edited, other))
    assert kept is before[1]
    assert changed is not None and changed is not before[0]
    assert changed.texts[ref.row][ref.column] == "987.65"
