"""Characters with places → the text of a page laid out for reading, and the place of every character of that text.

Writers set one line of print in many strokes and in any order, digits and ideographs on baselines up to four points
apart. Characters are put together to runs, runs to lines by their vertical middles, lines from the top; a gap in a line
becomes as many blanks as bring the next run to its place, so that columns stand under each other as on the page.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import nan
from operator import attrgetter
from statistics import median

from workbench.sources.characters import cell_count
from workbench.sources.print_runs import ALWAYS_GAP, Run

_SAME_LINE = 0.45
"""Middles of runs on one line lie nearer than this share of the lesser height."""
_LEVEL = 0.01
"""Middles nearer than this share of the height are level: no other line can be nearer."""
_GAP_AT_BLANK = 0.08
_COLUMN_GAP = 1.2
"""Gaps in heights: one that is a blank where the source has one, one between columns."""
_MOST_COLUMNS = 260
_MOST_RUNS = 1000
"""Runs on a line beyond which it is no print, and not worth looking at each with each."""
_FLAT = 0.4
"""A run less high than this share of the usual height is a stroke that its font gives no height of print."""
_NOWHERE = array("f", [nan] * 4)


@dataclass(slots=True)
class Line:
    """Runs on one line of print."""

    runs: list[Run]
    middle: float
    height: float
    weight: float = field(default=0.0)

    def add(self, run: Run) -> None:
        """Take a run in; the line's middle is that of its runs, weighted by their widths."""
        top, bottom, width, height = run.top, run.bottom, run.x1 - run.x0, run.bottom - run.top
        if width < 0.1:
            width = 0.1
        weight = self.weight + width
        self.middle = (self.middle * self.weight + (top + bottom) / 2 * width) / weight
        self.weight = weight
        if height > self.height:
            self.height = height
        self.runs.append(run)


@dataclass(frozen=True, slots=True)
class LaidOutText:
    """Text and four floats a character; `confidences` one float a character, or empty."""

    text: str
    boxes: array[float]
    confidences: array[float]


def _find_lines(runs: Sequence[Run]) -> list[Line]:
    """The lines of print that the runs make, from the top; the runs of each from the left.

    A run that stands on another (a cell's next line at a narrow pitch) begins a line of its own.
    """
    _give_height(runs)
    lines: list[Line] = []
    last: Line | None = None
    ordered = sorted(runs, key=_LEFT)
    ordered.sort(key=_twice_middle)
    for run in ordered:
        top, bottom = run.top, run.bottom
        middle, height = (top + bottom) / 2, bottom - top
        if last is not None and abs(middle - last.middle) < _LEVEL * height < last.height:
            last.add(run)
            continue
        best: Line | None = None
        nearest = 0.0
        for line in lines[-3:]:
            distance = abs(middle - line.middle)
            lower = line.height if line.height < height else height
            if distance > _SAME_LINE * lower or (best is not None and distance >= nearest):
                continue
            if distance > 0.12 * height and len(line.runs) < _MOST_RUNS and _stands_on(run, line):
                continue
            best, nearest = line, distance
        if best is None:
            last = Line([run], middle, height, max(run.x1 - run.x0, 0.1))
            lines.append(last)
        else:
            best.add(run)
    lines.sort(key=_MIDDLE)
    for line in lines:
        runs = line.runs
        if len(runs) > 1:
            runs.sort(key=_LEFT)
            if len({run.text for run in runs}) < len(runs):
                line.runs = _without_doubles(runs)
    return lines


