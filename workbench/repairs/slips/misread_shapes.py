"""Shapes of tables that a reader lost: two rows read as one, one read twice, one lost over others, a column whose head
was lost, a figure taken for the end of its name.

Such a table is understood otherwise than it was meant: codes, labels and columns are not what they say. What comes of
putting it right is not reckoned but found out: the edits are applied and all rules met again. So it is tried only
where the printed cells themselves say what happened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from workbench.checks import Reconciliation
from workbench.model.check import Check, Outcome, Relation
from workbench.model.edit import DeleteRows, Edit, EditError, apply_edits
from workbench.repairs.evidence.corroboration import Support
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.fixed_point import worth
from workbench.repairs.renamed import failing_still
from workbench.repairs.slips.glued_names import METHOD as FIGURE_IN_NAME
from workbench.repairs.slips.glued_names import glued_names
from workbench.repairs.slips.lost_columns import LostColumns
from workbench.repairs.slips.lost_parents import LostParents
from workbench.repairs.slips.lost_row import ROW_LOST_OVER_OTHERS
from workbench.repairs.slips.merged_rows import MergedRows
from workbench.repairs.slips.printed_words import PrintedWords
from workbench.repairs.slips.row_names import RowNames
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.slips.wrapped_rows import NAME_CUT, WrappedRows, headed_again, numbering, repeated
from workbench.repairs.system import System

ROWS_MERGED = 1.8
ROW_REPEATED = 1.8
COLUMNS_NUMBERED = 0.9
COLUMN_LOST = 3.6
_PLAIN = frozenset({"rows_merged", "row_split", "columns_numbered", FIGURE_IN_NAME})
"""Readings that the cells of a row ask for by themselves."""
_HIDING = frozenset({"row_repeated"})
"""Slips that keep other checks from being made: what holds only without them counts as much as what fails then."""
_AGAINST = 0.4
_MOST_AGAINST = 2.0
"""For each check that fails by a reading of a row as two, beyond those that hold by it; and at the most."""
_FOR = 0.8
_MOST_FOR = 2.4
"""Less for each check that a column put in lets be told, and that holds: other figures bear out what stands in it."""
_MOST_TRIED = 2
_MOST_CUTS = 3
"""Readings of one table, or of one row, that all rules are met with again."""

Shares = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of a table: the edits that lead to it, the unreadable cells that it makes figures of (variable
    and value), and by how much the residuals of equations move beyond that."""

    method: str
    cost: float
    table: str
    edits: tuple[Edit, ...]
    changes: Shares
    shifts: Shares
    support: Support | None = None
    gain: int = 0
    """How many checks more hold than fail by it."""
    certain: bool = True
    """Whether no other reading of the same cells does as well."""


