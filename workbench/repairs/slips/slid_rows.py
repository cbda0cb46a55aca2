"""Figures that slid along the rows of a table: another table prints them by the same codes, in the same order,
and tells where each belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.row_codes import code_of
from workbench.repairs.slips.places import Moves
from workbench.repairs.slips.relocation import Move
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.system import System

FIGURES_SLID = 3.0
_FEWEST_FAILING = 8
"""So many checks of a table must fail before it is laid beside others."""
_FEWEST_ALIKE = 3
_FEWEST_MOVED = 4
_MOST_ASTRAY = 0.4
"""The share of the figures that may have no place in the other table: those that the slide wrote over others."""

_Figures = list[tuple[int, tuple[int, ...]]]
"""Rows and what they print."""


@dataclass(slots=True)
class SlidRows:
    """Finds the tables of a document whose figures slid."""

    system: System
    plausibility: Plausibility
    suspected: set[str] = field(default_factory=set)
    """The tables that were laid beside others: what comes of that depends on the whole document."""
    _failing: Counter[str] | None = None
    _codes: dict[str, dict[str, int]] = field(default_factory=dict)

    def of_table(self, layout: TableLayout) -> Iterator[Move]:
        """The slides of a table that another one tells, all columns together."""
        if self._failing is None:
            self._failing = Counter(
                table
                for result in self.system.reconciliation.failures
                for table in {term.ref.table for term in result.check.terms}
            )
        if self._failing[layout.table.id] < _FEWEST_FAILING:
            return
        self.suspected.add(layout.table.id)
        for table in self.system.document.tables:
            other = self.plausibility.layout(table.id)
            if other is not None and table.id != layout.table.id:
                texts = self._put_back(layout, other)
                if texts:
                    yield Move("figures_slid", FIGURES_SLID, layout, texts)

    def _put_back(self, layout: TableLayout, other: TableLayout) -> Moves:
        """What the cells print once the figures of each row stand where the other table has them."""
        theirs, ours = self._rows(other), self._rows(layout)
        if len(ours.keys() & theirs.keys()) < _FEWEST_MOVED + _FEWEST_ALIKE:
            return {}
        rows = sorted((row, theirs[code]) for code, row in ours.items() if code in theirs)
        alike = _alike(layout, other, rows)
        if not alike:
            return {}
        printed, wanted = [], []
        for row, there in rows:
            own = tuple(layout.values(row)[column] for column in alike)
            their = tuple(other.values(there)[beside] for beside in alike.values())
            if own != their:
                printed += [(row, own)] * any(own)
                wanted += [(row, their)] * any(their)
        fewest = max(_FEWEST_MOVED, (1 - _MOST_ASTRAY) * len(printed))
        # No more can stand in one order in both than stand in both at all.
        both = Counter(figures for _, figures in printed) & Counter(figures for _, figures in wanted)
        pairs = _in_common(printed, wanted) if both.total() >= fewest else []
        if len(pairs) < fewest:
            return {}
        sources = {to: source for source, to in pairs}
        reach = range(min(min(pair) for pair in pairs), max(max(pair) for pair in pairs) + 1)
        return {
            (row, column): layout.texts[sources[row]][column] if row in sources else layout.style(column).unfilled
            for row in {row for row, _ in (*printed, *wanted)}
            if row in reach
            for column in alike
        }

    def _rows(self, layout: TableLayout) -> dict[str, int]:
        """The rows of a table by code."""
        known = self._codes.get(layout.table.id)
        if known is None:
            column = layout.segments[0][0] if layout.segments else 0
            codes = ((code_of(layout, row, column), row) for row in range(len(layout.texts)))
            known = self._codes[layout.table.id] = {code: row for code, row in codes if code}
        return known


def _alike(layout: TableLayout, other: TableLayout, rows: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The columns of a table that another one prints too, each with the column there that prints the same on most of
    these rows (theirs behind ours), of those that do on several."""
    ours = list(zip(*(layout.values(row) for row, _ in rows), strict=True))
    theirs = list(zip(*(other.values(there) for _, there in rows), strict=True))
    found = {}
    for column in (column for segment in layout.segments for column in segment):
        alike = _FEWEST_ALIKE - 1
        for beside in (beside for segment in other.segments for beside in segment):
            same = len([own for own, their in zip(ours[column], theirs[beside], strict=True) if own and own == their])
            if same > alike:
                found[column], alike = beside, same
    return found


def _in_common(one: _Figures, other: _Figures) -> list[tuple[int, int]]:
    """The longest run of figures that stand in both in this order, as pairs of rows."""
    lengths = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for at in reversed(range(len(one))):
        for beside in reversed(range(len(other))):
            if one[at][1] == other[beside][1]:
                lengths[at][beside] = 1 + lengths[at + 1][beside + 1]
            else:
                lengths[at][beside] = max(lengths[at + 1][beside], lengths[at][beside + 1])
    pairs = []
    at = beside = 0
    while at < len(one) and beside < len(other):
        if one[at][1] == other[beside][1]:
            pairs.append((one[at][0], other[beside][0]))
            at, beside = at + 1, beside + 1
        elif lengths[at + 1][beside] >= lengths[at][beside + 1]:
            at += 1
        else:
            beside += 1
    return pairs
