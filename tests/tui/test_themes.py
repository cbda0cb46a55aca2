"""Colours: whatever a text means and wherever it stands, it can be read in every theme."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console
from textual.color import Color

from tests.tui.driving import running
from tests.tui.made_up import analysis
from workbench.tui.app import WorkbenchApp
from workbench.tui.drawing.themes import ALL_THEMES

TEXTS = ("failing", "suspect", "corrected", "settled", "flagged", "quiet", "accent", "head")
GROUNDS = ("lit", "lit-strong", "selected", "bar")
READABLE = 4.5
"""The ratio that WCAG 2 asks of text of ordinary size (level AA)."""
SEEN = 3
"""The ratio that it asks of what is no text but says something."""


def luminance(color: Color) -> float:
    parts = [part / 255 for part in (color.r, color.g, color.b)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(luminance(Color.parse(name)) for name in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", [name for name, theme in ALL_THEMES.items() if not theme.ansi])
def test_every_text_can_be_read_on_every_ground(name: str) -> None:
    theme = ALL_THEMES[name]
    colors = theme.variables
    texts = {role: colors[f"wb-{role}"] for role in TEXTS} | {"text": str(theme.foreground)}
    grounds = {role: colors[f"wb-{role}"] for role in GROUNDS}
    grounds |= {"background": str(theme.background), "surface": str(theme.surface), "panel": str(theme.panel)}
    short = {
        f"{text} on {ground}": round(contrast(color, behind), 2)
        for text, color in texts.items()
        for ground, behind in grounds.items()
        if contrast(color, behind) < READABLE
    }
    assert not short
    assert contrast(colors["wb-cursor-text"], colors["wb-cursor"]) >= READABLE


@pytest.mark.parametrize("name", [name for name, theme in ALL_THEMES.items() if not theme.ansi])
def test_the_grounds_that_mean_something_can_be_told_apart(name: str) -> None:
    theme = ALL_THEMES[name]
    plain, lit, strong = str(theme.background), theme.variables["wb-lit"], theme.variables["wb-lit-strong"]
    assert contrast(plain, lit) > 1.1 and contrast(lit, strong) > 1.15 and contrast(plain, strong) > 1.3


@pytest.mark.parametrize("name", [name for name, theme in ALL_THEMES.items() if not theme.ansi])
def test_scroll_bars_are_seen(name: str) -> None:
    theme = ALL_THEMES[name]
    for ground in (theme.background, theme.panel):
        assert contrast(theme.variables["wb-scroll"], str(ground)) >= SEEN


@pytest.mark.parametrize(("colors", "used"), [("standard", "workbench-ansi"), ("256", "workbench-light")])
async def test_a_terminal_of_sixteen_colours_is_drawn_in_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, colors: str, used: str
) -> None:
    monkeypatch.setattr(WorkbenchApp, "is_headless", False)
    monkeypatch.setattr(Console, "color_system", colors)
    async with running([analysis()], tmp_path, theme="light") as it:
        assert it.app.current_theme.name == used
        assert it.app.theme_choice == "light", "what was chosen stands, for a better terminal"
