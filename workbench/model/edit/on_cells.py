"""Cells and rows with edits applied: what is corrected, added, joined and cut keeps its place in the source."""

from __future__ import annotations

from dataclasses import replace

from workbench.model.edit.kinds import EditError
from workbench.model.table import Cell, Row


def corrected(cell: Cell, text: str) -> Cell:
    """The cell with `text` as its reviewed text; text equal to the printed one clears the correction."""
    return replace(cell, corrected=None if text == cell.printed else text)


def texts(row: Row) -> tuple[str, ...]:
    """The reviewed texts of a row."""
    return tuple(cell.text for cell in row)


def added(text: str) -> Cell:
    """A cell that the source does not print."""
    return Cell("", corrected=text or None)


def joined(first: Cell, second: Cell) -> Cell:
    """Two cells as one."""
    printed = first.printed + second.printed
    text = first.text + second.text
    return Cell(printed, first.anchors + second.anchors, corrected=None if text == printed else text)


def cut(cell: Cell, offset: int) -> tuple[Cell, Cell]:
    """One cell as two, the first with so many characters."""
    head, tail = cell.text[:offset], cell.text[offset:]
    if not tail:
        return cell, Cell("")
    if not head:
        return Cell(""), cell
    return Cell(head, cell.anchors), Cell(tail, cell.anchors)


def expect(found: object, before: object, place: object) -> None:
    """Raise EditError where a place does not show what the edit was made on."""
    if found != before:
        raise EditError(f"{place} shows {found!r}, the edit was made on {before!r}")
