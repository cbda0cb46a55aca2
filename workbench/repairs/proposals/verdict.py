"""Whose mistake it looks like: the reader's, or the document's own. Proposed, never applied.

Arithmetic tells the shape of a difference; only the source text under the cell tells who made it. A text layer does not
swap digits: where the characters under a cell are those of the cell, the document itself says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from workbench.model.amount import FigureKind
from workbench.model.check import Cause
from workbench.model.table import Cell, CellRef, Document, Table
from workbench.repairs.equation import Variable
from workbench.repairs.evidence.source_text import (
    cut_from_longer,
    figures_of_no_cell,
    has_text,
    lines_of,
    pages_of,
    printed_under,
)
from workbench.repairs.fixed_point import read_units
from workbench.repairs.slips.operation import Operation
from workbench.repairs.system import System

_MISREADINGS = frozenset(
    {
        "digit_misread",
        "digit_lost",
        "digit_doubled",
        "digits_swapped",
        "point_lost",
        "point_moved",
        "sign",
        "unreadable",
        "tail_lost",
        "head_lost",
        "piece_repeated",
        "digit_added",
    }
)
_OF_THE_FIGURE = (_MISREADINGS | {"digit_changed", "two_digits", "unit_mixed", "rounded"}) - {
    "unreadable",
    "piece_repeated",
}
"""Slips that say of a figure how it is written, and not where it stands: a reader that took it over as it is printed
may have put it into another column, and has not changed its digits."""
_AUTHORS = frozenset({"part_left_out", "grand_total_printed", "rounded"})
_READERS = frozenset({"figures_merged", "figure_split", "piece_repeated", "unreadable"})
_ALIGNED = 0.5
"""How much of the lower of two boxes must lie within the other's height to stand on one line."""


def cause_of(operations: Iterable[Operation], system: System) -> Cause:
    """The cause that all the operations point to; UNCLEAR where they differ or one is unclear."""
    causes = {_cause(operation, system) for operation in operations if operation.method != "same_correction"}
    return causes.pop() if len(causes) == 1 else Cause.UNCLEAR


def by_shape(operations: Iterable[Operation], system: System) -> bool:
    """Whether no source text could be compared, so that only the shape of the difference speaks."""
    if not has_text(system.document):
        return True
    operations = tuple(operations)
    refs = (system.variables[number].ref for operation in operations for number, _ in operation.changes)
    tables = (table for table in system.document.tables if table.id in {o.table for o in operations})
    return not any(
        _source_known(system.document, ref) for ref in (*refs, *(ref for table in tables for ref in table.refs()))
    )


def _cause(operation: Operation, system: System) -> Cause:
    refs = [system.variables[number].ref for number, _ in operation.changes]
    if operation.edits:
        return _of_reshaping(operation, system)
    if not any(_source_known(system.document, ref) for ref in refs):
        return _of_shape(operation.method)
    if operation.method in ("figures_merged", "figure_split"):
        return Cause.EXTRACTION
    if operation.structural:
        return _of_moves(operation, system)
    return _of_figure(operation, system)


def _of_reshaping(operation: Operation, system: System) -> Cause:
    """Rows that ran together or apart: the reader's, unless the source shows by its TABs that it has them so."""
    if operation.method == "columns_numbered":
        return Cause.EXTRACTION
    if operation.method not in ("rows_merged", "row_split"):
        return Cause.UNCLEAR
    cells = [system.variables[number].cell for number, _ in operation.changes]
    tabbed = any("\t" in page.text[start:end] for page, start, end in lines_of(system.document, cells))
    return Cause.UNCLEAR if tabbed else Cause.EXTRACTION


def _of_shape(method: str) -> Cause:
    if method in _AUTHORS:
        return Cause.SOURCE
    return Cause.EXTRACTION if method in _READERS else Cause.UNCLEAR


def _of_figure(operation: Operation, system: System) -> Cause:
    """One figure: source where the characters under the cell are the cell's, unless they come from OCR."""
    variable = system.variables[operation.changes[0][0]]
    document, cell = system.document, variable.cell
    if cell.confidence is not None or any(page.scanned for page in pages_of(document, cell.anchors)):
        return Cause.EXTRACTION if operation.method in _MISREADINGS else Cause.SOURCE
    if not cell.anchors:
        return _of_no_place(variable, operation, system)
    if (cell.inferred and operation.method not in _OF_THE_FIGURE) or cut_from_longer(document, cell):
        return Cause.EXTRACTION
    under = read_units(printed_under(document, cell))
    if under[0] is FigureKind.NUMBER and under[1] != variable.value:
        return Cause.EXTRACTION if under[1] == operation.changes[0][1] else Cause.UNCLEAR
    return Cause.SOURCE


