"""Tables of PDF pages whose writers draw no plain lines: rules in dots and dashes, rows told by their shade."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.made_pdfs import ROWS, SONG, canvas, saved
from workbench.sources import read_source
from workbench.sources.characters import without_radicals
from workbench.tables import parse

LEFT, TOP, WIDTH, HEIGHT = 50, 715, 110, 20
BODY = (
    *ROWS,
    ("205", "教育支出", "20.00", "20.00"),
    ("20502", "普通教育", "20.00", "20.00"),
    ("合计", "", "1,254.50", "106.00"),
)


def _draw(folder: Path, rows: Callable[..., None]) -> list[list[str]]:
    """The body and header of the one table of a page whose table `rows` draws behind the text."""
    made, buffer = canvas()
    rows(made)
    made.setFillGray(0)
    made.setFont(SONG, 14)
    made.drawString(200, 780, "青禾县支出总表")
    made.setFont(SONG, 9)
    for row, texts in enumerate(BODY):
        for column, text in enumerate(texts):
            made.drawString(LEFT + 4 + WIDTH * column, TOP - 14 - HEIGHT * row, text)
    (table,) = parse(read_source(saved(made, buffer, folder))).tables
    assert table.title == "青禾县支出总表"
    return [[cell.printed for cell in row] for row in (*table.header, *table.rows)]


def _sides() -> list[tuple[float, float, float, float]]:
    right, bottom = LEFT + 4 * WIDTH, TOP - len(BODY) * HEIGHT
    level = [(LEFT, TOP - HEIGHT * row, right, TOP - HEIGHT * row) for row in range(len(BODY) + 1)]
    upright = [(LEFT + WIDTH * column, bottom, LEFT + WIDTH * column, TOP) for column in range(5)]
    return [*level, *upright]


def _dotted(made: object) -> None:
    for x0, y0, x1, y1 in _sides():
        steps = int(max(x1 - x0, y1 - y0) / 1.5)
        for step in range(steps + 1):
            x, y = x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps
            made.rect(x - 0.4, y - 0.4, 0.8, 0.8, stroke=0, fill=1)  # type: ignore[attr-defined]


def _dashed(made: object) -> None:
    for x0, y0, x1, y1 in _sides():
        path = made.beginPath()  # type: ignore[attr-defined]
        length = max(x1 - x0, y1 - y0)
        for start in range(0, int(length), 4):
            if x1 > x0:
                path.rect(x0 + start, y0 - 0.3, 2.5, 0.6)
            else:
                path.rect(x0 - 0.3, y0 + start, 0.6, 2.5)
        made.drawPath(path, stroke=0, fill=1)  # type: ignore[attr-defined]


def _every_other_row_shaded(made: object) -> None:
    made.setFillGray(0.85)  # type: ignore[attr-defined]
    for row in range(0, len(BODY), 2):
        for column in range(4):
            made.rect(LEFT + WIDTH * column, TOP - HEIGHT * (row + 1), WIDTH, HEIGHT, stroke=0, fill=1)  # type: ignore[attr-defined]


@pytest.mark.parametrize("rows", [_dotted, _dashed, _every_other_row_shaded])
def test_rules_in_dots_or_dashes_and_shaded_rows_are_a_grid(tmp_path: Path, rows: Callable[..., None]) -> None:
    assert _draw(tmp_path, rows) == [list(texts) for texts in BODY]


def test_ideographs_that_a_writer_names_as_radicals_are_ideographs() -> None:
    assert without_radicals("部⻔收⽀总表、⻛险，专⼾") == "部门收支总表、风险，专户"
    assert without_radicals("二〇二四年㈠Ⅱ①") == "二〇二四年㈠Ⅱ①"