@dataclass(slots=True)
class MisreadShapes:
    """Finds the tables of a document whose shape was misread."""

    system: System
    plausibility: Plausibility
    names: RowNames
    words: PrintedWords
    wrapped: WrappedRows
    afford: Callable[[], bool]
    cut_short: set[str] = field(default_factory=set)
    """The tables of which not all readings were tried, for want of budget."""
    suspected: set[str] = field(default_factory=set)
    """The tables that may have been misread: what comes of another reading depends on the whole document."""
    _merged: MergedRows = field(init=False)
    _lost: LostColumns = field(init=False)
    _parents: LostParents = field(init=False)
    _after: dict[tuple[Edit, ...], Reconciliation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._merged = MergedRows(self.system, self.words, self.suspected)
        self._lost = LostColumns(self.system, self.plausibility.index, self.suspected)
        self._parents = LostParents(self.plausibility, self.names, self.suspected)

    def after(self, edits: tuple[Edit, ...]) -> Reconciliation | None:
        """The reconciliation that these edits lead to, where they were tried."""
        return self._after.get(edits)

    def of_table(self, layout: TableLayout) -> Iterator[Reading]:
        """The readings of one table that mend more than they break."""
        for number in self._merged.rows_of_two(layout):
            yield from self._parted(layout, number)
        for two in islice(self.wrapped.names_cut(layout), _MOST_TRIED):
            self.suspected.add(layout.table.id)
            found = self._tried("row_split", NAME_CUT, layout, (two,), {})
            if found is not None:
                yield found
        for twice in islice(chain(repeated(layout), headed_again(layout)), _MOST_TRIED):
            self.suspected.add(layout.table.id)
            found = self._tried("row_repeated", ROW_REPEATED, layout, (twice,), {})
            if found is not None:
                yield found
        for numbers in islice(numbering(layout), _MOST_TRIED):
            self.suspected.add(layout.table.id)
            found = self._tried("columns_numbered", COLUMNS_NUMBERED, layout, (numbers,), {})
            if found is not None:
                yield found
        for glued in islice(glued_names(layout), _MOST_TRIED):
            self.suspected.add(layout.table.id)
            changes = {self.system.variable(glued.figure.ref).number: worth(glued.figure.after)}
            found = self._tried(FIGURE_IN_NAME, glued.cost, layout, (glued.figure, glued.name), changes)
            if found is not None:
                yield found
        for row, support in islice(self._parents.ways_to_insert(layout), _MOST_TRIED):
            found = self._tried("row_lost", ROW_LOST_OVER_OTHERS, layout, (row,), {}, support)
            if found is not None:
                yield found
        for edits, support in islice(self._lost.ways_to_insert(layout), _MOST_TRIED):
            found = self._tried("column_lost", COLUMN_LOST, layout, edits, {}, support)
            if found is not None:
                yield found

    def _parted(self, layout: TableLayout, row: int) -> Iterator[Reading]:
        """The row read as two, in the way that does best."""
        found = []
        for edit, values in islice(self._merged.ways_to_cut(layout, row), _MOST_CUTS):
            changes = {self.system.variable(ref).number: value for ref, value in values.items()}
            reading = self._tried("rows_merged", ROWS_MERGED, layout, (edit,), changes)
            if reading is not None:
                found.append(reading)
        if found:
            best = max(found, key=lambda reading: reading.gain)
            yield replace(best, certain=sum(reading.gain == best.gain for reading in found) == 1)

    def _tried(
        self,
        method: str,
        cost: float,
        layout: TableLayout,
        edits: tuple[Edit, ...],
        changes: Mapping[int, int],
        support: Support | None = None,
    ) -> Reading | None:
        """The reading with what all rules say to it; None where it mends nothing, or breaks as much as it mends."""
        before = self.system.reconciliation
        if not self.afford():
            self.cut_short.add(layout.table.id)
            return None
        try:
            after = before.after(apply_edits(before.document, edits), edits)
        except EditError:
            return None
        self._after[edits] = after
        told = {result.check.id for result in before.results if result.outcome is not Outcome.UNVERIFIABLE}
        new_ones = [result for result in after.results if result.check.id not in told and _fixes(result.check)]
        still, renamed = failing_still(before, after)
        broken = sum(
            result.failed and before.result(result.check.id) is None and result.check.id not in renamed
            for result in new_ones
        )
        # What can be told now, and holds, speaks for the reading as loudly as what fails against it.
        holding = sum(result.outcome is Outcome.PASS for result in new_ones)
        touched = {number for variable in changes for number in self.system.equations_of(variable)}
        shifts: dict[int, int] = {}
        mended = 0
        for old in before.results:
            new = after.result(old.check.id)
            fails = old.check.id in still or (new is not None and new.failed)
            broken += fails and not old.failed and old.check.id not in renamed
            mended += old.failed and not fails
            if old.failed != fails:
                equation = self.system.equation_of(old)
                if equation is not None:
                    touched.add(equation.number)
        for number in sorted(touched):
            equation = self.system.equations[number]
            new = after.result(equation.check.id)
            if equation.linear and (new is None or not new.failed):
                shift = -self.system.residual_with(equation, changes)
                if shift:
                    shifts[number] = shift
        gain = mended + holding - broken
        told_by = gain - _silenced(before, after, edits) if method in _HIDING else mended - broken
        if not mended or (told_by <= 0 and method not in _PLAIN):
            return None
        # What its cells say themselves: what then fails may have been wrong before, and could not be told.
        cost += min(_AGAINST * max(broken - mended - holding, 0), _MOST_AGAINST)
        if method == "column_lost":
            cost -= min(_FOR * _borne_out(before, after), _MOST_FOR)
        found = tuple(sorted(changes.items()))
        return Reading(method, cost, layout.table.id, edits, found, tuple(sorted(shifts.items())), support, gain)


def _borne_out(before: Reconciliation, after: Reconciliation) -> int:
    """How many checks of several figures hold that there were not before."""
    return sum(
        result.outcome is Outcome.PASS and len(result.check.terms) > 1 and before.result(result.check.id) is None
        for result in after.results
    )


def _silenced(before: Reconciliation, after: Reconciliation, edits: tuple[Edit, ...]) -> int:
    """How many checks that held are asked no more, but for those of the rows that are taken out: with these a table is
    no longer understood as it was."""
    taken = (edit for edit in edits if isinstance(edit, DeleteRows))
    out = {(edit.table, edit.row + offset) for edit in taken for offset in range(len(edit.before))}
    return sum(
        result.outcome is Outcome.PASS and after.result(result.check.id) is None
        for result in before.results
        if out.isdisjoint((term.ref.table, term.ref.row) for term in result.check.terms)
    )


def _fixes(check: Check) -> bool:
    """Whether a check ties figures to each other: it holds by chance for few."""
    return check.relation is Relation.EQUAL and not check.weak and len(check.terms) > 1
