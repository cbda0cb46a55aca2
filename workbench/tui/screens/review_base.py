# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""The review screen's state and drawing: one document, a place in it, and what is lit there.

What is under review is the session's state; what is here besides is where the reviewer looks. Every change of either
is drawn by `draw_state` or `draw_place`; no widget is ever read for what it shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from workbench.checks import explain
from workbench.errors import WorkbenchError
from workbench.model.check import Check
from workbench.model.edit import Edit, EditError, SetCell
from workbench.model.message import Message
from workbench.model.source import Anchor
from workbench.model.table import CellRef, Table
from workbench.tui import glyphs
from workbench.tui.display import sign
from workbench.tui.grid_model import STATED, GridModel, Mark, grid_of, marked, stated_model, table_model
from workbench.tui.queue_model import QueueEntry, reviewed_entry
from workbench.tui.screens.base import CommandScreen
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.cell_editor import CellEditor
from workbench.tui.widgets.line_list import LineList
from workbench.tui.widgets.pane import Pane
from workbench.tui.widgets.source_pane import Light, SourcePane
from workbench.tui.widgets.table_grid import GridState, TableGrid
from workbench.tui.widgets.text_pane import TextPane, paragraph
from workbench.tui.widgets.which_key import WhichKey
from workbench.tui.wording import (
    FINDING_COLUMNS,
    equation_paragraphs,
    failing_cells,
    finding_line,
    finding_paragraphs,
    first_cell,
    place_words,
    suspect_cells,
)

if TYPE_CHECKING:
    from workbench.review import Change, ReviewedFinding, ReviewSession, ReviewState
    from workbench.tui.screens.queue import QueueScreen

_T = TypeVar("_T")
_MOST_LIGHTS = 400
_LOCK_SIGN_EVERY = 60.0


@dataclass(slots=True)
class Look:
    """Where the reviewer looks: the grid and cell, the finding or equation that is explained, the search."""

    grid: str = ""
    cursors: dict[str, tuple[int, int]] = field(default_factory=dict)
    finding: str = ""
    by_finding: bool = False
    """Whether the finding is the subject, rather than the cell."""
    equation: int | None = None
    printed: bool = False
    widths: dict[str, dict[int, int]] = field(default_factory=dict)
    jumps: list[tuple[str, int, int]] = field(default_factory=list)
    search: str = ""
    matches: list[CellRef | Anchor] = field(default_factory=list)
    match: int = -1


