"""The ruled lines of a scanned page, found in its image: what parts print, and what must not be read as print."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from workbench.model.source import RuledLine

_SHORTEST_RULE, _LONG_RULE = 1 / 60, 1 / 14
"""Of the page's longer side: what a rule measures at least, and what no stroke of a letter does."""
_REACH = 4

Quad = list[tuple[float, float]]
"""The corners of a piece of print in pixels, from the upper left, clockwise."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in pixels: its rectangle."""

    x0: int
    top: int
    x1: int
    bottom: int


def find_rules(picture: Any) -> list[Rule]:
    """The ruled lines: dark runs that are long and thin, level ones first."""
    import cv2

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12)
    longest = max(picture.shape[:2])
    length = max(int(longest * _SHORTEST_RULE), 12)
    rules: list[Rule] = []
    for kernel in ((length, 1), (1, length)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, kernel))
        bridge = (15, 3) if kernel[1] == 1 else (3, 15)
        lines = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
        count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        for x, y, wide, tall, _area in stats[1:count].tolist():
            across, along = (tall, wide) if kernel[1] == 1 else (wide, tall)
            if along >= length and across <= max(along / 8, longest / 250):
                rules.append(Rule(x, y, x + wide, y + tall))
    return _without_strokes(rules, longest * _LONG_RULE)


def _without_strokes(rules: list[Rule], long: float) -> list[Rule]:
    """The rules without the straight strokes of large letters: those are short and touch no long rule."""
    certain = [rule for rule in rules if max(rule.x1 - rule.x0, rule.bottom - rule.top) >= long]
    return [
        rule
        for rule in rules
        if rule in certain
        or any(
            rule.x0 <= other.x1 + _REACH
            and other.x0 <= rule.x1 + _REACH
            and rule.top <= other.bottom + _REACH
            and other.top <= rule.bottom + _REACH
            for other in certain
        )
    ]


def without_rules(picture: Any, rules: list[Rule]) -> Any:
    """The image with its rules painted over, for they read as 1, | and 一."""
    cleared = picture.copy()
    for rule in rules:
        cleared[max(rule.top - 2, 0) : rule.bottom + 2, max(rule.x0 - 2, 0) : rule.x1 + 2] = 255
    return cleared


def cut_at_rules(quad: Any, uprights: list[Rule]) -> list[Quad]:
    """A quadrangle of print cut where an upright rule runs through it."""
    x0, x1 = float(quad[:, 0].min()), float(quad[:, 0].max())
    top, bottom = float(quad[:, 1].min()), float(quad[:, 1].max())
    middle, margin = (top + bottom) / 2, 0.4 * (bottom - top)
    cuts = sorted(
        (rule.x0 + rule.x1) / 2
        for rule in uprights
        if x0 + margin < (rule.x0 + rule.x1) / 2 < x1 - margin and rule.top <= middle <= rule.bottom
    )
    if not cuts:
        return [[(float(x), float(y)) for x, y in quad]]
    edges = [x0, *cuts, x1]
    return [
        [(left, top), (right, top), (right, bottom), (left, bottom)]
        for left, right in pairwise(edges)
        if right - left > 2
    ]


def as_line(rule: Rule, scale_x: float, scale_y: float) -> RuledLine:
    """The line through the middle of a rule, in points; the scales are points a pixel."""
    x0, top, x1, bottom = rule.x0 * scale_x, rule.top * scale_y, rule.x1 * scale_x, rule.bottom * scale_y
    if x1 - x0 >= bottom - top:
        return RuledLine(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    return RuledLine((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
