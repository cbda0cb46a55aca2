"""The statements of one body: a document about a department and its units may hold several sets,
one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from workbench.checks.context import Context
from workbench.checks.families.statements.statement import Statement
from workbench.fiscal.forms import BY_FUNCTION
from workbench.model.check import Check
from workbench.model.table import Form, Table


@dataclass
class StatementSet:
    """The statements of one body, by form; `number` is its place among the sets of the document, `disclosure` that of
    the disclosure that they stand in."""

    context: Context
    number: int = 0
    disclosure: int = 0
    tables: dict[Form, list[Statement]] = field(default_factory=dict)

    def first(self, form: Form) -> Statement | None:
        """The first statement of a form that prints amounts at all; of several by function the first that has codes: a
        table of some of the income or expenditure may be called like that of all."""
        found = self.tables.get(form, ())
        coded = (one for one in found if one.coded) if len(found) > 1 and form in BY_FUNCTION else iter(())
        return next(coded, None) or next(iter(found), None)

    def all(self, *forms: Form) -> Iterator[Statement]:
        """All statements of these forms."""
        for form in forms:
            yield from self.tables.get(form, ())

    def checks(
        self,
        name: str,
        forms: Iterable[Form],
        build: Callable[[Context, StatementSet], Iterable[Check]],
        *more: Table,
        asking: bool = False,
    ) -> tuple[Check, ...]:
        """The checks that follow from its statements of these forms alone (and from `more`)."""
        sources = (*(statement.table for statement in self.all(*forms)), *more)
        return self.context.checks_once((name, self.number), sources, lambda: build(self.context, self), asking=asking)


def statement_sets(context: Context) -> tuple[StatementSet, ...]:
    """The sets of statements of a document: a new one begins with each disclosure of the file, and with each 收支总表
    after the first. Kept by the context."""
    return context.shared("statement sets", lambda: _statement_sets(context))


def _statement_sets(context: Context) -> tuple[StatementSet, ...]:
    sets = [StatementSet(context)]
    for table in context.document.tables:
        current = sets[-1].tables
        disclosure = context.disclosure_of(table)
        again = table.form is Form.INCOME_EXPENDITURE_SUMMARY and current.get(table.form)
        if again or disclosure != sets[-1].disclosure:
            sets.append(StatementSet(context, len(sets), disclosure))
            current = sets[-1].tables
        structure = context.structure(table)
        if structure.panels:
            current.setdefault(table.form, []).append(Statement(context, structure))
    return tuple(sets)
