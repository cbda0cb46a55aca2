"""What holds for every text: reading it never fails, cells are printed where their anchors say, grids come back."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import examples
from workbench.model.source import Page
from workbench.tables.text.locate import locate_text_tables

WORDS = st.sampled_from(
    [
        "序号",
        "收入",
        "支出",
        "项目",
        "金额",
        "预算数",
        "合计",
        "小计",
        "科目编码",
        "科目名称",
        "基本支出",
        "项目支出",
        "一、教育支出",
        "二、农林水支出",
        "其中：财政拨款",
        "本年收入合计",
        "收入总计",
        "支出总计",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "产出指标",
        "数量指标",
        "≥95%",
        "单位：万元",
        "部门收支总表",
        "绩效目标表",
        "栏次",
        "1",
        "2",
        "3",
        "208",
        "20805",
        "2080501",
        "6.00",
        "7502",
        ".08",
        "1,234.50",
        "——",
        "0",
        "教育",
        "局",
        "注：说明",
        "[bookmark:_Toc1]",
        "第一部分",
        "说明。",
    ]
)
BREAKS = st.sampled_from([" ", "  ", "     ", "\t", "\n", "\n\n", "\n\t", "\n\n\t", "\f", "|"])
TEXTS = st.lists(st.tuples(WORDS, BREAKS), max_size=120).map(lambda parts: "".join(a + b for a, b in parts))
FIGURES = st.decimals(min_value=0, max_value=99999, places=2).map(lambda value: f"{value:.2f}")
QUICK = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def squeezed(text: str) -> str:
    return "".join(text.split())


def pages_of(text: str) -> list[Page]:
    return [Page(number, page) for number, page in enumerate(text.split("\f"), 1)]


@QUICK
@given(TEXTS)
def test_reading_never_fails_and_every_cell_is_printed_where_it_says(text: str) -> None:
    pages = pages_of(text)
    for table in locate_text_tables(pages):
        assert len({len(row) for row in table.rows}) == 1
        for row in table.rows:
            for cell in row:
                source = "".join(pages[anchor.page - 1].text[anchor.start : anchor.end] for anchor in cell.anchors)
                assert squeezed(source) == squeezed(cell.printed)


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    figures = draw(st.integers(1, 5))
    rows = draw(st.integers(1, 8))
    return [
        [str(201 + index), f"科目{'甲乙丙丁戊己庚辛'[index]}支出", *(draw(FIGURES) for _ in range(figures))]
        for index in range(rows)
    ]


HEADER = ["科目编码", "科目名称", "合计", "基本支出", "项目支出", "经营支出", "其他支出"]


@QUICK
@given(grids())
def test_a_grid_of_tab_cells_comes_back(grid: list[list[str]]) -> None:
    rows = [HEADER[: len(grid[0])], *grid]
    text = "\n支出总表\n\n" + "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)
    (table,) = locate_text_tables([Page(1, text)])
    assert table.title == "支出总表"
    assert [[cell.printed for cell in row] for row in table.rows] == rows
    assert table.header_rows == 1


@QUICK
@given(grids())
def test_a_grid_of_tab_separated_lines_comes_back(grid: list[list[str]]) -> None:
    rows = [HEADER[: len(grid[0])], *grid]
    text = "支出总表\n单位：元\n\n" + "\n".join("\t".join(row) for row in rows)
    (table,) = locate_text_tables([Page(1, text)])
    assert [[cell.printed for cell in row] for row in table.rows] == rows


@QUICK
@given(grids())
def test_a_grid_of_words_comes_back(grid: list[list[str]]) -> None:
    rows = [HEADER[: len(grid[0])], *grid]
    text = "支出总表\n单位：元\n\n" + "\n\n".join(" ".join(row) for row in rows)
    (table,) = locate_text_tables([Page(1, text)])
    assert [[cell.printed for cell in row] for row in table.rows] == rows
    assert not any(cell.inferred for row in table.rows for cell in row)
