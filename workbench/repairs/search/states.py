"""The states of a search for repairs, and what steps make of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple

from workbench.repairs.slips.operation import Operation

PER_FAILING = 2.4
"""What mending one more failing check is reckoned to cost at least."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A whole repair of a group: its operations, and the equations that it says do not hold in this document."""

    cost: float
    operations: tuple[Operation, ...]
    aside: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """The repairs of a group, cheapest first, and whether the budget ended the search."""

    group: tuple[int, ...]
    repairs: tuple[Repair, ...]
    incomplete: bool = False


def weights_of(repairs: Sequence[Repair]) -> list[float]:
    """The probabilities of repairs, which go as exp(−cost)."""
    if not repairs:
        return []
    raw = [exp(repairs[0].cost - repair.cost) for repair in repairs]
    total = sum(raw)
    return [weight / total for weight in raw]


@dataclass(slots=True)
class State:
    """A part of a repair: what it costs so far, what is changed and set aside, and what fails still."""

    cost: float
    operations: tuple[Operation, ...]
    changes: dict[int, int]
    residuals: dict[int, int]
    failing: frozenset[int]
    aside: frozenset[int]
    slack: dict[int, int]
    shifts: tuple[tuple[int, int], ...] = ()
    before: State | None = None

    @property
    def key(self) -> Key:
        """What tells it from other states: the ways that lead to it apart."""
        return frozenset(self.changes.items()), self.shifts, self.aside


Key = tuple[frozenset[tuple[int, int]], tuple[tuple[int, int], ...], frozenset[int]]

Changes = tuple[tuple[int, int], ...]


class Outcome(NamedTuple):
    """What a step makes of the equations, whatever it costs: `extra` is what it costs beyond its own price."""

    changes: dict[int, int]
    residuals: dict[int, int]
    failing: frozenset[int]
    slack: dict[int, int]
    extra: float


def after(state: State, operation: Operation, outcome: Outcome) -> State:
    """The state that an operation leads to."""
    return State(
        state.cost + operation.cost + outcome.extra,
        (*state.operations, operation),
        outcome.changes,
        outcome.residuals,
        outcome.failing,
        state.aside,
        outcome.slack,
        state.shifts + operation.shifts,
        state,
    )


def set_aside(state: State, number: int, cost: float) -> State:
    """The state in which an equation is said not to hold in this document; `cost` is what it then costs in all."""
    return State(
        cost,
        state.operations,
        state.changes,
        state.residuals,
        state.failing - {number},
        state.aside | {number},
        state.slack,
        state.shifts,
        state,
    )
