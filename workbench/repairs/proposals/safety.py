"""When a suggestion may be taken without a look: likely, sound, and asked for by more than its own story.

Each operation has to stand on its own. What could explain any figure, or moves figures about, explains a single failing
check whatever really happened: it is safe only where several checks ask for it, or a cell that has nothing to do with
them.
"""

from __future__ import annotations

from collections.abc import Sequence

from workbench.checks import Reconciliation
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import CheckResult
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.proposals.cleared_checks import ClearedChecks
from workbench.repairs.proposals.coherence import (
    guesses_the_last_place,
    is_nameless,
    leaves_a_code_alone,
    leaves_a_column_short,
    leaves_a_number_out,
    leaves_a_row_empty,
    leaves_a_row_unwhole,
    leaves_figures_unnamed,
    speaks_for_its_table,
    table_of,
)
from workbench.repairs.proposals.other_explanations import explains_anything, rather_otherwise
from workbench.repairs.proposals.unit_trials import UnitRepair
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.pieces import of_figures
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

_FILLING = frozenset({"row_lost", "row_emptied"})
_CHECKS_FOR_A_MOVE = 2
_CHECKS_FOR_COLUMNS = 3


def borne_out(
    plausibility: Plausibility, operations: Sequence[Operation], cleared: ClearedChecks, share: float
) -> bool:
    """Whether each operation of a candidate of this share is asked for by enough that does not depend on its story.

    Those that could explain any figure are asked for together: one correction made in two cells is one story.
    """
    system = plausibility.system
    if share < SAFE_SHARE or not all(operation.certain for operation in operations):
        return False
    if rather_otherwise(plausibility, operations):
        return False
    if any(_incoherent(plausibility, operation) for operation in operations):
        return False
    if not all(cleared.of_its_own(system, operation) for operation in operations if operation.method in MOVES):
        return False
    if any(operation.method in _FILLING and _unreadable_in(plausibility, operation) for operation in operations):
        # What the row is filled with may stand in what cannot be read.
        return False
    vague = [
        operation for operation in operations if explains_anything(system, operation) and not _vouched_for(operation)
    ]
    if len({value for operation in vague for _, value in operation.changes}) > 1:
        # Several figures that nothing explains are not understood, however well they then add up.
        return False
    if vague and cleared.telling(system, vague) <= max(1, sum(len(operation.changes) for operation in vague)):
        return False
    return all(
        operation in vague or _borne_out(operation, cleared.by(system, (operation,)), share) for operation in operations
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
        or leaves_a_code_alone(plausibility, operation)
        or leaves_a_number_out(plausibility, operation)
        or (operation.method in MOVES and leaves_a_row_empty(plausibility, operation))
    )


def _unreadable_in(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether any cell of the table of an operation is meant as a figure and is none."""
    layout = plausibility.layout(table_of(operation))
    if layout is None:
        return False
    texts = [text for row in layout.texts for text in row]
    return any(read_figure(text).kind is FigureKind.GARBLED for text in texts) or any(
        # Two figures of which one is below zero are none and no garbled one.
        read_figure(row[column]).kind is FigureKind.TEXT and of_figures(row[column])
        for row in layout.texts
        for segment in layout.segments
        for column in segment
    )


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
