"""PDF files, read with pdfium: characters with their boxes, and the rules drawn between them."""

from __future__ import annotations

import ctypes
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from math import pi
from typing import Any

from workbench.errors import MissingExtraError, UnreadableSourceError
from workbench.model.source import Page, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.characters import REPLACEMENT, controls_as_replacement
from workbench.sources.limits import ReadLimits
from workbench.sources.page_layout import Run, find_runs, lay_out
from workbench.sources.pdf_geometry import PageFrame
from workbench.sources.pdf_rules import Drawing, DrawingReader, ruled_lines
from workbench.sources.pdfium import address_of, calls
from workbench.sources.scan import INSTALL, ocr_is_installed

MEDIA_TYPE = "application/pdf"
READER = "pdf/1"

_FEW_CHARACTERS = 30
_SCANNED_SHARE = 0.5
_UNMAPPED_SHARE = 0.3
_QUARTER = pi / 2
_SLANT = 0.04
_CLIP_MARGIN = 1.0
_ERROR_PASSWORD, _ERROR_SECURITY = 4, 5


@dataclass(slots=True)
class _Stream:
    """The characters of a page in the order of its content stream, each with a box as shown."""

    text: str
    boxes: array[float]


@dataclass(slots=True)
class PageNotes:
    """What was read past on the pages so far, by kind: page numbers."""

    outside: list[int] = field(default_factory=list)
    clipped: list[int] = field(default_factory=list)
    slanted: list[int] = field(default_factory=list)
    unmapped: list[int] = field(default_factory=list)
    scanned: list[int] = field(default_factory=list)
    recognised: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    truncated: list[int] = field(default_factory=list)

    def warnings(self) -> tuple[str, ...]:
        """The notes as sentences."""
        said = (
            (self.outside, "text outside the visible page was left out"),
            (self.clipped, "text hidden by a clip was left out"),
            (self.slanted, "slanted text (a watermark) was left out"),
            (self.unmapped, "much of the text has no Unicode value in the file; what is read may be wrong"),
            (self.scanned, "the page is an image without text and was not read"),
            (self.recognised, "the page is an image and was read by OCR"),
            (self.unread, "the page is damaged and could not be read"),
            (self.truncated, "the page draws more objects than are looked at; ruled lines may be missing"),
        )
        return tuple(f"page {_ranges(numbers)}: {sentence}" for numbers, sentence in said if numbers)


def read_pdf(blob: Blob, limits: ReadLimits) -> SourceDocument:
    """All pages of a PDF. Raises UnreadableSourceError for one that is damaged, locked, empty or beyond the limits."""
    notes = PageNotes()
    pages = tuple(iterate_pdf(blob, limits, notes))
    if len(notes.scanned) == len(pages):
        raise MissingExtraError(
            blob.name, "the reader of scanned pages (all of this document's pages are images)", INSTALL
        )
    return SourceDocument(blob.name, blob.sha256, MEDIA_TYPE, READER, pages, notes.warnings())


def iterate_pdf(blob: Blob, limits: ReadLimits, notes: PageNotes | None = None) -> Iterator[Page]:
    """The pages one by one; only the page being read is in memory. Raises as `read_pdf`, some of it later."""
    notes = PageNotes() if notes is None else notes
    with open_pdf(blob, limits) as document:
        reader = _PageReader(document, blob.name, notes, limits)
        characters = 0
        for number in range(1, len(document) + 1):
            page = reader.read(number)
            characters += len(page.text)
            if characters > limits.characters:
                raise UnreadableSourceError(blob.name, f"has more than {limits.characters} characters", "split it")
            yield page


@contextmanager
def open_pdf(blob: Blob, limits: ReadLimits) -> Iterator[Any]:
    """The pypdfium2 document of these bytes, closed at the end."""
    import pypdfium2

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
        document.close()


def _unreadable(blob: Blob, code: int | None) -> UnreadableSourceError:
    if code == _ERROR_PASSWORD:
        return UnreadableSourceError(blob.name, "is locked with a password", "save a copy without one and read that")
    if code == _ERROR_SECURITY:
        return UnreadableSourceError(
            blob.name, "is locked with a protection that is not known", "print it to a new PDF"
        )
    return UnreadableSourceError(blob.name, "is a damaged or truncated PDF", "fetch it again, or print it to a new PDF")


