"""The figures that failing checks ask of one cell, each with the story of how it went wrong.

A check with a tolerance accepts several figures: the most plausible of those near the implied one are taken up.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from math import log
from operator import attrgetter

from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Outcome, Relation
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.column_style import ENOUGH
from workbench.repairs.evidence.layout import SAMPLE
from workbench.repairs.evidence.typos import VAGUE, bare, readings, shortened
from workbench.repairs.fixed_point import PLACES, to_units
from workbench.repairs.slips.stories import CHEAPEST, Plausibility, Story
from workbench.repairs.system import System

PER_STEP_OF_ROUNDING = 0.4
PER_STEP_WHERE_SUMS_ARE_EXACT = 2.0
"""For each unit in the last place that a figure differs from what its check implies exactly, in documents that round
after adding and in documents that add what they print."""

PER_BLANK = 1.0
"""Times the logarithm of how many cells of a check are blank."""

_ROUNDING_SHARE = 0.03
_SAMPLE = 1000
_MOST_STEPS_OF_ROUNDING = 6
_MOST_VALUES = 3
_NEAR = 2.0
"""Of the values that one check allows a cell: how many are taken up, and how much dearer than the best."""
_JUST_AT_THE_BOUND = 1.5
_BY_A_ROUNDED_SHARE = 2.0
"""For an amount that only a share or a growth rate, rounded as it is, asks for, and a factor that does not come out
even."""

_TEN_THOUSAND = 10_000
_CENT = 10 ** (PLACES - 2)
_OUTCOME = attrgetter("outcome")

_Priced = tuple[float, int, int, Story]
"""Cost, last places off, value and story."""


@dataclass(slots=True)
class Implied:
    """What the failing checks of one system imply for its cells."""

    system: System
    plausibility: Plausibility
    _step: float | None = None
    _looks: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _half_units: dict[int, int] = field(default_factory=dict)
    _priced: dict[tuple[int, int, int], tuple[list[_Priced], frozenset[int]]] = field(default_factory=dict)
    """The values that a check asks of a cell, and the figures that were looked for to price them."""

    def values(
        self, variable: int, failing: Set[int], changes: Mapping[int, int], residuals: Mapping[int, int]
    ) -> list[tuple[int, Story]]:
        """The values that failing checks imply for a cell after some changes, each with its story."""
        found = self.by_looks(variable, changes)
        for value in self.plausibility.said_elsewhere(variable):
            said = self.plausibility.story(variable, value, changes)
            if said is not None:
                found[value] = said
        for number in self.system.equations_of(variable):
            equation = self.system.equations[number]
            if number not in failing and not self._only_misses(equation, variable):
                continue
            if not equation.blockers <= changes.keys() | {variable}:
                continue
            residual = residuals.get(number, equation.residual)
            exact = self.system.implied(equation, variable, changes, residual)
            if exact is None or (not exact and number not in failing):
                continue
            for cost, _, value, story in self._asked(changes, equation, variable, exact):
                if value not in found or cost < found[value].cost:
                    found[value] = Story(story.method, cost, story.support)
        return sorted(found.items())

    def _only_misses(self, equation: Equation, variable: int) -> bool:
        """Whether a sum cannot be told for want of this total, which prints nothing: its parts say what it is."""
        if variable not in equation.totals or self.system.variables[variable].kind is not FigureKind.BLANK:
            return False
        return equation.linear and not equation.bound and equation.result.outcome is Outcome.UNVERIFIABLE

    def by_looks(self, variable: int, changes: Mapping[int, int]) -> dict[int, Story]:
        """What a cell says by its own looks that it should be, whatever the checks ask, each with its story."""
        stories = ((meant, self.plausibility.story(variable, meant, changes)) for meant in self._meant(variable))
        return {meant: story for meant, story in stories if story is not None}

    def _asked(self, changes: Mapping[int, int], equation: Equation, variable: int, exact: int) -> list[_Priced]:
        """The likeliest values that one check accepts, priced once for all states in which no other cell that printed
        the same has been given another figure."""
        variables = self.system.variables
        printed = variables[variable].value
        if printed and any(variables[other].value == printed for other in changes):
            return self._likeliest(changes, equation, variable, exact)
        key = (equation.number, variable, exact)
        known = self._priced.get(key)
        if known is None:
            trace = self.system.trace
            before, trace.figures = trace.figures, set()
            priced = self._likeliest(changes, equation, variable, exact)
            known = self._priced[key] = (priced, frozenset(trace.figures))
            trace.figures = before
        self.system.trace.figures |= known[1]
        return known[0]

    def _likeliest(self, changes: Mapping[int, int], equation: Equation, variable: int, exact: int) -> list[_Priced]:
        """The few most plausible of the values that the check accepts."""
        priced = []
        # Two figures of one amount are equal, also where sums differ by rounding.
        per_step = self.per_step() if len(equation.cells) > 2 else PER_STEP_WHERE_SUMS_ARE_EXACT
        dearest = float("inf")
        for value, steps in self._within_tolerance(equation, variable, exact):
            if CHEAPEST + PER_STEP_OF_ROUNDING * steps > dearest:
                continue
            if CHEAPEST + per_step * steps > dearest and not self.plausibility.printed_by_name(variable, value):
                continue
            if steps and value and not self.plausibility.singled_out(variable, value, changes):
                continue
            story = self.plausibility.story(variable, value, changes)
            if story is None:
                continue
            named = story.support is not None and story.support.same_name and story.support.independent
            if steps and value and story.method in VAGUE and not named:
                # What explains any figure does not single out one that the check only just allows.
                continue
            # A figure that is printed under the same name need not be what the check implies to the last place.
            cost = story.cost + (PER_STEP_OF_ROUNDING if named else per_step) * steps
            if not named:
                cost += self._among_blanks(equation, variable)
            if equation.check.relation is Relation.AT_MOST and not steps:
                cost += _JUST_AT_THE_BOUND
            even = equation.check.relation is Relation.PRODUCT and value == exact
            if not equation.linear and variable not in equation.stated and not even:
                cost += _BY_A_ROUNDED_SHARE
            priced.append((cost, steps, value, story))
            dearest = min(dearest, cost + _NEAR)
        priced.sort(key=lambda entry: entry[:3])
        return [entry for entry in priced[:_MOST_VALUES] if entry[0] <= priced[0][0] + _NEAR]

    def _among_blanks(self, equation: Equation, variable: int) -> float:
        """What it costs more that a figure is missing in this cell, where it might as well be in another: of many
        blanks each is as much likelier to be one by right, and most so where its column is blank in most rows."""
        variables = self.system.variables
        if variables[variable].kind is not FigureKind.BLANK:
            return 0.0
        chances = {
            cell: self._filled(variables[cell].ref)
            for cell in equation.cells
            if variables[cell].kind is FigureKind.BLANK
        }
        return PER_BLANK * log(sum(chances.values()) / chances[variable])

    def _filled(self, ref: CellRef) -> float:
        """How often the column of a cell prints a figure."""
        layout = self.plausibility.layout(ref.table)
        if layout is None:
            return 1.0
        return (layout.style(ref.column).filled + 0.5) / (min(len(layout.texts), SAMPLE) + 1)

    def per_step(self) -> float:
        """What a last place costs in this document: less where sums differ by rounding elsewhere too."""
        if self._step is None:
            results, within = self.system.reconciliation.results[:_SAMPLE], Outcome.WITHIN_ROUNDING
            rounded = 0
            if within in map(_OUTCOME, results):
                rounded = sum(result.outcome is within and len(result.check.terms) > 2 for result in results)
            passed = (result for result in results if result.outcome is Outcome.PASS) if rounded else ()
            held = sum(len(result.check.terms) > 2 for result in passed)
            often = rounded > _ROUNDING_SHARE * (held + rounded)
            self._step = PER_STEP_OF_ROUNDING if often else PER_STEP_WHERE_SUMS_ARE_EXACT
        return self._step

    def _meant(self, variable: int) -> tuple[int, ...]:
        """What a figure says by its own looks, whatever the checks ask of it: what the source prints where it stands,
        an unreadable one when its letters are read as the digits they look like, one that is printed unlike its column
        with its point or its sign put right."""
        known = self._looks.get(variable)
        if known is None:
            known = self._looks[variable] = self._by_its_looks(variable)
        return known

    def _by_its_looks(self, variable: int) -> tuple[int, ...]:
        found = self.system.variables[variable]
        whole = self.plausibility.source.whole(found.ref)
        if whole and whole != found.value:
            return (whole,)
        if found.kind is FigureKind.GARBLED:
            figures = (read_figure(text).value for text in readings(found.cell.text))
            return tuple(dict.fromkeys(to_units(value) for value in figures if value is not None))
        style = self.plausibility.style(found.ref)
        if found.kind is not FigureKind.NUMBER or not found.value:
            return ()
        if found.value < 0 and style.negatives == 1:
            return (-found.value,)
        more = found.decimals - style.decimals
        known = style.finer_are_few if more > 0 else style.regular and style.filled >= ENOUGH
        if not more or not (known or self.plausibility.left_odd(variable)):
            return ()
        if more > 0:
            # A point that moved, or that stands for a comma; else digits that are there twice.
            unit = 10 ** (PLACES - style.decimals)
            cut = found.value // unit * unit
            return (found.value * 10**more, cut) if style.decimals else (found.value * 10**more,)
        digits = len(str(abs(found.value))) - PLACES + found.decimals
        return (found.value // 10**-more,) if digits > -more else ()

    def _within_tolerance(self, equation: Equation, variable: int, exact: int) -> list[tuple[int, int]]:
        """The printable values near the implied one that the check accepts, with how many last places off."""
        found = self.system.variables[variable]
        style = self.plausibility.style(found.ref)
        decimals = style.decimals
        if found.kind is FigureKind.NUMBER and not style.model:
            decimals = found.decimals
        unit = 10 ** (PLACES - min(decimals, PLACES))
        nearest = (exact + unit // 2) // unit * unit
        coefficient = abs(equation.coefficients.get(variable, 0))
        if not coefficient:
            return [
                (nearest, 0),
                *((value, 0) for value in self._in_another_unit(equation, variable) if value != nearest),
            ]
        if equation.check.relation is Relation.AT_MOST:
            return [(nearest, 0), *((value, 1) for value in self._shortened(equation, variable, exact))]
        values = [(nearest, 0)]
        if nearest != exact:
            # The column may print too few decimals to hold what the check implies.
            values.append((exact, 0))
            beyond = abs(nearest - exact) * coefficient > equation.tolerance
            if beyond or (not exact % _CENT and self._within_prose(equation)):
                # In prose figures lose zeros at their end: one is no rounder than those that it makes up.
                values = [(exact, 0)]
        more = self.half_unit_more(variable)
        slack = min(equation.tolerance // (coefficient * unit) + bool(more), _MOST_STEPS_OF_ROUNDING)
        for step in range(1, slack + 1):
            values += [(nearest + step * unit, step), (nearest - step * unit, step)]
        return values

    def _within_prose(self, equation: Equation) -> bool:
        """Whether a check adds up figures of the running text alone."""
        tables = {term.ref.table for term in equation.check.terms}
        return len(equation.cells) > 2 and all(self.plausibility.layout(table) is None for table in tables)

    def _in_another_unit(self, equation: Equation, variable: int) -> list[int]:
        """What an amount would be in ten thousands, or in ones, where a share or a rate allows it."""
        found = self.system.variables[variable]
        if variable in equation.stated or not found.value:
            return []
        values = [found.value * _TEN_THOUSAND] + [found.value // _TEN_THOUSAND] * (not found.value % _TEN_THOUSAND)
        return [v for v in values if not equation.broken_by(self.system.residual_with(equation, {variable: v}))]

    def _shortened(self, equation: Equation, variable: int, most: int) -> list[int]:
        """The values below a bound that one slip could have made into what a too large cell prints."""
        found = self.system.variables[variable]
        if equation.coefficients[variable] < 0 or found.kind is not FigureKind.NUMBER:
            return []
        values = (to_units(Decimal(text)) for text in shortened(bare(found.cell.text)))
        return [value for value in dict.fromkeys(values) if 0 < value <= most]

    def half_unit_more(self, variable: int) -> int:
        """By how much the rounding of a new figure exceeds that of the printed one: where nothing was printed, or more
        decimals than the column has."""
        known = self._half_units.get(variable)
        if known is None:
            found = self.system.variables[variable]
            decimals = self.plausibility.style(found.ref).decimals
            printed = half_unit(found.decimals) if found.value else 0
            finer = not found.value or found.decimals > decimals
            known = self._half_units[variable] = half_unit(decimals) - printed if finer else 0
        return known


def half_unit(decimals: int) -> int:
    """Half a unit in the last of so many decimals, in the units of the system."""
    return int(5 * 10 ** max(PLACES - decimals - 1, 0))
