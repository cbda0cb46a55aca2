"""Made-up budgets and final accounts in the layouts of many regions: what adds up raises no finding, and a digit changed
in any amount does.

`python -m pytest tests/unit/test_checks_disclosures.py -s` prints what no check covers, by form and column.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.disclosures.documents import random_document
from tests.unit.test_checks_mutation import amounts
from workbench.checks import Reconciliation, describe
from workbench.checks.context import Context
from workbench.model.check import Outcome
from workbench.model.edit import SetCell, apply_edit

SEEDS = range(16)
LEAST_SEEN = 0.97
LEAST_COVERED = 0.995


@pytest.mark.parametrize("report", ["budget", "final_account"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_right_document_has_no_finding(report: str, seed: int) -> None:
    document = random_document(seed, report).document()
    found = Reconciliation.of(document)
    assert [describe(result, document).en for result in found.failures] == []
    assert found.outcomes[Outcome.CRASHED] == 0


@pytest.mark.parametrize("report", ["budget", "final_account"])
def test_a_digit_changed_is_a_finding_on_its_cell(report: str) -> None:
    """One digit of every so-many-th amount. A change that rounding allows is none that can be seen."""
    uncovered: Counter[tuple[str, str]] = Counter()
    counted = tried = seen = 0
    for seed in SEEDS:
        document = random_document(seed, report).document()
        before, context, chance = Reconciliation.of(document), Context(document), random.Random(seed)
        for number, ref in enumerate(amounts(document)):
            counted += 1
            if not any(result.outcome is not Outcome.UNVERIFIABLE for result in before.results_of(ref)):
                table = document.table(ref.table)
                uncovered[table.form.value, context.structure(table).column_label(ref.column)] += 1
            elif number % 17 == seed % 17:
                text = document.cell(ref).text
                place = chance.choice([at for at, character in enumerate(text) if character.isdigit()])
                digit = chance.choice([one for one in "0123456789" if one != text[place]])
                edit = SetCell(ref, text, text[:place] + digit + text[place + 1 :])
                after = before.after(apply_edit(document, edit), (edit,))
                tried += 1
                seen += any(term.ref == ref for result in after.failures for term in result.check.terms)
    print(f"{report}: {seen} of {tried} seen, {counted - uncovered.total()} of {counted} covered; not: {uncovered}")
    assert tried > 300
    assert seen >= LEAST_SEEN * tried
    assert uncovered.total() <= (1 - LEAST_COVERED) * counted
