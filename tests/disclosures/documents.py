"""A made-up document: the statements of a department in the habits of a region, as tables JSON and as a `Document`."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

from tests.disclosures import budgets, final_accounts, words
from tests.disclosures.money import Department, random_department
from tests.disclosures.printing import Habit, random_habit
from tests.generator.content import Sheet
from workbench.model.source import Page
from workbench.model.table import Document
from workbench.tables.interchange.from_json import document_from_json
from workbench.tables.narrative.stated import stated_figures


@dataclass(frozen=True)
class MadeUp:
    """A document with what it was made from."""

    department: Department
    habit: Habit
    report: str
    sheets: list[Sheet]

    def json(self) -> dict[str, Any]:
        """It as an entry of a tables file."""
        tables = [
            {"form": s.form, "title": s.title, "unit": s.unit, "header": s.header, "rows": s.rows} for s in self.sheets
        ]
        return {"tables": tables, "unit": self.habit.unit, "report": self.report, "fiscal_year": self.habit.year}

    def document(self) -> Document:
        """Its statements as the rules see them."""
        return document_from_json(self.json(), "made up")

    def text(self) -> str:
        """Its running text."""
        told = words.budget if self.report == "budget" else words.final_account
        return "\n".join(told(self.department, self.habit))

    def with_text(self, text: str = "") -> Document:
        """Its statements and its running text (or another one) as the rules see them."""
        made = self.document()
        first = made.source.pages[0]
        pages = (first, Page(2, text or self.text()))
        stated = stated_figures(pages, {1: [(0, len(first.text))]}, made.tables)
        return replace(made, source=replace(made.source, pages=pages), stated=stated)


def random_document(seed: int, report: str = "") -> MadeUp:
    """The made-up document of this seed."""
    chance = random.Random(seed)
    report = report or chance.choice(["budget", "final_account"])
    units = chance.choice([1, 1, 1, 2, 4])
    habit = random_habit(chance, units)
    made = random_department(chance, budget=report == "budget", exact=chance.random() < 0.5, units=units)
    made.units = ["青禾县民政局本级", "青禾县救助管理站", "青禾县社会福利院", "青禾县殡葬管理所"][:units]
    builder = budgets if report == "budget" else final_accounts
    sheets = builder.statements(made, habit)
    if units > 1 and chance.random() < 0.5:
        # The department's own statements, and then those of each of its units.
        for unit in range(units):
            sheets += builder.statements(made.alone(unit, chance), replace(habit, unit_rows=""))
    return MadeUp(made, habit, report, sheets)
