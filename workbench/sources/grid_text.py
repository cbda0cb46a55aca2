"""Paragraphs and tables of a file → the text of a page, in which every cell of every grid has its ranges."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from workbench.errors import UnreadableSourceError
from workbench.model.source import Grid, GridCell, Page
from workbench.sources.characters import clean_text
from workbench.sources.limits import ReadLimits


@dataclass(slots=True)
class PlannedCell:
    """A cell before it has a place in the text: its paragraphs, and the tables inside it."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    content: list[str | PlannedGrid] = field(default_factory=list)


@dataclass(slots=True)
class PlannedGrid:
    """A table before it has a place in the text. Cells may come in any order and must not overlap."""

    row_count: int
    column_count: int
    cells: list[PlannedCell]

    @property
    def is_frame(self) -> bool:
        """Whether it only places other tables: hardly any text of its own around them, or one cell, or one below the
        other, around it all."""
        inner = sum(isinstance(content, PlannedGrid) for cell in self.cells for content in cell.content)
        if not inner or len({cell.row for cell in self.cells}) == len(self.cells):
            return inner > 0
        own = sum(isinstance(content, str) and bool(content.strip()) for cell in self.cells for content in cell.content)
        return own <= 2 * inner and len(self.cells) <= 4 * inner

    @property
    def places_tables_only(self) -> bool:
        """Whether each cell that prints something holds a table."""
        return all(
            any(isinstance(content, PlannedGrid) for content in cell.content)
            for cell in self.cells
            if any(not isinstance(content, str) or content.strip() for content in cell.content)
        )


class PageBuilder:
    """Writes one page. A row of a grid is a line, its columns apart by tabs; the paragraphs of a cell follow each other
    on that line as pieces of their own; a table in a cell comes after the row that holds it, as a grid of its own."""

    def __init__(self, name: str, limits: ReadLimits) -> None:
        self._name = name
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._grids: list[Grid] = []
        self._cells = 0

    def add_paragraph(self, text: str) -> None:
        """A paragraph on lines of its own."""
        self._write(clean_text(text).rstrip() + "\n")

    def add_grid(self, grid: PlannedGrid, depth: int = 0) -> None:
        """A table and, after the rows that hold them, the tables inside it."""
        self._refuse_excess(grid, depth)
        start = self._length
        rows: dict[int, list[PlannedCell]] = {}
        for cell in grid.cells:
            rows.setdefault(cell.row, []).append(cell)
        cells: list[GridCell] = []
        place = len(self._grids)
        for row in range(grid.row_count):
            for inner in self._write_row(sorted(rows.get(row, ()), key=lambda cell: cell.column), cells):
                self.add_grid(inner, depth + 1)
        end = max(self._length - 1, start)
        self._grids.insert(place, Grid(grid.row_count, grid.column_count, tuple(cells), start, end))

    def page(self, number: int, name: str = "") -> Page:
        """The page as written."""
        return Page(number, "".join(self._pieces), name=name, boxes=array("f"), grids=tuple(self._grids))

    def _write_row(self, row: list[PlannedCell], cells: list[GridCell]) -> list[PlannedGrid]:
        inner: list[PlannedGrid] = []
        column = 0
        for cell in row:
            if cell.column > column:
                self._write("\t" * (cell.column - column))
                column = cell.column
            pieces: list[tuple[int, int]] = []
            for content in cell.content:
                if isinstance(content, PlannedGrid):
                    inner.append(content)
                    continue
                for line in clean_text(content).replace("\t", " ").split("\n"):
                    self._write_piece(line, pieces)
            cells.append(GridCell(cell.row, cell.column, cell.row_span, cell.column_span, tuple(pieces)))
        self._write("\n")
        return inner

    def _write_piece(self, line: str, pieces: list[tuple[int, int]]) -> None:
        """One line of a cell; its indent stands in the text but not in the cell."""
        text = line.rstrip()
        bare = text.lstrip()
        if not bare:
            return
        if pieces:
            self._write(" ")
        self._write(text)
        pieces.append((self._length - len(bare), self._length))

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        if self._length > self._limits.characters:
            raise UnreadableSourceError(self._name, f"has more than {self._limits.characters} characters", "split it")

    def _refuse_excess(self, grid: PlannedGrid, depth: int) -> None:
        if depth > self._limits.depth:
            raise UnreadableSourceError(self._name, "nests tables too deep", "it is no ordinary document")
        if grid.column_count > self._limits.columns:
            raise UnreadableSourceError(
                self._name,
                f"has a table of {grid.column_count} columns, more than {self._limits.columns}",
                "delete the empty columns and save it again",
            )
        if grid.row_count * grid.column_count > self._limits.places:
            raise UnreadableSourceError(
                self._name,
                f"has a table of {grid.row_count} rows and {grid.column_count} columns or more",
                "take out the cells that span many rows or columns, or split it",
            )
        self._cells += len(grid.cells) + grid.row_count
        if self._cells > self._limits.cells:
            raise UnreadableSourceError(self._name, f"has more than {self._limits.cells} cells in tables", "split it")
