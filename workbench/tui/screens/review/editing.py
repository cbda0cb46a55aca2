# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""Editing on the review screen: one cell in place or in an editor, a pasted block, a selection; flags and notes."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual import events, on

from workbench.model.edit import Edit, SetCell, SetHeaderCell
from workbench.model.table import CellRef
from workbench.tui import glyphs
from workbench.tui.display import sign
from workbench.tui.grid_model import HeaderSpan, Mark
from workbench.tui.places import place_words
from workbench.tui.screens.picker import pick
from workbench.tui.screens.prompt import ask
from workbench.tui.screens.reader import read
from workbench.tui.screens.review.repeating import Repeating
from workbench.tui.widgets.bar import Span
from workbench.tui.widgets.cell_editor import CellEditor
from workbench.tui.widgets.line_list import Line, Piece
from workbench.tui.widgets.table_grid import TableGrid
from workbench.tui.widgets.text_pane import Paragraph, paragraph
from workbench.tui.wording import edits_words


class Editing(Repeating):
    """The commands that change what cells say."""

    _clipboard = ""
    _editing_header: HeaderSpan | None = None
    """The text of the header that the editor lies over."""

    # in place

    @on(TableGrid.EditAsked)
    def _edit_asked(self) -> None:
        self.run_command("cell.edit")

    def action_cell_edit(self) -> None:
        ref = self.ref()
        if ref is None:
            return
        self._editing = ref
        region = self.grid.cell_region().translate(self.grid.region.offset)
        self.editor.open_at(region, self.state.document.cell(ref).text, self.grid.region)
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
        await self._commit()
        if not in_header and identifier == self.look.grid and column + 1 < self.model(identifier).width:
            self.look.cursors[identifier] = (row, column + 1)
            self.draw_place()
            if self.ref() is not None:
                self.action_cell_edit()

    async def _commit(self) -> None:
        """Take what was typed. It stays in sight over the cell until the cell shows it, in one painting."""
        ref, span, text = self._editing, self._editing_header, self.editor.value.strip()
        with self.app.batch_update():
            self.set_focus(self.grid)
            try:
                if span is not None:
                    await self._set_header(span, text)
                elif ref is not None:
                    await self.set_cell(ref, text)
            finally:
                self._close_editor()

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
            with self.app.suspend():
                try:
                    done = subprocess.run([*shlex.split(program), str(path)], check=False)  # noqa: S603, ASYNC221
                except OSError as error:
                    self.tell(f"{program}: {error.strerror}", "failing")
                    return
            if done.returncode == 0:
                await self.set_cell(ref, " ".join(path.read_text(encoding="utf-8").split("\n")).strip())

    # blocks

    def _selected_refs(self) -> list[list[CellRef | None]]:
        first_row, first_column, last_row, last_column = self.grid.selection
        model = self.model(self.look.grid)
        return [
            [model.ref(row, column) for column in range(first_column, last_column + 1)]
            for row in range(first_row, last_row + 1)
        ]

    def action_select_toggle(self) -> None:
        if self.grid.toggle_selection():
            self.tell(self.say_in("review.selection", rows=1, columns=1))
        else:
            self.tell("")

    def action_cell_copy(self) -> None:
        document = self.state.document
        block = [[document.cell(ref).text if ref else "" for ref in row] for row in self._selected_refs()]
        self._clipboard = "\n".join("\t".join(row) for row in block)
        self.app.copy_to_clipboard(self._clipboard)
        self.tell(self.say_in("review.copied", count=sum(len(row) for row in block)))

    async def action_cell_paste(self) -> None:
        await self.paste(self._clipboard)

    def on_paste(self, event: events.Paste) -> None:
        """A block pasted into the terminal goes into the cells from the cursor on."""
        if self.context == "review.table" and not self.why_not("cell.edit"):
            event.stop()
            text = event.text
            self.run_worker(self.paste(text), group="commands")

    async def paste(self, text: str) -> None:
        """Put a block of tab-separated lines into the cells from the cursor on."""
        row, column = self.look.cursors.get(self.look.grid, (0, 0))
        model, document = self.model(self.look.grid), self.state.document
        edits: list[Edit] = []
        for down, line in enumerate(text.rstrip("\n").replace("\r", "").split("\n")):
            for right, value in enumerate(line.split("\t")):
                ref = model.ref(row + down, column + right)
                if ref is not None and document.cell(ref).text != value.strip():
                    edits.append(SetCell(ref, document.cell(ref).text, value.strip()))
        if not edits:
            self.tell(self.say_in("review.no_change"))
        elif await self.apply(tuple(edits), method="paste"):
            self.tell(self.say_in("review.pasted", count=len(edits)), "settled")

    async def action_select_clear_cells(self) -> None:
        document = self.state.document
        refs = [ref for row in self._selected_refs() for ref in row if ref is not None]
        edits = tuple(SetCell(ref, document.cell(ref).text, "") for ref in refs if document.cell(ref).text)
        if edits:
            await self.apply(edits)

    async def action_cell_revert(self) -> None:
        document = self.state.document
        refs = [ref for row in self._selected_refs() for ref in row if ref is not None]
        changed = [ref for ref in refs if document.cell(ref).corrected is not None]
        if len(changed) == 1:
            session, ref = self.session, changed[0]
            change = await self.step(lambda: session.revert(ref))
            if change is not None:
                self.changed(change)
            return
        cells = [(ref, document.cell(ref)) for ref in changed]
        await self.apply(tuple(SetCell(ref, cell.text, cell.printed) for ref, cell in cells), method="revert")

    # flags, notes, the whole cell

    async def action_cell_flag(self) -> None:
        ref = self.ref()
        if ref is None:
            return
        on_now = bool(self._marks.get(ref, Mark.NONE) & Mark.FLAGGED)
        session = self.session
        change = await self.step(lambda: session.flag(ref, self._note_of(ref), flagged=not on_now))
        if change is not None:
            self.changed(change, text=self.say_in("review.unflagged" if on_now else "review.flagged"))

    def _note_of(self, ref: CellRef) -> str:
        return next((flag.note for flag in reversed(self.state.flags) if flag.ref == ref), "")

    async def action_cell_note(self) -> None:
        ref = self.ref()
        if ref is None:
            return
        note = await ask(self, self.say_in("prompt.note"), self._note_of(ref))
        if note is None:
            return
        session = self.session
        change = await self.step(lambda: session.flag(ref, note.strip(), flagged=bool(note.strip())))
        if change is not None:
            self.changed(change)

    async def action_cell_show(self) -> None:
        row, column = self.look.cursors.get(self.look.grid, (0, 0))
        model, say, state = self.model(self.look.grid), self.say_in, self.state
        cell, ref = model.cell(row, column), model.ref(row, column)
        parts = [paragraph(cell.text or say("detail.blank"), bold=True)]
        if ref is not None:
            if cell.corrected is not None:
                parts.append(paragraph(f"{say('detail.printed')}: {cell.printed or say('detail.blank')}", "corrected"))
            for anchor in cell.anchors:
                name = say("review.page", number=anchor.page, name="").strip()
                parts.append(paragraph(f"{name}: {state.document.source.text_of(anchor)}", "quiet"))
            for correction in state.record.corrections:
                for edit in correction.edits:
                    if isinstance(edit, SetCell) and edit.ref == ref:
                        words = edits_words((edit,), state.document, say)
                        parts.append(
                            Paragraph(
                                (
                                    Span(f"{sign(glyphs.CORRECTED.sign)} {words}", "corrected"),
                                    Span(
                                        f"  {correction.by} {correction.at:%Y-%m-%d %H:%M} {correction.note}", "quiet"
                                    ),
                                )
                            )
                        )
            if note := self._note_of(ref):
                parts.append(paragraph(f"{sign(glyphs.FLAGGED.sign)} {note}", "flagged"))
        await read(self, place_words(state.document, ref) if ref else model.title, parts)

    # widths

    def _resize_column(self, step: int) -> None:
        column = self.look.cursors.get(self.look.grid, (0, 0))[1]
        widths = dict(self.look.widths.get(self.look.grid, {}))
        widths[column] = max(self.grid.column_width(column) + step, 3)
        self.look.widths[self.look.grid] = widths
        self.draw_place()

    def action_column_wider(self) -> None:
        self._resize_column(4)

    def action_column_narrower(self) -> None:
        self._resize_column(-4)

    def reasons(self) -> dict[str, Callable[[], str]]:
        say = self.say_in

        def editable() -> str:
            if self.state.read_only:
                return say("off.read_only")
            ref = self.ref()
            if ref is None:
                return say("off.no_cell")
            if self.model(self.look.grid).place(ref) != self.look.cursors.get(self.look.grid, (0, 0)):
                return say("off.not_editable")
            return ""

        def any_corrected() -> str:
            if why := editable():
                return why
            document = self.state.document
            refs = [ref for row in self._selected_refs() for ref in row if ref is not None]
            return "" if any(document.cell(ref).corrected is not None for ref in refs) else say("off.not_corrected")

        def cell() -> str:
            return "" if self.look.grid and self.model(self.look.grid).rows else say("off.no_cell")

        def header() -> str:
            if self.state.read_only:
                return say("off.read_only")
            if self.table() is None:
                return say("off.stated")
            return "" if self._header_spans() else say("off.no_header")

        return super().reasons() | {
            "header.edit": header,
            "cell.edit": editable,
            "cell.edit_external": editable,
            "cell.paste": lambda: editable() or ("" if self._clipboard else say("off.no_clipboard")),
            "cell.revert": any_corrected,
            "select.clear_cells": editable,
            "cell.flag": editable,
            "cell.note": editable,
            "cell.copy": cell,
            "cell.show": cell,
            "select.toggle": cell,
            "column.wider": cell,
            "column.narrower": cell,
        }
