"""What the rule families know of a document: its figures, the structure of its tables, and how checks are put together.

Everything is worked out when first asked for and kept; what follows from some tables alone is taken over from the build
before, where these have not changed (`once`). Structure comes from labels, codes and column paths; where a family looks
at a figure to decide *whether* a check follows, it uses `amount`, which remembers the cell, so that an edit of that
cell builds the checks anew; where it asks a question that can be asked again, `decide`, so that only an edit that
changes the answer does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property, partial
from typing import TypeVar, cast

from workbench.checks.corrections import Corrections
from workbench.checks.decisions import Question
from workbench.checks.exchanged import as_printed
from workbench.checks.figures import Figures
from workbench.checks.identity import identify
from workbench.checks.parts import Part, Parts
from workbench.checks.structure.table import TableStructure, read_structure
from workbench.fiscal.units import unit_factor
from workbench.model.check import Check, CheckDraft, Family, Outcome, Relation, Role, Severity, Term
from workbench.model.message import Message
from workbench.model.source import Anchor
from workbench.model.table import CellRef, Disclosure, Document, Form, StatedFigure, Table

Made = TypeVar("Made")


class Context:
    """A document as the rule families see it. `parts` are those of a build before, `figures` the document's own."""

    def __init__(
        self,
        document: Document,
        parts: Parts | None = None,
        figures: Figures | None = None,
        corrections: Corrections | None = None,
    ) -> None:
        self.document = document
        self._corrections = corrections
        self.figures = figures or Figures(document)
        self.parts = (parts or Parts()).of(document)
        self.guards: set[CellRef] = set()
        self.decisions: dict[Question, bool | None] = {}
        self._shared: dict[str, object] = {}
        self._structures: dict[str, TableStructure] = {}
        self._labels: dict[CellRef, str] = {}

    @cached_property
    def tables(self) -> dict[str, Table]:
        """The tables by id."""
        return {table.id: table for table in self.document.tables}

    @cached_property
    def printed(self) -> Figures:
        """The figures as the source prints them: by these it is decided which checks follow, so that no correction of a
        figure adds one or takes one away. Those of rows that a reviewer put in count as printed; their edits build the
        checks anew."""
        printed = as_printed(self.document)
        return self.figures if printed is self.document else self.figures.carried_to(printed)

    @cached_property
    def stated(self) -> dict[str, StatedFigure]:
        """The stated figures by id."""
        return {stated.id: stated for stated in self.document.stated}

    @cached_property
    def by_form(self) -> dict[Form, tuple[Table, ...]]:
        """The tables of each form, in document order."""
        return {
            form: tuple(table for table in self.document.tables if table.form is form)
            for form in {table.form for table in self.document.tables}
        }

    def of_form(self, *forms: Form) -> tuple[Table, ...]:
        """The tables of these forms, in the order of the forms and then of the document."""
        return tuple(table for form in forms for table in self.by_form.get(form, ()))

    def once(
        self,
        key: Hashable,
        sources: tuple[object, ...],
        work: Callable[[], Made],
        *,
        stable: bool = False,
        asking: bool = False,
    ) -> Made:
        """What `work` makes, which must follow from `sources` alone (tables of the document, its stated figures, stable
        values) and hold on to nothing of this context; taken over where it was made of the very same things before.

        A `stable` value that comes out as before is the very value before, so that it may be a source in turn. What
        hears of figures that may be corrected by `asking` alone, and else looks at what is printed, is taken over too
        where others were corrected than it asked for.
        """
        part = self.parts.find(key, sources)
        if part is None and self._corrections is not None and asking:
            part = self.parts.of_others(key, sources, self._corrections.leave)
        if part is None:
            guards, self.guards = self.guards, set()
            decisions, self.decisions = self.decisions, {}
            try:
                made = work()
                before = self.parts.last(key) if stable else None
                value = before if before == made else made
                part = Part(sources, value, frozenset(self.guards), self.decisions)
            finally:
                self.guards = guards | self.guards
                self.decisions = decisions | self.decisions
            self.parts.keep(key, part)
        else:
            self.guards |= part.guards
            self.decisions |= part.decisions
        return cast("Made", part.value)

    def shared(self, name: str, make: Callable[[], Made]) -> Made:
        """What families work out of this document and share, by a name of their own;
        made when it is first asked for."""
        if name not in self._shared:
            self._shared[name] = make()
        return cast("Made", self._shared[name])

    def checks_once(
        self,
        key: Hashable,
        sources: tuple[object, ...],
        build: Callable[[], Iterable[Check]],
        *,
        asking: bool = False,
    ) -> tuple[Check, ...]:
        """As `once`, for checks."""
        return self.once(key, sources, lambda: tuple(build()), asking=asking)

    def by_table(
        self,
        name: str,
        tables: Iterable[Table],
        build: Callable[[Context, Table], Iterable[Check]],
        *,
        asking: bool = False,
    ) -> Iterator[Check]:
        """The checks that follow from each of these tables alone, table by table."""
        for table in tables:
            yield from self.checks_once((name, table.id), (table,), partial(build, self, table), asking=asking)

    def structure(self, table: Table) -> TableStructure:
        """The structure of one of the document's tables."""
        found = self._structures.get(table.id)
        if found is None:
            found = self.once(("structure", table.id), (table,), lambda: read_structure(table))
            self._structures[table.id] = found
        return found

    def amount(self, ref: CellRef) -> Decimal | None:
        """The figure of a cell, None where it prints none. Its edits build the checks anew from now on."""
        self.guards.add(ref)
        return self.figures.read(ref).value

    def decide(self, question: Question, known: bool | None = None) -> bool | None:
        """What the figures answer, where the answer decides which checks follow; `known` where that is known without a
        look at them. An edit that changes the answer builds the checks anew."""
        answer = question.answer(self.figures) if known is None else known
        self.decisions[question] = answer
        return answer

    def disclosure_of(self, table: Table) -> int:
        """The number of the disclosure of the file that a table stands in."""
        return self.document.disclosure_at(*table.start) if self.document.disclosures else 0

    def own(self, table: Table) -> Document | Disclosure:
        """What a table stands in, which tells its year and kind: the document, or the disclosure of the file."""
        return self.document.disclosures[self.disclosure_of(table)] if self.document.disclosures else self.document

    def unit_of(self, table: Table) -> str:
        """The unit of money of a table, else of the document."""
        return table.unit or self.document.unit

    def in_unit_of(self, table: Table, other: str) -> Decimal | None:
        """By what an amount of `table` is multiplied to be in the unit `other`; None where a unit is unknown."""
        return ratio_of_units(self.unit_of(table), other)

    def label(self, ref: CellRef) -> str:
        """How a cell is called, short: row label and column label; the label of a stated figure."""
        found = self._labels.get(ref)
        if found is None:
            found = self._labels[ref] = self._label(ref)
        return found

    def _label(self, ref: CellRef) -> str:
        table = self.tables.get(ref.table)
        if table is None:
            return self.stated[ref.table].label if ref.table in self.stated else ref.table
        structure = self.structure(table)
        row, column = structure.row_label(ref), structure.column_label(ref.column)
        return f"{row} · {column}" if row and column else row or column

    def check(
        self,
        family: Family,
        relation: Relation,
        terms: Sequence[Term],
        title: Message,
        *,
        key: Iterable[str] = (),
        severity: Severity = Severity.ERROR,
        blank_as_zero: bool = True,
        tolerance: Decimal = Decimal(0),
        weak: bool = False,
        rule: str = "",
        fact: Outcome | None = None,
        note: Message | None = None,
        constant: Decimal = Decimal(0),
        anchors: Sequence[Anchor] = (),
    ) -> Check:
        """A check with its name: family, forms, titles and labels of its terms (addends and factors left out), `key`.

        `key` tells checks apart that the labels do not (the text of a FACT without cells).
        """
        parts = [rule, relation.value, *key]
        for term in terms:
            if term.role in ("part", "factor"):
                continue
            table = self.tables.get(term.ref.table)
            if table is not None:
                parts += (table.form.value, table.title)
            parts += (term.role, self.label(term.ref))
        check = CheckDraft(
            identify(family, parts),
            family,
            relation,
            tuple(terms),
            title,
            severity,
            blank_as_zero,
            tolerance,
            weak,
            rule,
            fact,
            note,
            constant,
            tuple(anchors),
        )
        check.__class__ = Check
        return check

    def fact(
        self,
        family: Family,
        cells: Iterable[CellRef | Term],
        title: Message,
        *,
        outcome: Outcome = Outcome.FAIL,
        role: Role = "label",
        key: Iterable[str] = (),
        severity: Severity = Severity.WARNING,
        weak: bool = False,
        note: Message | None = None,
        anchors: Sequence[Anchor] = (),
    ) -> Check:
        """A check that is decided as it is built: something about these cells, or about what stands at `anchors` in no
        cell, that is no arithmetic. Cells stand in `role` where they are not terms already."""
        terms = [cell if isinstance(cell, Term) else Term(cell, Decimal(1), role) for cell in cells]
        return self.check(
            family,
            Relation.FACT,
            terms,
            title,
            key=key,
            severity=severity,
            weak=weak,
            fact=outcome,
            note=note,
            anchors=anchors,
        )


def ratio_of_units(unit: str, other: str) -> Decimal | None:
    """By what an amount in `unit` is multiplied to be in `other`; None where one of them is no unit of money."""
    if unit == other and unit:
        return Decimal(1)
    first, second = unit_factor(unit), unit_factor(other)
    return None if first is None or second is None else first / second
