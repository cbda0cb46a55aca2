"""Forms that hold grids with headers of their own (绩效目标表 and the like)
→ the label/value block and each inner grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.fiscal.forms import form_of_title
from workbench.fiscal.headers import inner_header_words, is_body_figure, is_header_word, may_be_header
from workbench.model.table import Form
from workbench.tables.grids.header import header_height
from workbench.tables.grids.spans import SpanCell, SpanGrid

_FORMS = frozenset({Form.PERFORMANCE_TARGET, Form.OVERALL_PERFORMANCE})
_LEAST_HEADER_WORDS = 3
_LONGEST_HEADING = 40


@dataclass(frozen=True, slots=True)
class FormPart:
    """One part of a form: its grid, the heading that the form prints over it,
    and whether it has a header of its own."""

    grid: SpanGrid
    heading: str = ""
    has_header: bool = True


def cut_form(grid: SpanGrid, title: str) -> list[FormPart]:
    """The parts of a form in their order; one part where `grid` is no form, or has its only header at its top.

    A form is a grid that its title says is one, or one in which a row of names of indicators (一级指标 二级指标 …)
    comes after its first row.
    """
    rows = grid.by_row()
    if form_of_title(title) not in _FORMS and not any(map(_names_indicators, rows[1:])):
        return [FormPart(grid)]
    starts = sorted({_top_of(grid, row) for row in range(len(rows)) if _is_inner_header(rows, row)})
    if not starts:
        return [FormPart(grid, has_header=not _is_label_row(rows))]
    parts: list[FormPart] = []
    first, heading = 0, ""
    for start in (*starts, len(rows)):
        own_heading = _heading(rows, start) if start < len(rows) else ""
        last = start - 1 if own_heading else start
        if any(rows[first:last]):
            parts.append(FormPart(grid.rows_from(first, last), heading, first in starts))
        first, heading = start, own_heading
    return parts


def _heading(rows: Sequence[Sequence[SpanCell]], row: int) -> str:
    """The text of the cell that stands alone in the row above `row`, if it can be a heading."""
    above = rows[row - 1] if row else ()
    alone = len(above) == 1 and above[0].column_span > 1 and not is_body_figure(above[0].text)
    return above[0].text if alone and len(above[0].text) <= _LONGEST_HEADING else ""


def _is_inner_header(rows: Sequence[Sequence[SpanCell]], row: int) -> bool:
    """Whether a header begins in `row`: it names indicators, or all its cells read like names of columns."""
    above = rows[row - 1] if row else ()
    if _names_indicators(rows[row]):
        return not _names_indicators(above)
    texts = [cell.text for cell in rows[row]]
    if len(texts) < _LEAST_HEADER_WORDS or any(is_body_figure(text) or not may_be_header(text) for text in texts):
        return False
    below = rows[row + 1] if row + 1 < len(rows) else ()
    likely = sum(is_header_word(text) for text in texts) * 2 >= len(texts) or any(is_body_figure(c.text) for c in below)
    return likely and not (len(above) > 1 and all(may_be_header(cell.text) for cell in above))


def _top_of(grid: SpanGrid, row: int) -> int:
    """The first row of the header that `row` is of: names that end where its own do begin above it, or it has names
    only under some of those that begin the grid."""
    rows = grid.by_row()
    if rows[row][0].column > 0 and header_height(grid) > row:
        return 0
    top = row
    while True:
        ends = [cell for above in rows[:top] for cell in above if cell.row + cell.row_span > top]
        if not ends or any(cell.row + cell.row_span > row + 1 for cell in ends):
            return top
        top = min(cell.row for cell in ends)


def _names_indicators(cells: Sequence[SpanCell]) -> bool:
    return inner_header_words([cell.text for cell in cells]) >= 2


def _is_label_row(rows: Sequence[Sequence[SpanCell]]) -> bool:
    """Whether the first row holds a label and its value, or several such pairs."""
    cells = next((row for row in rows if row), ())
    return len(cells) % 2 == 0 and not all(is_header_word(cell.text) for cell in cells)
