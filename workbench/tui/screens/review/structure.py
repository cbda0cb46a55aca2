"""Changing the shape of tables on the review screen: cells moved, rows and columns, whole tables."""

from __future__ import annotations

import re
from collections.abc import Callable

from workbench.model.edit import (
    DeleteColumn,
    DeleteRows,
    DeleteTable,
    InsertColumn,
    InsertRows,
    JoinTables,
    MergeCells,
    MergeRows,
    SetCell,
    SetForm,
    SetHeaderRows,
    SetTitle,
    SetUnit,
    ShiftCells,
    SplitCell,
    SplitRow,
    SplitTable,
)
from workbench.model.table import Cell, CellRef, Form, Row, Table
from workbench.tui.screens.picker import confirm, pick
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.review.explaining import Explaining
from workbench.tui.widgets.line_list import Line, Piece

_CUT = "|"


def _texts(row: Row) -> tuple[str, ...]:
    return tuple(cell.text for cell in row)


def _cut_where_it_ran_together(cell: Cell) -> str:
    """The text of a cell with the mark where the row below most likely begins: at its only blank, or where it stands on
    the page in two places. A cell that shows neither is left as it is."""
    text = cell.text
    blanks = [match.start() for match in re.finditer(r"\s+", text)]
    if not blanks and len(cell.anchors) == 2:
        blanks = [cell.anchors[0].end - cell.anchors[0].start]
    at = blanks[0] if len(blanks) == 1 else 0
    return f"{text[:at]}{_CUT}{text[at:]}" if 0 < at < len(text) else text


