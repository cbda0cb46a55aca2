"""How much of a file is read before it is called hostile or hopeless."""

from __future__ import annotations

from dataclasses import dataclass

from workbench.errors import UnreadableSourceError


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """Bounds on one document. A file beyond `bytes` or `ratio` is refused; pages, characters and cells beyond theirs
    are refused too, because a document read in part would look complete."""

    bytes: int = 512 * 1024 * 1024
    """Size of the file, and of what an archive or Office file unpacks to."""
    pages: int = 20_000
    """Pages, or sheets of a workbook."""
    characters: int = 50_000_000
    """Characters of text over all pages."""
    line: int = 2_000_000
    """Characters of one line: no page prints so many, they are the data of a program."""
    cells: int = 2_000_000
    """Cells of tables over all pages."""
    columns: int = 4_096
    """Columns of one table."""
    places: int = 16_000_000
    """Rows of a table times its columns, whether anything is printed there or not: spans may blow up a small file."""
    depth: int = 40
    """Tables inside tables, folders inside folders, forms inside forms."""
    ratio: int = 400
    """How many times larger than the file its unpacked parts may be, once they exceed 16 MiB."""
    members: int = 10_000
    """Files in one archive."""
    seconds: float = 120.0
    """How long an outside converter may take."""


DEFAULT_LIMITS = ReadLimits()


def refuse_long_lines(text: str, page: int, name: str, limits: ReadLimits) -> None:
    """Raises UnreadableSourceError for a page with a line longer than any that is printed."""
    if len(text) > limits.line and len(max(text.split("\n"), key=len)) > limits.line:
        reason = f"has a line of more than {limits.line} characters on page {page}"
        raise UnreadableSourceError(name, reason, "give the document as it was published")
