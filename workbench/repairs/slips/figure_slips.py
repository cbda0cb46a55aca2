"""The likeliest way that one figure became another: what a reader or a typist did to it, and its price alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter

from workbench.model.amount import FigureKind
from workbench.repairs.equation import Variable
from workbench.repairs.evidence.column_style import ENOUGH, ColumnStyle
from workbench.repairs.evidence.typos import ANY_OTHER, bare, between, unreadable
from workbench.repairs.fixed_point import PLACES
from workbench.repairs.slips.pieces import ROW_RAN_TOGETHER
from workbench.repairs.slips.surroundings import GRAND_TOTAL, Surroundings

_BLANK_FILLED = 3.2
_DASH_FILLED = 6.0
_ON_UNNAMED_ROW = 3.0
_IN_EMPTY_ROW = 1.8
"""For a figure on a row that prints none, where the other rows with a figure there print more than that one."""
_OPENS_A_RUN = 1.5
_REPEATED = 4.2


@dataclass(slots=True)
class FigureSlips:
    """The slips of figures of one document, each told once."""

    around: Surroundings
    _likeliest: dict[tuple[int, int], tuple[str, float]] = field(default_factory=dict)
    _repeats: dict[int, bool] = field(default_factory=dict)

    def likeliest(self, variable: Variable, value: int, style: ColumnStyle) -> tuple[str, float]:
        """The name of the slip by which the cell would have to say `value` and says what it does, and its price.
        `style` is how its column prints."""
        key = (variable.number, value)
        known = self._likeliest.get(key)
        if known is None:
            known = self._likeliest[key] = self._slip(variable, value, style)
        return known

    def _slip(self, variable: Variable, value: int, style: ColumnStyle) -> tuple[str, float]:
        if variable.kind is FigureKind.BLANK:
            return "figure_dropped", self._filling(variable, value)
        if variable.kind is FigureKind.DASH:
            return "figure_dropped", _DASH_FILLED
        garbled = variable.kind is FigureKind.GARBLED
        printed = forms(
            value, variable.decimals, style.decimals, as_usual=style.regular and style.filled >= ENOUGH and not garbled
        )
        if garbled:
            typos = [unreadable(variable.cell.text, form) for form in printed]
            typo = min(typos, key=lambda found: found.cost)
            return typo.method, typo.cost + (ROW_RAN_TOGETHER if self.around.ran_together(variable) else 0.0)
        return self._mistaken(variable, value, printed)

    def _filling(self, variable: Variable, value: int) -> float:
        """The price of a figure in a cell that prints none."""
        if self.around.stands_on_unnamed_row(variable, value):
            return _BLANK_FILLED + _ON_UNNAMED_ROW
        more = _IN_EMPTY_ROW if self.around.in_empty_row(variable) else 0.0
        more += self.around.rounder(variable, value)
        return _BLANK_FILLED + more + _OPENS_A_RUN * self.around.opens_a_run(variable, value)

    def _mistaken(self, variable: Variable, value: int, could_print: Sequence[str]) -> tuple[str, float]:
        """The likeliest way to have read or typed another figure for this one, which may print in these forms."""
        ways = [("other_figure", ANY_OTHER)]
        if value:
            printed = bare(variable.cell.text)
            typos = [between(printed, form) for form in could_print] if variable.value else []
            ways += [(typo.method, typo.cost) for typo in typos]
            ways += self.around.asked_by_context(variable, value)
        elif variable.value and self.around.prints_its_total(variable):
            ways.append(("grand_total_printed", GRAND_TOTAL))
        best = min(ways, key=itemgetter(1))
        return ("figure_repeated", _REPEATED) if best[1] > _REPEATED and self._repeats_neighbour(variable) else best

    def _repeats_neighbour(self, variable: Variable) -> bool:
        known = self._repeats.get(variable.number)
        if known is None:
            known = self._repeats[variable.number] = self.around.repeats_neighbour(variable)
        return known


@lru_cache(maxsize=16384)
def forms(value: int, own: int, usual: int, *, as_usual: bool = False) -> tuple[str, ...]:
    """The ways a value may be printed, as bare figures: with the decimals of its column and, where that does not print
    all figures `as_usual`, with those of its cell and with as few as it needs."""
    digits = f"{abs(value):0{PLACES + 1}d}"
    whole, fraction = digits[:-PLACES], digits[-PLACES:]
    sign = "-" if value < 0 else ""
    least = len(fraction.rstrip("0"))
    places = sorted({max(usual, least)} if as_usual else {max(own, least), max(usual, least), least})
    return tuple(f"{sign}{whole}.{fraction[:count].ljust(count, '0')}" if count else sign + whole for count in places)
