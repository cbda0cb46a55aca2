# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""The queue: every document of the workspace, worst first, usable while documents are still being read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.timer import Timer

from workbench.config.messages import CATALOGUE, Phrasebook
from workbench.model.record import ReviewStatus
from workbench.tui import glyphs
from workbench.tui.display import sign
from workbench.tui.queue_model import Order, QueueEntry, Reading, facet_counts, in_order, matching
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.opening import open_session
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_list import Column, Line, LineList, Piece
from workbench.tui.widgets.which_key import WhichKey
from workbench.tui.wording import look_of, progress

_REDRAW_EVERY = 0.1


class QueueScreen(CommandScreen[None]):
    """All documents, one a line."""

    base_context = "queue"

    def __init__(self) -> None:
        super().__init__()
        self.order = Order.WORST
        self.filter = ""
        self._redraw_timer: Timer | None = None
        self._touched = False
        """Whether the cursor was moved; before that it stays on the first line while documents come in."""

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        yield LineList(id="list", context="queue")
        yield Bar(id="status")
        yield Bar(id="keys")
        yield WhichKey()

    def on_mount(self) -> None:
        self.lines.focus()
        self.redraw()

    @property
    def lines(self) -> LineList:
        """The list of documents."""
        return self.query_one("#list", LineList)

    # drawing

    def entries_changed(self) -> None:
        """Draw soon: documents come in bursts."""
        if self._redraw_timer is None and self.is_mounted:
            self._redraw_timer = self.set_timer(_REDRAW_EVERY, self._redraw_now)

    def _redraw_now(self) -> None:
        self._redraw_timer = None
        if self.is_current:
            self.redraw()

    def on_screen_resume(self) -> None:
        self.redraw()

    def visible_entries(self) -> list[QueueEntry]:
        """The entries that the filter lets through, in order."""
        return in_order(matching(list(self.workbench.entries.values()), self.filter), self.order)

    def redraw(self) -> None:
        say = self.say_in
        columns = (
            Column(say("queue.column.status"), most=14),
            Column(say("queue.column.title"), flexible=3, least=30),
            Column(say("queue.column.entity"), flexible=2, least=10, rank=2),
            Column(say("queue.column.year"), right=True),
            Column(say("queue.column.tables"), right=True, rank=4),
            Column(say("queue.column.failing"), right=True, rank=3),
            Column(say("queue.column.open"), right=True),
            Column(say("queue.column.settled"), right=True, rank=1),
        )
        empty = say("queue.empty_filter" if self.filter else "queue.empty")
        if not self.workbench.entries and not self.workbench.reading_done:
            empty = say("state.reading") + " …"
        self.lines.show(
            [self._line(entry) for entry in self.visible_entries()], columns=columns, empty=empty, keep=self._touched
        )
        self._show_title()
        super().redraw()

    def _line(self, entry: QueueEntry) -> Line:
        look = look_of(entry)
        status = Piece(f"{sign(look.sign)} {self.say_in(look.word)}", look.role)
        if entry.reading is Reading.FAILED:
            return Line(entry.key, (status, Piece(f"{entry.path.name}  {entry.reason}", "failing")))
        if entry.reading is Reading.WAITING:
            return Line(entry.key, (status, Piece(entry.path.name, "quiet"), *[Piece("")] * 6))
        return Line(
            entry.key,
            (
                status,
                Piece(entry.name),
                Piece(entry.entity, "head"),
                Piece(str(entry.year or ""), "head"),
                Piece(str(entry.tables), "quiet"),
                Piece(str(entry.failing or ""), "failing"),
                self._open(entry),
                Piece(str(entry.settled or ""), "settled"),
            ),
        )

    def _open(self, entry: QueueEntry) -> Piece:
        if entry.open:
            return Piece(str(entry.open), "suspect", bold=True)
        return Piece(sign("✓"), "settled") if entry.checked else Piece(sign(glyphs.UNKNOWN.sign), "quiet")

    def _show_title(self) -> None:
        entries = list(self.workbench.entries.values())
        read = sum(entry.reading is not Reading.WAITING for entry in entries)
        failed = sum(entry.reading is Reading.FAILED for entry in entries)
        done = sum(entry.status in (ReviewStatus.DONE, ReviewStatus.REJECTED) for entry in entries)
        say = self.say_in
        left = [Span(" workbench ", "accent", bold=True), Span(" " + say("queue.read", total=len(entries)))]
        if failed:
            left.append(Span("  " + say("queue.unreadable", count=failed), "failing"))
        right: list[Span] = []
        if not self.workbench.reading_done:
            right.append(Span(say("queue.reading", done=read, total=len(entries)) + " ", "accent"))
            right.append(Span(progress(read, len(entries), 16) + " ", "accent"))
        else:
            opened = sum(entry.open for entry in entries)
            settled = sum(entry.settled for entry in entries)
            right.append(Span(say("queue.open_findings", count=opened) + "  ", "suspect" if opened else "settled"))
            right.append(Span(say("queue.settled_findings", count=settled) + "  ", "settled"))
            right.append(Span(say("queue.done_documents", count=done) + " ", "quiet"))
            right.append(Span(progress(done, len(entries), 12) + " ", "settled"))
        self.query_one("#title", Bar).show(left, right)

    def status_spans(self) -> tuple[Sequence[Span], Sequence[Span]]:
        say = self.say_in
        left: list[Span] = []
        entry = self.current
        if entry is not None:
            if entry.reading is Reading.FAILED:
                left.append(Span(f" {sign(glyphs.UNREADABLE.sign)} {entry.reason}", "failing"))
            else:
                left.append(Span(f" {entry.path}", "quiet"))
        right = [Span(say("queue.sort", order=say(f"queue.order.{self.order.value}")) + " ", "quiet")]
        if self.filter:
            right.insert(0, Span(say("queue.filter", text=self.filter) + "   ", "accent"))
        return left, right

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._touched = True
        self._transient = None
        self.show_status()

    # documents

    @property
    def current(self) -> QueueEntry | None:
        """The document under the cursor."""
        line = self.lines.current
        return self.workbench.entries.get(line.key) if line else None

    def why_not(self, identifier: str) -> str:
        if identifier in ("queue.open", "queue.problem") and self.current is None:
            return self.say_in("off.no_document")
        if identifier in ("queue.group", "queue.stats") and not any(
            entry.reading is Reading.READ for entry in self.workbench.entries.values()
        ):
            return self.say_in("off.no_numbers")
        return ""

    @on(LineList.Chosen)
    def _chosen(self) -> None:
        self.run_command("queue.open")

    async def action_queue_open(self) -> None:
        entry = self.current
        if entry is not None:
            self._touched = True
            await self.review(entry)

    async def review(self, entry: QueueEntry, finding: str = "") -> None:
        """Review a document, and the ones that the reviewer goes on to from it."""
        from workbench.tui.screens.review.screen import ReviewScreen

        session = await open_session(self, entry)
        if session is None:
            return
        keys = [listed.key for listed in self.visible_entries()]
        await self.app.push_screen_wait(ReviewScreen(session, entry, keys, finding))
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
        self.tell(self.say_in("queue.no_more_open"))

    def action_queue_sort(self) -> None:
        orders = list(Order)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        self.redraw()

    async def action_queue_filter(self) -> None:
        from workbench.tui.screens.prompt import ask

        text = await ask(self, self.say_in("prompt.filter"), self.filter, live=self._filter_live)
        if text is not None:
            self._filter_live(text)

    async def action_queue_facet(self) -> None:
        from workbench.tui.screens.picker import pick

        say = self.say_in
        lines = [
            Line(
                f"{facet}:{value}",
                (
                    Piece(say(f"facet.{facet}"), "quiet"),
                    Piece(_facet_words(facet, value, say)),
                    Piece(str(count), "accent"),
                ),
            )
            for facet, value, count in facet_counts(self.visible_entries())
        ]
        chosen = await pick(
            self, say("picker.facets"), lines, (Column(most=10), Column(flexible=1), Column(right=True))
        )
        if chosen:
            self._filter_live(f"{self.filter} {chosen}".strip())

    def _filter_live(self, text: str) -> None:
        self.filter = text
        self.redraw()

    async def action_queue_problem(self) -> None:
        from workbench.tui.screens.reader import read
        from workbench.tui.widgets.text_pane import paragraph

        entry = self.current
        if entry is None:
            return
        notices = [entry.problem] if entry.problem else list(entry.notices)
        title = self.say_in("queue.notices" if notices else "queue.no_notices", name=entry.path.name)
        await read(self, title, [paragraph(f"{sign('∙')} {notice}", indent=2) for notice in notices])

    async def action_queue_stats(self) -> None:
        from workbench.tui.screens.stats import StatsScreen

        await self.app.push_screen_wait(StatsScreen(list(self.workbench.entries.values())))

    async def action_queue_group(self) -> None:
        from workbench.tui.screens.group import review_by_rule

        await review_by_rule(self, self.visible_entries(), self.review)

    def action_app_back(self) -> None:
        if self.filter:
            self._filter_live("")
        else:
            self.tell(self._quit_hint())

    def _quit_hint(self) -> str:
        from workbench.config.commands import command
        from workbench.tui.key_sequence import key_label

        keys = self.workbench.keymap.keys("app.quit")
        return f"{key_label(keys[0])} {self.say_in.of(command('app.quit').title)}"


def _facet_words(facet: str, value: str, say: Phrasebook) -> str:
    """A facet value in the words of the interface."""
    identifier = {"form": f"form.{value}", "rule": f"family.{value}", "status": f"status.{value}"}.get(facet, "")
    if facet == "status" and identifier not in CATALOGUE:
        identifier = f"state.{value}"
    return say(identifier) if identifier in CATALOGUE else value
