"""Review by rule: the findings of one rule over all documents, and one decision for as many of them as are marked.

Documents come in one after another, read again where they were let go; the list can be worked on meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from workbench.config.refusals import refusal
from workbench.errors import WorkbenchError
from workbench.model.record import Action, Verdict
from workbench.tui.drawing import glyphs
from workbench.tui.equations import rule_words
from workbench.tui.models.group import (
    Decided,
    Found,
    GroupedFinding,
    decide_in,
    find_all,
    having,
    rule_counts,
    take_back_in,
    take_in,
)
from workbench.tui.models.queue import QueueEntry
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.group_lines import GroupLines, Review
from workbench.tui.screens.picker import pick
from workbench.tui.screens.prompt import ask
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.list_columns import Column

Batch = dict[str, tuple[Action, ...]]
"""The steps that one command took in each document, by the key of the document."""


class GroupScreen(GroupLines):
    """The commands on the findings of one rule."""

    def __init__(self, rule: str, entries: Sequence[QueueEntry], review: Review) -> None:
        super().__init__(rule, entries, review)
        self._batches: list[Batch] = []
        """What can be taken back, the last command at the end."""

    # commands

    async def action_group_open(self) -> None:
        item = self.current
        if item is not None:
            await self._review(self._entry(item.entry), item.finding)
            await self._look_again(item.entry)

    async def _look_again(self, key: str) -> None:
        """What became of the findings of a document that was open."""
        desk = self.workbench

        def search() -> list[Found]:
            return list(find_all([self._entry(key)], self.rule, desk.workspace, desk.analysis_of))

        for found in await asyncio.to_thread(search):
            self._show_again(found)
        self.redraw()

    def _show_again(self, found: Found) -> None:
        """What a document has now, in the place of what it had."""
        there = {item.key: item for item in found.items}
        kept = {k: there.get(k, item) for k, item in self.items.items() if item.entry != found.entry or k in there}
        self.items = kept | there
        self.marked &= set(self.items)

    def action_group_select(self) -> None:
        self.mark_current()

    def action_group_select_all(self) -> None:
        self.mark_all({key for key, item in self.items.items() if item.verdict is None})

    async def action_group_take(self) -> None:
        await self._take_fixes(source_error=False)

    async def action_group_take_source(self) -> None:
        await self._take_fixes(source_error=True)

    async def _take_fixes(self, *, source_error: bool) -> None:
        """Take the fixes that the lines show; what is shown no more is left alone."""
        desk, count, refused = self.workbench, 0, ""
        by_document = self._chosen_by_document(lambda item: bool(item.fix) and item.verdict is None)
        asked = sum(map(len, by_document.values()))
        batch: Batch = {}
        for number, (key, items) in enumerate(by_document.items(), start=1):
            self.tell(self.say_in("group.deciding", number=number, total=len(by_document)), "quiet")
            entry = self._entry(key)
            analysis = desk.analysis_of(entry.path)
            try:
                done = await asyncio.to_thread(take_in, entry, items, self.rule, source_error, desk.workspace, analysis)
            except WorkbenchError as error:
                refused = refusal(error, self.say_in.language)
                continue
            self._take_in(done, batch)
            count += done.count
        self._keep(batch)
        self.marked = set()
        self.redraw()
        words = self.say_in("group.taken", count=count)
        if count < asked and not refused:
            refused = self.say_in("group.others_now", count=asked - count)
        self._go_on()
        self.tell(self.say_in.listed((words, refused)), "suspect" if refused else "settled")

    def _take_in(self, done: Decided, batch: Batch) -> None:
        """Show what was done in a document, and remember by which steps."""
        self.workbench.update_entry(done.entry)
        self._show_again(done.found)
        if done.steps:
            batch[done.entry.key] = done.steps

    def _keep(self, batch: Batch) -> None:
        if batch:
            self._batches.append(batch)

    async def action_group_undo(self) -> None:
        """Take back what the last command did, in every document where nothing was done after it."""
        desk, say, refused = self.workbench, self.say_in, ""
        batch = self._batches.pop()
        left: Batch = {}
        count = 0
        for number, (key, steps) in enumerate(batch.items(), start=1):
            self.tell(say("group.taking_back", number=number, total=len(batch)), "quiet")
            entry = self._entry(key)
            analysis = desk.analysis_of(entry.path)
            try:
                done = await asyncio.to_thread(take_back_in, entry, steps, self.rule, desk.workspace, analysis)
            except WorkbenchError as error:
                refused, left[key] = refusal(error, say.language), steps
                continue
            if done is None:
                refused = say("group.went_on", document=self._names[entry.key])
            else:
                self._take_in(done, {})
                count += 1
        self._keep(left)
        self.redraw()
        self._go_to_document(next(iter(batch)))
        words = say("group.taken_back", count=count)
        self.tell(self.say_in.listed((words, refused)), "suspect" if refused else "settled")

    def _go_to_document(self, entry: str) -> None:
        """The cursor goes to the first finding of a document."""
        index = next((at for at, item in enumerate(self.items.values()) if item.entry == entry), None)
        if index is not None:
            self.lines.go_to(index, tell=False)

    def _chosen_by_document(self, fit: Callable[[GroupedFinding], bool]) -> dict[str, list[GroupedFinding]]:
        """The marked findings, or the one under the cursor, that fit, by their documents."""
        chosen = self.marked or ({self.current.key} if self.current else set())
        by_document: dict[str, list[GroupedFinding]] = {}
        for key, item in self.items.items():
            if key in chosen and fit(item):
                by_document.setdefault(item.entry, []).append(item)
        return by_document

    def why_not(self, identifier: str) -> str:
        reason = super().why_not(identifier)
        if identifier == "group.undo":
            return "" if self._batches else self.say_in("off.nothing_to_undo")
        if not reason and identifier in ("group.take", "group.take_source"):
            chosen = [self.items[key] for key in self.marked] or ([self.current] if self.current else [])
            if not any(item.fix and item.verdict is None for item in chosen):
                return self.say_in("off.no_safe")
        return reason

    async def action_group_source_error(self) -> None:
        note = await ask(self, self.say_in("prompt.source_error"))
        if note is not None:
            await self._decide(Verdict.SOURCE_ERROR, note.strip())

    async def action_group_waive(self) -> None:
        note = await ask(self, self.say_in("prompt.waive"), needed=True)
        if note is not None:
            await self._decide(Verdict.WAIVED, note.strip())

    async def action_group_defer(self) -> None:
        await self._decide(Verdict.DEFERRED, "")

    async def _decide(self, verdict: Verdict, note: str) -> None:
        by_document = self._chosen_by_document(lambda _: True)
        count, refused = 0, ""
        batch: Batch = {}
        for number, (entry_key, items) in enumerate(by_document.items(), start=1):
            if len(by_document) > 1:
                self.tell(self.say_in("group.deciding", number=number, total=len(by_document)), "quiet")
            try:
                count += await self._decide_in(entry_key, [item.finding for item in items], verdict, note, batch)
            except WorkbenchError as error:
                refused = refusal(error, self.say_in.language)
        self._keep(batch)
        self.marked = set()
        self.redraw()
        words = self.say_in("group.decided", count=count, verdict=self.say_in(glyphs.VERDICT[verdict].word))
        if refused:
            self.tell(self.say_in.listed((words, refused)), "failing")
        elif count:
            self._go_on()
            self.tell(words, "settled")
        else:
            self.tell(self.say_in("group.gone"), "suspect")

    async def _decide_in(
        self, entry_key: str, findings: Sequence[str], verdict: Verdict, note: str, batch: Batch
    ) -> int:
        desk, entry = self.workbench, self._entry(entry_key)
        analysis = desk.analysis_of(entry.path)
        done = await asyncio.to_thread(decide_in, entry, findings, self.rule, verdict, note, desk.workspace, analysis)
        self._take_in(done, batch)
        return done.count

    def _go_on(self) -> None:
        """The cursor goes to the next finding that waits."""
        keys = list(self.items)
        here = self.lines.cursor
        for index in (*range(here, len(keys)), *range(here)):
            if self.items[keys[index]].verdict is None:
                self.lines.go_to(index, tell=False)
                return

    def action_app_back(self) -> None:
        if self.marked:
            self.marked = set()
            self.redraw()
        elif not self.stop_searching():
            self.dismiss(None)


async def review_by_rule(screen: CommandScreen[Any], entries: Sequence[QueueEntry], review: Review) -> None:
    """Ask for a rule, then show its findings over these documents; `review` opens one of them."""
    say = screen.say_in
    lines = [
        Line(name, (Piece(rule_words(name, say), bold=True), Piece(str(count), "failing"), Piece(name, "quiet")))
        for name, count in rule_counts(entries).most_common()
    ]
    chosen = await pick(screen, say("picker.rules"), lines, (Column(most=30), Column(right=True), Column(flexible=1)))
    if chosen:
        await screen.app.push_screen_wait(GroupScreen(chosen, having(entries, chosen), review))
