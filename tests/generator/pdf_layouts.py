"""Disclosures as PDF: ruled, ruled by thin boxes, ruled across only, borderless, and as pictures of pages (a scan)."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from tests.generator.content import Disclosure, Sheet
from tests.generator.text_layouts import header_cells

FONT = "STSong-Light"
SIZE = 9.0
LINE = 11.5
MARGIN = 36.0


def _width(text: str) -> float:
    return float(pdfmetrics.stringWidth(text, FONT, SIZE))


def _wrap(text: str, width: float) -> list[str]:
    lines = [""]
    for character in text:
        if lines[-1] and _width(lines[-1] + character) > width - 6:
            lines.append("")
        lines[-1] += character
    return lines


class _Writer:
    """Puts one disclosure on pages."""

    def __init__(self, document: Disclosure, rules: str, *, repeat_header: bool) -> None:
        self.document = document
        self.rules = rules
        self.repeat_header = repeat_header
        self.buffer = io.BytesIO()
        self.page = landscape(A4)
        self.canvas = Canvas(self.buffer, pagesize=self.page, invariant=1)
        self.number = 1

    def write(self) -> bytes:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._paragraphs([self.document.title, *self.document.paragraphs])
        for sheet in self.document.sheets:
            self._sheet(sheet)
        self.canvas.save()
        return self.buffer.getvalue()

    def _text(self, x: float, y: float, text: str, size: float = SIZE) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, y, text)

    def _end_page(self) -> None:
        self._text(self.page[0] / 2, 18, f"— {self.number} —")
        self.number += 1
        self.canvas.showPage()

    def _paragraphs(self, texts: list[str]) -> None:
        y = self.page[1] - MARGIN - 14
        for number, text in enumerate(texts):
            for line in _wrap(("" if number == 0 else "        ") + text, self.page[0] - 2 * MARGIN):
                self._text(MARGIN, y, line)
                y -= LINE * 1.5
        self._end_page()

    def _sheet(self, sheet: Sheet) -> None:
        widths = self._widths(sheet)
        y = self.page[1] - MARGIN - 16
        self._text((self.page[0] - _width(sheet.title) * 14 / SIZE) / 2, y, sheet.title, 14)
        y -= 22
        self._text(MARGIN, y, f"编制部门：{self.document.entity}")
        unit = f"单位：{sheet.unit}"
        self._text(MARGIN + sum(widths) - _width(unit), y, unit)
        y = self._header(sheet, widths, y - 6)
        for row in sheet.rows:
            lines = [_wrap(text, width) for text, width in zip(row, widths, strict=True)]
            height = max(len(cell) for cell in lines) * LINE + 4
            if y - height < 40:
                self._end_page()
                y = self.page[1] - MARGIN
                if self.repeat_header:
                    y = self._header(sheet, widths, y)
            x = MARGIN
            for text, cell, width in zip(row, lines, widths, strict=True):
                right = bool(text) and not any("一" <= c <= "鿿" for c in text) and "." in text
                self._cell(x, y, width, height, cell, "right" if right else "left")
                x += width
            y -= height
        self._end_page()

    def _header(self, sheet: Sheet, widths: list[float], y: float) -> float:
        rows = header_cells(sheet)
        heights = []
        for cells in rows:
            column = 0
            tallest = 1
            for text, span, rows_down in cells:
                if rows_down == 1:
                    tallest = max(tallest, len(_wrap(text, sum(widths[column : column + span]))))
                column += span
            heights.append(tallest * LINE + 6)
        for cells in rows:
            column = 0
            for text, span, rows_down in cells:
                if rows_down > 1:
                    need = len(_wrap(text, sum(widths[column : column + span]))) * LINE + 6
                    index = rows.index(cells)
                    short = need - sum(heights[index : index + rows_down])
                    heights[index] += max(short, 0)
                column += span
        for index, cells in enumerate(rows):
            x = MARGIN
            column = 0
            for text, span, rows_down in cells:
                width = sum(widths[column : column + span])
                if text:
                    height = sum(heights[index : index + rows_down])
                    self._cell(x, y, width, height, _wrap(text, width), "center")
                x += width
                column += span
            y -= heights[index]
        return y

    def _cell(self, x: float, y: float, width: float, height: float, lines: list[str], align: str) -> None:
        self._rule(x, y, width, height)
        top = y - (height - len(lines) * LINE) / 2 - SIZE
        for line in lines:
            gap = {"left": 3.0, "right": width - _width(line) - 3, "center": (width - _width(line)) / 2}[align]
            self._text(x + gap, top, line)
            top -= LINE

    def _rule(self, x: float, y: float, width: float, height: float) -> None:
        if self.rules == "lines":
            self.canvas.setLineWidth(0.5)
            self.canvas.rect(x, y - height, width, height, stroke=1, fill=0)
        elif self.rules == "levels":
            self.canvas.setLineWidth(0.5)
            for level in (y, y - height):
                self.canvas.line(x, level, x + width, level)
        elif self.rules == "boxes":
            for box in (
                (x, y - 0.3, width, 0.6), (x, y - height - 0.3, width, 0.6),
                (x - 0.3, y - height, 0.6, height), (x + width - 0.3, y - height, 0.6, height),
            ):  # fmt: skip
                self.canvas.rect(*box, stroke=0, fill=1)

    def _widths(self, sheet: Sheet) -> list[float]:
        count = len(sheet.header[0])
        natural = []
        for column in range(count):
            texts = [row[column] for row in sheet.rows]
            figures = [text for text in texts if text and not any("一" <= c <= "鿿" for c in text)]
            labels = [text for text in texts if any("一" <= c <= "鿿" for c in text)]
            least = max([_width(text) for text in figures] + [40.0]) + 10
            natural.append(max(least, min(max((_width(text) for text in labels), default=0) + 10, 150.0)))
        room = self.page[0] - 2 * MARGIN
        if sum(natural) > room:
            natural = [width * room / sum(natural) for width in natural]
        return natural


def ruled_pdf(document: Disclosure) -> bytes:
    """Every cell framed by stroked lines, the header repeated on each page."""
    return _Writer(document, "lines", repeat_header=True).write()


def boxed_pdf(document: Disclosure) -> bytes:
    """Rules drawn as thin filled boxes, as spreadsheets print them; the header stands on the first page only."""
    return _Writer(document, "boxes", repeat_header=False).write()


def levelled_pdf(document: Disclosure) -> bytes:
    """Level rules between the rows alone; the header stands on the first page only."""
    return _Writer(document, "levels", repeat_header=False).write()


def borderless_pdf(document: Disclosure) -> bytes:
    """No rules at all: columns are told by alignment."""
    return _Writer(document, "none", repeat_header=True).write()


def scanned_pdf(document: Disclosure, resolution: int = 200) -> bytes:
    """The ruled PDF as pictures of its pages, without a text layer."""
    import pypdfium2

    source = pypdfium2.PdfDocument(ruled_pdf(document))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in source:
        width, height = page.get_size()
        picture = page.render(scale=resolution / 72, grayscale=True).to_pil()
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


PDF_LAYOUTS = {"ruled": ruled_pdf, "boxed": boxed_pdf, "levelled": levelled_pdf, "borderless": borderless_pdf}
