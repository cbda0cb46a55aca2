"""Print that a page sets without ink among print that is seen: marks of programs, which a reader of the page knows
nothing of. Where the page shows a picture or letters drawn as curves, print without ink tells what these say."""

from __future__ import annotations

from collections.abc import Sequence

from workbench.sources.pdf.drawing import Drawing
from workbench.sources.pdf.pdfium import calls, reference_to
from workbench.sources.print_runs import Run

_WITHOUT_INK = 3
"""Text rendering mode 3 (PDF 32000-1, 9.3.6)."""
_RARELY = 3
"""Print without ink is left out where there is so many times as much with it."""
_FEW_CURVES = 20


def without_unseen(runs: Sequence[Run], text_page: int, drawing: Drawing) -> list[Run]:
    """The runs of a page without those that are not seen."""
    if drawing.image_area or drawing.outlines > _FEW_CURVES:
        return list(runs)
    call, page = calls(), reference_to(text_page)
    modes: dict[int, int] = {}
    seen: list[Run] = []
    for run in runs:
        thing = call.FPDFText_GetTextObject(page, run.start) or 0
        if thing not in modes:
            modes[thing] = call.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
        if modes[thing] != _WITHOUT_INK:
            seen.append(run)
    unseen = _length(runs) - _length(seen)
    return seen if unseen and unseen * _RARELY <= _length(seen) else list(runs)


def _length(runs: Sequence[Run]) -> int:
    return sum(run.end - run.start for run in runs)
