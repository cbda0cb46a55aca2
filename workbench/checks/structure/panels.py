"""The panels of a table: which of its columns stand side by side as tables of their own (收入 | 支出)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.checks.structure.columns import LABELS, Column, ColumnKind
from workbench.fiscal.vocabulary import vocabulary


@dataclass(frozen=True)
class Panel:
    """Label columns and the columns of figures that belong to them: a whole table, or one side of it (收入 | 支出)."""

    number: int
    labels: tuple[Column, ...]
    amounts: tuple[Column, ...]
    others: tuple[Column, ...] = ()

    @property
    def codes(self) -> tuple[Column, ...]:
        """Its code columns, from the left."""
        return tuple(column for column in self.labels if column.kind is ColumnKind.CODE)


def read_panels(columns: Sequence[Column]) -> tuple[Panel, ...]:
    """The columns cut into panels: a label column after columns of figures begins a new one, if figures follow it."""
    panels: list[Panel] = []
    run: list[Column] = []
    for column in columns:
        begins = column.kind in LABELS and any(other.kind is ColumnKind.AMOUNT for other in run)
        following = next((other for other in columns[column.index + 1 :] if other.kind is ColumnKind.AMOUNT), None)
        if begins and following is not None and _is_stub(column, run, following):
            _close(run, panels)
            run = []
        run.append(column)
    _close(run, panels)
    return tuple(panels)


def _is_stub(column: Column, run: Sequence[Column], following: Column) -> bool:
    """Whether a label column inside the figures is the stub of another panel, and not one more label or a remark.

    It is if both name totals in their rows, if it is headed like the stub before it (项目 | 预算数 | 项目 | 预算数), if
    it shares its spanner with the figures after it and not with those before it (收入 | 支出), or if nothing is headed.
    """
    stubs = [other for other in run if other.kind in LABELS]
    if column.names_total and any(other.names_total for other in stubs):
        return True
    if not column.path:
        return not following.path
    if any(column.leaf == other.leaf or column.leaf[:2] == other.leaf[:2] == "项目" for other in stubs):
        return True
    if len(column.path) > 1 and following.path[:1] == column.path[:1]:
        if all(other.path[:1] != column.path[:1] for other in run):
            return True
    words = vocabulary().columns["side"]
    return words.fit(column.leaf) and any(words.fit(other.leaf) for other in stubs)


def _close(run: Sequence[Column], panels: list[Panel]) -> None:
    first = next((place for place, column in enumerate(run) if column.kind is ColumnKind.AMOUNT), len(run))
    labels = tuple(column for column in run[:first] if column.kind in LABELS)
    amounts = tuple(column for column in run if column.kind is ColumnKind.AMOUNT)
    others = tuple(column for column in run if column not in labels and column not in amounts)
    if amounts:
        panels.append(Panel(len(panels), labels, amounts, others))
