"""Which reader reads which format, and the document that a reader makes of bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath

from workbench.errors import UnsupportedFormatError
from workbench.model.source import SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.formats import format_of
from workbench.sources.limits import ReadLimits, refuse_long_lines
from workbench.sources.suffixes import SUFFIXES, Format
from workbench.sources.unread import unread_ending, unread_kind

_TEXTS = frozenset({Format.TEXT, Format.CSV, Format.HTML, Format.OFFICE})
"""What a name may promise where the file is text."""
_PAGES_OF_SITES = _TEXTS | {Format.XLS, Format.SAVED_PAGE}
"""What a name may promise where the file is a web page: web systems give tables as such under the name of a sheet."""
Reader = Callable[[Blob, ReadLimits], SourceDocument]


def read_blob(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The document that these bytes are. Raises as `read_source`."""
    found = format_of(blob.name, blob.data)
    if found is None:
        is_json = blob.suffix == ".json"
        raise UnsupportedFormatError(blob.name, "JSON without tables" if is_json else "unknown binary data")
    document = _reader(found, blob)(blob, limits)
    for page in document.pages:
        refuse_long_lines(page.text, page.number, blob.name, limits)
    promised = SUFFIXES.get(PurePath(blob.name).suffix.lower(), Format.TEXT)
    allowed = {Format.TEXT: _TEXTS, Format.HTML: _PAGES_OF_SITES}.get(found)
    if allowed is not None and promised not in allowed:
        said = f"is text in spite of its name, which promises {promised.value}: if it should hold more, fetch it again"
        return replace(document, warnings=(*document.warnings, said))
    if not document.warnings and not any(page.text.strip() for page in document.pages):
        said = "holds no text: nothing can be read or checked"
        return replace(document, warnings=(said,))
    return document


_READERS = {
    Format.PDF: ("pdf.document", "read_pdf"),
    Format.DOCX: ("office.word", "read_docx"),
    Format.XLSX: ("office.workbook", "read_xlsx"),
    Format.XLS: ("office.workbook_xls", "read_xls"),
    Format.ODS: ("office.opendocument", "read_ods"),
    Format.ODT: ("office.opendocument", "read_odt"),
    Format.HTML: ("html", "read_html"),
    Format.JSON_TABLES: ("json_tables", "read_json_tables"),
    Format.SAVED_PAGE: ("saved_page", "read_saved_page"),
    Format.TEXT: ("plain_text", "read_text"),
    Format.CSV: ("separated_values", "read_csv"),
    Format.OFFICE: ("office.converter", "read_office"),
    Format.ZIP: ("archive", "read_archive"),
    Format.IMAGE: ("scan.reader", "read_image"),
}
"""Format → module of this package and function in it."""


def _reader(found: Format, blob: Blob) -> Reader:
    """The reader of a format; its module and the libraries it needs are imported at first use."""
    if found is Format.UNREAD:
        raise UnsupportedFormatError(blob.name, unread_kind(blob.data) or unread_ending(blob.name))
    if found is Format.TABLES:
        raise UnsupportedFormatError(blob.name, "a tables file is reviewed beside its document: give that too")
    module, function = _READERS[found]
    reader: Reader = getattr(import_module(f"workbench.sources.{module}"), function)
    return reader
