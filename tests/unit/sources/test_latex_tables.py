"""Tables in LaTeX, as readers of pictures write them, become the grids of their page."""

from pathlib import Path

import pytest

from tests.costs import costs_at_most
from workbench.sources import read_source
from workbench.sources.latex_tables import has_latex_tables, with_html_tables
from workbench.tables import parse

PAGE = r"""\section*{青禾县档案局2031年部门预算}

\begin{table}[h]
\centering
\caption{部门支出总表}
单位：万元

\begin{tabular}{|l|l|c|r|}
\hline
\multirow{2}{*}{科目编码} & \multirow[t]{2}*{科目名称} & \multicolumn{2}{c|}{\textbf{本年支出}} \\ \cline{3-4}
 &  & 基本支出 & \makecell{项目 \\ 支出} \\
\hline\hline
201 & 一般公共服务支出 & 1,000.50 & $20.00$ \\[2pt] \hline
221 & \begin{tabular}[c]{@{}l@{}}住房保障\\支出\end{tabular} & 200.00 & \\
\multicolumn{2}{|c|}{合计} & 1,200.50 & 20.00 \\
\bottomrule
\end{tabular}
\end{table}

执行率 $\geq 95\%$，增长 10.5\% 左右。
"""


def test_spans_and_rules_make_a_grid(tmp_path: Path) -> None:
    path = tmp_path / "预算.md"
    path.write_text(PAGE, encoding="utf-8")
    source = read_source(path)
    (table,) = parse(source).tables
    assert table.title == "部门支出总表"
    assert [[cell.printed for cell in row] for row in table.header] == [
        ["科目编码", "科目名称", "本年支出", "本年支出"],
        ["科目编码", "科目名称", "基本支出", "项目支出"],
    ]
    assert [[cell.printed for cell in row] for row in table.rows] == [
        ["201", "一般公共服务支出", "1,000.50", "20.00"],
        ["221", "住房保障支出", "200.00", ""],
        ["合计", "", "1,200.50", "20.00"],
    ]
    assert "执行率 ≥95%，增长 10.5% 左右。" in source.page(1).text


def test_the_columns_of_a_table_of_a_width_are_no_cells() -> None:
    html = with_html_tables(r"\begin{tabularx}{\textwidth}{lX}项目 & 数额 \\ 水电费 & 3 \\\end{tabularx}")
    assert html.strip() == "<table><tr><td>项目</td><td>数额</td></tr><tr><td>水电费</td><td>3</td></tr></table>"


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{tabular}{l 1 & 2",
        r"\begin{tabular}" * 50,
        r"\end{tabular}} & \\ {",
        r"\begin{tabular}{l}\multicolumn{x}\multirow{9999999}{*}{}& \\",
    ],
)
def test_a_broken_table_is_no_error(text: str) -> None:
    assert isinstance(with_html_tables(text), str)


def test_text_without_tables_is_left_alone() -> None:
    assert not has_latex_tables(r"\begin{itemize} \item 一 \end{itemize}")


@pytest.mark.parametrize("text", [r"\begin{tabular}{", r"{\multirow{2}", r"\begin{tabular}{l} & \\ ", r"\textbf{"])
def test_time_grows_with_the_text(text: str) -> None:
    def read(count: int) -> str:
        return with_html_tables(r"\begin{tabular}{l}" + text * count)

    assert costs_at_most(10, lambda: read(8_000), lambda: read(2_000))
