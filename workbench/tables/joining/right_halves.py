"""Wide tables whose right half repeats the labels of their rows → whole tables: under the title again, or under that
with 续, the same rows with other columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workbench.fiscal.headers import is_body_figure
from workbench.model.amount import match_key
from workbench.model.table import Row, Table
from workbench.tables.grids.surroundings import is_continued_title

_FEWEST_ROWS = 2


def with_right_halves(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, in document order, with those that are the right half of the one before at its right."""
    last: Table | None = None
    for table in tables:
        whole = _beside(last, table) if last is not None else None
        if whole is None and last is not None:
            yield last
        last = whole or table
    if last is not None:
        yield last


def _beside(left: Table, right: Table) -> Table | None:
    """`left` with the columns of `right` that it does not have, or None where that is no half of it."""
    if not (left.title and right.title and is_continued_title(right.title, left.title)):
        return None
    if not (left.header and right.header and left.pages and right.pages and right.pages[0] - left.pages[-1] in (0, 1)):
        return None
    labels = _label_columns(left, right)
    if not labels or labels == right.width:
        return None
    names = set(left.column_paths()[labels:])
    if sum(path in names for path in right.column_paths()[labels:]) * 2 >= right.width - labels:
        return None
    # Formulas of the columns stand below the names, where nothing labels a row.
    unlabelled = next(
        (number for number, row in enumerate(right.rows) if any(cell.printed for cell in row[:labels])), 0
    )
    body = right.rows[unlabelled:]
    if len(left.rows) != len(body) or len(body) < _FEWEST_ROWS:
        return None
    if any(_labels(row, labels) != _labels(other, labels) for row, other in zip(left.rows, body, strict=True)):
        return None
    header, other = _as_high(left.header, (*right.header, *right.rows[:unlabelled]))
    return replace(
        left,
        header=tuple((*row, *more[labels:]) for row, more in zip(header, other, strict=True)),
        rows=tuple((*row, *more[labels:]) for row, more in zip(left.rows, body, strict=True)),
        pages=tuple(dict.fromkeys((*left.pages, *right.pages))),
        notes=(*left.notes, *right.notes),
    )


def _label_columns(left: Table, right: Table) -> int:
    """How many columns both begin with under the same names, up to the first one of amounts."""
    count = 0
    for name, other in zip(left.column_paths(), right.column_paths(), strict=False):
        amounts = any(is_body_figure(row[count].printed) and "." in row[count].printed for row in right.rows)
        if amounts or _key(name) != _key(other):
            break
        count += 1
    return count


def _labels(row: Row, count: int) -> list[str]:
    return [match_key(cell.printed) for cell in row[:count]]


def _key(path: Iterable[str]) -> str:
    return match_key("".join(path))


def _as_high(one: tuple[Row, ...], other: tuple[Row, ...]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Both headers with as many rows: the names at the top of the lower one reach over the rows that it lacks."""
    height = max(len(one), len(other))
    return (one[:1] * (height - len(one)) + one, other[:1] * (height - len(other)) + other)
