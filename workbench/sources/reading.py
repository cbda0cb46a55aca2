"""Path → SourceDocument: the format by signature, then the reader of that format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from workbench.errors import UnsupportedFormatError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob, read_bytes
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


def open_source(path: Path, limits: ReadLimits) -> Blob:
    """The bytes behind a path or an archive member's path. Raises UnreadableSourceError."""
    return Blob(str(path), read_bytes(path, limits))


def read_blob(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The document that these bytes are. Raises as `read_source`."""
    found = format_of(blob.name, blob.data)
    if found is None:
        raise UnsupportedFormatError(blob.name, "unknown binary data")
    return _reader(found, blob)(blob, limits)


def _reader(found: Format, blob: Blob) -> Reader:
    """The reader of a format; its module and the libraries it needs are imported at first use."""
    if found is Format.PDF:
        from workbench.sources.pdf import read_pdf

        return read_pdf
    if found is Format.TEXT:
        from workbench.sources.plain_text import read_text

        return read_text
    if found is Format.DOCX:
        from workbench.sources.word import read_docx

        return read_docx
    if found is Format.XLSX:
        from workbench.sources.workbook import read_xlsx

        return read_xlsx
    raise UnsupportedFormatError(blob.name, found.value)
