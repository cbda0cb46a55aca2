"""Columns of rates beside amounts: whether the rates of a row are those of its own figures, so that a reader who moved
figures and left their rates behind, or moved both, is told from the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import permutations

from workbench.fiscal.vocabulary import label_key, vocabulary
from workbench.model.amount import FigureKind, read_figure
from workbench.repairs.evidence.column_style import ENOUGH, NEARLY_ALL
from workbench.repairs.evidence.layout import SAMPLE, TableLayout
from workbench.repairs.fixed_point import SCALE, read_units

_MOST_AMOUNTS = 8
_HUNDRED = 100


def rates_of(layout: TableLayout) -> frozenset[int]:
    """The columns of amounts that hold shares or rates of growth rather."""
    if layout.rates is None:
        columns = (column for segment in layout.segments for column in segment)
        layout.rates = frozenset(column for column in columns if _is_rate(layout, column))
    return layout.rates


def without_rates(layout: TableLayout, segments: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Those runs of columns that hold rates beside amounts, without the rates."""
    rates = rates_of(layout)
    for segment in segments:
        amounts = tuple(column for column in segment if column not in rates)
        if amounts and len(amounts) < len(segment):
            yield amounts


def rates_agree(layout: TableLayout, row: int, changed: Mapping[int, str]) -> int:
    """How many rates more of a row are those of its own figures, once some of its cells print other texts."""
    if not rates_of(layout):
        return 0
    before = layout.texts[row]
    after = tuple(changed.get(column, text) for column, text in enumerate(before))
    return _agreeing(layout, after) - _agreeing(layout, before)


def rates_for(layout: TableLayout, figures: Mapping[int, int]) -> dict[int, int]:
    """The rates of a row with these figures, in the units of the system: those that its own two amounts make as they
    make those of nearly all rows."""
    found: dict[int, int] = {}
    for column in rates_of(layout):
        making = _making(layout, column)
        of, by = (figures.get(place, 0) for place in making[:2]) if making is not None else (0, 0)
        if making is not None and of and by:
            last_place = SCALE // 10 ** layout.style(column).decimals
            rate = _HUNDRED * SCALE * (by - of if making[2] else by)
            # Half a last place is rounded away from zero.
            sign = 1 if (rate < 0) == (of < 0) else -1
            found[column] = sign * ((2 * abs(rate) // abs(of) + last_place) // (2 * last_place) * last_place)
    return found


def _making(layout: TableLayout, column: int) -> tuple[int, int, bool] | None:
    """The two columns of amounts that make the rates of this one, and whether they are rates of growth."""
    rates = rates_of(layout)
    amounts = [place for place in layout.segment_of(column) if place not in rates][:_MOST_AMOUNTS]
    half = SCALE // (2 * 10 ** layout.style(column).decimals)
    rows = [values for row in range(min(len(layout.texts), SAMPLE)) if (values := layout.values(row))[column]]
    for of, by in permutations(amounts, 2):
        for growth in (True, False):
            agreeing = sum(
                abs(_HUNDRED * SCALE * (values[by] - (values[of] if growth else 0)) // values[of] - values[column])
                <= half
                for values in rows
                if values[of]
            )
            if agreeing >= ENOUGH and agreeing >= NEARLY_ALL * len(rows):
                return of, by, growth
    return None


def _is_rate(layout: TableLayout, column: int) -> bool:
    path = layout.paths[column]
    if path and vocabulary().columns["percent"].fit(label_key(path[-1])):
        return True
    if layout.style(column).percents is False:
        return False
    figures = [read_figure(texts[column]) for texts in layout.texts[:SAMPLE]]
    percents = sum(figure.percent for figure in figures)
    return percents > 0 and 2 * percents >= sum(figure.kind is FigureKind.NUMBER for figure in figures)


def _agreeing(layout: TableLayout, texts: Sequence[str]) -> int:
    rates = rates_of(layout)
    columns = [column for segment in layout.segments for column in segment if column not in rates]
    amounts = [value for column in columns[:_MOST_AMOUNTS] if (value := read_units(texts[column])[1])]
    found = 0
    for column in rates:
        kind, rate, decimals = read_units(texts[column].replace("%", "").replace("％", ""))
        if kind is FigureKind.NUMBER and rate:
            found += any(
                abs(made - rate) <= SCALE // (2 * 10**decimals)
                for of in amounts
                for by in amounts
                if of is not by
                for made in (_HUNDRED * SCALE * by // of, _HUNDRED * SCALE * (by - of) // of)
            )
    return found
