# ruff: noqa: D102 - what an action does is said once, in config/commands.py; overridden methods keep their promise
"""The picture of a page with the cell's box framed: half blocks everywhere, real graphics where the terminal has them."""

from __future__ import annotations

import asyncio
import importlib.util
import os
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from workbench.errors import WorkbenchError
from workbench.model.source import Box, Page
from workbench.sources.page_image import PageImage, page_image
from workbench.tui.screens.base import CommandBox
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.page_picture import PagePicture

_SCALES = (0.35, 0.6, 1.0, 1.6)
"""Pixels a point: from the whole page at a glance to characters that can be read in half blocks."""
_GRAPHICS_SCALE = 2.0


class PageImageScreen(CommandBox[None], inherit_bindings=False):
    """One page of a PDF as a picture."""

    CSS = """
    PageImageScreen { align: center middle; }
    PageImageScreen #frame { width: 100%; height: 100%; }
    PageImageScreen #picture { height: 1fr; }
    """

    def __init__(self, path: Path, page: Page, box: Box | None) -> None:
        super().__init__()
        self._path = path
        self._sheet = page
        self._box = box
        self._zoom = 2 if box is not None else 0

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Bar(id="heading")
            yield PagePicture(id="picture")

    async def on_mount(self) -> None:
        self._head()
        self.query_one(PagePicture).focus()
        await self._draw()

    def _head(self, more: str = "") -> None:
        name = f" {self._path.name}  {self.say_in('image.page', page=self._sheet.number)} "
        keys = Span(f" {more or self.say_in('image.keys')}", "suspect" if more else "head")
        self.query_one("#heading", Bar).show((Span(name, "accent", bold=True), keys))

    async def _draw(self) -> None:
        try:
            if (graphics := graphics_widget_name()) is not None:
                await self._draw_graphics(graphics)
                return
            image = await asyncio.to_thread(page_image, self._path, self._sheet.number, _SCALES[self._zoom])
        except WorkbenchError as error:
            self._head(str(error))
            return
        self.query_one(PagePicture).show(image, self._box)

    async def _draw_graphics(self, name: str) -> None:
        """The picture through the graphics of kitty or sixel, of the part of the page around the box."""
        image = await asyncio.to_thread(page_image, self._path, self._sheet.number, _GRAPHICS_SCALE, self._around())
        widget = _graphics(name, image, self._box)
        await self.query_one(PagePicture).remove()
        await self.query_one("#frame", Vertical).mount(widget)

    def _around(self) -> Box | None:
        if self._box is None:
            return None
        middle = (self._box.top + self._box.bottom) / 2
        return Box(0, middle - self._sheet.height / 5, self._sheet.width, middle + self._sheet.height / 5)

    async def _change(self, step: int) -> None:
        self._zoom = min(max(self._zoom + step, 0), len(_SCALES) - 1)
        await self._draw()

    async def action_image_zoom_in(self) -> None:
        await self._change(1)

    async def action_image_zoom_out(self) -> None:
        await self._change(-1)

    def action_app_back(self) -> None:
        self.dismiss()


def graphics_widget_name() -> str | None:
    """Which widget of textual-image fits the terminal, None where half blocks must do."""
    if importlib.util.find_spec("textual_image") is None:
        return None
    term, program = os.environ.get("TERM", ""), os.environ.get("TERM_PROGRAM", "")
    if "KITTY_WINDOW_ID" in os.environ or "kitty" in term or program in ("ghostty", "WezTerm"):
        return "TGPImage"
    if "sixel" in term or term.startswith(("foot", "mlterm", "contour")):
        return "SixelImage"
    return None


def _graphics(name: str, image: PageImage, box: Box | None) -> Widget:
    import textual_image.widget
    from PIL import Image, ImageDraw

    picture = Image.frombytes("RGB", (image.width, image.height), image.pixels)
    if box is not None:
        left, top, right, bottom = image.place_of(box)
        ImageDraw.Draw(picture).rectangle((left - 3, top - 3, right + 3, bottom + 3), outline=(214, 40, 40), width=3)
    kind: Any = getattr(textual_image.widget, name)
    widget: Widget = kind(picture)
    return widget
