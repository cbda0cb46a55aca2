"""A real terminal for tests: tmux runs the app, keys go in, the screen comes out as text."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

_PATIENCE = 60.0
"""Seconds that something may take on the busiest machine before a test gives up."""


class Terminal:
    """One tmux session of its own server, so that no other session is touched."""

    def __init__(self, arguments: list[str], folder: Path, size: tuple[int, int] = (120, 40)) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("tmux is not installed")
        self._socket = f"workbench-{uuid.uuid4().hex[:8]}"
        environment = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TERM": "xterm-256color"}
        environment |= {"XDG_CONFIG_HOME": os.environ["XDG_CONFIG_HOME"], "XDG_STATE_HOME": str(folder / "state")}
        words = [f"{name}={value}" for name, value in environment.items()]
        command = shlex.join(
            ["env", "-u", "COLUMNS", "-u", "LINES", *words, sys.executable, "-m", "workbench", *arguments]
        )
        width, height = size
        self._tmux("new-session", "-d", "-x", str(width), "-y", str(height), "-c", str(folder), command)
        self._tmux("set-option", "-g", "remain-on-exit", "on")

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-f", "/dev/null", "-L", self._socket, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout

    def press(self, *keys: str) -> None:
        """Sends keys by their tmux names."""
        for key in keys:
            self._tmux("send-keys", key)

    def type(self, text: str) -> None:
        """Types text as it is."""
        self._tmux("send-keys", "-l", text)

    def screen(self) -> str:
        """What the terminal shows now."""
        return self._tmux("capture-pane", "-p")

    def finding(self) -> str:
        """The line of the list of findings that the cursor is on, "" where none is."""
        lines = [line for line in self.screen().splitlines() if line.startswith("▸") and ("✗" in line or "!" in line)]
        return lines[-1] if lines else ""

    def until_finding(self, text: str) -> str:
        """The screen as soon as the cursor is on the finding about `text`; fails with the screen when it never is."""
        self._until(lambda: text in self.finding(), f"was on {text}")
        return self.screen()

    def to_finding(self, text: str) -> str:
        """The screen on the finding about `text`, of all that are open the one that `n` comes to; each `n` has its
        effect before the next."""
        self._until(self.finding, "was on any finding")
        first = here = self.finding()
        while text not in here:
            self.press("n")
            self._until(lambda before=here: self.finding() not in ("", before), f"went on from {here}")
            here = self.finding()
            assert here != first, f"there is none about {text}:\n{self.screen()}"
        return self.screen()

    def until(self, *texts: str, without: str = "") -> str:
        """The screen as soon as it shows all texts (and not `without`); fails with the screen when it never does."""
        shown = ""

        def shows() -> bool:
            nonlocal shown
            shown = self.screen()
            return all(text in shown for text in texts) and (not without or without not in shown)

        self._until(shows, f"showed {texts}")
        return shown

    def pid(self) -> int:
        """The process of the app."""
        return int(self._tmux("display-message", "-p", "#{pane_pid}"))

    def until_ended(self) -> None:
        """Waits until the app has ended."""
        self._until(lambda: self._tmux("display-message", "-p", "#{pane_dead}").strip() == "1", "ended")

    def _until(self, seen: Callable[[], object], what: str) -> None:
        end = time.monotonic() + _PATIENCE
        while not seen():
            assert time.monotonic() < end, f"never {what}:\n{self.screen()}"
            time.sleep(0.05)

    def close(self) -> None:
        """Ends everything."""
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], capture_output=True, check=False)
