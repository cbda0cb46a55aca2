"""Scroll bars in whole cells, for terminals that give the eighths of a block two cells and would shift the line."""

from __future__ import annotations

from textual.scrollbar import ScrollBar, ScrollBarRender


class _WholeCells(ScrollBarRender):
    """A thumb without fractions of cells at its ends."""

    VERTICAL_BARS = [" "] * len(ScrollBarRender.VERTICAL_BARS)
    HORIZONTAL_BARS = [" "] * len(ScrollBarRender.HORIZONTAL_BARS)


def fit_scroll_bars(ambiguous_width: str) -> None:
    """Draw scroll bars as the setting `ambiguous_width` asks."""
    ScrollBar.renderer = _WholeCells if ambiguous_width == "wide" else ScrollBarRender
