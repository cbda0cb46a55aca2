"""What the table grid draws, worked out without a screen: rows, header spans, column widths, the state of each cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from functools import cached_property

from workbench.model.amount import FigureKind
from workbench.model.table import Cell, CellRef, Document, Row, Table
from workbench.tui.drawing.display import shown, width, wrap

STATED = "§stated"
"""The id under which all stated figures of a document are shown as one grid."""

_SAMPLE = 400
_STUB_COLUMNS = 5
_HEADER_LINES = 4


class Mark(IntFlag):
    """What is to be said about a cell; several may hold."""

    NONE = 0
    FAILING = 1
    SUSPECT = 2
    SETTLED = 4
    FLAGGED = 8
    NOTED = 16


@dataclass(frozen=True, slots=True)
class HeaderSpan:
    """A header text over the columns `start` to `end` (exclusive), from header row `row` on."""

    row: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class GridModel:
    """One table (or all stated figures) as a grid of cells with places. Column widths are worked out at first use."""

    id: str
    title: str
    header: tuple[tuple[str, ...], ...]
    rows: Sequence[Row]
    refs: Mapping[str, int] = field(default_factory=dict)
    """For stated figures: the row of each id; empty for a table."""

    unit: str = ""
    corrected_header: frozenset[tuple[int, int]] = frozenset()
    """Row and column of every header cell that the reviewer corrected."""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.header[0]) if self.header else len(self.rows[0]) if self.rows else 0

    @cached_property
    def _stated_ids(self) -> tuple[str, ...]:
        return tuple(self.refs)

    def ref(self, row: int, column: int) -> CellRef | None:
        """The place of a cell in the document, None where it is only shown."""
        if not (0 <= row < len(self.rows) and 0 <= column < self.width):
            return None
        if self.id == STATED:
            return CellRef(self._stated_ids[row], 0, 0)
        return CellRef(self.id, row, column)

    def is_cell(self, column: int) -> bool:
        """Whether the column shows cells of the document: of a figure in the text only the figure is one."""
        return self.id != STATED or column == 1

    def place(self, ref: CellRef) -> tuple[int, int] | None:
        """Row and column of a place in this grid, None where it is not in it."""
        if self.id == STATED:
            row = self.refs.get(ref.table)
            return None if row is None else (row, 1)
        if ref.table == self.id and 0 <= ref.row < len(self.rows) and 0 <= ref.column < self.width:
            return ref.row, ref.column
        return None

    def cell(self, row: int, column: int) -> Cell:
        """The cell there."""
        return self.rows[row][column]

    @cached_property
    def spans(self) -> tuple[HeaderSpan, ...]:
        """The header texts with the columns they stand over; a text repeated below itself is given once."""
        found: list[HeaderSpan] = []
        borders: set[int] = set()
        for index, texts in enumerate(self.header):
            start = 0
            for column in range(1, len(texts) + 1):
                if column < len(texts) and texts[column] == texts[start] and texts[start] and column not in borders:
                    continue
                text = texts[start]
                repeated = index > 0 and self.header[index - 1][start:column] == (text,) * (column - start)
                if text and not repeated:
                    found.append(HeaderSpan(index, start, column, text))
                borders.add(start)
                start = column
        return tuple(found)

    def spans_over(self, column: int) -> tuple[HeaderSpan, ...]:
        """The header texts over a column from the top, a blank where a row of the header has none."""
        found: list[HeaderSpan] = []
        for row, texts in enumerate(self.header):
            span = next((span for span in self.spans if span.row == row and span.start <= column < span.end), None)
            if span is not None:
                found.append(span)
            elif not texts[column]:
                found.append(HeaderSpan(row, column, column + 1, ""))
        return tuple(found)

    def header_cells(self, span: HeaderSpan) -> tuple[tuple[int, int], ...]:
        """Row and column of every header cell that repeats the text of a span."""
        columns = range(span.start, span.end)
        rows = [span.row]
        while span.text and rows[-1] + 1 < len(self.header):
            if any(self.header[rows[-1] + 1][column] != span.text for column in columns):
                break
            rows.append(rows[-1] + 1)
        return tuple((row, column) for row in rows for column in columns)

    @cached_property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold figures more than text (they are set flush right)."""
        return tuple(self._is_numeric(column) for column in range(self.width))

    def _is_numeric(self, column: int) -> bool:
        figures = texts = 0
        for row in self.rows[:_SAMPLE]:
            kind = row[column].figure.kind
            figures += kind in (FigureKind.NUMBER, FigureKind.GARBLED)
            texts += kind is FigureKind.TEXT
        return figures > texts

    @cached_property
    def stub(self) -> int:
        """How many leading columns name the row: those up to the first column of text; they stay in sight."""
        if self.id == STATED:
            return 1
        for column, numeric in enumerate(self.numeric[:_STUB_COLUMNS]):
            if not numeric and any(row[column].text for row in self.rows[:_SAMPLE]):
                return column + 1 if column + 1 < self.width else 0
        return 0

    @cached_property
    def stubs(self) -> tuple[tuple[int, int], ...]:
        """The columns that name rows, side by side where the table has sides (收入 | 支出): first,
        and one behind the last."""
        if not self.stub:
            return ()
        found = [(0, self.stub)]
        for column in range(self.stub + 1, self.width - 1):
            if not self.numeric[column] and self.numeric[column + 1] and self._begins_side(column, found[-1][1] - 1):
                found.append((column, column + 1))
        return tuple(found)

    def _begins_side(self, column: int, stub: int) -> bool:
        """Whether names inside the figures are those of another side: headed like the names before them, or sharing a
        spanner with their figures and not with those before, or nothing is headed."""
        if not any(self.numeric[stub + 1 : column]) or not any(row[column].text for row in self.rows[:_SAMPLE]):
            return False
        if not self.header:
            return True
        leaf, before = self._leaf(column), self._leaf(stub)
        above = self.header[0]
        shared = len(self.header) > 1 and above[column] == above[column + 1] not in (above[column - 1], leaf)
        return (bool(leaf) and leaf == before) or shared

    def _leaf(self, column: int) -> str:
        texts = [row[column] for row in self.header if row[column] and not row[column].strip("* ").isdigit()]
        return next((text for text in reversed(texts) if text.strip("* ")), "")

    def right_aligned(self, column: int) -> bool:
        """Whether the column is set flush right: figures, but not the codes that name a row."""
        return self.numeric[column] and column >= self.stub

    @cached_property
    def natural_widths(self) -> tuple[int, ...]:
        """The cells that the widest text of each column takes."""
        widths = [1] * self.width
        for row in self.rows:
            for column, cell in enumerate(row):
                size = width(shown(cell.text))
                if size > widths[column]:
                    widths[column] = size
        return tuple(widths)

    def take_over(self, before: GridModel) -> None:
        """Take over what was measured of the same table before some cells changed; columns only grow by it."""
        widths = list(before.natural_widths)
        for old, new in zip(before.rows, self.rows, strict=True):
            if old is not new:
                for column, cell in enumerate(new):
                    widths[column] = max(widths[column], width(shown(cell.text)))
        self.__dict__.update(
            natural_widths=tuple(widths),
            numeric=before.numeric,
            stub=before.stub,
            stubs=before.stubs,
            spans=before.spans,
        )

    def column_widths(self, room: int, wanted: Mapping[int, int]) -> tuple[int, ...]:
        """How wide to draw each column in `room` cells: figures always whole, texts cut where they are long.

        `wanted` holds the widths that the reviewer set by hand.
        """
        text_cap = max(14, min(40, room // 3))
        widths: list[int] = []
        for column, natural in enumerate(self.natural_widths):
            header = max(
                (width(shown(s.text)) for s in self.spans if s.start == column and s.end == column + 1), default=0
            )
            head = header if header <= 8 else max(8, -(-header // 3) + 1)
            if column in wanted:
                widths.append(wanted[column])
            elif self.numeric[column]:
                widths.append(max(natural + 1, head))
            else:
                widths.append(max(min(natural, text_cap), min(head, text_cap), 3))
        return tuple(widths)


def header_lines(model: GridModel, widths: Sequence[int], gap: int) -> list[list[tuple[HeaderSpan, str]]]:
    """The lines of the header from the top: for each the spans drawn on it with the piece of text on this line."""
    lines: list[list[tuple[HeaderSpan, str]]] = []
    for row in range(len(model.header)):
        wrapped = [
            (span, wrap(shown(span.text), sum(widths[span.start : span.end]) + gap * (span.end - span.start - 1)))
            for span in model.spans
            if span.row == row
        ]
        height = min(max((len(pieces) for _, pieces in wrapped), default=0), _HEADER_LINES)
        for index in range(height):
            lines.append([(span, pieces[index]) for span, pieces in wrapped if index < len(pieces)])
    return lines


def table_model(table: Table, before: GridModel | None = None) -> GridModel:
    """The grid of one table. What was measured of `before`, the same table before an edit, is taken over."""
    header = tuple(tuple(cell.text for cell in row) for row in table.header)
    corrected = frozenset(
        (row, column)
        for row, cells in enumerate(table.header)
        for column, cell in enumerate(cells)
        if cell.corrected is not None
    )
    model = GridModel(table.id, table.title, header, table.rows, unit=table.unit, corrected_header=corrected)
    if before is not None and (before.id, before.header) == (model.id, header) and len(before.rows) == len(model.rows):
        model.take_over(before)
    return model


def stated_model(document: Document, title: str, header: tuple[str, ...]) -> GridModel:
    """The grid of the figures quoted in the text: what about, figure, unit, the words around it."""
    rows = tuple((Cell(stated.label), stated.cell, Cell(stated.unit), Cell(stated.text)) for stated in document.stated)
    return GridModel(STATED, title, (header,), rows, {stated.id: row for row, stated in enumerate(document.stated)})


def grid_of(ref: CellRef, document: Document) -> str:
    """The id of the grid that shows a place."""
    return STATED if any(stated.id == ref.table for stated in document.stated) else ref.table


def marked(marks: Iterable[tuple[CellRef, Mark]]) -> dict[CellRef, Mark]:
    """All marks of each cell together."""
    together: dict[CellRef, Mark] = {}
    for ref, mark in marks:
        together[ref] = together.get(ref, Mark.NONE) | mark
    return together
