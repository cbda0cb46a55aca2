"""What is said of a cell and seen of it on the review screen: flags, notes, its whole text and history, its width."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.model.edit import SetCell
from workbench.model.table import CellRef
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.models.grid import Mark
from workbench.tui.models.places import place_words
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.reader import read
from workbench.tui.screens.review.blocks import Blocks
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.text_pane import Paragraph, paragraph
from workbench.tui.wording import edits_words, mark_words

if TYPE_CHECKING:
    from workbench.review import Change


class Annotating(Blocks):
    """The commands that mark a cell, or show all of it."""

    async def action_cell_flag(self) -> None:
        ref = self.ref()
        if ref is None:
            return
        on_now = bool(self._marks.get(ref, Mark.NONE) & Mark.FLAGGED)
        session = self.session
        change = await self.step(lambda: session.flag(ref, self._note_of(ref), flagged=not on_now))
        if change is not None:
            self._tell_mark(change, ref, "", flagged=not on_now)

    def _tell_mark(self, change: Change, ref: CellRef, note: str, *, flagged: bool) -> None:
        self.changed(change, text=mark_words(self.state.document, ref, note, self.say_in, flagged=flagged))

    def _note_of(self, ref: CellRef) -> str:
        return next((flag.note for flag in reversed(self.state.flags) if flag.ref == ref), "")

    async def action_cell_note(self) -> None:
        ref = self.ref()
        if ref is None:
            return
        note = await ask(self, self.say_in("prompt.note"), self._note_of(ref))
        if note is None:
            return
        words, session = note.strip(), self.session
        if words == self._note_of(ref):
            self.tell(self.say_in("review.no_change"))
            return
        change = await self.step(lambda: session.flag(ref, words, flagged=bool(words)))
        if change is not None:
            self._tell_mark(change, ref, words, flagged=bool(words))

    async def action_cell_show(self) -> None:
        row, column = self.look.cursors.get(self.look.grid, (0, 0))
        model, say, state = self.model(self.look.grid), self.say_in, self.state
        cell, ref = model.cell(row, column), model.ref(row, column)
        parts = [paragraph(cell.text or say("detail.blank"), bold=True)]
        if ref is not None:
            if cell.corrected is not None:
                parts.append(
                    paragraph(say.about(say("detail.printed"), cell.printed or say("detail.blank")), "corrected")
                )
            for anchor in cell.anchors:
                name = say("review.page", number=anchor.page, name="").strip()
                parts.append(paragraph(say.about(name, state.document.source.text_of(anchor)), "quiet"))
            for correction in state.record.corrections:
                for edit in correction.edits:
                    if isinstance(edit, SetCell) and edit.ref == ref:
                        words = edits_words((edit,), state.document, say)
                        parts.append(
                            Paragraph(
                                (
                                    Span(f"{sign(glyphs.CORRECTED.sign)} {words}", "corrected"),
                                    Span(
                                        f"  {correction.by} {correction.at.astimezone():%Y-%m-%d %H:%M} {correction.note}",
                                        "quiet",
                                    ),
                                )
                            )
                        )
            if note := self._note_of(ref):
                parts.append(paragraph(f"{sign(glyphs.FLAGGED.sign)} {note}", "flagged"))
        await read(self, place_words(state.document, ref) if ref else model.title, parts)

    # widths

    def _resize_column(self, step: int) -> None:
        column = self.look.cursors.get(self.look.grid, (0, 0))[1]
        widths = dict(self.look.widths.get(self.look.grid, {}))
        widths[column] = max(self.grid.column_width(column) + step, 3)
        self.look.widths[self.look.grid] = widths
        self.draw_place()

    def action_column_wider(self) -> None:
        self._resize_column(4)

    def action_column_narrower(self) -> None:
        self._resize_column(-4)

    def reasons(self) -> dict[str, Callable[[], str]]:
        return super().reasons() | {
            "cell.flag": self.editable,
            "cell.note": self.editable,
            "cell.show": self.any_cell,
            "column.wider": self.any_cell,
            "column.narrower": self.any_cell,
        }
