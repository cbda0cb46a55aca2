"""What a call has chosen: the settings in force for it, and the user's own rules.

Apart from what reads documents, which commands about the program itself and the first frame of the app do not wait for.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.config.settings import Settings, load_settings

if TYPE_CHECKING:
    from workbench.checks import UserRule

_SETTING_OPTIONS = (
    "records",
    "reviewer",
    "language",
    "keymap",
    "theme",
    "color",
    "ambiguous_width",
    "jobs",
    "rules",
    "verify",
    "page_image",
)


def settings_of(options: argparse.Namespace) -> Settings:
    """The settings in force for this call."""
    return load_settings({name: getattr(options, name, None) for name in _SETTING_OPTIONS}).values


def user_rules(settings: Settings) -> tuple[UserRule, ...]:
    """The user's own rules, none when no file is set. Raises InvalidFileError with every problem in the file."""
    if not settings.rules:
        return ()
    from workbench.checks import load_rules

    return load_rules(Path(settings.rules))