class Structure(Explaining):
    """The commands that change rows, columns and tables."""

    def _here(self) -> tuple[Table, int, int] | None:
        table = self.table()
        if table is None:
            return None
        row, column = self.look.cursors.get(table.id, (0, 0))
        return table, row, column

    # cells

    async def _shift(self, by: int) -> None:
        here = self._here()
        if here is None:
            return
        table, row, column = here
        texts = _texts(table.rows[row])
        first = column - 1 if by < 0 and column > 0 and not texts[column] else column
        last = next((i for i in range(first, len(texts)) if not texts[i] and i > first), len(texts) - 1)
        await self.apply((ShiftCells(CellRef(table.id, row, column), by, texts[column : last + 1], last),))

    async def action_cells_shift_right(self) -> None:
        await self._shift(1)

    async def action_cells_shift_left(self) -> None:
        await self._shift(-1)

    async def action_cells_merge(self) -> None:
        here = self._here()
        if here is not None:
            table, row, column = here
            pair = _texts(table.rows[row])[column : column + 2]
            if len(pair) == 2:
                await self.apply((MergeCells(CellRef(table.id, row, column), (pair[0], pair[1])),))

    async def action_cells_split(self) -> None:
        here = self._here()
        if here is None:
            return
        table, row, column = here
        text = table.rows[row][column].text
        marked = await ask(self, self.say_in("prompt.split"), text)
        if marked is None:
            return
        if _CUT not in marked or marked.replace(_CUT, "", 1) != text:
            self.tell(self.say_in("review.no_change" if marked == text else "prompt.split_uncut"), "suspect")
        else:
            await self.apply((SplitCell(CellRef(table.id, row, column), marked.index(_CUT), text),))

    # rows

    async def _insert_row(self, below: int) -> None:
        here = self._here()
        if here is not None:
            table, row, column = here
            if await self.apply((InsertRows(table.id, row + below, (("",) * table.width,)),)):
                self.look.cursors[table.id] = (row + below, column)
                self.draw_place()

    async def action_row_insert(self) -> None:
        await self._insert_row(1)

    async def action_row_insert_above(self) -> None:
        await self._insert_row(0)

    async def action_row_delete(self) -> None:
        here = self._here()
        if here is None:
            return
        table = here[0]
        first, _, last, _ = self.grid.selection
        rows = tuple(_texts(row) for row in table.rows[first : last + 1])
        if any(any(row) for row in rows) and not await confirm(
            self, self.say_in("confirm.delete_row", count=len(rows))
        ):
            return
        await self.apply((DeleteRows(table.id, first, rows),))

    async def action_row_merge(self) -> None:
        here = self._here()
        if here is not None:
            table, row, _ = here
            rows = tuple(_texts(found) for found in table.rows[row : row + 2])
            await self.apply((MergeRows(table.id, row, rows),))

    async def action_row_split(self) -> None:
        """Cut every cell of the row where the reviewer puts the mark in it."""
        here = self._here()
        if here is None:
            return
        table, row, _ = here
        texts = _texts(table.rows[row])
        marked = await ask(
            self, self.say_in("prompt.split_row"), " ¦ ".join(map(_cut_where_it_ran_together, table.rows[row]))
        )
        if marked is None:
            return
        parts = marked.split(" ¦ ")
        if len(parts) != len(texts) or any(p.replace(_CUT, "", 1) != t for p, t in zip(parts, texts, strict=True)):
            self.tell(self.say_in("prompt.split_uncut"), "suspect")
            return
        if _CUT not in marked:
            self.tell(self.say_in("review.no_change"), "suspect")
            return
        offsets = tuple(p.index(_CUT) if _CUT in p else len(p) for p in parts)
        pieces = [(text[:at], text[at:]) for text, at in zip(texts, offsets, strict=True)]
        # Blanks at the cut belong to neither row.
        bare = [
            SetCell(CellRef(table.id, row + below, column), pair[below], pair[below].strip())
            for column, pair in enumerate(pieces)
            for below in (0, 1)
            if pair[below] != pair[below].strip()
        ]
        await self.apply((SplitRow(table.id, row, offsets, texts), *bare))

    # columns

    async def action_column_insert(self) -> None:
        here = self._here()
        if here is None:
            return
        table, _, column = here
        title = await ask(self, self.say_in("prompt.column_title"))
        if title is not None:
            header = ("",) * max(len(table.header) - 1, 0) + ((title.strip(),) if table.header else ())
            await self.apply((InsertColumn(table.id, column, header),))

    async def action_column_delete(self) -> None:
        here = self._here()
        if here is None:
            return
        table, _, column = here
        texts = tuple(row[column].text for row in table.header + table.rows)
        if any(texts) and not await confirm(self, self.say_in("confirm.delete_column")):
            return
        await self.apply((DeleteColumn(table.id, column, texts),))

    # tables

    async def action_table_join(self) -> None:
        table = self.table()
        ids = [other.id for other in self.state.document.tables]
        if table is not None and ids.index(table.id) + 1 < len(ids):
            await self.apply((JoinTables(table.id, ids[ids.index(table.id) + 1]),))

    async def action_table_split(self) -> None:
        here = self._here()
        if here is not None:
            table, row, _ = here
            taken = {other.id for other in self.state.document.tables}
            new = next(
                f"{table.id}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz" if f"{table.id}{letter}" not in taken
            )
            await self.apply((SplitTable(table.id, row, new),))

    async def action_table_header_rows(self) -> None:
        table = self.table()
        if table is None:
            return
        answer = await ask(self, self.say_in("prompt.header_rows", count=len(table.header)), str(len(table.header)))
        if answer is None:
            return
        if not answer.strip().isdigit():
            self.tell(self.say_in("prompt.number"), "suspect")
            return
        await self.apply((SetHeaderRows(table.id, len(table.header), int(answer)),))

    async def action_table_form(self) -> None:
        table = self.table()
        if table is None:
            return
        lines = [
            Line(form.value, (Piece(self.say_in(f"form.{form.value}")), Piece(form.value, "quiet"))) for form in Form
        ]
        from workbench.tui.widgets.list_columns import Column

        columns = (Column(flexible=1), Column(most=32))
        chosen = await pick(self, self.say_in("prompt.form"), lines, columns, start=table.form.value)
        if chosen and chosen != table.form.value:
            await self.apply((SetForm(table.id, table.form.value, chosen),))

    async def action_table_unit(self) -> None:
        table = self.table()
        if table is not None:
            unit = await ask(self, self.say_in("prompt.unit", unit=table.unit or "-"), table.unit)
            if unit is not None and unit.strip() != table.unit:
                await self.apply((SetUnit(table.id, table.unit, unit.strip()),))

    async def action_table_title(self) -> None:
        table = self.table()
        if table is not None:
            title = await ask(self, self.say_in("prompt.title"), table.title)
            if title is not None and title.strip() != table.title:
                await self.apply((SetTitle(table.id, table.title, title.strip()),))

    async def action_table_delete(self) -> None:
        table = self.table()
        if table is not None and await confirm(self, self.say_in("confirm.delete_table")):
            await self.apply((DeleteTable(table.id, table.title),))

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def shape() -> str:
            if self.state.read_only:
                return say("off.read_only")
            return "" if self._here() is not None else say("off.stated")

        def another() -> str:
            if why := shape():
                return why
            table = self.table()
            last = self.state.document.tables[-1].id
            return "" if table is not None and table.id != last else say("off.no_other_table")

        shaped = (
            "cells.shift_right", "cells.shift_left", "cells.merge", "cells.split", "row.insert", "row.insert_above",
            "row.delete", "row.merge", "row.split", "column.insert", "column.delete", "table.split",
            "table.header_rows", "table.form", "table.unit", "table.title", "table.delete",
        )  # fmt: skip
        return super().reasons() | dict.fromkeys(shaped, shape) | {"table.join": another}
