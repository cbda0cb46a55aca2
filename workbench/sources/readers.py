"""Which reader reads which format, and the document that a reader makes of bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath

from workbench.errors import UnsupportedFormatError
from workbench.model.source import SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.formats import SUFFIXES, Format, format_of
from workbench.sources.limits import ReadLimits

_TEXTS = frozenset({Format.TEXT, Format.CSV, Format.HTML, Format.OFFICE})
"""What a name may promise where the file is text."""
Reader = Callable[[Blob, ReadLimits], SourceDocument]


def read_blob(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The document that these bytes are. Raises as `read_source`."""
    found = format_of(blob.name, blob.data)
    if found is None:
        raise UnsupportedFormatError(blob.name, "unknown binary data")
    document = _reader(found, blob)(blob, limits)
    promised = SUFFIXES.get(PurePath(blob.name).suffix.lower(), Format.TEXT)
    if found is Format.TEXT and promised not in _TEXTS:
        said = f"is text in spite of its name, which promises {promised.value}: if it should hold more, fetch it again"
        return replace(document, warnings=(*document.warnings, said))
    return document


_READERS = {
    Format.PDF: ("pdf.document", "read_pdf"),
    Format.DOCX: ("office.word", "read_docx"),
    Format.XLSX: ("office.workbook", "read_xlsx"),
    Format.XLS: ("office.workbook_xls", "read_xls"),
    Format.ODS: ("office.opendocument", "read_ods"),
    Format.ODT: ("office.opendocument", "read_odt"),
    Format.HTML: ("html", "read_html"),
    Format.SAVED_PAGE: ("saved_page", "read_saved_page"),
    Format.TEXT: ("plain_text", "read_text"),
    Format.CSV: ("plain_text", "read_csv"),
    Format.OFFICE: ("office.converter", "read_office"),
    Format.ZIP: ("archive", "read_archive"),
    Format.IMAGE: ("scan.reader", "read_image"),
}
"""Format → module of this package and function in it."""

_UNREAD = {
    Format.TABLES: "a tables file is reviewed beside its document: give that too",
    Format.OFD: "an OFD file: save it as PDF in the program that shows it, and give that",
}
"""What is said of a format that has no reader."""


def _reader(found: Format, blob: Blob) -> Reader:
    """The reader of a format; its module and the libraries it needs are imported at first use."""
    if found in _UNREAD:
        raise UnsupportedFormatError(blob.name, _UNREAD[found])
    module, function = _READERS[found]
    reader: Reader = getattr(import_module(f"workbench.sources.{module}"), function)
    return reader
