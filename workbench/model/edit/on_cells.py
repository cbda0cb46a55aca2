"""Cells and rows with edits applied: what is corrected, added, joined and cut keeps its place in the source."""

from __future__ import annotations

from dataclasses import replace

from workbench.model.edit.kinds import Edit, EditError, SetCell, ShiftCells
from workbench.model.source import Anchor, SourceDocument
from workbench.model.table import Cell, Row


def corrected(cell: Cell, text: str) -> Cell:
    """The cell with `text` as its reviewed text; text equal to the printed one clears the correction."""
    written = None if text == cell.printed else text
    return Cell(cell.printed, cell.anchors, written, cell.inferred, cell.confidence)


def texts(row: Row) -> tuple[str, ...]:
    """The reviewed texts of a row."""
    return tuple(cell.text for cell in row)


def added(text: str) -> Cell:
    """A cell that the source does not print."""
    return Cell("", corrected=text or None)


def joined(first: Cell, second: Cell) -> Cell:
    """Two cells as one."""
    text = first.text + second.text
    known = [cell.confidence for cell in (first, second) if cell.confidence is not None]
    whole = Cell(
        first.printed + second.printed,
        first.anchors + second.anchors,
        inferred=first.inferred or second.inferred,
        confidence=min(known, default=None),
    )
    return corrected(whole, text)


def cut(cell: Cell, offset: int, source: SourceDocument) -> tuple[Cell, Cell]:
    """One cell as two, the first with so many characters of the reviewed text, each with its place in the source. What
    a reviewer wrote is cut as a correction: the first cell keeps what is printed."""
    head, tail = cell.text[:offset], cell.text[offset:]
    if not tail:
        return cell, Cell("")
    if not head:
        return Cell(""), cell
    if cell.corrected is not None:
        return corrected(cell, head), added(tail)
    before, behind = _cut_anchors(cell.anchors, len("".join(head.split())), source)
    return replace(cell, printed=head, anchors=before), replace(cell, printed=tail, anchors=behind)


def _cut_anchors(
    anchors: tuple[Anchor, ...], count: int, source: SourceDocument
) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...]]:
    """The places of the first `count` characters that are no white space, and those of the others."""
    before: list[Anchor] = []
    behind: list[Anchor] = []
    for anchor in anchors:
        page = source.page(anchor.page)
        printed = [place for place in range(anchor.start, anchor.end) if not page.text[place].isspace()]
        here, there = printed[:count], printed[count:]
        count -= len(here)
        if not there:
            before.append(anchor)
        elif not here:
            behind.append(anchor)
        else:
            before.append(page.anchor(anchor.start, here[-1] + 1))
            behind.append(page.anchor(there[0], anchor.end))
    return tuple(before), tuple(behind)


def cell_by_cell(edit: Edit) -> tuple[SetCell, ...]:
    """What an edit makes of the cells of a row in their places, a blank that it fills first; () of one that changes
    more than the texts of cells."""
    match edit:
        case SetCell():
            return (edit,)
        case ShiftCells():
            start = edit.ref.column
            old = {start + place: text for place, text in enumerate(edit.before)}
            new = dict.fromkeys(old, "") | {column + edit.by: text for column, text in old.items()}
            changed = [column for column, text in new.items() if text != old.get(column, "")]
            return tuple(
                SetCell(edit.ref._replace(column=column), old.get(column, ""), new[column])
                for column in sorted(changed, key=lambda column: (bool(old.get(column)), column))
            )
        case _:
            return ()


def expect(found: object, before: object, place: object) -> None:
    """Raise EditError where a place does not show what the edit was made on."""
    if found != before:
        raise EditError(f"{place} shows {found!r}, the edit was made on {before!r}")
