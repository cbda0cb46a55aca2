"""Which characters of a PDF page its clips leave to be seen."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import attrgetter

from workbench.sources.pdf.clip_paths import ClipPaths
from workbench.sources.pdf.geometry import PageFrame, Rectangle
from workbench.sources.pdf.pdfium import calls, reference_to
from workbench.sources.print_runs import Run

_CLIP_MARGIN = 1.0
_START = attrgetter("start")


@dataclass(slots=True)
class CharacterStream:
    """The characters of a page in the order of its content stream, each with a box as shown; `garbled` where too many
    have no Unicode value for them to mean anything."""

    text: str
    boxes: array[float]
    garbled: bool


class Clips:
    """What the clips of a page's text objects hide. Inside form objects clips are not looked at: there they are in
    the form's own space, and pdfium does not tell which form an object stands in. `things` are the objects outside of
    forms, None where the page has no form."""

    def __init__(self, clips: ClipPaths, text_page: int, frame: PageFrame, things: Collection[int] | None) -> None:
        self._clips = clips
        self._object_of = calls().FPDFText_GetTextObject
        self._text_page = reference_to(text_page)
        self._frame = frame
        self._things = things

    def show(self, runs: Sequence[Run]) -> list[bool]:
        """For each run whether the clip of its first character leaves all of it to be seen (its ends to half a
        character)."""
        things: Iterable[int | None] = map(self._object_of, repeat(self._text_page), map(_START, runs))
        outside_forms = self._things
        if outside_forms is not None:
            things = [thing if thing in outside_forms else None for thing in things]
        clips = self._clips.of_all(things)
        if not any(clips):
            return [True] * len(clips)
        found = []
        last: Rectangle | None = None
        x0 = top = x1 = bottom = 0.0
        for run, clip in zip(runs, clips, strict=True):
            if clip is None:
                found.append(True)
                continue
            if clip is not last:
                last = clip
                x0, top, x1, bottom = self._frame.rectangle(*clip)
            left, right = run.x0, run.x1
            if x0 <= left and right <= x1 and top <= run.top and run.bottom <= bottom:
                found.append(True)
                continue
            margin = (right - left) / (run.end - run.start) / 2 + _CLIP_MARGIN
            level = top - _CLIP_MARGIN <= (run.top + run.bottom) / 2 <= bottom + _CLIP_MARGIN
            found.append(level and x0 - margin <= left and right <= x1 + margin)
        return found

    def seen_parts(self, run: Run, stream: CharacterStream) -> list[Run]:
        """The stretches of a run whose characters are seen, each by its own clip."""
        single = [run.part(index, index + 1, stream.text, stream.boxes) for index in range(run.start, run.end)]
        parts: list[Run] = []
        for character, shown in zip(single, self.show(single), strict=True):
            if not shown:
                continue
            if parts and parts[-1].end == character.start:
                parts[-1] = run.part(parts[-1].start, character.end, stream.text, stream.boxes)
            else:
                parts.append(character)
        return parts
