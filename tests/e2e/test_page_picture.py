"""The page picture in real terminals: xterm with sixel and kitty on a virtual display, photographed and measured.

`WORKBENCH_DISPLAY=1 pytest tests/e2e/test_page_picture.py -n 0`: on demand, since what a photograph shows at a given
moment hangs on how busy the machine is. What is sent to the terminals is tested everywhere, in `tests/unit/tui/`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.generator.content import random_disclosure
from tests.generator.pdf_layouts import ruled_pdf

_PATIENCE = 30.0
_TOOLS = ("Xvfb", "xdotool", "import")


class Display:
    """A virtual display with one terminal window on it."""

    def __init__(self, program: str, folder: Path) -> None:
        if not os.environ.get("WORKBENCH_DISPLAY"):
            pytest.skip("photographs are taken with WORKBENCH_DISPLAY=1")
        missing = [tool for tool in (*_TOOLS, program) if shutil.which(tool) is None]
        if missing:
            pytest.skip(f"not installed: {', '.join(missing)}")
        self.folder = folder
        read, write = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1200x800x24"],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as answer:
            self.environment = os.environ | {
                "DISPLAY": f":{answer.readline().strip()}",
                "LIBGL_ALWAYS_SOFTWARE": "1",
                "PYTHONPATH": str(ROOT),
                "LANG": "C.UTF-8",
            }
        app = [sys.executable, "-m", "workbench", "review", "--jobs", "1", "."]
        words = {
            "xterm": ["xterm", "-u8", "-ti", "vt340", "-geometry", "110x38", "-T", "workbench", "-e", *app],
            "kitty": ["kitty", "-o", "initial_window_width=110c", "-o", "initial_window_height=38c",
                      "-o", "remember_window_size=no", "-T", "workbench", *app],
        }  # fmt: skip
        environment = {name: value for name, value in self.environment.items() if name not in ("TMUX", "NO_COLOR")}
        self._terminal = subprocess.Popen(words[program], cwd=folder, env=environment, stderr=subprocess.DEVNULL)

    def _run(self, *words: str) -> str:
        return subprocess.run(
            words, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        ).stdout

    def _window(self) -> str:
        return self._run("xdotool", "search", "--name", "^workbench$").split()[-1]

    def press(self, *keys: str) -> None:
        window = self._window()
        self._run("xdotool", "windowfocus", window)
        for key in keys:
            self._run("xdotool", "key", "--window", window, "--clearmodifiers", key)
            time.sleep(0.1)

    def until(self, holds: Callable[[int, int], bool]) -> None:
        """Waits until the numbers of paper-white and frame-red pixels of the screen are as they should be."""
        from PIL import Image

        end, seen = time.monotonic() + _PATIENCE, (0, 0)
        while time.monotonic() < end:
            self._run("import", "-silent", "-window", "root", "screen.png")
            with Image.open(self.folder / "screen.png") as picture:
                listed = picture.convert("RGB").getcolors(1 << 24) or []
            counts: dict[tuple[int, int, int], int] = {color: number for number, color in listed}
            seen = (
                sum(number for color, number in counts.items() if min(color) >= 250),
                sum(n for (red, green, blue), n in counts.items() if red > 200 and 30 < green < 52 and 30 < blue < 52),
            )
            if holds(*seen):
                return
            time.sleep(0.3)
        raise AssertionError(f"white and red pixels: {seen}")

    def until_open(self) -> None:
        """Opens the document as soon as it can be: its record is locked then."""
        end = time.monotonic() + _PATIENCE
        while not list(self.folder.glob("records/*.lock")):
            assert time.monotonic() < end, "the document was never open"
            time.sleep(0.5)
            if self._run("xdotool", "search", "--name", "^workbench$").split():
                self.press("Return")
        time.sleep(1)

    def size(self, width: int, height: int) -> None:
        self._run("xdotool", "windowsize", self._window(), str(width), str(height))

    def close(self) -> None:
        for process in (self._terminal, self._server):
            process.terminate()
            process.wait(10)


@pytest.fixture(params=["xterm", "kitty"])
def display(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Display]:
    (tmp_path / "a.pdf").write_bytes(ruled_pdf(random_disclosure(5)))
    display = Display(request.param, tmp_path)
    yield display
    display.close()


def test_the_picture_is_seen_moves_and_leaves_nothing_behind(display: Display) -> None:
    no_picture = lambda white, red: white < 45_000 and red < 30  # noqa: E731
    with_frame = lambda white, red: white > 45_000 and red > 60  # noqa: E731
    display.until_open()
    display.press("O")
    display.until(with_frame)
    display.press("question")
    display.until(no_picture)
    display.press("Escape")
    display.until(with_frame)
    display.size(760, 560)
    display.until(with_frame)
    display.press("O")
    display.until(no_picture)
