"""Which reader reads which format, and the document that a reader makes of bytes."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from workbench.errors import UnsupportedFormatError
from workbench.model.source import SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.formats import Format, format_of
from workbench.sources.limits import ReadLimits

Reader = Callable[[Blob, ReadLimits], SourceDocument]


def read_blob(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The document that these bytes are. Raises as `read_source`."""
    found = format_of(blob.name, blob.data)
    if found is None:
        raise UnsupportedFormatError(blob.name, "unknown binary data")
    return _reader(found, blob)(blob, limits)


_READERS = {
    Format.PDF: ("pdf.document", "read_pdf"),
    Format.DOCX: ("office.word", "read_docx"),
    Format.XLSX: ("office.workbook", "read_xlsx"),
    Format.XLS: ("office.workbook_xls", "read_xls"),
    Format.ODS: ("office.opendocument", "read_ods"),
    Format.ODT: ("office.opendocument", "read_odt"),
    Format.HTML: ("html", "read_html"),
    Format.TEXT: ("plain_text", "read_text"),
    Format.CSV: ("plain_text", "read_csv"),
    Format.OFFICE: ("office.converter", "read_office"),
    Format.ZIP: ("archive", "read_archive"),
    Format.IMAGE: ("scan.reader", "read_image"),
}
"""Format → module of this package and function in it."""


def _reader(found: Format, blob: Blob) -> Reader:
    """The reader of a format; its module and the libraries it needs are imported at first use."""
    if found not in _READERS:
        raise UnsupportedFormatError(blob.name, "a tables file is reviewed beside its document: give that too")
    module, function = _READERS[found]
    reader: Reader = getattr(import_module(f"workbench.sources.{module}"), function)
    return reader
