"""A row that was lost and is put in again: what it costs, and what it does to the sums that miss it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from workbench.model.edit import InsertRows
from workbench.repairs.evidence.corroboration import Support

NAMELESS = "（名称缺失）"
"""The label of a row that no other table names, for the reviewer to fill in."""
ROW_LOST = 3.2
ROW_LOST_OVER_OTHERS = 1.8
"""Of one that other rows stand under and add up to."""
ROW_LOST_UNNAMED = 4.2
ROW_LOST_UNASKED = 5.6
"""Of a row that nothing names and one sum alone misses: likelier than any other figure in any of its cells."""
BESIDE_AN_EMPTY_ONE = 1.5
"""More for one that nothing names, where a row that has a name prints nothing: rather that one lost its figures."""
FIGURE_ASTRAY = 3.0
"""More for one of which a figure stands in its column on a row that nothing names: rather it moved."""
OF_BOTH_HALVES = 0.4
"""Less for one row that two halves of a table miss each."""


@dataclass(frozen=True, slots=True)
class LostRow:
    """A row to put in: the edit, what each sum gains by it, and where another table prints it."""

    table: str
    edit: InsertRows
    shifts: tuple[tuple[int, int], ...]
    support: Support | None
    cost: float = ROW_LOST
    both: bool = False
    """Whether it is a row of both halves of a table."""
    certain: bool = True
    """Whether nothing speaks against its name."""


def doubtful(row: LostRow) -> LostRow:
    """The row, priced as one that nothing names, and never sure."""
    return replace(row, cost=row.cost + ROW_LOST_UNNAMED - ROW_LOST, certain=False)


def joined(one: LostRow, other: LostRow) -> LostRow:
    """One row that gives both halves of a table what they miss."""
    texts = tuple(a or b for a, b in zip(one.edit.texts[0], other.edit.texts[0], strict=True))
    # Where one of them has a name, its place is told.
    named = [row.edit.row for row in (one, other) if not any(text.endswith(NAMELESS) for text in row.edit.texts[0])]
    edit = InsertRows(one.table, max(named or (one.edit.row, other.edit.row)), (texts,))
    support = one.support if other.support is not None else None
    return LostRow(
        one.table,
        edit,
        (*one.shifts, *other.shifts),
        support,
        max(one.cost, other.cost),
        True,
        one.certain and other.certain,
    )
