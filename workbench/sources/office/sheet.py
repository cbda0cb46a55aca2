"""One sheet of a workbook → one page: what every spreadsheet reader has in common."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from workbench.model.source import Page
from workbench.sources.grid_text import PageBuilder, PlannedCell, PlannedGrid
from workbench.sources.limits import ReadLimits

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, counted from 0."""


@dataclass(slots=True)
class Sheet:
    """A sheet as read: texts as shown by (row, column) from 0, merged cells, hidden rows and columns."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: int = 0
    """Formulas that the file stores no value of, and that were not computed."""
    computed: int = 0
    """Formulas that the file stores no value of, and that were computed."""


def sheet_page(sheet: Sheet, number: int, name: str, limits: ReadLimits) -> tuple[Page, list[str]]:
    """The page of a sheet: one grid of its visible rows and columns that hold anything, and what was left out.

    Rows and columns outside the used area are cut off; empty ones inside it stay, for they part tables.
    """
    rows, columns = _visible(sheet)
    builder = PageBuilder(name, limits)
    if rows and columns:
        builder.add_grid(PlannedGrid(len(rows), len(columns), _cells(sheet, rows, columns)))
    return builder.page(number, sheet.name), _left_out(sheet)


def damaged_sheet(name: str) -> str:
    """What is said of a sheet that cannot be read, where the others are."""
    return f"sheet {name} is damaged and was left out; open it in a spreadsheet program and save it"


def _visible(sheet: Sheet) -> tuple[dict[int, int], dict[int, int]]:
    """Visible row → its place, visible column → its place; long empty stretches count as one empty row or column."""
    used = [place for place, text in sheet.texts.items() if text.strip()]
    covered = [span for span in sheet.merged if sheet.texts.get(span[:2], "").strip()]
    rows = {row for row, _ in used}
    columns = {column for _, column in used}
    for first_row, first_column, last_row, last_column in covered:
        rows.update((first_row, last_row))
        columns.update((first_column, last_column))
    return _places(rows, sheet.hidden_rows), _places(columns, sheet.hidden_columns)


def _places(used: Iterable[int], hidden: set[int]) -> dict[int, int]:
    """The used lines and the ones between them, in order, without hidden ones; a gap of hundreds is one line."""
    places: dict[int, int] = {}
    last: int | None = None
    for line in sorted(used):
        between = range(last + 1, line) if last is not None and line - last < 200 else ()
        if last is not None and line - last >= 200:
            between = range(line - 1, line)
        for candidate in (*between, line):
            if candidate not in hidden:
                places[candidate] = len(places)
        last = line
    return places


def _cells(sheet: Sheet, rows: dict[int, int], columns: dict[int, int]) -> list[PlannedCell]:
    cells: list[PlannedCell] = []
    covered: set[tuple[int, int]] = set()
    for span in sheet.merged:
        cell = _merged_cell(sheet, span, rows, columns)
        if cell is None:
            continue
        places = [
            (cell.row + down, cell.column + right) for down in range(cell.row_span) for right in range(cell.column_span)
        ]
        if covered.isdisjoint(places):
            covered.update(places)
            cells.append(cell)
    for (row, column), text in sheet.texts.items():
        place = (rows.get(row, -1), columns.get(column, -1))
        if text.strip() and min(place) >= 0 and place not in covered:
            cells.append(PlannedCell(place[0], place[1], 1, 1, [text]))
    return cells


def _merged_cell(sheet: Sheet, span: Span, rows: dict[int, int], columns: dict[int, int]) -> PlannedCell | None:
    first_row, first_column, last_row, last_column = span
    text = sheet.texts.get((first_row, first_column), "")
    if not text.strip():
        return None
    down = [rows[row] for row in rows if first_row <= row <= last_row]
    right = [columns[column] for column in columns if first_column <= column <= last_column]
    if not down or not right:
        return None
    return PlannedCell(min(down), min(right), len(down), len(right), [text])


def _left_out(sheet: Sheet) -> list[str]:
    hidden_rows = {row for (row, _), text in sheet.texts.items() if row in sheet.hidden_rows and text.strip()}
    hidden_columns = {
        column for (_, column), text in sheet.texts.items() if column in sheet.hidden_columns and text.strip()
    }
    said = []
    if hidden_rows:
        said.append(f"sheet {sheet.name}: {len(hidden_rows)} hidden rows were left out")
    if hidden_columns:
        said.append(f"sheet {sheet.name}: {len(hidden_columns)} hidden columns were left out")
    if sheet.computed:
        said.append(f"sheet {sheet.name}: {sheet.computed} formulas have no stored value and were computed")
    if sheet.uncomputed:
        said.append(
            f"sheet {sheet.name}: {sheet.uncomputed} formulas have no stored value and are blank; "
            "open it in a spreadsheet program and save it"
        )
    return said
