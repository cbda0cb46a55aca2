"""Settings that change while the app runs; the files stay as they are, and only the theme is remembered."""

from __future__ import annotations

from dataclasses import fields

from workbench.config.keymap import keymap_files, load_keymap
from workbench.config.messages import LANGUAGES, Phrasebook
from workbench.config.settings import Settings
from workbench.errors import UnknownNameError, WorkbenchError
from workbench.tui.desk import Desk
from workbench.tui.drawing.display import set_ambiguous_width
from workbench.tui.drawing.graphics import Graphics, Protocol
from workbench.tui.drawing.scroll_bars import fit_scroll_bars
from workbench.tui.drawing.themes import THEMES

_LIVE = ("theme", "language", "keymap", "ambiguous_width", "page_image")


def setting_choices() -> list[str]:
    """Every setting with each of its values, as they are typed."""
    return [f"{name} {value}" for name in _LIVE for value in _values(name)]


def _values(name: str) -> tuple[str, ...]:
    if name == "theme":
        return THEMES
    if name == "language":
        return LANGUAGES
    if name == "keymap":
        return tuple(sorted({"default", *keymap_files()}))
    choices: tuple[str, ...] = next(s for s in fields(Settings) if s.name == name).metadata["choices"]
    return tuple(choice for choice in choices if choice != "auto")


def set_live(desk: Desk, text: str) -> str:
    """Take `name value`; gives the name. Raises WorkbenchError for an unknown name or value, and for a bad keymap."""
    name, _, value = text.replace("=", " ").strip().partition(" ")
    name, value = name.replace("-", "_"), value.strip()
    if name not in _LIVE:
        raise UnknownNameError("setting that changes while the app runs", name, _LIVE)
    if not value:
        raise WorkbenchError(f"{name} needs a value", ", ".join(_values(name)))
    if value not in _values(name) and not (name == "keymap" and value.endswith(".toml")):
        raise UnknownNameError(f"value of {name}", value, _values(name))
    match name:
        case "theme":
            desk.choose_theme(value)
        case "language":
            desk.phrases = Phrasebook(value)
            desk.look_changed()
        case "keymap":
            desk.use_keymap(load_keymap(value))
        case "ambiguous_width":
            set_ambiguous_width(value)
            fit_scroll_bars(value)
            desk.look_changed()
        case _:
            kept = desk.graphics
            desk.graphics = Graphics(Protocol(value), kept.cell, kept.colors, kept.largest)
            desk.look_changed()
    return name
