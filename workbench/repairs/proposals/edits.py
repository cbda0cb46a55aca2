"""Operations of the search as edits of a document."""

from __future__ import annotations

from collections.abc import Iterable

from workbench.model.edit import Edit, SetCell, ShiftCells
from workbench.model.table import CellRef
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System


def edits_of(operations: Iterable[Operation], system: System, plausibility: Plausibility) -> tuple[Edit, ...]:
    """The edits that carry out operations, in the order of the operations and of their cells.

    A run of figures that moves over a blank is one ShiftCells; other moves set each cell. What changes the shape of a
    table comes last: it would move the places of the others.
    """
    edits: list[Edit] = []
    operations = sorted(operations, key=lambda operation: bool(operation.edits))
    for operation in operations:
        if operation.edits:
            edits.extend(operation.edits)
            continue
        if not operation.structural:
            for number, value in operation.changes:
                variable = system.variables[number]
                text = plausibility.text_for(number, value)
                if text != variable.cell.text:
                    edits.append(SetCell(variable.ref, variable.cell.text, text))
            continue
        shift = _as_shift(operation, system)
        if shift is not None and not _changed_within(shift, operation, operations, system):
            edits.append(shift)
            continue
        for ref, text in operation.texts:
            edits.append(SetCell(ref, system.variable(ref).cell.text, text))
    return tuple(edits)


def cell_by_cell(operations: Iterable[Operation], system: System, plausibility: Plausibility) -> tuple[Edit, ...]:
    """The same change with a SetCell for every cell: what it leads to can be told without building the checks anew."""
    edits: list[Edit] = []
    for operation in sorted(operations, key=lambda operation: bool(operation.edits)):
        if not operation.structural or operation.edits:
            edits.extend(edits_of((operation,), system, plausibility))
        else:
            edits.extend(SetCell(ref, system.variable(ref).cell.text, text) for ref, text in operation.texts)
    return tuple(edits)


def moved_cells(operations: Iterable[Operation], system: System, plausibility: Plausibility) -> tuple[Edit, ...]:
    """What operations on the rows of a table do to its figures in the places that they have now; () where that does
    not say what they do."""
    edits: list[Edit] = []
    for operation in operations:
        if operation.texts:
            edits.extend(SetCell(ref, system.variable(ref).cell.text, text) for ref, text in operation.texts)
        elif operation.edits:
            return ()
        else:
            edits.extend(edits_of((operation,), system, plausibility))
    return tuple(edits)


def _changed_within(shift: ShiftCells, own: Operation, operations: Iterable[Operation], system: System) -> bool:
    """Whether another operation changes a cell that the shift passes over: then it is no longer what was shifted."""
    row = (shift.ref.table, shift.ref.row)
    refs = {ref for operation in operations if operation is not own for ref, _ in operation.texts}
    refs |= {system.variables[n].ref for operation in operations if operation is not own for n, _ in operation.changes}
    return any((ref.table, ref.row) == row for ref in refs)


def _as_shift(operation: Operation, system: System) -> ShiftCells | None:
    """The operation as one shift within a row, where it is one: the cell that the run moves into is blank."""
    if operation.method != "shifted_column":
        return None
    new = dict(operation.texts)
    refs = sorted(new)
    table, row = refs[0].table, refs[0].row
    first, last = refs[0].column, refs[-1].column
    span = [CellRef(table, row, column) for column in range(first, last + 1)]
    old = {ref: system.variable(ref).cell.text for ref in span}
    after = [new.get(ref, old[ref]) for ref in span]
    before = [old[ref] for ref in span]
    if not before[-1] and after[1:] == before[:-1] and not after[0]:
        return ShiftCells(span[0], 1, tuple(before[:-1]), last - 1)
    if not before[0] and after[:-1] == before[1:] and not after[-1]:
        return ShiftCells(span[1], -1, tuple(before[1:]), last)
    return None
