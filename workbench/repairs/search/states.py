"""The states of a search for repairs, what steps make of them, and what was learnt of the ways to their ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heapify
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

Entry = tuple[float, int, State]

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


@dataclass(slots=True)
class Remaining:
    """What it really cost to mend what still failed, on the ways that led to whole repairs.

    What is left to mend is reckoned high, so that the search dives; the other ways that lead to the same failing
    checks would then be given up as soon as one was gone to its end, and a rival as good as the best never be seen.
    """

    costs: dict[frozenset[int], float] = field(default_factory=dict)
    fresh: bool = False

    def learn(self, repaired: State) -> None:
        """Takes note of the way that led to a whole repair."""
        state = repaired.before
        while state is not None:
            left = repaired.cost - state.cost
            if left < min(self.costs.get(state.failing, float("inf")), PER_FAILING * len(state.failing)):
                self.costs[state.failing] = left
                self.fresh = True
            state = state.before

    def reckon_again(self, heap: list[Entry], most: float) -> bool:
        """Puts the states of the heap in the order that what was learnt gives them; whether any is within `most`."""
        if not self.fresh:
            return False
        self.fresh = False
        heap[:] = [
            (min(reckoned, state.cost + self.costs.get(state.failing, float("inf"))), number, state)
            for reckoned, number, state in heap
            if state.cost <= most
        ]
        heapify(heap)
        return bool(heap) and heap[0][0] <= most
