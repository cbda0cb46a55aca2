"""Files of values apart by a sign: the sheet that a spreadsheet program makes of them."""

from pathlib import Path

import pytest

from workbench.sources import read_source


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_values_apart_by_commas_are_a_grid(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('项目,预算数,说明\r\n合计,"1,234.50","甲,乙\n丙"\r\n'.encode(encoding))
    page = read_source(path).page(1)
    assert page.text == "项目\t预算数\t说明\n合计\t1,234.50\t甲,乙 丙\n"
    assert (page.grids[0].row_count, page.grids[0].column_count) == (2, 3)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_parts_values_is_told_by_the_lines_below_the_title(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "a.csv"
    rows = [
        ["收支总表"],
        ["单位：万元"],
        ["项目", "预算数", "增减"],
        ["合计", "1,234.50", ""],
        ["教育", "1,034.50", "-3"],
    ]
    path.write_text(
        "\n".join(sign.join(f'"{text}"' if sign in text else text for text in row) for row in rows), "utf-8"
    )

    (grid,) = read_source(path).page(1).grids

    assert (grid.row_count, grid.column_count) == (5, 3)


def texts_of(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in read_source(path).page(1).text.splitlines()]


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_end_as_on_any_system(tmp_path: Path, end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"项目,金额{end}合计,12.00{end}".encode())
    assert texts_of(path) == [["项目", "金额"], ["合计", "12.00"]]


def test_what_keeps_digits_as_they_are_is_no_part_of_the_value(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('编码,名称,金额\n="0201",\'甲\',"=""12.50"""\n\'0202,=\'乙,\'-3.00\n', encoding="utf-8")
    assert texts_of(path) == [["编码", "名称", "金额"], ["0201", "'甲'", "12.50"], ["0202", "='乙", "-3.00"]]


def test_a_quotation_mark_that_nothing_closes_swallows_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = ["名称,金额,备注", '甲,"12.00,见注', "乙,3.00,", "合计,15.00,"]
    path.write_text("\n".join(rows), encoding="utf-8")
    assert texts_of(path) == [["名称", "金额", "备注"], ["甲", '"12.00', "见注"], ["乙", "3.00"], ["合计", "15.00"]]
    path.write_text("\n".join([*rows, *["丙,4.00,"] * 20_000]), encoding="utf-8")
    assert texts_of(path)[3] == ["合计", "15.00"]
