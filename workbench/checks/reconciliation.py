"""A document with all its checks and their results, kept up to date edit by edit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import is_

from workbench.checks.context import Context
from workbench.checks.corrections import OF_FIGURES, Corrections
from workbench.checks.decisions import Question
from workbench.checks.evaluate import applies, evaluate_one
from workbench.checks.exchanged import exchanges, is_put_in
from workbench.checks.figures import Figures
from workbench.checks.parts import Parts
from workbench.checks.registry import compile_document
from workbench.checks.structure.table import read_structure
from workbench.checks.user_rules import UserRule
from workbench.model.check import Check, CheckResult, Outcome, Relation
from workbench.model.edit import Edit, SetCell, touches_structure
from workbench.model.table import CellRef, Document, Table


@dataclass(frozen=True)
class Reconciliation:
    """The checks of `document` and what came of each, in one order. Never changed: an edit leads to a new one."""

    document: Document
    checks: tuple[Check, ...]
    results: tuple[CheckResult, ...]
    user_rules: tuple[UserRule, ...] = ()
    guards: frozenset[CellRef] = frozenset()
    decisions: Mapping[Question, bool | None] = field(default_factory=dict, repr=False)
    figures: Figures = field(repr=False, compare=False, kw_only=True)
    index: _Index = field(repr=False, compare=False, kw_only=True)
    parts: Parts = field(default_factory=Parts, repr=False, compare=False, kw_only=True)
    """What the next build takes over."""

    @classmethod
    def of(cls, document: Document, user_rules: Sequence[UserRule] = ()) -> Reconciliation:
        """Compiles and evaluates everything, with the index that edits and the search for causes look cells up in."""
        compiled = compile_document(document, user_rules)
        index = _Index(compiled.checks)
        _ = index.by_cell, index.by_id
        return cls(
            document,
            compiled.checks,
            tuple(evaluate_one(check, compiled.figures) for check in compiled.checks),
            tuple(user_rules),
            compiled.guards,
            compiled.decisions,
            figures=compiled.figures,
            index=index,
            parts=compiled.parts,
        )

    def after(self, document: Document, edits: Sequence[Edit]) -> Reconciliation:
        """The reconciliation of `document`, which is this one's document with `edits` applied.

        A figure put for a figure re-evaluates the checks that hold its cell (and those of its column, where the
        column's last printed place moved); any other edit builds the checks anew.
        """
        if self.rebuilds(lambda: document, edits):
            return self.rebuilt(document)
        return self.re_evaluated(document, [edit.ref for edit in edits if isinstance(edit, SetCell)])

    def rebuilds(self, document: Callable[[], Document], edits: Sequence[Edit], context: Context | None = None) -> bool:
        """Whether `edits` may change which checks there are: words, codes, shapes, figures that decided while building.
        `document` makes what they lead to, where that has to be looked at.

        Whoever asks often hands in one context of the document before, which reads a table once.
        """
        if any(self._changes_checks(edit, context) for edit in edits):
            return True
        return exchanges(self.document, document, edits) or self._decides_otherwise(document, edits)

    def _decides_otherwise(self, document: Callable[[], Document], edits: Sequence[Edit]) -> bool:
        """Whether a question that decided while building has another answer now."""
        refs = {edit.ref for edit in edits if isinstance(edit, SetCell)}
        asked = [question for question in self.decisions if not refs.isdisjoint(question.cells())]
        if not asked:
            return False
        figures, _ = self.figures.after(document(), tuple(refs))
        return any(question.answer(figures) != self.decisions[question] for question in asked)

    def context(self) -> Context:
        """A new context of the document, with what is known of its tables."""
        return Context(self.document, self.parts, self.figures)

    def rebuilt(self, document: Document) -> Reconciliation:
        """What `of` makes of `document`, with the same rules of users. Checks that follow from what is the same in both
        documents are taken over, and so is what came of them."""
        figures = self.figures.carried_to(document)
        corrections = Corrections.between(self.document, document, self.decisions, figures)
        compiled = compile_document(document, self.user_rules, self.parts, figures, corrections)
        changed = _changed(self.document, document)
        results = tuple(self._result_of(check, changed, compiled.figures) for check in compiled.checks)
        checks = tuple(result.check for result in results)
        same = len(checks) == len(self.checks) and all(map(is_, checks, self.checks))
        return Reconciliation(
            document,
            self.checks if same else checks,
            results,
            self.user_rules,
            compiled.guards,
            compiled.decisions,
            figures=compiled.figures,
            index=self.index if same else _Index(checks),
            parts=compiled.parts,
        )

    def _result_of(self, check: Check, changed: frozenset[str], figures: Figures) -> CheckResult:
        """What comes of a check: what came of it here where it is the same and none of its tables has changed."""
        position = self.index.by_id.get(check.id)
        known = None if position is None else self.results[position]
        if known is None or (known.check is not check and known.check != check):
            return evaluate_one(check, figures)
        if changed.isdisjoint([ref.table for ref, _, _ in check.terms]):
            return known
        return evaluate_one(known.check, figures)

    def re_evaluated(self, document: Document, refs: Sequence[CellRef]) -> Reconciliation:
        """The same checks met with the texts that `document` now has in these cells; the others are as they were."""
        figures, columns = self.figures.after(document, refs)
        touched = {position for ref in refs for position in self.index.by_cell.get(ref, ())}
        for column in columns:
            touched.update(self.index.by_column.get(column, ()))
        results = list(self.results)
        for position in touched:
            inside = [ref for ref in refs if position in self.index.by_cell.get(ref, ())]
            figures.count_on(self.checks[position], inside, None if columns else self.figures)
            results[position] = evaluate_one(self.checks[position], figures)
        new = Reconciliation(
            document,
            self.checks,
            tuple(results),
            self.user_rules,
            self.guards,
            self.decisions,
            figures=figures,
            index=self.index,
            parts=self.parts,
        )
        new._take_over(self, touched)
        return new

    def _take_over(self, before: Reconciliation, touched: set[int]) -> None:
        """Count on from the reconciliation before, which has the same checks: only these came out anew. Outcomes that
        nobody asked for are not counted."""
        failing = {self.index.by_id[result.check.id]: result for result in before.failures}
        for position in touched:
            failing.pop(position, None)
            if self.results[position].failed:
                failing[position] = self.results[position]
        self.__dict__["failures"] = tuple(failing[position] for position in sorted(failing))
        if "outcomes" in before.__dict__:
            outcomes = Counter(before.outcomes)
            for position in touched:
                old, new = before.results[position], self.results[position]
                outcomes[old.outcome] -= applies(old)
                outcomes[new.outcome] += applies(new)
            self.__dict__["outcomes"] = {outcome: outcomes[outcome] for outcome in Outcome}

    def _changes_checks(self, edit: Edit, context: Context | None) -> bool:
        if touches_structure(edit) or not isinstance(edit, SetCell):
            return True
        return edit.ref in self.guards or self._decided(edit.ref) or self._names_rows(edit.ref, context)

    def _decided(self, ref: CellRef) -> bool:
        """Whether a check of the cell was decided while building."""
        return any(self.checks[position].relation is Relation.FACT for position in self.index.by_cell.get(ref, ()))

    def _names_rows(self, ref: CellRef, context: Context | None) -> bool:
        """Whether a cell stands in no column of figures, and may say which row it is, or in a row that a reviewer put
        in."""
        table = next((table for table in self.document.tables if table.id == ref.table), None)
        if table is None:
            return False
        columns = (context.structure(table) if context is not None else read_structure(table)).columns
        named = ref.column < len(columns) and columns[ref.column].kind not in OF_FIGURES
        return named or (ref.row < len(table.rows) and is_put_in(table.rows[ref.row]))

    def prepare(self) -> None:
        """Work out what the first edit would have to wait for."""
        if not self.parts:
            self.parts.take(compile_document(self.document, self.user_rules, figures=self.figures).parts)
        _ = self.index.by_cell, self.index.by_column, self.index.by_id, self.failures, self.outcomes

    def results_of(self, ref: CellRef) -> tuple[CheckResult, ...]:
        """The results of every check in which the cell stands."""
        return tuple(self.results[position] for position in self.index.by_cell.get(ref, ()))

    def result(self, check_id: str) -> CheckResult | None:
        """The result of the check with this id, None where there is none."""
        position = self.index.by_id.get(check_id)
        return None if position is None else self.results[position]

    @cached_property
    def failures(self) -> tuple[CheckResult, ...]:
        """The results that a person must look at."""
        return tuple(result for result in self.results if result.failed)

    @cached_property
    def outcomes(self) -> dict[Outcome, int]:
        """How many checks came to each outcome; checks all of whose cells are blank are not counted."""
        counts = Counter(result.outcome for result in self.results if applies(result))
        return {outcome: counts[outcome] for outcome in Outcome}


def _changed(before: Document, after: Document) -> frozenset[str]:
    """The names of the tables that are not the same in both documents; of all stated figures where one is not,
    since they are rounded alike."""
    names = _differing(before.tables, after.tables)
    if before.stated is not after.stated:
        names |= {stated.id for stated in (*before.stated, *after.stated)}
    return frozenset(names)


def _differing(before: Sequence[Table], after: Sequence[Table]) -> set[str]:
    known = {id(table) for table in before}
    return {table.id for table in after if id(table) not in known} | {table.id for table in before} - {
        table.id for table in after
    }


class _Index:
    """Positions of checks by cell, by column, by table and by id; built when first asked for."""

    def __init__(self, checks: tuple[Check, ...]) -> None:
        self._checks = checks

    @cached_property
    def by_cell(self) -> Mapping[CellRef, Sequence[int]]:
        # There are as many cells as terms: each is looked up once.
        found: defaultdict[CellRef, list[int]] = defaultdict(list)
        for position, check in enumerate(self._checks):
            for ref, _, _ in check.terms:
                positions = found[ref]
                if not positions or positions[-1] != position:
                    positions.append(position)
        return dict(found)

    @cached_property
    def by_column(self) -> dict[tuple[str, int], tuple[int, ...]]:
        found: dict[tuple[str, int], set[int]] = {}
        for ref, positions in self.by_cell.items():
            found.setdefault((ref.table, ref.column), set()).update(positions)
        return {column: tuple(sorted(positions)) for column, positions in found.items()}

    @cached_property
    def by_table(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, set[int]] = {}
        for (table, _), positions in self.by_column.items():
            found.setdefault(table, set()).update(positions)
        return {table: tuple(sorted(positions)) for table, positions in found.items()}

    @cached_property
    def by_id(self) -> dict[str, int]:
        return {check.id: position for position, check in enumerate(self._checks)}
