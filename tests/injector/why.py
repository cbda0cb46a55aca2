"""Why a slip was not undone: could its document have told it from another one, or did repairs not see it?

The true repair is priced by the very search that proposed another one: with only such steps as lead to what was
there. A rival that costs no more and leaves no more checks unmended cannot be told from the truth by this document;
where the truth costs less, was never made, or has more on its side than the rival, the fault is in repairs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tests.injector.score import reshapes
from tests.injector.shapes import same_rows, texts_of
from tests.injector.slips import Slip
from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind
from workbench.model.check import Finding, Relation
from workbench.model.edit import EditError, SetCell, SetUnit, apply_edits
from workbench.model.table import CellRef, Document
from workbench.repairs import Budget, Constraints, Memory
from workbench.repairs.fixed_point import read_units, to_decimal
from workbench.repairs.proposals.units import unit_repairs
from workbench.repairs.search.best_first import Search
from workbench.repairs.search.groups import components, sharing_cells
from workbench.repairs.search.states import Repair, State, after
from workbench.repairs.search.workshop import Workshop
from workbench.repairs.slips.operation import Operation, effect_of
from workbench.repairs.system import System

_NODES = 3000
_EVEN = 1e-6
_PIECEMEAL = "one by one"
"""The method of a change of one of several figures that moved together, where no move is made that puts all back."""


class Why(StrEnum):
    """The causes of misses; the first two are the document's."""

    UNTOLD = "untold"
    """What is still wrong shows in no check: all that fails is mended by a part of the true repair."""
    RIVAL = "rival"
    """Another repair explains every check as well, costs no more and has as many tables on its side."""
    UNHEARD = "unheard"
    """So does it, but more other tables print the true figures by the names of their rows."""
    PRICED = "priced"
    """Another repair costs less though it leaves more checks unmended."""
    UNMADE = "unmade"
    """The search has no steps that lead to what was there."""
    PASSED = "passed over"
    """The true repair costs less, and was not found, not kept or not put first."""


