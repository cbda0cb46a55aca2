"""The review after each of its steps: made from the parse when it is needed,
and explained at once or when time allows."""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock
from typing import TYPE_CHECKING

from workbench.model.check import Finding
from workbench.model.edit import Edit
from workbench.model.record import Action
from workbench.model.table import Document
from workbench.records.replay import Replayed, replay, step
from workbench.review.analyst import Analyst
from workbench.review.frames import Frame, frame_after, worked_out
from workbench.review.rulings import constraints_of

if TYPE_CHECKING:
    from workbench.checks import Reconciliation
    from workbench.pipeline import Analysis

Causes = tuple["Reconciliation", tuple[Finding, ...]]
"""The checks of a frame and the root causes of what fails in it."""


class Timeline:
    """The frames of one review, from the parse to the last step. With `causes_later` a frame shows at once what its
    checks say, and `causes_of`, called elsewhere, finds the root causes; else a frame is explained when it is made."""

    def __init__(self, analysis: Analysis, analyst: Analyst, *, causes_later: bool, remembers: bool) -> None:
        self.printed: Document = analysis.document
        self._analyst = analyst
        self._causes_later = causes_later
        self._analysing = RLock()
        constraints = constraints_of(analysis.document, ())
        self._base = Frame(Replayed(analysis.document), analysis.reconciliation, constraints, analysis.findings)
        self._remembers = remembers or not analysis.findings
        """Whether the analyst knows what it found in the parse, so that the first edit is as quick as the next."""
        if not causes_later:
            self.remember()
        self._frames: list[Frame | None] = [self._base]

    @property
    def current(self) -> Frame:
        """The review as it stands."""
        frame = self._frames[-1]
        assert frame is not None  # noqa: S101 - the last frame is always made
        return frame

    def rewind(self, actions: Sequence[Action]) -> None:
        """Begin again from the parse with these steps."""
        self._frames = [self._base, *([None] * len(actions))]
        self.at(len(actions), actions)

    def at(self, steps: int, actions: Sequence[Action]) -> Frame:
        """The frame after so many of the steps, made from the parse where it is not at hand."""
        frame = self._frames[steps]
        if frame is None:
            replayed = replay(self.printed, actions[:steps])
            frame = self._frames[steps] = self._made(self._base, replayed, replayed.edits)
        return frame

    def after(self, action: Action) -> Frame:
        """The frame one step further, not yet shown; what the step does not touch is taken over."""
        frame = self.current
        replayed = step(frame.replayed, action)
        return self._made(frame, replayed, replayed.edits[len(frame.replayed.edits) :])

    def advance(self, frame: Frame) -> None:
        """Show a frame that `after` made."""
        self._frames.append(frame)

    def step_back(self) -> None:
        """Show the frame before."""
        self._frames.pop()

    def remember(self) -> None:
        """Let the analyst look at the parse, where it has not: what it finds then is at hand for every later step."""
        with self._analysing:
            if not self._remembers:
                findings = self._analyst.find_causes(self._base.reconciliation, self._base.constraints)
                if not self._causes_later:
                    self._base.findings = findings
                self._remembers = True

    def prepare(self) -> None:
        """Do what makes later steps quick: the checks of the parse and its causes."""
        self._base.reconciliation.prepare()
        self.remember()

    def causes_of(self, frame: Frame) -> Causes:
        """The checks of a frame and the causes of what fails; waits for whoever is at it."""
        with self._analysing:
            return worked_out(frame, self._analyst)

    def causes_if_shown(self, frame: Frame) -> Causes | None:
        """The same, None where they are known or where the review has gone on by the time it is this one's turn."""
        with self._analysing:
            if frame.explained or frame is not self._frames[-1]:
                return None
            return worked_out(frame, self._analyst)

    def _made(self, frame: Frame, replayed: Replayed, edits: tuple[Edit, ...]) -> Frame:
        made = frame_after(frame, replayed, edits)
        if not self._causes_later and not made.explained:
            made.reconciliation, made.findings = worked_out(made, self._analyst)
            made.built = made.explained = True
        return made
