"""Suggestions on the review screen: taken, chosen among, or all safe ones at once; what is settled leads on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workbench.model.check import Applicability
from workbench.model.table import CellRef
from workbench.review import Change
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.screens.picker import pick
from workbench.tui.screens.review.navigation import Navigation
from workbench.tui.screens.review.safe_fixes import SafeFix, SafeFixesScreen, safe_fixes
from workbench.tui.screens.review.suggestions import (
    SUGGESTION_COLUMNS,
    SuggestionScreen,
    suggestion_line,
    suggestion_reasons,
)
from workbench.tui.wording import edits_words

_NEAR = 0.75
"""A second suggestion with at least this much of the first one's share makes taking the first a choice."""


class Suggesting(Navigation):
    """The commands that take suggestions."""

    _kind_done = ""
    """What is to be said of a kind of findings of which the step that is under way settles the last."""

    def _advance(self, order: list[str], position: int) -> None:
        """Look at the open finding that follows `position` of the list as it was before the decision; draws nothing."""
        ids = self._round_ids()
        if not ids:
            return
        rank = {identifier: index for index, identifier in enumerate(order)}
        ahead = [identifier for identifier in ids if rank.get(identifier, len(order)) > position]
        following, kind = self.state.finding((ahead or ids)[0]), self.look.kind
        if following is not None:
            self.select_finding(following, draw=False)
            self._advanced_to = (self.look.finding, self.ref())
        if kind is not None and self.look.kind is None:
            self._kind_done = self.say_in("finding.kind_done", kind=self.kind_words(kind))

    def _order(self) -> tuple[list[str], int]:
        order = [item.finding.id for item in self.state.findings]
        return order, order.index(self.look.finding) if self.look.finding in order else -1

    def _with_way_on(self, words: str) -> str:
        """What a step did; with the last finding settled, where to go on comes before it, and with the last of the kind
        that was listed that it was."""
        done, self._kind_done = self._kind_done, ""
        if not self.state.open_findings:
            return f"{self.words_when_settled()}  {words}"
        return f"{done}  {words}" if done else words

    async def action_suggestion_take(self) -> None:
        await self._take_best(source_error=False)

    async def action_suggestion_take_source(self) -> None:
        """The same, and the document itself is ruled to be wrong."""
        await self._take_best(source_error=True)

    async def _take_best(self, *, source_error: bool) -> None:
        item = self.finding()
        if item is None:
            return
        suggestions = item.finding.suggestions
        near = len(suggestions) > 1 and suggestions[1].share >= _NEAR * suggestions[0].share
        if near and suggestions[0].applicability is not Applicability.SAFE:
            await self._choose(source_error=source_error)
        else:
            await self._take(0, source_error=source_error)

    async def _take(self, number: int, *, source_error: bool) -> None:
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
        words = f"{sign(glyphs.CORRECTED.sign)} {edits_words(edits, self.state.document, self.say_in)}"
        if source_error:
            words = f"{self.say_in('verdict.source_error')}  {words}"
        change = await self.step(lambda: session.accept(identifier, number, source_error=source_error))
        if change is None:
            return
        self._advance(order, position)
        self.changed(change, text=self._with_way_on(words))

    async def action_suggestion_choose(self) -> None:
        await self._choose(source_error=False)

    async def _choose(self, *, source_error: bool) -> None:
        item = self.finding()
        if item is None:
            return
        say, document, suggestions = self.say_in, self.state.document, item.finding.suggestions
        title = say("picker.suggestions_source" if source_error else "picker.suggestions")
        lines = [suggestion_line(number, suggestion, document, say) for number, suggestion in enumerate(suggestions)]
        reasons = suggestion_reasons(suggestions, document, say)
        screen = SuggestionScreen(title, lines, reasons, self._look_at_suggestion)
        place = (self.look.grid, dict(self.look.cursors), self.look.by_finding, self.look.equation)
        self._look_at_suggestion(0)
        try:
            chosen = await pick(self, title, lines, SUGGESTION_COLUMNS, digits=True, shown=screen)
        finally:
            self.look.suggestion = 0
            self.look.grid, self.look.cursors, self.look.by_finding, self.look.equation = place
        if chosen is not None:
            await self._take(int(chosen), source_error=source_error)
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

    def _safe_fixes(self) -> list[SafeFix]:
        return safe_fixes(self.open_listed, self.state.document, self.say_in)

    async def action_suggestion_take_safe(self) -> None:
        title = self.say_in("picker.safe")
        screen = SafeFixesScreen(title, self._safe_fixes(), self.say_in)
        if await pick(self, title, (), digits=True, shown=screen) is None:
            return
        others = {item.finding.id for item in self.state.open_findings if not self.is_listed(item)}
        wrong, without = screen.source_errors - screen.left_out, others | screen.left_out
        changes = await self.step(lambda: self.session.accept_safe(wrong, without))
        if changes:
            first = next(iter(self.round), None)
            if first is not None:
                self.select_finding(first, draw=False)
            words = self.say_in("group.taken", count=len(changes))
            if wrong:
                words += self.say_in("review.and_source_errors", count=len(wrong))
            self.changed(_together(changes), text=words)


def _together(changes: Sequence[Change]) -> Change:
    """What several steps did as if it were one, told as the last of them."""
    cleared = dict.fromkeys(check for change in changes for check in change.cleared)
    broken = dict.fromkeys(check for change in changes for check in change.broken if check not in cleared)
    return replace(changes[-1], cleared=tuple(cleared), broken=tuple(broken))
