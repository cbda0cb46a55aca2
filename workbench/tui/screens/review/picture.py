"""The picture of the page in the place of the source text, following the cursor: what was read is held against what
is printed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from textual import on

from workbench.errors import WorkbenchError
from workbench.model.source import Box, Page
from workbench.model.table import CellRef
from workbench.sources.page_image import PageImage, page_image
from workbench.tui.drawing.graphics import Protocol
from workbench.tui.screens.review.navigation import Navigation
from workbench.tui.widgets.bar import Bar, Span
from workbench.tui.widgets.page_picture import Frame, PagePicture
from workbench.tui.widgets.pane import Pane

_STEP = 1.5
_FARTHEST, _CLOSEST = 0.25, 5.0
"""Pixels a point."""
_READABLE = 1.0
"""Pixels a point from which a cell can be told from its neighbours."""
_MOST_FRAMES = 200
_SOME_PRINT = 120
"""Characters whose places tell which way up a scanned page was read."""


@dataclass(slots=True)
class _View:
    """The pane, the page that it shows, and how close (0: as wide as the pane, or as far as it can be read)."""

    picture: PagePicture
    page: int = 1
    zoom: int = 0
    image: PageImage | None = None
    image_of: tuple[str, int, float] = ("", 0, 0.0)
    """What `image` is: path, page, scale."""


class PagePictures(Navigation):
    """The commands of the page picture."""

    _view: _View | None = None

    @property
    def picture(self) -> PagePicture | None:
        """The pane, while it is in the place of the source text."""
        return self._view.picture if self._view is not None and self._view.picture.display else None

    def why_no_picture(self) -> str:
        """Why there is no picture of a page here, "" where there is one."""
        if self.workbench.graphics.protocol is Protocol.OFF:
            return self.say_in("image.off")
        media_type = self.state.document.source.media_type
        if media_type != "application/pdf" and not media_type.startswith("image/"):
            return self.say_in("image.none")
        return ""

    def reasons(self) -> dict[str, Callable[[], str]]:
        return super().reasons() | {"source.image": self.why_no_picture}

    async def action_source_image(self) -> None:
        if self.picture is not None:
            self.close_picture()
            return
        if self._view is None:
            self._view = _View(PagePicture(id="picture"))
            await self.query_one("#source-side").mount(self._view.picture)
        self.remove_class("no-source")
        self._view.page = self.source.page_in_sight()
        if self.focused is self.source:
            self.set_focus(self._view.picture)
        self.source.display, self._view.picture.display = False, True
        self.call_after_refresh(self.draw_place)
        self.tell(self.say_in("image.keys", focus=self._key("focus.source"), close=self._key("source.image")))

    def close_picture(self) -> None:
        """The source text again."""
        picture = self.picture
        if picture is None:
            return
        had_focus = self.focused is picture
        self.source.display, picture.display = True, False
        if had_focus:
            self.set_focus(self.source)
        self.draw_place()

    def on_screen_suspend(self) -> None:
        """Something lies over the review: what the terminal keeps apart from text would lie over that."""
        if self.picture is not None:
            self.picture.forget_pixels()

    # what it shows

    def show_document(self) -> None:
        if self.why_no_picture():
            self.close_picture()
        if self._view is not None:
            self._view.page = 1
        super().show_document()

    def draw_place(self) -> None:
        super().draw_place()
        if self._view is not None and self.picture is not None:
            self._follow(self._view)

    def _follow(self, view: _View) -> None:
        """Show the page of the cell under the cursor; stay where the cell has no place on a page."""
        ref = self.ref()
        here = self._boxes_of(ref) if ref is not None else []
        if here:
            view.page = here[0][0]
        self._show(view, self._frames(view.page))

    def _frames(self, page: int) -> list[Frame]:
        """The places on a page that belong to what is looked at."""
        ref = self.ref()
        lit = [other for other in sorted(self._lit(ref)) if other != ref][:_MOST_FRAMES]
        weak = [Frame(box) for other in lit for number, box in self._boxes_of(other) if number == page]
        here = self._boxes_of(ref) if ref is not None else []
        return [*weak, *(Frame(box, strong=True) for number, box in here if number == page)]

    def _boxes_of(self, ref: CellRef) -> list[tuple[int, Box]]:
        try:
            anchors = self.state.document.cell(ref).anchors
        except (KeyError, IndexError):
            return []
        return [(anchor.page, anchor.box) for anchor in anchors if anchor.box is not None]

    def _show(self, view: _View, frames: list[Frame]) -> None:
        self._show_pane_titles()
        self.run_worker(self._draw(view, frames), group="picture", exclusive=True)

    async def _draw(self, view: _View, frames: list[Frame]) -> None:
        """The page drawn away from the screen where it is not there yet, then shown."""
        source = self.state.document.source
        wanted = (source.path, view.page, self._scale(view, source.page(view.page)))
        if view.image is None or view.image_of != wanted:
            try:
                printed = _places_of_print(source.page(view.page))
                draw = partial(page_image, Path(source.path), view.page, wanted[2], printed=printed)
                self.tell_soon(self.say_in("image.drawing", page=view.page))
                image = await asyncio.to_thread(draw)
                self._stop_wondering()
                if self._transient is not None and self._transient.role == "quiet":
                    self.tell("")
            except WorkbenchError as error:
                self.tell_refusal(error)
                return
            view.image, view.image_of = image, wanted
        view.picture.show(view.image, frames)

    def _scale(self, view: _View, page: Page) -> float:
        fit = view.picture.pixels_across / max(page.width, 1.0)
        return round(min(max(max(fit, _READABLE) * _STEP**view.zoom, _FARTHEST), _CLOSEST), 3)

    @on(PagePicture.Resized)
    def _picture_resized(self, event: PagePicture.Resized) -> None:
        event.stop()
        if self._view is not None and self.picture is not None:
            self._show(self._view, self._frames(self._view.page))

    def _show_pane_titles(self) -> None:
        super()._show_pane_titles()
        if self._view is not None and self.picture is not None:
            spans = (
                self._pane_title(self._view.picture, self.say_in("scope.image")),
                Span(f"  {self.say_in('image.page', page=self._view.page)}", "quiet"),
            )
            self.query_one("#source-title", Bar).show(spans)

    # commands

    def _zoom(self, step: int) -> None:
        if self._view is None or self.picture is None:
            return
        before = self._view.zoom
        page = self.state.document.source.page(self._view.page)
        scale = self._scale(self._view, page)
        self._view.zoom += step
        if self._scale(self._view, page) == scale:
            self._view.zoom = before
        self._show(self._view, self._frames(self._view.page))

    def action_image_zoom_in(self) -> None:
        self._zoom(1)

    def action_image_zoom_out(self) -> None:
        self._zoom(-1)

    def _panes(self) -> list[Pane]:
        panes = super()._panes()
        return panes if self.picture is None else [self.picture, *panes]

    def action_focus_source(self) -> None:
        if self.picture is None:
            super().action_focus_source()
        else:
            self.set_focus(self.picture)

    def action_view_zoom(self) -> None:
        if self.picture is not None and self.focused is self.picture and not self.has_class("zoom-source"):
            for name in ("zoom-table", "zoom-findings"):
                self.remove_class(name)
            self.add_class("zoom-source")
        else:
            super().action_view_zoom()

    def _step_page(self, direction: int) -> None:
        if self._view is None or self.picture is None:
            super()._step_page(direction)
            return
        pages = len(self.state.document.source.pages)
        self._view.page = min(max(self._view.page + direction, 1), pages)
        self._view.picture.jump(y=0)
        self._show(self._view, self._frames(self._view.page))


def _places_of_print(page: Page) -> tuple[Box, ...]:
    """Where some characters of a scanned page stand, spread over it; nothing for other pages."""
    if not page.scanned:
        return ()
    places = [index for index, character in enumerate(page.text) if not character.isspace()]
    boxes = (page.box_of(index, index + 1) for index in places[:: max(len(places) // _SOME_PRINT, 1)])
    return tuple(box for box in boxes if box is not None)
