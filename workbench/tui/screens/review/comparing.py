"""Two tables held against each other: what both say under the same names, and where they differ."""

from __future__ import annotations

from collections.abc import Callable

from workbench.model.table import CellRef, Table
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.equations import amount
from workbench.tui.models.comparison import Pair, akin, compared
from workbench.tui.models.places import table_words
from workbench.tui.screens.picker import pick
from workbench.tui.screens.review.repeating import Repeating
from workbench.tui.widgets.line_list import Column, Line, Piece


class Comparing(Repeating):
    """The command that compares tables."""

    async def action_table_compare(self) -> None:
        """Ask which table, unless the finding says so; then show the figures of both,
        and go to the other side of the one chosen."""
        here = self.table()
        if here is None:
            return
        other = self._other_table(here) or await self._ask_table(here)
        if other is None:
            return
        document, say = self.state.document, self.say_in
        pairs = compared(document, here, document.table(other), self.state.reconciliation.results)
        if not pairs:
            self.tell(say("compare.nothing", table=table_words(document, other, say)), "suspect")
            return
        differing = sum(pair.differs for pair in pairs)
        title = say(
            "picker.compare",
            here=table_words(document, here.id, say),
            there=table_words(document, other, say),
            count=differing,
            total=len(pairs),
        )
        columns = (
            Column(),
            Column(say("compare.row"), flexible=2, least=14),
            Column(say("compare.column"), flexible=1, least=8, rank=1),
            Column(say("compare.here"), right=True),
            Column(say("compare.there"), right=True),
            Column(say("group.column.difference"), right=True),
        )
        chosen = await pick(self, title, [self._pair_line(n, pair) for n, pair in enumerate(pairs)], columns)
        if chosen is not None:
            self.go_to_cell(pairs[int(chosen)].there)
            self.draw_place()

    def _pair_line(self, number: int, pair: Pair) -> Line:
        look = glyphs.FAILING if pair.differs else glyphs.CLEAN
        blank = self.say_in("detail.blank")
        return Line(
            str(number),
            (
                Piece(sign(look.sign), look.role, bold=pair.differs),
                Piece(pair.row, "" if pair.differs else "quiet"),
                Piece(pair.column, "quiet"),
                Piece(pair.here_text or blank, "" if pair.differs else "quiet"),
                Piece(pair.there_text or blank, "" if pair.differs else "quiet"),
                Piece(amount(pair.difference, signed=True) if pair.differs else "", "failing"),
            ),
        )

    def _other_table(self, here: Table) -> str | None:
        """The other table of the finding that is looked at, where it speaks of two."""
        item = self.finding() if self.look.by_finding else None
        refs: tuple[CellRef, ...] = item.finding.cells if item is not None else ()
        known = {table.id for table in self.state.document.tables}
        others = dict.fromkeys(ref.table for ref in refs if ref.table != here.id and ref.table in known)
        return next(iter(others)) if len(others) == 1 else None

    async def _ask_table(self, here: Table) -> str | None:
        document, say = self.state.document, self.say_in
        numbers = {identifier: number for number, identifier in enumerate(self.grid_ids(), start=1)}
        lines = []
        for identifier in akin(document, here, self.state.reconciliation.results):
            form = say(f"form.{document.table(identifier).form.value}")
            pieces = (
                Piece(str(numbers[identifier]), "quiet"),
                Piece(table_words(document, identifier, say)),
                Piece(form, "quiet"),
            )
            lines.append(Line(identifier, pieces))
        columns = (Column(right=True), Column(flexible=2, least=16), Column(flexible=1, rank=1))
        return await pick(self, say("picker.compare_with"), lines, columns)

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def two_tables() -> str:
            if self.table() is None:
                return say("off.stated")
            return "" if len(self.state.document.tables) > 1 else say("off.no_other_table")

        return super().reasons() | {"table.compare": two_tables}
