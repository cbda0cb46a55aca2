"""Properties of the checks over made-up documents: silence, and that manner of printing makes no difference."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.generator.content import random_disclosure
from workbench.checks import Reconciliation
from workbench.checks.support import one_slip_apart
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Outcome
from workbench.model.edit import SetCell, apply_edits
from workbench.model.table import CellRef, Document
from workbench.tables.interchange import document_from_json

SEEDS = st.integers(min_value=0, max_value=100_000)


def made(seed: int) -> Document:
    return document_from_json(random_disclosure(seed).gold(), "made up")


def outcomes(document: Document) -> dict[str, Outcome]:
    return {result.check.id: result.outcome for result in Reconciliation.of(document).results}


def rewritten(document: Document, change: Any) -> Document:
    """The document with the text of every figure put through `change`."""
    data = {
        "unit": document.unit,
        "fiscal_year": document.fiscal_year,
        "report": document.report.value,
        "tables": [
            {
                "title": table.title,
                "form": table.form.value,
                "unit": table.unit,
                "header": [[cell.text for cell in row] for row in table.header],
                "rows": [[change(cell.text) for cell in row] for row in table.rows],
            }
            for table in document.tables
        ],
    }
    return document_from_json(data, "rewritten")


@settings(max_examples=15, deadline=None)
@given(SEEDS)
def test_a_document_without_a_mistake_gives_no_finding(seed: int) -> None:
    found = Reconciliation.of(made(seed))
    assert found.failures == ()
    assert found.outcomes[Outcome.WITHIN_ROUNDING] == 0
    assert found.outcomes[Outcome.PASS] > 20


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.sampled_from(["separators", "plain", "zeros as dashes", "full width"]))
def test_how_figures_print_makes_no_difference(seed: int, manner: str) -> None:
    document = made(seed)

    def change(text: str) -> str:
        figure = read_figure(text)
        if figure.value is None or ("." not in text and len(text) < 8):
            # A code, a number of a row, a word.
            return text
        if manner == "zeros as dashes":
            return text if figure.value else "——"
        if manner == "full width":
            return text.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789.,"})
        return f"{figure.value:,f}" if manner == "separators" else f"{figure.value:f}"

    assert outcomes(rewritten(document, change)) == outcomes(document)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.integers(min_value=1, max_value=4))
def test_edits_lead_where_a_fresh_start_leads(seed: int, count: int) -> None:
    document = made(seed)
    rng = random.Random(seed)
    figures = [
        ref
        for table in document.tables
        for ref in table.refs()
        if document.cell(ref).figure.kind is FigureKind.NUMBER and "." in document.cell(ref).text
    ]
    edits = tuple(edit(document, ref, rng) for ref in rng.sample(figures, min(count, len(figures))))
    edited = apply_edits(document, edits)
    kept = Reconciliation.of(document).after(edited, edits)
    assert {result.check.id: result.outcome for result in kept.results} == outcomes(edited)


def edit(document: Document, ref: CellRef, rng: random.Random) -> SetCell:
    text = document.cell(ref).text
    place = rng.choice([place for place, character in enumerate(text) if character.isdigit()])
    return SetCell(ref, text, text[:place] + rng.choice("0123456789") + text[place + 1 :])


@given(st.decimals(min_value=1, max_value=10**9, places=2), st.data())
def test_one_slip_is_told_from_the_figure_it_was_made_in(value: Any, data: Any) -> None:
    text = f"{value:.2f}".replace(".", "")
    place = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    digit = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    slipped = (text[:place] + digit + text[place + 1 :]).rjust(3, "0")
    other = type(value)(f"{slipped[:-2]}.{slipped[-2:]}")
    if other and slipped[0] != "0" and text[-1] != "0" and slipped[-1] != "0" and len(text) > 3:
        assert one_slip_apart(value, other)
    assert not one_slip_apart(value, -value)
