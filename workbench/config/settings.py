"""Settings: one dataclass, one docstring a field; the nearest source wins, and each value knows where it came from.

From weakest to strongest: the defaults here, `$XDG_CONFIG_HOME/workbench/config.toml`, `workbench.toml` in the working
directory, environment variables `WORKBENCH_NAME`, options of the command.
"""

from __future__ import annotations

import getpass
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from math import isfinite
from pathlib import Path
from typing import Any

from workbench.errors import FileProblem, InvalidFileError, nearest

PROJECT_FILE = "workbench.toml"
ENVIRONMENT_PREFIX = "WORKBENCH_"


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
        default="dark", metadata={"help": "colours of the app", "choices": ("dark", "light", "contrast", "ansi")}
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


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings, and for each name the place that gave its value ("default", a file, a variable, "command line")."""

    values: Settings
    origins: Mapping[str, str]


def user_folder() -> Path:
    """The folder of the user's own configuration and keymaps."""
    base = os.environ.get("XDG_CONFIG_HOME", "")
    return (Path(base) if base else Path.home() / ".config") / "workbench"


def cache_folder() -> Path:
    """The folder of what may be thrown away at any time."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(base) if base else Path.home() / ".cache") / "workbench"


def setting_files(working_directory: Path | None = None) -> tuple[Path, ...]:
    """The files that are read, weakest first, whether they exist or not."""
    return (user_folder() / "config.toml", (working_directory or Path.cwd()) / PROJECT_FILE)


def load_settings(
    overrides: Mapping[str, object] | None = None,
    *,
    working_directory: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> LoadedSettings:
    """Settings from all sources; `overrides` are the options of the command (None values are not given).

    Raises InvalidFileError with every wrong name and value of every file, variable and option.
    """
    problems: list[FileProblem] = []
    values: dict[str, Any] = {}
    origins = {setting.name: "default" for setting in fields(Settings)}
    for path in setting_files(working_directory):
        for name, value in _read_file(path, problems).items():
            values[name] = value
            origins[name] = str(path)
    for name, text in (environment if environment is not None else os.environ).items():
        if name.startswith(ENVIRONMENT_PREFIX):
            key = name.removeprefix(ENVIRONMENT_PREFIX).lower()
            if key in origins and text:
                _take(key, text, name, None, problems, values)
                origins[key] = name
    for name, given in (overrides or {}).items():
        if given is not None:
            _take(name, given, "command line", None, problems, values)
            origins[name] = "command line"
    if problems:
        raise InvalidFileError(problems)
    return LoadedSettings(replace(Settings(), **values), origins)


def unknown_variables(environment: Mapping[str, str] | None = None) -> list[tuple[str, str]]:
    """Variables that are no setting but nearly one, each with the one that may be meant."""
    known = {setting.name for setting in fields(Settings)}
    found = []
    for name in sorted(environment if environment is not None else os.environ):
        key = name.removeprefix(ENVIRONMENT_PREFIX).lower()
        if name.startswith(ENVIRONMENT_PREFIX) and key not in known and (near := nearest(key, known, 1)):
            found.append((name, ENVIRONMENT_PREFIX + near[0].upper()))
    return found


def _read_file(path: Path, problems: list[FileProblem]) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        problems.append(FileProblem(str(path), None, f"cannot be read: {error.strerror}"))
        return {}
    try:
        text = content.decode("utf-8")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        problems.append(not_text(str(path), content, error))
        return {}
    except tomllib.TOMLDecodeError as error:
        problems.append(not_toml(str(path), text, error))
        return {}
    known = {setting.name for setting in fields(Settings)}
    values: dict[str, Any] = {}
    for name, value in data.items():
        line = _line_of(text, name)
        if name not in known:
            near = nearest(name, known, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            problems.append(FileProblem(str(path), line, f"there is no setting {name!r}{hint}"))
        else:
            _take(name, value, str(path), line, problems, values)
    return values


def _line_of(text: str, name: str) -> int | None:
    for number, line in enumerate(text.splitlines(), 1):
        if line.split("=", 1)[0].strip().strip("[\"']") == name or line.strip().strip("[] ") == name:
            return number
    return None


def not_text(path: str, content: bytes, error: UnicodeDecodeError) -> FileProblem:
    """Says where a file that should be TOML is not UTF-8."""
    line = content.count(b"\n", 0, error.start) + 1
    return FileProblem(path, line, f"is not UTF-8 text (byte {content[error.start]:#04x}); save it as UTF-8")


def not_toml(path: str, text: str, error: tomllib.TOMLDecodeError) -> FileProblem:
    """Says what is wrong with TOML, at its line."""
    found = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
    line = int(found[1]) if found and found[1] else max(len(text.splitlines()), 1)
    words = str(error)[: found.start()] if found else str(error)
    column = f" (column {found[2]})" if found and found[2] else " (at the end)"
    return FileProblem(path, line, f"is not valid TOML: {words}{column}")


def _take(
    name: str, value: object, place: str, line: int | None, problems: list[FileProblem], values: dict[str, Any]
) -> None:
    """Puts a value of the right type and among the choices into `values`, else a problem into `problems`."""
    setting = next(setting for setting in fields(Settings) if setting.name == name)
    wanted: type[str] | type[int] | type[float] = type(getattr(Settings(), name))
    converted: object = value
    if wanted is not str and isinstance(value, str):
        try:
            converted = wanted(value)
        except ValueError:
            problems.append(FileProblem(place, line, f"{name} is {value!r}, which is no number"))
            return
    if wanted is float and isinstance(converted, int) and not isinstance(converted, bool):
        converted = float(converted)
    if not isinstance(converted, wanted) or isinstance(converted, bool):
        kind = {str: "a text", int: "a whole number", float: "a number"}[wanted]
        problems.append(FileProblem(place, line, f"{name} is {value!r}, which is not {kind}"))
        return
    choices = setting.metadata.get("choices")
    if choices and converted not in choices:
        problems.append(FileProblem(place, line, f"{name} is {value!r}, not one of {', '.join(choices)}"))
        return
    if isinstance(converted, int | float) and (wrong := _wrong_number(converted, setting.metadata)):
        problems.append(FileProblem(place, line, f"{name} is {value!r}, {wrong}"))
        return
    values[name] = converted


def _wrong_number(value: float, limits: Mapping[str, Any]) -> str:
    """Why a number is none that a setting takes, "" where it is."""
    if not isfinite(value):
        return "which is no number"
    least, most = limits.get("least", 0), limits.get("most")
    if value < least:
        return "which is negative" if least == 0 else f"which is less than {least}"
    return f"which is more than {most}" if most is not None and value > most else ""


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
