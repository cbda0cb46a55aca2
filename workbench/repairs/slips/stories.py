"""What a change of one figure costs: the least of the ways it could have gone wrong, less what corroborates it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from workbench.model.amount import FigureKind, print_like, read_figure
from workbench.model.check import SUM_FAMILIES, Family, Relation
from workbench.model.table import CellRef
from workbench.repairs.constraints import Constraints
from workbench.repairs.evidence.corroboration import FigureIndex, Support
from workbench.repairs.evidence.layout import ColumnStyle, Layouts, TableLayout
from workbench.repairs.evidence.source_text import SourceText
from workbench.repairs.evidence.typos import ANY_OTHER, VAGUE, bare, between, unreadable
from workbench.repairs.slips.moves import LONGEST_BLOCK, cuts
from workbench.repairs.system import PLACES, SCALE, System, Variable, to_decimal, to_units

ACROSS = 1.5
"""Less for a row that then adds up across as the other rows of its table do though no check says so, more for one that
no longer does."""

LEAST = 0.9
"""Below this, further evidence hardly makes a change cheaper."""
_SOFTNESS = 0.05
_DEEPEST = 6.0
CHEAPEST = LEAST - _SOFTNESS * _DEEPEST
"""No change costs less."""
_IN_PROSE = 0.3
"""For a figure of the running text, where none can come into a wrong row or column."""

_BLANK_FILLED = 3.2
_DASH_FILLED = 6.0
_ON_UNNAMED_ROW = 3.0
_LEFT_BESIDE = 0.7
"""For a blank that gets the very figure that stands beside it, however well it is corroborated: the figure may have moved."""
_IN_EMPTY_ROW = 0.8
"""For a figure on a row that prints none, where the other rows with a figure there print more than that one."""
_OPENS_A_RUN = 1.5
_ROW_RAN_TOGETHER = 3.0
_REPEATED = 4.2
_LEFT_OUT_OF_ROW = 3.2
_LEFT_OUT = 3.6
_LEFT_OUT_ALL = 4.6
_GRAND_TOTAL = 3.6
_FEWEST_PARTS = 3
"""A sum with a figure that repeats its total has more parts and the total with figures than so many."""
_ROUNDED = 3.6
_SAME_CORRECTION = 2.0
_UNIT_COSTS = {4: 3.1, 3: 5.5, 8: 5.5}
_DIGITS_BY_ROUNDING = 2
"""So many digits more or less may an amount of another unit have: one by rounding, one by its sign."""
_PRINTED_ELSEWHERE = 1.2
_PRINTED_ON_SAME_NAME = 2.4
_ONE_MORE_WITNESS = 0.4
_WITNESS_AGAINST = 0.8
_MOST_WITNESSES = 3
"""For each other table beyond the first that prints the proposed figure under the same name, and for each that prints
there what the cell prints."""
_IN_THE_SOURCE = 2.4
"""Less for a figure that the source prints on the cell's row, and no cell has."""
_UNDER_THE_CELL = 5.0
"""Less for the very figure that the characters under the cell belong to."""
_ODD_SIGN = 2.5
"""Less for a change of the only negative figure of a column."""
_TOO_MANY_DECIMALS = 2.5
_ODD_FORM = 1.5
_FINER_THAN_COLUMN = 2.5

_ONE_PLACE, _NO_PLACES = Decimal("0.1"), Decimal(1)
_EXACTLY = Context(prec=60)
"""Amounts of another unit may have more digits than a Decimal is usually rounded to."""


@dataclass(frozen=True, slots=True)
class Story:
    """How a figure went wrong: the slip's name, its cost, and the cell that corroborates the proposed figure."""

    method: str
    cost: float
    support: Support | None = None


