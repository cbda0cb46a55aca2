"""Changing the document under review: a step is taken away from the screen, drawn when it is on disk, and its causes
are looked for while the reviewer goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from workbench.errors import WorkbenchError
from workbench.model.amount import FigureKind, read_figure
from workbench.model.check import Finding, Outcome
from workbench.model.edit import Edit, EditError, SetCell
from workbench.model.message import Message
from workbench.model.table import CellRef
from workbench.review import Change
from workbench.tui.away import away
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.models.queue import reviewed_entry
from workbench.tui.screens.review.following import Following
from workbench.tui.wording import edits_words

if TYPE_CHECKING:
    from workbench.review import ReviewedFinding, ReviewSession, ReviewState

_T = TypeVar("_T")
_LOCK_SIGN_EVERY = 60.0
_REMEMBER_AFTER = 0.3
"""Seconds after which a reviewer stays with a document, so that what its first step needs is made ready."""

_ON_CAUSES = frozenset(
    {
        "suggestion.take", "suggestion.take_source", "suggestion.choose", "suggestion.take_safe", "finding.source_error", "finding.waive",
        "finding.defer", "finding.reopen", "rule.waive", "cell.right", "review.done",
    }
)  # fmt: skip
"""Commands that rest on the causes of what fails, and wait until they are known."""


class Steps(Following):
    """Steps of the session and what becomes of them on the screen."""

    _last_told: tuple[Change | None, str] = (None, "")
    """The change that was told last, and the words for it."""
    _advanced_to: tuple[str, CellRef | None] = ("", None)
    """The finding and cell that a decision led on to: while the reviewer is there still,
    its causes may lead further."""
    _causes_of: ReviewState | None = None
    """The state whose causes are being looked for, or were."""

    def on_mount(self) -> None:
        """Show the document at its first open finding."""
        self._fit_layout()
        self.set_interval(_LOCK_SIGN_EVERY, self._sign_of_life)
        self.call_after_refresh(self.show_document)

    async def step(self, call: Callable[[], _T], meanwhile: str = "review.checking") -> _T | None:
        """Call the session away from the screen, with a word for `meanwhile`; a refusal is said on the status line and
        gives None."""
        self.tell_soon(self.say_in(meanwhile))
        try:
            result = await asyncio.to_thread(call)
        except (WorkbenchError, EditError) as error:
            self.typed = replace(self.typed, refused=True) if self.typed is not None else None
            self.tell_refusal(error)
            return None
        self.typed = None
        self.nothing_to_tell()
        return result

    def changed(self, change: Change, *, move: bool = False, text: str = "") -> None:
        """Draw a change and say what it did; `move` puts the cursor on it, and on the finding that it opened again."""
        if move:
            reopened = self._opened_by(change)
            if reopened is not None:
                self.select_finding(reopened, draw=False)
            for ref in change.refs:
                if self.go_to_cell(ref, by_finding=reopened is not None):
                    break
        self.draw_state()
        self._tell_change(change, text)
        self._tell_queue()

    def _tell_change(self, change: Change, text: str) -> None:
        self._last_told = (change, text)
        say = self.say_in
        effect = []
        untold = sum(self._cannot_be_told(check) for check in change.cleared)
        unread = len(change.refs) == 1 and self._is_no_figure_now(change.refs[0])
        if len(change.cleared) > untold:
            effect.append(f"{sign('✓')} {say('review.cleared', cleared=len(change.cleared) - untold)}")
        if untold:
            effect.append(f"{sign('∅')} {say('review.untold', count=untold)}")
        if change.broken:
            effect.append(f"{sign('✗')} {say('review.broken', broken=len(change.broken))}")
        if unread:
            effect.append(say("review.no_figure"))
        words = text or say.of(change.description)
        role = "failing" if change.broken else "suspect" if untold or unread else "settled"
        self.tell("  ".join([*effect, words]), role)

    def _cannot_be_told(self, check: str) -> bool:
        """Whether a check fails no more only because a figure of it is missing now."""
        result = self.state.reconciliation.result(check)
        return result is not None and result.outcome is Outcome.UNVERIFIABLE

    def _is_no_figure_now(self, ref: CellRef) -> bool:
        """Whether a cell that prints a figure was given a text that is none."""
        try:
            cell = self.state.document.cell(ref)
        except (KeyError, IndexError):
            return False
        kinds = read_figure(cell.printed).kind, cell.figure.kind
        return kinds[0] is FigureKind.NUMBER and kinds[1] in (FigureKind.TEXT, FigureKind.GARBLED)

    def _opened_by(self, change: Change) -> ReviewedFinding | None:
        """The open finding whose checks fail by the change, else the one about its cells."""
        broken, refs = set(change.broken), set(change.refs)
        waiting = [item for item in self.state.findings if item.open]
        by_check = (item for item in waiting if any(result.check.id in broken for result in item.finding.results))
        by_cell = (item for item in waiting if refs.intersection(item.finding.cells))
        return next(by_check, None) or next(by_cell, None)

    # causes

    def show_document(self) -> None:
        super().show_document()
        self.set_timer(_REMEMBER_AFTER, self._look_for_causes)

    def draw_state(self) -> None:
        super().draw_state()
        if not self.state.explained:
            self.call_after_refresh(self._look_for_causes)

    def _look_for_causes(self) -> None:
        if self._causes_of is not self.state:
            self._causes_of = self.state
            self.run_worker(self._find_causes(self.session), group="causes")

    async def _find_causes(self, session: ReviewSession) -> None:
        try:
            change = await away(session.find_causes)
        except Exception as error:  # noqa: BLE001 - the worker boundary: a bug in the search must not end the review
            self.log.error(error)
            self.tell(self.say_in("app.failed", reason=f"{type(error).__name__}: {error}"), "failing")
            return
        if change is not None and session is self.session:
            self._show_causes(change)
        if session.incomplete:
            self.workbench.complete(session, self.entry.key)

    def _show_causes(self, change: Change) -> None:
        """Draw what was found out about the step shown; the reviewer goes on where they are."""
        selected = self.look.finding
        home = self.state.finding(selected) or next(
            (i for i in self.state.findings if any(result.check.id == selected for result in i.finding.results)), None
        )
        if home is not None and self._advanced_to == (selected, self.ref()) and self._editing is None:
            self.select_finding(home, draw=False)
        elif home is not None:
            self.look.finding = home.finding.id
        self.draw_state()
        told, text = self._last_told
        if told is not None and told.description == change.description and told != change:
            self._tell_change(change, text)
        self._tell_queue()

    def _start(self, identifier: str) -> Awaitable[None] | None:
        if identifier in _ON_CAUSES and not self.state.explained and self._action(identifier) is not None:
            return self._start_when_explained(identifier)
        return super()._start(identifier)

    async def _start_when_explained(self, identifier: str) -> None:
        """A command once causes are known; not if they say something else than what it was called on."""
        before, session = self.finding(), self.session
        self.tell_soon(self.say_in("review.waiting_for_causes"))
        change = await self.awaited_unless_left(away(lambda: (session.find_causes(),)), undo=lambda _late: None)
        if change is None:
            self.tell(self.say_in("review.causes_left"))
            return
        self.nothing_to_tell()
        if self.drawn is not self.state:
            self._show_causes(change[0] or Change(Message("", "")))
        if before is not None and _is_other(before.finding, self.finding()):
            self.tell(self.say_in("review.other_causes"), "suspect")
            return
        result = super()._start(identifier)
        if result is not None:
            await result

    def _tell_queue(self) -> None:
        self.entry = reviewed_entry(self.entry, self.state)
        self.workbench.update_entry(self.entry)

    async def apply(self, edits: tuple[Edit, ...], *, method: str = "manual", note: str = "", text: str = "") -> bool:
        """Make edits as one step; what it cleared and broke is said with `text`, else with what was changed."""
        session = self.session
        words = text or edits_words(edits, self.state.document, self.say_in)
        change = await self.step(lambda: session.apply(edits, method=method, note=note))
        if change is None:
            return False
        self.changed(change, text=f"{sign(glyphs.CORRECTED.sign)} {words}" if words else "")
        return True

    async def set_cell(self, ref: CellRef, text: str) -> bool:
        """Give a cell another text."""
        before = self.state.document.cell(ref).text
        if text == before:
            self.tell(self.say_in("review.no_change"))
            return False
        return await self.apply((SetCell(ref, before, text),))

    async def close_session(self) -> None:
        """Save and give the record back; what fails is listed by its causes once they are known."""
        session = self.session
        await self.save_at_once()
        await asyncio.to_thread(session.close)
        if session.incomplete:
            self.workbench.complete(session, self.entry.key)

    async def save_at_once(self) -> None:
        """Write what was done so far, if there is anything, without waiting for causes."""
        if self.state.dirty and not self.state.read_only:
            await self.step(partial(self.session.save, at_once=True), "review.saving")

    def _sign_of_life(self) -> None:
        if not self.state.read_only:
            self.run_worker(self.step_quietly(), group="lock", exclusive=True)

    async def step_quietly(self) -> None:
        """Tell other sessions that this one is alive; say so if the lock was taken over."""
        try:
            await asyncio.to_thread(self.session.refresh_lock)
        except WorkbenchError as error:
            self.tell_refusal(error)


def _is_other(before: Finding, now: ReviewedFinding | None) -> bool:
    """Whether a finding is another one than was seen: other checks lead it,
    or what was suggested is suggested no more."""
    if now is None or now.finding.id != before.id:
        return True
    return bool(before.suggestions) and before.suggestions[0].edits not in [
        s.edits for s in now.finding.suggestions[:1]
    ]
