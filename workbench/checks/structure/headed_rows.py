"""Rows that stand in a list like the row before them and may be its parts, where only their place or a lost
indentation says so: a numbered list right below a row without number, the money that 转移性收入 comprises, what goes
on behind 其中. The figures tell: each reading is one more that the table may have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile

from workbench.checks.structure.groups import GroupKind, RowGroup
from workbench.checks.structure.rows import RowLabel
from workbench.fiscal.vocabulary import vocabulary

_Rows = tuple[RowLabel, ...]


def with_headed(groups: Iterable[RowGroup], rows: Sequence[RowLabel]) -> Iterator[RowGroup]:
    """The groups, those of totals also read without the rows that others among them may head; and these heads with
    the rows that may make them up. `rows` are all of the panel, in order."""
    heads: dict[RowLabel, tuple[_Rows, ...]] = {}
    for group in groups:
        if group.kind is GroupKind.TOTAL and group.whole.row > group.candidates[0][0].row:
            found = dict(_heads(group.candidates[0], rows))
            shorter = tuple(rows for reading in group.candidates for rows in _without(reading, found))
            group = replace(group, candidates=tuple(dict.fromkeys((*group.candidates, *shorter))))
            heads |= found
        yield group
    for head, readings in heads.items():
        behind = _behind_of_which(head, rows)
        candidates = tuple((*behind, *reading) for reading in readings)
        yield RowGroup(GroupKind.CHILDREN, head, candidates, sure=False)


def _heads(parts: Sequence[RowLabel], rows: Sequence[RowLabel]) -> Iterator[tuple[RowLabel, tuple[_Rows, ...]]]:
    """Rows among the parts of a total that may head some of those behind them, each with the readings of what."""
    words = vocabulary().rows
    for place, head in enumerate(parts):
        behind = parts[place + 1 :]
        if head.rank or head.total or not behind:
            continue
        if words["transfers"].fit(head.key):
            yield head, tuple(tuple(behind[:end]) for end in range(len(behind), 1, -1))
        elif behind[0].rank and behind[0].ordinal == 1:
            numbered = tuple(row for number, row in enumerate(behind, 1) if _is_numbered(row, behind[0], number))
            if len(numbered) > 1 and numbered == tuple(behind[: len(numbered)]):
                yield head, (numbered,)
        elif inside := _inside(head, behind):
            yield head, tuple(inside[:end] for end in range(len(inside), 0, -1))
        elif words["carry"].fit(head.key) and _behind_of_which(head, rows):
            following = tuple(takewhile(lambda row: words["carry"].fit(row.key) and not row.rank, behind))
            readings = tuple(following[:end] for end in range(len(following), 0, -1))
            if readings:
                yield head, readings


def _inside(head: RowLabel, behind: Sequence[RowLabel]) -> _Rows:
    """The rows behind one that may name all of a year (本年收入, and nothing of other years in it) or money that others
    are some of (一般公共预算拨款, 经费拨款)."""
    words = vocabulary()
    if words.rows["year_head"].fit(head.key):
        return tuple(takewhile(lambda row: not words.rows["carry"].fit(row.key) and not row.total, behind))
    parts = next((cover.parts for cover in words.covers if cover.whole.fit(head.key)), None)
    return () if parts is None else tuple(takewhile(lambda row: parts.fit(row.key) and not row.rank, behind))


def _is_numbered(row: RowLabel, first: RowLabel, number: int) -> bool:
    return (row.rank, row.ordinal) == (first.rank, number)


def _behind_of_which(head: RowLabel, rows: Sequence[RowLabel]) -> _Rows:
    """The rows headed 其中 right below a row."""
    below = rows[rows.index(head) + 1 :]
    return tuple(takewhile(lambda row: row.of_which, below))


def past_of_which(of_which: Mapping[RowLabel, Sequence[RowLabel]], parts: Sequence[RowLabel]) -> Iterator[_Rows]:
    """The parts of a total with rows that may stand beside them, though they are listed behind the 其中 of one of them:
    nothing says where that ends."""
    for place, part in enumerate(parts, 1):
        inside = of_which.get(part, ())
        for end, row in enumerate(inside):
            if end and not row.of_which:
                yield (*parts[:place], *inside[end:], *parts[place:])


def _without(parts: _Rows, heads: dict[RowLabel, tuple[_Rows, ...]]) -> Iterator[_Rows]:
    """The parts of a total without those that one of its rows heads, reading by reading."""
    for readings in heads.values():
        for inside in readings:
            yield tuple(row for row in parts if row not in inside)
