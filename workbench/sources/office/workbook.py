"""Excel workbooks (.xlsx, .xlsm): a page a visible sheet, every cell as the sheet shows it.

The value that the file keeps beside a formula is what its author saw; only where it keeps none sums and differences are
computed, as a spreadsheet program does that opens it.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from workbench.errors import DamagedPartError, UnreadableSourceError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.characters import raised
from workbench.sources.limits import ReadLimits
from workbench.sources.office.format_code import BUILT_IN, GENERAL
from workbench.sources.office.formulas import Formulas
from workbench.sources.office.number_format import show_number, show_text
from workbench.sources.office.sheet import Sheet, Span, damaged_sheet, sheet_page
from workbench.sources.office.xml_parts import attribute, local_name, parse_xml, whole_number
from workbench.sources.packed import Package

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READER = "xlsx/1"

_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,7})$")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ON, _OFF = frozenset({"1", "true", "on"}), frozenset({"0", "false", "off"})
_DECIMAL = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,2})?")
_LAST_ROW, _LAST_COLUMN = 1_048_575, 16_383


@dataclass(slots=True)
class _Book:
    """What the sheets of a workbook share."""

    strings: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)
    from_1904: bool = False


def read_xlsx(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The visible sheets, one page each; a damaged one is told and left out.

    Raises UnreadableSourceError for a file that is locked, excessive, or damaged in what its sheets share or in all of
    them.
    """
    package = Package(blob, limits)
    main = next((name for name in package.members if name.lower() == "xl/workbook.xml"), None)
    if main is None:
        binary = any(name.lower() == "xl/workbook.bin" for name in package.members)
        reason = "is a binary workbook (.xlsb)" if binary else "has no workbook inside"
        raise UnreadableSourceError(blob.name, reason, "save it as .xlsx and read that")
    root = parse_xml(package.read(main), blob.name)
    targets = _relations(package, main)
    book = _Book(_strings(package, targets), _formats(package, targets), _uses_1904(root))
    sheets = [element for part in root if local_name(part) == "sheets" for element in part]
    if len(sheets) > limits.pages:
        raise UnreadableSourceError(blob.name, f"has {len(sheets)} sheets, more than {limits.pages}", "split it")
    pages: list[Page] = []
    warnings: list[str] = []
    damage: DamagedPartError | None = None
    for element in sheets:
        name = attribute(element, "name")
        target = targets.get(attribute(element, "id"), "")
        if attribute(element, "state", "visible") != "visible":
            warnings.append(f"sheet {name} is hidden and was left out")
        elif target not in package:
            warnings.append(f"sheet {name} holds no cells")
        else:
            try:
                content = parse_xml(package.read(target), blob.name)
            except DamagedPartError as error:
                damage = error
                warnings.append(damaged_sheet(name))
                continue
            if local_name(content) == "worksheet":
                sheet = _read_sheet(content, name, book, blob, limits)
                # Of a large sheet the tree takes more memory than its texts; these are all that is used of it.
                del content
                page, left_out = sheet_page(sheet, len(pages) + 1, blob.name, limits)
                pages.append(page)
                warnings.extend(left_out)
    if not pages:
        if damage is not None:
            raise damage
        raise UnreadableSourceError(blob.name, "has no visible sheet", "show the sheets and save it again")
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, tuple(pages), tuple(warnings))


def _relations(package: Package, main: str) -> dict[str, str]:
    """Relation id, and for the parts that a workbook has once their kind, → name of the part."""
    folder, _, file = main.rpartition("/")
    name = f"{folder}/_rels/{file}.rels"
    if name not in package:
        return {}
    targets: dict[str, str] = {}
    for element in parse_xml(package.read(name), package.name):
        if attribute(element, "TargetMode") == "External":
            continue
        target = attribute(element, "Target")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        targets[attribute(element, "Id")] = path
        targets.setdefault("/" + attribute(element, "Type").rpartition("/")[2], path)
    return targets


def _uses_1904(root: Any) -> bool:
    return any(local_name(part) == "workbookPr" and attribute(part, "date1904") in _ON for part in root)


def _strings(package: Package, targets: dict[str, str]) -> list[str]:
    name = targets.get("/sharedStrings", "xl/sharedStrings.xml")
    if name not in package:
        return []
    return [_string(item) for item in parse_xml(package.read(name), package.name) if local_name(item) == "si"]


def _string(item: Any) -> str:
    """The text of a string item: its runs without the phonetic guides."""
    pieces: list[str] = []
    for part in item:
        kind = local_name(part)
        if kind == "t":
            pieces.append(part.text or "")
        elif kind == "r":
            text = "".join(text.text or "" for text in part if local_name(text) == "t")
            is_raised = any(attribute(trait, "val") == "superscript" for trait in part.iter("{*}vertAlign"))
            pieces.append(raised(text, pieces[-1] if pieces else "") if is_raised else text)
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), "".join(pieces))


