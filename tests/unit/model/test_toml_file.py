"""TOML that people write is read, and what is wrong with it is told at its line."""

from __future__ import annotations

import pytest

from workbench.errors import FileProblem, InvalidFileError
from workbench.model.toml_file import parse_toml


def test_the_mark_before_utf_8_is_no_part_of_the_text() -> None:
    file = parse_toml("a.toml", b'\xef\xbb\xbftheme = "light"\r\n')
    assert file.data == {"theme": "light"} and file.line_of("theme") == 1


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b'a = 1\nb = "\xff"\n', 2, "is not UTF-8 text (byte 0xff); save it as UTF-8"),
        (b"a = 1\nb == 2\n", 2, "is not valid TOML: Invalid value (column 4)"),
        (b"a = 1\nb = [\n", 2, "is not valid TOML: Invalid value (at the end)"),
        (b"a = ", 1, "is not valid TOML: Invalid value (at the end)"),
        (b"a = " + b"[" * 9000, None, "is not valid TOML: it is nested too deep"),
    ],
)
def test_what_is_no_toml_is_told_at_its_line(content: bytes, line: int | None, says: str) -> None:
    with pytest.raises(InvalidFileError) as caught:
        parse_toml("a.toml", content)
    assert caught.value.problems == (FileProblem("a.toml", line, says),)


TEXT = """\
plain = 1
"quoted.name" = 2
  'single' = 3
dotted.part = 4
[table]
plainer = 5
[[list]]
plain = 6
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [("plain", 1), ("quoted.name", 2), ("single", 3), ("dotted", 4), ("table", 5), ("list", 7), ("part", None)],
)
def test_a_key_is_found_at_the_line_that_sets_it_or_opens_its_table(key: str, line: int | None) -> None:
    assert parse_toml("a.toml", TEXT.encode()).line_of(key) == line


def test_a_key_is_looked_for_between_two_lines() -> None:
    file = parse_toml("a.toml", TEXT.encode())
    assert file.line_of("plain", first=2) == 8
    assert file.line_of("plain", first=2, last=7) is None
