"""Word documents (.docx): paragraphs and tables in the order of the document, its notes at the end, on one page.

Nothing outside the main text is followed: no macros, no external links, no embedded objects.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbench.errors import UnreadableSourceError
from workbench.model.source import SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.characters import raised
from workbench.sources.grid_text import PageBuilder, PlannedCell, PlannedGrid
from workbench.sources.limits import ReadLimits
from workbench.sources.office.numbering import Numbering, list_of, read_numbering
from workbench.sources.office.word_columns import CellSize, column_spans, without_slivers
from workbench.sources.office.word_notes import notes_of
from workbench.sources.office.xml_parts import attribute, children_named, local_name, parse_xml, whole_number
from workbench.sources.packed import Package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
READER = "docx/1"

_WRAPPERS = frozenset(
    {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "Choice"}
)
_GONE = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPr", "pPr"})
_OFF = frozenset({"0", "false", "off"})


def read_docx(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The document on one page. Raises UnreadableSourceError for a damaged, locked or excessive file."""
    package = Package(blob, limits)
    main = _main_part(package)
    body = next((child for child in parse_xml(package.read(main), blob.name) if local_name(child) == "body"), None)
    if body is None:
        raise UnreadableSourceError(blob.name, "has no text", "the file is damaged; fetch it again")
    folder = main.rpartition("/")[0]
    parts = [
        parse_xml(package.read(name), blob.name) if (name := f"{folder}/{part}.xml") in package else None
        for part in ("numbering", "styles")
    ]
    reader = _DocumentReader(read_numbering(*parts))
    builder = PageBuilder(blob.name, limits)
    for block in reader.blocks(body):
        if isinstance(block, str):
            builder.add_paragraph(block)
        else:
            builder.add_grid(block)
    notes = {
        kind: parse_xml(package.read(name), blob.name)
        for kind in ("footnote", "endnote")
        if (name := f"{folder}/{kind}s.xml") in package
    }
    for number, note in notes_of(body, notes) if notes else ():
        for place, block in enumerate(reader.blocks(note)):
            if isinstance(block, str):
                builder.add_paragraph(block if place else f"{number} {block.lstrip()}")
            else:
                builder.add_grid(block)
    warnings: list[str] = []
    if reader.hidden_rows:
        warnings.append("rows that Word hides were left out")
    if next(body.iter("{*}del", "{*}ins", "{*}moveFrom"), None) is not None:
        warnings.append("holds changes that nobody has accepted or rejected; they were read as accepted")
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, (builder.page(1),), tuple(warnings))


def _main_part(package: Package) -> str:
    for name in package.members:
        if name.lower() in ("word/document.xml", "word/document2.xml"):
            return name
    raise UnreadableSourceError(package.name, "has no Word document inside", "fetch it again")


class _DocumentReader:
    """Turns Word's elements into paragraphs and planned grids; list counters run through the document."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self.hidden_rows = False

    def blocks(self, container: Any, *, in_table: bool = False) -> Iterator[str | PlannedGrid]:
        """The paragraphs and tables of a body, a cell (`in_table`) or a text box."""
        for element in container:
            kind = local_name(element)
            if kind == "p":
                yield from self._paragraph(element)
            elif kind == "tbl":
                grid = self._table(element)
                if not in_table and grid.is_frame and grid.places_tables_only:
                    # a table around other tables places them side by side
                    yield from (content for cell in grid.cells for content in cell.content)
                elif grid.cells:
                    yield grid
            elif kind in _WRAPPERS or kind == "AlternateContent":
                yield from self.blocks(element, in_table=in_table)

    def _paragraph(self, element: Any) -> Iterator[str | PlannedGrid]:
        pieces: list[str] = []
        boxes: list[Any] = []
        _collect(element, pieces, boxes)
        text = "".join(pieces)
        yield (self._label(element) if text.strip() else "") + text
        for box in boxes:
            yield from self.blocks(box)

    def _label(self, element: Any) -> str:
        used = list_of(element)
        if used is None:
            style = next(
                (attribute(part, "val") for part in _properties(element, "pPr") if local_name(part) == "pStyle"), ""
            )
            used = self._numbering.styles.get(style)
        return self._numbering.label(*used) if used else ""

    def _table(self, element: Any) -> PlannedGrid:
        cells: list[PlannedCell] = []
        open_above: dict[int, PlannedCell] = {}
        rows = [row for row in map(_read_row, _rows(element)) if not self._is_hidden(row)]
        spans = column_spans([[cell.size for cell in row.cells] for row in rows], [row.before for row in rows])
        spans, before = without_slivers(spans, [row.before for row in rows], _grid_widths(element))
        width = 0
        for number, (row, row_spans, column) in enumerate(zip(rows, spans, before, strict=True)):
            merged: dict[int, PlannedCell] = {}
            left: PlannedCell | None = None
            for cell, span in zip(row.cells, row_spans, strict=True):
                above = open_above.get(column)
                if cell.continues_left and left is not None:
                    left.column_span += span
                elif cell.continues_above and above is not None and above.column_span >= span:
                    above.row_span = number - above.row + 1
                    merged[column] = left = above
                else:
                    left = PlannedCell(number, column, 1, span, list(self.blocks(cell.element, in_table=True)))
                    cells.append(left)
                    if cell.merges_down:
                        merged[column] = left
                column += span
            open_above = merged
            width = max(width, column)
        return PlannedGrid(len(rows), width, cells)

    def _is_hidden(self, row: _Row) -> bool:
        self.hidden_rows = self.hidden_rows or row.hidden
        return row.hidden


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell as the file has it."""

    element: Any
    size: CellSize
    merges_down: bool
    continues_above: bool
    continues_left: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """A row as the file has it; `before` columns are left out at its left."""

    cells: list[_Cell]
    before: int
    hidden: bool


