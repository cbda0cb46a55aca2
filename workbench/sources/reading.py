"""Path → SourceDocument: the format by signature, then the reader of that format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from workbench.errors import UnsupportedFormatError
from workbench.model.source import Page, SourceDocument
from workbench.sources.archive import open_member
from workbench.sources.blob import Blob
from workbench.sources.formats import Format, format_of
from workbench.sources.limits import DEFAULT_LIMITS, ReadLimits

Reader = Callable[[Blob, ReadLimits], SourceDocument]


def read_source(path: Path, limits: ReadLimits = DEFAULT_LIMITS) -> SourceDocument:
    """The document in this file, whatever its format. `archive.zip!member.pdf` is a document in an archive.

    Raises UnreadableSourceError (UnsupportedFormatError, MissingExtraError) with the reason and what to do.
    """
    return read_blob(open_source(path, limits), limits)


def iter_pages(path: Path, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[Page]:
    """The pages of a document one by one; a PDF is read as they are asked for. Raises as `read_source`."""
    blob = open_source(path, limits)
    if format_of(blob.name, blob.data) is Format.PDF:
        from workbench.sources.pdf import iterate_pdf

        yield from iterate_pdf(blob, limits)
    else:
        yield from read_blob(blob, limits).pages


def page_count(path: Path, limits: ReadLimits = DEFAULT_LIMITS) -> int:
    """How many pages a PDF has, without reading them; 0 for other formats. Raises as `read_source`."""
    blob = open_source(path, limits)
    if format_of(blob.name, blob.data) is not Format.PDF:
        return 0
    from workbench.sources.pdf import open_pdf

    with open_pdf(blob, limits) as document:
        return len(document)


def open_source(path: Path, limits: ReadLimits) -> Blob:
    """The bytes behind a path or an archive member's path. Raises UnreadableSourceError."""
    return open_member(path, limits)


def read_blob(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The document that these bytes are. Raises as `read_source`."""
    found = format_of(blob.name, blob.data)
    if found is None:
        raise UnsupportedFormatError(blob.name, "unknown binary data")
    return _reader(found, blob)(blob, limits)


_READERS = {
    Format.PDF: ("pdf", "read_pdf"),
    Format.DOCX: ("word", "read_docx"),
    Format.XLSX: ("workbook", "read_xlsx"),
    Format.XLS: ("workbook_xls", "read_xls"),
    Format.ODS: ("opendocument", "read_ods"),
    Format.ODT: ("opendocument", "read_odt"),
    Format.HTML: ("html", "read_html"),
    Format.TEXT: ("plain_text", "read_text"),
    Format.CSV: ("plain_text", "read_csv"),
    Format.OFFICE: ("office", "read_office"),
    Format.ZIP: ("archive", "read_archive"),
    Format.IMAGE: ("scan", "read_image"),
}
"""Format → module of this package and function in it."""


def _reader(found: Format, blob: Blob) -> Reader:
    """The reader of a format; its module and the libraries it needs are imported at first use."""
    if found not in _READERS:
        raise UnsupportedFormatError(blob.name, "a tables file is reviewed beside its document: give that too")
    module, function = _READERS[found]
    reader: Reader = getattr(import_module(f"workbench.sources.{module}"), function)
    return reader
