"""Performance forms in running text: a block of labels and values, then the indicator grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.model.amount import match_key
from workbench.model.table import Row
from workbench.tables.raw import RawTable
from workbench.tables.text.forms.block import Pieces, label_rows
from workbench.tables.text.forms.indicator_cells import Widths, column_widths, pieces_of, shared_endings, split_cells
from workbench.tables.text.forms.indicators import IndicatorRow, indicator_rows, named_first, parted
from workbench.tables.text.forms.project_lists import project_rows
from workbench.tables.text.header.heads import Head
from workbench.tables.text.header.printed import TextLine
from workbench.tables.text.lines import EMPTY, cell_of, text_of

_NAME = re.compile(r"^[^,。;:]{0,6}绩效指标$")
_FIRST_LEVEL = "一级指标"


@dataclass(slots=True)
class Form:
    """A form as found: its head (the header of the indicator grid), the lines above that header, those below it."""

    head: Head
    above: list[TextLine]
    body: list[TextLine]


def form_tables(forms: Sequence[Form]) -> list[RawTable]:
    """The table of each form: below the header of its indicators the rows of its labels and values, then those of
    its indicators.

    Forms with the same header are of one make, their columns of one width: how text wraps is learnt from all.
    """
    read = [_rows_of(form) for form in forms]
    blocks = [_without_name(form.above, rows) for form, rows in zip(forms, read, strict=True)]
    read = list(map(named_first, read))
    tables: list[RawTable] = []
    widths: dict[str, Widths] = {}
    for form in forms:
        key = form.head.header_key
        if key not in widths:
            same = [
                row for other, rows in zip(forms, read, strict=True) if other.head.header_key == key for row in rows
            ]
            widths[key] = column_widths(same[:40], _further_labels(form.head))
    for form, rows, (above, name) in zip(forms, read, blocks, strict=True):
        leads, stub = _lead_count(form.head), _stub_count(form.head)
        grid: list[list[Pieces]] = [[*name, *form.head.labels], *label_rows(above)]
        for row, ending in zip(rows, shared_endings(rows), strict=True):
            lead: list[Pieces] = [()] * stub
            if stub > 1:
                lead[stub - 2] = tuple(row.first)
            lead[stub - 1] = tuple(row.second) if stub > 1 else (*row.first, *row.second)
            cells = split_cells(row, _further_labels(form.head), widths[form.head.header_key], ending)
            project: list[Pieces] = [*row.project, *[()] * (leads - len(row.project))]
            grid.append([*(() for _ in name), *project, *lead, *(tuple(pieces_of(cell)) for cell in cells)])
        tables.append(_raw(grid, form.head))
    return tables


def _without_name(lines: Sequence[TextLine], rows: list[IndicatorRow]) -> tuple[Sequence[TextLine], list[Pieces]]:
    """The lines above the header of the indicators without the last where that only names them (绩效指标): its cell
    runs down beside them all, and may be printed in their middle, where it is taken from its row."""
    for row in rows:
        if row.first and (row.second or not row.parts) and _NAME.search(match_key(text_of(row.first))):
            name, row.first = row.first, []
            if not row.second:
                rows.remove(row)
            return lines, [tuple(name)]
    last = lines[-1] if len(lines) > 1 else None
    if last is None or len(last.words) > 1 or not _NAME.search(last.key):
        return lines, []
    return lines[:-1], [(last.words[0].piece,)]


def _rows_of(form: Form) -> list[IndicatorRow]:
    labels = _further_labels(form.head)
    words = [word for line in form.body for word in line.words]
    leads = _labels(form.head)[: _lead_count(form.head)]
    if leads:
        return project_rows(words, leads, labels)
    return parted(indicator_rows(words, labels, two_levels=_stub_count(form.head) > 1), labels)


def _labels(head: Head) -> list[str]:
    return [text_of(label) for label in head.labels]


def _lead_count(head: Head) -> int:
    """How many columns stand left of the indicators and say whose they are: 项目名称, 预算数."""
    keys = [match_key(text) for text in _labels(head)]
    count = keys.index(_FIRST_LEVEL) if _FIRST_LEVEL in keys else 0
    return 0 if count == 1 and _NAME.match(keys[0]) else count


def _stub_count(head: Head) -> int:
    """How many columns the levels named in the stub take: up to 二级指标."""
    keys = [match_key(text) for text in _labels(head)[_lead_count(head) :]]
    return keys.index("二级指标") + 1 if "二级指标" in keys else 1


def _further_labels(head: Head) -> list[str]:
    """The labels of the columns behind the stub; one without a label where the header ends with 二级指标."""
    return _labels(head)[_lead_count(head) + _stub_count(head) :] or [""]


def _raw(grid: Sequence[Sequence[Pieces]], head: Head) -> RawTable:
    width = max(len(row) for row in grid)
    rows: list[Row] = [(*(cell_of(pieces) for pieces in row), *[EMPTY] * (width - len(row))) for row in grid]
    captions = head.captions
    return RawTable(
        tuple(rows),
        1,
        title=captions.title,
        title_anchors=tuple(piece.page.anchor(piece.start, piece.end) for piece in captions.pieces),
        unit_text=captions.unit,
        pages=tuple(sorted({anchor.page for row in rows for cell in row for anchor in cell.anchors})),
    )
