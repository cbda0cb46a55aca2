"""What the terminal can draw: asked of the terminal itself before the app starts, never guessed from its name.

Kitty's protocol answers a query of its own; sixel is attribute 4 of the primary device attributes. Every terminal
answers the latter, so its answer ends the wait. A multiplexer answers for itself and not for the terminal around it,
which is what is wanted: it would not pass the graphics on.
"""

from __future__ import annotations

import os
import re
import select
import struct
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum

_PATIENCE = 1.0
"""Seconds that a terminal has to answer; one that is there answers within a few milliseconds."""
_FALLBACK_CELL = (9, 18)
_KITTY_QUERY = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_ATTRIBUTES_QUERY = b"\x1b[c"
_CELL_QUERY = b"\x1b[16t"
_SIXEL_QUERY = b"\x1b[?1;1;0S\x1b[?2;1;0S"
_WIPE = b"\r\x1b[K"
_ATTRIBUTES = re.compile(rb"\x1b\[\?([\d;]*)c")
_KITTY_ANSWER = re.compile(rb"\x1b_Gi=31;OK\x1b\\")
_CELL_ANSWER = re.compile(rb"\x1b\[6;(\d+);(\d+)t")
_REGISTERS_ANSWER = re.compile(rb"\x1b\[\?1;0;(\d+)S")
_GEOMETRY_ANSWER = re.compile(rb"\x1b\[\?2;0;(\d+);(\d+)S")


class Protocol(StrEnum):
    """How pictures get on the screen; the values are those of the setting `page_image`."""

    KITTY = "kitty"
    SIXEL = "sixel"
    BLOCKS = "blocks"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Graphics:
    """What was found out. `cell` is the size of a cell in pixels as the terminal says it, None where it does not;
    `colors` and `largest` (width, height in pixels, None: no limit) bound one sixel picture."""

    protocol: Protocol = Protocol.BLOCKS
    cell: tuple[int, int] | None = None
    colors: int = 256
    largest: tuple[int, int] | None = None

    @property
    def in_pixels(self) -> bool:
        """Whether pictures have pixels of their own, finer than cells."""
        return self.protocol in (Protocol.KITTY, Protocol.SIXEL)

    def cell_size(self) -> tuple[int, int]:
        """Width and height of a cell in pixels now: the font may have been changed since the start."""
        return _window_cell() or self.cell or _FALLBACK_CELL


def graphics_for(choice: str) -> Graphics:
    """The graphics to use: `auto` asks the terminal, any other value of the setting is taken at its word."""
    if choice in (Protocol.BLOCKS, Protocol.OFF):
        return Graphics(Protocol(choice))
    found = _ask() if _can_ask() else Graphics()
    if choice == "auto":
        return found
    return Graphics(Protocol(choice), found.cell, found.colors, found.largest)


def _can_ask() -> bool:
    return (
        sys.__stdin__ is not None
        and sys.__stdout__ is not None
        and sys.__stdin__.isatty()
        and sys.__stdout__.isatty()
        and os.environ.get("TERM", "") not in ("", "dumb", "linux")
    )


def _ask() -> Graphics:
    try:
        import termios
        import tty

        terminal = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except (ImportError, OSError):
        return Graphics()
    try:
        kept = termios.tcgetattr(terminal)
        try:
            tty.setraw(terminal, termios.TCSANOW)
            return _found(terminal)
        finally:
            termios.tcsetattr(terminal, termios.TCSAFLUSH, kept)
    except (OSError, termios.error):
        return Graphics()
    finally:
        os.close(terminal)


def _found(terminal: int) -> Graphics:
    answer = _exchange(terminal, _KITTY_QUERY + _CELL_QUERY)
    attributes = _ATTRIBUTES.search(answer)
    cell = None
    if size := _CELL_ANSWER.search(answer):
        cell = (int(size[2]), int(size[1]))
    if _KITTY_ANSWER.search(answer):
        return Graphics(Protocol.KITTY, cell)
    if attributes is None or b"4" not in attributes[1].split(b";")[1:]:
        return Graphics(Protocol.BLOCKS, cell)
    answer = _exchange(terminal, _SIXEL_QUERY)
    registers, geometry = _REGISTERS_ANSWER.search(answer), _GEOMETRY_ANSWER.search(answer)
    colors = max(int(registers[1]), 2) if registers else 256
    largest = (int(geometry[1]), int(geometry[2])) if geometry else None
    return Graphics(Protocol.SIXEL, cell, min(colors, 256), largest if largest and all(largest) else None)


def _exchange(terminal: int, query: bytes) -> bytes:
    """What the terminal answers, up to its device attributes. The line is wiped for terminals that print what they
    do not know."""
    os.write(terminal, query + _ATTRIBUTES_QUERY + _WIPE)
    answer, end = b"", time.monotonic() + _PATIENCE
    while not _ATTRIBUTES.search(answer) and (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([terminal], [], [], left)
        if not ready:
            break
        answer += os.read(terminal, 4096)
    return answer


def _window_cell() -> tuple[int, int] | None:
    """The size of a cell in pixels, from the size of the window; None where the system does not know it."""
    with suppress(ImportError, OSError, AttributeError, ValueError):
        import fcntl
        import termios

        raw = fcntl.ioctl(sys.__stdout__.fileno(), termios.TIOCGWINSZ, bytes(8))  # type: ignore[union-attr]
        rows, columns, width, height = struct.unpack("HHHH", raw)
        if columns and rows and width >= columns and height >= rows:
            return width // columns, height // rows
    return None
