# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""Deciding on the review screen: rule, defer, reopen, undo, close the document; one key decides and goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from workbench.errors import StatusError
from workbench.model.record import Action, Correction, ReviewStatus, Verdict
from workbench.tui import glyphs
from workbench.tui.display import sign
from workbench.tui.equations import rule_words
from workbench.tui.places import place_words
from workbench.tui.screens.picker import pick
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.reader import read
from workbench.tui.screens.review.suggesting import Suggesting
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.text_pane import Paragraph, paragraph
from workbench.tui.wording import edits_words

if TYPE_CHECKING:
    from workbench.review import Change


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
        words = self.say_in(
            "review.decided",
            verdict=self.say_in(glyphs.VERDICT[verdict].word),
            what=rule_words(item.finding.check.name, self.say_in),
        )
        self._told(words)

    def _told(self, words: str) -> None:
        self._tell_queue()
        self.tell(self._with_way_on(words), "settled")

    async def action_finding_source_error(self) -> None:
        note = await ask(self, self.say_in("prompt.source_error"))
        if note is not None:
            await self._decide(Verdict.SOURCE_ERROR, note.strip())

    async def action_finding_waive(self) -> None:
        note = await ask(self, self.say_in("prompt.waive"))
        if note is None:
            return
        if not note.strip():
            self.tell(self.say_in("prompt.waive_needed"), "suspect")
            return
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
            what = rule_words(item.finding.check.name, self.say_in)
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
            self.changed(change)

    # back and forth

    async def action_edit_undo(self) -> None:
        await self._again(self.session.undo, self.state.record.actions, "review.undone")

    async def action_edit_redo(self) -> None:
        await self._again(self.session.redo, self.state.record.undone, "review.redone")

    async def _again(self, call: Callable[[], Change | None], steps: Sequence[Action], words: str) -> None:
        """Take the last of some steps back, or again; a correction is named as the screen names its cells."""
        action = steps[-1] if steps else None
        text = ""
        if isinstance(action, Correction):
            text = self.say_in(words, what=edits_words(action.edits, self.state.document, self.say_in))
        change = await self.step(call)
        if change is not None:
            self.changed(change, move=True, text=text)

    # the document as a whole

    async def action_record_save(self) -> None:
        path = await self.step(self.session.save)
        if path is not None:
            self.draw_state()
            self.tell(self.say_in("review.saved", path=path), "settled")

    async def action_review_done(self) -> None:
        await self._set_status(ReviewStatus.DONE)

    async def _set_status(self, status: ReviewStatus, note: str = "") -> None:
        session = self.session

        def call() -> bool:
            session.set_status(status, note)
            session.save()
            return True

        try:
            done = await self.step_unless(call)
        except StatusError as error:
            self.tell(str(error), "suspect")
            reason = await ask(self, self.say_in("prompt.done_note"))
            if reason and reason.strip():
                await self._set_status(status, reason.strip())
            return
        if done:
            self.draw_state()
            self._tell_queue()
            self.tell(self.say_in(glyphs.STATUS[status].word), "settled")

    async def step_unless(self, call: Callable[[], bool]) -> bool | None:
        """`step`, but a refusal because findings are open is raised for the caller to answer."""
        refused: list[StatusError] = []

        def guarded() -> bool:
            try:
                return call()
            except StatusError as error:
                refused.append(error)
                return False

        done = await self.step(guarded)
        if refused:
            raise refused[0]
        return done

    async def action_review_status(self) -> None:
        say = self.say_in
        lines = [
            Line(status.value, (Piece(f"{sign(look.sign)} {say(look.word)}", look.role),))
            for status, look in glyphs.STATUS.items()
        ]
        chosen = await pick(self, say("prompt.status"), lines, start=self.state.record.status.value)
        if chosen is None:
            return
        note = ""
        if chosen == ReviewStatus.REJECTED:
            given = await ask(self, say("prompt.reject"))
            if not given or not given.strip():
                return
            note = given.strip()
        await self._set_status(ReviewStatus(chosen), note)

    async def action_review_note(self) -> None:
        note = await ask(self, self.say_in("prompt.document_note"), self.state.record.note)
        if note is None:
            return
        session = self.session

        def call() -> bool:
            session.set_note(note)
            return True

        if await self.step(call):
            self.draw_state()

    async def action_conflict_settle(self) -> None:
        """Settle what a merge left, one after another, until none is left or the reviewer leaves."""
        say, session = self.say_in, self.session
        while self.state.conflicts:
            conflict = self.state.conflicts[0]
            lines = [
                Line("ours", (Piece(say("conflict.ours", value=conflict.ours)),)),
                Line("theirs", (Piece(say("conflict.theirs", value=conflict.theirs)),)),
            ]
            title = f"{say('picker.conflicts')}: {conflict.kind.value} {conflict.place}"
            chosen = await pick(self, title, lines, digits=True)
            if chosen is None:
                return
            theirs = chosen == "theirs"
            change = await self.step(partial(session.settle, conflict, theirs=theirs))
            if change is None:
                return
            self.changed(change, move=True)

    async def action_diff_list(self) -> None:
        say, state = self.say_in, self.state
        parts: list[Paragraph] = []
        for correction in state.record.corrections:
            for edit, labels in zip(correction.edits, correction.labels, strict=False):
                words = edits_words((edit,), state.document, say)
                place = " · ".join(label for label in labels if label)
                parts.append(
                    Paragraph(
                        (
                            Span(f"{sign(glyphs.CORRECTED.sign)} ", "corrected"),
                            Span(words, bold=True),
                            Span(
                                f"  {place if place not in words else ''}  {correction.by} {correction.at:%Y-%m-%d %H:%M}  {correction.note}",
                                "quiet",
                            ),
                        ),
                        indent=2,
                    )
                )
        for stale in state.stale:
            words = edits_words(stale.correction.edits, state.document, say)
            parts.append(paragraph(f"{sign(glyphs.STALE.sign)} {words}  {say.of(stale.reason)}", "suspect", indent=2))
        for item in state.findings:
            if item.decision is not None:
                where = place_words(state.document, item.finding.cells[0]) if item.finding.cells else ""
                verdict = say(glyphs.VERDICT[item.decision.verdict].word)
                words = f"{verdict}: {rule_words(item.finding.check.name, say)} {where}  {item.decision.note}"
                parts.append(paragraph(f"{sign('✓')} {words}", "settled", indent=2))
        await read(self, say("picker.changes"), parts or [paragraph(say("off.no_correction"), "quiet")])

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
            "suggestion.choose": changes(suggested),
            "suggestion.take_safe": changes(
                lambda: say("off.no_safe") if self.state.explained and not self._safe_lines() else ""
            ),
            "finding.source_error": changes(selected),
            "finding.waive": changes(selected),
            "finding.defer": changes(selected),
            "finding.reopen": changes(decided),
            "rule.waive": changes(selected),
            "cell.right": changes(selected),
            "edit.undo": changes(lambda: "" if self.state.can_undo else say("off.nothing_to_undo")),
            "edit.redo": changes(lambda: "" if self.state.can_redo else say("off.nothing_to_redo")),
            "record.save": changes(),
            "review.done": changes(),
            "review.status": changes(),
            "review.note": changes(),
            "conflict.settle": changes(lambda: "" if self.state.conflicts else say("off.no_conflict")),
        }
