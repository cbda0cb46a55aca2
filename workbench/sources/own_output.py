"""What this program wrote itself, told by the mark in it."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

from workbench.model.own_marks import CREATOR, HTML_MARK, LISTS_OF_AN_EXPORT, MARKDOWN_MARK, TABLES_OF_AN_EXPORT

_PROPERTIES = "docProps/core.xml"
_LARGEST_PROPERTIES = 100_000
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
            known = archive.getinfo(_PROPERTIES)
            return known.file_size <= _LARGEST_PROPERTIES and _CREATED.search(archive.read(known)) is not None
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, NotImplementedError):
        # no such package, or one that says nothing of itself
        return False


def names_of_an_export(names: Iterable[str]) -> frozenset[str]:
    """Of the names in a folder those that an export to it wrote; none where it holds no export."""
    if not LISTS_OF_AN_EXPORT.issubset(names):
        return frozenset()
    return LISTS_OF_AN_EXPORT | {TABLES_OF_AN_EXPORT}
