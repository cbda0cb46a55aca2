"""Tables as other extractors write them in JSON, told by their shape: whatever is a grid of texts is a table, and the
titles, captions and texts around it are paragraphs. Where there is no grid at all, the texts of the pages are the
document, and its tables are found in them.

Known shapes of a grid: lists of texts or of objects with a text (pdfplumber, tabula), objects with numbered cells
(camelot), records, columns and data (pandas), cells that say their row and column (docling, document services), HTML
(MinerU and other readers of pictures).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import UnreadableSourceError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.grid_text import PageBuilder, PlannedCell, PlannedGrid
from workbench.sources.html import blocks_of
from workbench.sources.limits import DEFAULT_LIMITS, ReadLimits
from workbench.sources.page_texts import texts_of_pages
from workbench.sources.plain_text import pages_of_texts
from workbench.sources.tables_in_text import tables_in_text

MEDIA_TYPE = "application/json"
READER = "json-tables/1"

_CHINESE = re.compile("[一-鿿]")
_TABLE_TAG = re.compile(r"<table\b", re.IGNORECASE)
_HEADINGS = ("title", "caption", "captions", "table_caption", "table_title", "name", "unit")
"""Keys whose texts stand above a table."""
_TEXTS = ("text", "content", "page_texts", "texts", "paragraphs", "footnote", "footnotes", "table_footnote", "notes")
"""Keys whose texts stand where they come."""
_WHOLE_PAGE = ("text", "content", "page_text", "raw_text")
"""Keys of the whole text of a page, beside which its tables are given."""
_PAGES = ("page", "page_no", "page_number", "page_num", "pageNumber")
_ROW = ("row", "row_index", "rowIndex", "start_row_offset_idx")
_COLUMN = ("column", "col", "column_index", "col_index", "columnIndex", "start_col_offset_idx")
_ROW_SPAN = ("row_span", "rowSpan", "rowspan")
_COLUMN_SPAN = ("column_span", "col_span", "columnSpan", "colspan")
_TEXT = ("text", "content", "value")

Block = str | PlannedGrid


def holds_json_tables(data: bytes) -> bool:
    """Whether these bytes are JSON with a table in it that has Chinese labels, or the texts of pages, whatever wrote
    it."""
    root = _parsed(data)
    if root is None or (isinstance(root, dict) and str(root.get("schema", "")).startswith("workbench.")):
        return False
    walk = _Walk(root, Blob("", b""), DEFAULT_LIMITS)
    try:
        return any(not isinstance(block, str) for _, block in walk.blocks()) or bool(texts_of_pages(root))
    except UnreadableSourceError:
        return False


def read_json_tables(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The tables and texts of the file, a page where it tells the pages apart.

    Raises UnreadableSourceError for a file beyond the limits."""
    root = _parsed(blob.data)
    pages: list[Page] = []
    number, builder = 1, PageBuilder(blob.name, limits)
    for place, block in _Walk(root, blob, limits).blocks():
        if place > number:
            pages.append(builder.page(number))
            number, builder = place, PageBuilder(blob.name, limits)
        if isinstance(block, str):
            builder.add_paragraph(block)
        else:
            builder.add_grid(block)
    pages.append(builder.page(number))
    if not any(page.grids for page in pages):
        pages = [*pages_of_texts(texts_of_pages(root), blob, limits)] or pages
    shown = tuple(page for page in pages if page.text.strip())
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, shown)