def lay_out(runs: Sequence[Run], boxes: array[float], confidences: array[float] | None = None) -> LaidOutText:
    """The text of the runs as it stands on the page.
    `boxes` and `confidences` are those of the stream that they are ranges of.

    A blank that layout puts in has no place (NaN) unless it stands for one in the stream.
    """
    lines = _find_lines(runs)
    if not lines:
        return LaidOutText("", array("f"), array("f"))
    left = min(line.runs[0].x0 for line in lines)
    right = max(line.runs[-1].x1 for line in lines)
    for run in runs:
        text = run.text
        run.cells = len(text) if text.isascii() else cell_count(text)
    unit = max(_cell_width(runs), (right - left) / _MOST_COLUMNS)
    pitches = [below.middle - above.middle for above, below in pairwise(lines)]
    wide_pitch = 1.7 * median(pitches) if pitches else 0.0
    pieces: list[str] = []
    places = array("f")
    shares = array("f")
    previous: Line | None = None
    for line in lines:
        if previous is not None:
            breaks = "\n\n" if line.middle - previous.middle > wide_pitch else "\n"
            pieces.append(breaks)
            places += _NOWHERE * len(breaks)
            if confidences is not None:
                shares.extend([1.0] * len(breaks))
        column = 0
        before: Run | None = None
        for run in line.runs:
            blanks = _blanks(before, run, column, left, unit)
            if blanks:
                pieces.append(" " * blanks)
                places += _NOWHERE * blanks
            text = run.text
            pieces.append(text)
            places += boxes[4 * run.start : 4 * run.end]
            if confidences is not None:
                shares.extend([1.0] * blanks)
                shares.extend(confidences[run.start : run.end])
            column += blanks + run.cells
            before = run
        previous = line
    return LaidOutText("".join(pieces), places, shares)


_LEFT, _MIDDLE = attrgetter("x0"), attrgetter("middle")


def _give_height(runs: Sequence[Run]) -> None:
    """Gives a run that is only as high as its stroke (一, —, a point: fonts drawn as pictures say no more)
    the height of the print beside it. Digits are no strokes: flat ones lie on their side."""
    heights = sorted(run.bottom - run.top for run in runs)
    flat_height = _FLAT * heights[len(heights) // 2] if heights else 0.0
    if not heights or heights[0] >= flat_height:
        return
    tall = sorted((run for run in runs if run.bottom - run.top >= flat_height), key=_twice_middle)
    middles = [run.top + run.bottom for run in tall]
    for run in runs:
        if run.bottom - run.top < flat_height and not run.text.isdigit():
            middle, reach = run.top + run.bottom, 2 * heights[-1]
            near = tall[bisect_left(middles, middle - reach) : bisect_right(middles, middle + reach)]
            beside = [other for other in near if 2 * other.top <= middle <= 2 * other.bottom]
            if beside:
                nearest = min(beside, key=lambda other: max(other.x0 - run.x1, run.x0 - other.x1))
                run.top, run.bottom = nearest.top, nearest.bottom


def _twice_middle(run: Run) -> float:
    return run.top + run.bottom


def _blanks(before: Run | None, run: Run, column: int, left: float, unit: float) -> int:
    """How many blanks stand before a run that comes at `column`."""
    if before is None:
        return max(round((run.x0 - left) / unit), 0)
    gap, height, height_before = run.x0 - before.x1, run.bottom - run.top, before.bottom - before.top
    if height_before < height:
        height = height_before
    if gap < height * (ALWAYS_GAP if before.end == run.start else _GAP_AT_BLANK):
        return 0
    if gap < height * _COLUMN_GAP:
        return 1
    return max(round((run.x0 - left) / unit) - column, 2 if gap > 2 * height else 1)


def _cell_width(runs: Sequence[Run]) -> float:
    """The width of half an ideograph in the smaller print of the page: a fifth of the runs are set no wider."""
    widths = sorted([(run.x1 - run.x0) / run.cells for run in runs if run.end - run.start > 1])
    if not widths:
        widths = sorted([(run.x1 - run.x0) / run.cells for run in runs])
    return max(widths[len(widths) // 5], 0.5)


def _stands_on(run: Run, line: Line) -> bool:
    """Whether a run lies over or under another of the line rather than beside it."""
    margin = 0.3 * (run.bottom - run.top)
    return any(run.x0 + margin < other.x1 and other.x0 + margin < run.x1 for other in line.runs)


def _without_doubles(runs: list[Run]) -> list[Run]:
    """The runs without those printed twice in one place, which is how some writers make bold print."""
    kept: list[Run] = []
    for run in runs:
        text = run.text
        near = 0.2 * (run.bottom - run.top)
        for other in kept[-3:]:
            if other.text == text and abs(other.x0 - run.x0) < near and abs(other.top - run.top) < 2 * near:
                break
        else:
            kept.append(run)
    return kept
