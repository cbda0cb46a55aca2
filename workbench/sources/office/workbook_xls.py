"""Old Excel workbooks (.xls, and WPS's .et, which is the same): a page a visible sheet, every cell as shown."""

from __future__ import annotations

from typing import Any

from workbench.errors import MissingExtraError, UnreadableSourceError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.foreign import foreign_parser
from workbench.sources.limits import ReadLimits
from workbench.sources.office.format_code import GENERAL
from workbench.sources.office.number_format import show_number, show_text
from workbench.sources.office.sheet import Sheet, damaged_sheet, sheet_page

MEDIA_TYPE = "application/vnd.ms-excel"
READER = "xls/1"

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_xls(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The visible sheets, one page each; a damaged one is told and left out.

    Raises MissingExtraError without xlrd, UnreadableSourceError for a file that is damaged in all its sheets.
    """
    book = _open(blob)
    pages: list[Page] = []
    warnings: list[str] = []
    if book.nsheets > limits.pages:
        raise UnreadableSourceError(blob.name, f"has {book.nsheets} sheets, more than {limits.pages}", "split it")
    damage: UnreadableSourceError | None = None
    for index in range(book.nsheets):
        try:
            with foreign_parser(blob.name, "workbook"):
                source = book.sheet_by_index(index)
        except UnreadableSourceError as error:
            damage = error
            warnings.append(damaged_sheet(book.sheet_names()[index]))
            continue
        if source.visibility:
            warnings.append(f"sheet {source.name} is hidden and was left out")
            continue
        if source.nrows * source.ncols > limits.cells * 4:
            raise UnreadableSourceError(
                blob.name, f"has more than {limits.cells} cells in sheet {source.name}", "split it"
            )
        page, left_out = sheet_page(_read_sheet(source, book, blob), len(pages) + 1, blob.name, limits)
        pages.append(page)
        warnings.extend(left_out)
    if not pages:
        if damage is not None:
            raise damage
        raise UnreadableSourceError(blob.name, "has no visible sheet", "show the sheets and save it again")
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, tuple(pages), tuple(warnings))


def _open(blob: Blob) -> Any:
    import io

    try:
        import xlrd
    except ImportError as error:
        raise MissingExtraError(
            blob.name, "the reader of old Excel files", "pip install 'budget-workbench[spreadsheets]'"
        ) from error
    try:
        with foreign_parser(blob.name, "workbook"):
            # A sheet is read when it is asked for, so that a damaged one does not take the others with it.
            return xlrd.open_workbook(
                file_contents=blob.data, formatting_info=True, on_demand=True, logfile=io.StringIO()
            )
    except UnreadableSourceError as error:
        if "encrypted" in error.reason.lower() or "password" in error.reason.lower():
            raise UnreadableSourceError(
                blob.name, "is locked with a password", "save a copy without one and read that"
            ) from error
        raise


def _read_sheet(source: Any, book: Any, blob: Blob) -> Sheet:
    sheet = Sheet(source.name)
    with foreign_parser(blob.name, "workbook"):
        zeros_shown = bool(getattr(source, "show_zero_values", 1))
        for row in range(source.nrows):
            for column in range(source.row_len(row)):
                text = _shown(source.cell(row, column), book, zeros_shown=zeros_shown)
                if text:
                    sheet.texts[row, column] = text
        sheet.merged = [
            (first, left, last - 1, right - 1)
            for first, last, left, right in source.merged_cells
            if (last - first, right - left) != (1, 1)
        ]
        sheet.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden}
        sheet.hidden_columns = {column for column, info in source.colinfo_map.items() if info.hidden}
    return sheet


def _shown(cell: Any, book: Any, *, zeros_shown: bool) -> str:
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(book.xf_list) else None
    form = book.format_map.get(style.format_key) if style is not None else None
    code = form.format_str if form is not None else GENERAL
    match cell.ctype:
        case 1:
            return show_text(str(cell.value), code)
        case 2 | 3:
            if cell.value == 0 and not zeros_shown:
                return ""
            return show_number(repr(float(cell.value)), code, from_1904=bool(book.datemode))
        case 4:
            return "TRUE" if cell.value else "FALSE"
        case 5:
            return _ERRORS.get(cell.value, "#N/A")
        case _:
            return ""
