"""The picture in README, of the real app on a sample: `python -m tests.tui.screenshot`."""

from __future__ import annotations

import asyncio
import re
import tempfile
from html import escape, unescape

from wcwidth import wcswidth

from tests.conftest import ROOT
from workbench.config.settings import Settings
from workbench.tui.app import WorkbenchApp
from workbench.tui.models.workspace import FolderWorkspace

PICTURE = ROOT / "tests" / "golden" / "screens" / "review.svg"
IDEOGRAPHS = "\u2e80-\uffef"
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
    svg = re.sub(r'<text ([^>]*)x="([^"]*)"([^>]*) textLength="([^"]*)"([^>]*)>([^<]*)</text>', _words, svg)
    # Fonts are the viewer's own.
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def _words(found: re.Match[str]) -> str:
    """A piece of text as its words, each ideograph too, at the place of its first cell: lengths of the whole are
    counted in characters, and some viewers know neither them nor the blanks that a text begins with."""
    before, start, between, length, after, escaped = found.groups()
    text = unescape(escaped)
    cell = float(length) / max(len(text), 1)
    words = "".join(
        f'<tspan x="{float(start) + cell * wcswidth(text[: word.start()]):.1f}">{escape(word[0], quote=False)}</tspan>'
        for word in re.finditer(rf"[^\s{IDEOGRAPHS}]+(?: [^\s{IDEOGRAPHS}]+)*|[{IDEOGRAPHS}]", text)
    )
    return f"<text {before}{between.lstrip()}{after}>{words}</text>" if words else ""


def words(svg: str) -> list[str]:
    """What a picture says, piece by piece."""
    return [unescape(word) for word in re.findall(r"<tspan[^>]*>([^<]*)<", svg)]


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
