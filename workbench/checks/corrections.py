"""Tables of which nothing but figures was corrected: what was built of one stands, as long as it asked none of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from workbench.checks.decisions import Question
from workbench.checks.exchanged import is_put_in
from workbench.checks.figures import Figures
from workbench.checks.parts import Part
from workbench.checks.structure.columns import ColumnKind
from workbench.checks.structure.table import read_structure
from workbench.model.amount import FigureKind
from workbench.model.check import Check, Relation
from workbench.model.table import CellRef, Document, Table

OF_FIGURES = frozenset({ColumnKind.AMOUNT, ColumnKind.QUANTITY, ColumnKind.PRICE, ColumnKind.PERCENT})
_OTHER_FIELDS = tuple(field.name for field in fields(Table) if field.name != "rows")


@dataclass(frozen=True, slots=True)
class Corrections:
    """What corrections have made of a document: the tables before them by the identities of those that they led to, the
    cells that show other figures, and the questions that are answered otherwise."""

    before: Mapping[int, Table]
    cells: frozenset[CellRef]
    questions: frozenset[Question]

    @classmethod
    def between(
        cls, before: Document, after: Document, decisions: Mapping[Question, bool | None], figures: Figures
    ) -> Corrections:
        """Those that lead from one document to the other, in tables that are else the same. `decisions` are what was
        asked of the figures of the one, `figures` those of the other."""
        known = {table.id: table for table in before.tables}
        corrected: dict[int, Table] = {}
        cells: set[CellRef] = set()
        others: set[str] = set(known) - {table.id for table in after.tables}
        for table in after.tables:
            old = known.get(table.id)
            if old is table:
                continue
            changed = _corrected(old, table) if old is not None else None
            if old is None or changed is None:
                others.add(table.id)
            else:
                corrected[id(table)] = old
                cells |= changed
        moved = {
            question
            for question, answer in decisions.items()
            if corrected and _is_answered_otherwise(question, answer, cells, others, figures)
        }
        return cls(corrected, frozenset(cells), frozenset(moved))

    def leave(self, part: Part, sources: tuple[object, ...]) -> bool:
        """Whether checks that were made of other states of these tables are what would be made of them now."""
        if len(part.sources) != len(sources):
            return False
        for one, other in zip(part.sources, sources, strict=True):
            if one is not other and self.before.get(id(other)) is not one:
                return False
        if not part.guards.isdisjoint(self.cells) or not self.questions.isdisjoint(part.decisions):
            return False
        checks = part.value if isinstance(part.value, tuple) else ()
        facts = (check for check in checks if isinstance(check, Check) and check.relation is Relation.FACT)
        return not any(term.ref in self.cells for check in facts for term in check.terms)


def _corrected(before: Table, after: Table) -> frozenset[CellRef] | None:
    """The cells of a table that show other figures; None where anything else of it is not the same."""
    if any(getattr(before, name) is not getattr(after, name) for name in _OTHER_FIELDS):
        return None
    if len(before.rows) != len(after.rows):
        return None
    columns = read_structure(before).columns
    found: set[CellRef] = set()
    for row, (old, new) in enumerate(zip(before.rows, after.rows, strict=True)):
        if old is new:
            continue
        if len(old) != len(new) or is_put_in(old) or is_put_in(new):
            return None
        for column, (was, now) in enumerate(zip(old, new, strict=True)):
            if was is now or was == now:
                continue
            words = FigureKind.TEXT in (was.figure.kind, now.figure.kind)
            if was.printed != now.printed or words or columns[column].kind not in OF_FIGURES:
                return None
            found.add(CellRef(before.id, row, column))
    # What a column holds may be told by what it prints.
    return frozenset(found) if read_structure(after).columns == columns else None


def _is_answered_otherwise(
    question: Question, answer: bool | None, cells: set[CellRef], others: set[str], figures: Figures
) -> bool:
    refs = question.cells()
    if any(ref.table in others for ref in refs):
        return True
    return not cells.isdisjoint(refs) and question.answer(figures) != answer
