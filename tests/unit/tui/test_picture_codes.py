"""What is sent to terminals with graphics is decoded again, by other code and by libsixel, and compared."""

from __future__ import annotations

import os
import pty
import random
import shutil
import subprocess
import threading
from pathlib import Path

import pytest

from tests.tui.picture_decoding import decode_kitty, decode_sixel
from workbench.tui.drawing import graphics
from workbench.tui.drawing.graphics import Graphics, Protocol, graphics_for
from workbench.tui.drawing.picture_codes import Raster, kitty_picture, sixel_picture, tiles

INK, PAPER, RED = (20, 20, 30), (255, 255, 255), (214, 40, 40)


def drawn(width: int, height: int) -> Raster:
    """A page in small: paper, ink, a red frame."""
    chance = random.Random(width * height)
    pixels = bytearray()
    for y in range(height):
        for x in range(width):
            edge = x in (3, width - 4) or y in (3, height - 4)
            pixels += bytes(RED if edge else INK if chance.random() < 0.2 else PAPER)
    return Raster(width, height, bytes(pixels))


def close(ours: tuple[int, int, int], theirs: tuple[int, ...]) -> bool:
    return all(abs(one - other) <= 3 for one, other in zip(ours, theirs, strict=True))


@pytest.mark.parametrize("size", [(40, 24), (41, 23), (7, 7), (300, 61)])
def test_a_kitty_picture_decodes_to_its_pixels(size: tuple[int, int]) -> None:
    raster = drawn(*size)
    assert decode_kitty(kitty_picture(raster)) == (raster.width, raster.height, raster.pixels)


@pytest.mark.parametrize("size", [(40, 24), (41, 23), (8, 9), (300, 61)])
@pytest.mark.parametrize("colors", [4, 16, 256])
def test_a_sixel_picture_decodes_to_its_pixels(size: tuple[int, int], colors: int) -> None:
    raster = drawn(*size)
    width, height, pixels = decode_sixel(sixel_picture(raster, colors))
    assert (width, height) == size
    assert len(pixels) == width * height and max(y for _, y in pixels) == height - 1
    for y in range(height):
        for x in range(width):
            at = 3 * (y * width + x)
            assert close(pixels[x, y], tuple(raster.pixels[at : at + 3])), (x, y)


def test_libsixel_reads_the_same_picture(tmp_path: Path) -> None:
    if shutil.which("sixel2png") is None:
        pytest.skip("sixel2png of libsixel is not installed")
    from PIL import Image

    raster = drawn(50, 31)
    (tmp_path / "a.six").write_text(sixel_picture(raster, 256), encoding="ascii")
    subprocess.run(["sixel2png", "-i", "a.six", "-o", "a.png"], cwd=tmp_path, check=True)
    with Image.open(tmp_path / "a.png") as picture:
        seen = picture.convert("RGB")
    for x, y in ((0, 0), (3, 3), (46, 27), (49, 27), (20, 15), (21, 30)):
        at = 3 * (y * raster.width + x)
        assert close(seen.getpixel((x, y)), tuple(raster.pixels[at : at + 3])), (x, y)


def test_a_picture_larger_than_the_terminal_takes_is_cut_at_cells() -> None:
    parts = list(tiles(100, 70, (48, 30), (10, 20)))
    assert sum((right - left) * (bottom - top) for left, top, right, bottom in parts) == 100 * 70
    assert all(left % 10 == 0 and top % 20 == 0 for left, top, _, _ in parts)
    assert all(right - left <= 48 and bottom - top <= 30 for left, top, right, bottom in parts)
    assert list(tiles(100, 70, None, (10, 20))) == [(0, 0, 100, 70)]


def answered(answers: dict[bytes, bytes]) -> Graphics:
    """What is found out from a terminal that answers each query so."""
    terminal, program = pty.openpty()
    import tty

    tty.setraw(program)
    ended = threading.Event()

    def answer() -> None:
        asked = b""
        while not ended.is_set():
            try:
                asked += os.read(terminal, 4096)
                if asked.endswith(b"\x1b[K"):
                    os.write(terminal, b"".join(text for query, text in answers.items() if query in asked))
                    asked = b""
            except OSError:
                return

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        return graphics._found(program)
    finally:
        ended.set()
        os.close(program)
        os.close(terminal)


KITTY, CELL, SIXELS, ATTRIBUTES = b"\x1b_Gi=31", b"\x1b[16t", b"\x1b[?2;1;0S", b"\x1b[c"


def test_kitty_is_told_by_its_own_answer() -> None:
    found = answered({KITTY: b"\x1b_Gi=31;OK\x1b\\", CELL: b"\x1b[6;20;9t", ATTRIBUTES: b"\x1b[?62;c"})
    assert found == Graphics(Protocol.KITTY, (9, 20))


def test_sixel_is_told_by_the_device_attributes_with_its_limits() -> None:
    sixels = b"\x1b[?1;0;16S\x1b[?2;0;480;312S"
    found = answered({SIXELS: sixels, ATTRIBUTES: b"\x1b[?63;1;2;4;6;9;15c"})
    assert found == Graphics(Protocol.SIXEL, None, 16, (480, 312))


@pytest.mark.parametrize("attributes", [b"\x1b[?1;2c", b"\x1b[?64;1;2;6;9;44c", b"\x1b[?4c"])
def test_every_other_terminal_gets_half_blocks(attributes: bytes) -> None:
    """Among them a multiplexer, which answers for itself; level 4 of the terminal's family is not attribute 4."""
    assert answered({ATTRIBUTES: attributes}).protocol is Protocol.BLOCKS


def test_a_terminal_that_says_nothing_gets_half_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics, "_PATIENCE", 0.05)
    assert answered({}).protocol is Protocol.BLOCKS


@pytest.mark.parametrize("choice", ["kitty", "sixel", "blocks", "off"])
def test_the_setting_is_taken_at_its_word(choice: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphics, "_can_ask", lambda: False)
    assert graphics_for(choice).protocol is Protocol(choice)
    assert graphics_for("auto").protocol is Protocol.BLOCKS
