"""Web pages: paragraphs and tables as a browser shows them without style sheets, on one page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from workbench.errors import UnreadableSourceError
from workbench.model.source import SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.characters import raised
from workbench.sources.decoding import decode
from workbench.sources.grid_text import PageBuilder, PlannedCell, PlannedGrid
from workbench.sources.limits import ReadLimits
from workbench.sources.web_links import files_led_to

MEDIA_TYPE = "text/html"
READER = "html/1"

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_UNSEEN = frozenset(
    {
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
    }
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "button",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "o:p",
        "q",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
    ]
)
_FIELDS = frozenset({"input", "textarea", "select"})
_WRITTEN = frozenset({"text", "number", "search", "date"})
"""The fields whose value is shown as it is."""
_ROW_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 100
_WIDEST_SPAN = 1000


def read_html(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The page's text and tables. Scripts are not run, nothing is fetched, what the page hides is left out.

    Raises UnreadableSourceError for a page beyond the limits, or with nothing on it.
    """
    declared = _DECLARED.search(blob.data[:4096])
    text, warnings = decode(blob, declared[1].decode("ascii", errors="ignore") if declared else "")
    builder = PageBuilder(blob.name, limits)
    root = _parse(text, blob)
    for block in _Blocks(limits).of(root) if root is not None else ():
        if isinstance(block, str):
            builder.add_paragraph(block)
        else:
            builder.add_grid(block)
    page = builder.page(1)
    led_to = ", ".join(files_led_to(root)) if root is not None and not page.grids else ""
    if not page.text.strip():
        if led_to:
            raise UnreadableSourceError(blob.name, f"only shows other files ({led_to})", "save those and give them")
        raise UnreadableSourceError(blob.name, "shows no text", "it may be made by a script; save it from a browser")
    if led_to:
        said = f"has no tables but leads to other files ({led_to}); save those and give them"
        warnings = (*warnings, said)
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, (page,), warnings)


def blocks_of(text: str, blob: Blob, limits: ReadLimits) -> Iterator[str | PlannedGrid]:
    """The paragraphs and tables of markup, in order. Raises UnreadableSourceError where it cannot be taken apart."""
    root = _parse(text, blob)
    if root is not None:
        yield from _Blocks(limits).of(root)


def _parse(text: str, blob: Blob) -> Any | None:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.replace("\x00", "").encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    except (ValueError, AssertionError) as error:
        raise UnreadableSourceError(blob.name, "is a damaged web page", "save it again from a browser") from error


