"""Ruling as before: the last verdict with its reason once more, on one finding or on all of a kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.tui.drawing import glyphs
from workbench.tui.screens.picker import pick
from workbench.tui.screens.review.deciding import Deciding
from workbench.tui.wording import FINDING_COLUMNS, finding_line

if TYPE_CHECKING:
    from workbench.review import ReviewedFinding


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
        title = self.say_in("picker.repeat", verdict=f"{word} {note}".strip(), count=len(alike))
        lines = [finding_line(item, self.state.document, self.say_in) for item in alike]
        if await pick(self, title, lines, FINDING_COLUMNS, digits=True) is None:
            return
        order, position = self._order()
        identifiers = [item.finding.id for item in alike]

        def rule() -> int:
            for identifier in identifiers:
                session.decide(identifier, verdict, note=note)
            return len(identifiers)

        count = await self.step(rule)
        if count is None:
            self.draw_state()
            return
        self._advance(order, position)
        self.draw_state()
        self._told(self.say_in("review.decided_all", verdict=word, count=count))

    def _alike(self) -> list[ReviewedFinding]:
        """The open findings of the rule of the one that is looked at."""
        item = self.finding()
        name = item.finding.check.name if item is not None else ""
        return [other for other in self.state.open_findings if other.finding.check.name == name]

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