class _PageReader:
    """Reads the pages of one open document."""

    def __init__(self, document: Any, name: str, notes: PageNotes, limits: ReadLimits) -> None:
        self._document = document
        self._name = name
        self._notes = notes
        self._limits = limits
        self._drawings = DrawingReader()

    def read(self, number: int) -> Page:
        """The page with this number; one that pdfium cannot load is an empty page and a note."""
        import pypdfium2.raw as raw

        handle = raw.FPDF_LoadPage(self._document.raw, number - 1)
        if not handle:
            self._notes.unread.append(number)
            return Page(number, "")
        try:
            text_handle = raw.FPDFText_LoadPage(handle)
            if not text_handle:
                self._notes.unread.append(number)
                return Page(number, "")
            try:
                return self._page(number, address_of(handle), address_of(text_handle), _frame(handle))
            finally:
                raw.FPDFText_ClosePage(text_handle)
        finally:
            raw.FPDF_ClosePage(handle)

    def _page(self, number: int, page: int, text_page: int, frame: PageFrame) -> Page:
        stream, turned = self._stream(number, text_page, frame)
        drawing = self._drawings.read(page, self._limits.depth)
        if drawing.truncated:
            self._notes.truncated.append(number)
        runs = self._visible(number, text_page, find_runs(stream.text, stream.boxes), stream, turned)
        laid_out = lay_out(runs, stream.boxes)
        scanned = _is_scan(laid_out.text, drawing, frame)
        if scanned and ocr_is_installed():
            return self._scan(number, turned)
        if scanned:
            self._notes.scanned.append(number)
        return Page(
            number,
            laid_out.text,
            turned.width,
            turned.height,
            boxes=laid_out.boxes,
            lines=ruled_lines(drawing, turned),
            scanned=scanned,
        )

    def _scan(self, number: int, frame: PageFrame) -> Page:
        """The page drawn as an image and read from that."""
        from workbench.sources.scan import read_picture, render_scale

        page = self._document[number - 1]
        try:
            bitmap = page.render(scale=render_scale(frame.width, frame.height))
            picture = bitmap.to_numpy()[:, :, :3].copy()
        finally:
            page.close()
        self._notes.recognised.append(number)
        return read_picture(number, picture, frame.width, frame.height, self._name)

    def _stream(self, number: int, text_page: int, frame: PageFrame) -> tuple[_Stream, PageFrame]:
        call = calls()
        count = max(call.FPDFText_CountChars(text_page), 0)
        if count > self._limits.characters:
            raise UnreadableSourceError(self._name, f"has more than {self._limits.characters} characters", "split it")
        codes = list(map(call.FPDFText_GetUnicode, repeat(text_page, count), range(count)))
        text = "".join(map(_CHARACTERS.__getitem__, codes))
        if len(codes) - text.count(" ") and _unmapped(text) > _UNMAPPED_SHARE * count:
            self._notes.unmapped.append(number)
        buffer = bytearray(16 * count)
        if count:
            address = ctypes.addressof(ctypes.c_char.from_buffer(buffer))
            places = range(address, address + 16 * count, 16)
            # all() would stop at a character without a box; its place stays (0, 0, 0, 0), which is no box
            for _ in map(call.FPDFText_GetLooseCharBox, repeat(text_page, count), range(count), places):
                pass
        rectangles = array("f")
        rectangles.frombytes(bytes(buffer))
        turned = _upright(frame, text_page, text, count)
        return _Stream(text, turned.boxes(rectangles)), turned

    def _visible(self, number: int, text_page: int, runs: list[Run], stream: _Stream, turned: PageFrame) -> list[Run]:
        """The runs that a reader of the page sees: on the page, not clipped away, not slanted."""
        width, height = turned.width, turned.height
        kept: list[Run] = []
        outside = clipped = slanted = False
        angle_of = calls().FPDFText_GetCharAngle
        for run in runs:
            if run.x1 <= 0 or run.x0 >= width or not 0 < run.middle < height:
                outside = True
                continue
            turn = angle_of(text_page, run.start) / _QUARTER
            if abs(turn - round(turn)) > _SLANT:
                slanted = True
                continue
            seen = self._seen_part(text_page, run, stream, turned)
            kept.extend(seen)
            clipped = clipped or sum(part.end - part.start for part in seen) < run.end - run.start
        for noted, numbers in (
            (outside, self._notes.outside),
            (clipped, self._notes.clipped),
            (slanted, self._notes.slanted),
        ):
            if noted:
                numbers.append(number)
        return kept

    def _seen_part(self, text_page: int, run: Run, stream: _Stream, turned: PageFrame) -> list[Run]:
        """The pieces of a run that no clip hides. Where both its ends are seen, all of it is."""
        boxes = stream.boxes
        if self._is_seen(text_page, run.start, boxes, turned) and (
            run.end - run.start == 1 or self._is_seen(text_page, run.end - 1, boxes, turned)
        ):
            return [run]
        pieces: list[Run] = []
        start = run.start
        for index in range(run.start, run.end + 1):
            if index == run.end or not self._is_seen(text_page, index, boxes, turned):
                if index > start:
                    pieces.append(
                        Run(
                            start,
                            index,
                            boxes[4 * start],
                            run.top,
                            boxes[4 * index - 2],
                            run.bottom,
                            stream.text[start:index],
                        )
                    )
                start = index + 1
        return pieces

    def _is_seen(self, text_page: int, index: int, boxes: array[float], turned: PageFrame) -> bool:
        """Whether the middle of a character lies within the clip of its text object."""
        thing = calls().FPDFText_GetTextObject(text_page, index)
        clip = self._drawings.clip_of(thing) if thing else None
        if clip is None:
            return True
        x0, top, x1, bottom = turned.rectangle(*clip)
        middle_x = (boxes[4 * index] + boxes[4 * index + 2]) / 2
        middle_y = (boxes[4 * index + 1] + boxes[4 * index + 3]) / 2
        return (
            x0 - _CLIP_MARGIN <= middle_x <= x1 + _CLIP_MARGIN
            and top - _CLIP_MARGIN <= middle_y <= bottom + _CLIP_MARGIN
        )


