"""A text put together from several documents, each laid out in its own way."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.unit.tables.text.test_cases import FOLDER, pages_of, printed
from workbench.tables.text.locate import locate_text_tables

_TITLES = ("收支决算总表", "收入决算表", "支出决算表", "基本支出决算表")


def _cells_of_a_line(empty: str) -> str:
    """A document of which every cell is a line, longer than a page of paper."""
    lines = ["沙坪县气象局2031年部门决算"]
    for title in _TITLES:
        lines += [title, "单位：万元", "项目", "本年决算数", "上年决算数"]
        for row in range(1, 20):
            lines += [f"第{row}项业务", f"{row}.50", f"{row}.20" if row % 4 else empty]
    return "\n".join(lines)


def _by_blanks() -> str:
    """A document whose columns are parted by blanks."""
    return (FOLDER / "aligned_title_says_it_goes_on.txt").read_text(encoding="utf-8")


def _tables_of(text: str) -> list[list[str]]:
    return [printed(table) for table in locate_text_tables(pages_of(text))]


@pytest.mark.parametrize("texts", permutations([_cells_of_a_line("——"), _cells_of_a_line(""), _by_blanks()], 2))
def test_each_of_the_documents_of_a_text_is_read_as_it_is_alone(texts: tuple[str, ...]) -> None:
    alone = [table for text in texts for table in _tables_of(text)]
    assert len(alone) >= len(_TITLES) + 1
    assert _tables_of("\f".join(texts)) == alone
