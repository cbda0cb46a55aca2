"""Which rows make up which other row: what every vertical sum of a table is built from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from workbench.checks.structure.rows import RowLabel


class GroupKind(StrEnum):
    """What holds between a row and the rows of its group."""

    CHILDREN = "children"
    """The rows under it, by code, numbering or unit, make it up."""
    TOTAL = "total"
    """It totals them."""
    OF_WHICH = "of_which"
    """They are some of its parts: at most the whole."""


@dataclass(frozen=True)
class RowGroup:
    """A row, and the rows that make it up.

    `candidates` are the readings of the table, the likeliest first. Where the reading is `sure`, the first one is
    taken unless another one holds and it does not; where not, one that the figures bear out is taken, or none.
    `unplaced` are rows among the parts that no list of names places: they may be parts too, so that only the columns in
    which they print an amount tell between the readings.
    """

    kind: GroupKind
    whole: RowLabel
    candidates: tuple[tuple[RowLabel, ...], ...]
    sure: bool = True
    unplaced: tuple[RowLabel, ...] = ()


def of_one_measure(groups: Iterable[RowGroup]) -> Iterator[RowGroup]:
    """The groups without the parts that count something else than their whole (辆 under an amount, 人次 under 批次)."""
    for group in groups:
        counted = group.whole.measure
        # Under 车辆数合计（辆） the kinds of cars need not say 辆 again.
        fitting = ("", counted) if counted and counted != "-" else (counted,)
        readings = (
            tuple(part for part in parts if part.measure in fitting and counted != "-") for parts in group.candidates
        )
        kept = tuple(dict.fromkeys(parts for parts in readings if parts))
        if kept:
            yield group if kept == group.candidates else replace(group, candidates=kept)
