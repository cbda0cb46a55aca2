"""`:export` in a real terminal: what was corrected a key ago is in the file that the line names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal


@pytest.fixture
def terminal(folder: Path) -> Iterator[Terminal]:
    opened = Terminal(["review", "documents", "--reviewer", "lw", "--lang", "en"], folder)
    yield opened
    opened.close()


def figures(folder: Path) -> list[dict[str, str]]:
    with (folder / "figures.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def run(terminal: Terminal, line: str) -> None:
    terminal.press(":")
    terminal.until("Tab complete")
    terminal.type(line)
    terminal.until(line)
    terminal.press("Enter")


def test_an_export_holds_what_was_corrected_a_key_ago(terminal: Terminal, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    terminal.until("4 open", "石溪县医疗保障局")
    run(terminal, "export before.csv")
    terminal.until("1 document written to before")
    assert not any(row["corrected"] in ("1", "true", "True") for row in figures(tmp_path / "before"))
    terminal.press("Enter")
    terminal.until("4 open, 0 settled")
    terminal.press("c")
    terminal.until("3 open, 1 settled")
    run(terminal, "export after.csv")
    terminal.until("1 document written to after")
    corrected = [row for row in figures(tmp_path / "after") if row["corrected"] in ("1", "true", "True")]
    assert {(row["value"], row["printed"]) for row in corrected} == {("679.72", "639.72")}
    run(terminal, "export set.xlsx")
    terminal.until("1 document written to set.xlsx")
    assert "corrections" in load_workbook(tmp_path / "set.xlsx", read_only=True).sheetnames
    run(terminal, "export documents/shixi_medical_insurance_2022.txt/x.csv")
    terminal.until("cannot be written", "nothing there was changed")
    terminal.press("c")
    terminal.until("2 open, 2 settled")


def test_the_line_comes_back_in_the_next_run(tmp_path: Path, terminal: Terminal) -> None:
    terminal.until("4 open")
    run(terminal, "sort")
    terminal.until("order: name")
    terminal.press("Q")
    terminal.until_ended()
    again = Terminal(["review", "documents", "--lang", "en"], tmp_path)
    try:
        again.until("4 open")
        again.press(":", "Up", "!")
        # "sort" alone is among the keys of the queue too.
        assert again.until("Tab complete", "sort!").splitlines()[-2].strip() == "sort!"
    finally:
        again.close()