def _formats(package: Package, targets: dict[str, str]) -> list[str]:
    """The number format of every cell style, by the style's number."""
    name = targets.get("/styles", "xl/styles.xml")
    if name not in package:
        return []
    custom: dict[int, str] = {}
    styles: list[int] = []
    for part in parse_xml(package.read(name), package.name):
        kind = local_name(part)
        if kind == "numFmts":
            custom = {whole_number(attribute(item, "numFmtId"), 0): attribute(item, "formatCode") for item in part}
        elif kind == "cellXfs":
            styles = [whole_number(attribute(item, "numFmtId"), 0) for item in part if local_name(item) == "xf"]
    return [custom.get(number) or BUILT_IN.get(number, GENERAL) for number in styles]


def _read_sheet(root: Any, name: str, book: _Book, blob: Blob, limits: ReadLimits) -> Sheet:
    sheet = Sheet(name)
    zeros_hidden = False
    for part in root:
        kind = local_name(part)
        if kind == "sheetData":
            _read_rows(part, sheet, book, blob, limits, zeros_hidden=zeros_hidden)
            if sheet.uncomputed:
                _compute(part, sheet, book)
        elif kind == "sheetViews":
            zeros_hidden = any(attribute(view, "showZeros") in _OFF for view in part)
        elif kind == "mergeCells":
            sheet.merged = [span for item in part if (span := _span(attribute(item, "ref")))]
        elif kind == "cols":
            for item in part:
                if attribute(item, "hidden") in _ON or attribute(item, "width") == "0":
                    first = whole_number(attribute(item, "min"), 1)
                    last = min(whole_number(attribute(item, "max"), first), _LAST_COLUMN + 1)
                    sheet.hidden_columns.update(range(first - 1, last))
    return sheet


def _read_rows(data: Any, sheet: Sheet, book: _Book, blob: Blob, limits: ReadLimits, *, zeros_hidden: bool) -> None:
    row = -1
    for element in data:
        row = whole_number(element.get("r", ""), row + 2) - 1
        if element.get("hidden") in _ON or element.get("ht") == "0":
            sheet.hidden_rows.add(row)
        column = -1
        for cell in element:
            place = _place(cell.get("r", ""))
            column = place[1] if place else column + 1
            text = _shown(cell, book, zeros_hidden=zeros_hidden)
            if text and 0 <= row <= _LAST_ROW and 0 <= column <= _LAST_COLUMN:
                sheet.texts[row, column] = text
            elif not text and _is_uncomputed(cell):
                sheet.uncomputed += 1
        if len(sheet.texts) > limits.cells:
            raise UnreadableSourceError(
                blob.name, f"has more than {limits.cells} cells in sheet {sheet.name}", "split it"
            )


def _compute(data: Any, sheet: Sheet, book: _Book) -> None:
    """Fills in the values of formulas that the file keeps none of, where they can be computed."""
    sums, codes = Formulas(), {}
    for element in data:
        for cell in element:
            place = _place(cell.get("r", ""))
            if place is None:
                continue
            kept = {local_name(part): part.text or "" for part in cell}
            if kept.get("v") and cell.get("t", "n") == "n":
                sums.numbers[place] = Decimal(kept["v"]) if _DECIMAL.fullmatch(kept["v"]) else Decimal(0)
            elif place in sheet.texts:
                sums.texts.add(place)
            elif kept.get("f"):
                sums.formulas[place] = kept["f"]
                codes[place] = _code(cell, book)
    for place, value in sums.values().items():
        sheet.texts[place] = show_number(str(value), codes[place], from_1904=book.from_1904)
        sheet.computed += 1
    sheet.uncomputed -= sheet.computed


def _is_uncomputed(cell: Any) -> bool:
    """Whether a cell has a formula whose value no program has stored."""
    kinds = {local_name(part): part.text for part in cell}
    return "f" in kinds and kinds.get("v") is None


def _shown(cell: Any, book: _Book, *, zeros_hidden: bool) -> str:
    """What the sheet shows in a cell."""
    value = inline = None
    for part in cell:
        kind = local_name(part)
        if kind == "v":
            value = part.text
        elif kind == "is":
            inline = _string(part)
    code = _code(cell, book)
    match cell.get("t", "n"):
        case "inlineStr":
            return show_text(inline or "", code)
        case "s":
            index = whole_number(value or "", -1)
            return show_text(book.strings[index], code) if 0 <= index < len(book.strings) else ""
        case "b":
            return "" if value is None else "TRUE" if value.strip() in _ON else "FALSE"
        case "str" | "e" | "d":
            return value or ""
        case _:
            if not value or (zeros_hidden and not value.strip("-+0. ")):
                return ""
            return show_number(value, code, from_1904=book.from_1904)


def _code(cell: Any, book: _Book) -> str:
    style = whole_number(cell.get("s", "0"), 0)
    return book.formats[style] if style < len(book.formats) else GENERAL


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE.match(reference)
    if not match:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _span(reference: str) -> Span | None:
    """The cells of "A1:C2", the corners in order; None for what is no range of several cells."""
    first, _, last = reference.partition(":")
    start, end = _place(first), _place(last)
    if start is None or end is None or start == end:
        return None
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
