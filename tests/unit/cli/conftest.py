"""Commands read the samples again and again: they are read once, and kept as the program keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def kept_analyses(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, hermetic: None) -> None:
    """The folder of analyses of this test run, of all its processes."""
    folder: Path = tmp_path_factory.getbasetemp()
    shared = folder.parent if folder.name.startswith("popen-") else folder
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared / "kept"))
    monkeypatch.delenv("WORKBENCH_CACHE_MEGABYTES")
