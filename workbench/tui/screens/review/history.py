"""What was done to the document on the review screen: every step, the last first, and the way to where it was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.model.edit import SetCell
from workbench.model.record import Action, Correction, Decision
from workbench.model.table import CellRef
from workbench.review.rulings import in_force, of_each_cell
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.equations import rule_words
from workbench.tui.models.places import place_words
from workbench.tui.screens.picker import pick
from workbench.tui.screens.review.closing import Closing
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.list_columns import Column
from workbench.tui.wording import edits_words


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be told: its line, and where it is to be seen."""

    pieces: tuple[Piece, ...]
    cell: CellRef | None = None
    finding: str = ""


class History(Closing):
    """The command that lists the steps of the review."""

    async def action_diff_list(self) -> None:
        stale = {id(stale.correction): stale.reason for stale in self.state.stale}
        items: list[Item] = []
        for action in reversed(self.state.record.actions):
            items += self._items_of(action)
            if id(action) in stale:
                items[-1] = self._as_stale(items[-1], self.say_in.of(stale[id(action)]))
        if items:
            await self.go_to_one_of(self.say_in("picker.changes"), items)
        else:
            self.tell(self.say_in("off.no_step"))

    async def go_to_one_of(self, title: str, items: Sequence[Item]) -> None:
        """Show these, and go to the one that the reviewer chooses."""
        columns = (Column(), Column(most=16, rank=1), Column(most=12), Column(flexible=1, least=20))
        chosen = await pick(self, title, [Line(str(n), item.pieces) for n, item in enumerate(items)], columns)
        if chosen is None:
            return
        item = items[int(chosen)]
        found = self.state.finding(item.finding) if item.finding else None
        if found is not None:
            self.select_finding(found)
        elif item.cell is not None and self.go_to_cell(item.cell):
            self.draw_place()

    def _items_of(self, action: Action) -> Iterator[Item]:
        """A step in words; a ruling that was made with a correction, as it speaks of each cell that this changes."""
        if isinstance(action, Decision):
            for ruling in of_each_cell((action,), self.state.record.actions):
                yield self._ruling(ruling, taken_back=action not in in_force(self.state.record.decisions))
        else:
            yield self.step_item(action)

    def step_item(self, action: Action) -> Item:
        """A step, and where it was done."""
        document = self.state.document
        if isinstance(action, Decision):
            return self._ruling(action)
        if isinstance(action, Correction):
            cell = next((edit.ref for edit in action.edits if isinstance(edit, SetCell)), None)
            return self._item(action, glyphs.CORRECTED, edits_words(action.edits, document, self.say_in), cell)
        place = place_words(document, action.ref) if action.ref.table else ""
        said = place if action.flagged or action.note else self.say_in.about(place, self.say_in("review.unflagged"))
        return self._item(action, glyphs.FLAGGED, said, action.ref)

    def _ruling(self, action: Decision, *, taken_back: bool = False) -> Item:
        say, document = self.say_in, self.state.document
        look = glyphs.VERDICT.get(action.verdict, glyphs.STALE)
        found = self.state.finding(action.finding)
        if action.cell is not None:
            place = place_words(document, action.cell)
        else:
            place = place_words(document, found.finding.cells[0]) if found and found.finding.cells else ""
        if action.along_correction and action.cell is not None:
            blank = say("detail.blank")
            before, after = " ".join(action.figures) or blank, action.value or blank
            words = f"{say('review.printed_wrongly', before=before, after=after)}  {place}"
        else:
            rule = rule_words(action.finding.partition(":")[0], say)
            words = f"{say.named('verdict', action.verdict.value)}: {rule} {place}".rstrip()
        return self._item(action, look, words, action.cell, action.finding, "quiet" if taken_back else "")

    def _item(
        self, action: Action, look: glyphs.Look, words: str, cell: CellRef | None, finding: str = "", role: str = ""
    ) -> Item:
        note = f"  {action.note}" if action.note else ""
        pieces = (
            Piece(sign(look.sign), role or look.role),
            Piece(f"{action.at.astimezone():%Y-%m-%d %H:%M}", "quiet"),
            Piece(action.by, role),
            Piece(words + note, role),
        )
        return Item(pieces, cell, finding)

    def _as_stale(self, item: Item, reason: str) -> Item:
        _, at, by, words = item.pieces
        told = Piece(f"{words.text}  {reason}", "suspect")
        return Item((Piece(sign(glyphs.STALE.sign), "suspect"), at, by, told), item.cell, item.finding)