class ReviewBase(CommandScreen[None]):
    """Composition, state and drawing of the review screen."""

    base_context = "review.table"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    def __init__(
        self, queue: QueueScreen, session: ReviewSession, entry: QueueEntry, keys: Sequence[str], finding: str = ""
    ) -> None:
        super().__init__()
        self.queue = queue
        self.session = session
        self.entry = entry
        self.queue_keys = list(keys)
        self.look = Look(finding=finding)
        self._models: dict[str, GridModel] = {}
        self._model_sources: dict[str, object] = {}
        self._marks: dict[CellRef, Mark] = {}
        self._open_by_cell: dict[CellRef, str] = {}
        self._check_cells: dict[str, frozenset[CellRef]] = {}
        self._checks_kept: object = None
        self.document_shown = False
        self._editing: CellRef | None = None

    def compose(self) -> ComposeResult:
        yield Bar(id="title")
        with Horizontal(id="upper"):
            with Vertical(id="source-side"):
                yield Bar(id="source-title")
                yield SourcePane(id="source")
            with Vertical(id="table-side"):
                yield Bar(id="table-title")
                yield TableGrid(id="table")
        with Horizontal(id="lower"):
            with Vertical(id="findings-side"):
                yield Bar(id="findings-title")
                yield LineList(FINDING_COLUMNS, id="findings", context="review.findings")
            with Vertical(id="detail-side"):
                yield Bar(id="detail-title")
                yield TextPane(id="detail", can_focus=False)
        yield Bar(id="status")
        yield Bar(id="keys")
        yield CellEditor()
        yield WhichKey()

    def on_mount(self) -> None:
        """Show the document at its first open finding."""
        self._fit_layout()
        self.set_interval(_LOCK_SIGN_EVERY, self._sign_of_life)
        self.call_after_refresh(self.show_document)

    def on_resize(self) -> None:
        self._fit_layout()

    def _fit_layout(self) -> None:
        height = self.app.size.height
        self.query_one("#lower").styles.height = max(6, min(height * 3 // 10, 18))

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

    # drawing

    def show_document(self) -> None:
        """Show the session's document from the start: its first open finding, else its first table."""
        self._models.clear()
        self._model_sources.clear()
        self.source.show(self.state.document.source, self.say_in("review.page", number="{number}", name="{name}"))
        wanted = self.state.finding(self.look.finding) if self.look.finding else None
        target = wanted or next(iter(self.state.round), None)
        grids = self.grid_ids()
        self.look.grid = grids[0] if grids else ""
        self._mark()
        if target is not None:
            self.select_finding(target, draw=False)
        else:
            self.look.finding = ""
        self.draw_state()
        (self.grid if grids else self.source).focus()
        self.document_shown = True

    def draw_state(self) -> None:
        """Draw after the session's state changed."""
        grids = self.grid_ids()
        if self.look.grid not in grids:
            self.look.grid = grids[0] if grids else ""
        if self.look.finding and self.state.finding(self.look.finding) is None:
            self.look.finding = ""
            self.look.by_finding = False
        self._mark()
        if self._checks_kept is not self.state.reconciliation.checks:
            self._checks_kept = self.state.reconciliation.checks
            self._check_cells.clear()
        document = self.state.document
        lines = [finding_line(item, document, self.say_in) for item in self.state.findings]
        outcomes = self.state.reconciliation.outcomes
        holds = sum(count for outcome, count in outcomes.items() if glyphs.OUTCOME[outcome].role == "settled")
        self.findings.show(lines, empty=self.say_in("review.no_findings", checks=holds))
        self.draw_place()
        self._show_titles()
        self.show_keys()

    def _mark(self) -> None:
        pairs: list[tuple[CellRef, Mark]] = []
        self._open_by_cell = {}
        for item in self.state.findings:
            finding = item.finding
            mark = Mark.FAILING if item.open else Mark.SETTLED
            pairs += [(ref, mark) for ref in failing_cells(finding)]
            if item.open:
                for ref in finding.cells:
                    self._open_by_cell.setdefault(ref, finding.id)
                pairs += [(ref, Mark.SUSPECT) for ref in suspect_cells(finding)]
        for flag in self.state.flags:
            if flag.flagged or flag.note:
                pairs.append((flag.ref, Mark.FLAGGED if flag.flagged else Mark.NOTED))
        self._marks = marked(pairs)

    def draw_place(self) -> None:
        """Draw after the reviewer looks somewhere else."""
        ref = self.ref()
        lit = self._lit(ref)
        strong = frozenset({ref} if ref is not None else ())
        if self.look.grid:
            state = GridState(self._marks, lit, strong, self.look.printed, self.look.widths.get(self.look.grid))
            self.grid.show(self.model(self.look.grid), state, self.look.cursors.get(self.look.grid, (0, 0)))
        else:
            self.grid.show(GridModel("", "", (), ()), GridState({}))
        self._light_source(ref, lit)
        self._explain(ref)
        if self.look.finding:
            self.findings.go_to_key(self.look.finding)
        self._show_pane_titles()
        self.show_status()

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
        if len(results) == 1:
            return self._cells_of(results[0].check)
        return frozenset().union(*(self._cells_of(result.check) for result in results))

    def _cells_of(self, check: Check) -> frozenset[CellRef]:
        """The cells of a check; kept, because a column sum may have thousands."""
        cells = self._check_cells.get(check.id)
        if cells is None:
            cells = self._check_cells[check.id] = frozenset(term.ref for term in check.terms)
        return cells

    def _light_source(self, ref: CellRef | None, lit: frozenset[CellRef]) -> None:
        document = self.state.document
        lights: list[Light] = []
        reveal: Anchor | None = None
        near: Iterable[CellRef] = lit if len(lit) <= _MOST_LIGHTS else _near(lit, ref)
        for other in (*near, *([ref] if ref is not None else ())):
            try:
                anchors = document.cell(other).anchors
            except (KeyError, IndexError):
                continue
            here = other == ref
            lights += [Light(anchor, "lit-strong" if here else "lit") for anchor in anchors]
            if here and anchors:
                reveal = anchors[0]
        if reveal is None and ref is None and self.look.grid not in ("", STATED):
            reveal = next(iter(document.table(self.look.grid).title_anchors), None)
        self.source.light(lights, reveal)

    def _explain(self, ref: CellRef | None) -> None:
        document, say = self.state.document, self.say_in
        if self.look.equation is not None and ref is not None:
            results = explain(self.state.reconciliation, ref)
            if results:
                number = self.look.equation % len(results)
                self.detail.show(equation_paragraphs(results[number], document, say, number + 1, len(results)))
            else:
                self.detail.show([paragraph(say("detail.no_equation"), "quiet")])
            return
        item = self.finding()
        if item is None:
            self.detail.show([])
            return
        from workbench.tui.key_sequence import key_label

        keys = self.workbench.keymap.keys("suggestion.take")
        self.detail.show(finding_paragraphs(item, document, say, take_key=key_label(keys[0]) if keys else ""))

    def _show_titles(self) -> None:
        say, state = self.say_in, self.state
        document = state.document
        name = document.title or self.entry.path.name
        look = glyphs.STATUS[state.record.status]
        left = [
            Span(f" {sign(look.sign)} {say(look.word)} ", look.role, bold=True),
            Span(f" {name}", bold=True),
            Span(f"  {document.entity} {document.fiscal_year or ''}", "head"),
        ]
        opened, total = len(state.open_findings), len(state.findings)
        key = self.entry.key
        right = []
        if state.read_only:
            right.append(Span(say("off.read_only") + "  ", "suspect"))
        if state.conflicts:
            right.append(
                Span(f"{sign('!')} {say('review.conflicts', count=len(state.conflicts))}  ", "failing", bold=True)
            )
        if state.stale:
            right.append(Span(f"{sign(glyphs.STALE.sign)} {say('review.stale', count=len(state.stale))}  ", "suspect"))
        if total:
            words = say("review.findings_open", open=opened, total=total) if opened else say("review.all_settled")
            right.append(Span(words + "  ", "suspect" if opened else "settled", bold=True))
        if key in self.queue_keys:
            number = self.queue_keys.index(key) + 1
            right.append(Span(f"{number}/{len(self.queue_keys)} ", "quiet"))
        self.query_one("#title", Bar).show(left, right)

    def on_descendant_focus(self) -> None:
        """The title of the focused pane is lit."""
        super().on_descendant_focus()
        if self.look.grid or self.state.document.source.pages:
            self._show_pane_titles()

    def _title_role(self, pane: Pane) -> str:
        return "accent" if self.focused is pane else "quiet"

    def _show_pane_titles(self) -> None:
        say = self.say_in
        finding, source = self._title_role(self.findings), self._title_role(self.source)
        self.query_one("#findings-title", Bar).show((Span(f" {say('scope.findings')}", finding),))
        self.query_one("#source-title", Bar).show(
            (Span(f" {say('scope.source')}", source), Span(f"  {self.entry.path.name}", "quiet"))
        )
        self._show_table_title()

    def _show_table_title(self) -> None:
        say, grids = self.say_in, self.grid_ids()
        if not self.look.grid:
            self.query_one("#table-title", Bar).show((Span(say("review.no_tables"), "quiet"),))
            return
        model = self.model(self.look.grid)
        left = [
            Span(f"{grids.index(self.look.grid) + 1}/{len(grids)} ", self._title_role(self.grid)),
            Span(model.title or say(f"form.{self.state.document.table(model.id).form.value}"), bold=True),
        ]
        if model.unit:
            left.append(Span(f"  {model.unit}", "quiet"))
        right = [Span(say("review.printed_view") + " ", "suspect", bold=True)] if self.look.printed else []
        self.query_one("#table-title", Bar).show(left, right)
        subject = say("detail.finding")
        if self.look.equation is not None:
            subject = say.of(_equation_title())
        self.query_one("#detail-title", Bar).show((Span(subject, "quiet"),))

    def status_spans(self) -> tuple[Sequence[Span], Sequence[Span]]:
        say, document = self.say_in, self.state.document
        ref = self.ref()
        left: list[Span] = []
        if ref is not None:
            cell = document.cell(ref)
            left.append(Span(f" {place_words(document, ref)}  ", "quiet"))
            left.append(Span(cell.text or say("detail.blank"), bold=True))
            if cell.corrected is not None:
                words = f"  {sign(glyphs.CORRECTED.sign)} {say('detail.printed')} {cell.printed or say('detail.blank')}"
                left.append(Span(words, "corrected"))
            note = next((flag.note for flag in reversed(self.state.flags) if flag.ref == ref and flag.note), "")
            if note:
                left.append(Span(f"  {sign(glyphs.FLAGGED.sign)} {note}", "flagged"))
        right: list[Span] = []
        if self.look.search and self.look.matches:
            place = say(
                "review.search", text=self.look.search, number=self.look.match + 1, total=len(self.look.matches)
            )
            right.append(Span(place + "  ", "accent"))
        outcomes = self.state.reconciliation.outcomes
        for outcome, look in glyphs.OUTCOME.items():
            if outcomes.get(outcome) and outcome.value in ("pass", "fail", "crashed", "unverifiable"):
                right.append(Span(f"{sign(look.sign)}{outcomes[outcome]} ", look.role))
        return left, right

    def redraw(self) -> None:
        self._model_sources.pop(STATED, None)
        self.draw_state()

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

    def _remember_place(self) -> None:
        if self.look.grid:
            place = (self.look.grid, *self.look.cursors.get(self.look.grid, (0, 0)))
            if not self.look.jumps or self.look.jumps[-1] != place:
                self.look.jumps.append(place)

    def select_finding(self, item: ReviewedFinding, *, draw: bool = True) -> None:
        """Look at a finding: the cursor goes to the cell that most likely slipped."""
        ref = first_cell(item.finding)
        if ref is not None:
            self.go_to_cell(ref, by_finding=True)
        self.look.finding = item.finding.id
        self.look.by_finding = True
        self.look.equation = None
        if draw:
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
        self.grid.focus()

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

    # changing

    async def step(self, call: Callable[[], _T]) -> _T | None:
        """Call the session away from the screen; a refusal is said on the status line and gives None."""
        self.tell(self.say_in("review.checking"), "quiet")
        try:
            result = await asyncio.to_thread(call)
        except (WorkbenchError, EditError) as error:
            self.tell(str(error), "failing")
            return None
        self._transient = None
        return result

    def changed(self, change: Change, *, move: bool = False, text: str = "") -> None:
        """Draw a change and say what it did; `move` puts the cursor on it, and on the finding that it opened again."""
        if move:
            reopened = self._opened_by(change)
            if reopened is not None:
                self.select_finding(reopened, draw=False)
            for ref in change.refs:
                if self.go_to_cell(ref, by_finding=reopened is not None):
                    break
        self.draw_state()
        say = self.say_in
        effect = []
        if change.cleared:
            effect.append(f"{sign('✓')} {say('review.cleared', cleared=len(change.cleared))}")
        if change.broken:
            effect.append(f"{sign('✗')} {say('review.broken', broken=len(change.broken))}")
        words = text or say.of(change.description)
        role = "failing" if change.broken else "settled"
        self.tell("  ".join([words, *effect]), role)
        self._tell_queue()

    def _opened_by(self, change: Change) -> ReviewedFinding | None:
        """The open finding whose checks fail by the change, else the one about its cells."""
        broken, refs = set(change.broken), set(change.refs)
        waiting = [item for item in self.state.findings if item.open]
        by_check = (item for item in waiting if any(result.check.id in broken for result in item.finding.results))
        by_cell = (item for item in waiting if refs.intersection(item.finding.cells))
        return next(by_check, None) or next(by_cell, None)

    def _tell_queue(self) -> None:
        self.entry = reviewed_entry(self.entry, self.state)
        self.workbench.update_entry(self.entry)

    async def apply(self, edits: tuple[Edit, ...], *, method: str = "manual", note: str = "") -> bool:
        """Make edits as one step."""
        session = self.session
        change = await self.step(lambda: session.apply(edits, method=method, note=note))
        if change is None:
            return False
        self.changed(change)
        return True

    async def set_cell(self, ref: CellRef, text: str) -> bool:
        """Give a cell another text."""
        before = self.state.document.cell(ref).text
        if text == before:
            self.tell(self.say_in("review.no_change"))
            return False
        return await self.apply((SetCell(ref, before, text),))

    async def close_session(self) -> None:
        """Save and give the record back."""
        session = self.session
        if session.state.dirty and not session.state.read_only:
            await self.step(session.save)
        await asyncio.to_thread(session.close)

    def _sign_of_life(self) -> None:
        if not self.state.read_only:
            self.run_worker(self.step_quietly(), group="lock", exclusive=True)

    async def step_quietly(self) -> None:
        """Tell other sessions that this one is alive; say so if the lock was taken over."""
        try:
            await asyncio.to_thread(self.session.refresh_lock)
        except WorkbenchError as error:
            self.tell(str(error), "failing")


def _near(lit: Iterable[CellRef], ref: CellRef | None) -> list[CellRef]:
    """The lit cells that can be in sight together with the cursor's cell."""
    if ref is None:
        return []
    half = _MOST_LIGHTS // 2
    return [other for other in lit if other.table == ref.table and abs(other.row - ref.row) <= half][:_MOST_LIGHTS]


def _equation_title() -> Message:
    from workbench.config.commands import command

    return command("equation.show").title
