"""The picture in README, of the real app on a sample: `python -m tests.tui.screenshot`."""

from __future__ import annotations

import asyncio
import re
import tempfile
from html import unescape

from wcwidth import wcswidth

from tests.conftest import ROOT
from workbench.config.settings import Settings
from workbench.tui.app import WorkbenchApp
from workbench.tui.workspace import FolderWorkspace

PICTURE = ROOT / "tests" / "golden" / "screens" / "review.svg"
SAMPLE = ROOT / "sample_docs" / "shixi_medical_insurance_2022.txt"


async def draw() -> str:
    """The review screen on its first finding, as SVG."""
    with tempfile.TemporaryDirectory() as records:
        workspace = FolderWorkspace((SAMPLE,), Settings(jobs=1, records=records), None)
        app = WorkbenchApp(workspace)
        async with app.run_test(size=(132, 38)) as pilot:
            while not app.reading_done:
                await pilot.pause(0.1)
            await pilot.pause(0.5)
            await pilot.press("enter")
            await pilot.pause(1.0)
            svg = app.export_screenshot(title="workbench")
    # Lengths of text are counted in characters and would squeeze ideographs; fonts are the viewer's own.
    svg = re.sub(r'textLength="([^"]*)"([^>]*)>([^<]*)<', _measured, svg)
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def _measured(found: re.Match[str]) -> str:
    """A piece of text with its length in terminal cells."""
    text = unescape(found[3])
    cell = float(found[1]) / max(len(text), 1)
    return f'textLength="{cell * max(wcswidth(text), 0):.1f}"{found[2]}>{found[3]}<'


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
