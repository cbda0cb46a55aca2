# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""The table: frozen header and stub, one strip a row, cell states by sign and colour. It draws a `GridModel`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from workbench.model.table import Cell, CellRef
from workbench.tui import glyphs
from workbench.tui.display import fit, shown, sign, width
from workbench.tui.grid_model import GridModel, HeaderSpan, Mark, header_lines
from workbench.tui.preview import NOTHING, Preview
from workbench.tui.widgets.pane import Pane

_GAP = 2
"""Cells between two columns: one for the gap, one for the sign of the cell."""

_LEAST_NAME = 12
_KEPT_STRIPS = 1024
_KEPT_CELLS = 20_000
_MANY = 400
"""More changed cells than this are not followed one by one: everything in sight is drawn anew."""


@dataclass(frozen=True, slots=True)
class GridState:
    """What is drawn besides the texts: states of cells, lit cells, the printed text instead of the corrected one."""

    marks: Mapping[CellRef, Mark]
    lit: frozenset[CellRef] = frozenset()
    strong: frozenset[CellRef] = frozenset()
    printed: bool = False
    wanted_widths: Mapping[int, int] | None = None
    preview: Preview = NOTHING
    """What the suggestion that is looked at would change."""


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
        self._widths: tuple[int, ...] = ()
        self._offsets: tuple[int, ...] = ()
        self._header: list[list[tuple[HeaderSpan, str]]] = []
        self._strips: dict[int, Strip] = {}
        self._drawn: dict[tuple[int, int, str, Mark], list[Segment]] = {}
        """Cells of the rows shown, as they are drawn on a ground and with a mark."""
        self._total = 0
        self._undrawn: set[int] = set()

    # what is shown

    def show(self, model: GridModel, state: GridState, cursor: tuple[int, int] | None = None) -> None:
        """Show a table; redraws only the rows whose cells or states changed where it is the same table."""
        same = model.id == self.model.id and model.width == self.model.width
        old_model, old_state = self.model, self.state
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
        if (model.rows is not old_model.rows or state.preview != old_state.preview) and self._measure() != self._widths:
            self._lay_out()
            self._keep_in_sight()
            return
        self._forget_changed(old_model, old_state)
        self.virtual_size = Size(self._total, len(model.rows) + len(self._header))
        self._keep_in_sight()
        self._draw_undrawn()

    def _forget_changed(self, old_model: GridModel, old_state: GridState) -> None:
        if old_state.printed != self.state.printed or old_model.rows is not self.model.rows:
            self._drawn.clear()
        if old_state.printed != self.state.printed or len(old_model.rows) != len(self.model.rows):
            self._strips.clear()
            self.refresh()
            return
        refs: set[CellRef] = set()
        if old_state.lit is not self.state.lit:
            if len(old_state.lit) + len(self.state.lit) > _MANY:
                self._strips.clear()
                self.refresh()
            else:
                refs |= old_state.lit ^ self.state.lit
        if old_state.strong is not self.state.strong:
            refs |= old_state.strong ^ self.state.strong
        if old_state.marks is not self.state.marks:
            refs |= {ref for ref, _ in old_state.marks.items() ^ self.state.marks.items()}
        if old_state.preview != self.state.preview:
            refs |= {ref for ref, _ in old_state.preview.texts.items() ^ self.state.preview.texts.items()}
            places = old_state.preview.inserted ^ self.state.preview.inserted
            refs |= {CellRef(table, self._marked_row(row), 0) for table, row in places}
        if len(refs) > _MANY:
            self._strips.clear()
            self.refresh()
            refs = set()
        for ref in refs:
            if place := self.model.place(ref):
                self._strips.pop(place[0], None)
                self._undrawn.add(place[0])
        if old_model.rows is not self.model.rows:
            for row in [row for row in self._strips if old_model.rows[row] is not self.model.rows[row]]:
                del self._strips[row]
                self._undrawn.add(row)
        self._strips.pop(self.cursor[0], None)
        self._undrawn.add(self.cursor[0])

    def _measure(self) -> tuple[int, ...]:
        room = max(self.scrollable_content_region.width, 20) - self._gutter
        widths = self.model.column_widths(room, self.state.wanted_widths or {})
        return self._with_room_for_proposals(widths, room) if self.state.preview.texts else widths

    def _with_room_for_proposals(self, widths: tuple[int, ...], room: int) -> tuple[int, ...]:
        """Columns wide enough for before and after. Names give way; figures are pushed out of sight only where they
        are anyway and the terminal is wide."""
        wider = list(widths)
        for ref, after in self.state.preview.texts.items():
            place = self.model.place(ref)
            if place is not None:
                wanted = width(shown(_both(self.model.cell(*place).text, after)))
                if wanted <= room // 4:
                    wider[place[1]] = max(wider[place[1]], wanted)
        over = sum(wider) + _GAP * len(wider) - room
        if over <= 0 or sum(widths) + _GAP * len(widths) > room:
            return tuple(wider)
        names = [column for column, numeric in enumerate(self.model.numeric) if not numeric]
        widest = max(names, key=lambda column: wider[column], default=-1)
        if widest < 0 or wider[widest] - over < _LEAST_NAME:
            return widths
        wider[widest] -= over
        return tuple(wider)

    def _marked_row(self, row: int) -> int:
        """The row that bears the sign of rows that would come in before `row`."""
        return max(min(row, len(self.model.rows) - 1), 0)

    def _comes_in_at(self, row: int) -> bool:
        return any(table == self.model.id and self._marked_row(at) == row for table, at in self.state.preview.inserted)

    def _lay_out(self) -> None:
        self._strips.clear()
        self._drawn.clear()
        self._widths = self._measure()
        offsets = []
        x = self._gutter
        for size in self._widths:
            offsets.append(x + 1)
            x += size + _GAP
        self._offsets = tuple(offsets)
        self._total = x
        self._header = header_lines(self.model, self._widths, _GAP)
        self.virtual_size = Size(self._total, len(self.model.rows) + len(self._header))
        self.refresh()

    @property
    def _gutter(self) -> int:
        return len(str(len(self.model.rows))) + 1

    @property
    def _frozen(self) -> int:
        """The cells at the left that do not scroll: row numbers and stub, where they leave room for the rest."""
        stub = self.model.stub
        if not stub or not self._offsets:
            return self._gutter
        edge = self._offsets[stub - 1] + self._widths[stub - 1] + 1
        return edge if edge <= self.scrollable_content_region.width * 3 // 5 else self._gutter

    def on_resize(self) -> None:
        if self.model is not _EMPTY:
            self._lay_out()
            self._keep_in_sight()

    def watch_show_horizontal_scrollbar(self) -> None:
        """The scroll bar takes a line away: the cursor must not be on it."""
        self.call_after_refresh(self._keep_in_sight)

    def look_changed(self) -> None:
        self._strips.clear()
        self._drawn.clear()
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
        visible = max(self.body_height - len(self._header), 2)
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
        if not self._offsets:
            return
        row, column = self.cursor
        visible = max(self.body_height - len(self._header), 1)
        top = int(self.scroll_y)
        y = row if row < top else row - visible + 1 if row >= top + visible else top
        x = int(self.scroll_x)
        frozen = self._frozen
        start, end = self._offsets[column] - 1, self._offsets[column] + self._widths[column] + 1
        if start >= frozen:
            room = self.scrollable_content_region.width
            if start < frozen + x:
                x = start - frozen
            elif end > room + x:
                x = min(end - room, start - frozen)
        if (x, y) != (int(self.scroll_x), top):
            self.jump(x, y)

    def cell_region(self) -> Region:
        """Where the cursor's cell is drawn, in cells from the upper left of the pane."""
        row, column = self.cursor
        x = self._offsets[column] if self._offsets else 0
        if x >= self._frozen:
            x -= int(self.scroll_x)
        y = row - int(self.scroll_y) + len(self._header)
        return Region(x, y, self._widths[column] if self._widths else 1, 1)

    def header_region(self, span: HeaderSpan) -> Region:
        """Where a text of the header is drawn, in cells from the upper left of the pane."""
        lines = [y for y, line in enumerate(self._header) if any(other.row == span.row for other, _ in line)]
        x = self._offsets[span.start]
        if x >= self._frozen:
            x = max(x - int(self.scroll_x), self._frozen)
        size = self._offsets[span.end - 1] + self._widths[span.end - 1] - self._offsets[span.start]
        return Region(x, lines[0] if lines else 0, size, 1)

    def column_width(self, column: int) -> int:
        """How wide a column is drawn."""
        return self._widths[column]

    def _redraw(self, row: int) -> None:
        self._strips.pop(row, None)
        self._undrawn.add(row)
        self._draw_undrawn()

    def _draw_undrawn(self) -> None:
        """Ask for the rows that changed to be painted, all at once."""
        top, height = int(self.scroll_y), self.body_height - len(self._header)
        for row in self._undrawn:
            if top <= row < top + height:
                self.refresh(Region(0, row - top + len(self._header), self.size.width, 1))
        self._undrawn.clear()

    def on_click(self, event: events.Click) -> None:
        row = event.y - len(self._header) + int(self.scroll_y)
        if event.y < len(self._header):
            self._header_clicked(event)
        elif 0 <= row < len(self.model.rows):
            self.go_to(row, self._column_at(event.x))
            if event.chain == 2:
                self.post_message(self.EditAsked())

    def _column_at(self, place: int) -> int:
        x = place if place < self._frozen else place + int(self.scroll_x)
        columns = range(self.model.width - 1, -1, -1)
        return next((column for column in columns if x >= self._offsets[column] - 1), 0)

    def _header_clicked(self, event: events.Click) -> None:
        column = self._column_at(event.x)
        spans = [span for span, _ in self._header[event.y] if span.start <= column < span.end]
        if event.chain == 2 and spans:
            self.post_message(self.HeaderEditAsked(spans[0]))

    # drawing

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        room = self.room
        if y < len(self._header):
            return self._scrolled(self._header_strip(y), room, self.palette.style("head", "bar"))
        row = y - len(self._header) + int(self.scroll_y)
        if not 0 <= row < len(self.model.rows):
            return Strip.blank(room, self.ground)
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) >= _KEPT_STRIPS:
                self._strips.clear()
            strip = self._strips[row] = self._row_strip(row)
        return self._scrolled(strip, room, self.ground)

    def _scrolled(self, strip: Strip, room: int, style: Style) -> Strip:
        x = int(self.scroll_x)
        if x <= 0:
            return strip.crop_extend(0, room, style)
        frozen = self._frozen
        return Strip.join([strip.crop(0, frozen), strip.crop_extend(frozen + x, room + x, style)])

    def _header_strip(self, line: int) -> Strip:
        style = self.palette.style("head", "bar", bold=True)
        rule = self.palette.style("quiet", "bar")
        segments: list[Segment] = []
        x = 0
        for span, piece in sorted(self._header[line], key=lambda item: item[0].start):
            start = self._offsets[span.start]
            room = self._offsets[span.end - 1] + self._widths[span.end - 1] - start
            if start > x:
                segments.append(Segment(" " * (start - x), rule))
            segments.extend(self._span_segments(span, piece, room, style, rule))
            x = start + room
        return Strip(segments).adjust_cell_length(self._total, rule)

    def _span_segments(self, span: HeaderSpan, piece: str, room: int, style: Style, rule: Style) -> list[Segment]:
        if span.end - span.start == 1:
            return [Segment(fit(piece, room, right=self.model.right_aligned(span.start)), style)]
        free = room - width(piece) - 2
        if free < 2:
            return [Segment(fit(piece, room), style)]
        line = sign("─")
        return [
            Segment(line * (free // 2) + " ", rule),
            Segment(piece, style),
            Segment(" " + line * (free - free // 2), rule),
        ]

    def _row_strip(self, row: int) -> Strip:
        palette = self.palette
        first_row, first_column, last_row, last_column = self.selection
        selected = self.anchor_cell is not None and first_row <= row <= last_row
        here = row == self.cursor[0]
        gutter = palette.style("accent" if here else "quiet", bold=here)
        segments = [Segment(f"{row + 1:>{self._gutter - 1}}", gutter)]
        comes_in = bool(self.state.preview.inserted) and self._comes_in_at(row)
        segments.append(Segment("+", palette.style("corrected", bold=True)) if comes_in else Segment(" ", gutter))
        stub_edge = self.model.stub - 1
        border, gap = Segment(sign("│"), palette.style("quiet")), Segment(" ", palette.style())
        for column in range(self.model.width):
            in_selection = selected and first_column <= column <= last_column
            segments.extend(self._cell_segments(row, column, in_selection=in_selection))
            segments.append(border if column == stub_edge else gap)
        return self.line_of(segments, self._total)

    def _cell_segments(self, row: int, column: int, *, in_selection: bool) -> list[Segment]:
        cell = self.model.cell(row, column)
        ref = self.model.ref(row, column) if self.model.is_cell(column) else None
        mark = self.state.marks.get(ref, Mark.NONE) if ref is not None else Mark.NONE
        ground = ""
        if (row, column) == self.cursor:
            ground = "cursor" if self.has_focus else "lit-strong"
        elif in_selection:
            ground = "selected"
        elif ref in self.state.strong:
            ground = "lit-strong"
        elif ref in self.state.lit:
            ground = "lit"
        proposed = self.state.preview.texts.get(ref) if ref is not None and self.state.preview.texts else None
        if proposed is not None:
            return self._proposed_segments(cell, proposed, column, ground)
        key = (row, column, ground, mark)
        segments = self._drawn.get(key)
        if segments is None:
            if len(self._drawn) >= _KEPT_CELLS:
                self._drawn.clear()
            segments = self._drawn[key] = self._shown_segments(cell, mark, column, ground)
        return segments

    def _shown_segments(self, cell: Cell, mark: Mark, column: int, ground: str) -> list[Segment]:
        """A cell as it stands: the sign of its state, and its text."""
        look = _look(cell, mark)
        role = look.role if look is not None and look.role != "quiet" else ""
        text = cell.printed if self.state.printed else cell.text
        drawn = fit(shown(text), self._widths[column], right=self.model.right_aligned(column))
        bold = mark is not Mark.NONE and bool(mark & (Mark.FAILING | Mark.SUSPECT))
        style = self.palette.style(role, ground, bold=bold)
        sign_style = self.palette.style(look.role if look else "", ground, bold=bold)
        return [Segment(sign(look.sign) if look else " ", sign_style), Segment(drawn, style)]

    def _proposed_segments(self, cell: Cell, proposed: str, column: int, ground: str) -> list[Segment]:
        """A cell that a suggestion would change: what it shows and would show, what it would show where both have no
        room."""
        size, right = self._widths[column], self.model.right_aligned(column)
        both = shown(_both(cell.text, proposed))
        drawn = fit(both if width(both) <= size else shown(_both("", proposed)), size, right=right)
        sign_style = self.palette.style(glyphs.SUSPECT.role, ground, bold=True)
        style = self.palette.style("corrected", ground, bold=True, underline=True)
        return [Segment(sign(glyphs.SUSPECT.sign), sign_style), Segment(drawn, style)]


def _both(before: str, after: str) -> str:
    """Before and after in one line; a blank is left out beside the arrow."""
    return f"{before}{sign('→')}{after}"


def _look(cell: Cell, mark: Mark) -> glyphs.Look | None:
    """The state that a cell shows: the one that most needs a person."""
    if mark is Mark.NONE:
        # By far the most cells; operations on flags are slow.
        return glyphs.CORRECTED if cell.corrected is not None else glyphs.INFERRED if cell.inferred else None
    if mark & Mark.SUSPECT:
        return glyphs.SUSPECT
    if mark & Mark.FAILING:
        return glyphs.FAILING
    if mark & (Mark.FLAGGED | Mark.NOTED):
        return glyphs.FLAGGED
    if cell.corrected is not None:
        return glyphs.CORRECTED
    if mark & Mark.SETTLED:
        return glyphs.SETTLED
    return glyphs.INFERRED if cell.inferred else None