def _of_no_place(variable: Variable, operation: Operation, system: System) -> Cause:
    """A cell that stands nowhere in the source: extraction where a figure of the right value stands on its line and is
    no cell's. A blank one is blank in the source, too; what else it prints may stand anywhere."""
    document = system.document
    table = _table(document, variable.ref)
    if table is None:
        return Cause.UNCLEAR
    row = table.rows[variable.ref.row]
    if operation.changes[0][1] in figures_of_no_cell(document, row, (row,)):
        return Cause.EXTRACTION
    return Cause.SOURCE if variable.kind is FigureKind.BLANK else Cause.UNCLEAR


def _of_moves(operation: Operation, system: System) -> Cause:
    """Figures in a wrong place: source where they stand, on the page, in line with the row and column that they were
    read into; extraction where they stand in line with the proposed ones."""
    document = system.document
    verdicts = set()
    new = dict(operation.texts)
    for ref in new:
        cell = system.variable(ref).cell
        if cell.figure.kind is FigureKind.BLANK or not cell.anchors:
            continue
        if cell.inferred:
            verdicts.add(Cause.EXTRACTION)
            continue
        targets = [other for other, text in new.items() if text == cell.text and other != ref]
        table = _table(document, ref)
        if not targets or table is None:
            continue
        target = targets[0]
        if target.row != ref.row:
            verdicts.add(_row_verdict(document, table, ref, target))
        else:
            verdicts.add(_column_verdict(document, table, ref, target))
    if not verdicts:
        return Cause.UNCLEAR
    return verdicts.pop() if len(verdicts) == 1 else Cause.UNCLEAR


def _row_verdict(document: Document, table: Table, ref: CellRef, target: CellRef) -> Cause:
    cell = table.rows[ref.row][ref.column]
    own, other = _label(table, ref), _label(table, target)
    beside_own = _beside(document, cell, own) or _follows(document, cell, own, other)
    beside_other = _beside(document, cell, other)
    if beside_own and not beside_other:
        return Cause.SOURCE
    return Cause.EXTRACTION if beside_other and not beside_own else Cause.UNCLEAR


def _column_verdict(document: Document, table: Table, ref: CellRef, target: CellRef) -> Cause:
    cell = table.rows[ref.row][ref.column]
    box = cell.anchors[0].box
    if box is not None:
        own = _mean_right_edge(table, ref.column, ref.row)
        other = _mean_right_edge(table, target.column, ref.row)
        if own is not None and other is not None:
            return Cause.SOURCE if abs(box.x1 - own) <= abs(box.x1 - other) else Cause.EXTRACTION
        return Cause.UNCLEAR
    pages = pages_of(document, cell.anchors)
    if any(page.grids for page in pages):
        return Cause.SOURCE
    for page, start, end in lines_of(document, (cell,)):
        if "\t" in page.text[start:end]:
            return Cause.SOURCE
    return Cause.UNCLEAR


def _label(table: Table, ref: CellRef) -> Cell | None:
    for column in range(ref.column - 1, -1, -1):
        cell = table.rows[ref.row][column]
        if cell.figure.kind is FigureKind.TEXT and cell.anchors:
            return cell
    return None


def _beside(document: Document, cell: Cell, label: Cell | None) -> bool:
    """Whether a figure and a label stand on one line of the page."""
    if label is None:
        return False
    for anchor in cell.anchors:
        for other in label.anchors:
            if anchor.page != other.page:
                continue
            if anchor.box is not None and other.box is not None:
                overlap = min(anchor.box.bottom, other.box.bottom) - max(anchor.box.top, other.box.top)
                height = min(anchor.box.bottom - anchor.box.top, other.box.bottom - other.box.top)
                if overlap > _ALIGNED * height:
                    return True
            else:
                page = document.source.page(anchor.page)
                low, high = sorted((anchor.start, other.start))
                if "\n" not in page.text[low:high]:
                    return True
    return False


def _follows(document: Document, cell: Cell, label: Cell | None, other: Cell | None) -> bool:
    """Whether a figure comes after this label and before the other one in a text that shows its blank cells by TABs,
    as when each cell stands on a line of its own."""
    if label is None or other is None or not cell.anchors or cell.anchors[0].box is not None:
        return False
    figure, named, rival = cell.anchors[0], label.anchors[-1], other.anchors[0]
    if not figure.page == named.page == rival.page or named.end > figure.start:
        return False
    between = document.source.page(figure.page).text[named.end : figure.start]
    return "\t" in between and not named.end <= rival.start < figure.start


def _mean_right_edge(table: Table, column: int, without: int) -> float | None:
    edges = []
    for number, row in enumerate(table.rows):
        cell = row[column]
        box = cell.anchors[-1].box if cell.anchors else None
        if number != without and box is not None and cell.figure.value is not None:
            edges.append(box.x1)
    return sum(edges) / len(edges) if edges else None


def _source_known(document: Document, ref: CellRef) -> bool:
    """Whether the document has source text for this cell or for its row."""
    if not has_text(document):
        return False
    table = _table(document, ref)
    if table is None:
        return any(stated.id == ref.table and stated.cell.anchors for stated in document.stated)
    return any(cell.anchors for cell in table.rows[ref.row])


def _table(document: Document, ref: CellRef) -> Table | None:
    return next((table for table in document.tables if table.id == ref.table), None)
