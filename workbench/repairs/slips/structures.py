"""Structural repairs of one document: a run shifted by a column, a figure or a block moved by a row, cells run together
or cut, rows lost or misread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from workbench.checks import Reconciliation
from workbench.model.edit import Edit, MergeRows
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.slips.asked import Asked
from workbench.repairs.slips.blocks import blocks_from, blocks_over_zeros, row_blocks, swapped_columns
from workbench.repairs.slips.bound_moves import BoundMoves
from workbench.repairs.slips.crossed_columns import CrossedColumns
from workbench.repairs.slips.emptied_rows import EmptiedRows
from workbench.repairs.slips.lost_parents import is_one_sided, tables_without
from workbench.repairs.slips.lost_row import OF_BOTH_HALVES
from workbench.repairs.slips.lost_rows import LostRows
from workbench.repairs.slips.misread_shapes import MisreadShapes
from workbench.repairs.slips.missed_sums import MissedSums
from workbench.repairs.slips.moves import of_row, told_by_looks
from workbench.repairs.slips.places import Found, holds
from workbench.repairs.slips.printed_words import PrintedWords
from workbench.repairs.slips.relocation import Move, Place
from workbench.repairs.slips.row_names import RowNames
from workbench.repairs.slips.slid_rows import SlidRows
from workbench.repairs.slips.stories import Plausibility
from workbench.repairs.slips.wrapped_rows import Whole, WrappedRows
from workbench.repairs.system import System

_MOST_ROWS_SWAPPED = 200
_MOST_CELLS = 400
"""Of a longer sum only so many cells are looked at."""
_NOWHERE: Mapping[tuple[int, int], int] = {}


@dataclass(slots=True)
class Structures:
    """The structural operations of one document, made row by row as a search asks for them."""

    system: System
    plausibility: Plausibility
    words: PrintedWords
    afford: Callable[[], bool] = lambda: True
    """Asked before all rules are met with another reading of a table."""
    _columns: dict[str, tuple[Move, ...]] = field(default_factory=dict)
    _rows: dict[tuple[str, int, frozenset[int]], tuple[Move, ...]] = field(default_factory=dict)
    _looks: dict[tuple[str, int, frozenset[int]], tuple[Move, ...]] = field(default_factory=dict)
    _reshaping: dict[tuple[str, int], tuple[Move, ...]] = field(default_factory=dict)
    _with_pieces: dict[tuple[str, int], tuple[Move, ...]] = field(default_factory=dict)
    _whole: dict[tuple[str, int], tuple[Move, ...]] = field(default_factory=dict)
    _blocks: dict[tuple[str, int, int], tuple[Move, ...]] = field(default_factory=dict)
    _shapes: dict[str, tuple[Move, ...]] = field(default_factory=dict)
    _rows_lost: dict[int, tuple[Move, ...]] = field(default_factory=dict)
    _refilled: dict[int, tuple[Move, ...]] = field(default_factory=dict)
    moves: BoundMoves = field(init=False)
    """What moves change, and what they cost."""
    _lost: LostRows = field(init=False)
    _misread: MisreadShapes = field(init=False)
    _wrapped: WrappedRows = field(init=False)
    _slid: SlidRows = field(init=False)
    _crossed: CrossedColumns = field(init=False)
    _emptied: EmptiedRows = field(init=False)

    def __post_init__(self) -> None:
        missed = MissedSums(self.system, self.plausibility)
        self._crossed = CrossedColumns(self.system, missed)
        self._emptied = EmptiedRows(self.system, self.plausibility, missed)
        names = RowNames(self.system, self.plausibility)
        self._lost = LostRows(self.system, self.plausibility, names, missed)
        self._slid = SlidRows(self.system, self.plausibility)
        self._wrapped = WrappedRows(self.words)
        self.moves = BoundMoves(self.system, self.plausibility, self._wrapped)
        self._misread = MisreadShapes(self.system, self.plausibility, names, self.words, self._wrapped, self.afford)

    def after(self, edits: tuple[Edit, ...]) -> Reconciliation | None:
        """The reconciliation that these edits lead to, where they were tried on the way."""
        return self._misread.after(edits)

    def names_cut(self, table: str) -> tuple[MergeRows, ...]:
        """The rows of a table that are one with the row below, as what is left of a name in either shows."""
        layout = self.plausibility.layout(table)
        return self._wrapped.names_cut(layout) if layout is not None else ()

    def cut_short(self, equation: Equation) -> bool:
        """Whether not all that could be done about this equation was looked at."""
        if len(equation.cells) > _MOST_CELLS:
            return True
        return any(self.system.variables[cell].ref.table in self._misread.cut_short for cell in equation.cells)

    def touching(
        self, equation: Equation, asked: Asked | None = None, *, by_looks_alone: bool = False
    ) -> Iterator[Move]:
        """The structural operations that change a cell of this equation, in a fixed order, some several times: all that
        looks may tell, and of the others those that may do what is asked (all of them, where nothing is; none where
        only what looks tell is wanted)."""
        trace, places = self.system.trace, self.system.numbers_of(equation)
        for move in self._told_by_looks(equation) if by_looks_alone else self._gather(equation, asked):
            if move.touches(places.get(move.table, _NOWHERE)) or (move.shifts and equation.number in dict(move.shifts)):
                yield move
        if by_looks_alone:
            return
        trace.figures |= self._lost.asked.get(equation.number, frozenset())
        suspected = self._misread.suspected | self._slid.suspected
        trace.volatile = trace.volatile or not suspected.isdisjoint(places)

    def _rows_at(self, refs: Iterable[CellRef]) -> Iterator[tuple[TableLayout, int, frozenset[int]]]:
        """The rows of tables that some cells stand in, with the columns that do."""
        rows: dict[tuple[str, int], list[int]] = {}
        for ref in refs:
            rows.setdefault((ref.table, ref.row), []).append(ref.column)
        for (table, row), columns in rows.items():
            layout = self.plausibility.layout(table)
            if layout is not None:
                yield layout, row, frozenset(columns)

    def _told_by_looks(self, equation: Equation) -> Iterator[Move]:
        refs = [self.system.variables[variable].ref for variable in equation.cells[:_MOST_CELLS]]
        for layout, row, columns in self._rows_at(refs):
            yield from self._looks_of_row(layout, row, columns)

    def _gather(self, equation: Equation, asked: Asked | None) -> Iterator[Move]:
        refs = [self.system.variables[variable].ref for variable in equation.cells[:_MOST_CELLS]]
        for layout, row, columns in self._rows_at(refs):
            yield from self._looks_of_row(layout, row, columns)
            yield from self._of_row(layout, row, columns, asked)
        for table, column, run in dict.fromkeys([place for ref in refs for place in self._runs_at(ref)]):
            yield from self._blocks_of(table, column, run, asked)
        for table in dict.fromkeys(ref.table for ref in refs):
            yield from self.of_table(table)
            yield from self._of_shape(table)
        if is_one_sided(equation):
            for table in tables_without(self.plausibility, equation):
                yield from self._of_shape(table)
        lost = self._rows_lost.get(equation.number)
        if lost is None:
            lost = self._rows_lost[equation.number] = tuple(self._lost_under(equation))
        yield from lost

    def _lost_under(self, equation: Equation) -> Iterator[Move]:
        """The rows to put in that a sum down a column misses, or to fill again."""
        yield from self.refilled(equation)
        for lost in self._lost.under(equation):
            layout = self.plausibility.layout(lost.table)
            if layout is not None:
                cost = lost.cost - OF_BOTH_HALVES * lost.both
                yield Move("row_lost", cost, layout, {}, (lost.edit,), lost.shifts, lost.support, lost.certain)

    def refilled(self, equation: Equation) -> tuple[Move, ...]:
        """The rows that lost their figures, filled again with what this equation and others ask of them."""
        known = self._refilled.get(equation.number)
        if known is None:
            known = self._refilled[equation.number] = tuple(self._emptied.under(equation))
        return known

    def rows_unfilled(self, equation: Equation, table: str) -> set[int]:
        """The rows of a table in which this equation has a cell that prints no figure: no others are filled again."""
        own = self.system.numbers_of(equation).get(table, _NOWHERE)
        variables = self.system.variables
        # Most have a value, which is soon told.
        empty = (variables[number] for number in own.values() if not variables[number].value)
        return {variable.ref.row for variable in empty if not holds(variable.cell.text)}

    def _looks_of_row(self, layout: TableLayout, row: int, columns: frozenset[int]) -> Iterator[Move]:
        """The operations on a row, and on the one below, that looks may tell."""
        table = layout.table.id
        key = (table, row, columns)
        looks = self._looks.get(key)
        if looks is None:
            looks = self._looks[key] = tuple(_moves(layout, told_by_looks(layout, row, columns)))
        yield from looks
        pieces = self._with_pieces.get((table, row))
        if pieces is None:
            found = self._wrapped.with_pieces(layout, row)
            pieces = self._with_pieces[table, row] = tuple(_reshaping(layout, found)) if found else ()
        yield from pieces

    def _of_row(self, layout: TableLayout, row: int, columns: frozenset[int], asked: Asked | None) -> Iterator[Move]:
        """The other operations on a row and its neighbours, as far as they concern its cells in these columns."""
        table = layout.table.id
        key = (table, row, columns)
        if asked is None or asked.in_row(layout, row):
            reshaping = self._reshaping.get((table, row))
            if reshaping is None:
                reshaping = self._reshaping[table, row] = tuple(_reshaping(layout, self._wrapped.of_row(layout, row)))
            yield from reshaping
            within = self._rows.get(key)
            if within is None:
                within = self._rows[key] = tuple(_moves(layout, of_row(layout, row, columns)))
            yield from within
        whole = self._whole.get((table, row))
        if whole is None:
            whole = self._whole[table, row] = tuple(_moves(layout, row_blocks(layout, row)))
        yield from whole

    def _of_shape(self, table: str) -> tuple[Move, ...]:
        """The operations that read the rows or columns of a table otherwise."""
        known = self._shapes.get(table)
        if known is None:
            layout = self.plausibility.layout(table)
            known = ()
            if layout is not None:
                readings = self._misread.of_table(layout)
                known = tuple(
                    Move(
                        found.method,
                        found.cost,
                        layout,
                        dict(self._becoming(variable, value) for variable, value in found.changes),
                        found.edits,
                        found.shifts,
                        found.support,
                        found.certain,
                    )
                    for found in readings
                )
            self._shapes[table] = known
        return known

    def _becoming(self, variable: int, value: int) -> tuple[Place, str]:
        ref = self.system.variables[variable].ref
        return (ref.row, ref.column), self.plausibility.text_for(variable, value)

    def _runs_at(self, ref: CellRef) -> Iterator[tuple[str, int, tuple[int, int]]]:
        """The runs of figures down a column that hold this cell or end beside it."""
        layout = self.plausibility.layout(ref.table)
        if layout is not None and layout.segment_of(ref.column):
            runs = layout.runs((ref.column,))
            for first, last in runs[max(ref.row - 1, 0) : ref.row + 2]:
                if first < last:
                    yield ref.table, ref.column, (first, last)

    def _blocks_of(self, table: str, column: int, run: tuple[int, int], asked: Asked | None) -> Iterator[Move]:
        """The blocks of a column, from a row of a run on to one of its ends, that may do what is asked."""
        layout = self.plausibility.layout(table)
        if layout is None:
            return
        for row in range(run[0], run[1] + 1) if asked is None else asked.in_run(layout, column, run):
            known = self._blocks.get((table, row, column))
            if known is None:
                known = self._blocks[table, row, column] = tuple(_moves(layout, blocks_from(layout, row, column)))
            yield from known

    def of_table(self, table: str) -> tuple[Move, ...]:
        """The operations that swap two neighbouring columns of a table, put the figures of a column back over a blank,
        or put those of the table on the rows where another one has them."""
        known = self._columns.get(table)
        if known is None:
            known = ()
            layout = self.plausibility.layout(table)
            if layout is not None and len(layout.table.rows) <= _MOST_ROWS_SWAPPED:
                swaps = (Move(method, cost, layout, texts) for method, cost, texts in swapped_columns(layout))
                known = (
                    *swaps,
                    *_moves(layout, blocks_over_zeros(layout)),
                    *self._crossed.of_table(layout),
                    *self._slid.of_table(layout),
                )
            self._columns[table] = known
        return known


def _reshaping(layout: TableLayout, found: Iterable[Whole]) -> Iterator[Move]:
    """The moves within two rows that leave one of them."""
    for method, cost, texts, edits in found:
        yield Move(method, cost, layout, texts, edits)


def _moves(layout: TableLayout, found: Found) -> Iterator[Move]:
    """What was found, as operations."""
    for method, cost, texts in found:
        yield Move(method, cost, layout, texts)
