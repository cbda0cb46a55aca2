"""How cost grows with a file: `python -m pytest tests/bench/bench_growth.py -m bench -s`.

The same tables of values and web pages at one size and at four times it, in CPU seconds of each stage: a stage that
takes much more than four times as long grows faster than the document.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from workbench.checks import Reconciliation
from workbench.sources import read_source
from workbench.tables.parsing import parse


def _sums(rows: int) -> str:
    lines = [f"{2010000 + row % 9000},科目{row},{3 * row}.00,{row}.00,{2 * row}.00" for row in range(rows)]
    return "\n".join(["部门支出总表", "单位：万元", "科目编码,科目名称,合计,基本支出,项目支出", *lines])


def _wide(rows: int) -> str:
    heads = ",".join(f"资金{column}" for column in range(29))
    lines = [",".join([f"第{row}项", *(f"{row * column}.00" for column in range(29))]) for row in range(rows)]
    return "\n".join([f"项目,{heads}", *lines])


def _spans(rows: int) -> str:
    cells = "".join(f"<tr><td rowspan=50>科目{row}</td><td>{row}.00</td></tr>" for row in range(rows))
    return f"<html><body><table>{cells}</table></body></html>"


@pytest.mark.bench
@pytest.mark.parametrize(
    ("name", "made", "rows"), [("sums.csv", _sums, 2500), ("wide.csv", _wide, 1000), ("spans.html", _spans, 1000)]
)
def test_cost_of_a_file_four_times_as_long(tmp_path: Path, name: str, made: Callable[[int], str], rows: int) -> None:
    for count in (rows, 4 * rows):
        path = tmp_path / name
        path.write_text(made(count), encoding="utf-8")
        clock = [time.process_time()]
        source = read_source(path)
        clock.append(time.process_time())
        document = parse(source)
        clock.append(time.process_time())
        checks = Reconciliation.of(document)
        clock.append(time.process_time())
        spent = [f"{after - before:.2f}" for before, after in pairwise(clock)]
        print(f"{name} of {count} rows: read {spent[0]} s, tables {spent[1]} s, checks {spent[2]} s")
        assert document.tables and checks.results is not None
