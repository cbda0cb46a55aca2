"""Pieces of page text → the cell that they print: wrapped lines joined, the spaces of justified text left out."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from math import isnan
from struct import Struct

from workbench.model.amount import FigureKind, read_figure
from workbench.model.source import Anchor, AnchorDraft, Box, BoxDraft, Page
from workbench.model.table import Cell, CellDraft

EMPTY = Cell("")
"""The cell that prints nothing."""

_WIDE = r"\u2e80-\u303f\u3041-\u33ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·"
"""Ideographs, their punctuation and full-width forms: between two of these a space is layout, not text."""
_LAYOUT_SPACE = re.compile(rf"(?<=[{_WIDE}])\s+(?=[{_WIDE}])")
_WHITE_SPACE = re.compile(r"\s+")
_TWO_SIDES = Struct("2f").unpack_from


def read_cell(page: Page, pieces: Sequence[tuple[int, int]]) -> Cell:
    """The cell that the ranges `pieces` of the page text print, in their order, with an anchor for each piece."""
    if len(pieces) == 1 and not page.confidences:
        start, end = pieces[0]
        text = squeeze(page.text[start:end].strip())
        if not text:
            return EMPTY
        cell = CellDraft(text, (anchor_of(page, start, end),))
        cell.__class__ = Cell
        return cell
    anchors: list[Anchor] = []
    printed = ""
    for start, end in pieces:
        text = page.text[start:end].strip()
        if text:
            anchors.append(anchor_of(page, start, end))
            printed = join_wrapped(printed, squeeze(text)) if printed else squeeze(text)
    if not anchors:
        return EMPTY
    return Cell(printed, tuple(anchors), confidence=_confidence(page.confidences, anchors))


def anchor_of(page: Page, start: int, end: int) -> Anchor:
    """The anchor of a range that stands on one line: as `Page.anchor`, without looking at every character."""
    boxes = page.boxes
    if not boxes:
        return Anchor(page.number, start, end)
    first, last = 4 * start, 4 * end
    if last > len(boxes):
        return page.anchor(start, end)
    left, top = _TWO_SIDES(boxes, 4 * first)
    right, bottom = _TWO_SIDES(boxes, 4 * last - 8)
    if isnan(left + right):
        return page.anchor(start, end)
    count = end - start
    if count > 1:
        tops, bottoms = boxes[first + 1 : last : 4].tolist(), boxes[first + 3 : last : 4].tolist()
        if tops.count(top) < count or bottoms.count(bottom) < count:
            top, bottom = min(tops), max(bottoms)
    box = BoxDraft(left, top, right, bottom)
    box.__class__ = Box
    anchor = AnchorDraft(page.number, start, end, box)
    anchor.__class__ = Anchor
    return anchor


def squeeze(text: str) -> str:
    """`text` with runs of white space made one space, and none between ideographs."""
    if text.isalnum() or (text.isprintable() and " " not in text):
        return text
    return _WHITE_SPACE.sub(" ", _LAYOUT_SPACE.sub("", text))


def join_wrapped(upper: str, lower: str) -> str:
    """Two lines of one cell as one text. Words of letters keep a space between them; so do two whole figures."""
    last, first = upper[-1], lower[0]
    if last.isascii() and first.isascii():
        if last.isalpha() and first.isalpha():
            return f"{upper} {lower}"
        if last.isdigit() and (first.isdigit() or first == "-") and _are_two_figures(upper, lower):
            return f"{upper} {lower}"
    return upper + lower


def _are_two_figures(upper: str, lower: str) -> bool:
    whole = read_figure(upper + lower).kind is FigureKind.NUMBER
    return not whole and all(read_figure(text).kind is FigureKind.NUMBER for text in (upper, lower))


def _confidence(confidences: array[float], anchors: Sequence[Anchor]) -> float | None:
    if not confidences:
        return None
    return min(min(confidences[anchor.start : anchor.end]) for anchor in anchors)
