"""Web pages saved whole in one file (MHTML), as browsers, Word and Excel write them, and mails: each page or sheet in
it is a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message

from workbench.errors import UnreadableSourceError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.characters import clean_line
from workbench.sources.decoding import decode
from workbench.sources.grid_text import PageBuilder
from workbench.sources.html import blocks_of
from workbench.sources.limits import ReadLimits

MEDIA_TYPE = "multipart/related"
READER = "saved-page/1"

_NAMES_OF_SHEETS = re.compile(r"tabstrip\.html?$", re.IGNORECASE)
"""Where Excel puts the page that shows the names of the sheets."""


def read_saved_page(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The text and tables of every page in the file that shows any; pictures and scripts are left out, and so is what
    is attached to a mail, which is said.

    Raises UnreadableSourceError for a file beyond the limits, or in which no page shows text.
    """
    pages: list[Page] = []
    warnings: tuple[str, ...] = ()
    message = message_from_bytes(blob.data)
    attached = ", ".join(name for part in message.walk() if (name := _attached(part)))
    for part in _web_pages(message):
        inner = Blob(blob.name, _bytes_of(part))
        text, said = decode(inner, part.get_content_charset() or "")
        builder = PageBuilder(blob.name, limits)
        for block in blocks_of(text, inner, limits):
            if isinstance(block, str):
                builder.add_paragraph(block)
            else:
                builder.add_grid(block)
        page = builder.page(len(pages) + 1)
        if page.text.strip():
            pages.append(page)
            warnings += said
    if attached and not any(page.grids for page in pages):
        raise UnreadableSourceError(
            blob.name, f"is a mail that carries {attached}", "save what is attached, and give that"
        )
    if attached:
        warnings += (f"what is attached was not read ({attached}); save it and give it",)
    if not pages:
        raise UnreadableSourceError(blob.name, "holds no web page that shows text", "save it again from a browser")
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, tuple(pages), warnings)


def _web_pages(message: Message) -> Iterator[Message]:
    for part in message.walk():
        shown = part.get_content_type() == "text/html" and part.get_content_disposition() != "attachment"
        if shown and not _NAMES_OF_SHEETS.search(part.get("Content-Location", "")):
            yield part


def _attached(part: Message) -> str:
    """The name of what is attached in this part of a mail, as one line; "" where nothing is."""
    name = part.get_filename() if part.get_content_disposition() == "attachment" else None
    return clean_line(str(make_header(decode_header(name)))) if name else ""


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
