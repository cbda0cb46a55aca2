"""Editing on the review screen: one cell or header text, in place or in an editor of the reviewer's."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual import on
from textual.app import SuspendNotSupported

from workbench.model.edit import SetHeaderCell
from workbench.model.table import CellRef
from workbench.tui.models.grid import HeaderSpan
from workbench.tui.screens.picker import pick
from workbench.tui.screens.review.visiting import Visiting
from workbench.tui.screens.waiting import Typed
from workbench.tui.widgets.cell_editor import CellEditor
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.table_grid import TableGrid


class Editing(Visiting):
    """The commands that change what cells say."""

    _editing_header: HeaderSpan | None = None
    """The text of the header that the editor lies over."""

    # in place

    @on(TableGrid.EditAsked)
    def _edit_asked(self) -> None:
        self.run_command("cell.edit")

    def action_cell_edit(self) -> None:
        ref = self.ref()
        if ref is not None:
            self._edit_cell(ref, self.state.document.cell(ref).text)

    def _edit_cell(self, ref: CellRef, text: str) -> None:
        self._editing = ref
        region = self.grid.cell_region().translate(self.grid.region.offset)
        self.editor.open_at(region, text, self.grid.region)
        self.show_keys()

    def on_resize(self) -> None:
        super().on_resize()
        if self._editing is not None or self._editing_header is not None:
            self.call_after_refresh(self._place_editor)

    @on(CellEditor.Changed, "#editor")
    def _typed(self) -> None:
        if self._editing is not None or self._editing_header is not None:
            self._place_editor()

    def _place_editor(self) -> None:
        """What is being typed goes on where its cell is drawn now."""
        span = self._editing_header
        region = self.grid.header_region(span) if span is not None else self.grid.cell_region()
        self.editor.place(region.translate(self.grid.region.offset), self.editor.value, self.grid.region)

    async def action_header_edit(self) -> None:
        spans = self._header_spans()
        if len(spans) > 1:
            blank = self.say_in("detail.blank")
            lines = [Line(str(i), (Piece(span.text or blank),)) for i, span in enumerate(spans)]
            chosen = await pick(self, self.say_in("picker.header"), lines, start=str(len(spans) - 1))
            spans = [spans[int(chosen)]] if chosen is not None else []
        if spans:
            self._edit_header(spans[0])

    def _header_spans(self) -> list[HeaderSpan]:
        table = self.table()
        if table is None:
            return []
        return list(self.model(table.id).spans_over(self.look.cursors.get(table.id, (0, 0))[1]))

    @on(TableGrid.HeaderEditAsked)
    def _header_edit_asked(self, event: TableGrid.HeaderEditAsked) -> None:
        if not self.why_not("header.edit"):
            self._edit_header(event.span)

    def _edit_header(self, span: HeaderSpan) -> None:
        self._editing_header = span
        region = self.grid.header_region(span).translate(self.grid.region.offset)
        self.editor.open_at(region, span.text, self.grid.region)
        self.show_keys()

    async def _set_header(self, span: HeaderSpan, text: str) -> None:
        """Give a text of the header, and every cell that repeats it, another text."""
        table = self.table()
        if table is None or text == span.text:
            self.tell(self.say_in("review.no_change"))
            return
        places = [CellRef(table.id, row, column) for row, column in self.model(table.id).header_cells(span)]
        await self.apply(tuple(SetHeaderCell(ref, span.text, text) for ref in places))

    def _close_editor(self) -> None:
        self._editing = self._editing_header = None
        self.editor.close_editor()
        if self.focused is self.editor:
            self.set_focus(self.grid)

    def action_edit_cancel(self) -> None:
        self._close_editor()

    async def action_edit_commit(self) -> None:
        await self._commit()

    async def action_edit_commit_right(self) -> None:
        row, column = self.look.cursors.get(self.look.grid, (0, 0))
        identifier, in_header = self.look.grid, self._editing_header is not None
        if not await self._commit():
            return
        if not in_header and identifier == self.look.grid and column + 1 < self.model(identifier).width:
            self.look.cursors[identifier] = (row, column + 1)
            self.draw_place()
            if self.ref() is not None:
                self.action_cell_edit()

    async def _commit(self) -> bool:
        """Take what was typed. It stays in sight over the cell until the cell shows it, in one painting; what could not
        be taken stays there to be typed on. False then."""
        ref, span, text = self._editing, self._editing_header, self.editor.value.strip()
        self.typed = Typed(("cell.edit", span or ref), text)
        with self.app.batch_update():
            self.set_focus(self.grid)
            try:
                if span is not None:
                    await self._set_header(span, text)
                elif ref is not None:
                    await self.set_cell(ref, text)
            finally:
                if self._refused:
                    self.set_focus(self.editor)
                else:
                    self._close_editor()
        return not self._refused

    @property
    def _refused(self) -> bool:
        """Whether what was typed last could not be taken."""
        return self.typed is not None and self.typed.refused

    # in an editor of the reviewer's

    async def action_cell_edit_external(self) -> None:
        ref = self.ref()
        if ref is None:
            return
        before = self.state.document.cell(ref).text
        program = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "cell.txt"
            path.write_text(before + "\n", encoding="utf-8")
            try:
                with self.app.suspend():
                    done = subprocess.run([*shlex.split(program), str(path)], check=False)  # noqa: S603
            except (OSError, ValueError) as error:
                self.tell(f"{program}: {getattr(error, 'strerror', None) or error}", "failing")
                return
            except SuspendNotSupported:
                # As in the browser.
                self.tell(f"{program}: {self.say_in('off.no_editor')}", "suspect")
                return
            if done.returncode == 0:
                text = " ".join(path.read_text(encoding="utf-8").split("\n")).strip()
                self.typed = Typed(("cell.edit", ref), text)
                await self.set_cell(ref, text)
                if self._refused:
                    self._edit_cell(ref, text)

    def editable(self) -> str:
        """Why the cell under the cursor cannot be changed, "" where it can."""
        say = self.say_in
        if self.state.read_only:
            return say("off.read_only")
        ref = self.ref()
        if ref is None:
            return say("off.no_cell")
        if self.model(self.look.grid).place(ref) != self.look.cursors.get(self.look.grid, (0, 0)):
            return say("off.not_editable")
        return ""

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def header() -> str:
            if self.state.read_only:
                return say("off.read_only")
            if self.table() is None:
                return say("off.stated")
            return "" if self._header_spans() else say("off.no_header")

        return super().reasons() | {
            "header.edit": header,
            "cell.edit": self.editable,
            "cell.edit_external": self.editable,
        }
