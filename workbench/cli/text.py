"""Text for terminals: document text made harmless, columns aligned by terminal cells, status in colour where wanted."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Sequence

from workbench.model.table import Table

_STYLES = {"fail": "31", "warning": "33", "good": "32", "quiet": "2", "strong": "1"}


def printable(text: str) -> str:
    """`text` without control characters, terminal escapes and bidirectional overrides: each shows as U+FFFD."""
    return "".join(
        character if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs") else "\ufffd"
        for character in text
    )


def on_one_line(text: str) -> str:
    """A name as part of a line, made harmless: a line break in it shows as an escape, so that lines can be counted."""
    return printable(text.replace("\n", "\\n").replace("\t", "\\t"))


def use_color(choice: str) -> bool:
    """Whether output is coloured: as chosen, else on a terminal without NO_COLOR."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, style: str, color: bool) -> str:
    """`text` in the style of a role ("fail", "good", …), plain without colour."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if color else text


def cells_wide(text: str) -> int:
    """How many terminal cells `text` takes."""
    from wcwidth import wcswidth

    return max(int(wcswidth(text)), 0)


def aligned(rows: Sequence[Sequence[str]], widest: int = 28) -> list[str]:
    """The rows as lines, columns aligned by terminal cells, cells cut with … beyond `widest`."""
    clean = [[_cut(printable(cell).replace("\n", " ").replace("\t", " "), widest) for cell in row] for row in rows]
    count = max((len(row) for row in clean), default=0)
    widths = [max((cells_wide(row[i]) for row in clean if i < len(row)), default=0) for i in range(count)]
    return [
        "  ".join(cell + " " * (widths[index] - cells_wide(cell)) for index, cell in enumerate(row)).rstrip()
        for row in clean
    ]


def _cut(text: str, widest: int) -> str:
    if cells_wide(text) <= widest:
        return text
    taken = ""
    for character in text:
        if cells_wide(taken + character) > widest - 1:
            break
        taken += character
    return taken + "…"


def table_lines(table: Table) -> list[str]:
    """A table as lines: title, form, unit, header, a rule, rows."""
    pages = ", ".join(str(page) for page in table.pages)
    head = f"{table.id}  {printable(table.title)}  [{table.form.value}]  {printable(table.unit)}  p. {pages}"
    grid = [[cell.text for cell in row] for row in table.header + table.rows]
    lines = aligned(grid)
    width = max((cells_wide(line) for line in lines), default=0)
    return [head, *lines[: len(table.header)], "-" * min(width, 120), *lines[len(table.header) :], ""]
