"""Several disclosures in one file: where each begins, whose it is, and that none is held against another."""

from __future__ import annotations

from pathlib import Path

from workbench.model.table import Document, ReportKind
from workbench.pipeline.analysis import AnalysisOptions, analyse

_OPTIONS = AnalysisOptions(suggest=False)


def _statements(total: int, unit: str = "万元") -> str:
    return f"""收支预算总表
单位：{unit}
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、财政拨款收入\t{total}.00\t一、教育支出\t{total - 100}.00
二、其他收入\t0.00\t二、住房保障支出\t100.00
收入合计\t{total}.00\t支出合计\t{total}.00

支出预算总表
单位：{unit}
科目编码\t科目名称\t合计\t基本支出\t项目支出
205\t教育支出\t{total - 100}.00\t{total - 400}.00\t300.00
221\t住房保障支出\t100.00\t100.00\t0.00
合计\t\t{total}.00\t{total - 300}.00\t300.00
"""


def _text(year: int, total: int) -> str:
    return f"""第三部分 情况说明

{year}年收入预算{total}.00万元，其中：财政拨款收入{total}.00万元。
{year}年支出预算{total}.00万元，其中：基本支出{total - 300}.00万元，项目支出300.00万元。
"""


def _read(tmp_path: Path, text: str) -> tuple[Document, int]:
    """The document, and how many of its checks fail."""
    path = tmp_path / "file.txt"
    path.write_text(text, encoding="utf-8")
    found = analyse(path, _OPTIONS)
    return found.document, sum(one.outcome.value == "fail" for one in found.findings)


def test_each_title_of_another_body_begins_a_disclosure(tmp_path: Path) -> None:
    first = f"青禾县教育局2031年部门预算\n\n{_text(2031, 900)}\n{_statements(900)}"
    second = f"青禾县第一中学2031年单位预算公开\n\n{_text(2031, 700)}\n{_statements(700)}"
    document, failing = _read(tmp_path, f"{first}\n{second}")
    assert [(one.offset, one.entity) for one in document.disclosures] == [
        (0, "青禾县教育局"),
        (len(first) + 1, "青禾县第一中学"),
    ]
    assert failing == 0
    assert _read(tmp_path, f"{first}\n{second.replace('项目支出300.00万元', '项目支出310.00万元')}")[1]


def test_a_budget_and_an_account_of_one_body_are_two(tmp_path: Path) -> None:
    account = f"青禾县教育局2030年度部门决算\n{_statements(800)}\n{_text(2030, 800)}".replace("预算", "决算")
    document, failing = _read(
        tmp_path, f"青禾县教育局2031年部门预算\n{_statements(900)}\n{_text(2031, 900)}\n{account}"
    )
    assert [(one.fiscal_year, one.report) for one in document.disclosures] == [
        (2031, ReportKind.BUDGET),
        (2030, ReportKind.FINAL_ACCOUNT),
    ]
    assert failing == 0


def test_a_table_without_a_unit_is_in_that_of_its_own_disclosure(tmp_path: Path) -> None:
    bare = _statements(7000000, "元").replace("单位：元\n科目编码", "科目编码")
    text = f"青禾县教育局2031年部门预算\n{_statements(900)}\n{_statements(800)}\n青禾县第一中学2031年单位预算\n{bare}"
    document, _ = _read(tmp_path, text)
    assert [table.unit for table in document.tables][-2:] == ["元", "元"]


def test_the_contents_told_anew_behind_statements_begin_one(tmp_path: Path) -> None:
    part = "目录\n第一部分 概况\n第二部分 预算表\n第三部分 情况说明\n\n第一部分 概况\n\n第二部分 预算表\n"
    document, failing = _read(tmp_path, "\n".join(part + _statements(n) + _text(2031, n) for n in (900, 700)))
    assert len(document.disclosures) == 2
    assert failing == 0


def test_a_file_of_one_disclosure_tells_none(tmp_path: Path) -> None:
    """Heads of pages, sections that name the body again and a list of its units begin nothing; nor do statements of
    several bodies behind each other with one text for all."""
    head = "青禾县教育局2031年部门预算"
    for text in (
        f"{head}\n{_statements(900)}\n{head}\n{_text(2031, 900)}\n{head}情况说明\n",
        f"{head}\n青禾县第一中学2031年单位预算\n{_text(2031, 900)}\n{_statements(900)}",
        f"{head}\n{_statements(900)}\n{_statements(700)}\n{head}情况说明\n{_text(2031, 900)}",
        f"{_statements(900)}\n{head}情况说明\n{_text(2031, 900)}\n{_statements(700)}\n",
    ):
        assert _read(tmp_path, text)[0].disclosures == ()
