"""The panes of the review screen in step: where one is moved in, the others follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from workbench.tui.screens.review.drawing import Drawing
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.source_pane import SourcePane
from workbench.tui.widgets.table_grid import TableGrid
from workbench.tui.wording import first_cell

if TYPE_CHECKING:
    from workbench.review import ReviewedFinding


class Following(Drawing):
    """What follows from a move of the cursor in the table, the findings or the source."""

    def show_document(self) -> None:
        """Show the session's document from the start: its first open finding, else its first table."""
        self._models.clear()
        self._model_sources.clear()
        self.source.show(self.state.document.source, self.say_in("review.page", number="{number}", name="{name}"))
        wanted = self.state.finding(self.look.finding) if self.look.finding else None
        target = wanted or next(iter(self.round), None)
        grids = self.grid_ids()
        self.look.grid = grids[0] if grids else ""
        self._mark()
        if target is not None:
            self.select_finding(target, draw=False, remember=False)
        else:
            self.look.finding = ""
        self.draw_state()
        self.set_focus(self.grid if grids else self.source)
        self.document_shown = True

    def select_finding(self, item: ReviewedFinding, *, draw: bool = True, remember: bool = True) -> None:
        """Look at a finding: the cursor goes to the cell that most likely slipped."""
        ref = first_cell(item.finding)
        if ref is not None:
            self.go_to_cell(ref, by_finding=True, remember=remember)
        self.look.finding = item.finding.id
        self.look.by_finding = True
        self.look.equation = None
        whole = not self.is_listed(item)
        if whole:
            self.look.kind = None
        if draw and whole:
            self.draw_state()
        elif draw:
            self.draw_place()
            self.show_keys()

    @on(TableGrid.Moved)
    def _cell_moved(self, event: TableGrid.Moved) -> None:
        self.look.cursors[self.look.grid] = (event.row, event.column)
        self.look.by_finding = False
        ref = self.ref()
        if self.look.equation is not None:
            self.look.equation = 0
        if ref is not None and ref in self._open_by_cell:
            current = self.finding()
            if current is None or ref not in current.finding.cells:
                self.look.finding = self._open_by_cell[ref]
        self._transient = None
        self.draw_place()

    @on(LineList.Moved, "#findings")
    def _finding_moved(self, event: LineList.Moved) -> None:
        event.stop()
        line = self.findings.lines[event.index]
        item = self.state.finding(line.key)
        if item is not None:
            self.select_finding(item)

    @on(LineList.Chosen, "#findings")
    def _finding_chosen(self) -> None:
        self.set_focus(self.grid)

    @on(SourcePane.Clicked)
    def _source_clicked(self, event: SourcePane.Clicked) -> None:
        for identifier in self.grid_ids():
            model = self.model(identifier)
            for row in range(len(model.rows)):
                for column, cell in enumerate(model.rows[row]):
                    if any(a.page == event.page and a.start <= event.offset < a.end for a in cell.anchors):
                        ref = model.ref(row, column)
                        if ref is not None and self.go_to_cell(ref):
                            self.draw_place()
                        return
