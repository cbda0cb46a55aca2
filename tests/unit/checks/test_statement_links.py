"""What the statements of one body must print alike is checked: figure by figure of tests/cases/checks/links.toml, over
made-up documents in the habits of many regions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest

from tests.conftest import CASES
from tests.disclosures.documents import MadeUp, random_document
from workbench.checks import Reconciliation
from workbench.checks.context import Context
from workbench.checks.structure.label_words import numbering
from workbench.model.amount import FigureKind
from workbench.model.check import CheckResult
from workbench.model.table import CellRef, Document, Form
from workbench.tables.interchange.from_json import document_from_json

SEEDS = range(24)
MOST = 3
"""So many figures of a case are changed."""
FUNDS = {"一": "general_budget_expenditure", "政": "government_fund", "国": "state_capital"}
"""The statement of each fund, by the first character of its name."""
FEWEST_DIGITS = 4
"""Links that do not follow strictly are made where figures are the same but for a slip, and of shorter ones a slip is
told by its place alone."""


@dataclass(frozen=True)
class Link:
    """Two places of a document that print the same figure; patterns of rows and columns."""

    left: tuple[str, str, str]
    right: tuple[str, str, str]
    nth: int


def links(case: dict[str, Any]) -> Iterator[Link]:
    """The links of a case: one for each of the names in `each`."""
    for name in case.get("each", [""]):
        form = FUNDS.get(name[:1], "")

        def place(texts: list[str], name: str = name, form: str = form) -> tuple[str, str, str]:
            first, row, column = (text.replace("EACH", name).replace("FUND", form) for text in texts)
            return first, row, column

        yield Link(place(case["left"]), place(case["right"]), case.get("nth", -1))


def cells(context: Context, place: tuple[str, str, str]) -> dict[str, list[CellRef]]:
    """The cells at a place of the first table of its form, by the code or name of their row."""
    form, row, column = place
    found: dict[str, list[CellRef]] = {}
    for table in context.of_form(Form(form))[:1]:
        structure = context.structure(table)
        for panel, labels in zip(structure.panels, structure.rows, strict=True):
            for label in labels:
                name = label.code or numbering(label.key)[2]
                if row == "=" or re.fullmatch(row, name):
                    found.setdefault(name, []).extend(
                        CellRef(table.id, label.row, amounts.index)
                        for amounts in panel.amounts
                        if re.fullmatch(column, "/".join(amounts.path))
                    )
    return found


def pairs(document: Document, link: Link) -> Iterator[tuple[CellRef, CellRef]]:
    """The cells of both places that print the same figure."""
    context = Context(document)
    left, right = cells(context, link.left), cells(context, link.right)
    first = list(left.items())[: None if link.right[1] == "=" else 1]
    for name, ours in first:
        theirs = right.get(name, []) if link.right[1] == "=" else [cell for found in right.values() for cell in found]
        ours = ours[link.nth : link.nth + 1] if link.nth >= 0 else ours[-1:]
        if ours and theirs:
            figures = [document.cell(cell).figure for cell in (ours[0], theirs[0])]
            if figures[0].kind is FigureKind.NUMBER and figures[0].value and figures[0].value == figures[1].value:
                yield ours[0], theirs[0]


def with_another_digit(made: MadeUp, cell: CellRef) -> Document:
    """The document with another first digit printed in a cell."""
    data = deepcopy(made.json())
    number = next(number for number, table in enumerate(made.document().tables) if table.id == cell.table)
    row = data["tables"][number]["rows"][cell.row]
    place = re.search("[1-9]", row[cell.column])
    assert place
    digit = "2" if place[0] == "1" else str(int(place[0]) - 1)
    row[cell.column] = row[cell.column][: place.start()] + digit + row[cell.column][place.end() :]
    return document_from_json(data, "made up")


def between(results: Iterable[CheckResult], *cells: CellRef) -> bool:
    """Whether one of these checks has all of the cells."""
    return any({*cells} <= {term.ref for term in result.check.terms} for result in results)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case['report']}: {case['name']}")
        for case in tomllib.loads((CASES / "checks" / "links.toml").read_text(encoding="utf-8"))["link"]
    ],
)
def test_a_wrong_digit_in_one_of_two_statements_is_noticed_between_them(case: dict[str, Any]) -> None:
    tried, missed = 0, []
    for seed in SEEDS:
        if tried >= MOST:
            break
        made = random_document(seed, case["report"])
        document = made.document()
        for link in links(case):
            for ours, theirs in pairs(document, link):
                long_enough = len(re.sub(r"\D", "", document.cell(ours).text).strip("0")) >= FEWEST_DIGITS
                if long_enough and tried < MOST:
                    tried += 1
                    found = Reconciliation.of(with_another_digit(made, ours))
                    if not between(found.failures, ours, theirs):
                        missed.append((seed, ours, theirs))
    assert tried
    assert missed == []
