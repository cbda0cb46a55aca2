"""One digit changed, and a finding names the cell: every amount of every sample and of made-up documents in turn.

`python -m pytest tests/unit/checks/test_mutation.py -s` prints the rates and, by form, how many amounts no rule covers.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.conftest import ROOT
from tests.drawn_tables import amounts
from tests.generator.content import random_disclosure
from workbench.checks import Reconciliation
from workbench.model.check import Outcome
from workbench.model.edit import SetCell, apply_edit
from workbench.model.table import Document
from workbench.sources import read_source
from workbench.tables import parse
from workbench.tables.interchange.from_json import document_from_json

SAMPLES = ROOT / "sample_docs"
LEAST_SEEN = 0.97
LEAST_COVERED = 0.9


@dataclass
class Tally:
    """Changes tried and seen in covered cells; amounts that no rule covers, and all of them, by form."""

    tried: int = 0
    seen: int = 0
    uncovered: Counter[str] = field(default_factory=Counter)
    amounts: Counter[str] = field(default_factory=Counter)

    def report(self) -> str:
        shares = (f"{form} {self.uncovered[form]} of {count}" for form, count in sorted(self.amounts.items()))
        return f"{self.seen} of {self.tried} changes seen; not covered: {', '.join(shares)}"


def mutate(document: Document, tally: Tally, rng: random.Random, *, every: int = 1) -> None:
    """Changes one digit of every so-many-th amount, each change for itself."""
    before = Reconciliation.of(document)
    failing = {result.check.id for result in before.failures}
    for number, ref in enumerate(amounts(document)):
        form = document.table(ref.table).form.value
        tally.amounts[form] += 1
        if not any(result.outcome is not Outcome.UNVERIFIABLE for result in before.results_of(ref)):
            tally.uncovered[form] += 1
            continue
        if number % every:
            continue
        text = document.cell(ref).text
        place = rng.choice([place for place, character in enumerate(text) if character.isdigit()])
        digit = rng.choice([digit for digit in "0123456789" if digit != text[place]])
        edit = SetCell(ref, text, text[:place] + digit + text[place + 1 :])
        after = before.after(apply_edit(document, edit), (edit,))
        new = [result for result in after.failures if result.check.id not in failing]
        tally.tried += 1
        tally.seen += any(term.ref == ref for result in new for term in result.check.terms)


def check(tally: Tally) -> None:
    print(tally.report())
    assert tally.tried > 50
    assert tally.seen >= LEAST_SEEN * tally.tried
    statements = {form for form in tally.amounts if not form.startswith(("performance", "overall", "other", "organ"))}
    covered = 1 - sum(tally.uncovered[form] for form in statements) / sum(tally.amounts[form] for form in statements)
    assert covered >= LEAST_COVERED


def test_a_digit_changed_in_a_made_up_document_is_seen() -> None:
    tally = Tally()
    for seed in range(12):
        mutate(document_from_json(random_disclosure(seed).gold(), "made up"), tally, random.Random(seed), every=3)
    check(tally)


@pytest.mark.parametrize("pattern", ["*.txt", "*.pdf", "*.docx", "*.xlsx"])
def test_a_digit_changed_in_a_sample_is_seen(pattern: str) -> None:
    paths = sorted(SAMPLES.glob(pattern))
    if not paths:
        pytest.skip("no samples of this kind")
    tally = Tally()
    for path in paths:
        mutate(parse(read_source(path)), tally, random.Random(path.name), every=2)
    check(tally)
