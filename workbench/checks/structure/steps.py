"""Parts and wholes among rows whose labels go down in steps from the left: a unit, under it the kinds of its projects,
under these the projects, each in a label column of its own. A row heads the rows below that fill columns further right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workbench.checks.structure.columns import ColumnKind
from workbench.checks.structure.groups import GroupKind, RowGroup
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.rows import RowLabel
from workbench.model.table import Table


def stepped(table: Table, panel: Panel, rows: Sequence[RowLabel]) -> Mapping[RowLabel, Sequence[RowLabel]]:
    """The rows that head others, each with those right under it; none where the rows are numbered, or all fill one
    column furthest right."""
    names = [column.index for column in panel.labels if column.kind is ColumnKind.NAME]
    if len(names) < 2 or any(label.rank for label in rows):
        return {}
    under: dict[RowLabel, list[RowLabel]] = {}
    stack: list[tuple[int, RowLabel]] = []
    for label in rows:
        if label.total:
            stack = []
            continue
        level = max((index for index in names if table.rows[label.row][index].text), default=-1)
        while stack and stack[-1][0] >= level:
            stack.pop()
        if stack:
            under.setdefault(stack[-1][1], []).append(label)
        stack.append((level, label))
    return under


def with_steps(groups: Sequence[RowGroup], under: Mapping[RowLabel, Sequence[RowLabel]]) -> Iterator[RowGroup]:
    """The groups with those of the steps; a total may take in only what stands under no other row. The figures tell."""
    inner = {part for parts in under.values() for part in parts}
    for group in groups:
        tops = tuple(part for part in group.candidates[0] if part not in inner)
        if group.kind is GroupKind.TOTAL and tops and tops not in group.candidates:
            group = replace(group, candidates=(*group.candidates, tops))
        yield group
    for head, parts in under.items():
        yield RowGroup(GroupKind.CHILDREN, head, (tuple(parts),), sure=False)
