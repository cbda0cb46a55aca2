"""What is a grid of texts in JSON, told by its shape: lists of texts or of objects with a text (pdfplumber, tabula),
objects with numbered cells (camelot), records, columns and data (pandas), cells that say their row and column (docling,
document services). No grid is without Chinese text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from workbench.sources.grid_text import PlannedCell, PlannedGrid

_CHINESE = re.compile("[一-鿿]")
_ROW = ("row", "row_index", "rowIndex", "start_row_offset_idx")
_COLUMN = ("column", "col", "column_index", "col_index", "columnIndex", "start_col_offset_idx")
_ROW_SPAN = ("row_span", "rowSpan", "rowspan")
_COLUMN_SPAN = ("column_span", "col_span", "columnSpan", "colspan")
_TEXT = ("text", "content", "value")


def grid_of_list(value: Sequence[Any]) -> PlannedGrid | None:
    """The grid that a list is: of rows of texts, of rows of objects with a text, of records; None for none."""
    if not value:
        return None
    if all(isinstance(row, list) for row in value):
        rows = [[_text_of(cell) for cell in row] for row in value]
        return None if any(text is None for row in rows for text in row) else _planned(rows)
    if not all(isinstance(row, dict) and row for row in value):
        return None
    placed = _placed(value)
    if placed is not None:
        return placed
    keys = list(value[0])
    named = not all(key.isdigit() for key in keys)
    if any(list(row) != keys or not all(map(_is_scalar, row.values())) for row in value):
        return None
    if named and not any(_CHINESE.search(key) for key in keys):
        return None
    body = [[_scalar(cell) for cell in row.values()] for row in value]
    return _planned([keys, *body] if named else body)


def grid_of_object(value: Mapping[str, Any]) -> PlannedGrid | None:
    """The grid that an object is: with its cells by place, with columns and data, of columns by the numbers of rows."""
    for key in ("table_cells", "cells"):
        if isinstance(value.get(key), list) and value[key]:
            placed = _placed(value[key])
            if placed is not None:
                return placed
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list) and data and all(isinstance(row, list) for row in data):
        named = any(isinstance(name, str) for name in columns)
        return grid_of_list([*([columns] if named else []), *data])
    if value and all(
        isinstance(part, dict) and part and all(key.isdigit() for key in part) and all(map(_is_scalar, part.values()))
        for part in value.values()
    ):
        height = 1 + max(int(key) for part in value.values() for key in part)
        if height <= sum(map(len, value.values())):
            numbered = all(key.isdigit() for key in value)
            rows = [[_scalar(part.get(str(row))) for part in value.values()] for row in range(height)]
            return _planned(rows if numbered else [list(value), *rows])
    return None


def _placed(cells: Sequence[Any]) -> PlannedGrid | None:
    """The grid of cells that say their row and column, each taken once."""
    planned: dict[tuple[int, int], PlannedCell] = {}
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        row, column = (number_of(cell, keys) for keys in (_ROW, _COLUMN)) if isinstance(cell, dict) else (None, None)
        text = next((cell[key] for key in _TEXT if isinstance(cell.get(key), str)), None) if row is not None else None
        if row is None or column is None or text is None or min(row, column) < 0:
            return None
        spans = [max(number_of(cell, keys) or 1, 1) for keys in (_ROW_SPAN, _COLUMN_SPAN)]
        places = {(row + down, column + right) for down in range(spans[0]) for right in range(spans[1])}
        if not places & taken:
            taken |= places
            planned[row, column] = PlannedCell(row, column, spans[0], spans[1], [text])
    if not any(_CHINESE.search(str(cell.content[0])) for cell in planned.values()):
        return None
    height, width = (1 + max(place[side] for place in taken) for side in (0, 1))
    return PlannedGrid(height, width, list(planned.values()))


def _planned(rows: Sequence[Sequence[str | None]]) -> PlannedGrid | None:
    width = max(map(len, rows))
    if width < 2 or not any(text and _CHINESE.search(text) for row in rows for text in row):
        return None
    cells = [PlannedCell(y, x, 1, 1, [text]) for y, row in enumerate(rows) for x, text in enumerate(row) if text]
    return PlannedGrid(len(rows), width, cells)


def _text_of(cell: Any) -> str | None:
    """The text of a cell, None for what is no cell."""
    if _is_scalar(cell):
        return _scalar(cell)
    return cell["text"] if isinstance(cell, dict) and isinstance(cell.get("text"), str) else None


def _is_scalar(value: Any) -> bool:
    return value is None or isinstance(value, str | int)


def _scalar(value: Any) -> str:
    return "" if value is None else str(value)


def number_of(value: Mapping[str, Any], keys: Sequence[str]) -> int | None:
    """The number under the first of `keys` that an object has; None where it is none."""
    found = next((value[key] for key in keys if key in value), None)
    return found if isinstance(found, int) else None
