"""Drawing the review screen: the document after a step, and the place that the reviewer looks at,
in all panes at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from workbench.checks import explain
from workbench.config.commands import command
from workbench.model.edit import SetCell
from workbench.model.source import Anchor
from workbench.model.table import CellRef
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.equations import equation_paragraphs
from workbench.tui.keys.sequence import key_label
from workbench.tui.models.grid import STATED, GridModel, Mark, marked
from workbench.tui.models.places import side_labels
from workbench.tui.screens.review.titles import Titles
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.grid_strips import GridState
from workbench.tui.widgets.source_strips import Light
from workbench.tui.widgets.text_pane import Paragraph, paragraph
from workbench.tui.wording import failing_cells, finding_lines, finding_paragraphs, suspect_cells

if TYPE_CHECKING:
    from workbench.review import ReviewState

_MOST_LIGHTS = 400
_WAYS = ("finding.source_error", "finding.waive", "cell.edit", "finding.note", "finding.cell_next")
"""Commands that settle a finding for which no fix is proposed, and the one that shows all that it speaks of."""
_WHERE_TO = ("review.done", "document.next", "table.next", "diff.list", "search.open", "app.back")
"""Commands to go on with once nothing is open."""


class Drawing(Titles):
    """Draws the session's state and the place in it."""

    drawn: ReviewState | None = None
    """The state that the panes show."""

    def draw_state(self) -> None:
        """Draw after the session's state changed."""
        self.drawn = self.state
        grids = self.grid_ids()
        if self.look.grid not in grids:
            self.look.grid = grids[0] if grids else ""
        if self.look.finding and self.state.finding(self.look.finding) is None:
            self.look.finding = ""
            self.look.by_finding = False
        if not any(item.open for item in self.listed):
            self.look.kind = None
        self._mark()
        if self._checks_kept is not self.state.reconciliation.checks:
            self._checks_kept = self.state.reconciliation.checks
            self._check_cells.clear()
            self._check_parts.clear()
        document = self.state.document
        lines = finding_lines(self.listed, document, self.say_in)
        self.findings.show(lines, empty=self.say_in("off.no_open_finding"))
        self.draw_place()
        self._show_titles()
        self.show_keys()

    def _mark(self) -> None:
        pairs: list[tuple[CellRef, Mark]] = []
        self._open_by_cell, self._proposed = {}, {}
        for item in self.state.findings:
            finding = item.finding
            mark = Mark.FAILING if item.open else Mark.SETTLED
            pairs += [(ref, mark) for ref in failing_cells(finding)]
            if item.open:
                for ref in finding.cells:
                    self._open_by_cell.setdefault(ref, finding.id)
                pairs += [(ref, Mark.SUSPECT) for ref in suspect_cells(finding)]
                for edit in finding.suggestions[0].edits if finding.suggestions else ():
                    if isinstance(edit, SetCell):
                        self._proposed[edit.ref] = edit.after
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
            widths = self.look.widths.get(self.look.grid)
            state = GridState(
                self._marks,
                lit,
                strong,
                self.look.printed,
                widths,
                self.preview(),
                self._proposed,
                self._parts(ref),
                self.look.by_finding or (self.look.equation is not None and self.look.equation_at == ref),
            )
            self.grid.show(self.model(self.look.grid), state, self.look.cursors.get(self.look.grid, (0, 0)))
        else:
            self.grid.show(GridModel("", "", (), ()), GridState({}))
        self._light_source(ref, lit)
        self._explain(ref)
        if self.look.finding:
            self.findings.go_to_key(self.look.finding)
        self._show_pane_titles()
        self.show_status()

    def _light_source(self, ref: CellRef | None, lit: frozenset[CellRef]) -> None:
        document = self.state.document
        lights: list[Light] = []
        reveal: Anchor | None = None
        near: Iterable[CellRef] = lit if len(lit) <= _MOST_LIGHTS else self._near(lit, ref)
        for other in (*near, *([ref] if ref is not None else ())):
            try:
                anchors = document.cell(other).anchors
            except (KeyError, IndexError):
                continue
            here = other == ref
            lights += [Light(anchor, "lit-strong" if here else "lit") for anchor in anchors]
            if here and anchors:
                reveal = anchors[0]
        item = self.finding() if self.look.by_finding else None
        if item is not None and (spoken_of := item.finding.check.anchors):
            lights += [Light(anchor, "lit-strong") for anchor in spoken_of[:_MOST_LIGHTS]]
            reveal = spoken_of[0]
        if reveal is None:
            reveal = self._printed_nearby(ref)
        self.source.light(lights, reveal, self._name_of_row(ref))

    def _printed_nearby(self, ref: CellRef | None) -> Anchor | None:
        """Where the source prints what stands nearest to a cell that it leaves blank, of its row first; of a table
        without cells its title."""
        table = self.table()
        if table is None:
            return None
        if ref is not None:
            outwards = (
                row for step in range(len(table.rows)) for row in dict.fromkeys((ref.row - step, ref.row + step))
            )
            for row in outwards:
                cells = table.rows[row] if 0 <= row < len(table.rows) else ()
                printed = [at for at, cell in enumerate(cells) if cell.anchors]
                if printed:
                    return cells[min(printed, key=lambda at: abs(at - ref.column))].anchors[0]
        return next(iter(table.title_anchors), None)

    def _near(self, lit: frozenset[CellRef], ref: CellRef | None) -> list[CellRef]:
        """The lit cells whose lines can be in sight together with that of the cursor's cell."""
        if ref is None:
            return []
        half, columns = max(self.source.body_height, 20), range(self.model(self.look.grid).width)
        rows = range(ref.row - half, ref.row + half + 1)
        around = (CellRef(ref.table, row, column) for row in rows for column in columns)
        return [other for other in around if other in lit][:_MOST_LIGHTS]

    def _name_of_row(self, ref: CellRef | None) -> Anchor | None:
        """Where the source names the row of a cell."""
        table = self.table()
        if ref is None or table is None or ref.row >= len(table.rows):
            return None
        at = [column for column, _ in side_labels(table, ref.row) if column < ref.column]
        return next(iter(table.rows[ref.row][at[-1]].anchors), None) if at else None

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
            self.detail.show(self._what_now())
            return
        best = next(iter(item.finding.suggestions), None)
        # That a rule does not hold here is taken by waiving the finding.
        keys = self.workbench.keymap.keys("suggestion.take" if best is None or best.edits else "finding.waive")
        key = key_label(keys[0]) if keys else ""
        explained = self.state.explained
        self.detail.show(
            finding_paragraphs(
                item,
                document,
                say,
                take_key=key,
                explained=explained,
                ways=self._ways_to_settle(_WAYS),
                source_way=self._ways_to_settle(("suggestion.take_source",)),
            )
        )

    def _ways_to_settle(self, commands: Iterable[str]) -> list[Span]:
        """The keys of those of these commands that can be called now."""
        spans: list[Span] = []
        for identifier in commands:
            keys = self.workbench.keymap.keys(identifier)
            if keys and self.can(identifier):
                spans.append(Span(f"{key_label(keys[0])} ", "accent", bold=True))
                spans.append(Span(f"{self.say_in.of(command(identifier).title)}  ", "quiet"))
        return spans

    def _what_now(self) -> list[Paragraph]:
        """What to do where no finding is looked at: how much was checked, and the keys that lead on."""
        say, state = self.say_in, self.state
        if state.open_findings:
            return []
        outcomes = state.reconciliation.outcomes
        holds = sum(count for outcome, count in outcomes.items() if glyphs.OUTCOME[outcome].role == "settled")
        if not state.document.tables:
            said = paragraph(f"{sign(glyphs.UNKNOWN.sign)} {say('detail.no_tables')}", "suspect")
        elif not holds:
            said = paragraph(f"{sign(glyphs.UNKNOWN.sign)} {say('detail.unchecked')}", "suspect")
        else:
            said = paragraph(f"{sign('✓')} {say('review.no_findings', checks=holds)}", "settled")
        return [said, paragraph("")] + [self._key_line(identifier) for identifier in _WHERE_TO if self.can(identifier)]

    def _key_line(self, identifier: str) -> Paragraph:
        known, keys = command(identifier), self.workbench.keymap.keys(identifier)
        label = key_label(keys[0]) if keys else ":" + identifier
        return Paragraph((Span(f"{label:>5}  ", "accent", bold=True), Span(self.say_in.of(known.help))), indent=7)

    def redraw(self) -> None:
        self._model_sources.pop(STATED, None)
        self.draw_state()
