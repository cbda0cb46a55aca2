"""How the figures around a cell tell what went wrong with it: parts and totals, neighbours, halves and rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from math import log

from workbench.fiscal.units import power_mixed_in
from workbench.model.check import SUM_FAMILIES, Family, Relation
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation, Variable
from workbench.repairs.evidence.corroboration import FigureIndex
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.rates import rates_of
from workbench.repairs.fixed_point import to_decimal
from workbench.repairs.slips.pieces import ran_together
from workbench.repairs.slips.places import LONGEST_BLOCK
from workbench.repairs.system import System

_LEFT_OUT_OF_ROW = 3.2
_LEFT_OUT = 3.6
_LEFT_OUT_ALL = 4.6
_FEWEST_PARTS = 3
"""A sum with a figure that repeats its total has more parts and the total with figures than so many."""
_ROUNDED = 3.6
_OF_MONEY = 2
_USUAL_UNIT, _OTHER_UNIT = 3.1, 5.5
_LEAST_AFTER_ROUNDING, _MOST_AFTER_ROUNDING = 0.4, 2.5
"""An amount that is rounded and not nothing then is between half of itself and twice as much."""
_RATIOS = [
    (power, _LEAST_AFTER_ROUNDING * 10.0**-power, _MOST_AFTER_ROUNDING * 10.0**-power)
    for power in (4, -4, 3, -3, 8, -8)
]
"""Powers of ten between units, and how many times what is printed an amount in the other unit is."""
_ONE_PLACE, _NO_PLACES = Decimal("0.1"), Decimal(1)
_EXACTLY = Context(prec=60)
"""Amounts of another unit may have more digits than a Decimal is usually rounded to."""
GRAND_TOTAL = 3.6
_TWO_CELLS = 2
_MUCH_ROUNDER = 2.0


@dataclass(slots=True)
class Surroundings:
    """What stands around the cells of one document."""

    system: System
    index: FigureIndex
    layout: Callable[[str], TableLayout | None]
    """The layout of a table; None for a stated figure."""
    _grand: dict[int, bool] = field(default_factory=dict)
    _sums: dict[int, list[Equation]] = field(default_factory=dict)
    """The sums of several parts of which a variable is the total."""
    _together: dict[tuple[str, int], bool] = field(default_factory=dict)

    def asked_by_context(self, variable: Variable, value: int) -> list[tuple[str, float]]:
        """The slips of readers and authors that the figures around tell, each with its cost: another unit, a rounded
        figure, a sum that leaves out a part, a total in the place of a part."""
        found: list[tuple[str, float]] = []
        ratio = abs(value / variable.value) if variable.value else 0.0
        units = [power for power, least, most in _RATIOS if least <= ratio <= most]
        if units and self.is_rate(variable):
            # A rate is in no unit.
            units = []
        if units or variable.decimals < _OF_MONEY:
            printed, right = to_decimal(variable.value), to_decimal(value)
        if units:
            layout = self.layout(variable.ref.table)
            decimals = variable.decimals if layout is None else layout.style(variable.ref.column).decimals
            last_place = Decimal(1).scaleb(-decimals)
        for power in units:
            scaled = right.scaleb(power)
            rounded = scaled.quantize(Decimal(1).scaleb(-variable.decimals), ROUND_HALF_UP, _EXACTLY)
            back = printed.scaleb(-power).quantize(last_place, ROUND_HALF_UP, _EXACTLY)
            # A single digit that is left is what any small amount rounds to.
            finer = power > 0 and back == right and len(back.as_tuple().digits) > 1
            if scaled == printed or (rounded and rounded == printed) or finer:
                usual = abs(power) == power_mixed_in(layout.table.unit if layout is not None else "")
                found.append(("unit_mixed", _USUAL_UNIT if usual else _OTHER_UNIT))
        if variable.decimals < _OF_MONEY and printed != right:
            places = _ONE_PLACE if variable.decimals else _NO_PLACES
            if right.quantize(places, ROUND_HALF_UP, _EXACTLY) == printed:
                found.append(("rounded", _ROUNDED))
        found.extend(self._left_out(variable, value))
        grand = self._grand.get(variable.number)
        if grand is None:
            grand = self._grand[variable.number] = self._is_grand_total(variable)
        if grand:
            found.append(("grand_total_printed", GRAND_TOTAL))
        return found

    def is_rate(self, variable: Variable) -> bool:
        """Whether a cell stands in a column of shares or rates of growth."""
        layout = self.layout(variable.ref.table)
        return layout is not None and variable.ref.column in rates_of(layout)

    def _left_out(self, variable: Variable, value: int) -> list[tuple[str, float]]:
        """A total that adds all its parts but one: the document's own mistake, or its spreadsheet's."""
        missing = value - variable.value
        found: list[tuple[str, float]] = []
        sums = self._sums.get(variable.number)
        if sums is None:
            sums = self._sums[variable.number] = self._sums_to(variable)
        for equation in sums:
            own = equation.coefficients[variable.number]
            if equation.broken_by(equation.residual + own * missing):
                continue
            parts = (
                self.system.variables[cell].value for cell in equation.cells if equation.coefficients[cell] * own < 0
            )
            if missing in parts and missing != variable.value:
                # Else a part rather prints the total again.
                cost = _LEFT_OUT_OF_ROW if equation.check.family is Family.ROW_SUM else _LEFT_OUT
                if not variable.value:
                    # It leaves out all there is: as likely a part stands where none belongs.
                    cost = _LEFT_OUT_ALL
                found.append(("part_left_out", cost))
        return found

    def _sums_to(self, variable: Variable) -> list[Equation]:
        equations = (self.system.equations[number] for number in self.system.equations_of(variable.number))
        return [
            equation
            for equation in equations
            if equation.check.relation is Relation.EQUAL
            and equation.check.family in SUM_FAMILIES
            and len(equation.cells) > _TWO_CELLS
            and variable.number in equation.totals
        ]

    def _is_grand_total(self, variable: Variable) -> bool:
        """Whether the cell prints the largest figure of its column, which a total in the column prints too."""
        layout = self.layout(variable.ref.table)
        if layout is None or not variable.value:
            return False
        same = (
            ref
            for ref in self.index.prints(variable.value)
            if ref.table == variable.ref.table and ref.column == variable.ref.column and ref != variable.ref
        )
        if not any(self._is_total(ref) for ref in same):
            return False
        printed = to_decimal(variable.value)
        values = (row[variable.ref.column].figure.value for row in layout.table.rows)
        return all(value is None or value <= printed for value in values)

    def prints_its_total(self, variable: Variable) -> bool:
        """Whether the cell is one of several parts of a sum and prints its total, beside parts that make it up."""
        for number in self.system.equations_of(variable.number):
            equation = self.system.equations[number]
            if (
                equation.check.family in SUM_FAMILIES
                and len(equation.totals) == 1
                and variable.number not in equation.totals
            ):
                total = self.system.variables[next(iter(equation.totals))]
                parts = sum(bool(self.system.variables[cell].value) for cell in equation.cells)
                if total.value == variable.value and parts > _FEWEST_PARTS:
                    return True
        return False

    def _is_total(self, ref: CellRef) -> bool:
        """Whether a sum down the column has this cell as its total."""
        number = self.system.variable(ref).number
        return any(
            number in self.system.equations[equation].totals
            and self.system.equations[equation].check.family in SUM_FAMILIES
            for equation in self.system.equations_of(number)
        )

    def ran_together(self, variable: Variable) -> bool:
        """Whether several cells of the row hold two figures each: two rows, and no figure that cannot be read."""
        layout = self.layout(variable.ref.table)
        if layout is None:
            return False
        key = (variable.ref.table, variable.ref.row)
        if key not in self._together:
            self._together[key] = ran_together(layout, variable.ref.row)
        return self._together[key]

    def stands_on_unnamed_row(self, variable: Variable, value: int) -> bool:
        """Whether the figure stands in its column on a row without a name, right above, below or beside where no sum
        asks for it, or in a half of the row without a name: moved rather than lost."""
        layout = self.layout(variable.ref.table)
        if layout is None:
            return False
        row, column = variable.ref.row, variable.ref.column
        for hit in self.index.prints(value):
            if hit.table == layout.table.id and hit.column == column and hit.row != row:
                if not self._named_alike(layout, row, hit.row, column):
                    return True
                if abs(hit.row - row) == 1 and not self._known(variable, hit):
                    return True
        own = layout.values(row)
        if any(
            own[place] == value and not self._known(variable, CellRef(variable.ref.table, row, place))
            for place in layout.segment_of(column)
            if place != column
        ):
            return True
        halves = (half for half in layout.segments if column not in half and not layout.named_within(row, half))
        return layout.named(row, column) and any(own[place] == value for half in halves for place in half)

    def unnamed_elsewhere(self, layout: TableLayout, column: int, value: int) -> bool:
        """Whether a column prints the figure on a row that nothing names in its half of the table."""
        half = layout.segment_of(column)
        return any(
            hit.table == layout.table.id and hit.column == column and not layout.named_within(hit.row, half)
            for hit in self.index.prints(value)
        ) and any(layout.named_within(row, half) for row in range(len(layout.texts)))

    def _known(self, variable: Variable, ref: CellRef) -> bool:
        """Whether a check that holds, or one of this cell too, has another cell of its table."""
        beside = self.system.variable(ref)
        equations = (self.system.equations[number] for number in self.system.equations_of(beside.number))
        return any(equation.held or variable.number in equation.cells for equation in equations)

    @staticmethod
    def _named_alike(layout: TableLayout, row: int, other: int, column: int) -> bool:
        """Whether the row `other` is called anything for its figure in `column`, in that half of the table too where
        `row` is."""
        half = layout.segment_of(column)
        if half and layout.named_within(row, half) and not layout.named_within(other, half):
            return False
        return layout.named(other, column)

    def rounder(self, variable: Variable, value: int) -> float:
        """How much likelier one wrong digit leaves out so round an amount than a cell of this column that prints
        nothing, as a logarithm; 0 for an amount of several digits, and where the column prints round ones."""
        layout = self.layout(variable.ref.table)
        if layout is None or not _of_one_digit(value):
            return 0.0
        figures = [figure for row in range(len(layout.texts)) if (figure := layout.values(row)[variable.ref.column])]
        return min(log((len(figures) + 1) / (sum(map(_of_one_digit, figures)) + 0.5)), _MUCH_ROUNDER)

    def opens_a_run(self, variable: Variable, value: int) -> bool:
        """Whether the figures right below or above the blank, one behind the other, end with this one: they rather all
        stand a row beside their own than this one is missing at the other end of them."""
        layout = self.layout(variable.ref.table)
        if layout is None:
            return False
        for step in (1, -1):
            row = variable.ref.row + step
            run: list[int] = []
            while 0 <= row < len(layout.texts) and len(run) <= LONGEST_BLOCK:
                figure = layout.values(row)[variable.ref.column]
                if not figure:
                    break
                run.append(figure)
                row += step
            if len(run) > 1 and run[-1] == value and value not in run[:-1]:
                return True
        return False

    def stands_beside(self, variable: Variable, value: int) -> bool:
        """Whether the row prints this figure in another column, or the column on a row beside it."""
        layout = self.layout(variable.ref.table)
        if layout is None:
            return False
        row, column = variable.ref.row, variable.ref.column
        own = layout.values(row)
        if any(own[other] == value for other in layout.segment_of(column) if other != column):
            return True
        beside = (other for other in (row - 1, row + 1) if 0 <= other < len(layout.texts))
        return any(layout.values(other)[column] == value for other in beside)

    def said_beside(self, variable: Variable, value: int) -> bool:
        """Whether the row prints this figure in another column that prints the same as this one in most rows."""
        layout = self.layout(variable.ref.table)
        if layout is None or not value:
            return False
        column, own = variable.ref.column, layout.values(variable.ref.row)
        beside = (other for other in layout.segment_of(column) if other != column and own[other] == value)
        return any(layout.alike(column, other) for other in beside)

    def in_empty_row(self, variable: Variable) -> bool:
        """Whether the row prints no figure at all,
        where half of those with a figure in this column print others too."""
        layout = self.layout(variable.ref.table)
        return layout is not None and layout.prints_nothing(variable.ref.row) and layout.in_company(variable.ref.column)

    def repeats_neighbour(self, variable: Variable) -> bool:
        """Whether the cell above or to the left prints the same, which cells there do not usually do."""
        layout = self.layout(variable.ref.table)
        if layout is None or not variable.value:
            return False
        text = variable.cell.text
        row, column = variable.ref.row, variable.ref.column
        above = row > 0 and layout.cell(row - 1, column).text == text
        if above and 2 * sum(texts[column] == text for texts in layout.texts) <= len(layout.texts):
            return True
        left = column > 0 and column - 1 in layout.segment_of(column) and layout.cell(row, column - 1).text == text
        return left and not layout.alike(column - 1, column)


def _of_one_digit(value: int) -> bool:
    """Whether but one digit of an amount is no zero."""
    return len(str(abs(value)).rstrip("0")) == 1
