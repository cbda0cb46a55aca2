"""The second, independent reader of PDF pages: pdfplumber over pdfminer, fifteen times slower, for doubtful pages.

It shares nothing with the first reader below the layout of lines, so that what both read alike was read right.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from workbench.errors import UnreadableSourceError, UnsupportedFormatError
from workbench.model.source import Page, RuledLine, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.characters import REPLACEMENT, clean_text
from workbench.sources.foreign import foreign_parser
from workbench.sources.formats import format_of
from workbench.sources.limits import DEFAULT_LIMITS, ReadLimits
from workbench.sources.page_layout import lay_out
from workbench.sources.pdf.document import MEDIA_TYPE
from workbench.sources.print_runs import find_runs
from workbench.sources.reading import open_source
from workbench.sources.suffixes import Format

READER = "pdfplumber/1"

_THICKEST_RULE = 3.0
_WHITE = 0.98
_CLOSE, _INSET = 0.05, 4.0
"""In points: from one character of a field's value to the next, and from the side of the field to them."""
_HIDDEN = 2 | 32
"""Flags of annotations that are not shown."""


def read_again(
    path: Path, page_numbers: Collection[int] | None = None, limits: ReadLimits = DEFAULT_LIMITS
) -> SourceDocument:
    """The pages with these numbers (all where None) as pdfplumber reads them; the other pages are empty.

    Raises UnsupportedFormatError for what is no PDF, UnreadableSourceError where pdfminer fails on it.
    """
    blob = open_source(path, limits)
    if format_of(blob.name, blob.data) is not Format.PDF:
        raise UnsupportedFormatError(blob.name, "only PDF files have a second reader")
    pages = tuple(_pages(blob, page_numbers))
    if not pages:
        raise UnreadableSourceError(blob.name, "has no pages", "the file is damaged; fetch it again")
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, pages)


def _pages(blob: Blob, page_numbers: Collection[int] | None) -> Iterator[Page]:
    import io
    import logging

    import pdfplumber

    # what it says of odd fonts would be written over the screen of the app
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    with foreign_parser(blob.name, "PDF"), pdfplumber.open(io.BytesIO(blob.data)) as document:
        for number, page in enumerate(document.pages, start=1):
            if page_numbers is None or number in page_numbers:
                yield _page(number, page)
                page.close()
            else:
                yield Page(number, "")


def _page(number: int, page: Any) -> Page:
    # pdfplumber counts from the media box; what is shown is the crop box
    left, above, right, below = (
        bound(float(ours), float(theirs))
        for bound, ours, theirs in zip((max, max, min, min), page.cropbox, page.mediabox, strict=True)
    )
    width, height = right - left, below - above
    characters: list[str] = []
    boxes = array("f")
    for glyph in page.chars:
        x0, top, x1, bottom = glyph["x0"] - left, glyph["top"] - above, glyph["x1"] - left, glyph["bottom"] - above
        if x1 <= 0 or x0 >= width or not 0 < (top + bottom) / 2 < height:
            continue
        text = _character(glyph["text"])
        step = (x1 - x0) / max(len(text), 1)
        for place, character in enumerate(text):
            characters.append(character)
            boxes.extend((x0 + place * step, top, x0 + (place + 1) * step, bottom))
    for text, x, top, bottom in _annotations(page):
        for place, character in enumerate(text):
            characters.append(character)
            start = x - left + place * _CLOSE
            boxes.extend((start, top - above, start + _CLOSE, bottom - above))
    laid_out = lay_out(find_runs("".join(characters), boxes), boxes)
    lines = tuple(
        RuledLine(max(x0, left) - left, max(top, above) - above, min(x1, right) - left, min(bottom, below) - above)
        for x0, top, x1, bottom in sorted(set(_rules(page)), key=lambda rule: (rule[1], rule[0], rule[3], rule[2]))
        if x0 <= right and x1 >= left and top <= below and bottom >= above
    )
    return Page(number, laid_out.text, width, height, boxes=laid_out.boxes, lines=lines)


def _annotations(page: Any) -> Iterator[tuple[str, float, float, float]]:
    """The values of form fields and the typed remarks of a page: text, a place on its line, top and bottom.

    The file says which side of its field a value is set to, and not how wide it is: a place that is sure to be in it.
    """
    from pdfminer.pdftypes import resolve1
    from pdfminer.utils import decode_text

    for annotation in page.annots:
        data = annotation["data"]
        parent = resolve1(data.get("Parent")) or {}
        kind = str(resolve1(data.get("Subtype"))).strip("/'")
        if int(resolve1(data.get("F")) or 0) & _HIDDEN:
            continue
        if kind == "Widget" and str(resolve1(data.get("FT", parent.get("FT")))).strip("/'") in ("Tx", "Ch"):
            value = resolve1(data.get("V", parent.get("V")))
        elif kind == "FreeText":
            value = resolve1(data.get("Contents"))
        else:
            continue
        text = _character(decode_text(value)) if isinstance(value, bytes) else ""
        if text.strip():
            x0, x1, side = annotation["x0"], annotation["x1"], resolve1(data.get("Q", parent.get("Q", 0)))
            x = {1: (x0 + x1) / 2, 2: x1 - _INSET}.get(side, x0 + _INSET)
            yield text, x, annotation["top"], annotation["bottom"]


def _character(text: str) -> str:
    if text.startswith("(cid:"):
        return REPLACEMENT
    cleaned = clean_text(text)
    return " " if cleaned.isspace() else cleaned


def _rules(page: Any) -> Iterator[tuple[float, float, float, float]]:
    """The drawn lines and the sides of drawn boxes that leave a trace on white paper."""
    for line in page.lines:
        if not _is_white(line.get("stroking_color")):
            yield float(line["x0"]), float(line["top"]), float(line["x1"]), float(line["bottom"])
    for rectangle in (*page.rects, *page.curves):
        filled = rectangle.get("fill") and not _is_white(rectangle.get("non_stroking_color"))
        stroked = rectangle.get("stroke") and not _is_white(rectangle.get("stroking_color"))
        x0, top, x1, bottom = (float(rectangle[side]) for side in ("x0", "top", "x1", "bottom"))
        if not (filled or stroked):
            continue
        if bottom - top <= _THICKEST_RULE:
            yield x0, (top + bottom) / 2, x1, (top + bottom) / 2
        elif x1 - x0 <= _THICKEST_RULE:
            yield (x0 + x1) / 2, top, (x0 + x1) / 2, bottom
        elif stroked and rectangle["object_type"] == "rect":
            yield x0, top, x1, top
            yield x0, bottom, x1, bottom
            yield x0, top, x0, bottom
            yield x1, top, x1, bottom


def _is_white(colour: Any) -> bool:
    """Whether a colour is white in grey, RGB or CMYK; a pattern is not."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    return bool(max(parts) <= 1 - _WHITE if len(parts) == 4 else min(parts) >= _WHITE)
