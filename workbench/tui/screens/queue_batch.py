"""Many documents of the queue at once: marked, given to a reviewer, set to a status; and that taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from workbench.config.refusals import refusal
from workbench.errors import WorkbenchError
from workbench.model.record import ReviewStatus
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.models.narrowing import condition, facet_name
from workbench.tui.models.queue import QueueEntry, Reading
from workbench.tui.screens.people import ask_person
from workbench.tui.screens.picker import pick
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.queue_lines import QueueLines
from workbench.tui.widgets.line_list import Line, Piece

Batch = Sequence[tuple[QueueEntry, QueueEntry]]
"""The documents that a command was done to, each as it was before and after."""


class QueueBatch(QueueLines):
    """The commands on the marked documents, or on the one under the cursor where none is marked."""

    def __init__(self) -> None:
        super().__init__()
        self._batches: list[Batch] = []
        """What each command did, the last at the end."""

    def action_queue_select(self) -> None:
        self.mark_current()

    def action_queue_select_all(self) -> None:
        self.mark_all({entry.key for entry in self.visible_entries() if entry.reading is Reading.READ})

    def chosen(self) -> list[QueueEntry]:
        """The documents that a command is for. Marks that the filter hides count too: they were set by the reviewer."""
        keys: Sequence[str] = sorted(self.marked)
        if not keys and self.current is not None:
            keys = [self.current.key]
        entries = [self.workbench.entries[key] for key in keys if key in self.workbench.entries]
        return [entry for entry in entries if entry.reading is Reading.READ]

    async def action_queue_assign(self) -> None:
        entries = self.chosen()
        current = entries[0].assigned if len(entries) == 1 else ""
        person = await ask_person(self, self.say_in("people.assign", count=len(entries)), current)
        if person is None:
            return
        workspace = self.workbench.workspace
        done, refused = await self._for_each(entries, lambda entry: workspace.assign(entry, person))
        self._keep(done)
        words = self.say_in("queue.assigned" if person else "queue.unassigned", count=len(done), person=person)
        self._tell_batch(words, refused)

    async def action_queue_status(self) -> None:
        from workbench.tui.models.group import set_status_in

        say, entries = self.say_in, self.chosen()
        lines = [
            Line(status.value, (Piece(f"{sign(look.sign)} {say(look.word)}", look.role),))
            for status, look in glyphs.STATUS.items()
        ]
        chosen = await pick(self, say("prompt.status_of", count=len(entries)), lines)
        if chosen is None:
            return
        status, note = ReviewStatus(chosen), ""
        if status is ReviewStatus.REJECTED:
            reason = await ask(self, say("prompt.reject"), needed=True)
            if reason is None:
                return
            note = reason.strip()
        desk = self.workbench
        done, refused = await self._for_each(
            entries, lambda entry: set_status_in(entry, status, note, desk.workspace, desk.analysis_of(entry.path))
        )
        self._keep(done)
        self._tell_batch(say("queue.status_set", count=len(done), status=say(glyphs.STATUS[status].word)), refused)

    async def action_queue_undo(self) -> None:
        """Take back what the last command for several documents did, in each where nothing was done after it."""
        from workbench.tui.models.group import take_standing_back_in

        desk, batch = self.workbench, self._batches.pop()
        pairs = {after.key: (before, after) for before, after in batch}
        ended: set[str] = set()

        def call(entry: QueueEntry) -> QueueEntry | None:
            before, after = pairs[entry.key]
            changed = take_standing_back_in(before, after, desk.workspace, desk.analysis_of(entry.path))
            ended.add(entry.key)
            return changed

        done, refused = await self._for_each([desk.entries[key] for key in pairs if key in desk.entries], call)
        # What the reviewer waited no longer for, and what somebody has open, can still be taken back.
        self._keep([pair for key, pair in pairs.items() if key in desk.entries and key not in ended])
        self._tell_batch(self.say_in("group.taken_back", count=len(done)), refused)

    def _keep(self, done: Batch) -> None:
        if done:
            self._batches.append(done)

    async def _for_each(
        self, entries: Sequence[QueueEntry], call: Callable[[QueueEntry], QueueEntry | None]
    ) -> tuple[Batch, list[str]]:
        """Do something to one document after another, away from the screen, until the reviewer waits no longer; what
        it was done to, and what was refused. A call gives None where something else was done in the document since."""
        left = asyncio.Event()
        self.on_leave(left.set)
        done: list[tuple[QueueEntry, QueueEntry]] = []
        refused: list[str] = []
        try:
            for number, entry in enumerate(entries, start=1):
                if left.is_set():
                    refused.append(self.say_in("queue.batch_left", left=len(entries) - number + 1))
                    break
                if len(entries) > 1:
                    self.tell(self.say_in("queue.batch", number=number, total=len(entries)), "quiet")
                try:
                    changed = await asyncio.to_thread(call, entry)
                except WorkbenchError as error:
                    refused.append(self.say_in.about(entry.path.name, refusal(error, self.say_in.language)))
                    continue
                if changed is None:
                    refused.append(self.say_in("group.went_on", document=entry.path.name))
                    continue
                self.workbench.update_entry(changed)
                done.append((entry, changed))
                self.marked.discard(entry.key)
        finally:
            self.on_leave(None)
        self.redraw()
        return done, refused

    def _tell_batch(self, words: str, refused: Sequence[str]) -> None:
        if not refused:
            self.tell(words, "settled")
            return
        why = self.say_in("queue.batch_refused", count=len(refused), first=refused[0])
        self.tell(self.say_in.listed((words, why)), "suspect")

    def action_queue_mine(self) -> None:
        """Only what the reviewer has, or everything again."""
        word = condition("assigned", facet_name(self.workbench.workspace.reviewer), self.say_in)
        words = self.filter.split()
        self.set_filter(" ".join([w for w in words if w != word] if word in words else [*words, word]))

    def why_not(self, identifier: str) -> str:
        if identifier in ("queue.assign", "queue.status") and not self.chosen():
            return self.say_in("off.no_document")
        if identifier == "queue.undo" and not self._batches:
            return self.say_in("off.nothing_to_undo")
        return super().why_not(identifier)
