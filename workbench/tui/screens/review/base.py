"""The review screen's panes and state: one document, a place in it, and what is lit there.

What is under review is the session's state; what is here besides is where the reviewer looks. Every change of either
is drawn by `draw_state` or `draw_place`; no widget is ever read for what it shows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from workbench.checks import explain
from workbench.model.check import Check
from workbench.model.edit import Edit
from workbench.model.table import CellRef, Document, Table
from workbench.tui.equations import parts_of
from workbench.tui.memory.jumps import JumpList, Place
from workbench.tui.models.grid import STATED, GridModel, Mark, grid_of, stated_model, table_model
from workbench.tui.models.kinds import Kind
from workbench.tui.models.preview import NOTHING, Preview, preview_of
from workbench.tui.models.queue import QueueEntry
from workbench.tui.models.searching import Place as Found
from workbench.tui.screens.base import CommandScreen
from workbench.tui.widgets.bar import Bar
from workbench.tui.widgets.cell_editor import CellEditor
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.source_pane import SourcePane
from workbench.tui.widgets.table_grid import TableGrid
from workbench.tui.widgets.text_pane import TextPane
from workbench.tui.widgets.which_key import WhichKey
from workbench.tui.wording import FINDING_COLUMNS

if TYPE_CHECKING:
    from workbench.review import ReviewedFinding, ReviewSession, ReviewState

_NO_PARTS: Mapping[CellRef, str] = {}


def lower_height(height: int) -> int:
    """How many lines findings and explanation have on a screen of so many."""
    return max(6, min(height * 3 // 10, 18))


@dataclass(slots=True)
class Look:
    """Where the reviewer looks: the grid and cell, the finding or equation that is explained, the search."""

    grid: str = ""
    cursors: dict[str, tuple[int, int]] = field(default_factory=dict)
    finding: str = ""
    kind: Kind | None = None
    """The findings that are listed; None for all."""
    by_finding: bool = False
    """Whether the finding is the subject, rather than the cell."""
    equation: int | None = None
    equation_at: CellRef | None = None
    """The cell whose equation was asked for: while the cursor is on it, all of the equation should be in sight."""
    suggestion: int = 0
    """Which suggestion of the finding is shown in its cells."""
    printed: bool = False
    widths: dict[str, dict[int, int]] = field(default_factory=dict)
    search: str = ""
    matches: list[Found] = field(default_factory=list)
    match: int = -1


class ReviewBase(CommandScreen[None]):
    """Composition, state and drawing of the review screen."""

    base_context = "review.table"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - Textual declares it so

    def __init__(
        self,
        session: ReviewSession,
        entry: QueueEntry,
        keys: Sequence[str],
        finding: str = "",
        *,
        at: Found | None = None,
        sought: str = "",
    ) -> None:
        super().__init__()
        self._begin_at = (at, sought) if at is not None else None
        """Where the review begins: a place that has what was searched for."""
        self.session = session
        self.entry = entry
        self.queue_keys = list(keys)
        self.look = Look(finding=finding)
        self.jumps = JumpList()
        self._models: dict[str, GridModel] = {}
        self._model_sources: dict[str, object] = {}
        self._marks: dict[CellRef, Mark] = {}
        self._open_by_cell: dict[CellRef, str] = {}
        self._proposed: dict[CellRef, str] = {}
        self._check_cells: dict[str, frozenset[CellRef]] = {}
        self._check_parts: dict[str, Mapping[CellRef, str]] = {}
        self._checks_kept: object = None
        self._preview = NOTHING
        self._preview_of: tuple[Document, tuple[Edit, ...], str] | None = None
        self.document_shown = False
        self._editing: CellRef | None = None

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        with Horizontal(id="upper"):
            with Vertical(id="source-side"):
                yield Bar(id="source-title")
                yield SourcePane(id="source")
            with Vertical(id="table-side"):
                # First, so that the others keep their place in the order of painting when it comes and goes.
                yield CellEditor()
                yield Bar(id="table-title")
                yield TableGrid(id="table")
        with Horizontal(id="lower"):
            with Vertical(id="findings-side"):
                yield Bar(id="findings-title")
                yield LineList(FINDING_COLUMNS, id="findings", context="review.findings")
            with Vertical(id="detail-side"):
                yield Bar(id="detail-title")
                yield TextPane(id="detail", context="review.source")
        yield Bar(id="status")
        yield Bar(id="keys")
        yield WhichKey()

    def on_resize(self) -> None:
        self._fit_layout()
        self.call_after_refresh(self.show_keys)

    def _fit_layout(self) -> None:
        self.query_one("#lower").styles.height = lower_height(self.app.size.height)

    # the panes

    @property
    def source(self) -> SourcePane:
        """The source text."""
        return self.query_one("#source", SourcePane)

    @property
    def grid(self) -> TableGrid:
        """The table."""
        return self.query_one("#table", TableGrid)

    @property
    def findings(self) -> LineList:
        """The list of findings."""
        return self.query_one("#findings", LineList)

    @property
    def detail(self) -> TextPane:
        """The explanation."""
        return self.query_one("#detail", TextPane)

    @property
    def editor(self) -> CellEditor:
        """The cell editor."""
        return self.query_one("#editor", CellEditor)

    @property
    def context(self) -> str:
        if self.focused is not None and self.focused is self.editor:
            return "edit"
        return super().context

    @property
    def hears_keys(self) -> bool:
        return self.document_shown and super().hears_keys

    @property
    def subject(self) -> object:
        return self.entry.key, self.look.finding, self.ref()

    @property
    def state(self) -> ReviewState:
        """The session's state."""
        return self.session.state

    # models

    def grid_ids(self) -> list[str]:
        """The grids of the document in order: its tables, then the figures in the text."""
        document = self.state.document
        return [table.id for table in document.tables] + ([STATED] if document.stated else [])

    def model(self, identifier: str) -> GridModel:
        """The grid with this id; made again only where its table changed."""
        document = self.state.document
        source: object = document.stated if identifier == STATED else document.table(identifier)
        if self._model_sources.get(identifier) is not source:
            self._model_sources[identifier] = source
            if isinstance(source, Table):
                self._models[identifier] = table_model(source, self._models.get(identifier))
            else:
                columns = ("label", "figure", "unit", "text")
                heads = tuple(self.say_in(f"review.stated.{column}") for column in columns)
                self._models[identifier] = stated_model(document, self.say_in("review.stated"), heads)
        return self._models[identifier]

    def table(self) -> Table | None:
        """The table that is shown; None while figures in the text are."""
        return None if self.look.grid in (STATED, "") else self.state.document.table(self.look.grid)

    def ref(self) -> CellRef | None:
        """The place of the cell under the cursor."""
        if not self.look.grid:
            return None
        return self.model(self.look.grid).ref(*self.look.cursors.get(self.look.grid, (0, 0)))

    def finding(self) -> ReviewedFinding | None:
        """The finding that is selected."""
        return self.state.finding(self.look.finding) if self.look.finding else None

    def _lit(self, ref: CellRef | None) -> frozenset[CellRef]:
        """The cells that belong to what is looked at: those of the finding, of the equation, or of all equations."""
        item = self.finding()
        if self.look.by_finding and item is not None:
            return self._cells_of(item.finding.check)
        if ref is None:
            return frozenset()
        results = explain(self.state.reconciliation, ref)
        if self.look.equation is not None and results:
            results = (results[self.look.equation % len(results)],)
        return self._cells_together(tuple(result.check for result in results))

    def _parts(self, ref: CellRef | None) -> Mapping[CellRef, str]:
        """What the cells are in the one equation that is looked at; nothing where several are."""
        item = self.finding()
        if self.look.by_finding and item is not None:
            return self._parts_of(item.finding.check)
        results = explain(self.state.reconciliation, ref) if ref is not None else ()
        if results and (self.look.equation is not None or len(results) == 1):
            return self._parts_of(results[(self.look.equation or 0) % len(results)].check)
        return _NO_PARTS

    def _parts_of(self, check: Check) -> Mapping[CellRef, str]:
        """What the cells of a check are in it; kept, because a column sum may have thousands."""
        parts = self._check_parts.get(check.id)
        if parts is None:
            parts = self._check_parts[check.id] = parts_of(check)
        return parts

    def _cells_together(self, checks: tuple[Check, ...]) -> frozenset[CellRef]:
        """The cells of some checks; the same set for the same checks, so that what stays lit is not drawn anew."""
        if len(checks) == 1:
            return self._cells_of(checks[0])
        name = " ".join(check.id for check in checks)
        cells = self._check_cells.get(name)
        if cells is None:
            cells = self._check_cells[name] = frozenset().union(*map(self._cells_of, checks))
        return cells

    def _cells_of(self, check: Check) -> frozenset[CellRef]:
        """The cells of a check; kept, because a column sum may have thousands."""
        cells = self._check_cells.get(check.id)
        if cells is None:
            cells = self._check_cells[check.id] = frozenset(term.ref for term in check.terms)
        return cells

    def preview(self) -> Preview:
        """What the suggestion that is looked at would change, while its finding is looked at and open."""
        item = self.finding() if self.look.by_finding and not self.look.printed and self.look.equation is None else None
        if item is None or not item.open or not item.finding.suggestions:
            return NOTHING
        suggestions = item.finding.suggestions
        edits = suggestions[min(self.look.suggestion, len(suggestions) - 1)].edits
        asked = (self.state.document, edits, self.say_in("detail.blank"))
        known = self._preview_of
        if known is None or known[0] is not asked[0] or known[1:] != asked[1:]:
            self._preview_of, self._preview = asked, preview_of(*asked)
        return self._preview

    # looking elsewhere

    def go_to_cell(self, ref: CellRef, *, by_finding: bool = False, remember: bool = True) -> bool:
        """Look at a cell, in whatever table it is; False where there is no such cell now."""
        identifier = grid_of(ref, self.state.document)
        if identifier not in self.grid_ids():
            return False
        place = self.model(identifier).place(ref)
        if place is None:
            return False
        if remember:
            self._remember_place()
        self.look.grid = identifier
        self.look.cursors[identifier] = place
        self.look.by_finding = by_finding
        self.look.equation = None
        return True

    def place_now(self) -> Place | None:
        """Where the cursor is; None where there is no table."""
        if not self.look.grid:
            return None
        return Place(self.entry.key, self.look.grid, *self.look.cursors.get(self.look.grid, (0, 0)))

    def _remember_place(self) -> None:
        if (here := self.place_now()) is not None:
            self.jumps.leave(here)
