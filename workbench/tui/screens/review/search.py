"""Searching on the review screen: text in the tables and in the source, one place after another."""

from __future__ import annotations

from workbench.model.amount import match_key
from workbench.model.source import Anchor
from workbench.model.table import CellRef
from workbench.tui.models.grid import STATED
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.review.panes import Panes
from workbench.tui.widgets.source_strips import Light


class Searching(Panes):
    """The commands that search."""

    async def action_search_open(self) -> None:
        text = await ask(self, self.say_in("prompt.search"), self.look.search)
        if text is None:
            return
        self.look.search = text
        self.look.matches = self._find(text) if text.strip() else []
        self.look.match = -1
        if text.strip() and not self.look.matches:
            self.tell(self.say_in("review.search_none", text=text), "suspect")
        elif self.look.matches:
            self._go_to_match(self._first_match())

    def _find(self, text: str) -> list[CellRef | Anchor]:
        wanted = match_key(text).lower()
        found: list[CellRef | Anchor] = []
        for identifier in self.grid_ids():
            model = self.model(identifier)
            for row, cells in enumerate(model.rows):
                for column, cell in enumerate(cells):
                    ref = model.ref(row, column)
                    if ref is not None and wanted in match_key(cell.text).lower():
                        found.append(ref)
        lit = {
            (a.page, a.start)
            for ref in found
            if isinstance(ref, CellRef)
            for a in self.state.document.cell(ref).anchors
        }
        for page in self.state.document.source.pages:
            start = page.text.find(text)
            while start >= 0:
                if (page.number, start) not in lit:
                    found.append(Anchor(page.number, start, start + len(text)))
                start = page.text.find(text, start + len(text))
        return found

    def _first_match(self) -> int:
        grids = self.grid_ids()
        here = (
            grids.index(self.look.grid) if self.look.grid in grids else 0,
            *self.look.cursors.get(self.look.grid, (0, 0)),
        )
        for index, match in enumerate(self.look.matches):
            if isinstance(match, CellRef):
                grid = match.table if match.table in grids else STATED
                if (grids.index(grid), match.row, match.column) >= here:
                    return index
        return 0

    def _go_to_match(self, index: int) -> None:
        self.look.match = index % len(self.look.matches)
        match = self.look.matches[self.look.match]
        if isinstance(match, CellRef):
            self.go_to_cell(match)
            self.draw_place()
        else:
            self.source.light([Light(match, "lit-strong")], match)
            self.show_status()

    def action_search_next(self) -> None:
        self._go_to_match(self.look.match + 1)

    def action_search_previous(self) -> None:
        self._go_to_match(self.look.match - 1)
