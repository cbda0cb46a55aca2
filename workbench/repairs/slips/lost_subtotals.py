"""Subtotals that were lost: the next one then stands below the parts of two groups, and is short by all those of the
first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workbench.model.edit import InsertRows
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.manners import written
from workbench.repairs.fixed_point import to_decimal
from workbench.repairs.slips.lost_row import ROW_LOST_OVER_OTHERS, LostRow
from workbench.repairs.slips.missed_sums import MissedSums

_IS_SUBTOTAL = re.compile(r"小\s*计\s*$")


def subtotal_above(missed: MissedSums, equation: Equation) -> Iterator[LostRow]:
    """The subtotal that stood among the parts of another one, which in all its columns is what those below it add up
    to: called as that one, with the sums of those above."""
    total = missed.total(equation)
    layout = missed.plausibility.layout(total.table) if total is not None else None
    if total is None or layout is None or not any(map(_IS_SUBTOTAL.search, layout.texts[total.row])):
        return
    segment, below = layout.segment_of(total.column), layout.values(total.row)
    failing: list[Equation] = []
    for column in segment:
        own = CellRef(total.table, total.row, column)
        asked = (
            missed.system.equations[number] for number in missed.system.equations_of(missed.system.variable(own).number)
        )
        failing += [other for other in asked if other.result.failed and missed.total(other) == own]
    rows = sorted({ref.row for other in failing for ref in missed.parts(other)})
    if not rows or rows[-1] > total.row:
        return
    for place in range(len(rows) - 1, 0, -1):
        if _sums(layout, rows[place:], segment) == [below[column] for column in segment]:
            shifts = tuple((other.number, -other.residual) for other in failing)
            texts = list(layout.texts[total.row])
            for column, value in zip(segment, _sums(layout, rows[:place], segment), strict=True):
                if value:
                    texts[column] = written(layout, column, to_decimal(value))
                elif below[column]:
                    texts[column] = layout.style(column).zero
            edit = InsertRows(total.table, rows[place - 1] + 1, (tuple(texts),))
            yield LostRow(total.table, edit, shifts, None, ROW_LOST_OVER_OTHERS)
            return


def _sums(layout: TableLayout, rows: Sequence[int], columns: Sequence[int]) -> list[int]:
    """What some rows add up to in each of some columns."""
    return [sum(layout.values(row)[column] for row in rows) for column in columns]
