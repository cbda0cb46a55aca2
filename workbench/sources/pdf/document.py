"""PDF files, read with pdfium: characters with their boxes, and the rules drawn between them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from workbench.errors import MissingExtraError, UnreadableSourceError
from workbench.model.source import Page, RuledLine, SourceDocument
from workbench.sources.blob import Blob
from workbench.sources.foreign import foreign_parser
from workbench.sources.limits import ReadLimits
from workbench.sources.page_layout import lay_out
from workbench.sources.pdf.actual_text import place_in_forms
from workbench.sources.pdf.annotations import print_annotations
from workbench.sources.pdf.clip_paths import ClipPaths
from workbench.sources.pdf.clips import CharacterStream, Clips
from workbench.sources.pdf.drawing import Drawing, DrawingReader
from workbench.sources.pdf.geometry import PageFrame
from workbench.sources.pdf.notes import PageNotes
from workbench.sources.pdf.opening import in_turns
from workbench.sources.pdf.page_text import characters_of, is_damaged, is_garbled, is_slanted, upright
from workbench.sources.pdf.pdfium import PDFIUM_TURN, CharacterBoxes, address_of, calls
from workbench.sources.pdf.rules import ruled_lines
from workbench.sources.pdf.unseen import without_unseen
from workbench.sources.pdf.watermarks import without_watermarks
from workbench.sources.print_runs import Run, find_runs
from workbench.sources.scan.reader import INSTALL, ocr_is_installed

MEDIA_TYPE = "application/pdf"
_PAGES_AN_OPENING = 64
READER = "pdf/1"

_FEW_CHARACTERS = 30
_TABULAR = re.compile(r"\d\.\d|\S {3,}(?=\S)")
"""An amount, or words that stand apart."""
_FEWEST_TABULAR = 3
_JUDGED = 20_000
"""So many characters of a page tell whether it may hold a table."""
_SCANNED_SHARE, _PICTURED_SHARE = 0.5, 0.25
"""How much of a page with text, and of one without, a picture is that holds its print."""
_MANY_OUTLINES = 60
_POINTS = ",.，。、;；"


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
    characters = done = 0
    count = 1
    while done < count:
        # pdfium keeps what it has parsed until the document is closed: a long one is opened anew from time to time.
        with in_turns(blob, limits) as document, closing(_PageReader(document, blob.name, notes, limits)) as reader:
            count = len(document)
            following = min(done + _PAGES_AN_OPENING, count)
            for number in range(done + 1, following + 1):
                with PDFIUM_TURN:
                    page = reader.read(number)
                characters += len(page.text)
                if characters > limits.characters:
                    raise UnreadableSourceError(blob.name, f"has more than {limits.characters} characters", "split it")
                yield page
            done = following


class _PageReader:
    """Reads the pages of one open document."""

    def __init__(self, document: Any, name: str, notes: PageNotes, limits: ReadLimits) -> None:
        import pypdfium2.raw as raw

        self._document = document
        self._name = name
        self._notes = notes
        self._limits = limits
        self._clips = ClipPaths()
        self._drawings = DrawingReader(self._clips)
        self._raw = raw
        self._boxes = CharacterBoxes()
        self._open: Any = None

    def close(self) -> None:
        """Let go of the last page."""
        with PDFIUM_TURN:
            self._hold(None)

    def _hold(self, handle: Any) -> None:
        """Keep a page open until the next one is: pdfium throws a font away with the last page that uses it."""
        if self._open:
            self._raw.FPDF_ClosePage(self._open)
        self._open = handle

    def read(self, number: int) -> Page:
        """The page with this number; one that pdfium cannot load is an empty page and a note."""
        raw = self._raw
        handle = raw.FPDF_LoadPage(self._document.raw, number - 1)
        if not handle:
            self._notes.unread.append(number)
            return Page(number, "")
        self._hold(handle)
        if raw.FPDFPage_GetAnnotCount(handle) > 0 and print_annotations(raw, handle):
            printed = raw.FPDF_LoadPage(self._document.raw, number - 1)
            if printed:
                handle = printed
                self._hold(handle)
        text_handle = raw.FPDFText_LoadPage(handle)
        if not text_handle:
            self._notes.unread.append(number)
            return Page(number, "")
        try:
            page = address_of(handle)
            return self._page(number, page, address_of(text_handle), _frame(page))
        finally:
            raw.FPDFText_ClosePage(text_handle)

    def _page(self, number: int, page: int, text_page: int, frame: PageFrame) -> Page:
        self._clips.forget()
        drawing = self._drawings.read(page, self._limits.depth)
        if drawing.truncated:
            self._notes.truncated.append(number)
        stream, turned = self._stream(text_page, frame, drawing)
        runs = self._visible(number, text_page, stream, turned, drawing)
        laid_out = lay_out(runs, stream.boxes)
        scanned = _is_scan(laid_out.text, drawing, frame)
        if (scanned or stream.garbled) and ocr_is_installed():
            return self._scan(number, turned)
        if scanned:
            self._notes.scanned.append(number)
        elif stream.garbled:
            self._notes.unmapped.append(number)
        elif is_damaged(laid_out.text):
            self._notes.damaged.append(number)
        lines = ruled_lines(drawing, turned)
        if not lines and _is_image_below_text(laid_out.text, drawing, frame) and ocr_is_installed():
            lines = self._lines_of_image(number, turned)
        return Page(
            number,
            laid_out.text,
            turned.width,
            turned.height,
            boxes=laid_out.boxes,
            lines=lines,
            scanned=scanned,
        )

    def _picture(self, number: int, frame: PageFrame) -> Any:
        """The page drawn as an image, as it stands upright."""
        from workbench.sources.scan.reader import render_scale

        page = self._document[number - 1]
        try:
            page.set_rotation(90 * frame.quarter_turns)
            bitmap = page.render(scale=render_scale(frame.width, frame.height))
            return bitmap.to_numpy()[:, :, :3].copy()
        finally:
            page.close()

    def _lines_of_image(self, number: int, frame: PageFrame) -> tuple[RuledLine, ...]:
        """The rules that the image of a page shows; a scanner that recognises print puts that over it, and no rules."""
        from workbench.sources.scan.rules import as_line, find_rules

        picture = self._picture(number, frame)
        try:
            with foreign_parser(self._name, "image"):
                rules = find_rules(picture)
        except UnreadableSourceError:
            return ()
        scale_x, scale_y = frame.width / picture.shape[1], frame.height / picture.shape[0]
        return tuple(as_line(rule, scale_x, scale_y) for rule in rules)

    def _scan(self, number: int, frame: PageFrame) -> Page:
        """The page drawn as an image and read from that."""
        from workbench.sources.scan.reader import read_picture

        picture = self._picture(number, frame)
        try:
            read = read_picture(number, picture, frame.width, frame.height, self._name)
        except UnreadableSourceError:
            self._notes.unread.append(number)
            return Page(number, "", frame.width, frame.height, scanned=True)
        self._notes.recognised.append(number)
        return read

    def _stream(self, text_page: int, frame: PageFrame, drawing: Drawing) -> tuple[CharacterStream, PageFrame]:
        call = calls()
        count = max(call.FPDFText_CountChars(text_page), 0)
        if count > self._limits.characters:
            raise UnreadableSourceError(self._name, f"has more than {self._limits.characters} characters", "split it")
        text = characters_of(text_page, count)
        rectangles = self._boxes.read(text_page, count)
        if drawing.in_forms:
            place_in_forms(text_page, text, rectangles, drawing.in_forms)
        turned = upright(frame, text_page, text, count)
        return CharacterStream(text, turned.boxes(rectangles), is_garbled(text, text_page, count)), turned

    def _visible(
        self, number: int, text_page: int, stream: CharacterStream, turned: PageFrame, drawing: Drawing
    ) -> list[Run]:
        """The runs that a reader of the page sees: on the page, no watermark, not clipped away."""
        width, height = turned.width, turned.height
        kept: list[Run] = []
        outside = clipped = slanted = False
        cut: set[int] = set()
        clips = Clips(self._clips, text_page, turned, drawing.outside_forms)
        runs = find_runs(stream.text, stream.boxes)
        for run, shown in zip(runs, clips.show(runs), strict=True):
            if run.x1 <= 0 or run.x0 >= width or not 0 < run.top + run.bottom < 2 * height:
                outside = True
                cut.update((run.start, run.end))
            elif run.end - run.start == 1 and is_slanted(text_page, run.start):
                # the characters of slanted print stand on no common line, so each is a run
                slanted = True
            elif shown:
                kept.append(run)
            else:
                clipped = True
                cut.update((run.start, run.end))
                kept.extend(part for part in clips.seen_parts(run, stream) if part.text.strip(_POINTS))
        if cut:
            # of a row that is cut off at an edge of the page, the points at the foot of its figures may be inside
            kept = [run for run in kept if run.text.strip(_POINTS) or not cut & {run.start, run.end}]
        printed = without_watermarks(kept, text_page)
        slanted = slanted or len(printed) < len(kept)
        seen = without_unseen(printed, text_page, drawing)
        notes = self._notes
        for noted, numbers in (
            (outside, notes.outside),
            (clipped, notes.clipped),
            (slanted, notes.slanted),
            (len(seen) < len(printed), notes.unseen),
        ):
            if noted:
                numbers.append(number)
        return seen


def _frame(page: int) -> PageFrame:
    """The visible rectangle: the crop box within the media box, as pdfium settles it, and the page's rotation."""
    call = calls()
    box = (ctypes.c_float * 4)()
    known = call.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    left, top, right, bottom = box
    if not known or right <= left or top <= bottom:
        return PageFrame(0.0, 0.0, 595.0, 842.0)
    return PageFrame(left, bottom, right, top, call.FPDFPage_GetRotation(page) % 4)


def _is_image_below_text(text: str, drawing: Drawing, frame: PageFrame) -> bool:
    """Whether a picture over most of the page lies below its text, which may be that of a table."""
    area = (frame.right - frame.left) * (frame.top - frame.bottom)
    return drawing.image_area > _SCANNED_SHARE * area and len(_TABULAR.findall(text, 0, _JUDGED)) >= _FEWEST_TABULAR


def _is_scan(text: str, drawing: Drawing, frame: PageFrame) -> bool:
    """Whether the print of a page is a picture: one of it over most of the page, or letters turned to curves."""
    area = (frame.right - frame.left) * (frame.top - frame.bottom)
    few = len(text) - text.count(" ") < _FEW_CHARACTERS
    return few and (drawing.image_area > _PICTURED_SHARE * area or drawing.outlines > _MANY_OUTLINES)
