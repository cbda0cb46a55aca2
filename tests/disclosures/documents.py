"""A made-up document: the statements of a department in the habits of a region, as tables JSON and as a `Document`."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from tests.disclosures import budgets, final_accounts
from tests.disclosures.money import Department, random_department
from tests.disclosures.printing import Habit, random_habit
from tests.generator.content import Sheet
from workbench.model.table import Document
from workbench.tables.interchange import document_from_json


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
        """It as the rules see it."""
        return document_from_json(self.json(), "made up")


def random_document(seed: int, report: str = "") -> MadeUp:
    """The made-up document of this seed."""
    chance = random.Random(seed)
    report = report or chance.choice(["budget", "final_account"])
    units = chance.choice([1, 1, 1, 2, 4])
    habit = random_habit(chance, units)
    made = random_department(chance, budget=report == "budget", exact=chance.random() < 0.5, units=units)
    made.units = ["青禾县民政局本级", "青禾县救助管理站", "青禾县社会福利院", "青禾县殡葬管理所"][:units]
    builder = budgets if report == "budget" else final_accounts
    return MadeUp(made, habit, report, builder.statements(made, habit))
