"""The table: frozen header and names, one strip a row, cell states by sign and colour. It draws a `GridModel`."""

from __future__ import annotations

from textual import events
from textual.geometry import Region, Size
from textual.message import Message

from workbench.model.table import CellRef
from workbench.tui.models.grid import GridModel, HeaderSpan
from workbench.tui.models.grid_layout import GridLayout, Wishes, laid_out, proposed_widths
from workbench.tui.widgets.grid_lines import EMPTY, GridLines
from workbench.tui.widgets.grid_strips import GridState


class TableGrid(GridLines):
    """A grid of cells with a cursor and a selection."""

    class Moved(Message):
        """The cursor is on another cell."""

        def __init__(self, row: int, column: int) -> None:
            super().__init__()
            self.row = row
            self.column = column

    class EditAsked(Message):
        """A cell was double-clicked."""

    class HeaderEditAsked(Message):
        """A text of the header was double-clicked."""

        def __init__(self, span: HeaderSpan) -> None:
            super().__init__()
            self.span = span

    context = "review.table"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._proposed: dict[int, int] = {}
        """Widths that columns have had for what was proposed in them; they stand still until nothing is proposed in
        the table any more."""
        self._whole: dict[int, int] = {}
        """The same for what is proposed without what stands there."""

    # what is shown

    def show(self, model: GridModel, state: GridState, cursor: tuple[int, int] | None = None) -> None:
        """Show a table; redraws only the rows whose cells or states changed where it is the same table."""
        same = model.id == self.model.id and model.width == self.model.width
        old_model, old_state, old_frozen = self.model, self.state, self._frozen
        self.model, self.state = model, state
        if cursor is not None:
            self.cursor = cursor
        self._clamp()
        if not same or model.header != old_model.header or state.wanted_widths != old_state.wanted_widths:
            self.anchor_cell = None
            self._forget_proposed()
            self._lay_out()
            if not same:
                self._keep_in_sight(afresh=True)
            return
        if self._asks_anew(old_model, old_state) and self._measured().widths != self._layout.widths:
            self._lay_out()
            self._keep_in_sight()
            return
        self._forget_changed(old_model, old_state)
        if self._frozen != old_frozen and self.scroll_x > 0:
            self.refresh()
        self.virtual_size = Size(self._layout.total, len(model.rows) + len(self._layout.header))
        self._keep_in_sight()
        self._draw_undrawn()

    def _asks_anew(self, old_model: GridModel, old_state: GridState) -> bool:
        """Whether the columns may want other widths than they have."""
        return (
            self.model.rows is not old_model.rows
            or self.state.preview != old_state.preview
            or self.state.together
            or old_state.together
        )

    def _measured(self) -> GridLayout:
        state, room = self.state, self.scrollable_content_region.width
        together = self._together() if state.together else None
        reserved = proposed_widths(self.model, room, state.proposed)
        if not reserved:
            self._forget_proposed()
        for kept, before in ((self._proposed, True), (self._whole, False)):
            for column, asked in proposed_widths(self.model, room, state.preview.texts, before=before).items():
                kept[column] = max(kept.get(column, 0), asked)
        columns = (together[1], together[3]) if together else None
        wishes = Wishes(state.wanted_widths or {}, self._proposed, self._whole, reserved, columns)
        return laid_out(self.model, room, wishes)

    def _forget_proposed(self) -> None:
        self._proposed.clear()
        self._whole.clear()

    def _together(self) -> tuple[int, int, int, int] | None:
        """First row, first column, last row, last column of the lit cells of the cursor's row and column; blank ones at
        the end of the row may stay out of sight."""
        row, column = self.cursor
        if not self.state.lit or not self.model.rows:
            return None
        table, lit = self.model.id, self.state.lit
        in_row = (CellRef(table, row, at) for at in range(self.model.width))
        columns = [ref.column for ref in in_row if ref in lit and self._says(ref)] + [column]
        rows = [ref.row for ref in lit if ref.table == table and ref.column == column] + [row]
        return min(rows), min(columns), max(rows), max(columns)

    def _says(self, ref: CellRef) -> bool:
        return ref in self.state.preview.texts or bool(self.model.cell(ref.row, ref.column).text)

    def _lay_out(self) -> None:
        self._strips.clear()
        self._lines.forget()
        self._layout = self._measured()
        self.virtual_size = Size(self._layout.total, len(self.model.rows) + len(self._layout.header))
        self.refresh()

    def on_resize(self) -> None:
        self._forget_proposed()
        if self.model is not EMPTY:
            self._lay_out()
            self._keep_in_sight()

    def watch_show_horizontal_scrollbar(self) -> None:
        """The scroll bar takes a line away: the cursor must not be on it."""
        self.call_after_refresh(self._keep_in_sight)

    def watch_has_focus(self, value: bool) -> None:
        super().watch_has_focus(value)
        self._redraw(self.cursor[0])

    # the cursor

    def _clamp(self) -> None:
        row = max(0, min(self.cursor[0], len(self.model.rows) - 1))
        column = max(0, min(self.cursor[1], self.model.width - 1))
        self.cursor = (row, column)

    def go_to(self, row: int, column: int, *, tell: bool = True) -> None:
        """Put the cursor on a cell."""
        before = self.cursor
        self.cursor = (row, column)
        self._clamp()
        if self.cursor == before:
            return
        if self.anchor_cell is None:
            self._strips.pop(before[0], None)
            self._strips.pop(self.cursor[0], None)
            self._undrawn |= {before[0], self.cursor[0]}
        else:
            self._strips.clear()
            self.refresh()
        if tell:
            # The screen answers with `show`, which scrolls and draws everything that follows from the move at once.
            self.post_message(self.Moved(*self.cursor))
        else:
            self._keep_in_sight()
            self._draw_undrawn()

    def move(self, rows: int = 0, columns: int = 0) -> None:
        self.go_to(self.cursor[0] + rows, max(self.cursor[1] + columns, 0))

    def move_page(self, direction: int, *, half: bool = False) -> None:
        visible = max(self.body_height - len(self._layout.header), 2)
        self.move(rows=direction * (visible // 2 if half else visible - 1))

    def move_to_edge(self, edge: str) -> None:
        row, column = self.cursor
        match edge:
            case "top":
                self.go_to(0, column)
            case "bottom":
                self.go_to(len(self.model.rows) - 1, column)
            case "start":
                self.go_to(row, 0)
            case _:
                self.go_to(row, self.model.width - 1)

    def toggle_selection(self) -> bool:
        """Begin or end a selection at the cursor; whether one is on now."""
        self.anchor_cell = None if self.anchor_cell is not None else self.cursor
        self._strips.clear()
        self.refresh()
        return self.anchor_cell is not None

    def _keep_in_sight(self, *, afresh: bool = False) -> None:
        """Scroll to the cursor, and to what should be seen together with it where there is room for that; `afresh` from
        the left edge, whatever the table before it showed."""
        if not self._layout.offsets:
            return
        row, column = self.cursor
        rows, columns = (row, row), (column, column)
        visible = max(self.body_height - len(self._layout.header), 1)
        room, frozen = self.scrollable_content_region.width, self._frozen
        around = self._together() if self.state.together else None
        if around is not None:
            start, end = self._layout.bounds(around[1], around[3])
            if end - start <= room - self._layout.gutter - (frozen[1] - frozen[0]):
                columns = (around[1], around[3])
            if around[2] - around[0] < visible:
                rows = (around[0], around[2])
        top = int(self.scroll_y)
        y = _scrolled_to(rows, top, visible, len(self.model.rows))
        x = self._layout.scrolled_to(columns, frozen, 0 if afresh else int(self.scroll_x), room)
        if (x, y) != (int(self.scroll_x), top):
            self.jump(x, y)

    def cell_region(self) -> Region:
        """Where the cursor's cell is drawn, in cells from the upper left of the pane."""
        row, column = self.cursor
        layout = self._layout
        x = layout.place_of(layout.offsets[column], self._frozen, int(self.scroll_x)) if layout.offsets else 0
        y = row - int(self.scroll_y) + len(layout.header)
        return Region(x, y, layout.widths[column] if layout.widths else 1, 1)

    def header_region(self, span: HeaderSpan) -> Region:
        """Where a text of the header is drawn, in cells from the upper left of the pane."""
        layout = self._layout
        lines = [y for y, line in enumerate(layout.header) if any(other.row == span.row for other, _ in line)]
        x = max(layout.place_of(layout.offsets[span.start], self._frozen, int(self.scroll_x)), layout.gutter)
        size = layout.offsets[span.end - 1] + layout.widths[span.end - 1] - layout.offsets[span.start]
        return Region(x, lines[0] if lines else 0, size, 1)

    def column_width(self, column: int) -> int:
        """How wide a column is drawn."""
        return self._layout.widths[column]

    def on_click(self, event: events.Click) -> None:
        row = event.y - len(self._layout.header) + int(self.scroll_y)
        if event.y < len(self._layout.header):
            self._header_clicked(event)
        elif 0 <= row < len(self.model.rows):
            self.go_to(row, self._column_at(event.x))
            if event.chain == 2:
                self.post_message(self.EditAsked())

    def _column_at(self, place: int) -> int:
        return self._layout.column_at(place, self._frozen, int(self.scroll_x))

    def _header_clicked(self, event: events.Click) -> None:
        column = self._column_at(event.x)
        spans = [span for span, _ in self._layout.header[event.y] if span.start <= column < span.end]
        if event.chain == 2 and spans:
            self.post_message(self.HeaderEditAsked(spans[0]))


def _scrolled_to(rows: tuple[int, int], top: int, visible: int, total: int) -> int:
    """The first row in sight so that these rows are: by as little as that takes for a step, a third down for a jump."""
    first, last = rows
    if top <= first and last < top + visible:
        return top
    if top - first == 1 or last - top - visible == 0:
        return first if first < top else last - visible + 1
    above = max(min(visible // 3, visible - (last - first + 1)), 0)
    return max(min(first - above, total - visible), 0)
