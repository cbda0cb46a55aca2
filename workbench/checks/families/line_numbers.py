"""Numbers of lines (行次, 序号) go up by one: a number that its neighbours leave out stands in its place.
No arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workbench.checks.context import Context
from workbench.checks.structure.columns import ColumnKind
from workbench.model.amount import read_figure
from workbench.model.check import Check, Family, Severity
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_FEWEST = 5


def line_numbers(context: Context, table: Table) -> Iterator[Check]:
    """Each number between two that are two apart, where the numbers of its column go up by one otherwise."""
    for column in context.structure(table).columns:
        if column.kind is not ColumnKind.SEQUENCE:
            continue
        places = [CellRef(table.id, row, column.index) for row in range(len(table.rows))]
        numbers = [(ref, value) for ref in places if (value := _number(table, ref)) is not None]
        steps = sum(other == one + 1 for (_, one), (_, other) in pairwise(numbers))
        if len(numbers) < _FEWEST or 5 * steps < 4 * len(numbers) - 15:
            continue
        for (_, before), (ref, here), (_, behind) in zip(numbers, numbers[1:], numbers[2:], strict=False):
            if behind == before + 2 and here != before + 1:
                yield context.fact(
                    Family.LABEL,
                    [ref],
                    Message(
                        f"《{table.title}》 “{column.leaf}” prints {here} between {before} and {behind}, "
                        f"where {before + 1} belongs.",
                        f"《{table.title}》“{column.leaf}”在{before}与{behind}之间为{here}，应为{before + 1}。",
                    ),
                    severity=Severity.NOTE,
                )


def _number(table: Table, ref: CellRef) -> int | None:
    text = table.cell(ref.row, ref.column).text.strip()
    figure = read_figure(text)
    return int(figure.value) if text.isdigit() and figure.value is not None else None
