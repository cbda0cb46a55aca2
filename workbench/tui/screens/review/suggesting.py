"""Suggestions on the review screen: taken, chosen among, or all safe ones at once; what is settled leads on."""

from __future__ import annotations

from workbench.model.check import Applicability
from workbench.model.table import CellRef
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.equations import rule_words
from workbench.tui.screens.picker import pick
from workbench.tui.screens.review.navigation import Navigation
from workbench.tui.screens.review.suggestions import (
    SUGGESTION_COLUMNS,
    SuggestionScreen,
    suggestion_line,
    suggestion_reasons,
)
from workbench.tui.widgets.line_list import Column, Line, Piece
from workbench.tui.wording import edits_words

_NEAR = 0.75
"""A second suggestion with at least this much of the first one's share makes taking the first a choice."""


class Suggesting(Navigation):
    """The commands that take suggestions."""

    def _advance(self, order: list[str], position: int) -> None:
        """Look at the open finding that follows `position` of the list as it was before the decision; draws nothing."""
        ids = [item.finding.id for item in self.state.round]
        if not ids:
            return
        rank = {identifier: index for index, identifier in enumerate(order)}
        ahead = [identifier for identifier in ids if rank.get(identifier, len(order)) > position]
        following = self.state.finding((ahead or ids)[0])
        if following is not None:
            self.select_finding(following, draw=False)
            self._advanced_to = (self.look.finding, self.ref())

    def _order(self) -> tuple[list[str], int]:
        order = [item.finding.id for item in self.state.findings]
        return order, order.index(self.look.finding) if self.look.finding in order else -1

    def _with_way_on(self, words: str) -> str:
        """What a step did; with the last finding settled, where to go on comes before it."""
        return words if self.state.open_findings else f"{self.words_when_settled()}  {words}"

    async def action_suggestion_take(self) -> None:
        item = self.finding()
        if item is None:
            return
        suggestions = item.finding.suggestions
        near = len(suggestions) > 1 and suggestions[1].share >= _NEAR * suggestions[0].share
        if near and suggestions[0].applicability is not Applicability.SAFE:
            await self.action_suggestion_choose()
        else:
            await self._take(0)

    async def _take(self, number: int) -> None:
        item = self.finding()
        if item is None:
            return
        order, position = self._order()
        session, identifier = self.session, item.finding.id
        edits = item.finding.suggestions[number].edits
        if not edits:
            # That the rule does not hold here is for a person to say, with the reason.
            self.run_command("finding.waive")
            return
        words = edits_words(edits, self.state.document, self.say_in)
        change = await self.step(lambda: session.accept(identifier, number))
        if change is None:
            return
        self._advance(order, position)
        self.changed(change, text=self._with_way_on(f"{sign(glyphs.CORRECTED.sign)} {words}"))

    async def action_suggestion_choose(self) -> None:
        item = self.finding()
        if item is None:
            return
        say, document, suggestions = self.say_in, self.state.document, item.finding.suggestions
        lines = [suggestion_line(number, suggestion, document, say) for number, suggestion in enumerate(suggestions)]
        reasons = suggestion_reasons(suggestions, document, say)
        screen = SuggestionScreen(say("picker.suggestions"), lines, reasons, self._look_at_suggestion)
        place = (self.look.grid, dict(self.look.cursors), self.look.by_finding, self.look.equation)
        self._look_at_suggestion(0)
        try:
            chosen = await pick(self, say("picker.suggestions"), lines, SUGGESTION_COLUMNS, digits=True, shown=screen)
        finally:
            self.look.suggestion = 0
            self.look.grid, self.look.cursors, self.look.by_finding, self.look.equation = place
        if chosen is not None:
            await self._take(int(chosen))
        else:
            self.draw_place()

    def _look_at_suggestion(self, number: int) -> None:
        """Show in the table what a suggestion would change, wherever that is."""
        item = self.finding()
        if item is None or number >= len(item.finding.suggestions):
            return
        edits = item.finding.suggestions[number].edits
        refs = [ref for ref in (getattr(edit, "ref", None) for edit in edits) if isinstance(ref, CellRef)]
        if refs:
            self.go_to_cell(refs[0], by_finding=True, remember=False)
        self.look.by_finding, self.look.equation, self.look.suggestion = True, None, number
        self.draw_place()

    def _safe_lines(self) -> list[Line]:
        say, document, lines = self.say_in, self.state.document, []
        for item in self.state.open_findings:
            for suggestion in item.finding.suggestions[:1]:
                if suggestion.applicability is Applicability.SAFE:
                    lines.append(
                        Line(
                            item.finding.id,
                            (
                                Piece(rule_words(item.finding.check.name, say), "quiet"),
                                Piece(edits_words(suggestion.edits, document, say), "corrected"),
                                Piece(say("detail.clears", clears=len(suggestion.clears)), "settled"),
                            ),
                        )
                    )
        return lines

    async def action_suggestion_take_safe(self) -> None:
        columns = (Column(most=18), Column(flexible=1), Column())
        chosen = await pick(self, self.say_in("picker.safe"), self._safe_lines(), columns, digits=True)
        if chosen is None:
            return
        changes = await self.step(self.session.accept_safe)
        if changes:
            first = next(iter(self.state.round), None)
            if first is not None:
                self.select_finding(first, draw=False)
            self.changed(changes[-1], text=self.say_in("review.cleared", cleared=sum(len(c.cleared) for c in changes)))
