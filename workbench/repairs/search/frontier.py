"""The states that a search has yet to take up, and what was learnt of the ways to their ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

from workbench.repairs.search.aside import AGAIN
from workbench.repairs.search.states import PER_FAILING, Key, Repair, State

_MOST_UNFINISHED = 3

_Entry = tuple[float, int, State]
"""What a state is reckoned to come to, the order in which it was put here, and the state."""


@dataclass(slots=True)
class _Remaining:
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

    def reckon_again(self, heap: list[_Entry], most: float) -> bool:
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


@dataclass(slots=True)
class Frontier:
    """States in the order of what they are reckoned to come to, each way to the same state only at its least cost."""

    pushes: int = 0
    _heap: list[_Entry] = field(default_factory=list)
    _seen: dict[Key, float] = field(default_factory=dict)
    _remaining: _Remaining = field(default_factory=_Remaining)

    def push(self, state: State) -> None:
        """Puts a state in its place, unless a way at least as cheap leads to it."""
        key = state.key
        if self._seen.get(key, float("inf")) > state.cost:
            self._seen[key] = state.cost
            heappush(self._heap, (state.cost + PER_FAILING * len(state.failing), self.pushes, state))
            self.pushes += 1

    def pop(self, most: float) -> State | None:
        """The next state; None where none is left that may come to no more than `most`."""
        heap = self._heap
        while heap:
            if heap[0][0] > most and not self._remaining.reckon_again(heap, most):
                return None
            _, _, state = heappop(heap)
            if self._seen.get(state.key, float("inf")) >= state.cost:
                return state
        return None

    def put_off(self, whole: State, dearer: State) -> None:
        """Puts a whole repair back at what it costs with what it leaves unexplained."""
        self._seen.pop(whole.key, None)
        self.push(dearer)

    def learn(self, repaired: State) -> None:
        """Takes note of the way that led to a whole repair."""
        self._remaining.learn(repaired)

    def furthest(self) -> list[Repair]:
        """What the search came to, where it found no whole repair: the steps that leave least, what still fails set
        aside."""
        reached = sorted(
            (state.cost + AGAIN * len(state.failing), number, state)
            for _, number, state in self._heap
            if state.operations
        )
        return [
            Repair(cost, state.operations, tuple(sorted(state.aside | state.failing)))
            for cost, _, state in reached[:_MOST_UNFINISHED]
        ]
