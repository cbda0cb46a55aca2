"""Colour roles as Rich styles, made once a theme. Where there is no colour, light and cursor show as underline and
reverse video, so that nothing is said by colour alone."""

from __future__ import annotations

from collections.abc import Mapping

from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color


class Palette:
    """The styles of one theme. `plain` is a terminal without colours of our own (NO_COLOR or the ANSI theme)."""

    def __init__(self, variables: Mapping[str, str], *, plain: bool) -> None:
        self._variables = variables
        self._plain = plain
        self._styles: dict[tuple[str, str, bool, bool], Style] = {}

    def style(self, role: str = "", ground: str = "", *, bold: bool = False, underline: bool = False) -> Style:
        """The style of text with a colour role on a ground ("" for the plain text and the widget's own ground)."""
        key = (role, ground, bold, underline)
        if key not in self._styles:
            self._styles[key] = self._make(role, ground, bold=bold, underline=underline)
        return self._styles[key]

    def _make(self, role: str, ground: str, *, bold: bool, underline: bool) -> Style:
        if ground == "cursor":
            if self._plain:
                return Style(reverse=True, bold=bold or None, underline=underline or None)
            role = "cursor-text"
        if self._plain:
            underline = underline or ground in ("lit", "lit-strong")
            bold = bold or ground in ("lit-strong", "selected")
            ground = ""
        return Style(
            color=self._color(role or None),
            bgcolor=self._color(ground or None),
            bold=bold or None,
            underline=underline or None,
        )

    def _color(self, role: str | None) -> RichColor | None:
        if role is None:
            return None
        value = self._variables.get(f"wb-{role}")
        return None if value is None else Color.parse(value).rich_color
