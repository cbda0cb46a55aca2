"""Whatever a file marks as a table, however broken, is read without an error and loses no text of a real table."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from workbench.model.source import Grid, GridCell, Page, SourceDocument
from workbench.tables import parse

WORDS = [
    "项目", "合计", "一、收入", "科目编码", "科目名称", "预算数", "类", "款", "项", "1", "2", "12.00", "201", "20126", "单位：万元",
    "部门支出总表", "注：无", "一级指标", "二级指标", "指标值", "产出指标", "编制单位：青禾县档案局", "青禾县档案局", "（续）", "", " ", "栏次",
]  # fmt: skip
cells = st.tuples(st.integers(0, 7), st.integers(0, 5), st.integers(0, 9), st.integers(0, 9), st.sampled_from(WORDS))


@settings(max_examples=examples(150), deadline=None)
@example([(1, 0, 0, 0, "项目")], 1, 1, [])
@given(st.lists(cells, max_size=40), st.integers(1, 7), st.integers(1, 5), st.lists(st.sampled_from(WORDS), max_size=4))
def test_no_grid_breaks_the_reading(
    places: list[tuple[int, int, int, int, str]], rows: int, columns: int, above: list[str]
) -> None:
    text = "".join(f"{line}\n" for line in above)
    start, found = len(text), []
    for row, column, down, right, word in sorted(places):
        found.append(GridCell(row, column, down, right, ((len(text), len(text) + len(word)),) if word else ()))
        text += word + "\t"
    page = Page(1, text, grids=(Grid(rows, columns, tuple(found), start, len(text)),))

    document = parse(SourceDocument("made.docx", "0" * 64, "application/test", "made/1", (page,)))

    for table in document.tables:
        assert len({len(row) for row in (*table.header, *table.rows)}) == 1
        assert all(any(cell.printed for cell in row) for row in (*table.header, *table.rows))
        for cell in (cell for row in (*table.header, *table.rows) for cell in row):
            pieces = "".join(page.text[anchor.start : anchor.end] for anchor in cell.anchors)
            assert "".join(pieces.split()) == "".join(cell.printed.split())
