"""In a container where the user is but a number there is no home: commands run all the same, and keep nothing there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from workbench.cli import main
from workbench.config.settings import cache_folder, user_folder
from workbench.tui.memory.line_history import state_folder

CLEAN = ROOT / "sample_docs" / "songze_finance_2024.txt"


@pytest.fixture(autouse=True)
def homeless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kept_analyses: None) -> None:
    def home() -> Path:
        raise RuntimeError("Could not determine home directory.")

    def account() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr(Path, "home", home)
    monkeypatch.setattr("getpass.getuser", account)
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    # Who runs the tests may be allowed to make any folder.
    monkeypatch.setenv("WORKBENCH_CACHE_MEGABYTES", "0")
    monkeypatch.chdir(tmp_path)


def test_what_would_lie_there_lies_nowhere() -> None:
    assert not any(folder().exists() for folder in (user_folder, cache_folder, state_folder))


@pytest.mark.parametrize(
    "arguments", [["check", str(CLEAN)], ["export", str(CLEAN), "-o", "out"], ["stats"], ["config", "show"], ["keys"]]
)
def test_commands_run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0, capsys.readouterr().err
