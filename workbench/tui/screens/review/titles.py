"""The lines of words on the review screen: its title, the titles of its panes, the status line."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.config.commands import command
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.models.grid import STATED
from workbench.tui.models.places import place_words, short_place
from workbench.tui.models.queue import settled_in
from workbench.tui.screens.review.narrowed import Narrowed
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.pane import Pane
from workbench.tui.wording import finding_heading


class Titles(Narrowed):
    """What the bars of the review screen say."""

    def _show_titles(self) -> None:
        say, state = self.say_in, self.state
        document = state.document
        name = document.title or self.entry.path.name
        look = glyphs.STATUS[state.record.status]
        left = [
            Span(f" {sign(look.sign)} {say(look.word)} ", look.role, bold=True),
            Span(f" {name}", bold=True),
        ]
        more = (document.entity, str(document.fiscal_year or ""))
        left += [Span(f"  {words}", "head") for words in more if words and words not in name]
        opened, settled = len(state.open_findings), settled_in(state)
        key = self.entry.key
        right = []
        if state.read_only:
            right.append(Span(say("off.read_only") + "  ", "suspect"))
        if state.record.assigned:
            mine = state.record.assigned == self.workbench.workspace.reviewer
            right.append(Span(f"{say('facet.assigned')} {state.record.assigned}  ", "quiet" if mine else "suspect"))
        if state.conflicts:
            right.append(
                Span(f"{sign('!')} {say('review.conflicts', count=len(state.conflicts))}  ", "failing", bold=True)
            )
        if state.stale:
            right.append(Span(f"{sign(glyphs.STALE.sign)} {say('review.stale', count=len(state.stale))}  ", "suspect"))
        if opened or settled:
            words = say("review.findings_open", open=opened, settled=settled) if opened else say("review.all_settled")
            right.append(Span(words + "  ", "suspect" if opened else "settled", bold=True))
        if key in self.queue_keys:
            number = self.queue_keys.index(key) + 1
            right.append(Span(f"{number}/{len(self.queue_keys)} ", "quiet"))
        self.query_one("#title", Bar).show(left, right)

    def on_descendant_focus(self) -> None:
        """The title of the focused pane is lit, once there is something in it."""
        super().on_descendant_focus()
        if self.document_shown and (self.look.grid or self.state.document.source.pages):
            self._show_pane_titles()

    def _draw_keys(self) -> None:
        if self.document_shown:
            super()._draw_keys()
        else:
            self._keys_asked = False

    def _pane_title(self, pane: Pane, words: str) -> Span:
        """The title of a pane; the one that hears the keys bears a sign."""
        here = self.focused is pane
        return Span(f"{sign(glyphs.CURSOR) if here else ' '}{words}", "accent" if here else "quiet", bold=here)

    def _show_pane_titles(self) -> None:
        say = self.say_in
        left, right = [self._pane_title(self.findings, say("scope.findings"))], []
        if (kind := self.look.kind) is not None:
            left.append(Span(f"  {self.kind_words(kind)}", "suspect", bold=True))
            right.append(
                Span(say("finding.narrowed", count=len(self.listed), total=len(self.state.findings)), "suspect")
            )
        self.query_one("#findings-title", Bar).show(left, right)
        self.query_one("#source-title", Bar).show(
            (self._pane_title(self.source, say("scope.source")), Span(f"  {self.entry.path.name}", "quiet"))
        )
        self.query_one("#detail-title", Bar).show(self._detail_title())
        self._show_table_title()

    def _show_table_title(self) -> None:
        say = self.say_in
        if not self.look.grid:
            self.query_one("#table-title", Bar).show((self._pane_title(self.grid, say("review.no_tables")),))
            return
        model = self.model(self.look.grid)
        left = [
            self._pane_title(self.grid, self._table_number()),
            Span(model.title or say(f"form.{self.state.document.table(model.id).form.value}"), bold=True),
        ]
        if model.unit:
            left.append(Span(f"  {model.unit}", "quiet"))
        right = [Span(say("review.printed_view") + " ", "suspect", bold=True)] if self.look.printed else []
        preview = self.preview()
        if preview.texts or preview.inserted:
            right = [Span(f"{sign('→')} {say('review.preview')} ", "corrected")]
        self.query_one("#table-title", Bar).show(left, right)

    def _table_number(self) -> str:
        """Which of the document's tables is shown; the figures in the text are none of them."""
        if self.look.grid == STATED:
            return ""
        tables = self.state.document.tables
        return f"{[table.id for table in tables].index(self.look.grid) + 1}/{len(tables)} "

    def _detail_title(self) -> tuple[Span, ...]:
        say, item = self.say_in, self.finding()
        if self.look.equation is not None:
            return (self._pane_title(self.detail, say.of(command("equation.show").title)),)
        if item is None:
            return (self._pane_title(self.detail, say("detail.finding") if self.state.findings else ""),)
        return (self._pane_title(self.detail, ""), *finding_heading(item, self.state.document, say))

    def status_spans(self) -> tuple[Sequence[Span], Sequence[Span]]:
        say, document = self.say_in, self.state.document
        ref = self.ref()
        left: list[Span] = []
        if ref is not None:
            cell = document.cell(ref)
            left.append(Span(f" {short_place(place_words(document, ref), self.size.width // 2)}  ", "quiet"))
            left.append(Span(cell.text or say("detail.blank"), bold=True))
            if cell.corrected is not None:
                words = f"  {sign(glyphs.CORRECTED.sign)} {say('detail.printed')} {cell.printed or say('detail.blank')}"
                left.append(Span(words, "corrected"))
            note = next((flag.note for flag in reversed(self.state.flags) if flag.ref == ref and flag.note), "")
            if note:
                left.append(Span(f"  {sign(glyphs.FLAGGED.sign)} {note}", "flagged"))
        right: list[Span] = []
        if self.look.search and self.look.matches:
            place = say(
                "review.search", text=self.look.search, number=self.look.match + 1, total=len(self.look.matches)
            )
            right.append(Span(place + "  ", "accent"))
        outcomes = self.state.reconciliation.outcomes
        for outcome, look in glyphs.OUTCOME.items():
            if outcomes.get(outcome) and outcome.value in ("pass", "fail", "crashed", "unverifiable"):
                right.append(Span(f"{sign(look.sign)}{outcomes[outcome]} ", look.role))
        return left, right
