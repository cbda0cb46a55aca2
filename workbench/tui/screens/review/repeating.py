"""Ruling as before: the last verdict with its reason once more, on one finding or on all of a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.model.record import Verdict
from workbench.tui.drawing import glyphs
from workbench.tui.models.places import table_words
from workbench.tui.screens.picker import pick
from workbench.tui.screens.review.deciding import Deciding
from workbench.tui.wording import FINDING_COLUMNS, finding_lines

if TYPE_CHECKING:
    from workbench.model.table import CellRef
    from workbench.review import ReviewedFinding

_MANY = 3
"""So many findings alike take as many keys one by one as all at once."""
_REPEATABLE = frozenset({Verdict.SOURCE_ERROR, Verdict.WAIVED, Verdict.DEFERRED})


class Repeating(Deciding):
    """The commands that rule as the reviewer ruled last, in this document or another."""

    async def action_ruling_repeat(self) -> None:
        if self.workbench.last_ruling is not None:
            await self._decide(*self.workbench.last_ruling)

    async def action_ruling_repeat_all(self) -> None:
        if self.workbench.last_ruling is None:
            return
        verdict, note = self.workbench.last_ruling
        alike, session = self._alike(), self.session
        word = self.say_in(glyphs.VERDICT[verdict].word)
        tables = {_table_of(item) for item in alike}
        where = table_words(self.state.document, tables.pop(), self.say_in) if len(tables) == 1 else ""
        title = self.say_in("picker.repeat", verdict=f"{word} {note}".strip(), count=len(alike), where=where)
        lines = finding_lines(alike, self.state.document, self.say_in)
        if await pick(self, title, lines, FINDING_COLUMNS, digits=True) is None:
            return
        order, position = self._order()
        identifiers = [item.finding.id for item in alike]
        changes = await self.step(lambda: session.decide_all(identifiers, verdict, note=note))
        if changes is None:
            self.draw_state()
            return
        self._advance(order, position)
        self.draw_state()
        self._told(self.say_in("review.decided_all", verdict=word, count=len(identifiers)))

    def _alike(self) -> list[ReviewedFinding]:
        """The open findings of the rule of the one that is looked at: those of its table, else those of all tables."""
        item = self.finding()
        if item is None:
            return []
        name, table = item.finding.check.name, _table_of(item)
        of_rule = [other for other in self.open_listed if other.finding.check.name == name]
        of_table = [other for other in of_rule if _table_of(other) == table]
        return of_table if len(of_table) > 1 else of_rule

    def _ruling_words(self, verdict: Verdict, item: ReviewedFinding, cell: CellRef | None = None) -> str:
        """What was ruled; where many like it are next, the key that rules so on all of them comes before it."""
        words, current, alike = super()._ruling_words(verdict, item, cell), self.finding(), self._alike()
        same = current is not None and current.finding.check.name == item.finding.check.name
        if verdict not in _REPEATABLE or not same or len(alike) < _MANY:
            return words
        return f"{self.say_in('review.many_alike', key=self._key('ruling.repeat_all'), count=len(alike))}  {words}"

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def repeatable(needed: int) -> str:
            if self.state.read_only:
                return say("off.read_only")
            item = self.finding()
            if item is None or not item.open:
                return say("off.no_finding" if item is None else "off.no_open_finding")
            if self.workbench.last_ruling is None:
                return say("off.no_ruling")
            return "" if needed < 2 or len(self._alike()) >= needed else say("off.none_alike")

        return super().reasons() | {
            "ruling.repeat": lambda: repeatable(1),
            "ruling.repeat_all": lambda: repeatable(2),
        }


def _table_of(item: ReviewedFinding) -> str:
    """The table that a finding is about first, "" where it is about none."""
    return next((ref.table for ref in item.finding.cells), "")
