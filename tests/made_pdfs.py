"""PDF pages drawn in a test: a canvas with a Chinese font, saved as a file."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

SONG = "STSong-Light"
ROWS = (
    ("科目编码", "科目名称", "合计", "基本支出"),
    ("201", "一般公共服务支出", "1,234.50", "86.00"),
    ("20103", "政府办公室事务", "1,234.50", "86.00"),
)
"""A header and two rows."""

pdfmetrics.registerFont(UnicodeCIDFont(SONG))


def canvas(size: tuple[float, float] = (595, 842)) -> tuple[Canvas, io.BytesIO]:
    """An empty page, and what it will be written to."""
    buffer = io.BytesIO()
    made = Canvas(buffer, pagesize=size)
    made.setFont(SONG, 10)
    return made, buffer


def saved(made: Canvas, buffer: io.BytesIO, folder: Path, name: str = "made.pdf") -> Path:
    """The file of the pages drawn."""
    made.showPage()
    made.save()
    path = folder / name
    path.write_bytes(buffer.getvalue())
    return path
