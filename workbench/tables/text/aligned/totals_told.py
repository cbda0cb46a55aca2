"""Which columns add up which others, as the formulas below their names say (7=8+11) or the figures do: where the parts
of a column stand the spanner over it stands too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal

from workbench.model.amount import match_key, read_figure
from workbench.tables.text.aligned.column import Column
from workbench.tables.text.aligned.row_sums import row_sums, sums_behind
from workbench.tables.text.vocabulary import LEVELS, TOTALS, column_kind

_FORMULA = re.compile(r"(\d{1,2})[=＝](\d{1,2}(?:[+＋]\d{1,2})+)")
_NUMBER = re.compile(r"\d{1,2}")
Totals = Mapping[int, Sequence[tuple[int, ...]]]
"""For columns that are named as totals the columns that they add up in every row, in one way or several."""


def totals_of(columns: Sequence[Column], numbering: Set[int]) -> Totals:
    """What the columns add up that are named as totals: what the lines of `numbering` say, or else what the rows do."""
    named = {index for index, column in enumerate(columns) if column.leaf is not None and column.leaf.text in TOTALS}
    if not named:
        return {}
    totals: dict[int, list[tuple[int, ...]]] = {}
    told = list(_told(columns, numbering))
    rows = [] if told else _amounts(columns, numbering)
    for total, parts in told or row_sums(rows):
        if total in named:
            totals.setdefault(total, []).append(parts)
    for total in sorted(named - totals.keys()):
        behind = [column for column in range(total + 1, len(columns)) if column not in named]
        for _, parts in sums_behind(total, behind, rows):
            totals.setdefault(total, []).append(parts)
    return totals


def _told(columns: Sequence[Column], numbering: Set[int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The sums that the formulas of columns say."""
    texts = [[match_key(cell.text) for cell in column.cells if cell.line in numbering] for column in columns]
    places = {int(found[0]): index for index, keys in enumerate(texts) for key in keys if (found := _NUMBER.match(key))}
    for index, keys in enumerate(texts):
        for key in keys:
            formula = _FORMULA.fullmatch(key)
            parts = [places.get(int(part)) for part in _NUMBER.findall(formula[2])] if formula else []
            known = tuple(sorted(part for part in parts if part is not None))
            if parts and len(known) == len(parts):
                yield index, known


def _amounts(columns: Sequence[Column], numbering: Set[int]) -> list[dict[int, Decimal]]:
    """The amounts of each row by their columns."""
    rows: dict[int, dict[int, Decimal]] = {}
    for index, column in enumerate(columns):
        if column.leaf is not None and column.leaf.text not in LEVELS and column_kind(column.leaf.text) != "text":
            for cell in column.cells:
                value = read_figure(cell.text).value
                if value is not None and cell.line not in numbering:
                    rows.setdefault(cell.line, {})[index] = value
    return list(rows.values())
