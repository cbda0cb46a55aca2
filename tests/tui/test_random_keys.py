"""Whatever is pressed, the app stands, and the disk has what the screen showed. More of it: `tests.fuzz.keys`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fuzz.keys import SAMPLES, left_on_disk, run
from workbench.pipeline import Analysis, analyse


@pytest.fixture(scope="module")
def analyses() -> list[Analysis]:
    return [analyse(ROOT / "sample_docs" / name) for name in SAMPLES]


@pytest.mark.parametrize("seed", range(4))
async def test_keys_pressed_at_random(seed: int, analyses: list[Analysis], tmp_path: Path) -> None:
    pressed: list[str] = []
    shown = await run(seed, 40, analyses, tmp_path, pressed)
    assert pressed
    left_on_disk(analyses, tmp_path, shown)
