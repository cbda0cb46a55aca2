"""The command line remembers from run to run: bounded, whatever happened to its file, with several apps at once."""

from __future__ import annotations

import multiprocessing
import stat
from pathlib import Path

import pytest

from workbench.tui.memory.line_history import LineHistory, state_folder


def test_lines_come_back_in_the_next_run_each_once_the_last_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "state" / "lines"
    first = LineHistory(path)
    for line in ("goto 208", "theme light", "goto 208"):
        first.add(line)
    assert first.lines == LineHistory(path).lines == ["theme light", "goto 208"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_bounded_in_memory_and_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    history = LineHistory(path)
    for number in range(1500):
        history.add(f"goto {number}")
    again = LineHistory(path)
    assert again.lines == history.lines == [f"goto {number}" for number in range(1000, 1500)]
    assert len(path.read_text().splitlines()) <= 700


@pytest.mark.parametrize(
    "damage",
    [b"\xff\xfe\x00half", b"goto 1\ngoto 2", b"\x1b[2Jgoto 3\ngoto 4\n", b"\x00" * 5000 + b"\ngoto 5\n", b"x" * 9000],
)
def test_a_damaged_file_costs_only_its_damaged_lines(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "lines"
    path.write_bytes(damage)
    LineHistory(path).add("waive 已核对原件")
    lines = LineHistory(path).lines
    assert lines[-1] == "waive 已核对原件"
    assert all(line.isprintable() and len(line) < 2001 for line in lines)


def test_what_cannot_be_kept_is_still_remembered_in_this_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    history = LineHistory(tmp_path / "file" / "lines")
    history.add("goto 1")
    history.add("bad\x1b[2J")
    assert history.lines == ["goto 1"]


def _add_many(path: Path, name: str) -> None:
    history = LineHistory(path)
    for number in range(120):
        history.add(f"{name} {number}")


def test_several_apps_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    context = multiprocessing.get_context("fork")
    apps = [context.Process(target=_add_many, args=(path, name)) for name in "abc"]
    for app in apps:
        app.start()
    for app in apps:
        app.join()
    assert sorted(LineHistory(path).lines) == sorted(f"{name} {number}" for name in "abc" for number in range(120))


def test_it_lies_in_the_state_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert state_folder() == tmp_path / "workbench"
    monkeypatch.setenv("XDG_STATE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert state_folder() == tmp_path / ".local" / "state" / "workbench"
