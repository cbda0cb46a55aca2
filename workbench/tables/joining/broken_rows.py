"""A row that a page break has parted: the rest of it begins the next page → the row whole."""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.fiscal.codes import is_account_name
from workbench.fiscal.headers import is_body_figure, is_enumerated
from workbench.model.amount import match_key, read_figure
from workbench.tables.cells import join_wrapped
from workbench.tables.grids.header import header_height
from workbench.tables.grids.spans import SpanCell, SpanGrid

_MOST_ROWS_WITH_FIGURES = 0.9
_FEWEST_LABELS, _MOST_NUMBERED = 6, 0.75
"""Labels enough to say that a column numbers them, and the share of them that then begins with a number."""
_DIGITS = re.compile(r"[\d.,]+")
_FEWEST_ROWS = 3
"""So many rows tell which places a row fills."""
_JUDGED_ROWS = 40
"""So many rows at the end of a table tell whether its rows hold figures."""


def with_broken_row(upper: SpanGrid, lower: SpanGrid) -> SpanGrid | None:
    """Both grids as one where the first row of `lower` is the rest of the last row of `upper`, else None."""
    rows, rest = upper.by_row(max(upper.row_count - _JUDGED_ROWS, header_height(upper))), lower.by_row()
    while rest and not rest[0]:
        lower = lower.rows_from(1)
        rest = rest[1:]
    if not rows or not rest or not rows[-1]:
        return None
    if _fills_blanks(rows, rest[0]):
        last = upper.row_count - 1
        filled = (cell._replace(row=last) for cell in rest[0])
        return replace(upper, cells=(*upper.cells, *filled)).below(lower.rows_from(1))
    if not _goes_on(rows, rest[0]):
        return None
    tails = {cell.column: cell for cell in rest[0]}
    cells = []
    for cell in upper.cells:
        tail = tails.get(cell.column) if cell.row == upper.row_count - 1 else None
        cells.append(_with_tail(cell, tail) if tail and cell.text else cell)
    return replace(upper, cells=tuple(cells)).below(lower.rows_from(1))


def _with_tail(cell: SpanCell, tail: SpanCell) -> SpanCell:
    printed = join_wrapped(cell.text, tail.text)
    return cell._replace(cell=replace(cell.cell, printed=printed, anchors=cell.cell.anchors + tail.cell.anchors))


def _goes_on(rows: list[list[SpanCell]], rest: list[SpanCell]) -> bool:
    """Whether `rest` can only be the rest of the last row: it lies under texts of that row and begins no new label."""
    if _cut_figures(rows, rest):
        return True
    heads = {cell.column: cell.text for cell in rows[-1] if not is_body_figure(cell.text)}
    if not all(cell.column in heads for cell in rest) or any(
        is_body_figure(cell.text) or is_enumerated(cell.text) for cell in rest
    ):
        return False
    if any(_has_open_bracket(heads[cell.column]) for cell in rest):
        return True
    if any(_cut_label(rows, cell, heads[cell.column]) for cell in rest):
        return True
    columns = {cell.column for cell in rest}
    alike = [cells for cells in rows if any(cell.column in columns for cell in cells)]
    with_figures = sum(any(is_body_figure(cell.text) for cell in cells) for cells in alike)
    return len(alike) >= 3 and with_figures >= _MOST_ROWS_WITH_FIGURES * len(alike)


def _fills_blanks(rows: list[list[SpanCell]], rest: list[SpanCell]) -> bool:
    """Whether `rest` lies in blank places of the last row that nearly all rows fill: what is set to the middle of its
    row comes below the page break."""
    taken = {cell.column for cell in rows[-1]}
    others = [
        {cell.column for cell in cells} for cells in rows[:-1] if any(is_body_figure(cell.text) for cell in cells)
    ]
    columns = {cell.column for cell in rest}
    return (
        len(others) >= _FEWEST_ROWS
        and taken.isdisjoint(columns)
        and len(taken) > len(columns)
        and any(is_body_figure(cell.text) for cell in rows[-1])
        and all(cell.row_span == 1 and cell.column_span == 1 for cell in rest)
        and sum(columns <= other for other in others) >= _MOST_ROWS_WITH_FIGURES * len(others)
    )


def _cut_figures(rows: list[list[SpanCell]], rest: list[SpanCell]) -> bool:
    """Whether the digits of `rest` make codes and amounts of the last row what the others in their columns are, which
    they are not without them (22 above 1 in a column of codes of three digits, 2,80 above 3.47 in one of two decimals);
    all else in `rest` lies under texts."""
    heads = {cell.column: cell.text for cell in rows[-1]}
    digits = [cell for cell in rest if _DIGITS.fullmatch(cell.text)]
    if not digits or any(cell.column not in heads for cell in rest):
        return False
    for cell in rest:
        head = heads[cell.column]
        shapes = {_shape(other.text) for cells in rows[:-1] for other in cells if other.column == cell.column} - {None}
        if cell in digits:
            begun = _DIGITS.fullmatch(head) and _shape(head) not in shapes
            if not begun or _shape(head + cell.text) not in shapes:
                return False
        elif is_body_figure(head) or is_body_figure(cell.text):
            return False
    return True


def _shape(text: str) -> tuple[str, int] | None:
    """A code by its digits, an amount by its decimals; None for any other text."""
    if text.isdigit():
        return "code", len(text)
    figure = read_figure(text)
    return ("amount", figure.decimals) if figure.value is not None and figure.decimals else None


def _cut_label(rows: list[list[SpanCell]], rest: SpanCell, head: str) -> bool:
    """Whether `head` is cut in a column whose labels are all numbered,
    or where it and `rest` make an account's name."""
    if is_account_name(head + rest.text) and not is_account_name(head):
        return True
    labels = [cell.text for cells in rows for cell in cells if cell.column == rest.column]
    numbered = sum(map(is_enumerated, labels))
    return is_enumerated(head) and len(labels) >= _FEWEST_LABELS and numbered >= _MOST_NUMBERED * len(labels)


def _has_open_bracket(text: str) -> bool:
    key = match_key(text)
    return key.count("(") > key.count(")") or key.count("“") > key.count("”") or key.count("《") > key.count("》")
