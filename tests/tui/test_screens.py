"""The screens as text at three sizes in both languages, kept under tests/golden/screens to be read.

`WORKBENCH_UPDATE_GOLDEN=1 pytest tests/tui/test_screens.py` writes them anew; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.tui.driving import running
from tests.tui.made_up import three_documents, unreadable

FOLDER = ROOT / "tests" / "golden" / "screens"

STEPS = {
    "queue": (),
    "review": ("enter",),
    "equation": ("enter", "n", "="),
    "corrected": ("down", "enter", "c"),
    "help": ("enter", "?"),
    "palette": ("enter", "space"),
    "tables": ("enter", "g", "t"),
}
"""What is pressed for each screen."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 55)], ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", list(STEPS))
async def test_the_screen_looks_as_kept(tmp_path: Path, name: str, size: tuple[int, int], language: str) -> None:
    if size != (120, 40) and name not in ("queue", "review", "corrected"):
        pytest.skip("kept at one size")
    async with running(three_documents(), tmp_path, size=size, language=language, failures=[unreadable()]) as it:
        await it.press(*STEPS[name])
        found = it.text + "\n"
    path = FOLDER / f"{name}-{size[0]}x{size[1]}-{language}.txt"
    if os.environ.get("WORKBENCH_UPDATE_GOLDEN") and not os.environ.get("CI"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert path.exists(), f"{path.name} is not kept yet: run with WORKBENCH_UPDATE_GOLDEN=1 and read it"
    assert found == path.read_text(encoding="utf-8")