class _CharacterTable(dict[int, str]):
    """Code point → the character that stands for it, each worked out once."""

    def __missing__(self, code: int) -> str:
        character = self[code] = controls_as_replacement(code)
        return character


_CHARACTERS = _CharacterTable({9: " ", 10: " ", 12: " ", 13: " ", 0: REPLACEMENT})


def _unmapped(text: str) -> int:
    if text.isascii():
        return 0
    return text.count(REPLACEMENT) + sum("\ue000" <= character <= "\uf8ff" for character in set(text)) * 2


def _upright(frame: PageFrame, text_page: int, text: str, count: int) -> PageFrame:
    """The frame in which the print stands upright: the page's own, unless a sample of characters says otherwise.

    pdfium gives a character's angle in user space, whatever the page's rotation, clockwise.
    """
    angle_of = calls().FPDFText_GetCharAngle
    step = max(count // 12, 1)
    votes = [0, 0, 0, 0]
    for index in range(step // 2, count, step):
        if not text[index].isspace():
            votes[-round(angle_of(text_page, index) / _QUARTER) % 4] += 1
    best = max(range(4), key=votes.__getitem__)
    if votes[best] <= votes[frame.quarter_turns] + 2:
        return frame
    return PageFrame(frame.left, frame.bottom, frame.right, frame.top, best)


def _frame(handle: Any) -> PageFrame:
    """The visible rectangle: the crop box within the media box, as pdfium settles it, and the page's rotation."""
    import pypdfium2.raw as raw

    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(handle, box) or box.right <= box.left or box.top <= box.bottom:
        return PageFrame(0.0, 0.0, 595.0, 842.0)
    return PageFrame(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(handle) % 4)


def _is_scan(text: str, drawing: Drawing, frame: PageFrame) -> bool:
    area = (frame.right - frame.left) * (frame.top - frame.bottom)
    return len(text) - text.count(" ") < _FEW_CHARACTERS and drawing.image_area > _SCANNED_SHARE * area


def _ranges(numbers: list[int]) -> str:
    """The numbers 3, 4, 5, 9 as "3–5, 9"."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in spans)
