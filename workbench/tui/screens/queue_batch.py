"""Many documents of the queue at once: marked, given to a reviewer, set to a status."""

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


class QueueBatch(QueueLines):
    """The commands on the marked documents, or on the one under the cursor where none is marked."""

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
        count, refused = await self._for_each(entries, lambda entry: workspace.assign(entry, person))
        words = self.say_in("queue.assigned" if person else "queue.unassigned", count=count, person=person)
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
            note = (await ask(self, say("prompt.reject")) or "").strip()
            if not note:
                return
        desk = self.workbench
        count, refused = await self._for_each(
            entries, lambda entry: set_status_in(entry, status, note, desk.workspace, desk.analysis_of(entry.path))
        )
        self._tell_batch(say("queue.status_set", count=count, status=say(glyphs.STATUS[status].word)), refused)

    async def _for_each(
        self, entries: Sequence[QueueEntry], call: Callable[[QueueEntry], QueueEntry]
    ) -> tuple[int, list[str]]:
        """Do something to one document after another, away from the screen, until the reviewer waits no longer; how
        many it was done to, and what was refused."""
        left = asyncio.Event()
        self.on_leave(left.set)
        count, refused = 0, []
        try:
            for number, entry in enumerate(entries, start=1):
                if left.is_set():
                    refused.append(self.say_in("queue.batch_left", left=len(entries) - number + 1))
                    break
                if len(entries) > 1:
                    self.tell(self.say_in("queue.batch", number=number, total=len(entries)), "quiet")
                try:
                    self.workbench.update_entry(await asyncio.to_thread(call, entry))
                except WorkbenchError as error:
                    refused.append(f"{entry.path.name}: {refusal(error, self.say_in.language)}")
                else:
                    count += 1
                    self.marked.discard(entry.key)
        finally:
            self.on_leave(None)
        self.redraw()
        return count, refused

    def _tell_batch(self, words: str, refused: Sequence[str]) -> None:
        if not refused:
            self.tell(words, "settled")
            return
        why = self.say_in("queue.batch_refused", count=len(refused), first=refused[0])
        self.tell(f"{words}; {why}", "suspect")

    def action_queue_mine(self) -> None:
        """Only what the reviewer has, or everything again."""
        word = condition("assigned", facet_name(self.workbench.workspace.reviewer), self.say_in)
        words = self.filter.split()
        self.set_filter(" ".join([w for w in words if w != word] if word in words else [*words, word]))

    def why_not(self, identifier: str) -> str:
        if identifier in ("queue.assign", "queue.status") and not self.chosen():
            return self.say_in("off.no_document")
        return super().why_not(identifier)
