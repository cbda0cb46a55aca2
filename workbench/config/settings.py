"""Settings: one dataclass, one docstring a field; the nearest source wins, and each value knows where it came from.

From weakest to strongest: the defaults here, `$XDG_CONFIG_HOME/workbench/config.toml`, `workbench.toml` in the working
directory, environment variables `WORKBENCH_NAME`, options of the command.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, replace
from math import isfinite
from pathlib import Path
from typing import Any

from workbench.errors import FileProblem, InvalidFileError, did_you_mean, nearest
from workbench.model.toml_file import parse_toml

_PROJECT_FILE = "workbench.toml"
_ENVIRONMENT_PREFIX = "WORKBENCH_"


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    records: str = field(default="records", metadata={"help": "folder of the records, from the working directory"})
    reviewer: str = field(default="", metadata={"help": "your name in records; empty: the name of your account"})
    language: str = field(
        default="auto", metadata={"help": "language of the interface", "choices": ("auto", "en", "zh")}
    )
    keymap: str = field(default="default", metadata={"help": "name of a keymap, or the path of a keymap file"})
    theme: str = field(
        default="auto",
        metadata={
            "help": "colours of the app; auto: those chosen last with its key, at first dark",
            "choices": ("auto", "dark", "light", "contrast", "ansi"),
        },
    )
    color: str = field(
        default="auto", metadata={"help": "colour in command output", "choices": ("auto", "always", "never")}
    )
    ambiguous_width: str = field(
        default="narrow",
        metadata={"help": "cells that “ ” — … ① take in your terminal", "choices": ("narrow", "wide")},
    )
    page_image: str = field(
        default="auto",
        metadata={
            "help": "how pictures of pages are drawn; auto: as the terminal says it can",
            "choices": ("auto", "kitty", "sixel", "blocks", "off"),
        },
    )
    jobs: int = field(
        default=0, metadata={"help": "documents read at once; 0: as many as there are processors", "most": 1024}
    )
    rules: str = field(default="", metadata={"help": "file of your own rules (rules.toml); empty: none"})
    verify: str = field(
        default="never",
        metadata={"help": "compare two readers of a PDF", "choices": ("never", "auto", "always")},
    )
    seconds_per_document: float = field(
        default=120.0, metadata={"help": "a document that takes longer to read is marked unreadable", "least": 0.1}
    )
    memory_megabytes: int = field(
        default=4096, metadata={"help": "memory that reading one document may take; 0: no limit"}
    )
    cache_megabytes: int = field(
        default=1024, metadata={"help": "disk for documents already read, so that they open at once; 0: none"}
    )

    @property
    def reviewer_name(self) -> str:
        """Who reviews: the setting, else the account's name."""
        if self.reviewer:
            return self.reviewer
        try:
            return getpass.getuser()
        except (KeyError, OSError):
            return "reviewer"

    @property
    def interface_language(self) -> str:
        """The language of messages, "en" or "zh": the setting, else from the locale."""
        if self.language != "auto":
            return self.language
        locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
        return "zh" if locale.lower().startswith("zh") else "en"

    @property
    def worker_count(self) -> int:
        """How many documents are read at once."""
        return self.jobs if self.jobs > 0 else os.cpu_count() or 1


_KNOWN: dict[str, Field[Any]] = {setting.name: setting for setting in fields(Settings)}
_DEFAULTS = Settings()
_NAMES_OF_KINDS: dict[type, str] = {str: "a text", int: "a whole number", float: "a number"}


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings, and for each name the place that gave its value ("default", a file, a variable, "command line")."""

    values: Settings
    origins: Mapping[str, str]


def home_folder() -> Path:
    """The home of the user. In a container where the user is but a number there is none: nothing is found in what this
    gives then, and nothing is kept there."""
    try:
        return Path.home()
    except RuntimeError:
        return Path("/nonexistent")


def user_folder() -> Path:
    """The folder of the user's own configuration and keymaps."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(base) if base else home_folder() / ".config") / "workbench"


