"""What a table itself says against a change of its shape or of where its figures stand: a row that would not be whole,
figures that no row is named for, a column that stays short.

The sums may all hold and the table still not be what was printed: they know the figures that a rule asks for, and
nothing of the others, nor of names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from decimal import Decimal
from itertools import pairwise

from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Outcome
from workbench.model.edit import DeleteRows, InsertColumn, InsertRows, MergeRows, SplitRow
from workbench.model.table import CellRef
from workbench.repairs.equation import Equation
from workbench.repairs.evidence.column_style import NEARLY_ALL
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.row_codes import code_levels, code_put_in, codes_and_places
from workbench.repairs.evidence.row_numbers import countings
from workbench.repairs.fixed_point import to_units, worth
from workbench.repairs.slips.lost_row import NAMELESS
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.places import holds
from workbench.repairs.slips.stories import Plausibility

_IS_TOTAL = re.compile(r"[合总小]\s*计\s*$")
_MUCH = 2
"""How many times its size a total may seem off where other figures beside it are wrong."""
_FEWEST_TERMS = 3
_MANY_ROWS = 5
_FEWEST_ALIKE = 2
"""So many codes of a level at the least show what stands under one."""
Texts = Sequence[str]


def table_of(operation: Operation) -> str:
    """The table that an operation on rows, or one that moves figures, changes."""
    return operation.table or next((ref.table for ref, _ in operation.texts), "")


def leaves_a_row_unwhole(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a row that it puts in, or one of two that it makes of one, says nothing where the other rows of the table
    do: in a column of words, or in one of the halves of the table."""
    layout = plausibility.layout(operation.table)
    if layout is None:
        return False
    if any(_half_told(layout, edit) for edit in operation.edits if isinstance(edit, InsertRows)):
        return True
    return any(
        not _whole(layout, texts, others)
        for edit in operation.edits
        if isinstance(edit, InsertRows | SplitRow)
        for texts, others in _new_rows(layout, edit)
    )


def is_nameless(operation: Operation) -> bool:
    """Whether a row that it puts in has no name but the one that says so: nothing knows then that there was one; or
    whether it puts in a column: its head is what another table calls a figure."""
    if any(isinstance(edit, InsertColumn) for edit in operation.edits):
        return True
    rows = [texts for edit in operation.edits if isinstance(edit, InsertRows) for texts in edit.texts]
    return any(text.endswith(NAMELESS) for texts in rows for text in texts)


