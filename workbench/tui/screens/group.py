# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""Review by rule: the findings of one rule over all documents, and one decision for as many of them as are marked."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult

from workbench.errors import WorkbenchError
from workbench.model.check import Finding
from workbench.model.record import Verdict
from workbench.pipeline import Analysis
from workbench.tui import glyphs
from workbench.tui.queue_model import QueueEntry, reviewed_entry
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.picker import pick
from workbench.tui.screens.prompt import ask
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_list import Column, Line, LineList, Piece
from workbench.tui.widgets.which_key import WhichKey
from workbench.tui.wording import amount, place_words, rule_words

Review = Callable[[QueueEntry, str], Awaitable[None]]
"""Opens a document at a finding, until the reviewer leaves it."""


@dataclass(frozen=True, slots=True)
class GroupedFinding:
    """A finding and the document that it is in."""

    entry: QueueEntry
    analysis: Analysis
    finding: Finding

    @property
    def key(self) -> str:
        """What tells it apart."""
        return f"{self.entry.key}#{self.finding.id}"


class GroupScreen(CommandScreen[None]):
    """The findings of one rule, a line each."""

    base_context = "group"

    def __init__(self, rule: str, items: Sequence[GroupedFinding], review: Review) -> None:
        super().__init__()
        self._review = review
        self.rule = rule
        self.items = {item.key: item for item in items}
        self.decided: dict[str, Verdict] = {}
        self.marked: set[str] = set()

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield LineList(id="list", context="group")
        yield Bar(id="status")
        yield Bar(id="keys")
        yield WhichKey()

    def on_mount(self) -> None:
        self.lines.focus()
        self.redraw()

    @property
    def lines(self) -> LineList:
        """The list of findings."""
        return self.query_one("#list", LineList)

    def redraw(self) -> None:
        say = self.say_in
        columns = (
            Column(most=18),
            Column(say("group.column.document"), flexible=2, least=12),
            Column(say("group.column.where"), flexible=3, least=14),
            Column(say("group.column.difference"), right=True),
        )
        self.lines.show([self._line(item) for item in self.items.values()], columns=columns, empty=say("group.empty"))
        left = [Span(f" {say('group.title', rule=rule_words(self.rule, say))} ", "accent", bold=True)]
        right = [Span(say("group.selected", count=len(self.marked)) + " ", "quiet")] if self.marked else []
        self.query_one("#title", Bar).show(left, right)
        super().redraw()

    def _line(self, item: GroupedFinding) -> Line:
        verdict = self.decided.get(item.key)
        look = glyphs.VERDICT[verdict] if verdict else glyphs.SEVERITY[item.finding.severity]
        document, say = item.analysis.document, self.say_in
        terms = item.finding.check.terms
        where = place_words(document, terms[0].ref) if terms else say.of(item.finding.message)
        role = "quiet" if verdict else ""
        return Line(
            item.key,
            (
                Piece(f"{look.sign} {say(look.word)}", look.role),
                Piece(item.entry.name, role),
                Piece(where, role),
                Piece(amount(item.finding.results[0].residual, signed=True), "failing"),
            ),
            marked=item.key in self.marked,
        )

    def status_spans(self) -> tuple[Sequence[Span], Sequence[Span]]:
        item = self.current
        return ((Span(f" {self.say_in.of(item.finding.message)}", "quiet"),) if item else ()), ()

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._transient = None
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

    async def action_group_open(self) -> None:
        item = self.current
        if item is not None:
            await self._review(self.workbench.entries.get(item.entry.key, item.entry), item.finding.id)

    def action_group_select(self) -> None:
        item = self.current
        if item is not None:
            self.marked ^= {item.key}
            self.redraw()
            self.lines.move(rows=1)

    def action_group_select_all(self) -> None:
        undecided = {key for key in self.items if key not in self.decided}
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
        by_document: dict[str, list[GroupedFinding]] = {}
        for key in self.items:
            if key in chosen:
                by_document.setdefault(self.items[key].entry.key, []).append(self.items[key])
        count = 0
        for items in by_document.values():
            try:
                entry = await asyncio.to_thread(self._decide_in, items, verdict, note)
            except WorkbenchError as error:
                self.tell(str(error), "failing")
                continue
            self.workbench.update_entry(entry)
            self.decided |= {item.key: verdict for item in items}
            count += len(items)
        if count:
            self.marked = set()
            self.redraw()
            words = self.say_in("group.decided", count=count, verdict=self.say_in(glyphs.VERDICT[verdict].word))
            self.tell(words, "settled")

    def _decide_in(self, items: Sequence[GroupedFinding], verdict: Verdict, note: str) -> QueueEntry:
        """Decide on findings of one document; its session is opened, saved and closed. Called in a worker."""
        entry, analysis = items[0].entry, items[0].analysis
        with self.workbench.workspace.open(entry.path, analysis) as session:
            for item in items:
                if session.state.finding(item.finding.id) is not None:
                    session.decide(item.finding.id, verdict, note=note)
            session.save()
            return reviewed_entry(self.workbench.entries.get(entry.key, entry), session.state)

    def action_app_back(self) -> None:
        if self.marked:
            self.marked = set()
            self.redraw()
        else:
            self.dismiss(None)


async def review_by_rule(screen: CommandScreen[Any], entries: Sequence[QueueEntry], review: Review) -> None:
    """Ask for a rule, then show its findings over these documents; `review` opens one of them."""
    say = screen.say_in
    items: list[GroupedFinding] = []
    for entry in entries:
        analysis = screen.workbench.analysis_of(entry.path)
        if analysis is not None:
            items += [GroupedFinding(entry, analysis, finding) for finding in analysis.findings]
    counts = Counter(item.finding.check.name for item in items)
    lines = [
        Line(name, (Piece(rule_words(name, say), bold=True), Piece(str(count), "failing"), Piece(name, "quiet")))
        for name, count in counts.most_common()
    ]
    chosen = await pick(screen, say("picker.rules"), lines, (Column(most=30), Column(right=True), Column(flexible=1)))
    if chosen:
        found = [item for item in items if item.finding.check.name == chosen]
        await screen.app.push_screen_wait(GroupScreen(chosen, found, review))
