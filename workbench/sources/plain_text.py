"""Text files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workbench.errors import UnreadableSourceError, UnsupportedFormatError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.characters import REPLACEMENT, clean_text
from workbench.sources.decoding import decode
from workbench.sources.limits import ReadLimits
from workbench.sources.page_marks import pages_of
from workbench.sources.stray_blanks import without_stray_blanks

MEDIA_TYPE = "text/plain"
READER = "text/1"

_SAMPLE = 64 * 1024
_DAMAGE = 0.02
"""The share of broken characters up to which a text is read with them marked."""


def read_text(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """The text of the file, its line ends made line feeds, cut to pages.

    Raises UnsupportedFormatError for bytes that are no text in any known encoding.
    """
    text, warnings = decode(blob)
    if len(text) > limits.characters:
        raise UnreadableSourceError(blob.name, f"has more than {limits.characters} characters", "split it")
    if text.count(REPLACEMENT) - text.count("\x00") > 0.1 * len(text) or is_binary(text):
        raise UnsupportedFormatError(blob.name, "binary data")
    pages = tuple(pages_of_texts(pages_of(text), blob, limits))
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, pages, warnings)


def pages_of_texts(texts: Sequence[str], blob: Blob, limits: ReadLimits) -> Iterator[Page]:
    """A page of each text, the marks of Markdown, LaTeX and HTML in it read.

    Raises UnreadableSourceError for more pages than the limits allow."""
    if len(texts) > limits.pages:
        raise UnreadableSourceError(blob.name, f"has {len(texts)} pages, more than {limits.pages}", "split it")
    parts = without_stray_blanks(texts)
    marked = any("#" in part or "--" in part or "<" in part or "\\" in part for part in parts)
    if marked:
        from workbench.sources.latex_tables import has_latex_tables, with_html_tables
        from workbench.sources.marked_text import has_html_tables, is_markdown, marked_page, with_signs, without_marks

        parts = [with_signs(with_html_tables(part) if has_latex_tables(part) else part) for part in parts]
        marked = any(map(is_markdown, parts))
    for number, part in enumerate(parts, start=1):
        if marked and has_html_tables(part):
            yield marked_page(part, number, blob, limits)
        else:
            yield Page(number, clean_text(without_marks(part) if marked else part))


def is_binary(text: str) -> bool:
    """Whether control characters are so many that this was never a text."""
    sample = text[:_SAMPLE]
    controls = sum(character < " " and character not in "\n\r\t\f\v\x00" for character in sample)
    zeros = sample.count("\x00")
    return controls > _DAMAGE * len(sample) + 2 or zeros > 0.3 * len(sample)
