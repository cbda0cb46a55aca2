"""How a proposed figure is written: as the figures of its own sign and size in its column are, else as the cell writes
its own, else as those of its table, else as those of its document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from workbench.model.amount import FigureKind, Manner, read_figure
from workbench.repairs.evidence.column_style import THOUSAND, Habits, parts_thousands
from workbench.repairs.evidence.layout import TableLayout

_Way = TypeVar("_Way", bound=Hashable)


def written(layout: TableLayout, column: int, value: Decimal, own: str = "", row: int | None = None) -> str:
    """`value` as its column would print it in place of a cell of `row` that prints `own`."""
    style = layout.style(column)
    figure = read_figure(own)
    model = own if figure.kind is FigureKind.NUMBER else style.model
    alike = figure.percent == read_figure(style.model).percent
    if model is own and figure.decimals != style.decimals and alike and not _counts(layout, row, value):
        # The slip may have cost the figure its decimals.
        model = style.model or own
    manner = Manner.of(model)
    of_cell = Habits.of((own,))
    currency = _usual(_habits_of(layout, column).currencies, of_cell.currencies)
    manner = replace(manner, currency=manner.currency if currency is None else currency)
    if abs(value) >= THOUSAND:
        separator = _way(layout, column, of_cell, lambda habits: habits.separators)
        manner = replace(manner, separator=separator or "")
    if value < 0:
        minus = _way(layout, column, of_cell, lambda habits: habits.minus)
        manner = replace(manner, minus=minus or ("-", ""))
    return manner.written(value, read_figure(model).decimals if model else 2)


def _counts(layout: TableLayout, row: int | None, value: Decimal) -> bool:
    """Whether a row of several figures prints whole numbers alone, as one that counts something does, and this is one
    more."""
    if row is None or value != value.to_integral_value():
        return False
    texts = (layout.texts[row][column] for segment in layout.segments for column in segment)
    figures = [figure for text in texts if (figure := read_figure(text)).value]
    return len(figures) > 1 and not any(figure.decimals for figure in figures)


def _way(layout: TableLayout, column: int, own: Habits, of: Callable[[Habits], Counter[_Way]]) -> _Way | None:
    """The way that most figures of the column are written in, else the cell's own one, else that of most figures of the
    table, else of the document; None where nothing shows it."""
    mine = of(own)
    way = _usual(of(_habits_of(layout, column)), mine)
    if way is None:
        way = next(iter(mine), None)
    if way is None:
        way = _usual(of(_habits_of(layout)), mine)
    return _usual(of(_habits_of_document(layout)), mine) if way is None else way


def _habits_of(layout: TableLayout, column: int | None = None) -> Habits:
    """Those of a column of amounts, or of all of them."""
    known = layout.habits.get(column)
    if known is None:
        columns = [place for segment in layout.segments for place in segment] if column is None else [column]
        known = layout.habits[column] = Habits.of(texts[place] for texts in layout.texts for place in columns)
    return known


def _habits_of_document(layout: TableLayout) -> Habits:
    """Those of all tables: of figures that are surely amounts, since a code is in thousands too."""
    system = layout.system
    # No search is remembered as resting on what other tables print.
    system.trace.volatile = True
    texts = (cell.text for table in system.document.tables for row in table.rows for cell in row)
    return Habits.of(text for text in texts if parts_thousands(text) or read_figure(text).decimals)


def _usual(seen: Counter[_Way], own: Counter[_Way]) -> _Way | None:
    """The way that most figures but the cell's own are written in; None where no way is that of most."""
    ranked = (seen - own).most_common(2)
    return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None
