"""Made-up department budgets of ten tables in which everything adds up, with the equations that must hold.

The equations are those of the generator and not of `workbench.checks`, so that localisation is measured on its own and
at chosen densities; `Reconciliation.of` on the same documents measures both together.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.injector.budget import Equation, Maker
from workbench.checks import Reconciliation
from workbench.checks.evaluate import evaluate_one
from workbench.checks.figures import Figures
from workbench.checks.reconciliation import _Index
from workbench.model.check import Check, Family, Relation, Role, Term
from workbench.model.edit import Edit, EditError
from workbench.model.message import Message
from workbench.model.source import SourceDocument
from workbench.model.table import CellRef, Document, ReportKind, StatedFigure, Table

DENSITIES = {"dense": (1.0, 1.0), "sparse": (0.5, 0.67), "thin": (0.15, 0.4)}
"""The share of cross-table equations by code, and of the others, that are kept."""


@dataclass(frozen=True)
class Sample:
    """A consistent document and the equations that hold in it."""

    document: Document
    equations: tuple[Equation, ...]

    def at(self, density: str, rng: random.Random) -> Sample:
        """The same document with only some of its equations known."""
        by_code, others = DENSITIES[density]
        kept = [
            equation
            for equation in self.equations
            if rng.random() < (by_code if equation.family is Family.CROSS_TABLE else others)
        ]
        return replace(self, equations=tuple(kept))

    def reconciliation(self, document: Document | None = None) -> Planned:
        """The known equations met with a document of this shape."""
        return Planned.on(document or self.document, checks_of(self.equations))


class Planned(Reconciliation):
    """A reconciliation with a fixed list of checks, which no edit rebuilds."""

    @classmethod
    def on(cls, document: Document, checks: tuple[Check, ...], index: _Index | None = None) -> Planned:
        figures = Figures(document)
        results = tuple(evaluate_one(check, figures) for check in checks)
        return cls(document, checks, results, figures=figures, index=index or _Index(checks))

    def after(self, document: Document, edits: Sequence[Edit]) -> Planned:
        refs = _differing(self.document, document)
        figures, columns = self.figures.after(document, refs)
        touched = {position for ref in refs for position in self.index.by_cell.get(ref, ())}
        touched |= {position for column in columns for position in self.index.by_column.get(column, ())}
        results = list(self.results)
        for position in touched:
            results[position] = evaluate_one(self.checks[position], figures)
        return Planned(document, self.checks, tuple(results), figures=figures, index=self.index)


def _differing(one: Document, other: Document) -> list[CellRef]:
    """The cells whose texts differ between two documents of one shape."""
    for old, new in zip(one.tables, other.tables, strict=True):
        if (len(old.rows), old.width) != (len(new.rows), new.width):
            raise EditError(f"the equations are about the rows that {new.id} had")
    found = [
        CellRef(new.id, row, column)
        for old, new in zip(one.tables, other.tables, strict=True)
        if old is not new
        for row in range(len(new.rows))
        if old.rows[row] is not new.rows[row]
        for column in range(new.width)
        if old.rows[row][column].text != new.rows[row][column].text
    ]
    pairs = zip(one.stated, other.stated, strict=True)
    return found + [CellRef(new.id, 0, 0) for old, new in pairs if old.value != new.value]


def checks_of(equations: Sequence[Equation]) -> tuple[Check, ...]:
    """The equations as checks."""
    checks = []
    for number, equation in enumerate(equations):
        sum_of = len(equation.terms) > 2
        roles: tuple[Role, Role] = ("total", "part") if sum_of else ("left", "right")
        terms = tuple(
            Term(ref, Decimal(coefficient), roles[position > 0])
            for position, (ref, coefficient) in enumerate(equation.terms)
        )
        title = Message(f"equation {number}", f"等式{number}")
        checks.append(Check(f"{equation.family.value}:{number:05d}", equation.family, Relation.EQUAL, terms, title))
    return tuple(checks)


def sample(seed: int, *, size: int = 1) -> Sample:
    """A document; `size` units of ten tables each."""
    rng = random.Random(seed)
    tables: list[Table] = []
    stated: list[StatedFigure] = []
    equations: list[Equation] = []
    for unit in range(size):
        maker = Maker(rng, unit * 10, len(stated))
        maker.make()
        tables += [maker.printed(sheet) for sheet in maker.sheets]
        stated += maker.stated
        equations += maker.equations
    source = SourceDocument("made-up.txt", "0" * 64, "text/plain", "none/1", ())
    document = Document(
        source, "青禾县农业农村局", 2024, ReportKind.BUDGET, "万元", tuple(tables), tuple(stated), title="部门预算"
    )
    return Sample(document, tuple(equations))
