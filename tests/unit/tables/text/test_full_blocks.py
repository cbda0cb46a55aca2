"""Blocks of names and figures that make a table, and those that make none."""

from __future__ import annotations

import pytest

from tests.conftest import CASES
from tests.unit.tables.text.test_cases import pages_of
from workbench.tables.text.columns.block_tables import block_tables
from workbench.tables.text.lines import lines_of

TEXT = (CASES / "tables_text" / "columns_full_blocks.txt").read_text(encoding="utf-8")


def titles(text: str) -> list[str]:
    return [found.table.title[:2] for found in block_tables(lines_of(pages_of(text)))]


def test_each_title_has_its_table() -> None:
    assert titles(TEXT) == ["表一", "表二"]


@pytest.mark.parametrize(
    ("printed", "instead"),
    [
        ("430.0\n", ""),
        ("博物馆\n", ""),
        ("支出合计\n", "文化馆\n"),
        ("610.0\n560.0\n560.0\n430.0", "560.0\n610.0\n430.0\n560.0"),
        ("项目支出\n", ""),
    ],
    ids=["a figure less", "a name less", "no total", "sums that fail", "a label less"],
)
def test_what_nothing_bears_out_is_left_unread(printed: str, instead: str) -> None:
    assert titles(TEXT.replace(printed, instead, 1)) == ["表二"]


def test_codes_that_add_up_prove_no_table_whose_total_does_not() -> None:
    text = (CASES / "tables_text" / "columns_full_blocks_over_pages.txt").read_text(encoding="utf-8")
    assert len(titles(text)) == 1
    assert not titles(text.replace("960.00", "966.00").replace("719.85", "791.85").replace("240.15\n\n", "24.15\n\n"))
