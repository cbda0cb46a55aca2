"""The rows of a body that only alignment shows: its words in their columns, its wrapped lines put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from workbench.model.amount import match_key
from workbench.model.table import Row
from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.places import Placed, PlacedLine
from workbench.tables.text.figures import is_figure_word
from workbench.tables.text.form_words import indicator_family, is_indicator_header
from workbench.tables.text.lines import EMPTY, Piece, cell_of, key_of
from workbench.tables.text.running.wrapped_rows import begins_row, is_rest, owners_of
from workbench.tables.text.vocabulary import TOTALS

_NAME = re.compile(r"名称|项目|科目|内容|备注|说明")
_COSTS = "成本"
"""A family of its own where an indicator of the first level is named so."""
_CODE = re.compile(r"^\d{2,7}$")
_LEAST_BOTH = 3
"""For each row whose code stands on another line so many have theirs beside their figures."""
_VALUE_LABEL = re.compile(r"指标值$|目标值$|^值$")


def spread_over(cells: Sequence[Placed], columns: Sequence[Column]) -> list[tuple[Piece, ...]]:
    """The pieces of each column: every cell goes to the column that it overlaps most, or is nearest to; the name of a
    total between columns is centred over the first ones."""
    row: list[tuple[Piece, ...]] = [()] * len(columns)
    for cell in cells:
        index = max(range(len(columns)), key=lambda column: _closeness(cell, columns[column]))
        if cell is cells[0] and _closeness(cell, columns[index]) <= 0 and cell.names_total:
            index = 0
        row[index] = row[index] + cell.pieces
    return row


def _closeness(cell: Placed, column: Column) -> float:
    return min(cell.x1, column.x1) - max(cell.x0, column.x0)


def body_rows(
    lines: Sequence[PlacedLine], columns: Sequence[Column], header: Sequence[Sequence[tuple[Piece, ...]]]
) -> list[Row]:
    """The rows of the body. A line with nothing but the rest of a wrapped label belongs to the row around or nearest to
    it."""
    leaves = [leaf_key(header, index) for index in range(len(columns))]
    spread = [spread_over(line.cells, columns) for line in lines]
    value = next((index for index, leaf in enumerate(leaves) if _VALUE_LABEL.search(leaf)), None)
    if value is not None and is_indicator_header(leaves):
        owners = owners_by_height(lines, [bool(row[value]) for row in spread])
    elif lines and lines[0].line.page.boxes:
        names = {index for index, leaf in enumerate(leaves) if _NAME.search(leaf)}
        owners = owners_by_height(lines, [not is_rest(row, names) for row in spread])
    else:
        owners = owners_of(spread, leaves)
    members: dict[int, list[list[tuple[Piece, ...]]]] = {}
    for row, owner in zip(spread, _with_codes(spread, owners), strict=True):
        members.setdefault(owner, []).append(row)
    return [
        tuple(
            cell_of([piece for member in members[owner] for piece in member[column]]) for column in range(len(columns))
        )
        for owner in sorted(members)
    ]


def _with_codes(lines: Sequence[Sequence[tuple[Piece, ...]]], owners: Sequence[int]) -> list[int]:
    """The owners of lines, those of a code and its figures made one where they stand on two lines of the label between
    them: 2210201 住房 | 公积金 71.94. Elsewhere every row but totals has its code beside its figures."""
    rows: dict[int, list[int]] = {}
    for number, owner in enumerate(owners):
        rows.setdefault(owner, []).append(number)
    printed = {
        owner: [
            [piece.text for number in numbers for piece in lines[number][column]] for column in range(len(lines[0]))
        ]
        for owner, numbers in rows.items()
    }
    shown = [_CodeRow.of(cells) for cells in printed.values()]
    codeless = [row for row in shown if row.figures and not row.codes and not begins_row(row.label)]
    bare = [row for row in shown if row.is_code]
    both = sum(row.codes and row.figures for row in shown)
    joined = list(owners)
    if _codes_stand_below(shown):
        for (upper, above), (lower, below) in pairwise(zip(rows, shown, strict=True)):
            if above.lacks_code and below.is_code:
                joined = [upper if owner == lower else owner for owner in joined]
        return joined
    if not codeless or len(codeless) > len(bare) or both <= _LEAST_BOTH * len(codeless):
        return joined
    for (upper, above), (lower, below) in pairwise(zip(rows, shown, strict=True)):
        if above.is_code and below.figures and not below.codes and above.label:
            if below.label and not begins_row(below.label):
                joined = [upper if owner == lower else owner for owner in joined]
    return joined


def _codes_stand_below(rows: Sequence[_CodeRow]) -> bool:
    """Whether every row of figures that lacks its code has a lone one right below it, and no lone code stands
    elsewhere: a code set too far in for its cell wraps as a whole, below the line of the name and the figures, or it is
    set level with the second line of the name, as most codes that stand beside their figures show. One page break may
    part the two; a single one prints nothing else."""
    below = {at + 1 for at, row in enumerate(rows) if row.lacks_code}
    lone = {at for at, row in enumerate(rows) if row.is_code}
    paired = below & lone
    both = sum(row.codes and row.figures for row in rows)
    ends = both >= _LEAST_BOTH * len(paired) and not any(begins_row(rows[at].label) for at in paired)
    shown = len(paired) > 1 or any(not rows[at].label for at in paired) or ends
    return shown and below ^ lone in (set(), {0}, {len(rows)})


@dataclass(frozen=True, slots=True)
class _CodeRow:
    """What a row prints: codes before its label, and figures behind it."""

    codes: bool
    label: str
    figures: bool

    @property
    def lacks_code(self) -> bool:
        """Whether it prints figures of a name without its code; totals have none."""
        return self.figures and not self.codes and bool(self.label) and not self.label.endswith(TOTALS)

    @property
    def is_code(self) -> bool:
        """Whether it prints a code, and no figures."""
        return self.codes and not self.figures

    @classmethod
    def of(cls, cells: Sequence[Sequence[str]]) -> _CodeRow:
        """The row with these words in its columns."""
        words = [word for cell in cells for word in cell]
        first = next((at for at, word in enumerate(words) if not _CODE.match(word)), len(words))
        end = next((at for at, word in enumerate(words[first:], first) if is_figure_word(word)), len(words))
        return cls(first > 0, "".join(words[first:end]), end < len(words))


def lifted(rows: list[Row], leaves: Sequence[str]) -> list[Row]:
    """The rows of an indicator grid, each first-level label, centred beside its rows, put on the first of them."""
    if "一级指标" not in leaves or "二级指标" not in leaves:
        return rows
    first, second = leaves.index("一级指标"), leaves.index("二级指标")
    for index, row in enumerate(rows):
        target = index
        named = match_key(row[first].printed)
        family = _COSTS if named == _COSTS + "指标" else indicator_family(named)
        while target > 0 and family and not rows[target - 1][first].printed:
            above = rows[target - 1][second].printed
            if above and indicator_family(above) != family:
                break
            target -= 1
        if target != index and rows[target][second].printed:
            rows[target] = (*rows[target][:first], row[first], *rows[target][first + 1 :])
            rows[index] = (*row[:first], EMPTY, *row[first + 1 :])
    return rows


def leaf_key(header: Sequence[Sequence[tuple[Piece, ...]]], column: int) -> str:
    """The key of the lowest label above a column."""
    return next((key_of(row[column]) for row in reversed(header) if row[column]), "")


def owners_by_height(lines: Sequence[PlacedLine], main: Sequence[bool]) -> list[int]:
    """For each line the line whose row it belongs to: itself where it is a `main` one, else the nearest that is."""
    following: list[int | None] = [None] * len(lines)
    after: int | None = None
    for index in range(len(lines) - 1, -1, -1):
        after = index if main[index] else after
        following[index] = after
    owners: list[int] = []
    before: int | None = None
    for index, after in enumerate(following):
        if after == index or before is None:
            owners.append(index if after is None else after)
        else:
            below = after is not None and lines[after].y - lines[index].y < 0.8 * (lines[index].y - lines[before].y)
            owners.append(after if below and after is not None else before)
        before = index if main[index] else before
    return owners
