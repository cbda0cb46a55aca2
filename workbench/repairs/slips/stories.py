"""What a change of one figure costs: the least of the ways it could have gone wrong, less what corroborates it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from workbench.fiscal.vocabulary import vocabulary
from workbench.model.amount import FigureKind, print_like, read_figure
from workbench.model.check import Family
from workbench.model.table import CellRef
from workbench.repairs.constraints import Constraints
from workbench.repairs.equation import Variable
from workbench.repairs.evidence.column_style import ColumnStyle
from workbench.repairs.evidence.corroboration import FigureIndex, Support
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.layouts import Layouts
from workbench.repairs.evidence.manners import written
from workbench.repairs.evidence.source_text import SourceText
from workbench.repairs.evidence.typos import VAGUE, bare, between
from workbench.repairs.fixed_point import SCALE, read_units, to_decimal
from workbench.repairs.slips.figure_slips import FigureSlips, forms
from workbench.repairs.slips.surroundings import Surroundings
from workbench.repairs.system import System

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

_LEFT_BESIDE = 0.7
"""For a blank that gets the very figure that stands beside it, however well it is corroborated:
the figure may have moved."""
_SAME_CORRECTION = 2.0
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
_LIKE_A_SLIP = 3.6
"""What makes one figure of another is rather a slip than chance where it costs no more."""
_LEFT_ODD = 2.0
"""For a figure with more decimals than any other of its column, where a repair leaves it so: whatever else is wrong, it
is."""
_ODD_FORM = 1.5
_FINER_THAN_COLUMN = 2.5
_OF_MONEY = 2
"""Decimals that amounts have."""
_LARGEST_RATE = 1000 * SCALE
_BEYOND_ANY_RATE = 2.5
"""For a share or a rate of growth that would be more than ten times the whole and is not as it is printed: it is rather
an amount that is wrong."""


class Story(NamedTuple):
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
    layout: Callable[[str], TableLayout | None] = field(init=False)
    """The layout of a table; None for a stated figure."""
    source: SourceText = field(init=False)
    around: Surroundings = field(init=False)
    _slips: FigureSlips = field(init=False)
    _prices: dict[tuple[int, int], Story | None] = field(default_factory=dict)
    _said: dict[int, tuple[tuple[int, ...], frozenset[str]]] = field(default_factory=dict)
    _texts: dict[tuple[int, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = SourceText(self.system.document)
        self.layouts.turn_to(self.system, self.index)
        self.layout = self.layouts.of
        self.around = Surroundings(self.system, self.index, self.layout)
        self._slips = FigureSlips(self.around)

    def style(self, ref: CellRef) -> ColumnStyle:
        """How the column of `ref` prints; a stated figure is its own column."""
        layout = self.layout(ref.table)
        if layout is not None:
            return layout.style(ref.column)
        text = self.system.variable(ref).cell.text
        return ColumnStyle(True, read_figure(text).decimals, 2 * text.startswith("-"), text, "")

    def movable(self, variable: int) -> bool:
        """Whether a suggestion may change this cell: no label or code, none that the reviewer confirmed."""
        found = self.system.variables[variable]
        return found.kind is not FigureKind.TEXT and found.ref not in self.constraints.immovable

    def may_say(self, variable: Variable, value: int) -> bool:
        """Whether a suggestion may have this cell say `value`: it may change the cell, and the reviewer has not ruled
        that out."""
        if variable.kind is FigureKind.TEXT or variable.ref in self.constraints.immovable:
            return False
        return not self.constraints.rejected or not self.ruled_out(variable, value)

    def left_odd(self, variable: int) -> float:
        """What it costs a repair to leave this cell as it is: nothing,
        but where its looks alone say that it is wrong."""
        found = self.system.variables[variable]
        if found.kind is not FigureKind.NUMBER or not found.value or not self.movable(variable):
            return 0.0
        return _LEFT_ODD if found.decimals == self.style(found.ref).finest_alone else 0.0

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

    def said_elsewhere(self, variable: int) -> tuple[int, ...]:
        """The figures that other tables print by the name of this cell's row and column, of which a slip of a reader
        makes the printed one: they need no check to be asked for."""
        known = self._said.get(variable)
        if known is None:
            known = self._said[variable] = self._slipped_from(self.system.variables[variable])
        values, tables = known
        self.system.trace.tables |= tables
        return values

    def _slipped_from(self, variable: Variable) -> tuple[tuple[int, ...], frozenset[str]]:
        if variable.kind is not FigureKind.NUMBER or not variable.value or self.layout(variable.ref.table) is None:
            return (), frozenset()
        said = self.index.said_elsewhere(variable.ref)
        if variable.value in said:
            return (), frozenset(said.values())
        style = self.style(variable.ref)
        printed = bare(variable.cell.text)
        slipped = (
            value
            for value in said
            if any(
                between(printed, form).cost <= _LIKE_A_SLIP for form in forms(value, variable.decimals, style.decimals)
            )
        )
        return tuple(slipped), frozenset(said.values())

    def singled_out(self, variable: int, value: int, changes: Mapping[int, int]) -> bool:
        """Whether anything speaks for this very figure rather than for one beside it: a slip that makes few figures of
        another, or that it is printed elsewhere."""
        found = self.system.variables[variable]
        self.system.trace.figures.add(value)
        if self.index.prints(value) or self._corrected_alike(variable, value, changes):
            return True
        if found.kind in (FigureKind.BLANK, FigureKind.DASH):
            # Any figure may be missing.
            return False
        return self._slips.likeliest(found, value, self.style(found.ref))[0] not in VAGUE

    def printed_by_name(self, variable: int, value: int) -> bool:
        """Whether a row of the same name prints this figure elsewhere."""
        self.system.trace.figures.add(value)
        support = self.index.support(self.system.variables[variable].ref, value)
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
        known = self._texts.get((variable, value))
        if known is None:
            known = self._text_for(variable, value)
            if not self.system.trace.volatile:
                # What rests on the whole document is told again, so that each search hears of it.
                self._texts[variable, value] = known
        return known

    def _text_for(self, variable: int, value: int) -> str:
        found = self.system.variables[variable]
        style = self.style(found.ref)
        amount = to_decimal(value).normalize()
        if not amount and (style.zero or style.blanks or found.kind is not FigureKind.NUMBER):
            return style.zero
        layout = self.layout(found.ref.table)
        if layout is None:
            return print_like(amount, found.cell.text)
        return written(layout, found.ref.column, amount, found.cell.text, found.ref.row)

    def _price(self, variable: Variable, value: int) -> Story | None:
        if not self.movable(variable.number) or (value == variable.value and variable.kind is FigureKind.NUMBER):
            return None
        style = self.style(variable.ref)
        if value < 0 and not style.negatives - (variable.value < 0) and not self._says_a_change(variable):
            return None
        if self.ruled_out(variable, value):
            return None
        method, cost = self._slips.likeliest(variable, value, style)
        layout = self.layout(variable.ref.table)
        if layout is not None:
            cost -= ACROSS * layout.adds_up(variable.ref.row, {variable.ref.column: value})
        support = self.index.support(variable.ref, value)
        cost -= self._corroboration(variable, value, support)
        if variable.kind is FigureKind.NUMBER and variable.value:
            if variable.decimals > style.decimals:
                # What explains any figure does not explain these.
                cost -= _TOO_MANY_DECIMALS if method not in VAGUE else 0.0
            else:
                cost -= _ODD_FORM * style.oddness(variable.cell.text)
            if variable.value < 0 <= value and style.negatives == 1:
                cost -= _ODD_SIGN
        # Running text leaves out zeros at the end of a figure.
        if value * 10 ** (style.decimals if layout is not None else max(style.decimals, _OF_MONEY)) % SCALE:
            cost += _FINER_THAN_COLUMN
        if abs(value) > _LARGEST_RATE >= abs(variable.value) and self.around.is_rate(variable):
            cost += _BEYOND_ANY_RATE
        if layout is None:
            cost += _IN_PROSE
        cost = softened(cost, LEAST)
        if variable.kind is FigureKind.BLANK and self.around.stands_beside(variable, value):
            cost += _LEFT_BESIDE
        return Story(method, cost, support)

    def _says_a_change(self, variable: Variable) -> bool:
        """Whether a check, or the head of its column, has this cell say by how much an amount changed: that may be
        below zero whatever the others of its column are."""
        layout = self.layout(variable.ref.table)
        heads = layout.paths[variable.ref.column] if layout is not None else ()
        if any(map(vocabulary().columns["difference"].fit, heads)):
            return True
        equations = (self.system.equations[number] for number in self.system.equations_of(variable.number))
        return any(
            equation.check.family is Family.YOY and variable.number in equation.totals | equation.stated
            for equation in equations
        )

    def _corroboration(self, variable: Variable, value: int, support: Support | None) -> float:
        """What other cells say for (positive) or against the proposed figure beside the printed one."""
        told = 0.0
        # A run of figures that all stand beside their own says nothing for the blank that its last one would fill.
        moved = variable.kind is FigureKind.BLANK and self.around.opens_a_run(variable, value)
        if support is not None and (support.same_name or (not moved and self._printed_apart(variable, value))):
            named = (support.same_name and support.independent) or self.around.said_beside(variable, value)
            told = _PRINTED_ON_SAME_NAME if named else _PRINTED_ELSEWHERE
            more = self.index.witnesses(variable.ref, value) - 1
            told += _ONE_MORE_WITNESS * max(min(more, _MOST_WITNESSES), 0)
        if value and self.source.whole(variable.ref) == value:
            told += _UNDER_THE_CELL
        elif self.source.says(variable.ref, value):
            told += _IN_THE_SOURCE
        against = self.index.holders(variable.ref, variable.value)
        return told - _WITNESS_AGAINST * min(against, _MOST_WITNESSES)

    def _printed_apart(self, variable: Variable, value: int) -> bool:
        """Whether a cell prints this figure that no sum ties to the variable:
        a total with one part left is that part."""
        equations = (self.system.equations[number] for number in self.system.equations_of(variable.number))
        tied = {
            self.system.variables[cell].ref
            for equation in equations
            if len(equation.cells) > 2
            for cell in equation.cells
        }
        return any(hit not in tied for hit in self.index.prints(value))

    def ruled_out(self, variable: Variable, value: int) -> bool:
        """Whether the reviewer has said that this cell is not to say `value`; a blank says nothing."""
        rejected = self.constraints.rejected
        return bool(rejected) and any(ref == variable.ref and read_units(text)[1] == value for ref, text in rejected)


def softened(cost: float, least: float) -> float:
    """The cost, flattened below `least`: what more speaks for one change than for another still tells them apart."""
    return cost if cost >= least else least - _SOFTNESS * min(least - cost, _DEEPEST)
