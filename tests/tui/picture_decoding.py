"""What a terminal makes of the codes of a picture, written independently of what makes them."""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass

_KITTY = re.compile(r"\x1b_G([^;\x1b]*)(?:;([^\x1b]*))?\x1b\\")
_PLACED = re.compile(r"\x1b7\x1b\[(\d+);(\d+)H(.*?)\x1b8", re.DOTALL)

Pixels = dict[tuple[int, int], tuple[int, int, int]]


@dataclass(frozen=True)
class Placed:
    """A picture at a place of the screen, counted from 1."""

    row: int
    column: int
    codes: str


def placed(written: str) -> list[Placed]:
    return [Placed(int(row), int(column), codes) for row, column, codes in _PLACED.findall(written)]


def decode_kitty(codes: str) -> tuple[int, int, bytes]:
    """Width, height and pixels of the one picture that the codes transmit."""
    parts = _KITTY.findall(codes)
    first = dict(pair.split("=") for pair in parts[0][0].split(","))
    assert all(len(data) <= 4096 and len(data) % 4 == 0 for _, data in parts)
    assert ["m=1" in keys for keys, _ in parts] == [True] * (len(parts) - 1) + [False]
    assert first["f"] == "24" and first["o"] == "z" and first["a"] == "T" and first["C"] == "1"
    pixels = zlib.decompress(base64.b64decode("".join(data for _, data in parts)))
    return int(first["s"]), int(first["v"]), pixels


def decode_sixel(codes: str) -> tuple[int, int, Pixels]:
    """Width, height and pixels of a sixel picture."""
    found = re.fullmatch(r'\x1bP0;1;0q"1;1;(\d+);(\d+)(.*)\x1b\\', codes, re.DOTALL)
    assert found is not None
    palette: dict[int, tuple[int, int, int]] = {}
    pixels: Pixels = {}
    x = y = color = 0
    for define, choose, times, run, one, move in re.findall(
        r"#(\d+;2;\d+;\d+;\d+)|#(\d+)|!(\d+)([?-~])|([?-~])|([$-])", found[3]
    ):
        if define:
            number, _, *parts = (int(part) for part in define.split(";"))
            palette[number] = tuple(round(part * 255 / 100) for part in parts)  # type: ignore[assignment]
        elif choose:
            color = int(choose)
        elif move:
            x, y = 0, y + 6 * (move == "-")
        else:
            bits = ord(run or one) - 63
            for _ in range(int(times or 1)):
                for bit in range(6):
                    if bits >> bit & 1:
                        pixels[x, y + bit] = palette[color]
                x += 1  # noqa: SIM113 - the column is reset by moves
    return int(found[1]), int(found[2]), pixels
