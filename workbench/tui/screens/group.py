# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""Review by rule: the findings of one rule over all documents, and one decision for as many of them as are marked.

Documents come in one after another, read again where they were let go; the list can be worked on meanwhile.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer
from textual.worker import Worker, get_current_worker

from workbench.errors import WorkbenchError
from workbench.model.record import Verdict
from workbench.tui import glyphs
from workbench.tui.display import sign
from workbench.tui.equations import amount, rule_words
from workbench.tui.group_model import Found, GroupedFinding, at_hand, decide_in, find_all, having, rule_counts
from workbench.tui.queue_model import QueueEntry
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.picker import pick
from workbench.tui.screens.prompt import ask
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_list import Column, Line, LineList, Piece
from workbench.tui.widgets.which_key import WhichKey

Review = Callable[[QueueEntry, str], Awaitable[None]]
"""Opens a document at a finding, until the reviewer leaves it."""

_REDRAW_EVERY = 0.2


class GroupScreen(CommandScreen[None]):
    """The findings of one rule, a line each."""

    base_context = "group"

    def __init__(self, rule: str, entries: Sequence[QueueEntry], review: Review) -> None:
        super().__init__()
        self._review = review
        self._entries = tuple(entries)
        self.rule = rule
        self.items: dict[str, GroupedFinding] = {}
        self.marked: set[str] = set()
        self.looked_at = 0
        self.problems: list[str] = []
        self._search: Worker[None] | None = None
        self._redraw_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield LineList(id="list", context="group")
        yield Bar(id="status")
        yield Bar(id="keys")
        yield WhichKey()

    def on_mount(self) -> None:
        self.lines.focus()
        away = []
        for entry in self._entries:
            found = at_hand(entry, self.rule, self.workbench.analysis_of(entry.path))
            if found is None:
                away.append(entry)
            else:
                self._take(found)
        if away:
            self._search = self.run_worker(partial(self._find, away), thread=True, group="group", exclusive=True)
        self.redraw()

    @property
    def lines(self) -> LineList:
        """The list of findings."""
        return self.query_one("#list", LineList)

    # finding

    @property
    def searching(self) -> bool:
        """Whether documents are still coming in."""
        return self._search is not None and not self._search.is_finished

    def _find(self, entries: Sequence[QueueEntry]) -> None:
        worker, desk = get_current_worker(), self.workbench
        with closing(find_all(entries, self.rule, desk.workspace, desk.analysis_of)) as found:
            for outcome in found:
                if worker.is_cancelled:
                    return
                self.app.call_from_thread(self._came, outcome)
        self.app.call_from_thread(self._draw_soon)

    def _came(self, found: Found) -> None:
        self._take(found)
        self._draw_soon()

    def _take(self, found: Found) -> None:
        self.looked_at += 1
        self.items |= {item.key: item for item in found.items}
        if found.problem:
            self.problems.append(found.problem)

    def _draw_soon(self) -> None:
        if self._redraw_timer is None and self.is_mounted:
            self._redraw_timer = self.set_timer(_REDRAW_EVERY, self._draw_now)

    def _draw_now(self) -> None:
        self._redraw_timer = None
        if self.is_current:
            self.redraw()

    def on_screen_resume(self) -> None:
        self.redraw()

    def on_unmount(self) -> None:
        if self._search is not None:
            self._search.cancel()

    # drawing

    def redraw(self) -> None:
        say = self.say_in
        columns = (
            Column(most=18),
            Column(say("group.column.document"), flexible=2, least=12),
            Column(say("group.column.where"), flexible=3, least=14),
            Column(say("group.column.difference"), right=True),
        )
        empty = say("group.searching") if self.searching else say("group.empty")
        self.lines.show([self._line(item) for item in self.items.values()], columns=columns, empty=empty)
        self._show_title()
        super().redraw()

    def _show_title(self) -> None:
        say = self.say_in
        right: list[Span] = []
        if self.marked:
            right.append(Span(say("group.selected", count=len(self.marked)) + "  ", "accent", bold=True))
        waiting = sum(item.verdict is None for item in self.items.values())
        right.append(Span(say("queue.open_findings", count=waiting) + "  ", "suspect" if waiting else "settled"))
        total = len(self._entries)
        if self.looked_at < total:
            words = say("group.looked_at" if self.searching else "group.stopped_at", done=self.looked_at, total=total)
            right.append(Span(words + " ", "accent"))
        else:
            right.append(Span(say("queue.read", total=total) + " ", "quiet"))
        title = Span(f" {say('group.title', rule=rule_words(self.rule, say))} ", "accent", bold=True)
        self.query_one("#title", Bar).show([title], right)

    def _line(self, item: GroupedFinding) -> Line:
        look = glyphs.VERDICT[item.verdict] if item.verdict else glyphs.SEVERITY[item.severity]
        say = self.say_in
        role = "quiet" if item.verdict else ""
        return Line(
            item.key,
            (
                Piece(f"{sign(look.sign)} {say(look.word)}", look.role),
                Piece(item.name, role),
                Piece(item.where or say.of(item.message), role),
                Piece(amount(item.residual, signed=True), "failing"),
            ),
            marked=item.key in self.marked,
        )

    def status_spans(self) -> tuple[Sequence[Span], Sequence[Span]]:
        item = self.current
        left = [Span(f" {self.say_in.of(item.message)}", "quiet")] if item else []
        right = (
            [Span(self.say_in("queue.unreadable", count=len(self.problems)) + " ", "failing")] if self.problems else []
        )
        return left, right

    @on(LineList.Moved)
    def _moved(self) -> None:
        self.nothing_to_tell()
        self.show_status()

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.run_command("group.open")

    @property
    def current(self) -> GroupedFinding | None:
        """The finding under the cursor."""
        line = self.lines.current
        return self.items.get(line.key) if line else None

    def why_not(self, identifier: str) -> str:
        if identifier.startswith("group.") and self.current is None:
            return self.say_in("off.no_group")
        return ""

    def _entry(self, key: str) -> QueueEntry:
        return self.workbench.entries.get(key) or next(entry for entry in self._entries if entry.key == key)

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
            there = {item.key: item for item in found.items}
            kept = {k: there.get(k, item) for k, item in self.items.items() if item.entry != key or k in there}
            self.items = kept | there
            self.marked &= set(self.items)
        self.redraw()

    def action_group_select(self) -> None:
        item = self.current
        if item is not None:
            self.marked ^= {item.key}
            self.redraw()
            self.lines.move(rows=1)

    def action_group_select_all(self) -> None:
        undecided = {key for key, item in self.items.items() if item.verdict is None}
        self.marked = set() if self.marked == undecided else undecided
        self.redraw()

    async def action_group_source_error(self) -> None:
        note = await ask(self, self.say_in("prompt.source_error"))
        if note is not None:
            await self._decide(Verdict.SOURCE_ERROR, note.strip())

    async def action_group_waive(self) -> None:
        note = await ask(self, self.say_in("prompt.waive"))
        if note and note.strip():
            await self._decide(Verdict.WAIVED, note.strip())
        elif note is not None:
            self.tell(self.say_in("prompt.waive_needed"), "suspect")

    async def action_group_defer(self) -> None:
        await self._decide(Verdict.DEFERRED, "")

    async def _decide(self, verdict: Verdict, note: str) -> None:
        chosen = self.marked or ({self.current.key} if self.current else set())
        by_document: dict[str, list[str]] = {}
        for key, item in self.items.items():
            if key in chosen:
                by_document.setdefault(item.entry, []).append(item.finding)
        count, refused = 0, ""
        for number, (entry_key, findings) in enumerate(by_document.items(), start=1):
            if len(by_document) > 1:
                self.tell(self.say_in("group.deciding", number=number, total=len(by_document)), "quiet")
            try:
                count += await self._decide_in(entry_key, findings, verdict, note)
            except WorkbenchError as error:
                refused = str(error)
        self.marked = set()
        self.redraw()
        words = self.say_in("group.decided", count=count, verdict=self.say_in(glyphs.VERDICT[verdict].word))
        if refused:
            self.tell(f"{words}; {refused}", "failing")
        elif count:
            self._go_on()
            self.tell(words, "settled")
        else:
            self.tell(self.say_in("group.gone"), "suspect")

    async def _decide_in(self, entry_key: str, findings: Sequence[str], verdict: Verdict, note: str) -> int:
        desk, entry = self.workbench, self._entry(entry_key)
        analysis = desk.analysis_of(entry.path)
        changed, ruled = await asyncio.to_thread(decide_in, entry, findings, verdict, note, desk.workspace, analysis)
        desk.update_entry(changed)
        for finding in ruled:
            key = f"{entry_key}#{finding}"
            self.items[key] = replace(self.items[key], verdict=verdict)
        return len(ruled)

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
        elif self.searching and self._search is not None:
            self._search.cancel()
            self.set_timer(_REDRAW_EVERY, self.redraw)
            self.tell(self.say_in("group.stopped"), "suspect")
        else:
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
