"""The queue: every document of the workspace, opened, narrowed, sorted, gone through."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on

from workbench.config.refusals import refusal
from workbench.tui.drawing.display import sign
from workbench.tui.models.narrowing import condition, facet_counts, value_words
from workbench.tui.models.queue import Order, QueueEntry, Reading
from workbench.tui.screens.opening import open_session
from workbench.tui.screens.queue_batch import QueueBatch
from workbench.tui.widgets.line_list import Line, LineList, Piece
from workbench.tui.widgets.list_columns import Column

if TYPE_CHECKING:
    from workbench.tui.models.hits import Hit
    from workbench.tui.models.searching import Place

_LOOK_AGAIN = 0.02


class QueueScreen(QueueBatch):
    """The commands of the queue."""

    # documents

    def why_not(self, identifier: str) -> str:
        if identifier == "queue.open" and not self.workbench.documents_found:
            return ""
        if identifier == "queue.look_again" and not self.workbench.reading_done:
            return self.say_in("off.still_reading")
        if identifier in ("queue.open", "queue.problem") and self.current is None:
            return self.say_in("off.no_document")
        if identifier in ("queue.group", "queue.search", "queue.stats") and not any(
            entry.reading is Reading.READ for entry in self.workbench.entries.values()
        ):
            return self.say_in("off.no_numbers")
        return super().why_not(identifier)

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.run_command("queue.open")

    async def action_queue_open(self) -> None:
        if not self.workbench.documents_found:
            await self._until_found()
        entry = self.current
        if entry is not None:
            self._touched = True
            await self.review(entry)

    async def _until_found(self) -> None:
        """Until it is known which documents there are, and the first is on the screen; whoever is asked for one before
        that means the first."""
        left: list[bool] = []
        self.on_leave(lambda: left.append(True))
        self.tell_soon(self.say_in("queue.finding"))
        while not (self.workbench.documents_found or left):
            await asyncio.sleep(_LOOK_AGAIN)
        self.on_leave(None)
        self.tell("")
        self.redraw()

    async def review(self, entry: QueueEntry, finding: str = "", *, at: Place | None = None, sought: str = "") -> None:
        """Review a document, and the ones that the reviewer goes on to from it; from a finding, or from a place where
        it has what was searched for."""
        from workbench.tui.screens.review.screen import ReviewScreen

        session = await open_session(self, entry)
        if session is None:
            return
        keys = [listed.key for listed in self.visible_entries()]
        # It may have been read just now, out of its turn.
        entry = self.workbench.entries.get(entry.key, entry)
        await self.app.push_screen_wait(ReviewScreen(session, entry, keys, finding, at=at, sought=sought))
        self.redraw()

    # commands

    def exported(self) -> list[Path]:
        return [entry.path for entry in self.visible_entries() if entry.reading is Reading.READ]

    def action_queue_next_open(self) -> None:
        entries = self.visible_entries()
        here = self.lines.cursor
        for step in range(1, len(entries) + 1):
            index = (here + step) % len(entries)
            if entries[index].open and index != here:
                self.lines.go_to(index)
                return
        waiting = sum(entry.reading is Reading.WAITING for entry in entries)
        none = self.workbench.none_waits({entry.key for entry in entries})
        self.tell(self.say_in("queue.none_open_yet", count=waiting) if waiting else none)

    def action_queue_last(self) -> None:
        keys = [line.key for line in self.lines.lines]
        key = self.workbench.visits.latest(keys)
        if key is None:
            self.tell(self.say_in("queue.no_last"))
        else:
            self.lines.go_to_key(key)

    def action_queue_look_again(self) -> None:
        self.workbench.look_again()

    def action_queue_sort(self) -> None:
        orders = list(Order)
        kept = self.workbench.arrangement
        kept.change(replace(kept.now, order=orders[(orders.index(self.order) + 1) % len(orders)]))
        self.redraw()

    async def action_queue_filter(self) -> None:
        from workbench.tui.screens.prompt import ask

        text = await ask(self, self.say_in("prompt.filter"), self.filter, live=self.set_filter)
        if text is not None:
            self.set_filter(text)

    async def action_queue_facet(self) -> None:
        from workbench.tui.screens.picker import pick

        say = self.say_in
        lines = [
            Line(
                condition(facet, value, say),
                (
                    Piece(say(f"facet.{facet}"), "quiet"),
                    Piece(value_words(facet, value, say)),
                    Piece(str(count), "accent"),
                ),
            )
            for facet, value, count in facet_counts(self.visible_entries())
        ]
        chosen = await pick(
            self, say("picker.facets"), lines, (Column(most=10), Column(flexible=1), Column(right=True))
        )
        if chosen:
            self.set_filter(f"{self.filter} {chosen}".strip())

    async def action_queue_problem(self) -> None:
        from workbench.tui.screens.reader import read
        from workbench.tui.widgets.text_pane import paragraph

        entry = self.current
        if entry is None:
            return
        told = (entry.problem, entry.record_problem, *(() if entry.problem else entry.notices))
        notices = [refusal(text, self.say_in.language) for text in told if text]
        title = self.say_in("queue.notices" if notices else "queue.no_notices", name=entry.path.name)
        await read(self, title, [paragraph(f"{sign('∙')} {notice}", indent=2) for notice in notices])

    async def action_queue_stats(self) -> None:
        from workbench.tui.screens.stats import StatsScreen

        await self.app.push_screen_wait(StatsScreen(list(self.workbench.entries.values())))

    async def action_queue_group(self) -> None:
        from workbench.tui.screens.group import review_by_rule

        await review_by_rule(self, self.visible_entries(), self.review)

    async def action_queue_search(self) -> None:
        from workbench.tui.screens.hits import search_documents

        await search_documents(self, self.visible_entries(), self._review_at)

    async def _review_at(self, entry: QueueEntry, hit: Hit, text: str) -> None:
        await self.review(entry, at=hit.place, sought=text)

    def action_app_back(self) -> None:
        if self.marked:
            self.marked = set()
            self.redraw()
        elif self.filter:
            self.set_filter("")
        else:
            self.tell(self._quit_hint())

    def _quit_hint(self) -> str:
        from workbench.config.commands import command
        from workbench.tui.keys.sequence import key_label

        keys = self.workbench.keymap.keys("app.quit")
        return f"{key_label(keys[0])} {self.say_in.of(command('app.quit').title)}"
