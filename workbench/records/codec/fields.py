"""Reading data of unknown origin field by field: every problem is noted with its place, nothing is thrown away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from workbench.errors import FileProblem, nearest

Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """The keys of one table of a file. A key that is read is taken; `rest` is what nobody asked for.

    `line_of` tells the line of a place, where the data comes from a file with lines. A value of the wrong type, or a
    key that is missing without a default, is noted in `problems` and stands in as an empty value,
    so that one reading finds all that is wrong.
    """

    def __init__(
        self,
        data: Mapping[str, object],
        place: str,
        path: str,
        problems: list[FileProblem],
        line_of: Callable[[str], int | None] | None = None,
    ) -> None:
        self._line_of = line_of
        self._data = data
        self._taken: set[str] = set()
        self._place = place
        self._path = path
        self._problems = problems

    def refuse(self, key: str, wanted: str) -> None:
        """Note that `key` is not what it should be."""
        place = f"{self._place}.{key}" if self._place else key
        line = self._line_of(place) if self._line_of else None
        self._problems.append(FileProblem(self._path, line, f"{place}: {wanted}"))

    def text(self, key: str, default: str | None = "") -> str:
        """The string at `key`."""
        value = self._take(key, default)
        if isinstance(value, str):
            return value
        self.refuse(key, "a string is wanted" if key in self._data else "is missing")
        return ""

    def integer(self, key: str) -> int:
        """The whole number at `key`, which must be there."""
        if key not in self._data:
            self.refuse(key, "is missing")
        return self.optional_integer(key) or 0

    def optional_integer(self, key: str) -> int | None:
        """The whole number at `key`, None where there is none."""
        value = self._take(key, None)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.refuse(key, "a whole number is wanted")
        return None

    def flag(self, key: str, default: bool) -> bool:
        """The truth value at `key`."""
        value = self._take(key, default)
        if isinstance(value, bool):
            return value
        self.refuse(key, "true or false is wanted")
        return default

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """The member of `kind` at `key`."""
        value = self.text(key, None if default is None else default.value)
        known = [member.value for member in kind]
        if value in known:
            return kind(value)
        near = nearest(value, known, 1) or known
        self.refuse(key, f"{value!r} is not known; did you mean {near[0]}?")
        return kind(known[0])

    def moment(self, key: str) -> datetime | None:
        """The point in time at `key`, in UTC; a time without a zone is taken as UTC."""
        value = self._take(key, None)
        if value is None:
            return None
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                value = None
        if isinstance(value, datetime):
            return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
        self.refuse(key, "a date and time is wanted")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """The array of strings at `key`, empty where there is none."""
        return self._strings(self._take(key, []), key)

    def grid(self, key: str) -> tuple[tuple[str, ...], ...]:
        """The array of arrays of strings at `key`, empty where there is none."""
        value = self._take(key, [])
        if not isinstance(value, list | tuple):
            self.refuse(key, "an array of arrays is wanted")
            return ()
        return tuple(self._strings(row, f"{key}[{index}]") for index, row in enumerate(value))

    def integers(self, key: str) -> tuple[int, ...]:
        """The array of whole numbers at `key`."""
        value = self._take(key, [])
        if isinstance(value, list | tuple) and all(type(item) is int for item in value):
            return tuple(value)
        self.refuse(key, "an array of whole numbers is wanted")
        return ()

    def table(self, key: str) -> Fields:
        """The table at `key`, empty where there is none."""
        value = self._take(key, {})
        if not isinstance(value, Mapping):
            self.refuse(key, "a table is wanted")
            value = {}
        return Fields(value, f"{self._place}.{key}" if self._place else key, self._path, self._problems, self._line_of)

    def tables(self, key: str) -> Iterator[Fields]:
        """The array of tables at `key`, one by one."""
        value = self._take(key, [])
        if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
            self.refuse(key, "an array of tables is wanted")
            return
        for index, item in enumerate(value):
            place = f"{self._place}.{key}" if self._place else key
            yield Fields(item, f"{place}[{index}]", self._path, self._problems, self._line_of)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._data

    def rest(self) -> dict[str, object]:
        """The keys that nobody read, with their values, in order of name."""
        return {key: self._data[key] for key in sorted(self._data) if key not in self._taken}

    def _take(self, key: str, default: object) -> object:
        self._taken.add(key)
        return self._data.get(key, default)

    def _strings(self, value: object, key: str) -> tuple[str, ...]:
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.refuse(key, "an array of strings is wanted (a figure is a string too)")
        return ()