@dataclass(slots=True)
class Plausibility:
    """Prices for changing one figure of one document, remembered for a whole search."""

    system: System
    index: FigureIndex
    constraints: Constraints
    layouts: Layouts = field(default_factory=Layouts)
    source: SourceText = field(init=False)
    _prices: dict[tuple[int, int], Story | None] = field(default_factory=dict)
    _cheapest: dict[tuple[int, int], tuple[str, float]] = field(default_factory=dict)
    _movable: dict[int, bool] = field(default_factory=dict)
    _grand: dict[int, bool] = field(default_factory=dict)
    _repeats: dict[int, bool] = field(default_factory=dict)
    _together: dict[tuple[str, int], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = SourceText(self.system.document)
        self.layouts.turn_to(self.system)

    def layout(self, identifier: str) -> TableLayout | None:
        """The layout of a table; None for a stated figure."""
        return self.layouts.of(identifier, self.system)

    def style(self, ref: CellRef) -> ColumnStyle:
        """How the column of `ref` prints; a stated figure is its own column."""
        layout = self.layout(ref.table)
        if layout is not None:
            return layout.style(ref.column)
        text = self.system.variable(ref).cell.text
        return ColumnStyle(True, read_figure(text).decimals, 2 * text.startswith("-"), text, "")

    def movable(self, variable: int) -> bool:
        """Whether a suggestion may change this cell: no label or code, none that the reviewer confirmed."""
        known = self._movable.get(variable)
        if known is None:
            found = self.system.variables[variable]
            known = found.ref not in self.constraints.immovable and found.kind is not FigureKind.TEXT
            self._movable[variable] = known
        return known

    def story(self, variable: int, value: int, changes: Mapping[int, int]) -> Story | None:
        """Why this cell would have to say `value`; None where it must not (a negative in a column without any, a
        value that the reviewer ruled out)."""
        key = (variable, value)
        figures = self.system.trace.figures
        figures.add(value)
        figures.add(self.system.variables[variable].value)
        if key not in self._prices:
            self._prices[key] = self._price(self.system.variables[variable], value)
        story = self._prices[key]
        if story is None or story.cost <= _SAME_CORRECTION:
            return story
        if self._corrected_alike(variable, value, changes):
            return Story("same_correction", _SAME_CORRECTION, story.support)
        return story

    def singled_out(self, variable: int, value: int, changes: Mapping[int, int]) -> bool:
        """Whether anything speaks for this very figure rather than for one beside it: a slip that makes few figures of
        another, or that it is printed elsewhere."""
        found = self.system.variables[variable]
        self.system.trace.figures.add(value)
        if self.index.prints(to_decimal(value)) or self._corrected_alike(variable, value, changes):
            return True
        return self._likeliest_slip(found, value, self.style(found.ref))[0] not in VAGUE

    def printed_by_name(self, variable: int, value: int) -> bool:
        """Whether a row of the same name prints this figure elsewhere."""
        self.system.trace.figures.add(value)
        support = self.index.support(self.system.variables[variable].ref, to_decimal(value))
        return support is not None and support.same_name

    def _corrected_alike(self, variable: int, value: int, changes: Mapping[int, int]) -> bool:
        """Whether the same wrong figure has been given the same value elsewhere."""
        printed = self.system.variables[variable].value
        if not printed:
            return False
        variables = self.system.variables
        return any(changed == value and variables[other].value == printed for other, changed in changes.items())

    def text_for(self, variable: int, value: int) -> str:
        """`value` as the column of this cell would print it."""
        found = self.system.variables[variable]
        style = self.style(found.ref)
        amount = to_decimal(value).normalize()
        if not amount and (style.zero or style.blanks or found.kind is not FigureKind.NUMBER):
            return style.zero
        model = found.cell.text if found.kind is FigureKind.NUMBER else style.model
        if found.kind is FigureKind.NUMBER and found.decimals != style.decimals and style.model:
            # The slip may have cost the figure its decimals or its separators: print it as its column does.
            exact = print_like(amount, style.model)
            if read_figure(exact).value == amount:
                return exact
        return print_like(amount, model or style.model or "0.00")

    def _price(self, variable: Variable, value: int) -> Story | None:
        if not self.movable(variable.number) or (value == variable.value and variable.kind is FigureKind.NUMBER):
            return None
        style = self.style(variable.ref)
        if value < 0 and not style.negatives - (variable.value < 0):
            return None
        if self.constraints.rejected and self._rejected(variable, value):
            return None
        method, cost = self._likeliest_slip(variable, value, style)
        layout = self.layout(variable.ref.table)
        if layout is not None:
            cost -= ACROSS * layout.adds_up(variable.ref.row, {variable.ref.column: value})
        support = self.index.support(variable.ref, to_decimal(value))
        cost -= self._corroboration(variable, value, support)
        if variable.kind is FigureKind.NUMBER and variable.value:
            if variable.decimals > style.decimals:
                cost -= _TOO_MANY_DECIMALS
            else:
                cost -= _ODD_FORM * style.oddness(variable.cell.text)
            if variable.value < 0 <= value and style.negatives == 1:
                cost -= _ODD_SIGN
        if value * 10**style.decimals % SCALE:
            cost += _FINER_THAN_COLUMN
        if layout is None:
            cost += _IN_PROSE
        cost = softened(cost, LEAST)
        if variable.kind is FigureKind.BLANK and self._stands_beside(variable, value):
            cost += _LEFT_BESIDE
        return Story(method, cost, support)

    def _corroboration(self, variable: Variable, value: int, support: Support | None) -> float:
        """What other cells say for (positive) or against the proposed figure beside the printed one."""
        told = 0.0
        if support is not None and (support.same_name or self._printed_apart(variable, value)):
            named = support.same_name and support.independent
            told = _PRINTED_ON_SAME_NAME if named else _PRINTED_ELSEWHERE
            more = self.index.witnesses(variable.ref, to_decimal(value)) - 1
            told += _ONE_MORE_WITNESS * max(min(more, _MOST_WITNESSES), 0)
        if value and self.source.whole(variable.ref) == value:
            told += _UNDER_THE_CELL
        elif self.source.says(variable.ref, value):
            told += _IN_THE_SOURCE
        against = self.index.holders(variable.ref, to_decimal(variable.value))
        return told - _WITNESS_AGAINST * min(against, _MOST_WITNESSES)

    def _printed_apart(self, variable: Variable, value: int) -> bool:
        """Whether a cell prints this figure that no sum ties to the variable: a total with one part left is that part."""
        equations = (self.system.equations[number] for number in self.system.equations_of(variable.number))
        tied = {
            self.system.variables[cell].ref
            for equation in equations
            if len(equation.cells) > 2
            for cell in equation.cells
        }
        return any(hit not in tied for hit in self.index.prints(to_decimal(value)))

    def _rejected(self, variable: Variable, value: int) -> bool:
        for ref, text in self.constraints.rejected:
            if ref == variable.ref:
                figure = read_figure(text)
                if figure.value is not None and to_units(figure.value) == value:
                    return True
        return False

    def _likeliest_slip(self, variable: Variable, value: int, style: ColumnStyle) -> tuple[str, float]:
        key = (variable.number, value)
        known = self._cheapest.get(key)
        if known is None:
            known = self._cheapest[key] = self._slip(variable, value, style)
        return known

    def _slip(self, variable: Variable, value: int, style: ColumnStyle) -> tuple[str, float]:
        if variable.kind is FigureKind.BLANK:
            if self._stands_on_unnamed_row(variable, value):
                return "figure_dropped", _BLANK_FILLED + _ON_UNNAMED_ROW
            more = _IN_EMPTY_ROW if self._in_empty_row(variable) else 0.0
            return "figure_dropped", _BLANK_FILLED + more + _OPENS_A_RUN * self._opens_a_run(variable, value)
        if variable.kind is FigureKind.DASH:
            return "figure_dropped", _DASH_FILLED
        forms = _forms(value, variable.decimals, style.decimals)
        if variable.kind is FigureKind.GARBLED:
            typos = [unreadable(variable.cell.text, form) for form in forms]
            typo = min(typos, key=lambda found: found.cost)
            return typo.method, typo.cost + (_ROW_RAN_TOGETHER if self._ran_together(variable) else 0.0)
        best = ("other_figure", ANY_OTHER)
        if value:
            printed = bare(variable.cell.text)
            for form in forms if variable.value else ():
                typo = between(printed, form)
                if typo.cost < best[1]:
                    best = (typo.method, typo.cost)
            for method, cost in self._by_context(variable, value):
                if cost < best[1]:
                    best = (method, cost)
        elif variable.value and self._prints_its_total(variable):
            best = ("grand_total_printed", _GRAND_TOTAL)
        if best[1] > _REPEATED:
            repeats = self._repeats.get(variable.number)
            if repeats is None:
                repeats = self._repeats[variable.number] = self._repeats_neighbour(variable)
            if repeats:
                best = ("figure_repeated", _REPEATED)
        return best

    def _by_context(self, variable: Variable, value: int) -> list[tuple[str, float]]:
        found: list[tuple[str, float]] = []
        printed, right = to_decimal(variable.value), to_decimal(value)
        powers = abs(len(str(variable.value)) - len(str(value)))
        for power, cost in _UNIT_COSTS.items():
            if abs(powers - power) > _DIGITS_BY_ROUNDING:
                continue
            for exponent in (power, -power):
                scaled = right.scaleb(exponent)
                rounded = scaled.quantize(Decimal(1).scaleb(-variable.decimals), ROUND_HALF_UP, _EXACTLY)
                back = printed.scaleb(-exponent).quantize(right, ROUND_HALF_UP, _EXACTLY)
                if scaled == printed or (rounded and rounded == printed) or (exponent > 0 and back == right):
                    found.append(("unit_mixed", cost))
        places = _ONE_PLACE if variable.decimals else _NO_PLACES
        if variable.decimals < 2 and printed != right and right.quantize(places, ROUND_HALF_UP, _EXACTLY) == printed:
            found.append(("rounded", _ROUNDED))
        found.extend(self._left_out(variable, value))
        grand = self._grand.get(variable.number)
        if grand is None:
            grand = self._grand[variable.number] = self._is_grand_total(variable)
        if grand:
            found.append(("grand_total_printed", _GRAND_TOTAL))
        return found

    def _left_out(self, variable: Variable, value: int) -> list[tuple[str, float]]:
        """A total that adds all its parts but one: the document's own mistake, or its spreadsheet's."""
        missing = value - variable.value
        found: list[tuple[str, float]] = []
        for number in self.system.equations_of(variable.number):
            equation = self.system.equations[number]
            check = equation.check
            if check.relation is not Relation.EQUAL or check.family not in SUM_FAMILIES or len(equation.cells) < 3:
                continue
            if variable.number not in equation.totals:
                continue
            own = equation.coefficients[variable.number]
            if equation.broken_by(equation.residual + own * missing):
                continue
            parts = (
                self.system.variables[cell].value for cell in equation.cells if equation.coefficients[cell] * own < 0
            )
            if missing in parts and missing != variable.value:
                # Else a part rather prints the total again.
                cost = _LEFT_OUT_OF_ROW if check.family is Family.ROW_SUM else _LEFT_OUT
                if not variable.value:
                    # It leaves out all there is: as likely a part stands where none belongs.
                    cost = _LEFT_OUT_ALL
                found.append(("part_left_out", cost))
        return found

    def _is_grand_total(self, variable: Variable) -> bool:
        """Whether the cell prints the largest figure of its column, which a total in the column prints too."""
        layout = self.layout(variable.ref.table)
        if layout is None or not variable.value:
            return False
        same = (
            ref
            for ref in self.index.prints(to_decimal(variable.value))
            if ref.table == variable.ref.table and ref.column == variable.ref.column and ref != variable.ref
        )
        if not any(self._is_total(ref) for ref in same):
            return False
        printed = to_decimal(variable.value)
        values = (row[variable.ref.column].figure.value for row in layout.table.rows)
        return all(value is None or value <= printed for value in values)

    def _prints_its_total(self, variable: Variable) -> bool:
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

    def _ran_together(self, variable: Variable) -> bool:
        """Whether several cells of the row hold two figures each: two rows, and no figure that cannot be read."""
        layout = self.layout(variable.ref.table)
        if layout is None:
            return False
        key = (variable.ref.table, variable.ref.row)
        if key not in self._together:
            texts = enumerate(layout.texts[variable.ref.row])
            held = (any(cuts(text, layout.style(column).decimals)) for column, text in texts if "." in text)
            self._together[key] = sum(held) > 1
        return self._together[key]

    def _stands_on_unnamed_row(self, variable: Variable, value: int) -> bool:
        """Whether the figure stands right above or below on a row without a name, or in a half of the row without one:
        moved rather than lost."""
        layout = self.layout(variable.ref.table)
        if layout is None:
            return False
        row, column = variable.ref.row, variable.ref.column
        for other in (row - 1, row + 1):
            if 0 <= other < len(layout.texts):
                figure = layout.cell(other, column).figure
                same = figure.value is not None and to_units(figure.value) == value
                if same and not layout.named(other, column):
                    return True
        own = layout.values(row)
        halves = (half for half in layout.segments if column not in half and not layout.named_within(row, half))
        return layout.named(row, column) and any(own[place] == value for half in halves for place in half)

    def _opens_a_run(self, variable: Variable, value: int) -> bool:
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

    def _stands_beside(self, variable: Variable, value: int) -> bool:
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

    def _in_empty_row(self, variable: Variable) -> bool:
        """Whether the row prints no figure at all, where half of those with a figure in this column print others too."""
        layout = self.layout(variable.ref.table)
        return layout is not None and layout.prints_nothing(variable.ref.row) and layout.in_company(variable.ref.column)

    def _repeats_neighbour(self, variable: Variable) -> bool:
        layout = self.layout(variable.ref.table)
        if layout is None or not variable.value:
            return False
        text = variable.cell.text
        row, column = variable.ref.row, variable.ref.column
        above = row > 0 and layout.cell(row - 1, column).text == text
        left = column > 0 and column - 1 in layout.segment_of(column) and layout.cell(row, column - 1).text == text
        return above or left


def softened(cost: float, least: float) -> float:
    """The cost, flattened below `least`: what more speaks for one change than for another still tells them apart."""
    return cost if cost >= least else least - _SOFTNESS * min(least - cost, _DEEPEST)


@lru_cache(maxsize=16384)
def _forms(value: int, own: int, usual: int) -> tuple[str, ...]:
    """The ways a value may be printed, as bare figures: with the decimals of its column and of its cell, and with as
    few as it needs."""
    digits = f"{abs(value):0{PLACES + 1}d}"
    whole, fraction = digits[:-PLACES], digits[-PLACES:]
    sign = "-" if value < 0 else ""
    least = len(fraction.rstrip("0"))
    places = sorted({max(own, least), max(usual, least), least})
    return tuple(f"{sign}{whole}.{fraction[:count].ljust(count, '0')}" if count else sign + whole for count in places)
