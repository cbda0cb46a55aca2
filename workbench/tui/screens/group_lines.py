"""The findings of one rule over all documents as a list, which grows while documents come in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual import on

from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.equations import amount, rule_words
from workbench.tui.models.group import Found, GroupedFinding, at_hand, find_all
from workbench.tui.models.queue import QueueEntry, names_apart
from workbench.tui.screens.looking_through import LookingThrough
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.line_list import Line, LineList, Piece
from workbench.tui.widgets.list_columns import Column

Review = Callable[[QueueEntry, str], Awaitable[None]]
"""Opens a document at a finding, until the reviewer leaves it."""


class GroupLines(LookingThrough):
    """The findings of one rule, a line each, as documents come in."""

    base_context = "group"
    redraw_every = 0.2

    def __init__(self, rule: str, entries: Sequence[QueueEntry], review: Review) -> None:
        super().__init__()
        self._review = review
        self._entries = tuple(entries)
        self._names = names_apart(self._entries)
        self.rule = rule
        self.items: dict[str, GroupedFinding] = {}
        self.looked_at = 0
        self.problems: list[str] = []

    def on_mount(self) -> None:
        away, desk = [], self.workbench
        for entry in self._entries:
            found = at_hand(entry, self.rule, desk.analysis_of(entry.path))
            if found is None:
                away.append(entry)
            else:
                self._take(found)
        if away:
            self.look_through(lambda: find_all(away, self.rule, desk.workspace, desk.analysis_of), self._came)

    # finding

    def _came(self, found: Found) -> None:
        self._take(found)
        self.redraw_soon()

    def _take(self, found: Found) -> None:
        self.looked_at += 1
        self.items |= {item.key: item for item in found.items}
        if found.problem:
            self.problems.append(found.problem)

    # drawing

    def redraw(self) -> None:
        say = self.say_in
        columns = (
            Column(most=18),
            Column(say("group.column.document"), flexible=2, least=12),
            Column(say("group.column.where"), flexible=3, least=14),
            Column(say("group.column.difference"), right=True),
            Column(say("group.column.fix"), right=True, most=30),
        )
        empty = say("group.searching") if self.searching else say("group.empty")
        self.lines.show([self._line(item) for item in self.items.values()], columns=columns, empty=empty)
        self._show_title()
        super().redraw()

    def _show_title(self) -> None:
        say = self.say_in
        right = self.marked_spans()
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
                Piece(self._names[item.entry], role),
                Piece(item.where or say.of(item.message), role),
                Piece(amount(item.residual, signed=True), "failing"),
                Piece("" if item.verdict else self._fix_words(item), "corrected"),
            ),
            marked=item.key in self.marked,
        )

    def _fix_words(self, item: GroupedFinding) -> str:
        if not item.fix:
            return ""
        say, first = self.say_in, item.fix[0]
        blank = say("detail.blank")
        more = f" (+{len(item.fix) - 1})" if len(item.fix) > 1 else ""
        return say("review.changed", before=first.before or blank, after=first.after or blank) + more

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
