"""How far a run over many documents is, and how long it may still take: a line on standard error, drawn over itself."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from typing import IO

from workbench.cli.text import cells_wide, on_one_line
from workbench.config.messages import Phrasebook

_EVERY = 0.1
"""Seconds between two drawings."""
_SETTLED = 5.0
"""Seconds after which the time that is left can be told from the time that was taken."""
_CLEAR = "\r\x1b[K"


class Progress:
    """The line, from the first document to the last; on the terminal `stream`, in the words of `say`."""

    def __init__(self, stream: IO[str], say: Phrasebook, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._say = say
        self._clock = clock
        self._begun = clock()
        self._drawn_at = 0.0
        self._drawn = False

    def show(self, number: int, total: int, name: str) -> None:
        """So many of all documents are done, this one last. The line goes with the last of them."""
        now = self._clock()
        if number == total:
            self.clear()
        elif number == 1 or now - self._drawn_at >= _EVERY:
            line = f"{number}/{total}  {self._left(now - self._begun, number, total)}{on_one_line(name)}"
            room = shutil.get_terminal_size().columns - 1
            while cells_wide(line) > room:
                line = line[:-1]
            self._stream.write(_CLEAR + line)
            self._stream.flush()
            self._drawn_at, self._drawn = now, True

    def clear(self) -> None:
        """Take the line away, for other lines to come."""
        if self._drawn:
            self._stream.write(_CLEAR)
            self._stream.flush()
            self._drawn = False

    def _left(self, taken: float, number: int, total: int) -> str:
        if taken < _SETTLED:
            return ""
        minutes = round(taken / number * (total - number) / 60)
        return (self._say("progress.left", minutes=minutes) if minutes else self._say("progress.soon")) + "  "
