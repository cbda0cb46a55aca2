"""Wide tables whose right half stands below or on the next page → whole tables: the same rows with other columns, their
labels repeated under the title again, or under that with 续; or no labels at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbench.fiscal.headers import is_body_figure, numbers_of_columns
from workbench.model.amount import FigureKind, match_key, read_figure
from workbench.model.table import Row, Table
from workbench.tables.grids.surroundings import is_continued_title

_FEWEST_ROWS, _FEWEST_UNLABELLED = 2, 4
"""So many rows show that both halves have the same ones: by their labels, and by their number alone."""


def with_right_halves(tables: Iterable[Table]) -> Iterator[Table]:
    """The tables, in document order, with those that are the right half of the one before at its right."""
    last: Table | None = None
    for table in tables:
        whole = (_beside(last, table) or _goes_on_beside(last, table)) if last is not None else None
        if whole is None and last is not None:
            yield last
        last = whole or table
    if last is not None:
        yield last


def _beside(left: Table, right: Table) -> Table | None:
    """`left` with the columns of `right` that it does not have, or None where that is no half of it."""
    if not (left.title and right.title and is_continued_title(right.title, left.title)):
        return None
    if not (left.header and right.header and _follows(left, right)):
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
    return _whole(left, right, (*right.header, *right.rows[:unlabelled]), body, labels)


def _goes_on_beside(left: Table, right: Table) -> Table | None:
    """`left` with the columns of `right`, whose rows have no labels, or None where that is no half of it: no title
    stands over it but the rest of the one that the page cuts."""
    again = left.title.endswith(right.title) or is_continued_title(right.title, left.title)
    if not _follows(left, right) or not (again or not left.title):
        return None
    height = height_beside((left.header, left.rows), (right.header, right.rows))
    rows = (*right.header, *right.rows)
    if height is None or not (again or any(map(_numbers, rows[:height]))):
        return None
    named = left if again else replace(left, title=right.title, form=right.form, title_anchors=right.title_anchors)
    return _whole(named, right, rows[:height], rows[height:], 0)


HeaderAndBody = tuple[Sequence[Row], Sequence[Row]]


def height_beside(left: HeaderAndBody, right: HeaderAndBody) -> int | None:
    """How high the header of `right` is where it may be the right half of `left`: below names of all its columns
    nothing but figures, in as many rows; where columns are numbered, they count on. None where it may not."""
    header, body = list(right[0]), list(right[1])
    if body and _numbers(body[0]):
        header.append(body.pop(0))
    if not left[0] or not header or len(body) != len(left[1]) or len(body) < _FEWEST_UNLABELLED:
        return None
    if not all(any(cell.printed for cell in column) for column in zip(*header, strict=True)):
        return None
    if any(read_figure(cell.printed).kind is FigureKind.TEXT for row in body for cell in row):
        return None
    ends = [numbers[-1] for row in left[0] if (numbers := _numbers(row))]
    begins = [numbers[0] for row in header if (numbers := _numbers(row))]
    return len(header) if not begins or begins == [end + 1 for end in ends] else None


def _numbers(row: Row) -> list[int]:
    """The numbers that a row gives at least two columns."""
    numbers = numbers_of_columns([cell.printed for cell in row])
    return numbers if len(numbers) > 1 else []


def _follows(left: Table, right: Table) -> bool:
    return bool(left.pages and right.pages and right.pages[0] - left.pages[-1] in (0, 1))


def _whole(left: Table, right: Table, head: Sequence[Row], body: Sequence[Row], labels: int) -> Table:
    """`left` with the rows of `right` at its right, but for their labels."""
    header, other = _as_high(left.header, tuple(head))
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