def _parsed(data: bytes) -> Any:
    """What JSON says; None for what is none."""
    try:
        return json.loads(data.decode("utf-8-sig"), parse_float=str)
    except (ValueError, RecursionError):
        return None


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through a file's values in their order; references (`{"$ref": "#/texts/3"}`) lead to what they name, each
    once."""

    root: Any
    blob: Blob
    limits: ReadLimits
    followed: set[str] = field(default_factory=set)

    def blocks(self) -> Iterator[tuple[int, Block]]:
        """Paragraphs and tables with the page each stands on, 0 where that is not told."""
        body = self.root.get("body") if isinstance(self.root, dict) else None
        ordered = isinstance(body, dict) and "children" in body
        yield from self._of(body if ordered else self.root, 0, self.limits.depth)

    def _of(self, value: Any, page: int, depth: int) -> Iterator[tuple[int, Block]]:
        if depth == 0:
            raise UnreadableSourceError(self.blob.name, "nests tables too deep", "it is no ordinary document")
        if isinstance(value, str):
            yield from ((page, block) for block in self._html(value))
        elif isinstance(value, list):
            grid = _grid(value)
            if grid is not None:
                yield page, grid
                return
            by_page = any(value) and all(_is_page(part) for part in value)
            for number, part in enumerate(value, start=1):
                yield from self._of(part, number if by_page else page, depth - 1)
        elif isinstance(value, dict):
            yield from self._of_object(value, page, depth)

    def _of_object(self, value: Mapping[str, Any], page: int, depth: int) -> Iterator[tuple[int, Block]]:
        if isinstance(value.get("$ref"), str):
            yield from self._of(self._referred(value["$ref"]), page, depth - 1)
            return
        page = _page_of(value) or page
        yield from ((page, text) for key in _HEADINGS for text in self._texts(value.get(key)))
        grid = _grid_of_object(value)
        if grid is not None:
            yield page, grid
            return
        apart = _texts_beside_tables(value)
        if apart:
            for number, (text, found) in enumerate(zip(*(value[key] for key in apart), strict=True), start=1):
                yield from self._in_place(text, found, number, depth)
        inner = [
            found
            for key, part in value.items()
            if key not in (*_HEADINGS, *apart) and isinstance(part, str | list | dict) and key != "parent"
            for found in self._of(part, page, depth - 1)
        ]
        grids = [block for _, block in inner if isinstance(block, PlannedGrid)]
        whole = next((text for key in _WHOLE_PAGE if isinstance(text := value.get(key), str) and "\n" in text), "")
        if grids and whole and not _TABLE_TAG.search(whole):
            yield from ((page, block) for block in tables_in_text(whole, grids))
            return
        if not grids:
            yield from ((page, text) for key in _TEXTS if key not in apart for text in self._texts(value.get(key)))
        yield from inner

    def _in_place(self, text: str, tables: Any, page: int, depth: int) -> Iterator[tuple[int, Block]]:
        """The text of a page with its tables in their places."""
        grids = [block for _, block in self._of(tables, page, depth - 1) if isinstance(block, PlannedGrid)]
        yield from ((page, block) for block in tables_in_text(text, grids))

    def _texts(self, value: Any) -> Iterator[str]:
        """The texts under a key: itself, those of a list, those that its references name."""
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict) and isinstance(part.get("$ref"), str):
                part = self._referred(part["$ref"])
            if isinstance(part, dict):
                part = part.get("text")
            if isinstance(part, str) and part.strip() and not _TABLE_TAG.search(part):
                yield part

    def _referred(self, reference: str) -> Any:
        if reference in self.followed:
            return None
        self.followed.add(reference)
        value = self.root
        for key in reference.removeprefix("#/").split("/"):
            if isinstance(value, list) and key.isdigit() and int(key) < len(value):
                value = value[int(key)]
            elif isinstance(value, dict):
                value = value.get(key)
            else:
                return None
        return value

    def _html(self, text: str) -> Iterator[Block]:
        if _TABLE_TAG.search(text):
            yield from blocks_of(text, self.blob, self.limits)


def _texts_beside_tables(value: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of the texts and of the tables of all pages, where an object lists both page by page; none elsewhere."""
    lists = {key: part for key, part in value.items() if isinstance(part, list) and part}
    for texts, first in lists.items():
        if all(isinstance(text, str) for text in first):
            for tables, second in lists.items():
                if len(second) == len(first) and any(second) and all(map(_is_page, second)):
                    return texts, tables
    return ()


def _grid(value: Sequence[Any]) -> PlannedGrid | None:
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


def _grid_of_object(value: Mapping[str, Any]) -> PlannedGrid | None:
    """The grid that an object is: with its cells by place, with columns and data, of columns by the numbers of rows."""
    for key in ("table_cells", "cells"):
        if isinstance(value.get(key), list) and value[key]:
            placed = _placed(value[key])
            if placed is not None:
                return placed
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list) and data and all(isinstance(row, list) for row in data):
        named = any(isinstance(name, str) for name in columns)
        return _grid([*([columns] if named else []), *data])
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
        row, column = (_number(cell, keys) for keys in (_ROW, _COLUMN)) if isinstance(cell, dict) else (None, None)
        text = next((cell[key] for key in _TEXT if isinstance(cell.get(key), str)), None) if row is not None else None
        if row is None or column is None or text is None or min(row, column) < 0:
            return None
        spans = [max(_number(cell, keys) or 1, 1) for keys in (_ROW_SPAN, _COLUMN_SPAN)]
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


def _number(value: Mapping[str, Any], keys: Sequence[str]) -> int | None:
    found = next((value[key] for key in keys if key in value), None)
    return found if isinstance(found, int) else None


def _page_of(value: Mapping[str, Any]) -> int:
    """The page that an object says it stands on, from 1; 0 where it does not."""
    index = _number(value, ("page_idx", "page_index"))
    if index is not None:
        return index + 1
    prov = value.get("prov")
    if isinstance(prov, list) and prov and isinstance(prov[0], dict):
        return _number(prov[0], _PAGES) or 0
    return _number(value, _PAGES) or 0


def _is_page(value: Any) -> bool:
    """Whether a value is a list of tables, as it is given for each page: empty for a page without any."""
    return isinstance(value, list) and all(isinstance(part, list) and _grid(part) is not None for part in value)
