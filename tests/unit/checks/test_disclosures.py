"""Made-up budgets and final accounts in the layouts of many regions: what adds up raises no finding,
and a digit changed in any amount does.

`python -m pytest tests/unit/checks/test_disclosures.py -s` prints what no check covers, by form and column.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest

from tests.disclosures.documents import random_document
from tests.drawn_tables import amounts
from workbench.checks import Reconciliation, describe
from workbench.checks.context import Context
from workbench.model.amount import FigureKind
from workbench.model.check import Outcome
from workbench.model.edit import SetCell, apply_edit
from workbench.model.table import CellRef, Document

SEEDS = range(16)


@pytest.mark.parametrize("report", ["budget", "final_account"])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_right_document_has_no_finding(report: str, seed: int) -> None:
    document = random_document(seed, report).with_text()
    found = Reconciliation.of(document)
    assert [describe(result, document).en for result in found.failures] == []
    assert found.outcomes[Outcome.CRASHED] == 0


class Tally:
    """Cells that no check covers, by form and column or by what a figure of the text is about;
    changes tried and seen."""

    def __init__(self) -> None:
        self.uncovered: Counter[tuple[str, str]] = Counter()
        self.counted = self.tried = self.seen = 0

    def try_cell(
        self, before: Reconciliation, ref: CellRef, about: tuple[str, str], chance: random.Random, *, change: bool
    ) -> None:
        """Counts a cell, and changes one of its digits to see whether a finding names it."""
        self.counted += 1
        if not any(result.outcome is not Outcome.UNVERIFIABLE for result in before.results_of(ref)):
            self.uncovered[about] += 1
        elif change:
            document = before.document
            text = document.cell(ref).text
            place = chance.choice([at for at, character in enumerate(text) if character.isdigit()])
            digit = chance.choice([one for one in "0123456789" if one != text[place]])
            edit = SetCell(ref, text, text[:place] + digit + text[place + 1 :])
            after = before.after(apply_edit(document, edit), (edit,))
            self.tried += 1
            self.seen += any(term.ref == ref for result in after.failures for term in result.check.terms)

    def check(self, *, seen: float, covered: float) -> None:
        """Prints the rates and holds them against the least that is good enough."""
        print(f"{self.seen} of {self.tried} seen, {self.counted - self.uncovered.total()} of {self.counted} covered")
        print(f"not covered: {self.uncovered}")
        assert self.tried > 300
        assert self.seen >= seen * self.tried
        assert self.counted - self.uncovered.total() >= covered * self.counted


def stated(document: Document) -> list[CellRef]:
    """The figures of the text that print a number."""
    return [CellRef(one.id, 0, 0) for one in document.stated if one.cell.figure.kind is FigureKind.NUMBER]


@pytest.mark.parametrize("report", ["budget", "final_account"])
def test_a_digit_changed_is_a_finding_on_its_cell(report: str) -> None:
    """One digit of every so-many-th amount. A change that rounding allows is none that can be seen."""
    tally = Tally()
    for seed in SEEDS:
        document = random_document(seed, report).document()
        before, context, chance = Reconciliation.of(document), Context(document), random.Random(seed)
        for number, ref in enumerate(amounts(document)):
            table = document.table(ref.table)
            about = (table.form.value, context.structure(table).column_label(ref.column))
            tally.try_cell(before, ref, about, chance, change=number % 29 == seed % 29)
    tally.check(seen=0.97, covered=0.995)


@pytest.mark.parametrize(
    ("report", "every", "seen", "covered"), [("budget", 3, 0.85, 0.99), ("final_account", 6, 0.9, 0.94)]
)
def test_a_digit_changed_in_the_text_is_a_finding_on_it(report: str, every: int, seen: float, covered: float) -> None:
    """Shares and changes are rounded: a digit at the end of a change of many places moves no share. What the text
    counts beside its amounts (journeys, receptions) stands in no statement."""
    tally = Tally()
    for seed in SEEDS:
        document = random_document(seed, report).with_text()
        before, chance = Reconciliation.of(document), random.Random(seed)
        about = {CellRef(one.id, 0, 0): (one.kind.value, one.label) for one in document.stated}
        for number, ref in enumerate(stated(document)):
            tally.try_cell(before, ref, about[ref], chance, change=number % every == seed % every)
    tally.check(seen=seen, covered=covered)
