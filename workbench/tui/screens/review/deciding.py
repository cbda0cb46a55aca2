"""Deciding on the review screen: rule, defer, note, reopen, undo; one key decides and goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from workbench.model.record import Action, Correction, Decision, Flag, Verdict
from workbench.model.table import CellRef
from workbench.review.rulings import last_command, told_apart
from workbench.tui.drawing import glyphs
from workbench.tui.equations import rule_words
from workbench.tui.models.places import place_words
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.review.suggesting import Suggesting
from workbench.tui.wording import edits_words, finding_place, mark_words

if TYPE_CHECKING:
    from workbench.review import Change, ReviewedFinding


_NOTABLE = frozenset({Verdict.EXTRACTION_ERROR, Verdict.SOURCE_ERROR, Verdict.WAIVED, Verdict.DEFERRED})
"""Verdicts on the finding itself, which a later note leaves as they are."""


class Deciding(Suggesting):
    """The commands that settle findings."""

    async def _decide(self, verdict: Verdict, note: str = "") -> None:
        item = self.finding()
        if item is None:
            return
        order, position = self._order()
        session, identifier = self.session, item.finding.id
        change = await self.step(lambda: session.decide(identifier, verdict, note=note))
        if change is None:
            return
        self.workbench.remember_ruling(verdict, note)
        self._advance(order, position)
        self.draw_state()
        self._told(self._ruling_words(verdict, item))

    def _ruling_words(self, verdict: Verdict, item: ReviewedFinding, cell: CellRef | None = None) -> str:
        """What was ruled on which finding, or on which cell."""
        document = self.state.document
        what = place_words(document, cell) if cell is not None else finding_place(item, document, self.say_in)
        if verdict is Verdict.REOPENED:
            return self.say_in("review.reopened", what=what)
        verdict_words = self.say_in(glyphs.VERDICT[verdict].word)
        return self.say_in("review.decided", verdict=verdict_words, what=what)

    def _told(self, words: str) -> None:
        self._tell_queue()
        self.tell(self._with_way_on(words), "settled")

    async def action_finding_source_error(self) -> None:
        note = await ask(self, self.say_in("prompt.source_error"))
        if note is not None:
            await self._decide(Verdict.SOURCE_ERROR, note.strip())

    async def action_finding_waive(self) -> None:
        note = await ask(self, self.say_in("prompt.waive"), needed=True)
        if note is not None:
            await self._decide(Verdict.WAIVED, note.strip())

    async def action_finding_defer(self) -> None:
        await self._decide(Verdict.DEFERRED)

    async def action_finding_reopen(self) -> None:
        item = self.finding()
        if item is None:
            return
        session, identifier = self.session, item.finding.id
        change = await self.step(lambda: session.reopen(identifier))
        if change is not None:
            what = finding_place(item, self.state.document, self.say_in)
            self.changed(change, text=self.say_in("review.reopened", what=what))

    async def action_rule_waive(self) -> None:
        item = self.finding()
        if item is None:
            return
        name = rule_words(item.finding.check.name, self.say_in)
        note = await ask(self, self.say_in("prompt.rule_waive", rule=name))
        if note is None:
            return
        await self._decide(Verdict.RULE_WAIVED, note.strip())

    async def action_cell_right(self) -> None:
        item, ref = self.finding(), self.ref()
        if item is None or ref is None:
            return
        session, identifier = self.session, item.finding.id
        change = await self.step(lambda: session.decide(identifier, Verdict.CELL_RIGHT, cell=ref))
        if change is not None:
            self.changed(change, text=self._ruling_words(Verdict.CELL_RIGHT, item, ref))

    async def action_finding_note(self) -> None:
        """A note on what was ruled, under the same verdict; where nothing was,
        the finding is left for later with it."""
        item = self.finding()
        if item is None:
            return
        ruled = item.decision if item.decision is not None and not item.stale else None
        waived = ruled is not None and ruled.verdict is Verdict.WAIVED
        note = await ask(self, self.say_in("prompt.finding_note"), ruled.note if ruled else "", needed=waived)
        if note is None or note.strip() == (ruled.note if ruled else ""):
            return
        session, identifier, words = self.session, item.finding.id, note.strip()
        verdict = ruled.verdict if ruled is not None and ruled.verdict in _NOTABLE else Verdict.DEFERRED
        if not words and verdict is Verdict.DEFERRED:
            change = await self.step(lambda: session.reopen(identifier))
        else:
            change = await self.step(lambda: session.decide(identifier, verdict, note=words))
        if change is not None:
            self.changed(change, text=self.say_in("review.finding_noted" if words else "review.finding_note_gone"))

    # back and forth

    async def action_edit_undo(self) -> None:
        steps = last_command(self.state.record.actions)
        await self._again(self.session.undo, steps, "review.undone")

    async def action_edit_redo(self) -> None:
        steps = last_command(self.state.record.undone)[::-1]
        await self._again(self.session.redo, steps, "review.redone")

    async def _again(self, call: Callable[[], Change | None], steps: Sequence[Action], words: str) -> None:
        """Take back, or again, what one command did, and go to where it was; it is named as the screen names its
        cells."""
        action = steps[-1] if steps else None
        text, ruled = "", self.state.finding(action.finding) if isinstance(action, Decision) else None
        if told_apart(steps) > 1:
            ruled = None
        elif isinstance(action, Correction):
            text = self.say_in(words, what=edits_words(action.edits, self.state.document, self.say_in))
        elif isinstance(action, Decision) and ruled is not None:
            text = self.say_in(words, what=self._ruling_words(action.verdict, ruled, action.cell))
        elif isinstance(action, Flag) and action.ref.row >= 0:
            mark = mark_words(self.state.document, action.ref, action.note, self.say_in, flagged=action.flagged)
            text = self.say_in(words, what=mark)
        change = await self.step(call)
        if change is None:
            return
        if ruled is not None and (now := self.state.finding(ruled.finding.id)) is not None:
            self.select_finding(now, draw=False)
        self.changed(change, move=True, text=text)

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def changes(more: Callable[[], str] = lambda: "") -> Callable[[], str]:
            return lambda: say("off.read_only") if self.state.read_only else more()

        def selected() -> str:
            return "" if self.finding() else say("off.no_finding")

        def suggested() -> str:
            item = self.finding()
            if item is None:
                return say("off.no_finding")
            known = self.state.explained
            return say("off.no_suggestion") if known and not any(s.edits for s in item.finding.suggestions) else ""

        def decided() -> str:
            item = self.finding()
            return "" if item is not None and item.decision is not None else say("off.no_decision")

        return super().reasons() | {
            "suggestion.take": changes(suggested),
            "suggestion.take_source": changes(suggested),
            "suggestion.choose": changes(suggested),
            "suggestion.take_safe": changes(
                lambda: say("off.no_safe") if self.state.explained and not self._safe_fixes() else ""
            ),
            "finding.source_error": changes(selected),
            "finding.waive": changes(selected),
            "finding.defer": changes(selected),
            "finding.reopen": changes(decided),
            "rule.waive": changes(selected),
            "cell.right": changes(selected),
            "finding.note": changes(selected),
            "edit.undo": changes(lambda: "" if self.state.can_undo else say("off.nothing_to_undo")),
            "edit.redo": changes(lambda: "" if self.state.can_redo else say("off.nothing_to_redo")),
        }
