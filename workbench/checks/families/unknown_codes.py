"""Codes in a column of account codes that belong to no list, beside the name of a code that one digit parts from them
(41003 beside 信息网络及软件购置更新, which is 31003). Source: 政府收支分类科目 (fiscal/codes)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from workbench.checks.context import Context
from workbench.checks.structure.columns import ColumnKind
from workbench.checks.structure.label_words import CodeKind
from workbench.checks.structure.panels import Panel
from workbench.checks.structure.rows import RowLabel
from workbench.fiscal.codes import CodeList, codes_of, list_of, names_of
from workbench.fiscal.vocabulary import label_key
from workbench.model.check import Check, Family
from workbench.model.message import Message
from workbench.model.table import CellRef, Table

_LENGTHS = (3, 5, 7)


def unknown_codes(context: Context, table: Table) -> Iterator[Check]:
    """Each such code of a table."""
    structure = context.structure(table)
    for panel, labels in zip(structure.panels, structure.rows, strict=True):
        which = _list(labels)
        for label in labels if which is not None else ():
            if label.code or label.total or not label.key:
                continue
            cell = _code_cell(table, panel, label)
            code = label_key(table.cell(cell.row, cell.column).text) if cell is not None else ""
            owners = [one for one in codes_of(label.key, which) if which is not None and one_digit_apart(one, code)]
            if cell is not None and len(owners) == 1 and not names_of(code):
                yield context.fact(
                    Family.CODE_NAME,
                    [cell],
                    Message(
                        f"“{label.text}” is coded {code}, which is in no list; in the standard list it is {owners[0]}.",
                        f"“{label.text}”的编码印为{code}，不属于任何科目；按政府收支分类科目应为{owners[0]}。",
                    ),
                    role="code",
                    key=(code,),
                )


def _list(labels: Sequence[RowLabel]) -> CodeList | None:
    """The list that most rows are coded by."""
    kinds = Counter(list_of(label.code) for label in labels if label.code and label.code_kind is not CodeKind.UNIT)
    return kinds.most_common(1)[0][0] if kinds else None


def _code_cell(table: Table, panel: Panel, label: RowLabel) -> CellRef | None:
    """The one cell of the row that prints a code as long as those of accounts."""
    cells = [
        CellRef(table.id, label.row, column.index)
        for column in panel.labels
        if column.kind is ColumnKind.CODE and label_key(table.cell(label.row, column.index).text)
    ]
    key = label_key(table.cell(cells[0].row, cells[0].column).text) if len(cells) == 1 else ""
    return cells[0] if key.isdigit() and len(key) in _LENGTHS else None


def one_digit_apart(one: str, other: str) -> bool:
    """Whether two codes of one length differ in one digit."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
