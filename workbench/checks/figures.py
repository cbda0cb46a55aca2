"""The figures of a document as arithmetic sees them: what each cell is worth and how far rounding may move it, by what
its column prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace
from decimal import Decimal

from workbench.checks.reading import ONE, ZERO, Reading, reading_of
from workbench.checks.tallies import Tally, is_long_sum, tally_of
from workbench.fiscal.captions import unit_of_line
from workbench.fiscal.counting import is_rounded_count
from workbench.fiscal.units import unit_factor
from workbench.model.amount import Figure, FigureKind, read_figure
from workbench.model.check import Check
from workbench.model.edit import corrected
from workbench.model.table import CellRef, Document, Row, StatedKind

_ALL_STATED = -1
"""The number of the column that all stated figures of one unit make together."""

_ROUNDED_FROM = 1000
"""A text rounds large amounts to whole units now and then or cuts them off there, though it prints decimals elsewhere;
a smaller amount without decimals is exact."""


class Figures:
    """The figures of one document by cell, read once each."""

    def __init__(self, document: Document) -> None:
        self._all_stated = document.stated
        self._tables = {table.id: table for table in document.tables}
        self._texts = {table.id: table.rows for table in document.tables}
        self._stated = {stated.id: stated for stated in document.stated}
        self._readings: dict[str, dict[tuple[int, int], Reading]] = {}
        self._places: dict[tuple[str, int], Mapping[int, int]] = {}
        self._decimals: dict[tuple[str, int], int] = {}
        self._tallies: dict[str, Tally | None] = {}

    def read(self, ref: CellRef) -> Reading:
        """The reading of a cell. Raises KeyError or IndexError where there is none."""
        readings = self._readings.get(ref.table)
        if readings is None:
            readings = self._readings[ref.table] = {}
        place = (ref.row, ref.column)
        reading = readings.get(place)
        if reading is None:
            reading = readings[place] = self._read(ref)
        return reading

    def text(self, ref: CellRef) -> str:
        """The reviewed text of a cell. Raises KeyError or IndexError where there is none."""
        rows = self._texts.get(ref.table)
        return self._stated[ref.table].value if rows is None else rows[ref.row][ref.column].text

    def decimals(self, table: str, column: int) -> int:
        """How many decimals the column prints: the most that at least a fifth of its figures other than zero have.
        The stated figures of one unit count as one column, by which those without decimals are read."""
        key = self._column(table, column)
        found = self._decimals.get(key)
        if found is None:
            texts = (
                (row[column].text for row in self._texts.get(table, ()))
                if key[1] >= 0
                else (other.value for other in self._stated.values() if other.unit == key[0])
            )
            self._places[key] = Counter(
                places for text in texts if (places := _places_of(read_figure(text))) is not None
            )
            found = self._decimals[key] = _last_place(self._places[key])
        return found

    def _column(self, table: str, column: int) -> tuple[str, int]:
        """What is counted as one column."""
        stated = self._stated.get(table)
        return (table, column) if stated is None else (stated.unit, _ALL_STATED)

    def tally(self, check: Check) -> Tally | None:
        """What the addends of a long sum come to; None for any other check, and where one of them cannot be read."""
        if not is_long_sum(check):
            return None
        if check.id not in self._tallies:
            self._tallies[check.id] = tally_of(check, self.read)
        return self._tallies[check.id]

    def count_on(self, check: Check, refs: Iterable[CellRef], before: Figures | None) -> None:
        """Takes over the tally of a long sum from the figures before, which differ in its cells `refs` only; without
        them it is made anew when it is asked for."""
        tally = before._tallies.get(check.id) if before is not None else None
        for ref in refs:
            if before is not None and tally is not None and ref != check.terms[0].ref:
                tally = tally.with_change(before.read(ref), self.read(ref), check)
        if tally is None:
            self._tallies.pop(check.id, None)
        else:
            self._tallies[check.id] = tally

    def after(self, document: Document, refs: Sequence[CellRef]) -> tuple[Figures, tuple[tuple[str, int], ...]]:
        """The figures of `document`, which differs in the cells `refs` only; and the columns whose last place moved."""
        return self._turned_to(Figures(document), refs)

    def with_texts(self, texts: Mapping[CellRef, str]) -> tuple[Figures, tuple[tuple[str, int], ...]]:
        """The same where these cells print other texts, told without the document that would print them: a way to try
        changes that reads nothing else. Raises KeyError or IndexError where there is no such cell."""
        new = copy(self)
        new._texts, new._stated = dict(self._texts), dict(self._stated)
        rows: dict[str, list[Row]] = {}
        for ref, text in texts.items():
            if ref.table in self._stated:
                stated = self._stated[ref.table]
                new._stated[ref.table] = replace(stated, cell=corrected(stated.cell, text))
                continue
            grid = rows.get(ref.table)
            if grid is None:
                grid = rows[ref.table] = list(self._texts[ref.table])
            row = grid[ref.row]
            grid[ref.row] = (*row[: ref.column], corrected(row[ref.column], text), *row[ref.column + 1 :])
        new._texts.update((table, tuple(grid)) for table, grid in rows.items())
        new._all_stated = tuple(new._stated.values())
        return self._turned_to(new, tuple(texts))

    def _turned_to(self, new: Figures, refs: Sequence[CellRef]) -> tuple[Figures, tuple[tuple[str, int], ...]]:
        """These with what is known of all cells but some; and the columns whose last place moved."""
        new._readings = dict(self._readings)
        new._decimals = dict(self._decimals)
        new._places = dict(self._places)
        new._tallies = dict(self._tallies)
        for name in {ref.table for ref in refs} & new._readings.keys():
            new._readings[name] = dict(new._readings[name])
        for ref in refs:
            new._readings.get(ref.table, {}).pop((ref.row, ref.column), None)
            key = self._column(ref.table, ref.column)
            if key in self._places:
                new._places[key] = self._recount(new._places[key], ref, new)
        moved = []
        for key in {self._column(ref.table, ref.column) for ref in refs} & self._places.keys():
            if new._places[key] is self._places[key]:
                continue
            new._decimals[key] = _last_place(new._places[key])
            if new._decimals[key] != self._decimals[key]:
                moved += new._reread(key)
        return new, tuple(moved)

    def _reread(self, key: tuple[str, int]) -> list[tuple[str, int]]:
        """Forgets what is read of a column, for its last place has moved; the columns of cells that it consists of."""
        name, column = key
        if column != _ALL_STATED:
            readings = self._readings.get(name, {})
            self._readings[name] = {place: reading for place, reading in readings.items() if place[1] != column}
            return [key]
        columns = [(stated.id, 0) for stated in self._stated.values() if stated.unit == name]
        for table, _ in columns:
            self._readings.pop(table, None)
        return columns

    def carried_to(self, document: Document) -> Figures:
        """The figures of another state of the document;
        of tables that are the same in both all that was read is kept."""
        new = Figures(document)
        same = {name for name, rows in self._texts.items() if new._texts.get(name) is rows}
        if document.stated is self._all_stated:
            same |= self._stated.keys()
            same_units = {stated.unit for stated in document.stated}
        else:
            same_units = set()
        new._readings = {name: readings for name, readings in self._readings.items() if name in same}
        for key, places in self._places.items():
            if key[0] in (same if key[1] != _ALL_STATED else same_units):
                new._places[key], new._decimals[key] = places, self._decimals[key]
        return new

    def _recount(self, counts: Mapping[int, int], ref: CellRef, new: Figures) -> Mapping[int, int]:
        """The decimals that a column prints, after the change of one of its cells."""
        before, after = (_places_of(read_figure(figures.text(ref))) for figures in (self, new))
        if before == after:
            return counts
        recounted = dict(counts)
        for places, step in ((before, -1), (after, 1)):
            if places is not None:
                recounted[places] = recounted.get(places, 0) + step
        return recounted

    def _read(self, ref: CellRef) -> Reading:
        text = self.text(ref)
        figure = read_figure(text)
        if figure.kind is FigureKind.DASH:
            return reading_of(figure, ZERO, ZERO, text)
        if figure.value is None:
            return reading_of(figure, None, ZERO, text)
        if not figure.value:
            return reading_of(figure, ZERO, ZERO, text)
        if figure.unit:
            factor = self._factor(ref, figure.unit)
            return reading_of(figure, figure.value * factor, figure.half_unit * factor, text)
        decimals = figure.decimals
        stated = self._stated.get(ref.table)
        if (
            stated is not None
            and stated.kind is StatedKind.COUNT
            and not is_rounded_count(stated.unit)
            and not decimals
        ):
            return reading_of(figure, figure.value, ZERO, text)
        rounded = stated is not None and not decimals and abs(figure.value) >= _ROUNDED_FROM
        if stated is None or not (decimals or rounded):
            decimals = max(decimals, self.decimals(ref.table, ref.column))
        return reading_of(figure, figure.value, ONE if rounded else Decimal(5).scaleb(-decimals - 1), text)

    def _factor(self, ref: CellRef, unit: str) -> Decimal:
        """What one of the unit that a cell prints is in the unit of its column or table; 1 where that is not told."""
        table = self._tables.get(ref.table)
        if table is None:
            return ONE
        above = (unit_of_line(row[ref.column].printed) for row in reversed(table.header))
        own, other = unit_factor(unit), unit_factor(next(filter(None, above), table.unit))
        return ONE if own is None or other is None else own / other


def _places_of(figure: Figure) -> int | None:
    """How many decimals a figure other than zero prints."""
    return figure.decimals if figure.value else None


def _last_place(counts: Mapping[int, int]) -> int:
    needed = sum(counts.values()) / 5
    reached = 0
    for decimals in sorted(counts, reverse=True):
        reached += counts[decimals]
        if reached >= needed and counts[decimals]:
            return decimals
    return 0
