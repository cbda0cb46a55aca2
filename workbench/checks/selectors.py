"""Cells chosen by what they are called: form, title, column head, row label, code; or a figure of the running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workbench.checks.context import Context
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.rows import RowLabel
from workbench.fiscal.vocabulary import label_key
from workbench.model.table import CellRef, Form, Table


@dataclass(frozen=True, slots=True)
class Selector:
    """What chosen cells have in common; None and the empty set choose everything. Patterns must fit the whole text."""

    forms: frozenset[Form] = frozenset()
    title: re.Pattern[str] | None = None
    column: re.Pattern[str] | None = None
    label: re.Pattern[str] | None = None
    code: re.Pattern[str] | None = None
    stated: re.Pattern[str] | None = None
    sum: bool = False


def cells_by_key(context: Context, selector: Selector, each: str) -> dict[str, list[CellRef]]:
    """The chosen cells by the key that tells one application of a rule from the next: "" for once a document, else
    the row, the code or the label of the cell."""
    found: dict[str, list[CellRef]] = {}
    if selector.stated is not None:
        cells = [
            CellRef(stated.id, 0, 0)
            for stated in context.document.stated
            if selector.stated.fullmatch(label_key(stated.label))
        ]
        return {"": cells} if cells else {}
    for table in context.document.tables:
        if _fits_table(table, selector):
            for label, ref in _cells(context, table, selector):
                found.setdefault(_key(label, ref, each), []).append(ref)
    found.pop("?", None)
    return found


def _key(label: RowLabel, ref: CellRef, each: str) -> str:
    if each == "row":
        return f"{ref.table}/{ref.row}"
    if each == "code":
        return label.code or "?"
    return (label.key or "?") if each == "label" else ""


def _fits_table(table: Table, selector: Selector) -> bool:
    if selector.forms and table.form not in selector.forms:
        return False
    return selector.title is None or selector.title.fullmatch(label_key(table.title)) is not None


def _cells(context: Context, table: Table, selector: Selector) -> Iterator[tuple[RowLabel, CellRef]]:
    structure = context.structure(table)
    for panel, labels in zip(structure.panels, structure.rows, strict=True):
        columns = _columns(panel, selector)
        for label in labels:
            # A statement of one line (三公经费) may print no labels at all.
            nameless = label.empty and bool(panel.labels)
            if not columns or nameless or not _fits_row(label, selector):
                continue
            for column in columns:
                yield label, CellRef(table.id, label.row, column)


def _columns(panel: Panel, selector: Selector) -> list[int]:
    """The columns of figures that fit; the first where the selector asks for none."""
    figures = [*panel.amounts, *panel.others]
    if selector.column is None:
        return [column.index for column in panel.amounts[:1]]
    pattern = selector.column
    return [
        column.index
        for column in figures
        if any(pattern.fullmatch(part) for part in column.path) or pattern.fullmatch("/".join(column.path))
    ]


def _fits_row(label: RowLabel, selector: Selector) -> bool:
    if selector.code is not None and not selector.code.fullmatch(label.code):
        return False
    return selector.label is None or selector.label.fullmatch(label.key) is not None
