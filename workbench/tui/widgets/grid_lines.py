"""The lines of a grid on the screen: drawn once each, kept while nothing on them changes, cut where the edges are."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from workbench.model.table import CellRef
from workbench.tui.models.grid import GridModel
from workbench.tui.models.grid_layout import Cut, GridLayout
from workbench.tui.widgets.grid_strips import GridState, GridStrips, Place, cut_text, marked_row
from workbench.tui.widgets.pane import Pane

_KEPT_STRIPS = 1024
_MANY = 400
"""More cells than this are not followed one by one, only those that are in sight."""
_MANY_ROWS = 8
"""More rows than this are not painted one by one."""
EMPTY = GridModel("", "", (), ())


class GridLines(Pane):
    """A grid as it is drawn."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.model = EMPTY
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
        """What was seen of whole lines between the edges, by number of the row (of a line of the header:
        from -1 down)."""
        self._edges_of: tuple[GridLayout, int, int, int] | None = None
        self._edges_kept: tuple[tuple[int, int], Cut | None, Cut | None] = ((0, 0), None, None)

    @property
    def selection(self) -> tuple[int, int, int, int]:
        """First row, first column, last row, last column of what is selected (the cursor's cell at least)."""
        row, column = self.cursor
        other_row, other_column = self.anchor_cell or self.cursor
        return min(row, other_row), min(column, other_column), max(row, other_row), max(column, other_column)

    @property
    def _frozen(self) -> tuple[int, int]:
        return self._layout.frozen(self.cursor[1], self.scrollable_content_region.width)

    def look_changed(self) -> None:
        self._strips.clear()
        self._heads.clear()
        self._lines.forget()
        super().look_changed()

    # what has to be drawn anew

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
            if old.preview.columns != new.preview.columns:
                refs.update(self._in_sight())
        return refs

    def _in_sight(self) -> list[CellRef]:
        """The cells whose lines are kept as drawn; lines out of sight are kept no longer."""
        top, height = int(self.scroll_y), self.body_height
        for row in [row for row in self._strips if not top <= row < top + height]:
            del self._strips[row]
        refs = (self.model.ref(row, column) for row in self._strips for column in range(self.model.width))
        return [ref for ref in refs if ref is not None]

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
        if line < 0:
            parts.append(strip.crop_extend(begin + x, end + x, style))
        else:
            parts.append(self._head_between(line, begin + x, end + x, style))
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

    def _head_between(self, line: int, start: int, end: int, style: Style) -> Strip:
        """What of a line of the header is in sight behind the names."""
        segments = self._lines.header(self.model, self._layout, line, self.palette, (start, end))
        return Strip(segments).adjust_cell_length(end - start, style)

    def _row_strip(self, row: int) -> Strip:
        selection = self.selection if self.anchor_cell is not None else None
        place = Place(self.cursor, selection, self.has_focus)
        segments = self._lines.row(self.model, self._layout, self.state, row, place, self.palette)
        return self.line_of(segments, self._layout.total)