def cache_folder() -> Path:
    """The folder of what may be thrown away at any time."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base else home_folder() / ".cache") / "workbench"


def setting_files(working_directory: Path | None = None) -> tuple[Path, ...]:
    """The files that are read, weakest first, whether they exist or not."""
    return (user_folder() / "config.toml", (working_directory or Path.cwd()) / _PROJECT_FILE)


def load_settings(
    overrides: Mapping[str, object] | None = None,
    *,
    working_directory: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> LoadedSettings:
    """Settings from all sources; `overrides` are the options of the command (None values are not given).

    Raises InvalidFileError with every wrong name and value of every file, variable and option.
    """
    gathered = _Gathered()
    for path in setting_files(working_directory):
        gathered.take_file(path)
    for variable, text in (environment if environment is not None else os.environ).items():
        name = variable.removeprefix(_ENVIRONMENT_PREFIX).lower()
        if variable.startswith(_ENVIRONMENT_PREFIX) and name in _KNOWN and text:
            gathered.take(name, text, variable)
    for name, given in (overrides or {}).items():
        if given is not None:
            gathered.take(name, given, "command line")
    if gathered.problems:
        raise InvalidFileError(gathered.problems)
    return LoadedSettings(replace(_DEFAULTS, **gathered.values), dict.fromkeys(_KNOWN, "default") | gathered.origins)


def unknown_variables(environment: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Variables that are no setting but nearly one, each with the one that may be meant."""
    found = []
    for variable in sorted(environment if environment is not None else os.environ):
        name = variable.removeprefix(_ENVIRONMENT_PREFIX).lower()
        if variable.startswith(_ENVIRONMENT_PREFIX) and name not in _KNOWN and (near := nearest(name, _KNOWN, 1)):
            found.append((variable, _ENVIRONMENT_PREFIX + near[0].upper()))
    return found


@dataclass(slots=True)
class _Gathered:
    """The values of one source after another, each over those before it, and whatever is wrong with any of them."""

    values: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    problems: list[FileProblem] = field(default_factory=list)

    def take_file(self, path: Path) -> None:
        """Take every setting of a file, which need not be there."""
        try:
            file = parse_toml(path, path.read_bytes())
        except FileNotFoundError:
            return
        except OSError as error:
            self.problems.append(FileProblem(str(path), None, f"cannot be read: {error.strerror}"))
            return
        except InvalidFileError as error:
            self.problems.extend(error.problems)
            return
        for name, value in file.data.items():
            line = file.line_of(name)
            if name in _KNOWN:
                self.take(name, value, file.path, line)
            else:
                said = f"there is no setting {name!r}{did_you_mean(name, _KNOWN, 1)}"
                self.problems.append(FileProblem(file.path, line, said))

    def take(self, name: str, value: object, origin: str, line: int | None = None) -> None:
        """Take one value if it is one that the setting can have."""
        try:
            self.values[name] = _accepted(_KNOWN[name], value)
        except ValueError as wrong:
            self.problems.append(FileProblem(origin, line, f"{name} is {value!r}, {wrong}"))
        else:
            self.origins[name] = origin


def _accepted(setting: Field[Any], value: object) -> str | int | float:
    """`value` as the setting has it; text is converted for a number. Raises ValueError that says what it is not."""
    wanted: type[str] | type[int] | type[float] = type(getattr(_DEFAULTS, setting.name))
    if isinstance(value, str) and wanted is not str:
        try:
            value = wanted(value)
        except ValueError:
            raise ValueError("which is no number") from None
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise ValueError(f"which is not {_NAMES_OF_KINDS[wanted]}")
    choices = setting.metadata.get("choices")
    if choices and value not in choices:
        raise ValueError(f"not one of {', '.join(choices)}")
    if not isinstance(value, str):
        _check_limits(value, setting.metadata)
    return value


def _check_limits(value: float, limits: Mapping[str, Any]) -> None:
    if not isfinite(value):
        raise ValueError("which is no number")
    least, most = limits.get("least", 0), limits.get("most")
    if value < least:
        raise ValueError("which is negative" if least == 0 else f"which is less than {least}")
    if most is not None and value > most:
        raise ValueError(f"which is more than {most}")


def settings_schema() -> dict[str, Any]:
    """JSON Schema of a settings file."""
    kinds: dict[type, str] = {str: "string", int: "integer", float: "number"}
    properties: dict[str, Any] = {}
    for setting in fields(Settings):
        entry: dict[str, Any] = {"type": kinds[type(setting.default)], "description": setting.metadata["help"]}
        entry["default"] = setting.default
        if type(setting.default) is not str:
            entry["minimum"] = setting.metadata.get("least", 0)
        if "most" in setting.metadata:
            entry["maximum"] = setting.metadata["most"]
        if "choices" in setting.metadata:
            entry["enum"] = list(setting.metadata["choices"])
        properties[setting.name] = entry
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "workbench settings",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