def guesses_the_last_place(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether it fills a row with figures that the sums of a document ask for which rounds what it has added, and that
    are printed nowhere: any of them may be one off in its last place."""
    rows = [texts for edit in operation.edits if isinstance(edit, InsertRows) for texts in edit.texts]
    layout = plausibility.layout(table_of(operation))
    if layout is None:
        return False
    columns = [column for segment in layout.segments for column in segment]
    figures = {worth(texts[column]) for texts in rows for column in columns} | {worth(t) for _, t in operation.texts}
    rounded = any(
        result.outcome is Outcome.WITHIN_ROUNDING and len(result.check.terms) >= _FEWEST_TERMS
        for result in plausibility.system.reconciliation.results
    )
    return rounded and any(figure and not plausibility.index.prints(figure) for figure in figures)


def leaves_figures_unnamed(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether it moves figures about, or puts rows in, in a table that has figures on a row without a name, and that it
    leaves there: then more went astray than it sets right."""
    layout = plausibility.layout(operation.table)
    if layout is None:
        return False
    joined = {edit.row for edit in operation.edits if isinstance(edit, MergeRows | DeleteRows)}
    new = {(ref.row, ref.column): text for ref, text in operation.texts}
    for segment in layout.segments:
        unnamed = [row for row in range(len(layout.texts)) if not layout.named(row, segment[0])]
        if not unnamed or 2 * len(unnamed) > len(layout.texts):
            continue
        for row in unnamed:
            if row in joined or row - 1 in joined:
                continue
            if any(holds(new.get((row, column), layout.texts[row][column])) for column in segment):
                return True
    return False


def leaves_a_row_empty(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether it moves figures about in a table that has a named row which prints nothing where all others print
    something, and leaves that row so: its figures went astray too."""
    layout = plausibility.layout(table_of(operation))
    if layout is None or len(layout.texts) < _MANY_ROWS:
        return False
    changed = {ref.row for ref, _ in operation.texts}
    changed |= {edit.row + by for edit in operation.edits if isinstance(edit, MergeRows | DeleteRows) for by in (0, 1)}
    named = [(row, texts) for row, texts in enumerate(layout.texts) if any(texts)]
    alone: Counter[int] = Counter()
    for segment in layout.segments:
        for column in segment:
            blank = [row for row, texts in named if not texts[column]]
            if len(blank) == 1:
                alone[blank[0]] += 1
    return any(columns > 1 for row, columns in alone.items() if row not in changed)


def leaves_a_column_short(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a row that it puts in says nothing in a column where the total that misses the row misses a figure as
    well: no check asks for that one, so the row would hold on every check and still not be what was printed."""
    layout = plausibility.layout(operation.table)
    new = {column for edit in operation.edits if isinstance(edit, InsertRows) for column in _filled(edit)}
    if layout is None or not new:
        return False
    return any(_short(layout, layout.system.equations[number], new) for number, _ in operation.shifts)


def _short(layout: TableLayout, equation: Equation, told: Set[int]) -> bool:
    """Whether the rows of a sum down a column do not add up in another column of its half that is not one of `told`."""
    refs = {cell: layout.system.variables[cell].ref for cell in equation.cells}
    if {ref.table for ref in refs.values()} != {layout.table.id} or len({ref.column for ref in refs.values()}) != 1:
        return False
    if len(equation.totals) != 1:
        return False
    (total,) = (refs[cell] for cell in equation.totals)
    parts = [ref.row for ref in refs.values() if ref != total]
    for column in set(layout.segment_of(total.column)) - told:
        missing = abs(layout.values(total.row)[column] - sum(layout.values(row)[column] for row in parts))
        # Each figure may be off by half of its last place.
        if 2 * missing > len(refs) * _last_place(layout, column):
            return True
    return False


def leaves_a_code_alone(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether a row that it puts in has a code with none under it, where every other code of its level has some: those
    were lost with it."""
    layout = plausibility.layout(operation.table)
    edits = [edit for edit in operation.edits if isinstance(edit, InsertRows)]
    if layout is None or not edits:
        return False
    return any(_alone(layout, edit, segment[0]) for edit in edits for segment in layout.segments)


def _alone(layout: TableLayout, edit: InsertRows, column: int) -> bool:
    code = code_put_in(layout, edit.texts[-1], edit.row, column)
    codes = {code for code, _ in codes_and_places(layout, column)}
    alike = [other for other in codes if other and len(other) == len(code) and other != code]
    return len(alike) >= _FEWEST_ALIKE and not _stands_over(code, codes) and all(_stands_over(o, codes) for o in alike)


def _stands_over(code: str, codes: Set[str]) -> bool:
    """Whether any of some codes stands under this one."""
    return any(other.startswith(code) and other != code for other in codes)


def leaves_a_number_out(plausibility: Plausibility, operation: Operation) -> bool:
    """Whether it fills a row in a table whose rows are counted and leave out a number: the row with that one is rather
    what was lost."""
    layout = plausibility.layout(table_of(operation)) if operation.method == "row_emptied" else None
    if layout is None:
        return False
    for column in countings(layout):
        numbers = [int(text) for texts in layout.texts if (text := texts[column].strip()).isdecimal()]
        if any(below - above == 2 for above, below in pairwise(numbers)):
            return True
    return False


def _filled(edit: InsertRows) -> set[int]:
    """The columns in which the rows that are put in print anything other than a zero."""
    return {column for texts in edit.texts for column, text in enumerate(texts) if holds(text)}


def _last_place(layout: TableLayout, column: int) -> int:
    """One in the last place of the figures of a column, in the units of the system."""
    decimals = max((read_figure(texts[column]).decimals for texts in layout.texts), default=0)
    return to_units(Decimal(1).scaleb(-decimals))


def speaks_for_its_table(layout: TableLayout, refs: Set[CellRef]) -> bool:
    """Whether these figures of a table, which are all that other tables speak against, tell its unit rather than their
    own: they stand neither in one row nor in one column alone, or some are to the others as a total is to its parts.

    One row or column alone in another unit is a thousand times too great or too small for that.
    """
    rows, columns = {ref.row for ref in refs}, {ref.column for ref in refs}
    height = range(len(layout.texts))
    down = [(ref.row, [layout.values(row)[ref.column] for row in height]) for ref in refs if len(rows) == 1]
    across = [
        (segment.index(ref.column), [layout.values(ref.row)[column] for column in segment])
        for ref in refs
        if len(columns) == 1 and (segment := layout.segment_of(ref.column))
    ]
    return _any_as_total(down) and _any_as_total(across)


def _any_as_total(lines: Iterable[tuple[int, list[int]]]) -> bool:
    """Whether in any of some lines of figures the one at the place given is to the others as a total is to its parts;
    also where none of them has others."""
    found = []
    for place, figures in lines:
        own, others = abs(figures[place]), [abs(figure) for figure in figures[:place] + figures[place + 1 :]]
        if any(others):
            found.append(max(others) <= _MUCH * own <= _MUCH * _MUCH * sum(others))
    return any(found) or not found


def _half_told(layout: TableLayout, edit: InsertRows) -> bool:
    """Whether the rows above and below the place of a row name something in a half of the table, and it does not."""
    beside = [row for row in (edit.row - 1, edit.row) if 0 <= row < len(layout.texts)]
    counting = countings(layout)
    for half in layout.segments:
        printed = [column for column in range(_behind(layout, half), half[-1] + 1) if edit.texts[0][column].strip()]
        numbered = any(column in counting for column in printed)
        named = all(layout.named_within(row, half) for row in beside)
        # Above a total one half may have come to its end, but not where it counts on.
        expected = numbered or not any(map(_IS_TOTAL.search, layout.texts[beside[-1]]))
        if named and expected and all(column in counting for column in printed):
            return True
    return False


def _behind(layout: TableLayout, half: tuple[int, ...]) -> int:
    """The first column of a half of a table."""
    return max((other[-1] + 1 for other in layout.segments if other[-1] < half[0]), default=0)


def _new_rows(layout: TableLayout, edit: InsertRows | SplitRow) -> Iterable[tuple[Texts, list[Texts]]]:
    """The rows that an edit makes, each with the other rows of the table."""
    if isinstance(edit, InsertRows):
        return [(texts, list(layout.texts)) for texts in edit.texts]
    others: list[Texts] = [texts for row, texts in enumerate(layout.texts) if row != edit.row]
    upper = [text[:offset].strip() for text, offset in zip(edit.before, edit.offsets, strict=True)]
    lower = [text[offset:].strip() for text, offset in zip(edit.before, edit.offsets, strict=True)]
    return [(upper, others), (lower, others)]


def _whole(layout: TableLayout, texts: Texts, others: Sequence[Texts]) -> bool:
    """Whether a row says something wherever nearly all rows with figures do, and its figures have a name."""
    amounts = [column for segment in layout.segments for column in segment]
    alike = [other for other in others if any(holds(other[column]) for column in amounts)]
    # A total says less than the rows that it adds up.
    alike = [other for other in alike if not any(map(_IS_TOTAL.search, other))] or alike
    levels = {column for half in code_levels(layout) for column in half}
    for column, text in enumerate(texts):
        if column not in amounts and column not in levels and not text.strip() and alike:
            if sum(bool(other[column].strip()) for other in alike) >= NEARLY_ALL * len(alike):
                return False
    return all(
        _named(layout, texts, segment) for segment in layout.segments if any(holds(texts[column]) for column in segment)
    )


def _named(layout: TableLayout, texts: Texts, segment: tuple[int, ...]) -> bool:
    """Whether the row has a word for its figures in these columns, where the other rows have one."""
    if any(read_figure(text).kind is FigureKind.TEXT for text in texts[_behind(layout, segment) : segment[0]]):
        return True
    named = sum(layout.named_within(row, segment) for row in range(len(layout.texts)))
    return 2 * named < len(layout.texts)
