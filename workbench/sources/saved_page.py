"""Web pages saved whole in one file (MHTML), as browsers, Word and Excel write them:
each page or sheet in it is a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message

from workbench.errors import UnreadableSourceError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.decoding import decode
from workbench.sources.grid_text import PageBuilder
from workbench.sources.html import blocks_of
from workbench.sources.limits import ReadLimits

MEDIA_TYPE = "multipart/related"
READER = "saved-page/1"

_NAMES_OF_SHEETS = re.compile(r"tabstrip\.html?$", re.IGNORECASE)
"""Where Excel puts the page that shows the names of the sheets."""


def read_saved_page(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The text and tables of every page in the file that shows any; pictures and scripts are left out.

    Raises UnreadableSourceError for a file beyond the limits, or in which no page shows text.
    """
    pages: list[Page] = []
    warnings: tuple[str, ...] = ()
    for part in _web_pages(message_from_bytes(blob.data)):
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
    if not pages:
        raise UnreadableSourceError(blob.name, "holds no web page that shows text", "save it again from a browser")
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, tuple(pages), warnings)


def _web_pages(message: Message) -> Iterator[Message]:
    for part in message.walk():
        if part.get_content_type() == "text/html" and not _NAMES_OF_SHEETS.search(part.get("Content-Location", "")):
            yield part


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
