"""Blanks that word processors print between digits and the Chinese characters after them ("2026 年预算数", "≥55 处"):
they part no cells. Read as if they stood behind the word, so that every other character keeps its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from workbench.fiscal.counting import any_counting_word
from workbench.model.source import Anchor, Page
from workbench.model.table import Cell, Row
from workbench.tables.raw import RawTable

_SET_APART = re.compile(
    r"(?:"
    # a year in a head or a title
    r"(?<![\d.,])(?:19|20)\d\d (?=年度?"
    r"(?:\S*(?:[预决]算|执行|调整|完成|增减|比较|支出|收入|拨款|[数额])[与比]?|\S*(?:表|情况)(?:（\S{1,3}）)?)?[）)]?(?!\S))"
    r"|[≥≤≧≦＞＜>=＝<]\d[\d.,]* (?="
    f"(?:万?元|{any_counting_word()})"
    r"(?![^\s/、，。；）)]))"  # what an indicator is to reach
    r"|(?<![\d.,])\d{1,2} (?=(?:年|个?月|日|天)(?![^\s）)]))"  # how long something takes
    r"|\d (?=万元(?:（含）)?(?:以上|(?![^\s，。；、）)])))"
    r"|\d (?=元/)"
    r")\S+"
)


class _Moved(NamedTuple):
    """A blank that stood at offset `start` of a page, and stands at `last` now; the digits and the word as they are."""

    start: int
    last: int
    printed: str

    @property
    def closed_up(self) -> str:
        """The digits and the word as they are read."""
        return self.printed.replace(" ", "", 1)


_START = attrgetter("start")


class ClosedUp:
    """Pages whose digits and the characters behind them are closed up, and the way back to the pages as they are."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._moved: dict[int, list[_Moved]] = {}
        self.pages = [self._closed_up(page) for page in pages]

    def _closed_up(self, page: Page) -> Page:
        # Characters that have boxes are parted by where they stand.
        if page.boxes:
            return page
        moved: list[_Moved] = []

        def close_up(found: re.Match[str]) -> str:
            moved.append(_Moved(found.start() + found[0].index(" "), found.end() - 1, found[0]))
            return moved[-1].closed_up + " "

        text = _SET_APART.sub(close_up, page.text)
        if not moved:
            return page
        self._moved[page.number] = moved
        return replace(page, text=text)

    def as_they_are(self, table: RawTable) -> RawTable:
        """A table that was read in these pages, with the anchors and the blanks of the pages as they are."""
        if self._moved.keys().isdisjoint(anchor.page for anchor in table.anchors()):
            return table
        return replace(
            table,
            rows=tuple(self._row(row) for row in table.rows),
            title=self._printed(table.title, table.title_anchors),
            title_anchors=tuple(map(self._anchor, table.title_anchors)),
        )

    def _row(self, row: Row) -> Row:
        return tuple(self._cell(cell) for cell in row)

    def _cell(self, cell: Cell) -> Cell:
        anchors = tuple(map(self._anchor, cell.anchors))
        printed = self._printed(cell.printed, cell.anchors)
        if (anchors, printed) == (cell.anchors, cell.printed):
            return cell
        return replace(cell, anchors=anchors, printed=printed)

    def _printed(self, text: str, anchors: Sequence[Anchor]) -> str:
        """A text with the blanks that the page prints at its anchors, which are those of the closed up page."""
        for anchor in anchors:
            blanks = self._moved.get(anchor.page, [])
            first = bisect_left(blanks, anchor.start, key=_START)
            for moved in blanks[first : bisect_left(blanks, anchor.end, key=_START)]:
                read = moved.closed_up
                text = text.replace(f"{read} " if f"{read} " in text else read, moved.printed, 1)
        return text

    def _anchor(self, anchor: Anchor) -> Anchor:
        moved = self._moved.get(anchor.page)
        if not moved:
            return anchor
        start = _before(anchor.start, moved)
        # The end goes by the last character that it holds.
        end = _before(anchor.end - 1, moved) + 1 if anchor.end > anchor.start else start
        return anchor if (start, end) == (anchor.start, anchor.end) else replace(anchor, start=start, end=end)


def _before(offset: int, moved: Sequence[_Moved]) -> int:
    """Where the character that is at `offset` now stood before the blanks were moved."""
    nearest = bisect_right(moved, offset, key=_START) - 1
    if nearest < 0:
        return offset
    start, last, _ = moved[nearest]
    return offset + 1 if start <= offset < last else start if offset == last else offset
