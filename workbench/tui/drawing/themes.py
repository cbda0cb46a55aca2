"""The colour themes. Roles, not colours, are used everywhere else; every role also has a sign and a word."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme

THEMES = ("dark", "light", "contrast", "ansi")
"""The names that the `theme` setting takes."""


def _roles(
    *, failing: str, suspect: str, corrected: str, settled: str, flagged: str, quiet: str, accent: str,
    lit: str, lit_strong: str, cursor: str, cursor_text: str, selected: str, bar: str, head: str, scroll: str,
) -> dict[str, str]:  # fmt: skip
    return {
        "wb-failing": failing,
        "wb-suspect": suspect,
        "wb-corrected": corrected,
        "wb-settled": settled,
        "wb-flagged": flagged,
        "wb-quiet": quiet,
        "wb-accent": accent,
        "wb-lit": lit,
        "wb-lit-strong": lit_strong,
        "wb-cursor": cursor,
        "wb-cursor-text": cursor_text,
        "wb-selected": selected,
        "wb-bar": bar,
        "wb-head": head,
        "wb-scroll": scroll,
        "input-cursor-text-style": "none",
        "footer-background": bar,
    }


DARK = Theme(
    name="workbench-dark",
    primary="#7aa2d6",
    accent="#7aa2d6",
    warning="#e0b050",
    error="#f08070",
    success="#63c5b0",
    foreground="#d3d7de",
    background="#14171c",
    surface="#191d23",
    panel="#20252d",
    dark=True,
    variables=_roles(
        failing="#f79584", suspect="#e3b558", corrected="#8dbdf4", settled="#68c8b2", flagged="#cfa9ec",
        quiet="#a6aebb", accent="#8dbdf4", lit="#1f2e42", lit_strong="#284262", cursor="#a9c7ec", cursor_text="#0d1116",
        selected="#252c37", bar="#1e232b", head="#aab3c0", scroll="#6b7889",
    ),
)  # fmt: skip

LIGHT = Theme(
    name="workbench-light",
    primary="#2b5c94",
    accent="#2b5c94",
    warning="#8a5a00",
    error="#b3301f",
    success="#0b6e5e",
    foreground="#22272e",
    background="#fbfaf7",
    surface="#f6f4ef",
    panel="#efece5",
    dark=False,
    variables=_roles(
        failing="#a82616", suspect="#7d5000", corrected="#1f579c", settled="#066455", flagged="#7a3fa0",
        quiet="#565d66", accent="#1f579c", lit="#e3edf9", lit_strong="#c3dbf5", cursor="#2b5c94", cursor_text="#ffffff",
        selected="#e9e5db", bar="#efece5", head="#4b535d", scroll="#7d8590",
    ),
)  # fmt: skip

CONTRAST = Theme(
    name="workbench-contrast",
    primary="#ffffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff9c8f",
    success="#7dffd8",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#101010",
    dark=True,
    variables=_roles(
        failing="#ffa296", suspect="#ffe14d", corrected="#8fd0ff", settled="#7dffd8", flagged="#f3b4ff",
        quiet="#c8c8c8", accent="#ffe14d", lit="#003058", lit_strong="#004b86", cursor="#ffff00", cursor_text="#000000",
        selected="#3a3a3a", bar="#1c1c1c", head="#ffffff", scroll="#9a9a9a",
    ),
)  # fmt: skip

ANSI = Theme(
    name="workbench-ansi",
    ansi=True,
    primary="ansi_blue",
    secondary="ansi_cyan",
    warning="ansi_yellow",
    error="ansi_red",
    success="ansi_green",
    accent="ansi_cyan",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    dark=True,
    variables=BUILTIN_THEMES["ansi-dark"].variables
    | _roles(
        failing="ansi_red", suspect="ansi_yellow", corrected="ansi_cyan", settled="ansi_green", flagged="ansi_magenta",
        quiet="ansi_bright_black", accent="ansi_cyan", lit="ansi_blue", lit_strong="ansi_blue", cursor="ansi_white",
        cursor_text="ansi_black", selected="ansi_black", bar="ansi_default", head="ansi_default", scroll="ansi_bright_black",
    ),
)  # fmt: skip

ALL_THEMES = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST, "ansi": ANSI}
