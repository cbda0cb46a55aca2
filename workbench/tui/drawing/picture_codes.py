"""Pictures as what terminals understand: kitty's graphics protocol and sixel. Text in, text out, no terminal needed."""

from __future__ import annotations

import re
import zlib
from base64 import standard_b64encode
from collections.abc import Iterator
from dataclasses import dataclass

_CHUNK = 4096
"""Bytes of base64 that kitty takes at once."""
_KITTY_IMAGE = 7301
"""One picture is on the screen at a time: drawing it again takes the place of the one before."""
_MOST_COLORS = 32
"""Pages are ink on paper: more colours cost time and show nothing."""
_REPEATED = re.compile(rb"(.)\1{3,}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Raster:
    """Pixels: red, green, blue of each, row by row."""

    width: int
    height: int
    pixels: bytes


def kitty_picture(raster: Raster) -> str:
    """Draws a picture at the cursor, pixel for pixel; the cursor stays."""
    head = f"a=T,f=24,t=d,o=z,i={_KITTY_IMAGE},p=1,q=2,C=1,s={raster.width},v={raster.height}"
    data = standard_b64encode(zlib.compress(raster.pixels, 1)).decode("ascii")
    chunks = [data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK)]
    codes = []
    for number, chunk in enumerate(chunks):
        more = int(number < len(chunks) - 1)
        keys = f"{head},m={more}" if number == 0 else f"q=2,m={more}"
        codes.append(f"\x1b_G{keys};{chunk}\x1b\\")
    return "".join(codes)


def kitty_nothing() -> str:
    """Takes the picture off the screen and out of the terminal's memory."""
    return f"\x1b_Ga=d,d=I,i={_KITTY_IMAGE},q=2\x1b\\"


def sixel_picture(raster: Raster, colors: int) -> str:
    """Draws a picture at the cursor in at most so many colours."""
    import numpy
    from PIL import Image

    image = Image.frombytes("RGB", (raster.width, raster.height), raster.pixels)
    reduced = image.quantize(min(colors, _MOST_COLORS), Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    palette = reduced.getpalette() or []
    indices = numpy.asarray(reduced, dtype=numpy.uint8)
    used = sorted({int(index) for index in numpy.unique(indices)})
    codes = [f'\x1bP0;1;0q"1;1;{raster.width};{raster.height}']
    for index in used:
        red, green, blue = (round(100 * value / 255) for value in palette[3 * index : 3 * index + 3])
        codes.append(f"#{index};2;{red};{green};{blue}")
    for top in range(0, raster.height, 6):
        band = indices[top : top + 6]
        codes.append("$".join(_band_rows(band)) + "-")
    codes[-1] = codes[-1].removesuffix("-")
    return "".join(codes) + "\x1b\\"


def _band_rows(band: object) -> Iterator[str]:
    """Six rows of pixels, a colour after another."""
    import numpy

    rows = numpy.asarray(band)
    weights = (1 << numpy.arange(rows.shape[0], dtype=numpy.uint8))[:, None].astype(numpy.uint8)
    for color in numpy.unique(rows):
        sixels = ((rows == color) * weights).sum(axis=0, dtype=numpy.uint8) + 63
        packed = _REPEATED.sub(lambda run: b"!%d%s" % (len(run[0]), run[1]), sixels.astype(numpy.uint8).tobytes())
        yield f"#{int(color)}{packed.decode('ascii')}"


def tiles(
    width: int, height: int, largest: tuple[int, int] | None, cell: tuple[int, int]
) -> Iterator[tuple[int, int, int, int]]:
    """A picture cut into parts that the terminal takes, each beginning at a cell: (left, top, right, bottom)."""
    across = max(largest[0] // cell[0], 1) * cell[0] if largest else width
    down = max(largest[1] // cell[1], 1) * cell[1] if largest else height
    for top in range(0, height, down):
        for left in range(0, width, across):
            yield left, top, min(left + across, width), min(top + down, height)
