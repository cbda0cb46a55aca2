"""The text between the tables that a file marks, for tables that it does not mark: a text may hold both kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from workbench.model.source import Page

_FEWEST_LINES = 2
_FEWEST_FIGURES = 2


def pages_between_grids(page: Page) -> Iterator[Page]:
    """The stretches of a page outside its grids that have lines and figures enough for a table, each as that page with
    nothing else on it; every character keeps its place."""
    start = 0
    for grid in (*page.grids, None):
        end = len(page.text) if grid is None else max(grid.start, start)
        if _may_hold_a_table(page.text[start:end]):
            before = " " * (start - 1) + "\n" if start else ""
            yield replace(page, text=before + page.text[start:end], grids=())
        start = end if grid is None else max(grid.end, start)


def _may_hold_a_table(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    return sum(any(map(str.isdigit, line)) for line in lines) >= _FEWEST_FIGURES and len(lines) > _FEWEST_LINES