def _grid_widths(element: Any) -> list[int]:
    """The widths of the columns of a table's grid, in twentieths of a point."""
    grid = next((child for child in element if local_name(child) == "tblGrid"), ())
    return [whole_number(attribute(column, "w"), 0) for column in grid if local_name(column) == "gridCol"]


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table but those that somebody has struck out."""
    for row in children_named(table, "tr", _WRAPPERS):
        if not any(local_name(part) == "del" for part in _properties(row, "trPr")):
            yield row


def _read_row(element: Any) -> _Row:
    traits = {local_name(part): part for part in _properties(element, "trPr")}
    hidden = "hidden" in traits and attribute(traits["hidden"], "val", "1") not in _OFF
    return _Row(
        [_read_cell(cell) for cell in children_named(element, "tc", _WRAPPERS)],
        _value(traits.get("gridBefore"), 0),
        hidden,
    )


def _read_cell(element: Any) -> _Cell:
    traits = {local_name(part): part for part in _properties(element, "tcPr")}
    width = traits.get("tcW")
    in_points = width is not None and attribute(width, "type", "dxa") == "dxa"
    return _Cell(
        element,
        CellSize(max(_value(traits.get("gridSpan"), 1), 1), whole_number(attribute(width, "w"), 0) if in_points else 0),
        merges_down="vMerge" in traits,
        continues_above=_continues(traits.get("vMerge")),
        continues_left=_continues(traits.get("hMerge")),
    )


def _collect(element: Any, pieces: list[str], boxes: list[Any]) -> None:
    """The text under an element as Word shows it, and the text boxes anchored in it."""
    for child in element:
        kind = local_name(child)
        if kind == "t":
            pieces.append(child.text or "")
        elif kind in ("tab", "ptab"):
            pieces.append("\t")
        elif kind in ("br", "cr"):
            pieces.append("\n")
        elif kind == "noBreakHyphen":
            pieces.append("-")
        elif kind == "sym":
            pieces.append(_symbol(attribute(child, "char")))
        elif kind == "txbxContent":
            boxes.append(child)
        elif kind == "AlternateContent":
            choice = [part for part in child if local_name(part) == "Choice"] or [
                part for part in child if local_name(part) == "Fallback"
            ]
            for part in choice[:1]:
                _collect(part, pieces, boxes)
        elif kind == "r" and _vanished(child):
            continue
        elif kind == "r" and _is_raised(child):
            inside: list[str] = []
            _collect(child, inside, boxes)
            pieces.append(raised("".join(inside), pieces[-1] if pieces else ""))
        elif kind not in _GONE and kind:
            _collect(child, pieces, boxes)


def _vanished(run: Any) -> bool:
    return any(
        local_name(part) == "vanish" and attribute(part, "val", "1") not in _OFF for part in _properties(run, "rPr")
    )


def _is_raised(run: Any) -> bool:
    return any(
        local_name(part) == "vertAlign" and attribute(part, "val") == "superscript" for part in _properties(run, "rPr")
    )


def _symbol(code: str) -> str:
    """A character of a symbol font; Word writes those in the private area from F000."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return {0xF0FE: "☑", 0xF052: "☑", 0xF0A3: "□", 0xF06F: "□", 0xF0A8: "□"}.get(
        value, "�" if value >= 0xE000 else chr(value)
    )


def _properties(element: Any, name: str) -> list[Any]:
    return [part for child in element if local_name(child) == name for part in child]


def _value(element: Any | None, default: int) -> int:
    return default if element is None else whole_number(attribute(element, "val"), default)


def _continues(merge: Any | None) -> bool:
    return merge is not None and attribute(merge, "val", "continue") == "continue"
