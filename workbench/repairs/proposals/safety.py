"""When a suggestion may be taken without a look: likely, sound, and asked for by more than its own story.

Each operation has to stand on its own. What could explain any figure, or moves figures about, explains a single failing
check whatever really happened: it is safe only where several checks ask for it, or a cell that has nothing to do with
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import CheckResult, Family, Relation, Severity
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.typos import SURELY_MEANT, VAGUE, bare
from workbench.repairs.fixed_point import PLACES, SCALE, to_decimal
from workbench.repairs.proposals.coherence import (
    guesses_the_last_place,
    is_nameless,
    leaves_a_column_short,
    leaves_a_row_unwhole,
    leaves_figures_unnamed,
    speaks_for_its_table,
)
from workbench.repairs.proposals.proof import Proof
from workbench.repairs.proposals.unit_trials import UnitRepair
from workbench.repairs.search.best_first import touched_by
from workbench.repairs.slips.new_rows import name_of
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.row_gaps import repeats_a_number
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System

SAFE_SHARE = 0.9
"""The share from which a suggestion that mends something and breaks nothing is safe."""

_SAFE_SHARE_OF_MOVES = 0.95
"""The same for what moves figures about."""

MOVES = frozenset(
    {
        "row_lost",
        "row_emptied",
        "shifted_column",
        "shifted_two_columns",
        "other_half",
        "blanks_lost",
        "moved_row",
        "moved_run",
        "moved_block",
        "figures_slid",
        "cells_swapped",
        "rows_swapped",
        "columns_swapped",
    }
)
"""Slips that move figures or rows about; many a difference can be explained by one of them."""

_ANY_FIGURE = VAGUE | {"part_left_out", "same_correction"}
"""Slips that say nothing of the figure itself: a sum that leaves out a part differs from its parts as one does whose
part stands where none belongs."""

_FILLING = frozenset({"row_lost", "row_emptied"})
_SEPARATORS = frozenset(".,，")
_FEWEST_DIGITS = 2
"""A figure of fewer is near to too many others."""
_MANY_ROWS = 5
_CHECKS_FOR_A_MOVE = 2
_CHECKS_FOR_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """The failing checks that a change clears and that fix a figure, by id, each with the tables that it ties; those of
    them that must hold are `firm`. A bound that is kept again asks for no figure, nor does a check that is no longer
    asked."""

    checks: Mapping[str, frozenset[str]]
    firm: frozenset[str]

    @classmethod
    def of(cls, reconciliation: Reconciliation, proof: Proof) -> Asked:
        """What a proof says is cleared."""
        held = (check for check in proof.clears if check not in proof.gone)
        cleared = [result for check in held if (result := reconciliation.result(check)) is not None]
        fixing = [result for result in cleared if result.check.relation is not Relation.AT_MOST]
        return cls(
            {result.check.id: frozenset(term.ref.table for term in result.check.terms) for result in fixing},
            frozenset(result.check.id for result in fixing if _must_hold(result)),
        )

    def by(self, system: System, operations: Sequence[Operation]) -> int:
        """How many of them some operations have a hand in; none where none of those must hold."""
        asking = self._asking(system, operations)
        return len(asking) if asking & self.firm else 0

    def of_its_own(self, system: System, operation: Operation) -> bool:
        """Whether they tell that it is this table that is wrong: one of its own does, or several other tables do. Where
        two tables alone disagree, it may be either."""
        asking = [self.checks[check] for check in self._asking(system, (operation,))]
        others = {table for tables in asking for table in tables if table != operation.table}
        return len(others) > 1 or any(tables == {operation.table} for tables in asking)

    def _asking(self, system: System, operations: Sequence[Operation]) -> Set[str]:
        if any(operation.edits and not operation.changes and not operation.shifts for operation in operations):
            return self.checks.keys()
        touched = touched_by(system, operations)
        return {system.equations[number].check.id for number in touched} & self.checks.keys()


def borne_out(plausibility: Plausibility, operations: Sequence[Operation], asked: Asked, share: float) -> bool:
    """Whether each operation of a candidate of this share is asked for by enough that does not depend on its story.

    Those that could explain any figure are asked for together: one correction made in two cells is one story.
    """
    system = plausibility.system
    if share < SAFE_SHARE or not all(operation.certain for operation in operations):
        return False
    if any(_leaves_a_figure_out(plausibility, operation) for operation in operations):
        return False
    if _hand_figures_on(system, operations) or any(_slid_along(plausibility, operation) for operation in operations):
        return False
    if _fill_an_empty_column(plausibility, operations):
        return False
    if any(_of_two_lists(plausibility, operation) for operation in operations):
        return False
    if any(_of_rounding(plausibility, operation) for operation in operations):
        return False
    if any(_incoherent(plausibility, operation) for operation in operations):
        return False
    if not all(asked.of_its_own(system, operation) for operation in operations if operation.method in MOVES):
        return False
    if any(
        operation.method == "row_lost" and _unreadable_in(plausibility, operation.table) for operation in operations
    ):
        # The row may stand in what cannot be read.
        return False
    vague = [
        operation for operation in operations if _explains_anything(system, operation) and not _vouched_for(operation)
    ]
    if len({value for operation in vague for _, value in operation.changes}) > 1:
        # Several figures that nothing explains are not understood, however well they then add up.
        return False
    if vague and asked.by(system, vague) <= max(1, sum(len(operation.changes) for operation in vague)):
        return False
    return all(
        operation in vague or _borne_out(operation, asked.by(system, (operation,)), share) for operation in operations
    )


def unit_borne_out(
    repaired: Reconciliation, repair: UnitRepair, results: Sequence[CheckResult], repairs: Sequence[UnitRepair]
) -> bool:
    """Whether another unit of a table or of a column, which clears `results`, may be set without a look, one of
    `repairs` of the document, which `repaired` is with all of them.

    Where a table is in another unit and a column of it is as well, that column may be the one which is right. A table
    is in another unit where more than one row or column of it says so. A column that fails a check still was rounded
    to its unit, and its figures are lost.
    """
    if not repair.certain or repair.proof.breaks or repair.share < SAFE_SHARE:
        return False
    if any(other.table == repair.table and other is not repair for other in repairs):
        return False
    if repair.method != "table_unit":
        return not any(result.failed for ref in repair.cells for result in repaired.results_of(ref))
    layout = TableLayout(repaired.document.table(repair.table), System(repaired))
    asked = {term.ref for result in results for term in result.check.terms if term.ref.table == repair.table}
    return speaks_for_its_table(layout, {ref for ref in asked if layout.values(ref.row)[ref.column]})


def _incoherent(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether the names of its table speak against an operation, or figures that no check asks for."""
    moves = operation.method in MOVES and leaves_figures_unnamed(plausibility, operation)
    filled = operation.method in _FILLING and guesses_the_last_place(plausibility, operation)
    return (
        moves
        or filled
        or is_nameless(operation)
        or leaves_a_row_unwhole(plausibility, operation)
        or leaves_a_column_short(plausibility, operation)
    )


