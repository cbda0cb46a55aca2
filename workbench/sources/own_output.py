"""What this program wrote itself, told by the mark in it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from workbench.model.own_marks import (
    BOOKMARK,
    CREATOR,
    HTML_MARK,
    LISTS_OF_AN_EXPORT,
    MARKDOWN_MARK,
    SHEETS_OF_AN_EXPORT,
    TABLES_OF_AN_EXPORT,
)

_PROPERTIES = "docProps/core.xml"
_LARGEST_PROPERTIES = 100_000
_WORKBOOK, _WORD = "xl/workbook.xml", "word/document.xml"
_SHEET = re.compile(rb'<(?:\w+:)?sheet [^>]*?name="([^"]*)"')
_LARGEST_WORKBOOK = 1_000_000
_BOOKMARKED = re.compile(rb'<w:bookmarkStart [^>]*w:name="' + BOOKMARK.encode() + rb'"')
_BEGINNING_OF_WORD = 20_000
_BEGINNING = 500
_CREATED = re.compile(rb"<dc:creator[^>]*>" + CREATOR.encode() + rb"</dc:creator>")
_MARKS = {".html": HTML_MARK.encode(), ".md": MARKDOWN_MARK.encode()}


def is_own_output(path: Path) -> bool:
    """Whether an export or a report of this program wrote this file. False where it cannot be read."""
    suffix = path.suffix.lower()
    try:
        if suffix in (".xlsx", ".docx"):
            return _is_ours(path)
        if suffix in _MARKS:
            with path.open("rb") as file:
                return _MARKS[suffix] in file.read(_BEGINNING)
    except (OSError, ValueError):
        return False
    return False


def _is_ours(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            beginnings = {
                name: _beginning(archive, name, size)
                for name, size in (
                    (_PROPERTIES, _LARGEST_PROPERTIES),
                    (_WORKBOOK, _LARGEST_WORKBOOK),
                    (_WORD, _BEGINNING_OF_WORD),
                )
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError):
        return False
    sheets = {name.decode(errors="replace") for name in _SHEET.findall(beginnings[_WORKBOOK])}
    return (
        _CREATED.search(beginnings[_PROPERTIES]) is not None
        or SHEETS_OF_AN_EXPORT.issubset(sheets)
        or _BOOKMARKED.search(beginnings[_WORD]) is not None
    )


def _beginning(archive: zipfile.ZipFile, name: str, size: int) -> bytes:
    """The first bytes of a member, none where there is no such one."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as member:
        return member.read(size)


def names_of_an_export(names: Iterable[str]) -> frozenset[str]:
    """Of the names in a folder those that an export to it wrote; none where it holds no export."""
    if not LISTS_OF_AN_EXPORT.issubset(names):
        return frozenset()
    return LISTS_OF_AN_EXPORT | {TABLES_OF_AN_EXPORT}
