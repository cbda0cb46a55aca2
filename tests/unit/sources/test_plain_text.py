"""Text files as they come: encodings, line ends, control characters."""

from pathlib import Path

import pytest

from workbench.errors import UnsupportedFormatError
from workbench.sources import read_source

TEXT = "青禾县财政局2031年部门预算\n单位：万元\n合计\t1,234.50\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_usual_encoding_reads_alike(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "预算.txt"
    path.write_bytes(TEXT.encode(encoding))
    document = read_source(path)
    assert document.page(1).text == TEXT
    assert document.warnings == ()
    assert (document.media_type, len(document.pages)) == ("text/plain", 1)


def test_line_ends_of_every_kind_are_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("一\r\n二\r三\n四\u2028五\x85六\v七".encode())
    assert read_source(path).page(1).text == "一\n二\n三\n四\n五\n六\n七"


def test_form_feeds_part_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("第一页\n\f第二页\n\f", encoding="utf-8")
    assert [(page.number, page.text) for page in read_source(path).pages] == [(1, "第一页\n"), (2, "第二页\n")]


def test_escapes_and_direction_marks_reach_no_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("合计\x1b[2J\x07 \u202e05.432\u202c 6\u200b2\x00.1\x9b", encoding="utf-8")
    text = read_source(path).page(1).text
    assert text == "合计�[2J� 05.432 62�.1�"


def test_damaged_characters_are_marked_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes((TEXT * 20).encode() + b"\xff\xe5")
    document = read_source(path)
    assert document.page(1).text.startswith(TEXT)
    assert "�" in document.page(1).text
    assert document.warnings == ("2 characters are damaged and shown as �",)


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, b"\x00" * 1000, b"\x7fELF" + bytes(range(32)) * 50],
    ids=["all bytes", "zeros", "a program"],
)
def test_binary_data_is_no_text(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(UnsupportedFormatError, match="binary data"):
        read_source(path)


TRADITIONAL = "某縣農業局部門預算\n收支總表\n單位：萬元\n一、一般公共預算撥款收入\t120.50\n本年收入合計\t120.50\n"


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8", "utf-16"])
def test_traditional_characters_in_whatever_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TRADITIONAL.encode(encoding))
    assert read_source(path).page(1).text == TRADITIONAL


def test_markup_in_a_text_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("[bold]合计[/bold] [@click=app.quit]x[/]", encoding="utf-8")
    assert read_source(path).page(1).text == "[bold]合计[/bold] [@click=app.quit]x[/]"


def test_readings_behind_ideographs_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("經(jīng)營收入（lǜ）3萬元 (一)合计 三(a)项 费用(GDP) x(é)", encoding="utf-8")
    assert read_source(path).page(1).text == "經營收入3萬元 (一)合计 三(a)项 费用(GDP) x(é)"


@pytest.mark.parametrize(
    ("meant", "encoding", "western"),
    [
        (TRADITIONAL, "utf-8", "latin-1"),
        (TRADITIONAL, "gb18030", "latin-1"),
        ("支出表\n支出 12.00\n", "utf-8", "cp1252"),
    ],
)
def test_a_text_that_was_taken_for_western_once_is_turned_back(
    tmp_path: Path, meant: str, encoding: str, western: str
) -> None:
    path = tmp_path / "a.txt"
    taken = meant.encode(encoding).decode(western)
    path.write_text(taken, encoding="utf-8")
    document = read_source(path)
    assert document.page(1).text == meant
    assert document.warnings == ("its characters had been converted wrongly and were turned back",)


@pytest.mark.parametrize("text", ["Résumé: 12 °C\n", "Ð Ñ £ 100,00\n", "部门 é\n"])
def test_a_western_text_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert read_source(path).page(1).text == text


@pytest.mark.parametrize(
    "marks",
    [
        ("-- 1 of 3 --", "-- 2 of 3 --", "-- 3 of 3 --"),
        ("-- PAGE_BREAK --", "-- PAGE_BREAK --", "-- PAGE_BREAK --"),
        ("=== 第1页 ===", "=== 第2页 ===", "=== 第3页 ==="),
    ],
)
def test_lines_that_programs_write_between_pages_part_them(marks: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("".join(f"第{word}段\n\n{mark}\n" for word, mark in zip("一二三", marks, strict=True)), "utf-8")

    source = read_source(path)

    assert [page.text.strip() for page in source.pages] == ["第一段", "第二段", "第三段"]
    assert [page.number for page in source.pages] == [1, 2, 3]


def test_page_numbers_begin_a_text_too(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("[Page 1]\n第一段\n[Page 2]\n第二段\n", "utf-8")

    assert [page.text for page in read_source(path).pages] == ["第一段\n", "第二段\n"]


@pytest.mark.parametrize(
    "text", ["-- 3 of 9 --\n一\n-- 7 of 9 --\n二\n", "甲\n-- PAGE_BREAK --\n乙\n", "甲\n---\n乙\n---\n"]
)
def test_lines_that_do_not_count_pages_part_none(text: str, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(text, "utf-8")

    (page,) = read_source(path).pages
    assert page.text == text


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        (r"$\geq 95\%$", "≥95%"),
        (r"$\geqslant 95 \%$", "≥95%"),
        (r"$\le 120$公里", "≤120公里"),
        ("$1,234.56$", "1,234.56"),
        (r"$x_{1}$", r"$x_{1}$"),
        ("花费$5，不是$6", "花费$5，不是$6"),
    ],
)
def test_figures_that_were_taken_for_formulas_are_figures(written: str, printed: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"# 绩效\n\n{written}\n\n<table><tr><td>指标值</td></tr><tr><td>{written}</td></tr></table>\n")
    document = read_source(path)
    assert document.page(1).text.count(printed) == 2


def test_signs_written_as_in_formulas_are_the_signs(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("参保率 \\geq 95%，\t\\leq 30%\n\\gewinn\n")
    assert read_source(path).page(1).text == "参保率 ≥95%，\t≤30%\n\\gewinn\n"
