"""The figures of a document as arithmetic sees them: what each cell is worth, how far rounding may move it, and what
the addends of a long sum come to, counted on from edit to edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.fiscal.counting import is_rounded_count
from workbench.model.amount import Figure, FigureKind, read_figure
from workbench.model.check import Check, Relation
from workbench.model.draft import draft_of
from workbench.model.table import CellRef, Document, StatedKind

ZERO = Decimal(0)
ONE = Decimal(1)
MINUS_ONE = Decimal(-1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell as arithmetic sees it: `value` is None unless it is a number or a printed zero (a dash)."""

    figure: Figure
    value: Decimal | None
    half_unit: Decimal
    text: str

    @property
    def blank(self) -> bool:
        """Whether nothing is printed."""
        return self.figure.kind is FigureKind.BLANK

    @property
    def garbled(self) -> bool:
        """Whether it is meant as a number and is none."""
        return self.figure.kind is FigureKind.GARBLED


_ReadingDraft = draft_of(Reading)

_ALL_STATED = -1
"""The number of the column that all stated figures of one unit make together."""


class Figures:
    """The figures of one document by cell, read once each."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._texts = {table.id: table.rows for table in document.tables}
        self._stated = {stated.id: stated for stated in document.stated}
        self._readings: dict[str, dict[tuple[int, int], Reading]] = {}
        self._places: dict[tuple[str, int], Counter[int]] = {}
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
        if len(check.terms) <= _LONG or check.relation is not Relation.EQUAL or check.terms[0].role != "total":
            return None
        if check.id not in self._tallies:
            self._tallies[check.id] = _tally(check, self)
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
        new = Figures(document)
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
        same = {table.id for table in document.tables} & {
            table.id for table in self._document.tables if new._texts.get(table.id) is table.rows
        }
        if document.stated is self._document.stated:
            same |= self._stated.keys()
            same_units = {stated.unit for stated in document.stated}
        else:
            same_units = set()
        new._readings = {name: readings for name, readings in self._readings.items() if name in same}
        for key, places in self._places.items():
            if key[0] in (same if key[1] != _ALL_STATED else same_units):
                new._places[key], new._decimals[key] = places, self._decimals[key]
        return new

    def _recount(self, counts: Counter[int], ref: CellRef, new: Figures) -> Counter[int]:
        """The decimals that a column prints, after the change of one of its cells."""
        counts = Counter(counts)
        for figures, step in ((self, -1), (new, 1)):
            places = _places_of(read_figure(figures.text(ref)))
            if places is not None:
                counts[places] += step
        return counts

    def _read(self, ref: CellRef) -> Reading:
        text = self.text(ref)
        figure = read_figure(text)
        if figure.kind is FigureKind.DASH:
            return _reading(figure, ZERO, ZERO, text)
        if figure.value is None:
            return _reading(figure, None, ZERO, text)
        if not figure.value:
            return _reading(figure, ZERO, ZERO, text)
        decimals = figure.decimals
        stated = self._stated.get(ref.table)
        if (
            stated is not None
            and stated.kind is StatedKind.COUNT
            and not is_rounded_count(stated.unit)
            and not decimals
        ):
            return _reading(figure, figure.value, ZERO, text)
        rounded = stated is not None and not decimals and abs(figure.value) >= _ROUNDED_FROM
        if stated is None or not (decimals or rounded):
            decimals = max(decimals, self.decimals(ref.table, ref.column))
        return _reading(figure, figure.value, ONE if rounded else Decimal(5).scaleb(-decimals - 1), text)


def _reading(figure: Figure, value: Decimal | None, half_unit: Decimal, text: str) -> Reading:
    reading = _ReadingDraft(figure, value, half_unit, text)
    reading.__class__ = Reading
    return reading


_ROUNDED_FROM = 1000
"""A text rounds large amounts to whole units now and then or cuts them off there, though it prints decimals elsewhere;
a smaller amount without decimals is exact."""


def _places_of(figure: Figure) -> int | None:
    """How many decimals a figure other than zero prints."""
    return figure.decimals if figure.value else None


def _last_place(counts: Counter[int]) -> int:
    needed = sum(counts.values()) / 5
    reached = 0
    for decimals in sorted(counts, reverse=True):
        reached += counts[decimals]
        if reached >= needed and counts[decimals]:
            return decimals
    return 0


_LONG = 64
"""A sum of more terms keeps what its addends come to, so that an edit counts on from there."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the addends of a sum come to: their amount with the sign of the equation, how far rounding may move it, how
    many of them print something, a zero, nothing; and by half unit how many figures have it."""

    rest: Decimal = ZERO
    slack: Decimal = ZERO
    shown: int = 0
    zeros: int = 0
    blanks: int = 0
    halves: tuple[tuple[Decimal, int], ...] = ()

    def plus(self, coefficient: Decimal, reading: Reading, times: int = 1) -> Tally:
        """With one addend more, or (`times` is −1) less."""
        if reading.value is None:
            return replace(self, blanks=self.blanks + times)
        if not reading.value:
            number = reading.figure.kind is FigureKind.NUMBER
            return replace(self, shown=self.shown + times, zeros=self.zeros + times * number)
        halves = dict(self.halves)
        halves[reading.half_unit] = halves.get(reading.half_unit, 0) + times
        return replace(
            self,
            rest=self.rest + times * coefficient * reading.value,
            slack=self.slack + times * reading.half_unit,
            shown=self.shown + times,
            halves=tuple((half, count) for half, count in halves.items() if count),
        )

    def with_change(self, old: Reading, new: Reading, check: Check) -> Tally | None:
        """After a change of one addend; None where it cannot be read."""
        if not (_counts(check, old) and _counts(check, new)):
            return None
        coefficient = check.terms[1].coefficient
        return self.plus(coefficient, old, -1).plus(coefficient, new)

    @property
    def parts(self) -> int:
        """How many addends are other than zero."""
        return sum(count for _, count in self.halves)


def _counts(check: Check, reading: Reading) -> bool:
    return reading.value is not None or (reading.blank and check.blank_as_zero)


def _tally(check: Check, figures: Figures) -> Tally | None:
    first, *addends = check.terms
    coefficient = addends[0].coefficient
    if first.coefficient != ONE or any(term.coefficient != coefficient for term in addends) or check.constant:
        return None
    if coefficient not in (ONE, MINUS_ONE):
        return None
    rest = slack = ZERO
    halves: Counter[Decimal] = Counter()
    shown = zeros = blanks = 0
    for term in addends:
        reading = figures.read(term.ref)
        if not _counts(check, reading):
            return None
        if reading.value is None:
            blanks += 1
            continue
        shown += 1
        if reading.value:
            rest += coefficient * reading.value
            slack += reading.half_unit
            halves[reading.half_unit] += 1
        else:
            zeros += reading.figure.kind is FigureKind.NUMBER
    return Tally(rest, slack, shown, zeros, blanks, tuple(halves.items()))
