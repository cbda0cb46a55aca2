"""PDF files opened with pdfium, which threads take turns at, and closed again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from workbench.errors import UnreadableSourceError
from workbench.sources.blob import Blob
from workbench.sources.limits import ReadLimits
from workbench.sources.pdf.pdfium import PDFIUM_TURN

_ERROR_PASSWORD, _ERROR_SECURITY = 4, 5


@contextmanager
def open_pdf(blob: Blob, limits: ReadLimits) -> Iterator[Any]:
    """The pypdfium2 document of these bytes, closed at the end. Threads take turns: pdfium is not made for several."""
    with PDFIUM_TURN, in_turns(blob, limits) as document:
        yield document


@contextmanager
def in_turns(blob: Blob, limits: ReadLimits) -> Iterator[Any]:
    """As `open_pdf`, for one who takes a turn for each page: whoever waits for the next page holds nobody up."""
    import pypdfium2

    with PDFIUM_TURN:
        try:
            document = pypdfium2.PdfDocument(blob.data)
        except pypdfium2.PdfiumError as error:
            raise _unreadable(blob, getattr(error, "err_code", None)) from error
    try:
        count = len(document)
        if count <= 0:
            raise UnreadableSourceError(blob.name, "has no pages", "the file is damaged; fetch it again")
        if count > limits.pages:
            raise UnreadableSourceError(blob.name, f"has {count} pages, more than {limits.pages}", "split it")
        yield document
    finally:
        with PDFIUM_TURN:
            document.close()


def _unreadable(blob: Blob, code: int | None) -> UnreadableSourceError:
    if code == _ERROR_PASSWORD:
        return UnreadableSourceError(blob.name, "is locked with a password", "save a copy without one and read that")
    if code == _ERROR_SECURITY:
        return UnreadableSourceError(
            blob.name, "is locked with a protection that is not known", "print it to a new PDF"
        )
    return UnreadableSourceError(blob.name, "is a damaged or truncated PDF", "fetch it again, or print it to a new PDF")
