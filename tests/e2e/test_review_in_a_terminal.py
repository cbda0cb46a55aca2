"""The main job in a real terminal: open, find, correct, quit, reopen, undo;
asserted on the screen and on the record."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal


@pytest.fixture
def start(folder: Path) -> Iterator:
    opened: list[Terminal] = []

    def run(*arguments: str, size: tuple[int, int] = (120, 40)) -> Terminal:
        terminal = Terminal(["review", "documents", "--reviewer", "lw", "--lang", "en", *arguments], folder, size)
        opened.append(terminal)
        return terminal

    yield run
    for terminal in opened:
        terminal.close()


FINDING = "21015 "


def record(folder: Path) -> dict:
    (path,) = (folder / "records").glob("*.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def to_the_finding(terminal: Terminal) -> str:
    terminal.until("4 open", "石溪县医疗保障局")
    terminal.press("Enter")
    terminal.until("4 open, 0 settled")
    return terminal.to_finding(FINDING)


def marked_lines(screen: str) -> list[str]:
    """The lines of the source pane that are marked as the finding's own."""
    return [line.split("┆")[1].split()[0] for line in screen.splitlines() if line.startswith("▸") and "┆" in line]


def test_a_wrong_total_is_reached_shown_corrected_kept_and_undone(start, folder: Path) -> None:
    terminal = start()
    screen = to_the_finding(terminal)
    assert "639.72" in marked_lines(screen)
    assert "639.72" in screen
    assert "679.72" in screen
    terminal.press("c")
    terminal.until("3 open, 1 settled")
    assert FINDING not in terminal.finding()
    terminal.press("Q")
    terminal.until_ended()
    (correction,) = record(folder)["corrections"]
    assert [(edit["before"], edit["after"]) for edit in correction["edits"]] == [("639.72", "679.72")] * 2
    assert correction["by"] == "lw"
    assert record(folder)["review"]["status"] == "in_review"
    assert not any("639.72" in finding["message"] for finding in record(folder)["findings"])

    again = start()
    again.until("3 open")
    again.press("Enter")
    again.until("3 open, 1 settled")
    again.press("u")
    again.until("4 open, 0 settled")
    again.until_finding(FINDING)
    again.press("U")
    again.until("3 open, 1 settled")
    again.press("Q")
    again.until_ended()
    assert len(record(folder)["corrections"]) == 1


def test_a_cell_is_edited_in_place_and_checked_at_once(start, folder: Path) -> None:
    terminal = start()
    to_the_finding(terminal)
    terminal.press("2", "e")
    terminal.press("C-u")
    terminal.type("679.72")
    terminal.press("Enter")
    terminal.until(
        "679.72", without="639.72 is printed, 679.72 would hold (difference -40.00). 2 blank cells count as zero.\n"
    )
    terminal.press("Q")
    terminal.until_ended()
    (correction,) = record(folder)["corrections"]
    assert (correction["method"], correction["edits"][0]["after"]) == ("manual", "679.72")


def test_the_document_is_ruled_wrong_with_a_note(start, folder: Path) -> None:
    terminal = start()
    to_the_finding(terminal)
    terminal.press("a")
    terminal.type("印刷错误")
    terminal.press("Enter")
    terminal.until("3 open, 1 settled")
    terminal.press("Q")
    terminal.until_ended()
    (decision,) = record(folder)["decisions"]
    assert (decision["verdict"], decision["note"], decision["by"]) == ("source_error", "印刷错误", "lw")


@pytest.mark.parametrize("signal_name", ["TERM", "HUP"])
def test_a_killed_app_loses_nothing(start, folder: Path, signal_name: str) -> None:
    import os
    import signal

    terminal = start()
    to_the_finding(terminal)
    terminal.press("c")
    terminal.until("3 open, 1 settled")
    os.kill(terminal.pid(), getattr(signal, f"SIG{signal_name}"))
    terminal.until_ended()
    again = start()
    again.until("3 open")
    again.press("Enter")
    again.until("3 open, 1 settled")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 55)])
def test_the_screens_are_usable_at_every_size(start, size: tuple[int, int]) -> None:
    terminal = start(size=size)
    screen = to_the_finding(terminal)
    assert len(screen.splitlines()) <= size[1]
    assert max(len(line) for line in screen.splitlines()) <= size[0]
    assert "findings" in screen
    assert "医疗保障管理事务" in screen or size == (80, 24)
    terminal.press("?")
    terminal.until("help")
    terminal.press("Escape")
    terminal.until_finding(FINDING)
