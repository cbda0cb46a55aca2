"""TOML: files that people write, read with the line of whatever is wrong with them,
and those that come with the program."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from workbench.errors import FileProblem, InvalidFileError

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """A file as it was read: its path as it is named to the user, its text, and the data that the text stands for."""

    path: str
    text: str
    data: dict[str, Any]

    def line_of(self, key: str, first: int = 1, last: int | None = None) -> int | None:
        """The first of the lines `first` to `last` that sets `key` or opens the table of that name, None where none
        does. Lines are counted from 1."""
        sets = re.compile(rf"""\s*\[*\s*(["']?){re.escape(key)}\1\s*[=.\]]""")
        lines = self.text.splitlines()[first - 1 : last]
        return next((number for number, line in enumerate(lines, first) if sets.match(line)), None)


def shipped_toml(package: str, name: str) -> dict[str, Any]:
    """The data of a TOML file that lies in a package of the program (`"workbench.fiscal"`, `"forms.toml"`)."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def parse_toml(path: str | Path, content: bytes) -> TomlFile:
    """The TOML in the bytes of a file, with or without the mark that some editors put before UTF-8.

    Raises InvalidFileError, with the line, where they are not UTF-8 or not TOML.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        raise _invalid(path, line, f"is not UTF-8 text (byte {byte:#04x}); save it as UTF-8") from None
    try:
        return TomlFile(str(path), text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        line = int(place["line"]) if place and place["line"] else max(len(text.splitlines()), 1)
        where = f"column {place['column']}" if place and place["column"] else "at the end"
        raise _invalid(path, line, f"is not valid TOML: {_PLACE.sub('', said)} ({where})") from None
    except RecursionError:
        raise _invalid(path, None, "is not valid TOML: it is nested too deep") from None


def _invalid(path: str | Path, line: int | None, message: str) -> InvalidFileError:
    return InvalidFileError([FileProblem(str(path), line, message)])
