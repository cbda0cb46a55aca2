"""Any partition of a rectangle into cells, drawn in any way, comes back as it was;
and no drawing breaks the reading."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from workbench.model.source import Page, RuledLine, SourceDocument
from workbench.tables import parse
from workbench.tables.ruled.grid import find_grids

Cells = list[tuple[int, int, int, int]]
WIDTH, HEIGHT = 60.0, 20.0


@st.composite
def partitions(draw: st.DrawFn) -> Cells:
    """Cells (row, column, row span, column span) that fill a rectangle."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    free = set(product(range(rows), range(columns)))
    cells: Cells = []
    for row, column in product(range(rows), range(columns)):
        if (row, column) not in free:
            continue
        right = draw(st.integers(1, 3))
        while not all((row, column + k) in free for k in range(right)):
            right -= 1
        down = draw(st.integers(1, 3))
        while not all((row + i, column + k) in free for i in range(down) for k in range(right)):
            down -= 1
        cells.append((row, column, down, right))
        free -= {(row + i, column + k) for i in range(down) for k in range(right)}
    return cells


def _page(cells: Cells, jitter: list[float], texts: Sequence[str] = ()) -> Page:
    """A page with the sides of all cells as rules, and in each cell one of the texts,
    its number where none is given."""
    text, boxes, lines = "", array("f"), []
    for number, (row, column, down, right) in enumerate(cells):
        shift = jitter[number % len(jitter)]
        x0, y0 = column * WIDTH + 50 + shift, row * HEIGHT + 50 + shift
        x1, y1 = x0 + right * WIDTH, y0 + down * HEIGHT
        lines += [RuledLine(x0, y0, x1, y0), RuledLine(x0, y1, x1, y1)]
        lines += [RuledLine(x0, y0, x0, y1), RuledLine(x1, y0, x1, y1)]
        printed = texts[number % len(texts)] if texts else f"{number:02d}"
        for index, character in enumerate(printed + "\n"):
            x = (x0 + x1) / 2 - 5 + 5 * index
            place = (x, (y0 + y1) / 2 - 5, x + 5, (y0 + y1) / 2 + 5)
            boxes.extend((float("nan"),) * 4 if character in " \n" else place)
        text += printed + "\n"
    return Page(1, text, 800, 800, boxes=boxes, lines=tuple(lines))


def _compressed(cells: Cells) -> Cells:
    """The cells counted by the levels at which any of them begins."""
    rows = sorted({row for row, _, _, _ in cells} | {row + down for row, _, down, _ in cells})
    columns = sorted({column for _, column, _, _ in cells} | {column + right for _, column, _, right in cells})
    at_row, at_column = {row: i for i, row in enumerate(rows)}, {column: i for i, column in enumerate(columns)}
    return [
        (at_row[r], at_column[c], at_row[r + down] - at_row[r], at_column[c + right] - at_column[c])
        for r, c, down, right in cells
    ]


@settings(max_examples=examples(120), deadline=None)
@given(partitions(), st.lists(st.floats(-0.5, 0.5), min_size=1, max_size=7))
def test_spans_survive_the_drawing(cells: Cells, jitter: list[float]) -> None:
    page = _page(cells, jitter)

    grids = find_grids(page)

    if len(cells) == 1:
        assert grids == ()
        return
    (grid,) = grids
    found = {
        page.text[cell.pieces[0][0] : cell.pieces[0][1]]: (cell.row, cell.column, cell.row_span, cell.column_span)
        for cell in grid.cells
    }
    assert found == {f"{number:02d}": place for number, place in enumerate(_compressed(cells))}


coordinates = st.floats(-50, 700, allow_nan=False)
rules = st.builds(
    lambda x, y, length, flat: RuledLine(x, y, x + length * flat, y + length * (not flat)),
    coordinates,
    coordinates,
    st.floats(0, 400),
    st.booleans(),
)
texts = st.one_of(
    st.text(alphabet="项目合计收入支出0123456789.,-（）一、 ", min_size=1, max_size=8),
    st.sampled_from(["项目", "合计", "基本支出", "1,234.56", "0.00", "—", "一、教育支出", "其中：购置费"]),
)


@settings(max_examples=examples(80), deadline=None)
@given(
    partitions(),
    st.lists(st.floats(-2, 2), min_size=1, max_size=7),
    st.lists(texts, min_size=1, max_size=25),
    st.sets(st.integers(0, 60), max_size=6),
    st.lists(rules, max_size=6),
)
def test_no_drawing_breaks_the_reading(
    cells: Cells, jitter: list[float], printed: list[str], lost: set[int], stray: list[RuledLine]
) -> None:
    """Sides of cells are lost and stand askew, and lines that belong to no table cross them."""
    page = _page(cells, jitter, printed)
    page = replace(page, lines=(*(line for at, line in enumerate(page.lines) if at not in lost), *stray))

    document = parse(SourceDocument("drawn.pdf", "0" * 64, "application/pdf", "drawn/1", (page,)))

    for table in document.tables:
        assert len({len(row) for row in (*table.header, *table.rows)}) == 1
        for cell in (cell for row in (*table.header, *table.rows) for cell in row):
            pieces = "".join(page.text[anchor.start : anchor.end] for anchor in cell.anchors)
            assert "".join(pieces.split()) == "".join(cell.printed.split())
