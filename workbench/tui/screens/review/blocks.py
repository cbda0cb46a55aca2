"""Blocks of cells on the review screen: selected, copied, pasted, emptied, put back."""

from __future__ import annotations

from collections.abc import Callable

from textual import events

from workbench.model.edit import Edit, SetCell
from workbench.model.table import CellRef
from workbench.tui.screens.review.editing import Editing
from workbench.tui.wording import finding_text


class Blocks(Editing):
    """The commands that work on as many cells as are selected."""

    _clipboard = ""

    def _selected_refs(self) -> list[list[CellRef | None]]:
        first_row, first_column, last_row, last_column = self.grid.selection
        model = self.model(self.look.grid)
        return [
            [model.ref(row, column) for column in range(first_column, last_column + 1)]
            for row in range(first_row, last_row + 1)
        ]

    def action_select_toggle(self) -> None:
        if self.grid.toggle_selection():
            self.tell(self.say_in("review.selection", rows=1, columns=1))
        else:
            self.tell("")

    def action_cell_copy(self) -> None:
        document = self.state.document
        block = [[document.cell(ref).text if ref else "" for ref in row] for row in self._selected_refs()]
        self._clipboard = "\n".join("\t".join(row) for row in block)
        self.app.copy_to_clipboard(self._clipboard)
        self.tell(self.say_in("review.copied", count=sum(len(row) for row in block)))

    def action_finding_copy(self) -> None:
        """Copy what is said of the finding; what was copied of cells is still what a paste brings."""
        item = self.finding()
        if item is not None:
            self.app.copy_to_clipboard(finding_text(item, self.state.document, self.say_in))
            self.tell(self.say_in("review.finding_copied"))

    async def action_cell_paste(self) -> None:
        await self.paste(self._clipboard)

    def on_paste(self, event: events.Paste) -> None:
        """A block pasted into the terminal goes into the cells from the cursor on."""
        if self.context == "review.table" and not self.why_not("cell.edit"):
            event.stop()
            self.under_way(self.paste(event.text))

    async def paste(self, text: str) -> None:
        """Put a block of tab-separated lines into the cells from the cursor on."""
        row, column = self.look.cursors.get(self.look.grid, (0, 0))
        model, document = self.model(self.look.grid), self.state.document
        edits: list[Edit] = []
        # Terminals hand over the ends of lines as they like, most as carriage returns.
        lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
        for down, line in enumerate(lines):
            for right, value in enumerate(line.split("\t")):
                ref = model.ref(row + down, column + right)
                if ref is not None and document.cell(ref).text != value.strip():
                    edits.append(SetCell(ref, document.cell(ref).text, value.strip()))
        if not edits:
            self.tell(self.say_in("review.no_change"))
        else:
            await self.apply(tuple(edits), method="paste", text=self.say_in("review.pasted", count=len(edits)))

    async def action_select_clear_cells(self) -> None:
        document = self.state.document
        refs = [ref for row in self._selected_refs() for ref in row if ref is not None]
        edits = tuple(SetCell(ref, document.cell(ref).text, "") for ref in refs if document.cell(ref).text)
        if edits:
            await self.apply(edits)

    async def action_cells_exchange_right(self) -> None:
        first_row, first, last_row, last = self.grid.selection
        await self._exchange(range(first_row, last_row + 1), range(first, last + 1), right=last - first + 1)

    async def action_cells_exchange_below(self) -> None:
        first, first_column, last, last_column = self.grid.selection
        await self._exchange(range(first, last + 1), range(first_column, last_column + 1), below=last - first + 1)

    async def _exchange(self, rows: range, columns: range, *, right: int = 0, below: int = 0) -> None:
        """Put the texts of a block where those of its neighbour are, and the other way round."""
        model, document = self.model(self.look.grid), self.state.document
        edits: list[Edit] = []
        for row in rows:
            for column in columns:
                here, there = model.ref(row, column), model.ref(row + below, column + right)
                if here is None or there is None:
                    self.tell(self.say_in("review.no_neighbour"), "suspect")
                    return
                one, other = document.cell(here).text, document.cell(there).text
                if one != other:
                    edits += [SetCell(here, one, other), SetCell(there, other, one)]
        if not edits:
            self.tell(self.say_in("review.no_change"))
        else:
            await self.apply(tuple(edits), text=self.say_in("review.exchanged", count=len(edits)))

    async def action_cell_revert(self) -> None:
        document = self.state.document
        refs = [ref for row in self._selected_refs() for ref in row if ref is not None]
        changed = [ref for ref in refs if document.cell(ref).corrected is not None]
        if len(changed) == 1:
            session, ref = self.session, changed[0]
            change = await self.step(lambda: session.revert(ref))
            if change is not None:
                self.changed(change)
            return
        cells = [(ref, document.cell(ref)) for ref in changed]
        await self.apply(tuple(SetCell(ref, cell.text, cell.printed) for ref, cell in cells), method="revert")

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def any_corrected() -> str:
            if why := self.editable():
                return why
            document = self.state.document
            refs = [ref for row in self._selected_refs() for ref in row if ref is not None]
            return "" if any(document.cell(ref).corrected is not None for ref in refs) else say("off.not_corrected")

        return super().reasons() | {
            "cell.paste": lambda: self.editable() or ("" if self._clipboard else say("off.no_clipboard")),
            "cell.revert": any_corrected,
            "cells.exchange_right": self.editable,
            "cells.exchange_below": self.editable,
            "select.clear_cells": self.editable,
            "cell.copy": self.any_cell,
            "finding.copy": lambda: "" if self.finding() else say("off.no_finding"),
            "select.toggle": self.any_cell,
        }

    def any_cell(self) -> str:
        """Why there is no cell to look at, "" where there is."""
        return "" if self.look.grid and self.model(self.look.grid).rows else self.say_in("off.no_cell")
