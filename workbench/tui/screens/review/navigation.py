"""Going places on the review screen: findings, tables, corrections, flags, rows, documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workbench.config.commands import Command
from workbench.model.record import ReviewStatus
from workbench.model.table import CellRef
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.keys.sequence import key_label
from workbench.tui.models.grid import STATED, Mark
from workbench.tui.models.kinds import Kind, kinds_of
from workbench.tui.models.places import side_labels
from workbench.tui.screens.picker import pick
from workbench.tui.screens.review.jumping import Jumping
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.list_columns import Column

_MOST_ROWS = 20000


class Navigation(Jumping):
    """The commands that change where the reviewer looks and nothing else."""

    # findings

    def _round_ids(self) -> list[str]:
        return [item.finding.id for item in self.round]

    def _go_in_round(self, direction: int) -> None:
        ids = self._round_ids()
        order = [item.finding.id for item in self.state.findings]
        if not ids:
            self.tell_when_settled()
            return
        here = order.index(self.look.finding) if self.look.finding in order else -1 if direction > 0 else len(order)
        ahead = [i for i in ids if (order.index(i) - here) * direction > 0]
        if not ahead:
            self._tell_end(direction, len(ids) - (self.look.finding in ids))
            return
        self._go_to_finding(ahead[0] if direction > 0 else ahead[-1])

    def _go_to_finding(self, identifier: str) -> None:
        item = self.state.finding(identifier)
        if item is not None:
            self.select_finding(item)

    def _tell_end(self, direction: int, others: int) -> None:
        """Say that no open finding is left on this side: how many are on the other, else where to go on."""
        if others:
            key = self._key("finding.previous" if direction > 0 else "finding.next")
            self.tell(self.say_in("review.end_others", count=others, key=key), "accent")
        else:
            self.tell(self.say_in("review.end_of_findings", key=self._key("document.next")), "accent")

    def tell_when_settled(self) -> None:
        """Say that nothing is open, and where to go on."""
        self.tell(self.words_when_settled(), "settled")

    def words_when_settled(self) -> str:
        """That nothing is open, with the key that marks the document done, or the one that leads to the next."""
        onward = self._key("document.next")
        if self.state.record.status is ReviewStatus.DONE:
            return self.say_in("review.is_done", key=onward)
        return self.say_in("review.all_done", key=self._key("review.done"))

    def bar_rank(self, candidate: Command) -> int:
        """As listed, but that with nothing open the way on comes first."""
        if self.state.open_findings:
            return super().bar_rank(candidate)
        return {"review.done": 1, "document.next": 2, "finding.next": 0}.get(candidate.id, super().bar_rank(candidate))

    def _key(self, identifier: str) -> str:
        keys = self.workbench.keymap.keys(identifier)
        return key_label(keys[0]) if keys else identifier

    def action_finding_next(self) -> None:
        self._go_in_round(1)

    def action_finding_previous(self) -> None:
        self._go_in_round(-1)

    def action_finding_first(self) -> None:
        ids = self._round_ids()
        if ids:
            self._go_to_finding(ids[0])

    def action_finding_last(self) -> None:
        ids = self._round_ids()
        if ids:
            self._go_to_finding(ids[-1])

    def action_finding_go(self) -> None:
        item = self.finding()
        if item is not None:
            self.select_finding(item)
        self.set_focus(self.grid)

    async def action_finding_narrow(self) -> None:
        say, counts = self.say_in, kinds_of(self.state.open_findings, self.state.document)
        lines = [
            Line(
                f"{kind.facet}:{kind.value}",
                (Piece(say(f"facet.{kind.facet}"), "quiet"), Piece(self.kind_words(kind)), Piece(str(count), "accent")),
            )
            for kind, count in counts
        ]
        columns = (Column(most=10), Column(flexible=1), Column(right=True))
        chosen = await pick(self, say("picker.kinds"), lines, columns)
        if chosen is None:
            return
        facet, _, value = chosen.partition(":")
        self.look.kind = Kind(facet, value)
        here = self.finding()
        if here is None or not here.open or not self.is_listed(here):
            self.select_finding(self.round[0], draw=False)
        self.draw_state()
        self.tell(say("finding.narrowed_to", kind=self.kind_words(self.look.kind), key=self._key("app.back")), "accent")

    def list_all_findings(self) -> bool:
        """List the findings of every kind again; False where they are."""
        if self.look.kind is None:
            return False
        self.look.kind = None
        self.draw_state()
        return True

    # tables, corrections, flags

    def show_grid(self, identifier: str) -> None:
        """Show a table where its cursor was last."""
        self._remember_place()
        self.look.grid = identifier
        self.look.by_finding = False
        self.look.equation = None
        self.draw_place()

    def _step_table(self, direction: int) -> None:
        grids = self.grid_ids()
        if grids:
            position = grids.index(self.look.grid) if self.look.grid in grids else 0
            self.show_grid(grids[(position + direction) % len(grids)])

    def action_table_next(self) -> None:
        self._step_table(1)

    def action_table_previous(self) -> None:
        self._step_table(-1)

    def _corrected(self) -> list[CellRef]:
        document = self.state.document
        cells = [
            CellRef(table.id, row, column)
            for table in document.tables
            for row, cells in enumerate(table.rows)
            for column, cell in enumerate(cells)
            if cell.corrected is not None
        ]
        return cells + [CellRef(stated.id, 0, 0) for stated in document.stated if stated.cell.corrected is not None]

    def _flagged(self) -> list[CellRef]:
        return sorted(ref for ref, mark in self._marks.items() if mark & (Mark.FLAGGED | Mark.NOTED) and ref.row >= 0)

    def _step_cells(self, refs: Sequence[CellRef], direction: int, none: str) -> None:
        if not refs:
            self.tell(self.say_in(none))
            return
        grids = self.grid_ids()

        def place(ref: CellRef) -> tuple[int, int, int]:
            grid = ref.table if ref.table in grids else STATED
            return (grids.index(grid), *(self.model(grid).place(ref) or (0, 0)))

        row, column = self.look.cursors.get(self.look.grid, (0, 0))
        here = (grids.index(self.look.grid), row, column)
        ordered = sorted(refs, key=place, reverse=direction < 0)
        ahead = [ref for ref in ordered if (place(ref) > here if direction > 0 else place(ref) < here)]
        self.go_to_cell((ahead or ordered)[0])
        self.draw_place()

    def action_correction_next(self) -> None:
        self._step_cells(self._corrected(), 1, "off.no_correction")

    def action_correction_previous(self) -> None:
        self._step_cells(self._corrected(), -1, "off.no_correction")

    def action_flag_next(self) -> None:
        self._step_cells(self._flagged(), 1, "off.no_flag")

    def action_flag_previous(self) -> None:
        self._step_cells(self._flagged(), -1, "off.no_flag")

    # lists to choose from

    def table_look(self, identifier: str) -> glyphs.Look:
        """The state of a table: failing, corrected, settled, or adding up."""
        ids = {stated.id for stated in self.state.document.stated} if identifier == STATED else {identifier}
        marks = Mark.NONE
        for ref, mark in self._marks.items():
            if ref.table in ids:
                marks |= mark
        if marks & Mark.FAILING:
            return glyphs.FAILING
        if any(cell.corrected is not None for row in self.model(identifier).rows for cell in row):
            return glyphs.CORRECTED
        return glyphs.SETTLED if marks & Mark.SETTLED else glyphs.CLEAN

    async def action_table_list(self) -> None:
        say, lines = self.say_in, []
        for number, identifier in enumerate(self.grid_ids(), start=1):
            model, look = self.model(identifier), self.table_look(identifier)
            form = "" if identifier == STATED else say(f"form.{self.state.document.table(identifier).form.value}")
            size = f"{len(model.rows)}×{model.width}".replace("×", sign("×"))
            lines.append(
                Line(
                    identifier,
                    (
                        Piece(sign(look.sign), look.role, bold=True),
                        Piece("" if identifier == STATED else str(number), "quiet"),
                        Piece(model.title or form, bold=look is glyphs.FAILING),
                        Piece(form, "quiet"),
                        Piece(size, "quiet"),
                    ),
                )
            )
        columns = (
            Column(),
            Column(right=True),
            Column(flexible=1, least=24),
            Column(most=30, rank=1),
            Column(right=True),
        )
        chosen = await pick(self, say("picker.tables"), lines, columns, start=self.look.grid)
        if chosen:
            self.show_grid(chosen)

    async def action_row_find(self) -> None:
        lines: list[Line] = []
        for table in self.state.document.tables:
            for row in range(len(table.rows)):
                for column, label in side_labels(table, row):
                    if len(lines) < _MOST_ROWS:
                        key = f"{table.id}/{row}/{column}"
                        lines.append(Line(key, (Piece(label), Piece(table.title, "quiet"))))
        columns = (Column(flexible=3, least=16), Column(flexible=2, rank=1, least=10))
        chosen = await pick(self, self.say_in("picker.rows"), lines, columns)
        if chosen:
            identifier, found, at = chosen.rsplit("/", 2)
            sides = len(list(side_labels(self.state.document.table(identifier), int(found))))
            column = int(at) if sides > 1 else self.look.cursors.get(identifier, (0, 0))[1]
            self.go_to_cell(CellRef(identifier, int(found), column))
            self.draw_place()

    # equations and views

    def action_equation_show(self) -> None:
        self.look.by_finding = False
        self.look.equation = 0 if self.look.equation is None else self.look.equation + 1
        self.look.equation_at = self.ref()
        self.draw_place()

    def action_diff_toggle(self) -> None:
        self.look.printed = not self.look.printed
        self.draw_place()

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def no_open() -> str:
            return "" if self.state.open_findings else say("off.no_open_finding")

        def no_cell() -> str:
            return "" if self.ref() is not None else say("off.no_cell")

        def one_table() -> str:
            return "" if len(self.grid_ids()) > 1 else say("off.no_other_table")

        return super().reasons() | {
            "finding.first": no_open,
            "finding.narrow": lambda: (
                no_open() or ("" if kinds_of(self.state.open_findings, self.state.document) else say("off.one_kind"))
            ),
            "finding.last": no_open,
            "finding.go": lambda: "" if self.finding() else say("off.no_finding"),
            "equation.show": no_cell,
            "source.show": no_cell,
            "table.next": one_table,
            "table.previous": one_table,
        }
