"""What a table itself says against a change of its shape or of where its figures stand: a row that would not be whole,
figures that no row is named for.

The sums may all hold and the table still not be what was printed: they know figures, and nothing of names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from workbench.model.amount import FigureKind, read_figure
from workbench.model.edit import DeleteRows, InsertRows, MergeRows, SplitRow
from workbench.repairs.evidence.column_style import NEARLY_ALL
from workbench.repairs.evidence.layout import TableLayout
from workbench.repairs.evidence.row_codes import code_levels
from workbench.repairs.slips.operation import Operation
from workbench.repairs.slips.places import holds
from workbench.repairs.slips.stories import Plausibility

_IS_TOTAL = re.compile(r"[合总小]\s*计\s*$")
Texts = Sequence[str]


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


def _half_told(layout: TableLayout, edit: InsertRows) -> bool:
    """Whether the rows above and below the place of a row name something in a half of the table, and it does not."""
    beside = [row for row in (edit.row - 1, edit.row) if 0 <= row < len(layout.texts)]
    return any(
        all(layout.named_within(row, half) for row in beside)
        and not any(map(_IS_TOTAL.search, layout.texts[beside[-1]]))
        and not any(text.strip() for text in edit.texts[0][_behind(layout, half) : half[-1] + 1])
        for half in layout.segments
    )


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
