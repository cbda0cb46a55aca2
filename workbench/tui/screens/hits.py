"""What is searched for over many documents: a line a place, which grows while documents come in; each leads there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual import on

from workbench.tui.drawing.display import sign
from workbench.tui.models.document_search import look_through
from workbench.tui.models.hits import Hit, Hits
from workbench.tui.models.places import short_place
from workbench.tui.models.queue import QueueEntry, Reading, names_apart
from workbench.tui.screens.base import CommandScreen
from workbench.tui.screens.looking_through import LookingThrough
from workbench.tui.screens.prompt import ask
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_list import Line, LineList, Piece
from workbench.tui.widgets.list_columns import Column

Visit = Callable[[QueueEntry, Hit, str], Awaitable[None]]
"""Opens a document at a place found for a text, until the reviewer leaves it."""


class HitScreen(LookingThrough):
    """The places where documents have a text. With `visit` one is gone to and come back from; without, it is left in
    `chosen` and the list is left for it."""

    base_context = "hits"
    redraw_every = 0.3

    def __init__(self, text: str, entries: Sequence[QueueEntry], visit: Visit | None = None) -> None:
        super().__init__()
        self.text = text
        self.chosen: Hit | None = None
        self.hits: dict[str, Hit] = {}
        self.count = self.with_any = self.looked_at = 0
        self.problems: list[str] = []
        self._visit = visit
        self._entries = {entry.key: entry for entry in entries if entry.reading is Reading.READ}
        self._unread = sum(entry.reading is Reading.WAITING for entry in entries)
        self._names = names_apart(self._entries.values())

    def on_mount(self) -> None:
        desk, entries = self.workbench, list(self._entries.values())
        self.look_through(lambda: look_through(entries, self.text, desk.workspace, desk.analysis_of), self._came)

    # finding

    def _came(self, found: Hits) -> None:
        self.looked_at += 1
        self.count += found.count
        self.with_any += bool(found.count)
        self.hits |= {hit.key: hit for hit in found.hits}
        if found.problem:
            self.problems.append(found.problem)
        self.redraw_soon()

    # drawing

    def redraw(self) -> None:
        say = self.say_in
        columns = (
            Column(say("group.column.document"), flexible=2, least=10),
            Column(say("hits.column.page"), right=True, rank=1),
            Column(say("hits.column.text"), most=max(self.app.size.width * 2 // 5, 16)),
            Column(say("group.column.where"), flexible=3, least=12, cut=short_place),
        )
        whole = self.looked_at >= len(self._entries)
        empty = (
            say("group.searching") if self.searching else say("hits.none" if whole else "hits.none_yet", text=self.text)
        )
        self.lines.show([self._line(hit) for hit in self.hits.values()], columns=columns, empty=empty)
        self._show_title()
        super().redraw()

    def _show_title(self) -> None:
        say, total = self.say_in, len(self._entries)
        words = say("hits.count", count=self.count, documents=self.with_any, total=self.looked_at)
        right = [Span(words + " ", "accent")]
        if self.looked_at < total:
            words = say("group.looked_at" if self.searching else "group.stopped_at", done=self.looked_at, total=total)
            right.append(Span(f" {words} ", "suspect"))
        self.query_one("#title", Bar).show([Span(f" {say('hits.title', text=self.text)} ", "accent", bold=True)], right)

    def _line(self, hit: Hit) -> Line:
        say = self.say_in
        if hit.more:
            words, where = Piece(f"{sign('⋯')} {say('hits.more', count=hit.more + 1)}", "quiet"), ""
        else:
            words, where = Piece(hit.text), hit.where or say("hits.in_text")
        page = str(hit.page) if hit.page else ""
        return Line(hit.key, (Piece(self._names[hit.entry]), Piece(page, "quiet"), words, Piece(where, "quiet")))

    def status_spans(self) -> tuple[Sequence[Span], Sequence[Span]]:
        hit = self.current
        left = [Span(f" {hit.text}", "quiet")] if hit else []
        right = []
        if self._unread:
            right.append(Span(self.say_in("hits.unread", count=self._unread) + " ", "suspect"))
        if self.problems:
            right.append(Span(self.say_in("queue.unreadable", count=len(self.problems)) + " ", "failing"))
        return left, right

    @on(LineList.Moved)
    def _moved(self) -> None:
        self.nothing_to_tell()
        self.show_status()

    @on(LineList.Chosen)
    def _double_clicked(self) -> None:
        self.run_command("hits.open")

    @property
    def current(self) -> Hit | None:
        """The place under the cursor."""
        line = self.lines.current
        return self.hits.get(line.key) if line else None

    # commands

    def why_not(self, identifier: str) -> str:
        if identifier == "hits.open" and self.current is None:
            return self.say_in("off.no_place")
        return super().why_not(identifier)

    async def action_hits_open(self) -> None:
        hit = self.current
        if hit is None:
            return
        if self._visit is None:
            self.chosen = hit
            self.dismiss(None)
            return
        await self._visit(self.workbench.entries.get(hit.entry, self._entries[hit.entry]), hit, self.text)
        self.redraw()

    def action_app_back(self) -> None:
        if not self.stop_searching():
            self.dismiss(None)


async def search_documents(
    screen: CommandScreen[Any], entries: Sequence[QueueEntry], visit: Visit | None = None, typed: str = ""
) -> tuple[Hit, str] | None:
    """Ask for a text and list where documents have it; the place that the reviewer chose, and the text, where there is
    no `visit` to it from the list."""
    desk = screen.workbench
    question = screen.say_in("prompt.search_documents", count=len(entries))
    text = await ask(screen, question, typed or desk.last_sought, replaced=True)
    if text is None or not text.strip():
        return None
    desk.last_sought = text
    shown = HitScreen(text, entries, visit)
    await screen.app.push_screen_wait(shown)
    return (shown.chosen, text) if shown.chosen is not None else None
