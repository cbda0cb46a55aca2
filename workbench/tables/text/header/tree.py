"""The labels of a header, in the order in which text prints them, arranged in rows over columns.

Labels come row by row, each in the row in which its cell begins. Which upper label spans which lower ones is decided
by the known spanners, by the number of columns and by what the rows of the body need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from workbench.tables.text.header.costs import disorder, miscount
from workbench.tables.text.header.hanging import HOPELESS
from workbench.tables.text.header.rows import Header, HeaderText, Label, line_numbers
from workbench.tables.text.header.tree_search import MOST_DEEP, Arranger, Body, Task, Tree
from workbench.tables.text.lines import key_of

_MOST_FREE = 24
"""With more labels than these the unlikeliest ways are not looked at."""
_LIMITS = (1.0, 2.5, 5.0)
"""What rows cost at the most that are looked for first, then, and then: mostly the first are enough, at a small part of
the work."""
_LAST = 10.0
"""What rows of many labels cost at the most that are looked for at last."""
_MOST_ALIKE, _MOST_TREES = 4, 40
"""Where all likely headers are asked for: so many of one number of columns, and so many in all."""
_MOST_ROWS, _MOST_LABELS = 8, 120
"""Of a header whose rows are known."""


def arrange(
    labels: Sequence[Label],
    counts: Sequence[int] = (),
    body: Body | None = None,
    *,
    likely_only: bool = False,
    most: float = HOPELESS,
) -> Header:
    """The header that these labels most likely make; `counts` are the numbers of columns that it may have, the
    likeliest first, none where nothing is known. With `likely_only` unlikely ways are not looked at,
    nor those that cost more than `most`."""
    task = _task(labels, counts, body)
    return _header(labels, task.texts, _cheapest(task, likely_only, most))


def arrangements(labels: Sequence[Label], counts: Sequence[int], body: Body | None, *, limit: float) -> list[Header]:
    """The headers that these labels may make and that cost no more than `limit`, the likeliest first."""
    task = _task(labels, counts, body)
    return [_header(labels, task.texts, tree) for tree in _all_likely(task, limit)]


def judged(header: Header, counts: Sequence[int], body: Body) -> Header:
    """A header put together from others, with what it costs that it has so many columns and how it suits the body."""
    cost = miscount(header.width, counts) + disorder(header.text) + body.misfit(header.text)
    return replace(header, cost=header.cost + cost)


def arrange_rows(rows: Sequence[Sequence[Label]], width: int, body: Body, most: float = HOPELESS) -> Header | None:
    """The header of so many columns that these rows of labels make, each row holding the labels that begin in it; None
    where they make none. One that costs more than `most` is not looked for."""
    labels = [label for row in rows for label in row]
    if len(rows) > _MOST_ROWS or len(labels) > _MOST_LABELS:
        return None
    texts = tuple(map(key_of, labels))
    tree = _in_rows(texts, tuple(map(len, rows)), width, body, most)
    return None if tree is None else _header(labels, texts, tree)


def _task(labels: Sequence[Label], counts: Sequence[int], body: Body | None) -> Task:
    begins = frozenset(index for index in range(len(labels)) if _may_begin_row(labels, index))
    return Task(tuple(map(key_of, labels)), tuple(counts), body, begins, line_numbers(labels))


def _may_begin_row(labels: Sequence[Label], index: int) -> bool:
    """Whether a label may be the first of a row: nothing but the end of another one, wrapped, stands before it on its
    line."""
    text, start = labels[index][0].page.text, labels[index][0].start
    before = text[text.rfind("\n", 0, start) + 1 : start].strip()
    return not before or len(labels[index - 1]) > 1


def _header(labels: Sequence[Label], texts: tuple[str, ...], tree: Tree) -> Header:
    at, says = [*labels, ()], (*texts, "")
    return Header(
        tuple(tuple(at[number] for number in row) for row in tree.rows),
        HeaderText(tuple(tuple(says[number] for number in row) for row in tree.rows)),
        tree.cost,
    )


@lru_cache(maxsize=256)
def _cheapest(task: Task, likely_only: bool, most: float) -> Tree:
    """The cheapest way to arrange labels. The same header stands above many tables and in many documents."""
    count = len(task.texts)
    limits: tuple[float, ...] = (
        _LIMITS if likely_only or count > MOST_DEEP else (*_LIMITS, _LAST if count > _MOST_FREE else HOPELESS)
    )
    if limits[-1] > most:
        limits = (*(limit for limit in limits if limit < most), most)
    for limit in limits:
        tree = Arranger(task, limit).best()
        if tree.cost <= limit:
            # none of those that were not looked at costs less
            break
    return tree


@lru_cache(maxsize=256)
def _all_likely(task: Task, limit: float) -> tuple[Tree, ...]:
    return tuple(Arranger(task, limit, most=_MOST_ALIKE).all()[:_MOST_TREES])


@lru_cache(maxsize=256)
def _in_rows(texts: tuple[str, ...], lengths: tuple[int, ...], width: int, body: Body, most: float) -> Tree | None:
    ends = frozenset(accumulate(lengths))
    arranger = Arranger(Task(texts, (), body, begins=ends, splits=ends), most, _MOST_ALIKE)
    return min(arranger.of(len(lengths), width), key=lambda tree: tree.cost, default=None)
