"""Two tables held against each other, of one document or of two of the same body: what both say under the same names,
and where they differ."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from workbench.errors import WorkbenchError
from workbench.model.table import CellRef, Document, Table
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import sign
from workbench.tui.equations import amount
from workbench.tui.models.comparison import Pair, akin, compared, compared_over_years, counterpart
from workbench.tui.models.places import table_words
from workbench.tui.models.queue import QueueEntry, Reading
from workbench.tui.screens.picker import pick
from workbench.tui.screens.review.repeating import Repeating
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.list_columns import Column


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
        if other in self.workbench.entries:
            await self._compare_over_years(here, self.workbench.entries[other])
            return
        document = self.state.document
        pairs = compared(here, document.table(other), self.state.reconciliation.results)
        chosen = await self._ask_pair(here, table_words(document, other, self.say_in), pairs)
        if chosen is not None:
            self.go_to_cell(chosen.there)
            self.draw_place()

    async def _compare_over_years(self, here: Table, entry: QueueEntry) -> None:
        """Show the figures of this table beside those of its like in another document of the body, as that is reviewed;
        go to the cell here of the one chosen."""
        desk = self.workbench
        self.tell(self.say_in("compare.reading", document=entry.name), "quiet")

        def read() -> Document:
            with desk.workspace.open(entry.path, desk.analysis_of(entry.path), read_only=True) as session:
                return session.state.document

        try:
            other = await asyncio.to_thread(read)
        except WorkbenchError as error:
            self.tell_refusal(error)
            return
        self.tell("")
        there = counterpart(here, other)
        pairs = compared_over_years(self.state.document, here, other, there) if there else []
        chosen = await self._ask_pair(here, entry.name, pairs, over_years=True)
        if chosen is not None:
            self.go_to_cell(chosen.here)
            self.draw_place()

    async def _ask_pair(
        self, here: Table, there: str, pairs: Sequence[Pair], *, over_years: bool = False
    ) -> Pair | None:
        """The pair that the reviewer chooses of those of a table and of what is called `there`."""
        say = self.say_in
        if not pairs:
            self.tell(say("compare.nothing", table=there), "suspect")
            return None
        title = say(
            "picker.compare",
            here=table_words(self.state.document, here.id, say),
            there=there,
            count=sum(pair.differs for pair in pairs),
            total=len(pairs),
        )
        columns = (
            Column(),
            Column(say("compare.row"), flexible=2, least=14),
            Column(say("compare.column"), flexible=1, least=8, rank=1),
            Column(say("compare.here"), right=True),
            Column(say("compare.there"), right=True),
            Column(say("group.column.difference"), right=True),
            *((Column("%", right=True),) if over_years else ()),
        )
        lines = [self._pair_line(number, pair, over_years=over_years) for number, pair in enumerate(pairs)]
        chosen = await pick(self, title, lines, columns)
        return None if chosen is None else pairs[int(chosen)]

    def _pair_line(self, number: int, pair: Pair, *, over_years: bool) -> Line:
        wrong = pair.differs and pair.of_one_period
        look = glyphs.FAILING if wrong else glyphs.CLEAN
        blank, role = self.say_in("detail.blank"), "" if pair.differs else "quiet"
        column = pair.column
        if over_years:
            years = dict.fromkeys(str(year) for year, _ in pair.periods if year)
            column = " ".join((column, "|".join(years)))
        pieces = [
            Piece(sign(look.sign), look.role, bold=wrong),
            Piece(pair.row, role),
            Piece(column, "quiet"),
            Piece(pair.here_text or blank, role),
            Piece(pair.there_text or blank, role),
            Piece(amount(pair.difference, signed=True) if pair.differs else "", "failing" if wrong else ""),
        ]
        if over_years:
            pieces.append(Piece("" if pair.change is None or not pair.differs else f"{pair.change:+.1f}", "quiet"))
        return Line(str(number), tuple(pieces))

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
        for entry in self._of_the_body():
            year = Piece(str(entry.year or ""), "accent")
            lines.append(Line(entry.key, (year, Piece(entry.name), Piece(say("compare.other_document"), "quiet"))))
        columns = (Column(right=True), Column(flexible=2, least=16), Column(flexible=1, rank=1))
        return await pick(self, say("picker.compare_with"), lines, columns)

    def _of_the_body(self) -> list[QueueEntry]:
        """The other documents of the body, the latest first."""
        entity = self.state.document.entity
        others = [
            entry
            for entry in self.workbench.entries.values()
            if entity and entry.entity == entity and entry.key != self.entry.key and entry.reading is Reading.READ
        ]
        return sorted(others, key=lambda entry: (-(entry.year or 0), entry.key))

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def two_tables() -> str:
            if self.table() is None:
                return say("off.stated")
            others = len(self.state.document.tables) > 1 or self._of_the_body()
            return "" if others else say("off.no_other_table")

        return super().reasons() | {"table.compare": two_tables}