class _Blocks:
    """Cuts an element into paragraphs and tables."""

    def __init__(self, limits: ReadLimits) -> None:
        self._limits = limits

    def of(self, element: Any, depth: int = 0) -> Iterator[str | PlannedGrid]:
        """The blocks under an element, in order; white space is folded as browsers do."""
        line: list[str] = []
        for piece in self._pieces(element, depth):
            if isinstance(piece, str):
                line.append(piece)
                continue
            yield from _paragraph(line)
            line = []
            if piece is not None:
                yield piece
        yield from _paragraph(line)

    def _pieces(self, element: Any, depth: int) -> Iterator[str | PlannedGrid | None]:
        """Texts, tables, and None where a paragraph ends."""
        if element.text:
            yield element.text
        for child in element:
            if child.tag == "sup" and not len(child):
                yield raised(child.text or "", _before(child))
            elif depth < _DEEPEST:
                yield from self._child(child, depth)
            elif isinstance(child.tag, str):
                yield "".join(child.itertext())
            if child.tail:
                yield child.tail

    def _child(self, child: Any, depth: int) -> Iterator[str | PlannedGrid | None]:
        kind = child.tag.lower() if isinstance(child.tag, str) else ""
        if not kind or kind in _UNSEEN or _is_hidden(child):
            return
        if kind == "table":
            yield None
            for caption in child.iterchildren("caption"):
                yield from self._child(caption, depth + 1)
            grid = self._table(child, depth)
            if len(grid.cells) == 1 or grid.is_frame:
                # a table around one cell, or around other tables, is how old pages place their text
                for cell in grid.cells:
                    for content in cell.content:
                        yield content
                        yield None
            elif grid.cells:
                yield grid
            yield None
        elif kind == "br":
            yield "\v"
        elif kind == "img":
            yield child.get("alt") or ""
        elif kind in _FIELDS:
            yield _filled_in(child, kind)
        elif kind == "pre":
            yield None
            yield from ("\v" + line.replace(" ", "\xa0") for line in "".join(child.itertext()).split("\n"))
            yield None
        elif kind in _INLINE:
            yield from self._pieces(child, depth + 1)
        else:
            yield None
            yield from self._pieces(child, depth + 1)
            yield None

    def _table(self, table: Any, depth: int) -> PlannedGrid:
        """The grid of a table by the rules of HTML: each cell takes the first free place of its row."""
        cells: list[PlannedCell] = []
        free_from: dict[int, int] = {}
        row = width = 0
        for table_row, left in _rows(table):
            if row * width > self._limits.places:
                break
            column = 0
            for element in table_row:
                kind = element.tag.lower() if isinstance(element.tag, str) else ""
                if kind not in ("td", "th") or _is_hidden(element):
                    continue
                while free_from.get(column, 0) > row:
                    column += 1
                if column > self._limits.columns:
                    break
                across = _span(element, "colspan")
                down = _rows_down(element, left)
                while across > 1 and any(free_from.get(column + right, 0) > row for right in range(across)):
                    across -= 1
                content = list(self.of(element, depth + 1))
                cells.append(PlannedCell(row, column, down, across, content))
                free_from.update({column + right: row + down for right in range(across)})
                column += across
                width = max(width, column)
            row += 1
        for cell in cells:
            cell.row_span = min(cell.row_span, row - cell.row)
        return PlannedGrid(row, width, cells)


def _paragraph(line: list[str]) -> Iterator[str]:
    """The lines of a paragraph, white space folded; no-break blanks stay, for pages indent with them."""
    for text in "".join(line).split("\v"):
        folded = _BLANKS.sub(" ", text).strip(" ").replace("\xa0", " ").rstrip()
        if folded:
            yield folded


def _rows(table: Any) -> Iterator[tuple[Any, int]]:
    """The rows of a table, each with how many of its group are left from it on."""
    left = sum(1 for _ in table.iterchildren("tr"))
    for child in table:
        kind = child.tag.lower() if isinstance(child.tag, str) else ""
        left -= kind == "tr"
        if _is_hidden(child):
            continue
        if kind == "tr":
            yield child, left + 1
        elif kind in _ROW_GROUPS:
            yield from _rows(child)


def _before(element: Any) -> str:
    """The text right before an element."""
    sibling = element.getprevious()
    return (element.getparent().text if sibling is None else sibling.tail) or ""


def _filled_in(field: Any, kind: str) -> str:
    """What stands in a field of a form."""
    if kind == "textarea":
        return field.text or ""
    if kind == "input":
        return field.get("value") or "" if (field.get("type") or "text").lower() in _WRITTEN else ""
    options = [option for option in field.iter("option") if option.get("selected") is not None]
    return "".join(options[0].itertext()) if options else ""


def _is_hidden(element: Any) -> bool:
    if not isinstance(element.tag, str):
        return True
    style = element.get("style")
    return (style is not None and _HIDDEN.search(style) is not None) or element.get("hidden") is not None


def _rows_down(cell: Any, left: int) -> int:
    """How many rows a cell spans; 0 says all that are left of its group (HTML 4.9.11), no more than others may."""
    to_the_end = (cell.get("rowspan") or "").strip() == "0"
    return min(max(left, 1), _WIDEST_SPAN) if to_the_end else _span(cell, "rowspan")


def _span(element: Any, name: str) -> int:
    text = (element.get(name) or "1").strip()
    return min(max(int(text), 1), _WIDEST_SPAN) if text.isascii() and text.isdigit() and len(text) < 9 else 1
