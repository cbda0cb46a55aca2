"""The lines of the table as they are drawn: header, rows, cells with the sign of their state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.segment import Segment
from rich.style import Style

from workbench.model.table import Cell, CellRef
from workbench.tui.drawing import glyphs
from workbench.tui.drawing.display import fit, shown, sign, width
from workbench.tui.drawing.palette import Palette
from workbench.tui.models.grid import GridModel, HeaderSpan, Mark
from workbench.tui.models.grid_layout import Cut, GridLayout, before_and_after
from workbench.tui.models.preview import NOTHING, Preview

_KEPT_CELLS = 20_000
_MORE_LEFT, _MORE_RIGHT = "‹", "›"


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
    proposed: Mapping[CellRef, str] = field(default_factory=dict)
    """What the best suggestions of all open findings would put in cells: their columns are as wide as that takes before
    it is looked at."""
    parts: Mapping[CellRef, str] = field(default_factory=dict)
    """What each lit cell is in the one equation that is looked at: `=` its total, `+` and `-` its parts."""
    together: bool = False
    """Whether the lit cells around the cursor should come into sight with it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the cursor is, and what is selected: first row, first column, last row, last column."""

    cursor: tuple[int, int]
    selection: tuple[int, int, int, int] | None = None
    focused: bool = False


class GridStrips:
    """Draws the lines of one grid; cells are kept as they were drawn on a ground and with a mark."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int, str, Mark, str], list[Segment]] = {}

    def forget(self) -> None:
        """Draw every cell anew."""
        self._kept.clear()

    # the header

    def header(
        self, model: GridModel, layout: GridLayout, line: int, palette: Palette, window: tuple[int, int] | None = None
    ) -> list[Segment]:
        """A line of the header, whole or the part of it that `window` shows: a text over several columns stands in the
        middle of those in sight."""
        rule = palette.style("quiet", "bar")
        segments: list[Segment] = []
        x, edge = window or (0, layout.total)
        for span, piece in sorted(layout.header[line], key=lambda item: item[0].start):
            end = min(layout.offsets[span.end - 1] + layout.widths[span.end - 1], edge)
            start = max(layout.offsets[span.start] - 1, x)
            if end <= start:
                continue
            if start > x:
                segments.append(Segment(" " * (start - x), rule))
            cut_left = start > layout.offsets[span.start] - 1 and end - start <= width(piece)
            segments.extend(self._span(model, span, "" if cut_left else piece, end - start, palette))
            x = end
        return segments

    def _span(self, model: GridModel, span: HeaderSpan, piece: str, room: int, palette: Palette) -> list[Segment]:
        """A text of the header with the cell before it, which bears its sign where it was corrected."""
        corrected = not model.corrected_header.isdisjoint(model.header_cells(span))
        style = palette.style("corrected" if corrected else "head", "bar", bold=True)
        rule = palette.style("quiet", "bar")
        lead = Segment(sign(glyphs.CORRECTED.sign) if corrected and piece else " ", style)
        free = room - 1 - width(piece) - 2
        if span.end - span.start == 1 or free < 2:
            right = span.end - span.start == 1 and model.right_aligned(span.start)
            return [lead, Segment(fit(piece, room - 1, right=right), style)]
        # A text over several lines has no rules beside it.
        line = sign("─") if piece == shown(span.text) else " "
        before, behind = line * (free // 2), line * (free - free // 2)
        return [lead, Segment(before + " ", rule), Segment(piece, style), Segment(" " + behind, rule)]

    # rows

    def row(
        self, model: GridModel, layout: GridLayout, state: GridState, row: int, place: Place, palette: Palette
    ) -> list[Segment]:
        """A row, whole."""
        here = row == place.cursor[0]
        gutter = palette.style("accent" if here else "quiet", bold=here)
        segments = [Segment(f"{row + 1:>{layout.gutter - 1}}", gutter)]
        comes_in = bool(state.preview.inserted) and _comes_in_at(model, state.preview, row)
        new = Segment("+", palette.style("corrected", bold=True))
        coming = {column for table, column in state.preview.columns if table == model.id}
        segments.append(new if comes_in or 0 in coming else Segment(" ", gutter))
        edges = {end - 1 for _, end in model.stubs}
        border, gap = Segment(sign("│"), palette.style("quiet")), Segment(" ", palette.style())
        for column in range(model.width):
            segments.extend(self._cell(model, layout, state, (row, column), place, palette))
            segments.append(new if column + 1 in coming else border if column in edges else gap)
        return segments

    def _cell(
        self,
        model: GridModel,
        layout: GridLayout,
        state: GridState,
        at: tuple[int, int],
        place: Place,
        palette: Palette,
    ) -> list[Segment]:
        row, column = at
        cell, size = model.cell(row, column), layout.widths[column]
        ref = model.ref(row, column) if model.is_cell(column) else None
        mark = state.marks.get(ref, Mark.NONE) if ref is not None else Mark.NONE
        ground = _ground(state, ref, at, place)
        proposed = state.preview.texts.get(ref) if ref is not None and state.preview.texts else None
        right = model.right_aligned(column)
        if proposed is not None:
            return _proposed(cell, proposed, size, ground, palette, right=right)
        part = state.parts.get(ref, "") if ref is not None and state.parts else ""
        key = (row, column, ground, mark, part)
        segments = self._kept.get(key)
        if segments is None:
            if len(self._kept) >= _KEPT_CELLS:
                self._kept.clear()
            text = cell.printed if state.printed else cell.text
            segments = self._kept[key] = _as_it_stands(cell, text, mark, part, size, ground, palette, right=right)
        return segments


def _comes_in_at(model: GridModel, preview: Preview, row: int) -> bool:
    """Whether the row bears the sign that rows would come in here."""
    return any(table == model.id and marked_row(model, at) == row for table, at in preview.inserted)


def marked_row(model: GridModel, row: int) -> int:
    """The row that bears the sign of rows that would come in before `row`."""
    return max(min(row, len(model.rows) - 1), 0)


def cut_text(text: str, cut: Cut, *, left: bool, figure: bool) -> str:
    """What is drawn for a cell that an edge cuts: a text as far as it goes, of a figure only that it is there."""
    size = cut.end - cut.start
    drawn = shown(text)
    if not drawn:
        return " " * size
    if left:
        return sign(_MORE_LEFT) + " " * (size - 1)
    if figure or size < 3:
        return " " * (size - 1) + sign(_MORE_RIGHT)
    return " " + fit(drawn, size - 1)


def _ground(state: GridState, ref: CellRef | None, at: tuple[int, int], place: Place) -> str:
    if at == place.cursor:
        return "cursor" if place.focused else "lit-strong"
    if place.selection is not None:
        first_row, first_column, last_row, last_column = place.selection
        if first_row <= at[0] <= last_row and first_column <= at[1] <= last_column:
            return "selected"
    if ref in state.strong:
        return "lit-strong"
    return "lit" if ref in state.lit else ""


def _as_it_stands(
    cell: Cell, text: str, mark: Mark, part: str, size: int, ground: str, palette: Palette, *, right: bool
) -> list[Segment]:
    """A cell as it stands: the sign of its state, else of its part in the equation, and its text."""
    look = _look(cell, mark)
    role = look.role if look is not None and look.role != "quiet" else ""
    drawn = fit(shown(text), size, right=right)
    bold = mark is not Mark.NONE and bool(mark & (Mark.FAILING | Mark.SUSPECT))
    style = palette.style(role, ground, bold=bold)
    if part and (look is None or look is glyphs.INFERRED):
        return [Segment(part, palette.style("accent", ground, bold=True)), Segment(drawn, style)]
    sign_style = palette.style(look.role if look else "", ground, bold=bold)
    return [Segment(sign(look.sign) if look else " ", sign_style), Segment(drawn, style)]


def _proposed(cell: Cell, proposed: str, size: int, ground: str, palette: Palette, *, right: bool) -> list[Segment]:
    """A cell that a suggestion would change: what it shows and would show,
    what it would show where both have no room."""
    both = shown(before_and_after(cell.text, proposed))
    drawn = fit(both if width(both) <= size else shown(before_and_after("", proposed)), size, right=right)
    sign_style: Style = palette.style(glyphs.SUSPECT.role, ground, bold=True)
    style = palette.style("corrected", ground, bold=True, underline=True)
    return [Segment(sign(glyphs.SUSPECT.sign), sign_style), Segment(drawn, style)]


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
