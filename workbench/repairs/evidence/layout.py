"""What a table looks like around a cell: which columns hold amounts, how they print them, what the rows are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Family, Relation
from workbench.model.table import Cell, CellRef, Table, texts_of
from workbench.repairs.evidence.column_style import ENOUGH, NEARLY_ALL, ColumnStyle, Habits, holds, learnt
from workbench.repairs.evidence.row_labels import row_keys
from workbench.repairs.fixed_point import worth
from workbench.repairs.system import System

SAMPLE = 200
"""Rows that are looked at to learn how a column prints its figures."""


@dataclass(slots=True)
class TableLayout:
    """One table as structural repairs see it. `segments` are runs of neighbouring amount columns; a column of labels
    parts them, and no figure slips across it."""

    table: Table
    system: System
    texts: Sequence[tuple[str, ...]] = ()
    """The texts of the body cells, row by row; read where they are not handed in."""
    _styles: dict[int, ColumnStyle] = field(default_factory=dict)
    _amounts: dict[int, bool] = field(default_factory=dict)
    _segments: tuple[tuple[int, ...], ...] | None = None
    _decimals: Counter[int] | None = None
    _totals: dict[tuple[int, ...], int | None] = field(default_factory=dict)
    _across: dict[tuple[int, int], bool] = field(default_factory=dict)
    _figures: dict[int, list[int]] = field(default_factory=dict)
    _runs: dict[tuple[int, ...], list[tuple[int, int]]] = field(default_factory=dict)
    _company: dict[int, bool] = field(default_factory=dict)
    _alike: dict[tuple[int, int], bool] = field(default_factory=dict)
    _together: dict[tuple[int, ...], Counter[tuple[int, ...]]] = field(default_factory=dict)
    _keys: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)
    _words: dict[int, int] = field(default_factory=dict)
    """The first column of a row that prints a word."""
    levels: tuple[tuple[int, ...], ...] | None = None
    """The columns of the levels of codes, half by half, once they were looked for."""
    joined: dict[tuple[int, ...], tuple[str, ...]] = field(default_factory=dict)
    """The codes of the rows by the columns of their levels, once they were put together."""
    codes: dict[int, dict[str, tuple[int, int]]] = field(default_factory=dict)
    """The codes of the rows with row and column, by the column of amounts that they name, once they were looked for."""
    rates: frozenset[int] | None = None
    """The columns of rates, once they were looked for."""
    variety: dict[int, int] = field(default_factory=dict)
    """How many texts a column prints, once they were counted."""
    habits: dict[int | None, Habits] = field(default_factory=dict)
    """How the figures of a column, or (None) of all columns of amounts, are written, once it was counted."""
    _largest: int | None = None
    _paths: list[tuple[str, ...]] | None = None
    countings: tuple[int, ...] | None = None
    """The columns that count the rows, once they were looked for."""

    def __post_init__(self) -> None:
        self.texts = self.texts or list(map(texts_of, self.table.rows))

    def style(self, column: int) -> ColumnStyle:
        """How `column` prints its figures."""
        if column not in self._styles:
            self._styles[column] = self._style(column)
        return self._styles[column]

    def _style(self, column: int) -> ColumnStyle:
        printed = [texts[column] for texts in self.texts[:SAMPLE]]
        return learnt(printed, self._table_decimals, amounts=self._holds_amounts(column))

    def _holds_amounts(self, column: int) -> bool:
        known = self._amounts.get(column)
        if known is None:
            known = self._amounts[column] = self._find_amounts(column)
        return known

    @property
    def segments(self) -> tuple[tuple[int, ...], ...]:
        """The runs of amount columns, left to right."""
        if self._segments is None:
            runs: list[list[int]] = [[]]
            for column in range(self.table.width):
                if self._holds_amounts(column):
                    runs[-1].append(column)
                elif runs[-1]:
                    runs.append([])
            self._segments = tuple(tuple(run) for run in runs if run)
        return self._segments

    @property
    def paths(self) -> list[tuple[str, ...]]:
        """What stands over each column."""
        if self._paths is None:
            self._paths = self.table.column_paths()
        return self._paths

    def segment_of(self, column: int) -> tuple[int, ...]:
        """The run of amount columns that holds `column`; () for a column of labels."""
        for segment in self.segments:
            if column in segment:
                return segment
        return ()

    def adds_up(self, row: int, changed: Mapping[int, int]) -> int:
        """Whether a row, its figures changed so (column to value), adds up across as nearly all rows of the table do: 1
        if only now, -1 if no longer, 0 where it makes no difference, nothing is usual, or a check tells already."""
        told = 0
        for segment in self.segments:
            if changed.keys().isdisjoint(segment):
                continue
            total = self._total_across(segment)
            if total is None or self._checked_across(row, total):
                continue
            values = self.values(row)
            before = 2 * values[total] - sum(values[segment[0] : segment[-1] + 1])
            after = before
            for column, value in changed.items():
                if column in segment:
                    after += (value - values[column]) * (1 if column == total else -1)
            told += (not after) - (not before)
        return told

    def _total_across(self, segment: tuple[int, ...]) -> int | None:
        """The first or last column of a run that is the sum of the others in nearly all rows with figures."""
        if segment not in self._totals:
            self._totals[segment] = None
            if len(segment) <= 2:
                return None
            rows = (self.values(row)[segment[0] : segment[-1] + 1] for row in range(min(len(self.texts), SAMPLE)))
            filled = [(values, sum(values)) for values in rows if any(values)]
            for total, place in ((segment[0], 0), (segment[-1], -1)):
                balanced = len([whole for values, whole in filled if 2 * values[place] == whole])
                if len(filled) >= ENOUGH and balanced >= NEARLY_ALL * len(filled):
                    self._totals[segment] = total
                    break
        return self._totals[segment]

    def _checked_across(self, row: int, total: int) -> bool:
        known = self._across.get((row, total))
        if known is None:
            known = self._across[row, total] = self._has_check_across(row, total)
        return known

    def _has_check_across(self, row: int, total: int) -> bool:
        reconciliation = self.system.reconciliation
        checks = reconciliation.checks
        held = reconciliation.index.by_cell.get(CellRef(self.table.id, row, total), ())
        return any(checks[position].family is Family.ROW_SUM for position in held)

    def values(self, row: int) -> list[int]:
        """The figures of a row in the units of the system, 0 for what is none."""
        if row not in self._figures:
            self._figures[row] = list(map(worth, self.texts[row]))
        return self._figures[row]

    def runs(self, columns: tuple[int, ...]) -> list[tuple[int, int]]:
        """For each row the first and last row of the run that it belongs to, of rows one below the other that print a
        figure other than zero, or anything that is no figure, in one of these columns; an empty run, from the row to
        the one before, where it does not."""
        known = self._runs.get(columns)
        if known is None:
            known = self._runs[columns] = []
            taken = [any(map(holds, map(texts.__getitem__, columns))) for texts in self.texts]
            for full, rows in groupby(range(len(taken)), taken.__getitem__):
                run = list(rows)
                known += [(run[0], run[-1])] * len(run) if full else [(row, row - 1) for row in run]
        return known

    @property
    def largest(self) -> int:
        """The largest figure in its columns of amounts, in the units of the system."""
        if self._largest is None:
            columns = [column for segment in self.segments for column in segment]
            rows = (self.values(row) for row in range(min(len(self.texts), SAMPLE)))
            self._largest = max((abs(values[column]) for values in rows for column in columns), default=0)
        return self._largest

    def alike(self, column: int, other: int) -> bool:
        """Whether more than half of the rows that print figures in both of two columns print the same in them."""
        pair = (column, other) if column < other else (other, column)
        known = self._alike.get(pair)
        if known is None:
            rows = (self.values(row) for row in range(min(len(self.texts), SAMPLE)))
            both = [values[column] == values[other] for values in rows if values[column] and values[other]]
            known = self._alike[pair] = len(both) >= ENOUGH and 2 * sum(both) > len(both)
        return known

    def filled_together(self, columns: tuple[int, ...]) -> Counter[tuple[int, ...]]:
        """Which of some columns rows fill together, by their places among these, and how many rows do so."""
        known = self._together.get(columns)
        if known is None:
            rows = (self.values(row) for row in range(min(len(self.texts), SAMPLE)))
            known = self._together[columns] = Counter(
                tuple(place for place, column in enumerate(columns) if values[column]) for values in rows
            )
        return known

    def prints_nothing(self, row: int) -> bool:
        """Whether the row has no figure behind its first word."""
        return not self._figures_behind(row)

    def in_company(self, column: int) -> bool:
        """Whether at least half of the rows with a figure in this column print others too."""
        known = self._company.get(column)
        if known is None:
            rows = (row for row in range(min(len(self.texts), SAMPLE)) if self.values(row)[column])
            held = [self._figures_behind(row) > 1 for row in rows]
            known = self._company[column] = 2 * sum(held) >= len(held) > 0
        return known

    def _figures_behind(self, row: int) -> int:
        return sum(map(bool, self.values(row)[self._first_word(row) :]))

    def cell(self, row: int, column: int) -> Cell:
        """The body cell there."""
        return self.table.rows[row][column]

    def label_keys(self, row: int, column: int) -> frozenset[str]:
        """What the row is called for a figure in `column`: its code and its label, as keys for comparing."""
        known = self._keys.get((row, column))
        if known is None:
            known = self._keys[row, column] = row_keys(self.texts[row], column)
        return known

    def named(self, row: int, column: int) -> bool:
        """Whether the row is called anything for a figure in `column`: any word to its left names it."""
        return self._first_word(row) < column or bool(self.label_keys(row, column))

    def named_within(self, row: int, segment: tuple[int, ...]) -> bool:
        """Whether the row has a word between this run of amount columns and the one before it."""
        before = max((other[-1] for other in self.segments if other[-1] < segment[0]), default=-1)
        return any(read_figure(text).kind is FigureKind.TEXT for text in self.texts[row][before + 1 : segment[0]])

    def _first_word(self, row: int) -> int:
        """The first column of a row that prints a word; the width of the table where none does."""
        first = self._words.get(row)
        if first is None:
            kinds = (read_figure(text).kind for text in self.texts[row])
            first = next((place for place, kind in enumerate(kinds) if kind is FigureKind.TEXT), self.table.width)
            self._words[row] = first
        return first

    def _table_decimals(self) -> Counter[int]:
        """How many figures of the table have how many decimals,
        whole numbers apart that have a column to themselves."""
        if self._decimals is None:
            found: Counter[int] = Counter()
            columns = [column for column in range(self.table.width) if self._any_decimals(column)]
            for texts in self.texts[:SAMPLE]:
                for column in columns:
                    figure = read_figure(texts[column])
                    if figure.value:
                        found[figure.decimals] += 1
            self._decimals = found
        return self._decimals

    @property
    def usual_decimals(self) -> int:
        """The decimals that most figures of the table have, whole numbers apart; 0 where it has no others."""
        counts = self._table_decimals()
        return max((places for places in counts if places), key=counts.__getitem__, default=0)

    def _any_decimals(self, column: int) -> bool:
        return any(read_figure(texts[column]).decimals for texts in self.texts[:SAMPLE])

    def _find_amounts(self, column: int) -> bool:
        """Whether it holds amounts: the first figure that a check stands on says so, or one with decimals in a column
        without words."""
        reconciliation = self.system.reconciliation
        by_cell, checks = reconciliation.index.by_cell, reconciliation.checks
        whole_numbers = 0
        for row, texts in enumerate(self.texts[:SAMPLE]):
            figure = read_figure(texts[column])
            if figure.kind is not FigureKind.NUMBER:
                continue
            for position in by_cell.get(CellRef(self.table.id, row, column), ()):
                if checks[position].relation is not Relation.FACT:
                    return True
            whole_numbers += not figure.decimals
            if figure.decimals:
                return not self._prints_words(column)
        if whole_numbers and not (whole_numbers == 1 and self._behind_amounts(column)):
            return False
        return not self._prints_words(column)

    def _prints_words(self, column: int) -> bool:
        return any(read_figure(texts[column]).kind is FigureKind.TEXT for texts in self.texts[:SAMPLE])

    def _behind_amounts(self, column: int) -> bool:
        """Whether a column of many rows stands right of one of amounts and left of none of words: one whole number in
        it is rather a piece of the figure beside it than a number of its own."""
        if not column or len(self.texts) < ENOUGH or not self._holds_amounts(column - 1):
            return False
        return column + 1 >= self.table.width or not self._prints_words(column + 1)
