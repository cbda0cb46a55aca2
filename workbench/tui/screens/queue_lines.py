"""The queue as a list: a line a document, worst first, usable while documents are still being read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from math import inf
from time import monotonic

from textual import on, work

from workbench.config.refusals import refusal
from workbench.model.record import ReviewStatus
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.keys.sequence import key_label
from workbench.tui.models.narrowing import matching
from workbench.tui.models.queue import Order, QueueEntry, Reading, in_order, names_apart
from workbench.tui.screens.list_screen import ListScreen
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_list import Line, LineList, Piece
from workbench.tui.widgets.list_columns import Column
from workbench.tui.wording import look_of, progress

_LOOK_FOR_HOLDERS = 10.0
"""Who has which document open is looked up while something is done, not oftener than every so many seconds."""


class QueueLines(ListScreen):
    """All documents, one a line: what is shown of them, in which order, and which are marked."""

    base_context = "queue"

    def __init__(self) -> None:
        super().__init__()
        self.filter = ""
        self._with_who = self._with_news = self._with_entity = self._with_file = False
        self._names: dict[str, str] = {}
        self._holders: dict[str, str] = {}
        """Who else has which document open now."""
        self._looked_at = -inf
        self._touched = False
        """Whether the cursor was moved; before that it stays on the first line while documents come in."""

    @property
    def order(self) -> Order:
        """How the list is sorted."""
        return self.workbench.arrangement.now.order

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        self._looked_at = -inf
        self._look_for_holders()

    def _look_for_holders(self) -> None:
        now = monotonic()
        if self.is_current and self.workbench.reading_done and now - self._looked_at >= _LOOK_FOR_HOLDERS:
            self._looked_at = now
            self._find_holders()

    @work(group="holders", exclusive=True)
    async def _find_holders(self) -> None:
        entries = list(self.workbench.entries.values())
        holders = await asyncio.to_thread(self.workbench.workspace.holders, entries)
        if holders != self._holders:
            self._holders = holders
            self.redraw_soon()

    def set_filter(self, text: str) -> None:
        """Show only what has these words."""
        self.filter = text
        self.redraw()

    def visible_entries(self) -> list[QueueEntry]:
        """The entries that the filter lets through, in order."""
        return in_order(matching(list(self.workbench.entries.values()), self.filter), self.order)

    def redraw(self) -> None:
        self._look_for_holders()
        say = self.say_in
        entries = self.visible_entries()
        self._names = names_apart(entries)
        self._with_entity = any(entry.entity not in entry.name for entry in entries)
        self._with_file = any(not self._names[entry.key].startswith(entry.path.name) for entry in entries)
        self._with_news = any(entry.news is not None for entry in entries)
        self._with_who = bool(self._holders) or any(entry.assigned or entry.reviewer for entry in entries)
        columns = [
            Column(say("queue.column.status"), most=14),
            Column(say("queue.column.title"), flexible=3, least=30),
            *([Column(say("queue.column.entity"), flexible=2, least=10, rank=2)] if self._with_entity else []),
            *([Column(say("queue.column.file"), most=32, spare=True)] if self._with_file else []),
            Column(say("queue.column.year"), right=True),
            Column(say("queue.column.tables"), right=True, rank=5),
            Column(say("queue.column.failing"), right=True, rank=4),
            Column(say("queue.column.open"), right=True),
            Column(say("queue.column.settled"), right=True, rank=1),
        ]
        if self._with_who:
            columns.append(Column(say("queue.column.who"), most=12, rank=3))
        if self._with_news:
            columns.append(Column(say("queue.column.news"), most=18, rank=1))
        empty = say("queue.empty_filter" if self.filter else "queue.empty")
        if not self.workbench.entries and not self.workbench.reading_done:
            empty = say("state.reading") + " …"
        self.lines.show([self._line(entry) for entry in entries], columns=columns, empty=empty, keep=self._touched)
        self._show_title()
        super().redraw()

    def _line(self, entry: QueueEntry) -> Line:
        look = look_of(entry)
        status = Piece(f"{sign(look.sign)} {self.say_in(look.word)}", look.role)
        marked = entry.key in self.marked
        if entry.reading is Reading.FAILED:
            return Line(
                entry.key,
                (status, Piece(f"{self._names[entry.key]}  {refusal(entry.reason, self.say_in.language)}", "failing")),
                marked,
            )
        more = [self._who(entry)] if self._with_who else []
        more += [self._news(entry)] if self._with_news else []
        if entry.reading is Reading.WAITING:
            return Line(
                entry.key,
                (
                    status,
                    Piece(self._names[entry.key], "quiet"),
                    *[Piece("")] * (5 + self._with_entity + self._with_file + len(more)),
                ),
                marked,
            )
        return Line(
            entry.key,
            (
                status,
                Piece(self._names[entry.key]),
                *([Piece(entry.entity, "head")] if self._with_entity else []),
                *([Piece(self._file(entry), "quiet")] if self._with_file else []),
                Piece(str(entry.year or ""), "head"),
                Piece(str(entry.tables), "quiet"),
                Piece(str(entry.failing or ""), "failing"),
                self._open(entry),
                Piece(str(entry.settled or ""), "settled"),
                *more,
            ),
            marked,
        )

    def _file(self, entry: QueueEntry) -> str:
        """The file, where the name that tells the document apart does not begin with it."""
        return "" if self._names[entry.key].startswith(entry.path.name) else entry.path.name

    def _who(self, entry: QueueEntry) -> Piece:
        """Who has the document: who else has it open, else who it was given to, else who reviewed it."""
        if entry.key in self._holders:
            open_now = glyphs.STATUS[ReviewStatus.IN_REVIEW]
            return Piece(f"{sign(open_now.sign)} {self._holders[entry.key]}", "suspect")
        me = self.workbench.workspace.reviewer
        return Piece(entry.assigned or entry.reviewer, "accent" if entry.assigned == me else "quiet")

    def _news(self, entry: QueueEntry) -> Piece:
        if entry.news is None:
            return Piece("")
        if entry.news.steps:
            return Piece(f"+{entry.news.steps} {' '.join(entry.news.by)}", "accent", bold=True)
        return Piece(f"{sign(glyphs.STALE.sign)} {self.say_in('queue.news.reread')}", "suspect")

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
        right = self.marked_spans()
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
                left.append(Span(f" {sign(glyphs.UNREADABLE.sign)} {refusal(entry.reason, say.language)}", "failing"))
            elif entry.record_problem:
                problem = refusal(entry.record_problem, say.language)
                left.append(Span(f" {sign(glyphs.BAD_RECORD.sign)} {problem}", "failing"))
            else:
                left.append(Span(f" {entry.path}", "quiet"))
                if entry.key in self._holders:
                    left.append(Span("  " + say("queue.open_now", person=self._holders[entry.key]), "suspect"))
                elif entry.unsaved:
                    left.append(Span("  " + say("queue.unsaved"), "suspect"))
                if entry.note:
                    left.append(Span(f"  {sign(glyphs.FLAGGED.sign)} {entry.note}", "flagged"))
                if entry.notices:
                    key = key_label((self.workbench.keymap.keys("queue.problem") or (":",))[0])
                    left.append(Span("  " + say("queue.noticed", count=len(entry.notices), key=key), "suspect"))
        right = [Span(say("queue.sort", order=say(f"queue.order.{self.order.value}")) + " ", "quiet")]
        if self.filter:
            right.insert(0, Span(say("queue.filter", text=self.filter) + "   ", "accent"))
        return left, right

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._touched = True
        self._transient = None
        self.show_status()
        self._look_for_holders()

    @property
    def current(self) -> QueueEntry | None:
        """The document under the cursor."""
        line = self.lines.current
        return self.workbench.entries.get(line.key) if line else None
