"""OpenDocument spreadsheets and texts (.ods, .odt), whose files hold every cell's text as it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workbench.errors import UnreadableSourceError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.grid_text import PageBuilder, PlannedCell, PlannedGrid
from workbench.sources.limits import ReadLimits
from workbench.sources.office.sheet import Sheet, sheet_page
from workbench.sources.office.xml_parts import attribute, children_named, local_name, parse_xml, whole_number
from workbench.sources.packed import Package

_SHEETS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_TEXT_TYPE = "application/vnd.oasis.opendocument.text"

_ROW_GROUPS = frozenset(
    {
        "table-header-rows",
        "table-rows",
        "table-row-group",
        "table-header-columns",
        "table-column-group",
        "table-columns",
    }
)
_GONE = frozenset({"annotation", "tracked-changes", "note-citation", "bookmark", "forms"})
_CELLS = frozenset({"table-cell", "covered-table-cell"})


def read_ods(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The visible sheets, one page each. Raises UnreadableSourceError for a damaged, locked or excessive file."""
    root = _content(blob, limits)
    hidden_styles = _hidden_styles(root)
    pages: list[Page] = []
    warnings: list[str] = []
    for table in _body(root, "spreadsheet", blob):
        if local_name(table) != "table":
            continue
        name = attribute(table, "name")
        if attribute(table, "style-name") in hidden_styles:
            warnings.append(f"sheet {name} is hidden and was left out")
            continue
        page, left_out = sheet_page(_read_sheet(table, name, blob, limits), len(pages) + 1, blob.name, limits)
        pages.append(page)
        warnings.extend(left_out)
    if not pages:
        raise UnreadableSourceError(blob.name, "has no visible sheet", "show the sheets and save it again")
    return SourceDocument(blob.name, blob.sha256, _SHEETS_TYPE, "ods/1", tuple(pages), tuple(warnings))


def read_odt(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The text on one page. Raises as `read_ods`."""
    builder = PageBuilder(blob.name, limits)
    for block in _blocks(_body(_content(blob, limits), "text", blob), limits):
        if isinstance(block, str):
            builder.add_paragraph(block)
        else:
            builder.add_grid(block)
    return SourceDocument(blob.name, blob.sha256, _TEXT_TYPE, "odt/1", (builder.page(1),))


def _content(blob: Blob, limits: ReadLimits) -> Any:
    package = Package(blob, limits)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableSourceError(blob.name, "is locked with a password", "save a copy without one and read that")
    return parse_xml(package.read("content.xml"), blob.name)


def _body(root: Any, kind: str, blob: Blob) -> Any:
    for part in root:
        if local_name(part) == "body":
            for body in part:
                if local_name(body) == kind:
                    return body
    raise UnreadableSourceError(blob.name, "has no text or sheets inside", "the file is damaged; fetch it again")


def _hidden_styles(root: Any) -> set[str]:
    return {
        attribute(style, "name")
        for part in root
        if local_name(part) == "automatic-styles"
        for style in part
        for properties in style
        if local_name(properties) == "table-properties" and attribute(properties, "display") == "false"
    }


def _read_sheet(table: Any, name: str, blob: Blob, limits: ReadLimits) -> Sheet:
    sheet = Sheet(name)
    column = 0
    for element in children_named(table, "table-column", _ROW_GROUPS):
        count = _repeats(element, "number-columns-repeated")
        if attribute(element, "visibility") in ("collapse", "filter"):
            sheet.hidden_columns.update(range(column, min(column + count, limits.columns)))
        column += count
    row = 0
    for element in children_named(table, "table-row", _ROW_GROUPS):
        count = _repeats(element, "number-rows-repeated")
        cells = list(_row_cells(element, limits))
        if cells:
            if len(sheet.texts) + count * len(cells) > limits.cells:
                raise UnreadableSourceError(
                    blob.name, f"has more than {limits.cells} cells in sheet {name}", "split it"
                )
            for place in range(row, row + count):
                for cell_column, text, down, across in cells:
                    sheet.texts[place, cell_column] = text
                    if (down, across) != (1, 1):
                        sheet.merged.append((place, cell_column, place + down - 1, cell_column + across - 1))
            if attribute(element, "visibility") in ("collapse", "filter"):
                sheet.hidden_rows.update(range(row, row + count))
        row += count
    return sheet


def _row_cells(element: Any, limits: ReadLimits) -> Iterator[tuple[int, str, int, int]]:
    """Column, text, and how far down and across, of the cells of a row that hold text."""
    column = 0
    for cell in element:
        kind = local_name(cell)
        if kind not in _CELLS:
            continue
        count = _repeats(cell, "number-columns-repeated")
        text = "\n".join(_paragraphs(cell)) if kind == "table-cell" else ""
        if text.strip():
            down = max(_repeats(cell, "number-rows-spanned"), 1)
            across = max(_repeats(cell, "number-columns-spanned"), 1)
            for place in range(column, min(column + count, limits.columns * 4)):
                yield place, text, down, across
        column += count


def _paragraphs(cell: Any) -> Iterator[str]:
    for part in cell:
        if local_name(part) in ("p", "h"):
            yield _text(part)


def _blocks(container: Any, limits: ReadLimits) -> Iterator[str | PlannedGrid]:
    for element in container:
        kind = local_name(element)
        if kind in ("p", "h"):
            yield _text(element)
            yield from _boxes(element, limits)
        elif kind == "table":
            yield _grid(element, limits)
        elif kind and kind not in _GONE:
            yield from _blocks(element, limits)


def _boxes(element: Any, limits: ReadLimits) -> Iterator[str | PlannedGrid]:
    """What stands in the text boxes anchored in a paragraph."""
    for child in element:
        if local_name(child) == "text-box":
            yield from _blocks(child, limits)
        elif local_name(child):
            yield from _boxes(child, limits)


def _grid(table: Any, limits: ReadLimits) -> PlannedGrid:
    cells: list[PlannedCell] = []
    row = width = 0
    for element in children_named(table, "table-row", _ROW_GROUPS):
        column = 0
        for cell in element:
            kind = local_name(cell)
            if kind not in _CELLS:
                continue
            count = min(_repeats(cell, "number-columns-repeated"), limits.columns)
            if kind == "table-cell":
                down, across = _repeats(cell, "number-rows-spanned"), _repeats(cell, "number-columns-spanned")
                content = list(_blocks(cell, limits))
                cells.extend(
                    PlannedCell(row, column + place, max(down, 1), max(across, 1), list(content))
                    for place in range(count)
                )
            column += count
        width = max(width, column)
        row += 1
    for planned in cells:
        planned.row_span = min(planned.row_span, row - planned.row)
        planned.column_span = min(planned.column_span, width - planned.column)
    return PlannedGrid(row, width, cells)


def _text(element: Any) -> str:
    """A paragraph's text; blanks, tabs and line breaks are elements here."""
    pieces = [element.text or ""]
    for child in element:
        match local_name(child):
            case "s":
                pieces.append(" " * min(_repeats(child, "c"), 200))
            case "tab":
                pieces.append("\t")
            case "line-break":
                pieces.append("\n")
            case kind if kind and kind not in _GONE and kind not in ("frame", "custom-shape"):
                pieces.append(_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _repeats(element: Any, name: str) -> int:
    return whole_number(attribute(element, name, "1"), 1)
