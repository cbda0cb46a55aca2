"""Rows that kept their label and lost their figures: what the sums miss that they are parts of, or what their own parts
add up to, says what they printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log

from workbench.model.amount import FigureKind
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.rates import rates_for
from workbench.repairs.slips.missed_sums import MissedSums, Missing
from workbench.repairs.slips.places import holds
from workbench.repairs.slips.relocation import Move
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System

ROW_EMPTIED = 3.4
PARTLY_EMPTIED = 4.2
"""Of one that has other figures."""
OVER_ZEROS = 1.0
"""More for one that prints zeros, or dashes: these were read, where it is blanks that show what was not."""
LEFT_BESIDE = 2.5
"""More for one whose figures all stand on the row above or below: rather they moved."""
TOTALS_EMPTIED = 2.4
"""Of a row of totals, where the parts below it print in all their columns what it would say."""
TOTALS_PARTLY_EMPTIED = 2.8
"""Of one that has other figures, which are what its parts add up to."""
_FEWEST_FIGURES = 2
"""One figure alone that is missing is no row."""
_LINK = 4
"""No more cells has a check that says of a figure what others are."""
_MOST_EMPTY = 8
"""Where so many rows print nothing, it is what rows of the table do."""


@dataclass(slots=True)
class EmptiedRows:
    """Finds the rows of a document that lost their figures."""

    system: System
    plausibility: Plausibility
    missed: MissedSums

    def under(self, equation: Equation) -> Iterator[Move]:
        """The rows of which a failing equation has a cell, or misses a part."""
        yield from self._of_totals(equation)
        yield from self._of_parts(equation)
        yield from self._of_linked(equation)

    def _of_totals(self, equation: Equation) -> Iterator[Move]:
        """A row that a link asks a figure of, with what the parts of each of its figures add up to."""
        for cell in equation.cells if len(equation.cells) <= _LINK else ():
            variable = self.system.variables[cell]
            layout = self.plausibility.layout(variable.ref.table) if variable.kind is FigureKind.BLANK else None
            segment = layout.segment_of(variable.ref.column) if layout is not None else ()
            if layout is None or not segment or not layout.named(variable.ref.row, segment[0]):
                continue
            if not self._summed(variable.ref):
                # Nothing adds up to what is asked: the rest of the row is no matter.
                continue
            values = self._summed_in_blanks(layout, variable.ref.row, segment)
            if sum(map(bool, values.values())) >= _FEWEST_FIGURES:
                emptied = _has_none(layout, variable.ref.row, segment)
                cost = TOTALS_EMPTIED if emptied else TOTALS_PARTLY_EMPTIED
                yield from self._filled(layout, variable.ref.row, values, cost, equation.tolerance)

    def _summed_in_blanks(self, layout: TableLayout, row: int, segment: tuple[int, ...]) -> dict[int, int]:
        """What the parts add up to of the figures that a row of totals does not print; none where those that it prints
        are others."""
        values: dict[int, int] = {}
        for column in segment:
            summed = self._summed(CellRef(layout.table.id, row, column))
            if not holds(layout.texts[row][column]):
                values[column] = summed
            elif summed and summed != layout.values(row)[column]:
                return {}
        return values

    def _of_linked(self, equation: Equation) -> Iterator[Move]:
        """A row that a link asks a figure of, with what the sums miss of which it is a part."""
        for cell in equation.cells if len(equation.cells) <= _LINK and self.missed.total(equation) is None else ():
            variable = self.system.variables[cell]
            if variable.kind is FigureKind.BLANK:
                sums = (self.system.equations[number] for number in self.system.equations_of(cell))
                moves = (move for other in sums if other.result.failed for move in self._of_parts(other))
                yield from (move for move in moves if (variable.ref.row, variable.ref.column) in move.texts)

    def _summed(self, ref: CellRef) -> int:
        """What the parts of a figure down its column add up to; 0 where it has none, or they cannot be added."""
        number = self.system.variable(ref).number
        for other in self.system.equations_of(number):
            equation = self.system.equations[other]
            if number in equation.totals and self.missed.total(equation) == ref and equation.blockers <= {number}:
                return self.system.implied(equation, number, {}, equation.residual) or 0
        return 0

    def _of_parts(self, equation: Equation) -> Iterator[Move]:
        """The empty rows under a failing sum, with what the sums of its row miss."""
        total = self.missed.total(equation)
        layout = self.plausibility.layout(total.table) if total is not None else None
        if total is None or layout is None:
            return
        segment = layout.segment_of(total.column)
        blank = [ref.row for ref in self.missed.parts(equation) if not holds(layout.texts[ref.row][total.column])]
        halves = len(layout.segments) > 1
        if not blank or not segment or (len(segment) < _FEWEST_FIGURES and not halves):
            return
        missing = self.missed.missing(equation)
        own = {column: value for column, value in missing.values.items() if value} if missing is not None else {}
        blank = [row for row in blank if layout.named(row, segment[0]) and _has_none(layout, row, own)]
        if not own or not 0 < len(blank) <= _MOST_EMPTY:
            return
        beside = [found for other in self.missed.beside(equation) if (found := self.missed.missing(other))]
        for row in blank:
            values = {**own, **self._of_other_halves(layout, row, beside)}
            if len(values) < _FEWEST_FIGURES:
                continue
            cost = ROW_EMPTIED if prints_nothing(layout, row, segment) else PARTLY_EMPTIED
            zeros = any(layout.texts[row][column].strip() for column in values)
            cost += OVER_ZEROS * zeros + log(len(blank))
            yield from self._filled(layout, row, values, cost, equation.tolerance)

    def _of_other_halves(self, layout: TableLayout, row: int, beside: Iterable[Missing]) -> dict[int, int]:
        """What the sums of the other halves of a table miss of which the row is a part that prints nothing there."""
        values: dict[int, int] = {}
        for missing in beside:
            rows = {ref.row for ref in self.missed.parts(missing.equation)}
            if row in rows and _has_none(layout, row, missing.values):
                values.update({column: value for column, value in missing.values.items() if value})
        return values

    def _filled(
        self, layout: TableLayout, row: int, values: Mapping[int, int], cost: float, slack: int
    ) -> Iterator[Move]:
        """The row with these figures, unless they stand on one beside it that nothing names."""
        values = {column: value for column, value in values.items() if value}
        rates = rates_for(layout, {**dict(enumerate(layout.values(row))), **values})
        beside = _beside_with(layout, row, values, slack)
        if beside is not None and not layout.named(beside, min(values)):
            return
        values |= {column: rate for column, rate in rates.items() if rate and not holds(layout.texts[row][column])}
        texts = {}
        for column, value in values.items():
            variable = self.system.variable(CellRef(layout.table.id, row, column))
            texts[row, column] = self.plausibility.text_for(variable.number, value)
        yield Move("row_emptied", cost + LEFT_BESIDE * (beside is not None), layout, texts)


def prints_nothing(layout: TableLayout, row: int, segment: tuple[int, ...]) -> bool:
    """Whether a row with a name has no figure in a run of columns."""
    return layout.named(row, segment[0]) and _has_none(layout, row, segment)


def _beside_with(layout: TableLayout, row: int, values: Mapping[int, int], slack: int) -> int | None:
    """The nearest row above or below that prints anything in these columns, where it prints these figures."""
    for rows in (range(row - 1, -1, -1), range(row + 1, len(layout.texts))):
        beside = next((other for other in rows if not _has_none(layout, other, values)), None)
        if beside is not None:
            own = layout.values(beside)
            if all(abs(own[column] - value) <= slack for column, value in values.items()):
                return beside
    return None


def _has_none(layout: TableLayout, row: int, columns: Iterable[int]) -> bool:
    return not any(holds(layout.texts[row][column]) for column in columns)