NOT_IDENTIFIABLE = frozenset({Why.UNTOLD, Why.RIVAL})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why one slip was missed, with the prices and the steps of the true repair and of the one found."""

    why: Why
    true: float | None = None
    found: float | None = None
    steps: str = ""
    rival: str = ""


@dataclass(slots=True)
class _TrueSearch(Search):
    """A search that takes only steps that lead to what was there, and the steps that are `given`, asked for or not."""

    leads_back: Callable[[Operation], bool] = field(default=lambda operation: False)
    given: Sequence[Operation] = ()

    def _successors(self, state: State, best: float) -> list[State]:
        found = Search._successors(self, state, float("inf"))
        steps = [
            successor
            for successor in found
            if len(successor.operations) == len(state.operations) or self.leads_back(successor.operations[-1])
        ]
        for operation in self.given:
            if state.changes.keys().isdisjoint(number for number, _ in operation.changes):
                steps.append(after(state, operation, self.outcomes.of(state, operation.changes, operation.shifts)))
        return steps


@dataclass(slots=True)
class Inquiry:
    """What was there, and what repairs makes of what is printed."""

    workshop: Workshop
    slips: Sequence[Slip]
    findings: Sequence[Finding]
    truth: Mapping[CellRef, str]
    clean: Reconciliation
    _back: dict[Operation, bool] = field(default_factory=dict)

    @classmethod
    def on(
        cls,
        broken: Reconciliation,
        findings: Sequence[Finding],
        slips: Sequence[Slip],
        clean: Reconciliation,
        own: Sequence[Finding],
    ) -> Inquiry:
        """An inquiry into what was proposed for these slips;
        what the document's `own` errors are mended by is as true."""
        scaled = unit_repairs(broken)[1]
        workshop = Workshop.of(scaled, Constraints(), Budget(), Memory())
        truth: dict[CellRef, str] = {}
        for finding in own:
            edits = finding.suggestions[0].edits if finding.suggestions else ()
            if edits and not reshapes(edits):
                truth.update(_texts_after(clean.document, edits))
        truth.update(pair for slip in slips for pair in slip.truth)
        return cls(workshop, slips, findings, truth, clean)

    def why(self, slip: Slip, *, telling: bool = True) -> Verdict:
        """Why `slip` was not undone, or not named first. It is not `telling` where no check fails by it alone."""
        group = self._hanging_together(slip)
        if not group:
            return Verdict(Why.UNMADE)
        best = next(iter(self.workshop.search.solve(group).repairs), None)
        true = self._true(group, ())
        whole = next((repair for repair in true if self._undoes(repair, slip)), None)
        reached = whole is not None
        if whole is None:
            if true and slip.truth and not self._left_in_checks(slip, true[0]):
                return Verdict(Why.UNTOLD, true[0].cost, best.cost if best else None)
            whole = next((found for found in self._true(group, self._given(group)) if self._undoes(found, slip)), None)
        why = self._beside(slip, whole, best, reached=reached)
        if why is Why.UNMADE and not telling and best is not None and not best.aside:
            why = Why.UNTOLD
        if why is Why.UNMADE and slip.kind == "row_lost" and not self._printed_elsewhere(slip):
            why = Why.UNTOLD
        wanted, found = (repair.cost if repair is not None else None for repair in (whole, best))
        return Verdict(why, wanted, found, self._told(whole), self._told(best))

    def _beside(self, slip: Slip, true: Repair | None, best: Repair | None, *, reached: bool) -> Why:
        """Why the true repair, which a search has `reached` by itself or not, does not stand before the best one."""
        if true is None or any(operation.method == _PIECEMEAL for operation in true.operations):
            return Why.UNMADE
        if best is None or true.cost < best.cost - _EVEN:
            return Why.PASSED if reached else Why.UNMADE
        if all(map(self._leads_back, best.operations)) and len(best.aside) <= len(true.aside):
            return Why.PASSED if self._undoes(best, slip) else Why.UNTOLD
        if len(best.aside) > len(true.aside):
            return Why.PRICED
        return Why.UNHEARD if self._tables_for(true) > self._tables_for(best) else Why.RIVAL

    def _hanging_together(self, slip: Slip) -> tuple[int, ...]:
        """The failing equations that the slip, those it hangs together with, and what was proposed for them touch."""
        system = self.workshop.system
        failing = [e for r in self.workshop.reconciliation.failures if (e := system.equation_of(r)) is not None]
        numbers = {equation.number for equation in failing}
        by_id = {equation.check.id: equation.number for equation in failing}
        links = [*sharing_cells(failing)]
        own: tuple[int, ...] = ()
        for other in self.slips:
            touched = self._touched(system, other, numbers)
            links.append(touched)
            own = touched if other is slip else own
        for finding in self.findings:
            edits = finding.suggestions[0].edits if finding.suggestions else ()
            results = {by_id[result.check.id] for result in finding.results if result.check.id in by_id}
            # Tables of another unit are scaled here already.
            if edits and not reshapes(edits) and not any(isinstance(edit, SetUnit) for edit in edits):
                refs = _texts_after(system.document, edits)
                results |= {n for ref in refs for n in _equations_at(system, ref)} & numbers
            links.append(tuple(sorted(results)))
        if not own:
            return tuple(sorted(numbers))
        return next((group for group in components(link for link in links if link) if own[0] in group), ())

    def _touched(self, system: System, slip: Slip, failing: set[int]) -> tuple[int, ...]:
        if slip.table:
            cells = (n for n in failing if slip.table in system.numbers_of(system.equations[n]))
            return tuple(sorted(cells))
        return tuple(sorted({n for ref in slip.refs for n in _equations_at(system, ref)} & failing))

    def _given(self, group: tuple[int, ...]) -> list[Operation]:
        """What undoes each slip of cells, at its price: the move that a search would make, else the change of its
        figure; of several figures one by one where there is no such move."""
        workshop, system = self.workshop, self.workshop.system
        found = []
        for slip in self.slips:
            wanted = tuple(
                (variable.number, units)
                for ref, text in slip.truth
                if (units := read_units(text)[1]) != (variable := system.variable(ref)).value
                or variable.kind is FigureKind.GARBLED
            )
            numbers = {n for number, _ in wanted for n in system.equations_of(number)} | set(group)
            moves = (
                workshop.search.structures.moves.bound(move)
                for number in sorted(numbers)
                for move in workshop.search.structures.touching(system.equations[number])
                if sorted(workshop.search.structures.moves.changes(move) or ()) == sorted(wanted)
            )
            made = [operation for operation in moves if operation is not None]
            if made:
                found.append(min(made, key=lambda operation: operation.cost))
            else:
                stories = [(pair, workshop.plausibility.story(*pair, {})) for pair in wanted]
                for pair, story in stories:
                    if story is not None:
                        method = story.method if len(stories) == 1 else _PIECEMEAL
                        found.append(Operation(method, story.cost, (pair,), support=story.support))
        return found

    def _true(self, group: tuple[int, ...], given: Sequence[Operation]) -> list[Repair]:
        """The repairs of these equations that lead to what was there, cheapest first."""
        workshop = self.workshop
        budget = Budget(nodes=_NODES, pushes=Budget().pushes)
        search = _TrueSearch(
            workshop.system,
            workshop.plausibility,
            workshop.search.structures,
            budget,
            leads_back=self._leads_back,
            given=given,
        )
        return list(search.solve(group).repairs)

    def _leads_back(self, operation: Operation) -> bool:
        known = self._back.get(operation)
        if known is None:
            known = self._back[operation] = self._is_true(operation)
        return known

    def _is_true(self, operation: Operation) -> bool:
        system = self.workshop.system
        shaped = {slip.table: slip for slip in self.slips if slip.table}
        refs = {system.variables[number].ref for number, _ in operation.changes}
        tables = {operation.table} if operation.edits else {ref.table for ref in refs}
        if operation.edits or tables & shaped.keys():
            edits = operation.edits or tuple(
                SetCell(system.variables[n].ref, system.variables[n].cell.text, f"{to_decimal(value):f}")
                for n, value in operation.changes
            )
            slip = shaped.get(next(iter(tables)))
            if slip is None or len(tables) > 1:
                return False
            try:
                after = apply_edits(system.document, edits)
            except EditError:
                return False
            return same_rows(texts_of(after.table(slip.table)), slip.rows, codes=False)
        return all(self._wanted(system.variables[number].ref) == value for number, value in operation.changes)

    def _wanted(self, ref: CellRef) -> int | None:
        text = self.truth.get(ref)
        return None if text is None else read_units(text)[1]

    def _undoes(self, repair: Repair, slip: Slip) -> bool:
        """Whether a repair brings all of a slip back."""
        system = self.workshop.system
        if slip.table:
            own = (o for o in repair.operations if o.table == slip.table or slip.table in _tables(system, o))
            return any(self._leads_back(operation) for operation in own)
        changes, _ = effect_of(repair.operations)
        return all(
            changes.get(variable.number, variable.value) == read_units(text)[1]
            for ref, text in slip.truth
            if (variable := system.variable(ref)) is not None
        )

    def _printed_elsewhere(self, slip: Slip) -> bool:
        """Whether each figure of a row that was lost is printed elsewhere, or asked for by a check: else nothing in the
        document says what it was."""
        lost = next((row for row in slip.rows if row not in slip.after), ())
        known = {
            column for column, text in enumerate(lost) if not (value := read_units(text)[1]) or self._prints(value)
        }
        number = slip.rows.index(lost) if lost in slip.rows else -1
        for check in self.clean.checks if number >= 0 else ():
            refs = {term.ref for term in check.terms} if check.relation is Relation.EQUAL else set()
            known |= {ref.column for ref in refs if (ref.table, ref.row) == (slip.table, number)}
        return all(column in known for column in range(len(lost)))

    def _prints(self, value: int) -> bool:
        return bool(self.workshop.plausibility.index.prints(value))

    def _left_in_checks(self, slip: Slip, repair: Repair) -> bool:
        """Whether a cell of a slip that a true repair leaves as it is stands in any check."""
        system = self.workshop.system
        changes, _ = effect_of(repair.operations)
        for ref, text in slip.truth:
            variable = system.variable(ref)
            right = changes.get(variable.number, variable.value) == read_units(text)[1]
            if not right and system.equations_of(variable.number):
                return True
        return False

    def _tables_for(self, repair: Repair) -> int:
        """How many other tables print the figures of a repair by the names of their rows."""
        system, index = self.workshop.system, self.workshop.plausibility.index
        changes, _ = effect_of(repair.operations)
        refs = ((system.variables[number].ref, value) for number, value in changes.items())
        return sum(index.witnesses(ref, value) for ref, value in refs)

    def _told(self, repair: Repair | None) -> str:
        """A repair as one line."""
        if repair is None:
            return ""
        system = self.workshop.system
        steps = [
            f"{operation.method} {operation.cost:.1f} "
            + " ".join(
                f"{system.variables[n].ref} {system.variables[n].cell.text!r}->{to_decimal(value).normalize():f}"
                for n, value in operation.changes[:4]
            )
            + "".join(f" {type(edit).__name__}" for edit in operation.edits[:2])
            for operation in repair.operations
        ]
        aside = [system.equations[number].check.id for number in repair.aside]
        return "; ".join(steps) + (f" | aside {', '.join(aside)}" if aside else "")


def _texts_after(document: Document, edits: Sequence[object]) -> dict[CellRef, str]:
    """What the cells that edits change print after them."""
    after = apply_edits(document, tuple(edits))  # type: ignore[arg-type]
    return {
        ref: after.cell(ref).text
        for one, other in zip(document.tables, after.tables, strict=True)
        if one is not other
        for ref in one.refs()
        if document.cell(ref).text != after.cell(ref).text
    }


def _equations_at(system: System, ref: CellRef) -> tuple[int, ...]:
    try:
        return system.equations_of(system.variable(ref).number)
    except (KeyError, IndexError):
        return ()


def _tables(system: System, operation: Operation) -> set[str]:
    return {system.variables[number].ref.table for number, _ in operation.changes}
