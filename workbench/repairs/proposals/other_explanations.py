"""What figures tell of rather than of what a suggestion says: that they slid along their row or were handed on, a cell
of two figures, two lists under one total, rounding, a column without its head."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.model.amount import FigureKind, read_figure
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.typos import SURELY_MEANT, VAGUE, bare
from workbench.repairs.fixed_point import SCALE, to_decimal
from workbench.repairs.proposals.beside_its_column import unlike_its_column
from workbench.repairs.slips.new_rows import name_of
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.row_gaps import repeats_a_number
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System

_ANY_FIGURE = VAGUE | {"part_left_out", "same_correction"}
"""Slips that say nothing of the figure itself: a sum that leaves out a part differs from its parts as one does whose
part stands where none belongs."""
_SEPARATORS = frozenset(".,，")
_FEWEST_DIGITS = 2
"""A figure of fewer is near to too many others."""
_FEWEST_MOVED = 3
"""So many cells at the least are a block of figures that moves."""
_MANY_ROWS = 5


def rather_otherwise(plausibility: Plausibility, operations: Sequence[Operation]) -> bool:
    """Whether the figures around some operations tell of something else than these say."""
    return (
        any(_leaves_a_figure_out(plausibility, operation) for operation in operations)
        or _hand_figures_on(plausibility.system, operations)
        or any(_slid_along(plausibility, operation) for operation in operations)
        or _fill_an_empty_column(plausibility, operations)
        or any(_of_two_lists(plausibility, operation) for operation in operations)
        or unlike_its_column(plausibility, operations)
        or any(_fell_off_the_page(plausibility, operation) for operation in operations)
        or any(_asked_by_odd_totals(plausibility.system, operation) for operation in operations)
        or any(_told_by_its_row_alone(plausibility.system, operation) for operation in operations)
        or any(_stands_elsewhere(plausibility, operation) for operation in operations)
    )


def _stands_elsewhere(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a figure that any other could have become stands somewhere else by right, as it is printed or as it is
    proposed."""
    return explains_anything(plausibility.system, operation) and (
        _printed_alike_elsewhere(plausibility, operation)
        or _asked_of_a_blank_beside(plausibility, operation)
        or _stands_in_its_row_already(plausibility, operation)
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
            elif explains_anything(system, operation):
                singles.setdefault(row, []).append((variable.value, value))
    handed_on = any({old for old, _ in changes if old} & {new for _, new in changes} for changes in singles.values())
    return handed_on or not moved.isdisjoint(singles)


def _slid_along(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a figure is said to be what its row prints in another cell, where yet another one prints what it prints
    itself: then the figures of the row rather slid along."""
    if operation.structural or not explains_anything(plausibility.system, operation):
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
    """Whether a total is changed over parts whose labels begin to count again, or to say the same: then a row above the
    second list of them is rather missing."""
    system = plausibility.system
    for number, _ in () if operation.structural else operation.changes:
        ref = system.variables[number].ref
        layout = plausibility.layout(ref.table)
        for other in system.equations_of(number) if layout is not None else ():
            equation = system.equations[other]
            if equation.result.failed and number in equation.totals and layout is not None:
                refs = sorted(system.variables[cell].ref for cell in equation.cells if cell != number)
                below = {part.row: part.column for part in refs if part.table == ref.table}
                names = [name for row, column in below.items() if (name := name_of(layout, row, column))[1]]
                labels = [label for _, label in names]
                if repeats_a_number(labels) or len(set(names)) < len(names):
                    return True
    return False


def _fell_off_the_page(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether figures that move leave a cell blank in a column that prints something on each other row: what stood
    there was pushed off the page."""
    layout = plausibility.layout(operation.table) if len(operation.texts) >= _FEWEST_MOVED else None
    if layout is None:
        return False
    new = {(ref.row, ref.column): text for ref, text in operation.texts}
    return any(
        not text.strip()
        and all(
            new.get((other, column), texts[column]).strip() for other, texts in enumerate(layout.texts) if other != row
        )
        for (row, column), text in new.items()
    )


def _asked_by_odd_totals(system: System, operation: Operation) -> bool:
    """Whether an empty row is filled with what totals ask that say too little of it."""
    if operation.method != "row_emptied":
        return False
    return _asked_by_a_lone_total(system, operation) or _asked_by_an_unheard_total(system, operation)


def _asked_by_a_lone_total(system: System, operation: Operation) -> bool:
    """Whether an empty row is filled with what a total asks that is the only one of its own sum to print anything: then
    that row heads a list as the others do, and has the figures of the one below it."""
    asking = {other for number, _ in operation.changes for other in system.equations_of(number)}
    totals = {
        total for other in asking if system.equations[other].result.failed for total in system.equations[other].totals
    }
    for total in totals:
        for number in system.equations_of(total):
            above = system.equations[number]
            others = [cell for cell in above.cells if cell not in above.totals and cell != total]
            if total not in above.totals and above.result.failed and len(others) > 1:
                if not any(system.variables[cell].value for cell in others):
                    return True
    return False


def _asked_by_an_unheard_total(system: System, operation: Operation) -> bool:
    """Whether an empty row is filled with what totals ask that nothing else speaks for, and no other table has its
    figures: all figures below the row may stand a row too low, and these totals be the last parts."""
    if operation.support is not None:
        return False
    asking = (system.equations[other] for number, _ in operation.changes for other in system.equations_of(number))
    totals = {total for equation in asking if equation.result.failed for total in equation.totals}
    beside = (system.equations[other] for total in totals for other in system.equations_of(total))
    return not any(equation.held and not _within_a_row(system, equation) for equation in beside)


def _printed_alike_elsewhere(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether another table prints the figure that is changed by the same name: it is what beside it is missing that
    the sums then ask for."""
    variables = (plausibility.system.variables[number] for number, _ in operation.changes)
    return any(plausibility.index.holders(variable.ref, variable.value) for variable in variables)


def _asked_of_a_blank_beside(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a blank cell next to the figure that is changed would have to print it, for a check that cannot be told
    without: then it slid from there."""
    system = plausibility.system
    for number, _ in operation.changes:
        variable = system.variables[number]
        layout = plausibility.layout(variable.ref.table)
        if layout is None or not variable.value:
            continue
        row, column = variable.ref.row, variable.ref.column
        for place in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if 0 <= place[0] < len(layout.texts) and 0 <= place[1] < layout.table.width:
                blank = system.at(layout.table.id, *place)
                system.trace.variables.add(blank.number)
                if blank.kind is FigureKind.BLANK and _would_print(system, blank.number, variable.value):
                    return True
    return False


def _stands_in_its_row_already(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether another cell of the row prints the figure that is proposed, though no check ties the two: then that one
    rather is the figure, and this one none."""
    system = plausibility.system
    for number, value in operation.changes:
        variable = system.variables[number]
        layout = plausibility.layout(variable.ref.table)
        if layout is None or not value:
            continue
        row = variable.ref.row
        alike = {column for column, figure in enumerate(layout.values(row)) if figure == value}
        tied = (
            system.variables[cell].ref
            for other in system.equations_of(number)
            for cell in system.equations[other].cells
        )
        if alike - {ref.column for ref in tied if (ref.table, ref.row) == (variable.ref.table, row)}:
            return True
    return False


def _would_print(system: System, blank: int, value: int) -> bool:
    """Whether a check that waits for a blank cell alone would hold with this figure there."""
    waiting = (system.equations[number] for number in system.equations_of(blank))
    return any(
        equation.linear
        and not equation.bound
        and equation.blockers == {blank}
        and system.implied(equation, blank, {}, equation.residual) == value
        for equation in waiting
    )


def _told_by_its_row_alone(system: System, operation: Operation) -> bool:
    """Whether a figure is said to be in another unit than the others of its row, for which no check speaks that looks
    beyond it: they may be what is in another unit."""
    if operation.method != "unit_mixed":
        return False
    for number, _ in operation.changes:
        asking = [system.equations[other] for other in system.equations_of(number)]
        asking = [equation for equation in asking if equation.result.failed]
        if not all(_within_a_row(system, equation) for equation in asking):
            continue
        others = {cell for equation in asking for cell in equation.cells if cell != number}
        beyond = (system.equations[other] for cell in others for other in system.equations_of(cell))
        if not any(equation.held and not _within_a_row(system, equation) for equation in beyond):
            return True
    return False


def _within_a_row(system: System, equation: Equation) -> bool:
    refs = [system.variables[cell].ref for cell in equation.cells]
    return len({(ref.table, ref.row) for ref in refs}) == 1


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


def explains_anything(system: System, operation: Operation) -> bool:
    """Whether the slip that it undoes could have made any figure of any other, or of so short a one as it prints."""
    if operation.structural:
        return False
    if operation.method == "unreadable":
        return operation.cost > SURELY_MEANT
    if operation.method in _ANY_FIGURE:
        return True
    printed = (bare(system.variables[number].cell.text) for number, _ in operation.changes)
    return any(len(text.replace(".", "").strip("-0")) < _FEWEST_DIGITS for text in printed)
