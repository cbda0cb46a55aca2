"""What clips the objects of a PDF page, each clip as the rectangle around what it leaves to be seen."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable

from workbench.sources.pdf.geometry import Rectangle, around
from workbench.sources.pdf.pdfium import calls

_EVERYWHERE = (-1e9, -1e9, 1e9, 1e9)
_MOST_SEGMENTS = 1000


class ClipPaths:
    """The clips of the page that is being read; many objects share one, and each is looked at once."""

    def __init__(self) -> None:
        self._calls = call = calls()
        self._clip_of, self._count_paths = call.FPDFPageObj_GetClipPath, call.FPDFClipPath_CountPaths
        self._segment_of = call.FPDFClipPath_GetPathSegment
        self._floats = (ctypes.c_float * 4)()
        self._float_at = tuple(ctypes.byref(self._floats, 4 * place) for place in range(4))
        self._known: dict[int, Rectangle] = {}

    def forget(self) -> None:
        """Begin another page."""
        self._known.clear()

    def of(self, thing: int) -> Rectangle | None:
        """What clips this object, as one rectangle (x0, y0, x1, y1), or None where nothing does."""
        clip = self._clip_of(thing)
        count = self._count_paths(clip)
        return self._whole(clip, count) if count > 0 else None

    def of_all(self, things: Iterable[int | None]) -> list[Rectangle | None]:
        """The same for many objects, in the order of these; nothing clips one that is None."""
        clips = list(map(self._clip_of, things))
        counts = map(self._count_paths, clips)
        return [self._whole(clip, count) if count > 0 else None for clip, count in zip(clips, counts, strict=True)]

    def _whole(self, clip: int, count: int) -> Rectangle:
        # a clip is made of the one around it and a path of its own: where that is in memory tells it from others
        own = self._segment_of(clip, count - 1, 0)
        whole = self._known.get(own)
        if whole is None:
            whole = self._known[own] = self._meeting(clip, count)
        return whole

    def _meeting(self, clip: int, count: int) -> Rectangle:
        """What all paths of a clip share."""
        left, bottom, right, top = _EVERYWHERE
        for path in range(count):
            x0, y0, x1, y1 = self._path(clip, path)
            left, bottom, right, top = max(left, x0), max(bottom, y0), min(right, x1), min(top, y1)
        return left, bottom, right, top

    def _path(self, clip: int, path: int) -> Rectangle:
        """What one path clips to; everything for a path without segments."""
        call, floats, at = self._calls, self._floats, self._float_at
        segments = call.FPDFClipPath_CountPathSegments(clip, path)
        if segments <= 0:
            return _EVERYWHERE
        if segments not in (4, 5):
            return around([self._point(clip, path, place) for place in range(min(segments, _MOST_SEGMENTS))])
        # the opposite corners say it all for a rectangle, which nearly every clip is
        call.FPDFPathSegment_GetPoint(self._segment_of(clip, path, 0), at[0], at[1])
        call.FPDFPathSegment_GetPoint(self._segment_of(clip, path, 2), at[2], at[3])
        ax, ay, bx, by = floats[:]
        return (ax, ay, bx, by) if ax <= bx and ay <= by else around([(ax, ay), (bx, by)])

    def _point(self, clip: int, path: int, place: int) -> tuple[float, float]:
        at_x, at_y = self._float_at[:2]
        self._calls.FPDFPathSegment_GetPoint(self._segment_of(clip, path, place), at_x, at_y)
        return self._floats[0], self._floats[1]
