"""What the other figures of a column tell of rather than what a suggestion says of one: that they were rounded, lost
their points, or lost the first digits of the longest."""

from __future__ import annotations

from collections.abc import Sequence, Set

from workbench.model.amount import FigureKind, read_figure
from workbench.repairs.equation import Equation, Variable
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.typos import bare, parts_thousands_by_points
from workbench.repairs.fixed_point import PLACES, SCALE
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System

_MANY_ROWS = 5
_OF_MONEY = 2
"""Decimals that amounts have."""
_THOUSAND = 3
"""Digits that separators part."""


def unlike_its_column(plausibility: Plausibility, operations: Sequence[Operation]) -> bool:
    """Whether something went wrong with a column rather than with one figure of it that an operation changes."""
    singles = [operation for operation in operations if not operation.structural]
    changed = {number for operation in singles for number, _ in operation.changes}
    for operation in singles:
        if _of_rounding(plausibility, operation) or _loses_its_point(plausibility, operation):
            return True
        if operation.method == "unreadable":
            if _keeps_the_last_point(plausibility, operation):
                return True
        elif _cut_at_the_edge(plausibility, operation, changed):
            return True
    return False


def _of_rounding(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a figure is changed by no more than one in the last place that the figures of its column count in, which
    print zeros behind it: amounts that were rounded, and brought into a finer unit, do not add up to the last place."""
    for number, value in operation.changes:
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


def _loses_its_point(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a figure with as many decimals as most of its table, or as money has, becomes a whole number, as most of
    its column are: the points of that column were lost rather."""
    for number, value in operation.changes:
        variable = plausibility.system.variables[number]
        layout = plausibility.layout(variable.ref.table)
        if layout is None or not variable.decimals or value % SCALE:
            continue
        if variable.decimals not in (layout.usual_decimals, _OF_MONEY):
            continue
        texts = (texts[variable.ref.column] for row, texts in enumerate(layout.texts) if row != variable.ref.row)
        whole = [not figure.decimals for text in texts if (figure := read_figure(text)).value]
        if 2 * sum(whole) > len(whole):
            return True
    return False


def _cut_at_the_edge(plausibility: Plausibility, operation: Operation, changed: Set[int]) -> bool:
    """Whether a figure gets its first digits back that its column alone asks for, in which none is longer than what is
    left of it and another one as long that is not `changed` too: then the edge of the column may have cut the first
    digits of both, and the sum asks for what the other one lacks as well."""
    system = plausibility.system
    if operation.support is not None and operation.support.same_name:
        return False
    for number, value in operation.changes:
        variable = system.variables[number]
        layout = plausibility.layout(variable.ref.table)
        if layout is None or variable.kind is not FigureKind.NUMBER or not _led_by_more(variable, value):
            continue
        asking = (system.equations[other] for other in system.equations_of(number))
        telling = (equation for equation in asking if equation.result.failed and not equation.bound)
        beyond = any(not _within_a_column(system, equation) for equation in telling)
        if not beyond and _as_long_as_any(system, layout, variable, changed):
            return True
    return False


def _keeps_the_last_point(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether the last of several points of an unreadable figure, each of which stands before three digits, is taken
    for that of decimals, where no figure of the column shows that it prints three of them: its points may all part
    thousands."""
    for number, value in operation.changes:
        variable = plausibility.system.variables[number]
        layout = plausibility.layout(variable.ref.table)
        printed = variable.cell.text
        if layout is None or not parts_thousands_by_points(printed):
            continue
        if abs(value) != SCALE * int(bare(printed).replace(".", "").lstrip("-")):
            texts = (texts[variable.ref.column] for texts in layout.texts)
            if not any("," in text and read_figure(text).decimals == _THOUSAND for text in texts):
                return True
    return False


def _led_by_more(variable: Variable, value: int) -> bool:
    """Whether `value` is the figure of a cell with more digits before it."""
    return len(str(value)) > len(str(variable.value)) and str(value).endswith(str(abs(variable.value)))


def _as_long_as_any(system: System, layout: TableLayout, variable: Variable, changed: Set[int]) -> bool:
    """Whether no figure of a column is longer than that of a cell, and another one as long that is not `changed` with
    it."""
    table, _, column = variable.ref
    others = [
        _digits(texts[column])
        for row, texts in enumerate(layout.texts)
        if layout.values(row)[column] and system.at(table, row, column).number not in changed
    ]
    return max(others, default=0) == _digits(variable.cell.text)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _within_a_column(system: System, equation: Equation) -> bool:
    refs = [system.variables[cell].ref for cell in equation.cells]
    return len({(ref.table, ref.column) for ref in refs}) == 1
