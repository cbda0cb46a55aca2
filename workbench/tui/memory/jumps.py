"""Where the reviewer was, over all documents of a review: back to it, and forward again."""

from __future__ import annotations

from dataclasses import dataclass

_MOST = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a table of a document."""

    entry: str
    grid: str
    row: int
    column: int


class JumpList:
    """Places that were left by a jump. Going back keeps the place that it starts from, to go forward to; a new jump
    forgets those."""

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._forward: list[Place] = []

    def leave(self, place: Place) -> None:
        """A jump leads away from a place."""
        if not self._back or self._back[-1] != place:
            self._back.append(place)
            del self._back[:-_MOST]
        self._forward.clear()

    def can_go(self, direction: int) -> bool:
        """Whether there is a place that way."""
        return bool(self._forward if direction > 0 else self._back)

    def go(self, direction: int, here: Place | None) -> Place | None:
        """The next place back (-1) or forward (1) that is not `here`; None where there is none."""
        ahead, behind = (self._forward, self._back) if direction > 0 else (self._back, self._forward)
        while ahead:
            place = ahead.pop()
            if place != here:
                if here is not None:
                    behind.append(here)
                return place
        return None
