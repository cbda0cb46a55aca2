"""Tables as other extractors write them in JSON, told by their shape: whatever is a grid of texts is a table, and the
titles, captions and texts around it are paragraphs. Where there is no grid at all, the texts of the pages are the
document, and its tables are found in them.

What is a grid says `json_grids`; HTML within a text is read as such (MinerU and other readers of pictures).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workbench.errors import UnreadableSourceError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.grid_text import PageBuilder, PlannedGrid
from workbench.sources.html import blocks_of
from workbench.sources.json_grids import grid_of_list, grid_of_object, number_of
from workbench.sources.limits import DEFAULT_LIMITS, ReadLimits
from workbench.sources.page_texts import texts_of_pages
from workbench.sources.plain_text import pages_of_texts
from workbench.sources.tables_in_text import tables_in_text

MEDIA_TYPE = "application/json"
READER = "json-tables/1"

_TABLE_TAG = re.compile(r"<table\b", re.IGNORECASE)
_HEADINGS = ("title", "caption", "captions", "table_caption", "table_title", "name", "unit")
"""Keys whose texts stand above a table."""
_TEXTS = ("text", "content", "page_texts", "texts", "paragraphs", "footnote", "footnotes", "table_footnote", "notes")
"""Keys whose texts stand where they come."""
_WHOLE_PAGE = ("text", "content", "page_text", "raw_text")
"""Keys of the whole text of a page, beside which its tables are given."""
_PAGES = ("page", "page_no", "page_number", "page_num", "pageNumber")

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
            grid = grid_of_list(value)
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
        grid = grid_of_object(value)
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


def _page_of(value: Mapping[str, Any]) -> int:
    """The page that an object says it stands on, from 1; 0 where it does not."""
    index = number_of(value, ("page_idx", "page_index"))
    if index is not None:
        return index + 1
    prov = value.get("prov")
    if isinstance(prov, list) and prov and isinstance(prov[0], dict):
        return number_of(prov[0], _PAGES) or 0
    return number_of(value, _PAGES) or 0


def _is_page(value: Any) -> bool:
    """Whether a value is a list of tables, as it is given for each page: empty for a page without any."""
    return isinstance(value, list) and all(isinstance(part, list) and grid_of_list(part) is not None for part in value)
