"""How a screen is painted: only the widgets that are seen where it changed are drawn, and of these only those lines.

Textual draws every widget whole that overlaps the box around all changes, and the containers behind them, which is half
the work of a key. What is painted is the same (`tests/tui/test_painting.py`).
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip


class SparingCompositor(Compositor):
    """A compositor that leaves alone what did not change and what is hidden."""

    _changed: tuple[Region, ...] = ()
    """The regions of the screen that are painted anew, while they are."""

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """What to write to the terminal to paint the whole screen."""
        self._changed = (self.size.region,)
        try:
            return super().render_full_update(simplify)
        finally:
            self._changed = ()

    def render_partial_update(self) -> ChopsUpdate | None:
        """What to write to the terminal where the screen changed."""
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(self, crop: Region | None = None) -> Iterable[tuple[Region, Region, list[Strip]]]:
        """Place, part in sight and lines of every widget that is drawn, from the front to the back."""
        if not self._changed:
            yield from super()._get_renders(crop)
            return
        bare = list(self._changed)
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            here = [part for part in bare if seen.overlaps(part)]
            if not here:
                continue
            top = max(min(part.y for part in here), seen.y)
            bottom = min(max(part.bottom for part in here), seen.bottom)
            drawn = Region(seen.x, top, seen.width, bottom - top)
            yield region, drawn, widget.render_lines(drawn.translate(-region.offset))
            bare = [part for part in bare if not seen.overlaps(part)]
            bare += [rest for part in here for rest in _without(part, seen)]
            if not bare:
                return


def _without(part: Region, covered: Region) -> list[Region]:
    """What of a region another one leaves bare."""
    inside = part.intersection(covered)
    left, right = inside.x - part.x, part.right - inside.right
    pieces = (
        Region(part.x, part.y, part.width, inside.y - part.y),
        Region(part.x, inside.y, left, inside.height),
        Region(inside.right, inside.y, right, inside.height),
        Region(part.x, inside.bottom, part.width, part.bottom - inside.bottom),
    )
    return [piece for piece in pieces if piece.area]
