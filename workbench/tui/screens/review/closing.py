"""The document as a whole on the review screen: saved, done, its status and note, what a merge left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from workbench.errors import StatusError
from workbench.model.message import Message
from workbench.model.record import Conflict, ConflictKind, Decision, ReviewRecord, ReviewStatus
from workbench.model.table import CellRef
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.equations import rule_words
from workbench.tui.memory.visits import News
from workbench.tui.models.places import place_words
from workbench.tui.screens.people import ask_person
from workbench.tui.screens.picker import pick
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.review.comparing import Comparing
from workbench.tui.widgets.line_list import Line, Piece


class Closing(Comparing):
    """The commands about the document as a whole."""

    news: News | None = None
    """What is new in the document on the screen; as it was on opening, until it is left."""
    remarks: tuple[Message, ...] = ()
    """What the session found out about its record on opening."""

    async def action_record_save(self) -> None:
        before = self.state.record
        path = await self.step(partial(self.session.save, at_once=True), "review.saving")
        if path is not None:
            self.draw_state()
            self.tell(self._merged_words(before) or self.say_in("review.saved", path=path), "settled")

    def _merged_words(self, before: ReviewRecord) -> str:
        """What others did meanwhile that saving merged into the review, "" for nothing."""
        say, now = self.say_in, self.state.record
        theirs = [action for action in now.actions if action not in before.actions]
        conflicts = len(now.conflicts) - len(before.conflicts)
        if not theirs and conflicts <= 0:
            return ""
        by = dict.fromkeys(action.by for action in (*theirs, *(c.action for c in now.conflicts)) if action is not None)
        words = say("review.merged", by=say.several(by), count=len(theirs))
        return words + (
            say("review.merged_conflicts", count=conflicts, key=self._key("conflict.settle")) if conflicts > 0 else ""
        )

    async def action_review_done(self) -> None:
        done = self.entry
        if not await self._set_status(ReviewStatus.DONE):
            return
        await self._open_first(self._waiting_from_here())
        if self.entry.key == done.key:
            none = self.workbench.none_waits(set(self.queue_keys))
            self.tell(self.say_in("review.done_last", none=none, key=self._key("app.back")), "settled")
        elif self.news is None and not self.remarks:
            self.tell(self.say_in("review.done_and_on", name=done.name, key=self._key("jump.back")), "settled")

    async def _set_status(self, status: ReviewStatus, note: str = "") -> bool:
        """Set where the document stands; whether that was done."""
        session, before = self.session, self.state.record

        def call() -> bool:
            session.set_status(status, note)
            session.save(at_once=True)
            return True

        try:
            done = await self.step_unless(call)
        except StatusError as error:
            self.tell_refusal(error, "suspect")
            question = self.say_in("prompt.done_note", count=len(self.state.open_findings))
            reason = await ask(self, question, needed=True)
            return reason is not None and await self._set_status(status, reason.strip())
        if done:
            self.draw_state()
            self._tell_queue()
            self.tell(self._merged_words(before) or self.say_in(glyphs.STATUS[status].word), "settled")
        return bool(done)

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
            given = await ask(self, say("prompt.reject"), needed=True)
            if given is None:
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

    async def action_review_assign(self) -> None:
        person = await ask_person(self, self.say_in("people.assign", count=1), self.state.record.assigned)
        if person is None:
            return
        session = self.session

        def call() -> bool:
            session.assign(person)
            return True

        if await self.step(call):
            self.draw_state()
            self._tell_queue()
            self.tell(self.say_in("review.assigned" if person else "review.unassigned", person=person), "settled")

    async def action_conflict_settle(self) -> None:
        """Settle what a merge left, one after another, until none is left or the reviewer leaves."""
        say, session = self.say_in, self.session
        while self.state.conflicts:
            conflict = self.state.conflicts[0]
            lines = [
                Line("ours", (Piece(say("conflict.ours", value=self._value_words(conflict, conflict.ours))),)),
                Line("theirs", (Piece(self._theirs_words(conflict)),)),
            ]
            title = say.about(say("picker.conflicts"), self._place_words(conflict))
            chosen = await pick(self, title, lines, digits=True)
            if chosen is None:
                return
            theirs = chosen == "theirs"
            change = await self.step(partial(session.settle, conflict, theirs=theirs))
            if change is None:
                return
            self.changed(change, move=True)

    def _place_words(self, conflict: Conflict) -> str:
        """What a conflict is about, by the names of the document."""
        kind, place = self.say_in(f"conflict.kind.{conflict.kind.value}"), conflict.place
        match conflict.kind:
            case ConflictKind.CELL:
                table, row, column = place.rsplit("/", 2)
                place = place_words(self.state.document, CellRef(table, int(row), int(column)))
            case ConflictKind.DECISION:
                ruled = self.state.finding(place)
                if ruled is not None and ruled.finding.cells:
                    where = place_words(self.state.document, ruled.finding.cells[0])
                    place = f"{rule_words(ruled.finding.check.name, self.say_in)} {where}"
        return f"{kind} {place}".rstrip()

    def _value_words(self, conflict: Conflict, value: str) -> str:
        """One side of a conflict, by the words of the interface where it is one of those that it has."""
        group = {ConflictKind.STATUS: "status", ConflictKind.DECISION: "verdict"}.get(conflict.kind)
        return self.say_in.named(group, value) if group else value

    def _theirs_words(self, conflict: Conflict) -> str:
        """What the other reviewer has there, and what they ruled where it is a ruling."""
        say = self.say_in
        words = say("conflict.theirs", value=self._value_words(conflict, conflict.theirs))
        if isinstance(conflict.action, Decision):
            verdict, action = say(glyphs.VERDICT[conflict.action.verdict].word), conflict.action
            words += f" ({say.several((verdict, action.by, action.note))})"
        return words

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def changes(more: Callable[[], str] = lambda: "") -> Callable[[], str]:
            return lambda: say("off.read_only") if self.state.read_only else more()

        return super().reasons() | {
            "record.save": changes(),
            "review.done": changes(),
            "review.status": changes(),
            "review.note": changes(),
            "review.assign": changes(),
            "conflict.settle": changes(lambda: "" if self.state.conflicts else say("off.no_conflict")),
        }
