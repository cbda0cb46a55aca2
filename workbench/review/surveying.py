"""What is wanted of a reviewed document, made where the document was read: in a worker, so that only what comes of it
crosses to the process that asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from workbench.errors import WorkbenchError
from workbench.model.message import Message
from workbench.review.session import ReviewSession
from workbench.review.state import ReviewState

if TYPE_CHECKING:
    from workbench.pipeline import Analysis

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Surveyed(Generic[Made]):
    """One document: what was made of it as its record leaves it, what was found out on the way;
    or why its record could not be read."""

    path: Path
    made: Made | None = None
    messages: tuple[Message, ...] = ()
    error: WorkbenchError | None = None


@dataclass(frozen=True, slots=True)
class Survey(Generic[Made]):
    """Opens each document with its record in `records`, for reading only, and gives what `make` makes of it, which must
    be something that can be sent to another process."""

    records: Path
    make: Callable[[Analysis, ReviewState], Made | None]

    def __call__(self, analysis: Analysis) -> Surveyed[Made]:
        """What is wanted of one document."""
        try:
            state = ReviewSession.open(
                analysis.path, records=self.records, reviewer="", analysis=analysis, read_only=True
            ).state
        except WorkbenchError as error:
            return Surveyed(analysis.path, error=error)
        return Surveyed(analysis.path, self.make(analysis, state), state.messages)
