# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""The table: frozen header and names, one strip a row, cell states by sign and colour. It draws a `GridModel`."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from workbench.model.table import Cell, CellRef
from workbench.tui.grid_layout import Cut, GridLayout, Wishes, laid_out
from workbench.tui.grid_model import GridModel, HeaderSpan
from workbench.tui.widgets.grid_strips import GridState, GridStrips, Place, cut_text, marked_row
from workbench.tui.widgets.pane import Pane

_KEPT_STRIPS = 1024
_MANY = 400
"""More cells than this are not followed one by one, only those that are in sight."""
_MANY_ROWS = 8
"""More rows than this are not painted one by one."""
_EMPTY = GridModel("", "", (), ())


class TableGrid(Pane):
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

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.model = _EMPTY
        self.state = GridState({})
        self.cursor = (0, 0)
        self.anchor_cell: tuple[int, int] | None = None
        """Where the selection began; None while nothing is selected."""
        self._layout = GridLayout()
        self._lines = GridStrips()
        self._strips: dict[int, Strip] = {}
        self._undrawn: set[int] = set()
        self._heads: dict[int, Strip] = {}
        self._heads_of: tuple[object, object, object] = (None, None, None)
        self._scrolled_kept: dict[int, tuple[Strip, Strip]] = {}
        """What was seen of whole lines between the edges, by number of the row (of a line of the header: from -1 down)."""
        self._edges_of: tuple[GridLayout, int, int, int] | None = None
        self._edges_kept: tuple[tuple[int, int], Cut | None, Cut | None] = ((0, 0), None, None)

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
            self._lay_out()
            if not same:
                self._keep_in_sight()
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

    def _forget_changed(self, old_model: GridModel, old_state: GridState) -> None:
        if old_state.printed != self.state.printed or old_model.rows is not self.model.rows:
            self._lines.forget()
        if old_state.printed != self.state.printed or len(old_model.rows) != len(self.model.rows):
            self._strips.clear()
            self.refresh()
            return
        for ref in self._changed(old_state):
            if place := self.model.place(ref):
                self._strips.pop(place[0], None)
                self._undrawn.add(place[0])
        if old_model.rows is not self.model.rows:
            for row in [row for row in self._strips if old_model.rows[row] is not self.model.rows[row]]:
                del self._strips[row]
                self._undrawn.add(row)
        self._strips.pop(self.cursor[0], None)
        self._undrawn.add(self.cursor[0])

    def _changed(self, old: GridState) -> set[CellRef]:
        """The cells that are drawn otherwise than with the state before."""
        new = self.state
        refs: set[CellRef] = set()
        if old.lit is not new.lit:
            lit = old.lit ^ new.lit if len(old.lit) + len(new.lit) <= _MANY else self._in_sight()
            refs |= {ref for ref in lit if (ref in old.lit) != (ref in new.lit)}
        if old.strong is not new.strong:
            refs |= old.strong ^ new.strong
        if old.marks is not new.marks:
            refs |= {ref for ref, _ in old.marks.items() ^ new.marks.items()}
        if old.parts is not new.parts:
            parts = {*old.parts, *new.parts} if len(old.parts) + len(new.parts) <= _MANY else self._in_sight()
            refs |= {ref for ref in parts if old.parts.get(ref) != new.parts.get(ref)}
        if old.preview != new.preview:
            refs |= {ref for ref, _ in old.preview.texts.items() ^ new.preview.texts.items()}
            places = old.preview.inserted ^ new.preview.inserted
            refs |= {CellRef(table, marked_row(self.model, row), 0) for table, row in places}
        return refs

    def _in_sight(self) -> list[CellRef]:
        """The cells whose lines are kept as drawn; lines out of sight are kept no longer."""
        top, height = int(self.scroll_y), self.body_height
        for row in [row for row in self._strips if not top <= row < top + height]:
            del self._strips[row]
        refs = (self.model.ref(row, column) for row in self._strips for column in range(self.model.width))
        return [ref for ref in refs if ref is not None]

    def _measured(self) -> GridLayout:
        state = self.state
        together = self._together() if state.together else None
        wishes = Wishes(
            state.wanted_widths or {}, state.preview.texts, (together[1], together[3]) if together else None
        )
        return laid_out(self.model, self.scrollable_content_region.width, wishes)

    def _together(self) -> tuple[int, int, int, int] | None:
        """First row, first column, last row, last column of the lit cells of the cursor's row and column."""
        row, column = self.cursor
        if not self.state.lit or not self.model.rows:
            return None
        table = self.model.id
        columns = [c for c in range(self.model.width) if CellRef(table, row, c) in self.state.lit] + [column]
        rows = [ref.row for ref in self.state.lit if ref.table == table and ref.column == column] + [row]
        return min(rows), min(columns), max(rows), max(columns)

    def _lay_out(self) -> None:
        self._strips.clear()
        self._lines.forget()
        self._layout = self._measured()
        self.virtual_size = Size(self._layout.total, len(self.model.rows) + len(self._layout.header))
        self.refresh()

    @property
    def _frozen(self) -> tuple[int, int]:
        return self._layout.frozen(self.cursor[1], self.scrollable_content_region.width)

    def on_resize(self) -> None:
        if self.model is not _EMPTY:
            self._lay_out()
            self._keep_in_sight()

    def watch_show_horizontal_scrollbar(self) -> None:
        """The scroll bar takes a line away: the cursor must not be on it."""
        self.call_after_refresh(self._keep_in_sight)

    def look_changed(self) -> None:
        self._strips.clear()
        self._heads.clear()
        self._lines.forget()
        super().look_changed()

    def watch_has_focus(self, value: bool) -> None:
        super().watch_has_focus(value)
        self._redraw(self.cursor[0])

    # the cursor

    @property
    def cursor_ref(self) -> CellRef | None:
        """The place in the document under the cursor."""
        return self.model.ref(*self.cursor)

    @property
    def cursor_cell(self) -> Cell | None:
        """The cell under the cursor."""
        return self.model.cell(*self.cursor) if self.model.rows else None

    @property
    def selection(self) -> tuple[int, int, int, int]:
        """First row, first column, last row, last column of what is selected (the cursor's cell at least)."""
        row, column = self.cursor
        other_row, other_column = self.anchor_cell or self.cursor
        return min(row, other_row), min(column, other_column), max(row, other_row), max(column, other_column)

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

    def _keep_in_sight(self) -> None:
        """Scroll to the cursor, and to what should be seen together with it where there is room for that."""
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
        x = self._layout.scrolled_to(columns, frozen, int(self.scroll_x), room)
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

    def _redraw(self, row: int) -> None:
        self._strips.pop(row, None)
        self._undrawn.add(row)
        self._draw_undrawn()

    def _draw_undrawn(self) -> None:
        """Ask for the rows that changed to be painted, all at once."""
        top, height = int(self.scroll_y), self.body_height - len(self._layout.header)
        rows = [row for row in self._undrawn if top <= row < top + height]
        if len(rows) > _MANY_ROWS:
            self.refresh()
        else:
            for row in rows:
                self.refresh(Region(0, row - top + len(self._layout.header), self.size.width, 1))
        self._undrawn.clear()

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

    # drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        room = self.room
        if y < len(self._layout.header):
            return self._scrolled(self._head_strip(y), room, self.palette.style("head", "bar"), line=y)
        row = y - len(self._layout.header) + int(self.scroll_y)
        if not 0 <= row < len(self.model.rows):
            return Strip.blank(room, self.ground)
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) >= _KEPT_STRIPS:
                self._strips.clear()
            strip = self._strips[row] = self._row_strip(row)
        return self._scrolled(strip, room, self.ground, row=row)

    def _scrolled(self, strip: Strip, room: int, style: Style, *, row: int = -1, line: int = -1) -> Strip:
        """What of a whole line is in sight; columns that the edges cut say only that there is more of them."""
        x, gutter = int(self.scroll_x), self._layout.gutter
        if x <= 0 and self._layout.total <= room + 1:
            return strip.crop_extend(0, room, style)
        frozen, left, right = self._edges(x, room)
        number = row if row >= 0 else -1 - line
        whole, seen = self._scrolled_kept.get(number, (None, strip))
        if whole is strip:
            return seen
        parts = [strip.crop(0, gutter)]
        edge = gutter
        if x > frozen[0] - gutter:
            parts.append(strip.crop(*frozen))
            edge += frozen[1] - frozen[0]
        begin, end = edge, room
        if left is not None and (drawn := self._cut(left, row, line, left=True)) is not None:
            parts.append(drawn)
            begin = left.end
        tail = self._cut(right, row, line, left=False) if right is not None else None
        if right is not None and tail is not None:
            end = right.start
        parts.append(strip.crop_extend(begin + x, end + x, style))
        seen = Strip.join([*parts, tail] if tail is not None else parts)
        if len(self._scrolled_kept) >= _KEPT_STRIPS:
            self._scrolled_kept.clear()
        self._scrolled_kept[number] = strip, seen
        return seen

    def _edges(self, x: int, room: int) -> tuple[tuple[int, int], Cut | None, Cut | None]:
        """The names that stay in sight and the columns that the edges cut, worked out once for all lines."""
        asked = (self._layout, self.cursor[1], x, room)
        if self._edges_of is None or self._edges_of[0] is not asked[0] or self._edges_of[1:] != asked[1:]:
            frozen = self._frozen
            self._edges_of, self._edges_kept = asked, (frozen, *self._layout.cuts(frozen, x, room))
            self._scrolled_kept.clear()
        return self._edges_kept

    def _cut(self, cut: Cut, row: int, line: int, *, left: bool) -> Strip | None:
        """What is drawn for a column that an edge cuts; None for a text of the header that spans more than it."""
        size = cut.end - cut.start
        if line >= 0:
            over = [span for span, _ in self._layout.header[line] if span.start <= cut.column < span.end]
            if any(span.end - span.start > 1 for span in over):
                return None
            return Strip([Segment(" " * size, self.palette.style("head", "bar"))], size)
        cell, figure = self.model.cell(row, cut.column), self.model.numeric[cut.column]
        text = cell.printed if self.state.printed else cell.text
        drawn = cut_text(text, cut, left=left, figure=figure)
        return self.line_of([Segment(drawn, self.palette.style("quiet"))], size)

    def _head_strip(self, line: int) -> Strip:
        """A line of the header, whole."""
        asked = (self.model, self._layout, self.palette)
        if any(one is not other for one, other in zip(asked, self._heads_of, strict=True)):
            self._heads_of = asked
            self._heads.clear()
        strip = self._heads.get(line)
        if strip is None:
            segments = self._lines.header(self.model, self._layout, line, self.palette)
            whole = Strip(segments).adjust_cell_length(self._layout.total, self.palette.style("head", "bar"))
            strip = self._heads[line] = whole
        return strip

    def _row_strip(self, row: int) -> Strip:
        selection = self.selection if self.anchor_cell is not None else None
        place = Place(self.cursor, selection, self.has_focus)
        segments = self._lines.row(self.model, self._layout, self.state, row, place, self.palette)
        return self.line_of(segments, self._layout.total)


def _scrolled_to(rows: tuple[int, int], top: int, visible: int, total: int) -> int:
    """The first row in sight so that these rows are: by as little as that takes for a step, a third down for a jump."""
    first, last = rows
    if top <= first and last < top + visible:
        return top
    if top - first == 1 or last - top - visible == 0:
        return first if first < top else last - visible + 1
    above = max(min(visible // 3, visible - (last - first + 1)), 0)
    return max(min(first - above, total - visible), 0)
