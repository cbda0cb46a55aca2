"""Rows that a page break cut in two: the rest of a label stands alone in a row of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workbench.tables.text.cells.printed_rows import PieceRow
from workbench.tables.text.cells.spans import kind_of
from workbench.tables.text.lines import text_of
from workbench.tables.text.running.wrapped_rows import begins_row

_CODE = re.compile(r"^\d{3,}$")
_MOSTLY = 2 / 3


def with_rests(rows: Sequence[PieceRow]) -> list[PieceRow]:
    """The rows, the rest of a label joined to the label above it: where rows begin with a code, that row lacks it, or
    the two together are printed in another row."""
    judged = [row for row in rows if _has_figure(row)]
    coded = sum(map(_begins_with_code, judged)) > _MOSTLY * len(judged)
    kept: list[PieceRow] = []
    for row in rows:
        column = _only_cell(row)
        above = kept[-1] if kept else []
        if column is None or column >= len(above) or not above[column] or not _has_figure(above):
            kept.append(row)
            continue
        rest, whole = text_of(row[column]), text_of((*above[column], *row[column]))
        lacks_code = coded and _begins_with_code(above) and not _CODE.match(text_of(above[column]))
        again = any(column < len(other) and text_of(other[column]) == whole for other in rows)
        if kind_of(rest) == "text" and not begins_row(rest) and (lacks_code or again):
            kept[-1] = [*above[:column], (*above[column], *row[column]), *above[column + 1 :]]
        else:
            kept.append(row)
    return kept


def _only_cell(row: PieceRow) -> int | None:
    printed = [column for column, cell in enumerate(row) if cell]
    return printed[0] if len(printed) == 1 and len(row) > 1 else None


def _has_figure(row: PieceRow) -> bool:
    return any(kind_of(text_of(cell)) == "figure" for cell in row)


def _begins_with_code(row: PieceRow) -> bool:
    return bool(_CODE.match(text_of(next((cell for cell in row if cell), ()))))
