"""The picture of a page in the place of the source text."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generator.content import random_disclosure
from tests.generator.pdf_layouts import ruled_pdf
from tests.tui.driving import Driver, running
from tests.tui.made_up import analysis
from tests.tui.picture_decoding import decode_kitty, decode_sixel, placed
from workbench.model.table import CellRef
from workbench.pipeline import Analysis, analyse_file
from workbench.tui.graphics import Graphics, Protocol
from workbench.tui.widgets.page_picture import PagePicture

RED = (214, 40, 40)
CELL = (8, 16)


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Analysis:
    path = tmp_path_factory.mktemp("pdf") / "a.pdf"
    path.write_bytes(ruled_pdf(random_disclosure(5)))
    return analyse_file(path)[0]


def some_figure(it: Driver) -> CellRef:
    """A cell with a figure and a place on a page, on the last page that has tables."""
    document = it.review.state.document
    return [
        CellRef(table.id, row, column)
        for table in document.tables
        for row, cells in enumerate(table.rows)
        for column, cell in enumerate(cells)
        if cell.figure.decimals == 2 and cell.anchors
    ][-1]


async def look_at(it: Driver, ref: CellRef) -> None:
    it.review.go_to_cell(ref)
    it.review.draw_place()
    await it.settle()


async def shown(it: Driver) -> PagePicture:
    """The picture, when it is there."""
    for _ in range(200):
        picture = it.review.picture
        if picture is not None and picture._raster is not None and not picture._due:
            break
        await it.pilot.pause(0.01)
    await it.pilot.pause(0.05)
    await it.settle()
    picture = it.review.picture
    assert picture is not None
    return picture


async def test_half_blocks_show_the_page_with_the_cell_framed(pdf: Analysis, tmp_path: Path) -> None:
    async with running([pdf], tmp_path) as it:
        await it.press("enter")
        await look_at(it, some_figure(it))
        source = it.lines[1]
        await it.press("O")
        picture = await shown(it)
        assert "page picture" in it.lines[1] and source != it.lines[1]
        drawn = "\n".join(it.lines[2:20])
        assert drawn.count("▀") > 200
        strips = [picture.render_line(y) for y in range(picture.size.height)]
        colors = {
            tuple(part.style.color.triplet)
            for strip in strips
            for part in strip
            if part.style and part.style.color and part.style.color.triplet
        }
        assert RED in colors, "the frame is in sight"
        await it.press("O")
        assert it.review.picture is None and it.lines[1] == source and "▀" not in it.text


async def test_the_picture_is_left_before_the_document_is(pdf: Analysis, tmp_path: Path) -> None:
    async with running([pdf], tmp_path) as it:
        await it.press("enter", "O")
        await shown(it)
        await it.press("1")
        assert "closer" in it.keys and "equation" in it.keys
        await it.press("escape")
        assert it.review.picture is None and "source" in it.lines[1]


async def test_text_has_no_picture_and_says_so(tmp_path: Path) -> None:
    async with running([analysis()], tmp_path) as it:
        await it.press("enter", "O")
        assert "only PDF and image files have pictures" in it.status and it.review.picture is None


async def test_pictures_can_be_switched_off(pdf: Analysis, tmp_path: Path) -> None:
    async with running([pdf], tmp_path) as it:
        it.app.graphics = Graphics(Protocol.OFF)
        await it.press("enter", "O")
        assert "switched off" in it.status and it.review.picture is None


class Written:
    """Catches what would go to the terminal."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.codes: list[str] = []
        monkeypatch.setattr(PagePicture, "_write", lambda _, codes: self.codes.append(codes))
        monkeypatch.setattr(Graphics, "cell_size", lambda _: CELL)

    async def last(self, it: Driver) -> str:
        """The last picture, when no other follows."""
        await shown(it)
        for _ in range(200):
            before = len(self.codes)
            await it.pilot.pause(0.03)
            if self.codes and len(self.codes) == before:
                break
        return self.codes[-1]


def red_on_screen(written: str, protocol: Protocol) -> tuple[int, int, int, int]:
    """The pixels of the screen that the red frame takes: left, top, right, bottom."""
    red = []
    for part in placed(written):
        x0, y0 = (part.column - 1) * CELL[0], (part.row - 1) * CELL[1]
        if protocol is Protocol.KITTY:
            width, height, raw = decode_kitty(part.codes)
            pixels = {(at % width, at // width): tuple(raw[3 * at : 3 * at + 3]) for at in range(width * height)}
        else:
            _, _, pixels = decode_sixel(part.codes)
        red += [
            (x0 + x, y0 + y)
            for (x, y), color in pixels.items()
            if all(abs(one - other) < 12 for one, other in zip(color, RED, strict=True))
        ]
    return min(x for x, _ in red), min(y for _, y in red), max(x for x, _ in red), max(y for _, y in red)


@pytest.mark.parametrize("protocol", [Protocol.KITTY, Protocol.SIXEL])
async def test_pixels_lie_in_the_pane_and_the_frame_around_the_cell(
    pdf: Analysis, tmp_path: Path, protocol: Protocol, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Written(monkeypatch)
    async with running([pdf], tmp_path) as it:
        it.app.graphics = Graphics(protocol, largest=(200, 100) if protocol is Protocol.SIXEL else None)
        await it.press("enter")
        ref = some_figure(it)
        await look_at(it, ref)
        await it.press("O")
        codes = await written.last(it)
        picture = await shown(it)
        pane = picture.scrollable_content_region
        parts = placed(codes)
        assert parts and all(pane.x < part.column <= pane.right and pane.y < part.row <= pane.bottom for part in parts)
        box = it.review.state.document.cell(ref).anchors[0].box
        image = it.review._view.image
        assert box is not None and image is not None
        left, top, right, bottom = image.place_of(box)
        x = pane.x * CELL[0] - int(picture.scroll_x) * CELL[0]
        y = pane.y * CELL[1] - int(picture.scroll_y) * CELL[1]
        assert red_on_screen(codes, protocol) == (left + x - 3, top + y - 3, right + x + 3, bottom + y + 3)
        assert not picture.render_line(3).text.strip(), "no text lies under the pixels"


async def test_pixels_follow_the_cursor_to_another_page_and_go_when_the_picture_does(
    pdf: Analysis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = Written(monkeypatch)
    async with running([pdf], tmp_path) as it:
        it.app.graphics = Graphics(Protocol.KITTY)
        await it.press("enter", "O")
        document = it.review.state.document
        ref = some_figure(it)
        await look_at(it, ref)
        first = await written.last(it)
        assert f"page {document.cell(ref).anchors[0].page}" in it.lines[1]
        await it.press("[", "p")
        assert await written.last(it) != first
        assert f"page {document.cell(ref).anchors[0].page - 1}" in it.lines[1]
        await it.press("?")
        await it.settle()
        assert "a=d" in written.codes[-1], "help lies over it"
        await it.press("escape")
        assert "a=T" in await written.last(it), "and it is there again"
        await it.press("O")
        await it.settle()
        assert "a=d" in written.codes[-1] and "a=T" not in written.codes[-1]
