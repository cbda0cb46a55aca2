"""Two pages of a document printed on one."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.made_pdfs import SONG, saved
from workbench.model.table import Document
from workbench.sources import read_source
from workbench.sources.reading import iter_pages
from workbench.tables import parse
from workbench.tables.streaming import iter_tables

SIDES = (0, 60, 220, 320)
ROWS = [("科目编码", "科目名称", "合计")] + [
    (f"{20101 + index}", "档案事务", f"{1200 + index}.50") for index in range(6)
]


def _draw(made: Canvas, left: float, top: float, rows: list[tuple[str, ...]]) -> None:
    bottom = top - 18 * len(rows)
    for index in range(len(rows) + 1):
        made.line(left, top - 18 * index, left + SIDES[-1], top - 18 * index)
    for side in SIDES:
        made.line(left + side, top, left + side, bottom)
    for index, texts in enumerate(rows):
        for side, text in zip(SIDES, texts, strict=False):
            made.drawString(left + side + 4, top - 18 * index - 13, text)


def _document(folder: Path, between: str = "") -> tuple[Path, Document]:
    buffer = io.BytesIO()
    made = Canvas(buffer, pagesize=(842, 595))
    made.setFont(SONG, 9)
    made.drawString(140, 560, "部门收入总表")
    made.drawString(300, 545, "单位：元")
    _draw(made, 50, 540, ROWS[:4])
    made.drawString(200, 40, "— 1 —")
    if between:
        made.drawString(480, 560, between)
        made.drawString(700, 545, "单位：万元")
    _draw(made, 471, 540, ROWS[4:] if not between else [ROWS[0], *ROWS[4:]])
    made.drawString(620, 40, "— 2 —")
    path = saved(made, buffer, folder)
    return path, parse(read_source(path))


def test_a_table_goes_on_from_the_left_half_of_a_page_to_the_right_one(tmp_path: Path) -> None:
    path, document = _document(tmp_path)

    (table,) = document.tables
    assert (table.title, table.unit, table.pages) == ("部门收入总表", "元", (1,))
    assert [tuple(cell.printed for cell in row) for row in (*table.header, *table.rows)] == ROWS
    assert [table.rows for table in iter_tables(iter_pages(path))] == [table.rows]


def test_tables_with_titles_of_their_own_stay_apart(tmp_path: Path) -> None:
    _, document = _document(tmp_path, "部门支出总表")

    assert [(table.title, table.unit, len(table.rows)) for table in document.tables] == [
        ("部门收入总表", "元", 3),
        ("部门支出总表", "万元", 3),
    ]