def _leaves_a_figure_out(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether an unreadable cell is read as one of two figures that it holds, and the other one is dropped."""
    if operation.method != "unreadable":
        return False
    number, value = operation.changes[0]
    printed = plausibility.system.variables[number].cell.text
    meant = f"{to_decimal(value):.2f}" if value % SCALE else str(value // SCALE)
    for whole, part in ((bare(printed), meant), ("".join(printed.split()), plausibility.text_for(number, value))):
        for rest in (whole.removeprefix(part), whole.removesuffix(part)):
            left = read_figure(rest).kind is FigureKind.NUMBER
            if rest != whole and left and _SEPARATORS.intersection(rest):
                return True
    return False


def _hand_figures_on(system: System, operations: Sequence[Operation]) -> bool:
    """Whether figures of a row are said to be what cells beside them print, one by one or beside a move: then the row
    was misread, and some figure of it is lost on the way."""
    singles: dict[tuple[str, int], list[tuple[int, int]]] = {}
    moved: set[tuple[str, int]] = set()
    for operation in operations:
        for number, value in operation.changes:
            variable = system.variables[number]
            row = (variable.ref.table, variable.ref.row)
            if operation.structural:
                moved.add(row)
            elif _explains_anything(system, operation):
                singles.setdefault(row, []).append((variable.value, value))
    handed_on = any({old for old, _ in changes if old} & {new for _, new in changes} for changes in singles.values())
    return handed_on or not moved.isdisjoint(singles)


def _slid_along(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a figure is said to be what its row prints in another cell, where yet another one prints what it prints
    itself: then the figures of the row rather slid along."""
    if operation.structural or not _explains_anything(plausibility.system, operation):
        return False
    for number, value in operation.changes:
        variable = plausibility.system.variables[number]
        layout = plausibility.layout(variable.ref.table)
        if layout is None or not value or not variable.value:
            continue
        own = layout.values(variable.ref.row)
        others = [own[column] for column in layout.segment_of(variable.ref.column) if column != variable.ref.column]
        if variable.value in others and value in others:
            return True
    return False


def _of_two_lists(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a total is changed over parts whose labels begin to count again: then a row above the second list of them
    is rather missing."""
    system = plausibility.system
    for number, _ in () if operation.structural else operation.changes:
        ref = system.variables[number].ref
        layout = plausibility.layout(ref.table)
        for other in system.equations_of(number) if layout is not None else ():
            equation = system.equations[other]
            if equation.result.failed and number in equation.totals and layout is not None:
                refs = sorted(system.variables[cell].ref for cell in equation.cells if cell != number)
                labels = [name_of(layout, part.row, part.column)[1] for part in refs if part.table == ref.table]
                if repeats_a_number(labels):
                    return True
    return False


def _of_rounding(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a figure is changed by no more than one in the last place that the figures of its column count in, which
    print zeros behind it: amounts that were rounded, and brought into a finer unit, do not add up to the last place."""
    for number, value in () if operation.structural else operation.changes:
        variable = plausibility.system.variables[number]
        layout = plausibility.layout(variable.ref.table)
        if layout is None or not value or not variable.value:
            continue
        figures = [
            value,
            *(figure for row in range(len(layout.texts)) if (figure := layout.values(row)[variable.ref.column])),
        ]
        zeros = min(len(text) - len(text.rstrip("0")) for text in map(str, figures))
        coarser = zeros > PLACES - layout.style(variable.ref.column).decimals
        if len(figures) > _MANY_ROWS and coarser and abs(value - variable.value) <= 10**zeros:
            return True
    return False


def _unreadable_in(plausibility: Plausibility, table: str) -> bool:
    """Whether any cell of a table is meant as a figure and is none."""
    layout = plausibility.layout(table)
    texts = (text for row in layout.texts for text in row) if layout is not None else ()
    return any(read_figure(text).kind is FigureKind.GARBLED for text in texts)


def _fill_an_empty_column(plausibility: Plausibility, operations: Sequence[Operation]) -> bool:
    """Whether a figure comes into a column of many rows that has none: then it may be the head of the column that is
    wrong."""
    for operation in operations:
        for number, value in operation.changes:
            variable = plausibility.system.variables[number]
            layout = plausibility.layout(variable.ref.table)
            if value and not variable.value and layout is not None and len(layout.texts) >= _MANY_ROWS:
                if not layout.style(variable.ref.column).filled:
                    return True
    return False


def _borne_out(operation: Operation, asked: int, share: float) -> bool:
    if operation.method == "row_lost" and operation.support is None:
        return False
    if operation.method in MOVES and share < _SAFE_SHARE_OF_MOVES:
        return False
    if _vouched_for(operation):
        return asked > 0
    if operation.method in ("columns_swapped", "cells_swapped"):
        # Two sums are off by as much wherever in them two figures changed places, at a part or at the totals.
        return asked >= _CHECKS_FOR_COLUMNS
    return asked >= (_CHECKS_FOR_A_MOVE if operation.method in MOVES else 1)


def _vouched_for(operation: Operation) -> bool:
    """Whether a row of the same name prints the figure elsewhere, which its own row does not in another cell."""
    support = operation.support
    return support is not None and support.same_name and support.independent


def _explains_anything(system: System, operation: Operation) -> bool:
    """Whether the slip that it undoes could have made any figure of any other, or of so short a one as it prints."""
    if operation.structural:
        return False
    if operation.method == "unreadable":
        return operation.cost > SURELY_MEANT
    if operation.method in _ANY_FIGURE:
        return True
    printed = (bare(system.variables[number].cell.text) for number, _ in operation.changes)
    return any(len(text.replace(".", "").strip("-0")) < _FEWEST_DIGITS for text in printed)


def _must_hold(result: CheckResult) -> bool:
    check = result.check
    return not check.weak and check.severity is Severity.ERROR and check.family not in _FILLED_IN


_FILLED_IN = frozenset({Family.PLAN, Family.PERCENT, Family.YOY})
"""Checks of what people fill in by hand beside the statements, which is wrong as often as it is misread."""
