"""Path → SourceDocument, at once or page by page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workbench.model.source import Page, SourceDocument
from workbench.sources.archive import open_member
from workbench.sources.blob import Blob
from workbench.sources.formats import format_of
from workbench.sources.limits import DEFAULT_LIMITS, ReadLimits
from workbench.sources.readers import read_blob
from workbench.sources.suffixes import Format


def read_source(path: Path, limits: ReadLimits = DEFAULT_LIMITS) -> SourceDocument:
    """The document in this file, whatever its format. `archive.zip!member.pdf` is a document in an archive.

    Raises UnreadableSourceError (UnsupportedFormatError, MissingExtraError) with the reason and what to do.
    """
    return read_blob(open_source(path, limits), limits)


def iter_pages(path: Path, limits: ReadLimits = DEFAULT_LIMITS) -> Iterator[Page]:
    """The pages of a document one by one; a PDF is read as they are asked for. Raises as `read_source`."""
    blob = open_source(path, limits)
    if format_of(blob.name, blob.data) is Format.PDF:
        from workbench.sources.pdf.document import iterate_pdf

        yield from iterate_pdf(blob, limits)
    else:
        yield from read_blob(blob, limits).pages


def page_count(path: Path, limits: ReadLimits = DEFAULT_LIMITS) -> int:
    """How many pages a PDF has, without reading them; 0 for other formats. Raises as `read_source`."""
    blob = open_source(path, limits)
    if format_of(blob.name, blob.data) is not Format.PDF:
        return 0
    from workbench.sources.pdf.opening import open_pdf

    with open_pdf(blob, limits) as document:
        return len(document)


def open_source(path: Path, limits: ReadLimits) -> Blob:
    """The bytes behind a path or an archive member's path. Raises UnreadableSourceError."""
    return open_member(path, limits)
